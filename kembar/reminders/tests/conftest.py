"""An office with an officer, a deputy, a translator and a head who can all enter the desk."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from kembar.access.permissions import SYSTEM, Actor, Role
from kembar.cities.models import Office
from kembar.commitments.actions import Keepers, accept, add
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import UNIT, article, file, promised
from kembar.lib.dates import parse_edtf
from kembar.mailbox.models import Letter
from kembar.people.models import Account, Membership
from kembar.reminders.actions import choose
from kembar.reminders.night import Night, remind
from tests import members

# By the clocks of Bandung, Seoul and London a Monday; the pass runs while it is still night in Bandung.
NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def enters(name: str, role: Role, office: Office, **given: Any) -> Account:
    """A member with a second factor, who reads English in the zone of Bandung."""
    person = members.member(name, role, office=office)
    for field, value in ({"language": "en", "time_zone": "Asia/Jakarta"} | given).items():
        setattr(person, field, value)
    person.save()
    Membership.objects.filter(account=person).update(since=date(2020, 1, 1))
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return person


@pytest.fixture
def bandung() -> Office:
    """With a translator, who wants no digest: what waits to be translated is nobody else's then."""
    office = members.office("bandung")
    dewi = enters("Dewi", Role.TRANSLATOR, office)
    choose("never", by=Actor(dewi.pk, dewi.name))
    return office


@pytest.fixture
def sari(bandung: Office) -> Account:
    return enters("Sari", Role.OFFICER, bandung)


@pytest.fixture
def ratna(bandung: Office) -> Account:
    return enters("Ratna", Role.HEAD, bandung)


@pytest.fixture
def budi(bandung: Office) -> Account:
    return enters("Budi", Role.READER, bandung)


@pytest.fixture
def promise(bandung: Office) -> Callable[..., Commitment]:
    """`promise(owner, due="2026-11-30")`, with a deputy who is a post unless one is given."""

    def make(owner: Account, *, deputy: Account | None = None, office: Office = bandung, **given: Any) -> Commitment:
        due = parse_edtf(str(given.pop("due")))
        what = given.pop("what", "mengirim 20 pelajar")
        row = add(promised(due=due, what=what, **given), by=SYSTEM, partnership=file(office), document=article(office),
                  confirmed=["due_before_made", "made_long_before_source", "similar"])  # fmt: skip
        keeper = f"account:{deputy.pk}" if deputy else UNIT
        return accept(row, by=SYSTEM, keepers=Keepers(owner=f"account:{owner.pk}", deputy=keeper), seen=1)

    return make


def night(days: int = 0) -> Night:
    return remind(by=SYSTEM, now=NIGHT + timedelta(days=days))


def mails(*, to: Account | None = None) -> list[Letter]:
    rows = Letter.objects.filter(kind__startswith="digest").order_by("id")
    return list(rows.filter(to_address=to.email) if to else rows)


def items(letter: Letter) -> list[str]:
    """The lines with something to do, without their addresses."""
    return [line[2:].rpartition(" ")[0] for line in letter.text.splitlines() if line.startswith("- ")]

"""What one's next digest will say, by what is known now."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.mailbox.models import Letter
from kembar.mailbox.rules import fragment
from kembar.people.models import Account
from kembar.people.queries import colleagues, offices_of
from kembar.reminders.digest import Reader, Told, compose
from kembar.reminders.facts import Asked, gather
from kembar.reminders.models import Digest
from kembar.reminders.queries import History, last_letters, limits_of
from kembar.reminders.rules import next_day


@dataclass(frozen=True, slots=True)
class Named:
    """An office as the frame of a page shows it."""

    name: str
    slug: str


def named(office: Office) -> Named:
    city = office.local_government.name_in(get_language() or "id")
    return Named(gettext("Cooperation office of %(city)s") % {"city": city}, office.slug)


def next_of(account: Account, history: History) -> date | None:
    """The next day on which a digest may come; None for who wants none or cannot be reached."""
    today = timezone.localdate(timezone=ZoneInfo(account.time_zone))
    return None if history.unreachable else next_day(history.every, today=today, last=history.whole)


def digest_now(account: Account, by: Actor, history: History) -> Told:
    """Of the offices whose desk is open to this person now; what the next night will find counts already."""
    now = timezone.now()
    reader = Reader(account, by, since=history.whole_at)
    facts = []
    for own in offices_of(by):
        if own.has_desk:
            on = own.office.today()
            limits = limits_of(own.office.pk)
            facts += gather([Asked(own.office, limits, colleagues(own.office, on=on))], on=on)
    return compose(reader, facts, on=timezone.localdate(timezone=ZoneInfo(account.time_zone)), now=now)


def letters_of(by: Actor) -> list[tuple[Digest, Letter, SafeString]]:
    """One's last letters, with their words as they stand in a page."""
    return [
        (one, letter, mark_safe(fragment(letter.text, heading="h4")))  # escapes all that is not its own
        for one, letter in last_letters(by)
    ]

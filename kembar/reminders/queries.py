"""Whose calendar an address is, what members and offices chose, and who was told when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core import signing
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.mailbox.models import Letter
from kembar.mailbox.queries import by_numbers, not_sent
from kembar.mailbox.states import LetterState
from kembar.people.models import Account
from kembar.people.queries import NoSuchAccount, account, is_open, was_reset
from kembar.people.rules import fingerprint
from kembar.reminders.models import CalendarAddress, Choice, Digest, Setting
from kembar.reminders.rules import LEAVE, WEEKLY, Limits, is_unreachable

MEMORY = timedelta(days=62)  # further back nothing about a digest matters


class NoSuchCalendar(Exception):
    """No calendar stands at this address, or no longer."""


class NoSuchLink(Exception):
    """This is no address out of a digest."""


def account_at(token: str) -> Account:
    """Whoever made this secret address. Raises NoSuchCalendar, also for one withdrawn, for a closed account and where
    the sign-in was set up anew since."""
    rows = CalendarAddress.objects.filter(fingerprint=fingerprint(token), withdrawn_at=None)
    found = rows.select_related("account").first()
    if found is None or not is_open(found.account) or was_reset(found.account, since=found.made_at):
        raise NoSuchCalendar
    return found.account


def address_of(by: Actor) -> CalendarAddress | None:
    """The address this person has; what stands in it is known to nobody any more."""
    rows = CalendarAddress.objects.filter(account_id=by.person_id or 0, withdrawn_at=None).select_related("account")
    found = rows.first()
    return None if found is None or was_reset(found.account, since=found.made_at) else found


def account_of_link(token: str) -> Account:
    """Whose digests the link in a letter ends. Raises NoSuchLink."""
    try:
        return account(signing.loads(token, salt=LEAVE))
    except (signing.BadSignature, NoSuchAccount):
        raise NoSuchLink from None


def limits_of(office_id: int) -> Limits:
    """What this office set, else the defaults."""
    found = Setting.objects.filter(office_id=office_id).first()
    return found.limits if found is not None else Limits()


def all_limits() -> dict[int, Limits]:
    """What offices set, by office; those that set nothing are not there. One query."""
    return {row.office_id: row.limits for row in Setting.objects.order_by("id")}


@dataclass(frozen=True, slots=True)
class History:
    """What one person chose and was told. `whole` is the day of the last digest they asked for."""

    every: str = WEEKLY
    whole: date | None = None
    whole_at: datetime | None = None
    last_at: datetime | None = None
    unreachable: bool = False


@dataclass(slots=True)
class _Read:
    every: str = WEEKLY
    chosen_at: datetime | None = None
    digests: list[Digest] = field(default_factory=list)


def histories(account_ids: Iterable[int], *, now: datetime | None = None) -> dict[int, History]:
    """By account, everyone asked for. Three queries however many there are."""
    found: dict[int, _Read] = defaultdict(_Read)
    wanted = list(account_ids)
    for row in Choice.objects.filter(account_id__in=wanted).order_by("id"):
        found[row.account_id].every, found[row.account_id].chosen_at = row.every, row.changed_at
    since = (now or timezone.now()) - MEMORY
    for digest in Digest.objects.filter(account_id__in=wanted, made_at__gte=since).order_by("-made_at", "-id"):
        found[digest.account_id].digests.append(digest)
    last = [row.letter_id for pk in wanted for row in _last(found[pk])]
    unsent = not_sent(letter for letter in last if letter)
    return {pk: _history(found[pk], unsent=unsent) for pk in wanted}


def _last(read: _Read) -> list[Digest]:
    """The last digests that were letters, the newest first; of older ones nothing has to be known any more."""
    return [one for one in read.digests if one.letter_id][:5]


def _history(read: _Read, *, unsent: Mapping[int, str]) -> History:
    """A letter that was dropped before it left told nobody anything. Whoever chooses anew is tried anew."""
    told = [one for one in read.digests if unsent.get(one.letter_id or 0) != LetterState.DROPPED]
    whole = next((one for one in told if one.whole), None)
    tried = [one for one in _last(read) if read.chosen_at is None or one.made_at > read.chosen_at]
    failed = {letter for letter, state in unsent.items() if state == LetterState.FAILED}
    return History(
        every=read.every, whole=whole.on if whole else None, whole_at=whole.made_at if whole else None,
        last_at=told[0].made_at if told else None,
        unreachable=is_unreachable([one.letter_id for one in tried if one.letter_id], failed=failed),
    )  # fmt: skip


def history_of(by: Actor) -> History:
    """One's own."""
    return histories([by.person_id or 0])[by.person_id or 0]


def last_letters(by: Actor, *, most: int = 5) -> list[tuple[Digest, Letter]]:
    """The digests that were written to this person, the newest first, for them alone. Two queries."""
    rows = Digest.objects.filter(account_id=by.person_id or 0, letter_id__isnull=False)
    found = list(rows.order_by("-made_at", "-id")[:most])
    letters = by_numbers(one.letter_id for one in found if one.letter_id)
    return [(one, letters[one.letter_id]) for one in found if one.letter_id in letters]

"""The night: one pass over every office and everybody to be told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from kembar.access.permissions import Actor, Role
from kembar.cities.models import Office
from kembar.cities.queries import offices
from kembar.mailbox.rules import BadLetter
from kembar.people.models import Account
from kembar.people.queries import Colleague, colleagues_of
from kembar.reminders.actions import note_found, tell
from kembar.reminders.digest import Part, Reader, compose
from kembar.reminders.facts import Asked, Facts, gather
from kembar.reminders.queries import History, all_limits, histories
from kembar.reminders.rules import Limits, is_due

# So many offices are read together: few enough that what they hold is small, and no question too long.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Night:
    """What one pass did: things found, digests and urgent letters written, members with nothing to tell."""

    found: int = 0
    digests: int = 0
    urgent: int = 0
    empty: int = 0


@dataclass(slots=True)
class _Person:
    """Somebody to tell: what they are in each office, and what each has for them."""

    account: Account
    roles: dict[int, frozenset[Role]]
    whole: list[Part]
    urgent: list[Part]


def remind(*, by: Actor, now: datetime) -> Night:
    """One pass over every office, what each has found in a transaction of its own, then over everybody to be told.

    Run twice, or again after it was cut off, it goes on where it was; run late, it tells then.
    """
    days = _by_day(offices().prefetch_related("local_government__names"), now)
    there = {office: members for day, several in days for office, members in _members(several, day)}
    people = _people(there)
    known = histories(people, now=now)
    unreachable = frozenset(pk for pk, history in known.items() if history.unreachable)
    limits, found = all_limits(), 0
    for day, several in days:
        asked = [Asked(office, limits.get(office.pk, Limits()), there[office]) for office in several]
        for facts in gather(asked, on=day, unreachable=unreachable):
            if any(key not in facts.found for key in facts.reached):
                noted = note_found(facts.office, facts=facts, by=by, now=now)
                facts.found.update(noted)
                found += len(noted)
            for one in facts.colleagues:
                if one.enters:
                    _lay_out(people[one.account.pk], facts, known[one.account.pk], unreachable=unreachable, now=now)
    done = [_tell(person, by=by, history=known[pk], now=now) for pk, person in people.items()]
    return Night(found, done.count("digest"), done.count("urgent"), done.count("empty"))


def _by_day(rows: Iterable[Office], now: datetime) -> list[tuple[date, list[Office]]]:
    """Offices that can be asked about together: on whose clocks it is the same day, AT_ONCE at most."""
    days: dict[date, list[Office]] = defaultdict(list)
    for office in rows:
        days[_today(office, now)].append(office)
    return [(day, several[at : at + AT_ONCE]) for day, several in sorted(days.items())
            for at in range(0, len(several), AT_ONCE)]  # fmt: skip


def _members(several: list[Office], day: date) -> Iterator[tuple[Office, list[Colleague]]]:
    known = colleagues_of(several, on=day)
    return ((office, known[office.pk]) for office in several)


def _today(office: Office, now: datetime) -> date:
    return timezone.localdate(now, timezone=ZoneInfo(office.local_government.time_zone or "UTC"))


def _people(there: dict[Office, list[Colleague]]) -> dict[int, _Person]:
    """Everybody who can enter a desk, by account, in the order of accounts."""
    roles: dict[int, dict[int, frozenset[Role]]] = defaultdict(dict)
    accounts: dict[int, Account] = {}
    for office, members in there.items():
        for one in members:
            if one.enters:
                accounts[one.account.pk] = one.account
                roles[one.account.pk][office.pk] = one.roles
    return {pk: _Person(accounts[pk], roles[pk], [], []) for pk in sorted(accounts)}


def _lay_out(
    person: _Person, facts: Facts, history: History, *, unreachable: frozenset[int], now: datetime
) -> None:  # fmt: skip
    """What this office has for this person, in words, so that the facts need not be kept."""
    account = person.account
    today = _own_day(account, now)
    me = Actor(person_id=account.pk, label=account.name, roles=person.roles)
    if is_due(history.every, today=today, last=history.whole):
        reader = Reader(account, me, since=history.whole_at, unreachable=unreachable)
        person.whole.extend(compose(reader, [facts], on=today, now=now).parts)
    else:
        reader = Reader(account, me, since=history.last_at)
        person.urgent.extend(compose(reader, [facts], on=today, now=now, urgent=True).parts)


def _own_day(account: Account, now: datetime) -> date:
    return timezone.localdate(now, timezone=ZoneInfo(account.time_zone))


def _tell(person: _Person, *, by: Actor, history: History, now: datetime) -> str:
    today = _own_day(person.account, now)
    whole = is_due(history.every, today=today, last=history.whole)
    parts = person.whole if whole else person.urgent
    if history.unreachable or not (whole or parts):
        return ""
    try:
        return tell(person.account, by=by, parts=parts, every=history.every, whole=whole, on=today, now=now)
    except BadLetter:  # an address no letter can have; nobody else goes without theirs for it
        return ""

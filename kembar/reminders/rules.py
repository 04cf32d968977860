"""When a digest is due, when a promise goes to the deputy and the head, and what an office may set. No Django."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAILY, WEEKLY, NEVER = "daily", "weekly", "never"
DEPUTY, HEAD, LEFT = "deputy", "head", "left"
LEAVE = "kembar.reminders.leave"  # what the link that ends digests is signed for
# Letters leave in the morning of who reads them, also when the pass ran at night.
MORNING = time(6)
# What was found longer ago than this is no news, even for somebody who has had no mail yet.
NEWS_LASTS = timedelta(days=31)
# So many mails in a row that no server took: the address is wrong, and more of them harm all other letters.
REFUSED_IN_A_ROW = 3
MOST_DAYS, MOST_MONTHS = 365, 60
_NUMBERS = re.compile(r"\d{1,3}(?:[\s,;]+\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What an office can set. Days before a promise is due, days overdue until the deputy and the head are told (None:
    never), months before an end at which its renewal opens and at which the office is told.

    The months come from real roads that took up to two years (docs/register.md), not from law.
    """

    soon: int = 30
    deputy_after: int | None = 7
    head_after: int | None = 21
    renewal_months: int = 24
    alerts: tuple[int, ...] = (24, 18, 12, 6, 3, 1)


def wrong_limits(given: Limits) -> str:
    """The first field that cannot be so, "" where all can."""
    days = {"soon": given.soon, "deputy_after": given.deputy_after, "head_after": given.head_after}
    for name, number in days.items():
        if number is not None and not 1 <= number <= MOST_DAYS:
            return name
    if given.deputy_after is not None and given.head_after is not None and given.head_after < given.deputy_after:
        return "head_after"
    if not 1 <= given.renewal_months <= MOST_MONTHS:
        return "renewal_months"
    fits = 1 <= len(given.alerts) <= 12 and all(1 <= months <= MOST_MONTHS for months in given.alerts)
    return "" if fits else "alerts"


def months_in(text: str) -> tuple[int, ...] | None:
    """ "24, 12 3" → (24, 12, 3), each once, the longest first; None where it is no list of numbers."""
    if not _NUMBERS.fullmatch(text.strip()):
        return None
    return tuple(sorted({int(number) for number in re.findall(r"\d+", text)}, reverse=True))


def is_due(every: str, *, today: date, last: date | None) -> bool:
    """Whether a digest is to be written on that day of its reader, after the one of `last`.

    Weekly ones come on Monday, or on the first day after it on which the pass runs again.
    """
    if every == DAILY:
        return today.weekday() < 5 and (last is None or last < today)
    if every == WEEKLY:
        return last is None or last < today - timedelta(days=today.weekday())
    return False


def next_day(every: str, *, today: date, last: date | None) -> date | None:
    """The next day on which a digest may come, today included; None for who wants none."""
    days = (today + timedelta(days=ahead) for ahead in range(8))
    return next((day for day in days if is_due(every, today=day, last=last)), None)


def leaves_at(today: date, *, zone: str) -> datetime:
    """When the letter of that day leaves: in the morning of its reader."""
    return datetime.combine(today, MORNING, tzinfo=ZoneInfo(zone))


def steps_reached(days: int | None, *, limits: Limits, owner_left: bool, deputy_there: bool) -> Iterator[str]:
    """Whom a promise that is overdue for `days` (None: is not) has gone to by now.

    Where no deputy can be told (a post without an account, somebody who left) the head is told in their place; an owner
    who left the office is told to the head at once.
    """
    if owner_left:
        yield LEFT
    first = _reached(days, limits.deputy_after)
    if first and deputy_there:
        yield DEPUTY
    if _reached(days, limits.head_after) or (first and not deputy_there):
        yield HEAD


def _reached(days: int | None, limit: int | None) -> bool:
    return days is not None and limit is not None and days >= limit


def is_unreachable(letters: Iterable[int], *, failed: Collection[int]) -> bool:
    """Whether the last mails, the newest first, were all refused by the mail server."""
    last = list(letters)[:REFUSED_IN_A_ROW]
    return len(last) == REFUSED_IN_A_ROW and all(letter in failed for letter in last)


def is_news(found: datetime | None, *, since: datetime | None, now: datetime) -> bool:
    """Whether something found then has not been told yet; None is "only now"."""
    if found is None:
        return True
    return found > max(since, now - NEWS_LASTS) if since is not None else found > now - NEWS_LASTS

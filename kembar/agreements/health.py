"""How well a relationship is kept, from what the file says; each sign with what it counts. Plain values.

The thresholds are those of falling_due.py and of the activity axis: proposals (docs/register.md), not law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kembar.agreements import falling_due
from kembar.lib.dates import EdtfDate

WELL, WATCH, RISK = "well", "watch", "risk"
IN_FORCE, OVER = "in_force", "over"
ACTIVE, NO_ACTIVITY = "activity", "no_activity"
RENEWAL, LETTER, APPROVAL = "renewal", "letter", "approval"
DISPUTES, OVERDUE, UNOWNED, NO_CONTACT = "disputes", "overdue", "unowned", "no_contact"
_URGENT_MONTHS, _STALE_MONTHS = 12, 24
_WORST_FIRST = (RISK, WATCH, WELL)
_OF_ACTIVITY = {"active": WELL, "quiet": WATCH, "dormant": RISK}


@dataclass(frozen=True, slots=True)
class Signs:
    """What a file says on a day. `headline` and `activity` are the codes of the two axes, `last` the newest event,
    `until` the end of what is or was in force, `due` what presses most."""

    headline: str
    activity: str
    until: EdtfDate | None = None
    last: EdtfDate | None = None
    due: falling_due.Due | None = None
    disputes: int = 0
    overdue: int = 0
    unowned: int = 0
    has_contact: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign: how bad it is, how many it counts, since or until when, how many months ago."""

    code: str
    level: str
    number: int = 0
    day: EdtfDate | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """The worst sign decides; the reasons stand worst first."""

    level: str
    reasons: tuple[Reason, ...]


def health_on(signs: Signs, day: date) -> Health | None:
    """None where there is no relationship to keep: it was ended, or nothing is known of it yet."""
    if signs.headline in ("", "ended", "unverified"):
        return None
    found = [*_legal(signs), _activity(signs, day), *_counted(signs)]
    reasons = sorted(found, key=lambda reason: _WORST_FIRST.index(reason.level))
    return Health(reasons[0].level, tuple(reasons))


def newest(dates: Iterable[EdtfDate | None], day: date) -> EdtfDate | None:
    """The newest of these that may have come by that day."""
    past = [found for found in dates if found is not None and found.possibly_by(day)]
    return max(past, key=lambda found: found.sort_key, default=None)


def _legal(signs: Signs) -> list[Reason]:
    if signs.headline in ("expired", "expired_active"):
        return [Reason(OVER, RISK, day=signs.until)]
    due = signs.due
    if due is not None and due.code == falling_due.EXPIRES:
        return [Reason(RENEWAL, RISK if due.step <= _URGENT_MONTHS else WATCH, day=due.day, months=due.step)]
    if due is not None and due.code in (falling_due.LETTER, falling_due.APPROVAL):
        code = LETTER if due.code == falling_due.LETTER else APPROVAL
        level = RISK if due.step >= _STALE_MONTHS else WATCH
        return [Reason(code, level, day=due.day, months=due.step)]
    return [Reason(IN_FORCE, WELL, day=signs.until)] if signs.headline == "in_force" else []


def _activity(signs: Signs, day: date) -> Reason:
    if signs.last is None:
        return Reason(NO_ACTIVITY, WATCH)
    until = min(signs.last.latest or day, day)
    months = (day.year - until.year) * 12 + day.month - until.month - (day.day < until.day)
    return Reason(ACTIVE, _OF_ACTIVITY.get(signs.activity, WATCH), day=signs.last, months=max(months, 0))


def _counted(signs: Signs) -> list[Reason]:
    counts = ((OVERDUE, RISK, signs.overdue), (DISPUTES, WATCH, signs.disputes), (UNOWNED, WATCH, signs.unowned))
    found = [Reason(code, level, number=number) for code, level, number in counts if number]
    return found if signs.has_contact else [*found, Reason(NO_CONTACT, WATCH)]

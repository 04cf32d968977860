"""What a cooperation office must not let slip: papers that run out, intentions that went stale. Plain values.

The months are proposals of this project (docs/register.md), not law: a renewal takes up to two years on the real road.
"""

from dataclasses import dataclass
from datetime import date

from kembar.lib.dates import Duration, EdtfDate

RENEWAL_MONTHS = 24
STEPS = (1, 3, 6, 12, 18, 24)
STALE = (24, 12, 6)

EXPIRES, RUN_OUT, LETTER, APPROVAL, DORMANT = "expires", "run_out", "letter", "approval", "dormant"


@dataclass(frozen=True, slots=True)
class Standing:
    """One partnership on a day: headline, activity, its end, its newest letter of intent or council approval."""

    headline: str
    activity: str
    until: EdtfDate | None = None
    letter: EdtfDate | None = None
    approval: EdtfDate | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`code` says what, `day` since or until when, `step` the months of the threshold it has passed (0 for none)."""

    code: str
    day: EdtfDate | None
    step: int = 0


def _reached(start: date, months: int, day: date) -> bool:
    return Duration(months).after(start) <= day


def due_on(standing: Standing, day: date) -> Due | None:
    """The most pressing thing about one partnership on a day, None where nothing presses."""
    if standing.headline == "in_force":
        until = standing.until.earliest if standing.until else None
        steps = [months for months in STEPS if until is not None and until <= Duration(months).after(day)]
        if steps:
            return Due(EXPIRES, standing.until, min(steps))
        return Due(DORMANT, None) if standing.activity == "dormant" else None
    if standing.headline in ("expired_active", "expired"):
        return Due(RUN_OUT, standing.until)
    since = standing.letter if standing.headline == "loi" else standing.approval
    if standing.headline in ("loi", "council_approved") and since is not None and since.latest is not None:
        reached = [months for months in STALE if _reached(since.latest, months, day)]
        if reached:
            return Due(LETTER if standing.headline == "loi" else APPROVAL, since, reached[0])
    return None


def urgency(due: Due) -> tuple[int, date]:
    """Sorts what runs out first to the top, then what has run out, then what has waited longest."""
    order = (EXPIRES, RUN_OUT, APPROVAL, LETTER, DORMANT)
    day = due.day.latest if due.day is not None and due.day.latest is not None else date.max
    soon = due.code == EXPIRES and due.step <= STEPS[3]
    return (-1 if soon else order.index(due.code)), day

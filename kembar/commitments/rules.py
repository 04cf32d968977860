"""When a promise is overdue, what comes next in a recurring one, and what cannot be so. No Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kembar.lib.dates import EdtfDate, UnreadableDate, parse_duration
from kembar.lib.text import normalise
from kembar.partnerships.rules import ACCOUNT as ACCOUNT
from kembar.partnerships.rules import POST as POST
from kembar.partnerships.rules import is_keeper as is_keeper

CLAIMED, ACCEPTED, CONFIRMED, IN_PROGRESS = "claimed", "accepted", "confirmed", "in_progress"
KEPT, PARTLY_KEPT, DROPPED = "kept", "partly_kept", "dropped"
OVERDUE = "overdue"
OPEN = frozenset({ACCEPTED, CONFIRMED, IN_PROGRESS})
SETTLED = frozenset({KEPT, PARTLY_KEPT, DROPPED})
# Papers report within days what was promised; a promise much older than its first source deserves a second look.
USUAL_DELAY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the day on which a promise falls due hangs on."""

    state: str
    due: EdtfDate | None
    conditional: bool = False
    condition_met: EdtfDate | None = None


def is_binding(terms: Terms) -> bool:
    """Whether the office has taken it on, it is not settled, and a condition it had is met."""
    return terms.state in OPEN and (not terms.conditional or terms.condition_met is not None)


def is_overdue(terms: Terms, *, on: date) -> bool:
    """Only after the latest day its due date allows ("2026": from 1 January 2027), never where there is none."""
    return is_binding(terms) and terms.due is not None and terms.due.certainly_before(on)


def shown_state(terms: Terms, *, on: date) -> str:
    """The state as people read it: overdue goes before accepted and in progress."""
    return OVERDUE if is_overdue(terms, on=on) else terms.state


def next_due(due: EdtfDate | None, every: str) -> EdtfDate | None:
    """When the next round of a recurring promise falls due; None where the round or its length is not known.

    `every` is an ISO 8601 duration (P1Y).
    """
    if due is None or not every:
        return None
    try:
        return due.plus(parse_duration(every))
    except UnreadableDate:
        return None


def is_interval(text: str) -> bool:
    """Whether this is an ISO 8601 length of time that leads forward."""
    try:
        length = parse_duration(text)
    except ValueError:
        return False
    return length.months >= 0 and length.days >= 0 and bool(length.months or length.days)


def impossible(*, made_on: EdtfDate | None, due: EdtfDate | None, published: EdtfDate | None) -> str:
    """Why these dates cannot be: due_before_made, made_after_source; empty where they can."""
    if made_on and due and due.certainly_before(made_on):
        return "due_before_made"
    if made_on and published and published.certainly_before(made_on):
        return "made_after_source"
    return ""


def made_long_before_source(*, made_on: EdtfDate | None, published: EdtfDate | None) -> bool:
    """Whether the promise is certainly much older than the source that tells of it."""
    if made_on is None or published is None or published.earliest is None or made_on.latest is None:
        return False
    return made_on.latest + USUAL_DELAY < published.earliest


def side_of(actor: str, *, own: Iterable[str], partner: Iterable[str]) -> str:
    """Whose promise it is by the names in the actor: own, partner, both; empty where no name tells."""
    words = f" {normalise(actor)} "
    ours, theirs = (any(_is_named(name, words) for name in names) for names in (own, partner))
    if ours and theirs:
        return "both"
    return "own" if ours else "partner" if theirs else ""


def _is_named(name: str, words: str) -> bool:
    wanted = normalise(name)
    # Names in Latin letters stand between spaces; Korean and Chinese ones grow together with what follows.
    return bool(wanted) and (f" {wanted} " in words if wanted.isascii() else wanted in words)

"""What a claim is checked for, and what several claims about one thing settle. Plain values in, answers out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kembar.lib.dates import EdtfDate, shared, weekday_mismatch


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at before a claim is believed. `code` is one of the constants below."""

    code: str
    facts: dict[str, str]


WEEKDAY = "weekday_mismatch"
FUTURE = "future_date"
END_BEFORE_START = "end_before_start"
ORDINAL = "ordinal"
DUPLICATE = "duplicate"
LEVEL = "level_mismatch"


def weekday_doubt(text: str) -> Doubt | None:
    """A written weekday that the written date was not, with the weekday it was ("Selasa, 25 Maret 2024": a Monday)."""
    found = weekday_mismatch(text)
    if found is None:
        return None
    return Doubt(WEEKDAY, {"date": found.day.isoformat(), "written": str(found.written), "actual": str(found.actual)})


def future_doubt(claimed: EdtfDate | None, *, known_on: date) -> Doubt | None:
    """A thing reported as done on a day after the report (or after today, when the report has no date)."""
    if claimed is None or claimed.earliest is None or claimed.earliest <= known_on:
        return None
    return Doubt(FUTURE, {"date": claimed.date_text, "known_on": known_on.isoformat()})


def order_doubt(start: EdtfDate | None, end: EdtfDate | None) -> Doubt | None:
    """An end that certainly lies before its start."""
    if start is None or end is None or not end.certainly_before(start):
        return None
    return Doubt(END_BEFORE_START, {"start": start.date_text, "end": end.date_text})


def ordinal_doubt(claimed: int, *, counted: int) -> Doubt | None:
    """An ordinal ("15th sister city") that the register does not give."""
    if claimed == counted:
        return None
    return Doubt(ORDINAL, {"claimed": str(claimed), "counted": str(counted)})


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim's part in settling: what it says, what the office decided, which document says it."""

    value: str
    decision: str
    document_id: int
    date: EdtfDate | None = None


def settle_date(claims: Sequence[Stated]) -> EdtfDate | None:
    """The date at the precision that accepted and open claims share; None when nothing can be said.

    Source of the rule: the register's definition of "since": 25 and 27 August 1997, both open, give August 1997. An
    accepted date stands alone when an open claim shares nothing with it: a decision weighs more than a doubt.
    """
    accepted = [claim.date for claim in claims if claim.decision == "accepted" and claim.date]
    open_ones = [claim.date for claim in claims if claim.decision == "open" and claim.date]
    settled = _common(accepted)
    if accepted and settled is None:
        return None
    everything = _common(accepted + open_ones)
    return everything or settled


def settle_value(claims: Sequence[Stated]) -> str:
    """The one value all accepted claims agree on, else "" (not known)."""
    values = {claim.value for claim in claims if claim.decision == "accepted"}
    return values.pop() if len(values) == 1 else ""


def standing(claims: Sequence[Stated]) -> str:
    """Whether the thing these claims name is accepted, open or rejected.

    Accepted when one claim is accepted, or when two or more independent documents name it and only its date is in
    dispute: then what they share stands (Suwon 1997). A single open claim is never enough.
    """
    decisions = {claim.decision for claim in claims}
    if "accepted" in decisions:
        return "accepted"
    undecided = [claim for claim in claims if claim.decision == "open"]
    documents = {claim.document_id for claim in undecided}
    if len(documents) > 1 and _common([claim.date for claim in undecided if claim.date]) is not None:
        return "accepted"
    return "open" if undecided else "rejected"


def contradicting(claims: Iterable[Stated]) -> bool:
    """Whether claims about one attribute say different things, whatever was decided on them."""
    return len({claim.value for claim in claims}) > 1


def fingerprint(decided: Iterable[tuple[int, str, str]]) -> str:
    """A word that differs as soon as a claim came, went or was decided otherwise: (id, decision, reason) of each.

    A form carries it, so that whoever saves second is told and loses nothing.
    """
    text = "\n".join(f"{number}|{decision}|{reason}" for number, decision, reason in sorted(decided))
    return sha256(text.encode()).hexdigest()[:16]


def _common(dates: Sequence[EdtfDate]) -> EdtfDate | None:
    if not dates:
        return None

    common: EdtfDate | None = dates[0]
    for further in dates[1:]:
        common = shared(common, further) if common is not None else None
    return common

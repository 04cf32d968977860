"""What the reader finds in a text: plain values, each with its span, the rule that found it and how sure it is.

Spans count Python characters of the text that was given to `read`, end exclusive. Finders work on the cleaned text of a
`Document`; `read` moves every span back before anyone sees it. Dates are EDTF (2025, 2025-09, 2025-03-25, XXXX-09-27).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

QUESTION_BELOW = 0.5
"""Below this confidence a finding is a question to the officer, not a value."""

KINDS_OF_AGREEMENT = ("loi", "mou", "ia", "sister_city", "friendship", "other")
STATUSES = ("signed", "planned", "expired", "explored")
MODALITIES = ("planned", "hoped", "offered", "done")
KINDS_OF_CHECK = ("weekday_mismatch", "missing_year", "count_claim", "since_claim", "unsourced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`start` and `end` are the evidence in the text; `rule` names what found it; `confidence` runs from 0 to 1."""

    start: int
    end: int
    rule: str
    confidence: float

    @property
    def is_question(self) -> bool:
        return self.confidence < QUESTION_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class CityMention(Finding):
    """The bare name of a city. `alternatives`: other places it might be, as GeoNames numbers, likeliest first."""

    name: str
    country: str
    geonameid: int
    alternatives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMention(Finding):
    """`country` is an ISO 3166 code of two letters."""

    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Finding):
    """One person, at the first full mention. `mentions`: every span, short names too. `of`: city or organisation."""

    name: str
    office: str | None = None
    of: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Finding):
    """`value` is EDTF; `anchor` is the day a relative date was counted from, or None; `corrected` another likely value.

    `part` says "start" or "end" where two findings are the ends of one range. `weekday` as printed, 0 is Monday.
    """

    value: str
    granularity: str
    anchor: str | None = None
    corrected: str | None = None
    part: str | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Finding):
    """`currency` is ISO 4217; `bound` is "at_least", "at_most", "about" or None."""

    amount: float
    currency: str
    bound: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Finding):
    """A sector code, at its first cue. `spans`: every cue."""

    code: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Finding):
    """`parties` are English city names (CityMention.name) or names of organisations; `date` is EDTF or None."""

    kind: str
    parties: tuple[str, ...]
    status: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Finding):
    """A promise: the span is the sentence (or the part of it) that proves it."""

    actor: str | None
    counterpart: str | None
    action: str
    modality: str
    due: str | None = None
    conditional: bool = False
    recurring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Finding):
    """Something a person must look at; `details` feeds the sentence shown (plain strings)."""

    kind: str
    details: dict[str, str] = field(default_factory=dict)


Any_Finding = TypeVar("Any_Finding", bound=Finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything found in one text. `notes` are codes with a reason a person can be told (see `notes.py`)."""

    language: str
    length: int
    cities: tuple[CityMention, ...] = ()
    countries: tuple[CountryMention, ...] = ()
    people: tuple[Person, ...] = ()
    dates: tuple[DateMention, ...] = ()
    money: tuple[Money, ...] = ()
    sectors: tuple[Sector, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    checks: tuple[Check, ...] = ()
    boilerplate: tuple[tuple[int, int, str], ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """One object of plain lists: people and sectors as distinct values, their details beside them."""
        answer: dict[str, Any] = {"language": self.language, "length": self.length, "notes": list(self.notes)}
        for key in ("cities", "countries", "dates", "money", "agreements", "commitments", "checks"):
            answer[key] = [asdict(finding) for finding in getattr(self, key)]
        answer["people"] = [person.name for person in self.people]
        answer["people_details"] = [asdict(person) for person in self.people]
        answer["sectors"] = [sector.code for sector in self.sectors]
        answer["sectors_details"] = [asdict(sector) for sector in self.sectors]
        answer["boilerplate"] = [{"start": start, "end": end, "kind": kind} for start, end, kind in self.boilerplate]
        return answer


def moved(finding: Any_Finding, starts: Any, ends: Any) -> Any_Finding:
    """The same finding with its spans carried through the maps of offsets."""
    changes: dict[str, Any] = {"start": starts(finding.start), "end": ends(finding.end)}
    for name in ("mentions", "spans"):
        if hasattr(finding, name):
            changes[name] = tuple((starts(start), ends(end)) for start, end in getattr(finding, name))
    return replace(finding, **changes)

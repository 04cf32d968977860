"""What must hold on the legal road. Plain values in, answers out; each rule names where it comes from.

Where a rule of law rests on a quotation, the legal basis of the template says so and the page shows it. A rule that
refuses can be set aside by an officer with a reason that everyone may read; a bar (R4, R7) cannot.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kembar.agreements.rules import ScopeDifference, scope_difference
from kembar.lib.dates import Duration, EdtfDate
from kembar.lib.dates import on as exactly
from kembar.lib.text import normalise
from kembar.procedure.template import Relation, Step, Template

PLENARY, FULL_POWERS = "council_plenary", "full_powers"
SISTER = "sister"
IN_FORCE = "in_force"
# Months before the end at which somebody is told; a proposal from real lead times, not law.
RENEWAL_MONTHS = 24
ALERTS = (24, 18, 12, 6, 3, 1)
STALE = (24, 12, 6)
_OFFICE_ABROAD = re.compile(r"kantor perwakilan|perwakilan dagang|representative office|대표사무소|代表处|代表處", re.I)
_SCIENCE = re.compile(r"teknologi|sains|ilmu pengetahuan|technolog|science|과학|기술|科技|技术|科学", re.I)


# --- steps and their days -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """What was done on a step; one that was undone is left out before rules are asked."""

    step: str
    deed: str
    on: EdtfDate | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands: the last stage reached, the open steps, the first of our side, since when it lies there."""

    stage: str
    open: tuple[Step, ...]
    step: Step | None
    since: EdtfDate | None


def finished(runs: Iterable[Run]) -> dict[str, EdtfDate | None]:
    """Step → when it was done, left out or reported."""
    return {run.step: run.on for run in runs if run.deed in ("done", "skipped", "reported")}


def position(road: Template, runs: Sequence[Run], *, opened: EdtfDate) -> Position:
    """A step is open when all before it are finished; optional ones beside the road hold nothing up."""
    done = finished(runs)
    open_steps = tuple(
        step for step in road.steps if step.code not in done and all(code in done for code in step.after)
    )
    stage = ""
    for step in road.steps:
        if step.reaches and step.code in done and any(r.step == step.code and r.deed == "done" for r in runs):
            stage = step.reaches
    first = next((step for step in open_steps if not step.optional and step.side == "own"), None)
    since = _latest([done[code] for code in first.after]) if first and first.after else None
    back = [run.on for run in runs if run.deed == "returned" and first and run.step == first.code]
    return Position(stage, open_steps, first, _latest([since or opened, *back]))


def as_of(road: Template, runs: Sequence[Run], *, day: date) -> list[Run]:
    """What held on that day, of everything ever done in the order of entry: a file sent back lost what came after."""
    codes = [step.code for step in road.steps]
    held: list[Run] = []
    for run in runs:
        if run.on is not None and not run.on.certainly_by(day):
            continue
        if run.deed == "returned" and run.step in codes:
            undone = codes[codes.index(run.step) :]
            held = [one for one in held if one.step not in undone]
        held.append(run)
    return held


def _latest(dates: Iterable[EdtfDate | None]) -> EdtfDate | None:
    known = [day for day in dates if day is not None]
    return max(known, key=lambda day: day.sort_key) if known else None


def date_fault(day: EdtfDate, *, before: Iterable[EdtfDate | None], today: date) -> str:
    """Why a step cannot be of that day: before_predecessor, in_future; "" where it can. Only what is certain refuses:
    a step of "2024" may follow one of 5 May 2024."""
    if day.earliest is not None and day.earliest > today:
        return "in_future"
    if any(earlier is not None and day.certainly_before(earlier) for earlier in before):
        return "before_predecessor"
    return ""


# --- R1 to R12, R18 to R20 ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in the way of a deed. `bar`: cannot be set aside; else an officer may, with a reason for everyone."""

    rule: str
    code: str
    bar: bool = False


# Rules that an officer may set aside with a reason, beside the approvals of the road and single items of the scope.
SET_ASIDE = frozenset({"ask_ministry", "transfer_plan", "level_differs", "full_powers_void", "full_powers_unnamed",
                       "full_powers_other"})  # fmt: skip
# Requirements that no reason makes up for (R4, R7), and those that a hindrance of their own speaks of.
NEVER_ASIDE = frozenset({"relations", "no_office"})
REQUIREMENTS = frozenset({"own_affairs", "no_interference", "fits_plans", "transferable", "equal_status",
                          "complementary", "people"}) | NEVER_ASIDE  # fmt: skip
_SPOKEN_OF = {"transferable": "transfer_plan", "equal_status": "level_differs"}


def may_be_set_aside(rule: str, *, approvals: Collection[str]) -> bool:
    """Whether there is a rule of this code that is no bar: one of SET_ASIDE, an approval that the road asks for,
    `scope:` and the item the council did not approve, `requirement:` and one found not to be met."""
    code, colon, item = rule.partition(":")
    if code == "requirement":
        return item in REQUIREMENTS - NEVER_ASIDE
    if colon:
        return code == "scope" and bool(item.strip())
    return code in SET_ASIDE or code in approvals


def missing_approvals(road: Template, *, recorded: Collection[str]) -> list[Hindrance]:
    """R1, R8: no paper is cleared before every approval of its road is on record, the council's above all.

    Source: PP 28/2018 Art. 30 (1) and (2) as quoted by Komisi A of Bandung's council (Antara, 31 March 2023); the other
    gates: Perda Kab. Semarang 4/2021 and the study of the Bandung–Suwon file.
    """
    return [
        Hindrance("R1" if kind == PLENARY else "R8", kind) for kind in road.required_approvals if kind not in recorded
    ]


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in a post."""

    person: str
    post: str
    since: EdtfDate | None
    until: EdtfDate | None


def full_powers_fault(signatory: str, *, day: EdtfDate, terms: Sequence[Term]) -> str:
    """R8: full powers name a person. unnamed; void where on that day the person certainly holds the post no more:
    every known term is over, or a successor in the same post has begun. "" where they hold or too little is known.

    Source: study of the Bandung–Suwon file (Full Powers name the official and the date).
    """
    if not signatory.strip():
        return "unnamed"
    own = [term for term in terms if normalise(term.person) == normalise(signatory)]
    if not own:
        return ""
    if all(term.until is not None and term.until.certainly_before(day) for term in own):
        return "void"
    if any(term.until is not None and day.certainly_by(term.until) for term in own):
        return ""
    return "void" if any(_succeeds(other, own, day) for other in terms) else ""


def _succeeds(other: Term, own: Sequence[Term], day: EdtfDate) -> bool:
    began = other.since
    if other in own or began is None or not began.certainly_by(day):
        return False
    same = [term for term in own if normalise(term.post) == normalise(other.post)]
    return bool(same) and all(term.since is not None and term.since.certainly_before(began) for term in same)


def uncleared(approved: Sequence[str], signed: Sequence[str], *, cleared: Collection[str]) -> list[str]:
    """R2: the items that were signed, that the council did not approve and that nobody cleared since.

    Source: Bandung–Melbourne, approved 30 March 2023 and signed 2024 with other fields.
    """
    if not approved or not signed:
        return []
    return [item for item in difference(approved, signed).added if item not in cleared]


def difference(approved: Sequence[str], signed: Sequence[str]) -> ScopeDifference:
    """R2: the council's scope against the signed one, item by item."""
    return scope_difference(approved, signed)


def may_be_called_sister(kind: str, headline: str) -> bool:
    """R3: an intent is not a sister city. Source: Daegu and Nanning, called so at a letter of intent."""
    return kind == SISTER and headline == IN_FORCE


def relation_hindrance(country: str, *, relations: Iterable[Relation]) -> Hindrance | None:
    """R4: without diplomatic relations there is no tie; where the Foreign Ministry has rules of its own, its word comes
    first. The list and its sources stand in the template. Source: pages of Jambi and Yogyakarta; Permenlu 3/2019."""
    for row in relations:
        if row.country == country:
            return Hindrance("R4", "no_relations" if row.rule == "none" else "ask_ministry", bar=row.rule == "none")
    return None


def level_differs(own: int | None, partner: int | None) -> bool:
    """R5: a city and a province are not of one level: a justification is asked for (equal status and/or territory).

    None, a level not known, is no fault. Source: page of Jambi.
    """
    return own is not None and partner is not None and own != partner


def needs_transfer_plan(objects: Collection[str], scope: Iterable[str]) -> bool:
    """R6: science and technology must be passed on to local people. Source: page of Jambi."""
    return "science" in objects or any(_SCIENCE.search(item) for item in scope)


def barred_items(scope: Iterable[str]) -> list[str]:
    """R7: a representative office abroad is no object of a cooperation. Source: page of Jambi."""
    return [item for item in scope if _OFFICE_ABROAD.search(item)]


def after_signing(road: Template, *, done: Collection[str]) -> list[str]:
    """R9: the steps that remain once the paper is signed: deposit of the original, certified copies.

    Source: study of the Bandung–Suwon file.
    """
    signing = next((index for index, step in enumerate(road.steps) if step.reaches == "signed"), len(road.steps))
    return [step.code for step in road.steps[signing + 1 :] if step.code not in done and not step.optional]


def is_outside(day: EdtfDate | None, *, papers: Iterable[tuple[EdtfDate | None, EdtfDate | None]]) -> bool:
    """R10: whether something certainly happened on no day of any paper (concluded, ends) though there was one before.

    Source: Petaling Jaya, interns in March and April 2023 after the paper of 2015 had ended in 2020.
    """
    spans = [(first, last) for first, last in papers if first is not None]
    if day is None or not any(first.certainly_before(day) for first, _ in spans):
        return False
    return not any(first.possibly_by(day) and (last is None or not last.certainly_before(day)) for first, last in spans)


def renewal_is_due(ends: EdtfDate | None, *, today: date, months: int = RENEWAL_MONTHS) -> bool:
    """R11: a renewal begins so many months before the end; also when that day was missed.

    Source: proposed from Hamamatsu (2,238 days from paper to extension); no law was found.
    """
    day = _first_end(ends)
    return day is not None and day <= Duration(months).after(today)


def alert_of(ends: EdtfDate | None, *, today: date, alerts: Collection[int] = ALERTS) -> int:
    """The last of 24, 18, 12, 6, 3, 1 months before the end that has been reached, 0 for none or past the end."""
    day = _first_end(ends)
    if day is None or day < today:
        return 0
    return min((months for months in alerts if day <= Duration(months).after(today)), default=0)


def _first_end(ends: EdtfDate | None) -> date | None:
    """The first day on which it may end; where only the last is known ("before …"), that one."""
    return (ends.earliest or ends.latest) if ends is not None else None


def running_work_goes_on(clause: str) -> bool | None:
    """R12: whether running activities are completed after a notice; None where the paper's clause is not known.

    Source: Surabaya–Kitakyushu: "running activities continue to completion".
    """
    return {"continue": True, "stop": False}.get(clause)


def language_faults(languages: Collection[str], *, prevailing: str, machine: Collection[str] = ()) -> list[str]:
    """R18: indonesian_missing, prevailing_missing (several languages, none said to prevail), machine_is_authentic.

    Source: UU 24/2009 and Perpres 63/2019 as retold; the texts were not read. Languages as codes (id, en, ko).
    """
    faults = [] if "id" in languages else ["indonesian_missing"]
    if len(languages) > 1 and prevailing not in languages:
        faults.append("prevailing_missing")
    if set(machine) & set(languages):
        faults.append("machine_is_authentic")
    return faults


def report_faults(*, day: EdtfDate | None, source: str) -> list[str]:
    """R19, R20: a step of the counterpart, and anything from the past, needs a source; its day may be not known."""
    return [] if source.strip() else ["source_missing"]


def letter_age(letter: EdtfDate | None, *, today: date) -> int:
    """How stale a letter of intent is: 24, 12 or 6 months reached, 0 for none. Source: Toyota and Cuenca, both 2017."""
    if letter is None or letter.latest is None:
        return 0
    return next((months for months in STALE if Duration(months).after(letter.latest) <= today), 0)


def unmet(results: Mapping[str, str], *, besides: Collection[str] = ()) -> list[Hindrance]:
    """Which requirements somebody looked at and found not to be met; `besides`: hindrances that say so already."""
    return [
        Hindrance("1.3", f"requirement:{code}", bar=code in NEVER_ASIDE)
        for code, result in results.items()
        if result == "not_met" and _SPOKEN_OF.get(code) not in besides
    ]


def checks_open(results: Mapping[str, str], *, needed: Collection[str]) -> list[str]:
    """Which requirements nobody has found to be met, or justified, yet."""
    return [code for code in needed if results.get(code, "open") not in ("met", "justified")]


# --- how long it takes ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typical:
    """Days of past legs: how many there are, their median and range."""

    count: int
    median: int
    shortest: int
    longest: int


def typical(days: Iterable[int]) -> Typical | None:
    """None where there is no past leg; an even number takes the day halfway, rounded up."""
    known = sorted(days)
    if not known:
        return None
    return Typical(len(known), -int(-median(known) // 1), known[0], known[-1])


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the signature is likely, from `count` past cases; `day` is None where this case already waits longer than
    any of them, or there is none to go by."""

    day: date | None
    earliest: date | None
    latest: date | None
    count: int
    longer_than_all: bool = False


def forecast(legs: Sequence[tuple[date, Sequence[int]]], *, today: date) -> Forecast:
    """From legs still to go: (its first day, days such a leg took). Of the first one, which runs already, only past
    legs longer than it has lasted say anything; the others follow each other at their median."""
    if not legs or not legs[0][1]:
        return Forecast(None, None, None, 0)
    start, first = legs[0]
    left = [days for days in first if days > (today - start).days]
    if not left:
        return Forecast(None, None, None, len(first), longer_than_all=True)
    middle, low, high = [-int(-median(left) // 1)], [min(left)], [max(left)]
    counts = [len(left)]
    for _, days in legs[1:]:
        if not days:
            return Forecast(None, None, None, 0)
        middle.append(-int(-median(days) // 1))
        low.append(min(days))
        high.append(max(days))
        counts.append(len(days))
    day, earliest, latest = (Duration(0, sum(part)).after(start) for part in (middle, low, high))
    return Forecast(day, earliest, latest, min(counts))


def working_day_from(day: EdtfDate | None) -> date | None:
    """The day from which waiting is counted: the last the date allows, so that a wait is never overstated."""
    return day.latest if day is not None else None


def today_as(day: date) -> EdtfDate:
    """A day of the calendar as a date with its precision."""
    return exactly(day)

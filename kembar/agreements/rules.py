"""The legal state of a partnership, for any day, in one place. Plain values in, answers out.

Sources of the rules: docs/register.md. A paper counts from the day it was certainly concluded until the day it has
certainly ended, so that nothing is claimed too early and nothing is dropped on a guess.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kembar.lib.dates import Duration, EdtfDate, Precision, days_between, last_day, parse_duration

LETTER_OF_INTENT = "letter_of_intent"
EXTENSION = "extension"
THEMATIC = "thematic_memorandum"
TERMINATION = "termination_notice"
MOU_CLASS = frozenset({"memorandum_of_understanding", "sister_agreement", "friendship_agreement", THEMATIC, EXTENSION})
PLENARY = "council_plenary"
COMMISSION = "council_commission"
BEGINNING = date(1000, 1, 1)  # the first day the register can be asked for
ACTIVE_MONTHS = 12
DORMANT_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a file. `ends` is its last day in force; None where no source states a term: end not known.
    `effective`: from which day it counts, where a source tells it apart from its conclusion."""

    id: int
    kind: str
    accepted: bool = True
    concluded: EdtfDate | None = None
    ends: EdtfDate | None = None
    lapsed: EdtfDate | None = None
    parent_id: int | None = None
    supersedes_id: int | None = None
    parties_signed: int = 0
    effective: EdtfDate | None = None

    def ends_others_by(self, day: date) -> bool:
        """Whether a notice has taken effect: at the end of its period, where that is known."""
        return self.concluded_by(day) and (self.effective is None or self.effective.certainly_by(day))

    def concluded_by(self, day: date) -> bool:
        return self.accepted and self.concluded is not None and self.concluded.certainly_by(day)

    def ran_out_before(self, day: date) -> bool:
        return self.ends is not None and self.ends.latest is not None and self.ends.latest < day


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval that is a fact of the register."""

    kind: str
    on: EdtfDate | None

    def by(self, day: date) -> bool:
        return self.on is not None and self.on.certainly_by(day)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that is a fact of the register; `exploring` for contacts and exploration."""

    date: EdtfDate | None
    exploring: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """What a headline is derived from. `listed_from`: the day of the first claim, None when no claim has a date."""

    kind: str
    papers: tuple[Paper, ...] = ()
    approvals: tuple[Approved, ...] = ()
    events: tuple[Happening, ...] = ()
    listed_from: date | None = None


@dataclass(frozen=True, slots=True)
class LegalState:
    """A partnership on one day. `since` keeps its precision; `until` is None where no end is known."""

    headline: str
    since: EdtfDate | None
    until: EdtfDate | None
    sister_city: bool
    activity: str
    papers: int


# --- papers -------------------------------------------------------------------------------------------------------


def end_of_term(start: EdtfDate | None, term: str, *, last_day_included: bool = True) -> EdtfDate | None:
    """The last day in force of a paper with this start and ISO 8601 term; None when either is not known.

    `last_day_included`: whether the anniversary itself still counts; the paper says so, else it does.
    """
    if start is None or not term:
        return None
    return last_day(start, parse_duration(term), inclusive=last_day_included)


def over_by(paper: Paper, file: File, day: date) -> str:
    """Why a concluded paper is not in force on that day (a code of states.InstrumentState), "" when it is."""
    for other in file.papers:
        if not other.concluded_by(day):
            continue
        if other.supersedes_id == paper.id:
            return "superseded"
        if other.kind == TERMINATION and other.parent_id == paper.id and other.ends_others_by(day):
            return "terminated"
        if other.kind == EXTENSION and other.parent_id == paper.id:
            return "extended"
    if paper.lapsed is not None and paper.lapsed.certainly_by(day):
        return "lapsed_unconcluded"
    return "expired" if paper.ran_out_before(day) else ""


def paper_state(paper: Paper, file: File, day: date) -> str:
    """A code of states.InstrumentState for that day."""
    if not paper.accepted:
        return "unverified"
    if not paper.concluded_by(day):
        return "partially_signed" if paper.parties_signed else "drafting"
    over = over_by(paper, file, day)
    if over:
        return over
    return "in_force" if paper.kind in MOU_CLASS else "signed"


def in_force(file: File, day: date) -> list[Paper]:
    """The papers of MoU class in force on that day, oldest first."""
    found = [p for p in file.papers if p.kind in MOU_CLASS and p.concluded_by(day) and not over_by(p, file, day)]
    return sorted(found, key=_concluded)


def _concluded(paper: Paper) -> tuple[date, int]:
    latest = paper.concluded.latest if paper.concluded else None
    return latest or date.max, paper.id


def _of_class(file: File, day: date) -> list[Paper]:
    return sorted((p for p in file.papers if p.kind in MOU_CLASS and p.concluded_by(day)), key=_concluded)


def _letters(file: File, day: date) -> list[Paper]:
    letters = (p for p in file.papers if p.kind == LETTER_OF_INTENT and p.concluded_by(day))
    return sorted((p for p in letters if over_by(p, file, day) != "lapsed_unconcluded"), key=_concluded)


# --- the headline -------------------------------------------------------------------------------------------------


def _ended(file: File, day: date, papers: list[Paper]) -> bool:
    """A notice for the whole partnership with no newer paper, or every paper gone and the last one by notice."""
    for notice in file.papers:
        if notice.kind == TERMINATION and notice.parent_id is None and notice.ends_others_by(day):
            return all(_concluded(p) < _concluded(notice) for p in papers)
    return bool(papers) and not in_force(file, day) and over_by(papers[-1], file, day) == "terminated"


def _possibly_since(event: Happening, day: date, months: int) -> bool:
    """Whether the event may have happened in the months before that day."""
    if event.date is None or event.date.latest is None or not event.date.possibly_by(day):
        return False
    return day <= Duration(months).after(event.date.latest)


def headline_on(file: File, day: date) -> str:
    """A code of states.Headline; "" when the partner is not listed yet."""
    if file.listed_from is not None and day < file.listed_from:
        return ""
    papers = _of_class(file, day)
    if _ended(file, day, papers):
        return "ended"
    if in_force(file, day):
        return "in_force"
    if papers:
        active = any(_possibly_since(event, day, DORMANT_MONTHS) for event in file.events)
        return "expired_active" if active else "expired"
    if any(approval.kind == PLENARY and approval.by(day) for approval in file.approvals):
        return "council_approved"
    if _letters(file, day):
        return "loi"
    explored = any(e.exploring and e.date is not None and e.date.certainly_by(day) for e in file.events)
    return "exploring" if explored else "unverified"


def since_on(file: File, day: date, headline: str) -> EdtfDate | None:
    """Since when: the first paper of MoU class, else the first letter of intent, else the council's approval."""
    papers = _of_class(file, day)
    if papers:
        return papers[0].concluded
    letters = _letters(file, day)
    if headline == "loi":
        return letters[0].concluded
    if headline == "council_approved":
        if letters:
            return letters[0].concluded
        dates = [a.on for a in file.approvals if a.kind == PLENARY and a.on is not None and a.by(day)]
        return min(dates, key=lambda found: found.sort_key)
    return None


def activity_on(file: File, day: date) -> str:
    """Active, quiet (no event for 12 months) or dormant (24 months); proposals of docs/register.md, not law."""
    happened = [e for e in file.events if e.date is not None and e.date.possibly_by(day)]
    if not happened:
        return "not_known"
    if any(_possibly_since(event, day, ACTIVE_MONTHS) for event in happened):
        return "active"
    return "quiet" if any(_possibly_since(event, day, DORMANT_MONTHS) for event in happened) else "dormant"


def state_on(file: File, day: date) -> LegalState | None:
    """The legal state on a day, None before the partner is listed."""
    headline = headline_on(file, day)
    if not headline:
        return None
    running = in_force(file, day)
    ends = [paper.ends for paper in running]
    known = [end for end in ends if end is not None]
    until = max(known, key=lambda end: end.sort_key) if known and len(known) == len(ends) else None
    if headline.startswith("expired"):
        over = [p.ends for p in _of_class(file, day) if p.ends is not None]
        until = max(over, key=lambda end: end.sort_key) if over else None
    return LegalState(
        headline=headline,
        since=since_on(file, day, headline),
        until=until,
        sister_city=file.kind == "sister" and headline == "in_force",
        activity=activity_on(file, day),
        papers=sum(1 for p in file.papers if p.concluded_by(day)),
    )


# --- spans: the same answer for every day, kept so that lists need not derive it ------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days with one legal state: from `starts` up to, not including, `ends` (None: until further notice)."""

    starts: date
    ends: date | None
    state: LegalState


def _turning_days(file: File) -> Iterator[date]:
    day = timedelta(days=1)
    for paper in file.papers:
        for moment in (paper.concluded, paper.effective, paper.lapsed):
            if moment is not None and moment.latest is not None:
                yield moment.latest
        if paper.ends is not None and paper.ends.latest is not None:
            yield paper.ends.latest + day
    for approval in file.approvals:
        if approval.on is not None and approval.on.latest is not None:
            yield approval.on.latest
    for event in file.events:
        if event.date is None or event.date.latest is None:
            continue
        yield event.date.earliest or BEGINNING
        yield event.date.latest
        for months in (ACTIVE_MONTHS, DORMANT_MONTHS):
            yield Duration(months).after(event.date.latest) + day


def spans(file: File) -> list[Span]:
    """The whole history as runs of days; asking `state_on` for any day gives the state of the run it lies in."""
    first = file.listed_from or BEGINNING
    days = sorted({first, *(day for day in _turning_days(file) if day > first)})
    found: list[Span] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        state = state_on(file, day)
        if state is None:
            continue
        if found and found[-1].state == state and found[-1].ends == day:
            found[-1] = Span(found[-1].starts, following, state)
        else:
            found.append(Span(day, following, state))
    return found


# --- lead times ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leg:
    """How long one part of the road took, in days between two days the sources name."""

    name: str
    starts: EdtfDate
    ends: EdtfDate
    days: int


def _leg(name: str, start: EdtfDate | None, end: EdtfDate | None) -> list[Leg]:
    if start is None or end is None:
        return []
    days = days_between(start, end)
    if days is None or days < 0:
        return []
    reported = " (as reported)" if Precision.BEFORE in (start.precision, end.precision) else ""
    return [Leg(name + reported, start, end, days)]


def _first(dates: Iterable[EdtfDate | None], after: EdtfDate | None = None) -> EdtfDate | None:
    known = [d for d in dates if d is not None and (after is None or d.sort_key >= after.sort_key)]
    return min(known, key=lambda d: d.sort_key) if known else None


def lead_times(file: File) -> list[Leg]:
    """The legs of the road whose two ends are known to the day."""
    letter = _first(p.concluded for p in file.papers if p.accepted and p.kind == LETTER_OF_INTENT)
    commission = _first(a.on for a in file.approvals if a.kind == COMMISSION)
    plenary = _first((a.on for a in file.approvals if a.kind == PLENARY), after=letter)
    papers = sorted((p for p in file.papers if p.accepted and p.concluded and p.kind in MOU_CLASS), key=_concluded)
    legs: list[Leg] = []
    if plenary is not None:
        legs += _leg("LoI to council approval", letter, plenary)
        legs += _leg("council commission to plenary", commission, plenary)
        legs += _leg("council approval to signature", plenary, _first((p.concluded for p in papers), after=plenary))
    elif letter is not None:
        legs += _leg("LoI to MoU", letter, _first((p.concluded for p in papers), after=letter))
    by_id = {paper.id: paper for paper in papers}
    for paper in papers:
        parent, older = by_id.get(paper.parent_id or 0), by_id.get(paper.supersedes_id or 0)
        if paper.kind == EXTENSION and parent is not None:
            legs += _leg("MoU to extension", parent.concluded, paper.concluded)
        elif paper.kind == THEMATIC and older is not None:
            legs += _leg("memorandum to next memorandum", older.concluded, paper.concluded)
    return legs


# --- approved against signed --------------------------------------------------------------------------------------

GENERIC_WORDS = frozenset(
    [
        "and",
        "or",
        "of",
        "the",
        "for",
        "in",
        "city",
        "cities",
        "kota",
        "dan",
        "di",
        "untuk",
        "development",
        "pengembangan",
        "cooperation",
        "kerja",
        "sama",
        "field",
        "bidang",
    ]
)


@dataclass(frozen=True, slots=True)
class ScopeDifference:
    """The council's scope against the signed one. `kept` pairs an approved item with the signed one that answers it."""

    kept: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def _content_words(item: str) -> frozenset[str]:
    words = "".join(sign if sign.isalnum() else " " for sign in item.casefold()).split()
    return frozenset(words) - GENERIC_WORDS


def scope_difference(approved: Iterable[str], signed: Iterable[str]) -> ScopeDifference:
    """Compare by equal wording first, then by a shared content word; an officer confirms what the words suggest."""
    free = list(signed)
    kept: list[tuple[str, str]] = []
    left: list[str] = []
    for item in approved:
        same = next((other for other in free if other.casefold() == item.casefold()), None)
        if same is None:
            left.append(item)
        else:
            kept.append((item, same))
            free.remove(same)
    dropped: list[str] = []
    for item in left:
        words = _content_words(item)
        alike = next((other for other in free if words & _content_words(other)), None)
        if alike is None:
            dropped.append(item)
        else:
            kept.append((item, alike))
            free.remove(alike)
    return ScopeDifference(tuple(kept), tuple(dropped), tuple(free))


# --- supersession -------------------------------------------------------------------------------------------------


def would_circle(paper_id: int, target_id: int, links: dict[int, int | None]) -> bool:
    """Whether letting `paper_id` point at `target_id` closes a circle; `links` maps each paper to what it points at."""
    seen: set[int] = set()
    current: int | None = target_id
    while current is not None and current not in seen:
        if current == paper_id:
            return True
        seen.add(current)
        current = links.get(current)
    return False

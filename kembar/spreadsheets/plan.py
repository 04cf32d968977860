"""What would become of each entry, held against the register as it stands. Plain Python: nothing is read or written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kembar.agreements.rules import EXTENSION, MOU_CLASS
from kembar.cities.queries import Place
from kembar.lib.dates import EdtfDate, Precision, parse_edtf
from kembar.lib.text import normalise
from kembar.spreadsheets.entries import Entry, Problem
from kembar.spreadsheets.rules import STATEMENT

# What a fact is against the register.
NEW, KNOWN, DIFFERS, REPLACES, AGAIN, REJECTED = "new", "known", "differs", "replaces", "again", "rejected"
# What a row becomes.
NEW_PAPER, MORE_ON_PAPER, NEW_APPROVAL, MORE_ON_APPROVAL = "new_paper", "more_paper", "new_approval", "more_approval"
NEW_EVENT, MORE_ON_EVENT = "new_event", "more_event"
SAYING, NOTHING_NEW, PROBLEM, QUESTION, SKIPPED = "statement", "nothing_new", "problem", "question", "skipped"
LEFT_OUT = "left_out"


@dataclass(slots=True)
class File:
    """A partner's file of the office, or one to be opened (`key` begins with "new:")."""

    key: str
    place: Place
    kind: str
    institution: str
    name: str
    slug: str = ""

    @property
    def is_new(self) -> bool:
        return self.key.startswith("new:")


@dataclass(slots=True)
class Record:
    """A paper, approval or event, or one to be added."""

    key: str
    file: str
    record: str
    title: str = ""
    dates: list[EdtfDate] = field(default_factory=list)
    parent: str = ""

    @property
    def is_new(self) -> bool:
        return self.key.startswith("new:")


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it stands. `own`: it came from a spreadsheet of this office; `undone`: from one taken back."""

    id: int
    value: str
    decision: str
    document: str
    own: bool = False
    undone: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim a row makes. `claims` are those it replaces or makes stand again, `other` what they say."""

    subject: str
    attribute: str
    value: str
    state: str
    claims: tuple[int, ...] = ()
    other: str = ""
    document: str = ""


@dataclass(slots=True)
class Planned:
    """What becomes of one row."""

    entry: Entry
    outcome: str
    file: File | None = None
    record: Record | None = None
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Register:
    """What of the office's register the entries may speak of."""

    files: list[File] = field(default_factory=list)
    records: dict[str, list[Record]] = field(default_factory=dict)  # of each file
    claims: dict[tuple[str, str], list[Standing]] = field(default_factory=dict)  # of each subject and attribute


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a name: the one place it means, else the candidates to choose from; `left_out` on purpose."""

    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    left_out: bool = False


def city_key(city: str, country: str) -> str:
    """How an answer to "which city is this?" is kept."""
    return f"{normalise(city)}|{country}"


def plan(
    read: Sequence[Entry], register: Register, *, cities: Mapping[str, Answer], kind: str, words_left_out: Iterable[str]
) -> list[Planned]:
    """What becomes of each row. `cities`: `city_key` → answer; `kind`: the cooperation where a row does not say."""
    planner = _Planner(register, cities, kind, frozenset(words_left_out))
    return [planner.place(entry) for entry in read]


class _Planner:
    def __init__(self, register: Register, cities: Mapping[str, Answer], kind: str, left_out: frozenset[str]) -> None:
        self.register = register
        self.cities = cities
        self.kind = kind
        self.left_out = left_out
        self.files: dict[str, list[File]] = defaultdict(list)
        for file in register.files:
            self.files[file.place.key].append(file)
        self.number = 0

    def place(self, entry: Entry) -> Planned:
        if entry.skipped:
            return Planned(entry, SKIPPED)
        answer = self.cities.get(city_key(entry.city, entry.country), Answer()) if entry.city else Answer()
        if answer.left_out or (entry.asked and normalise(entry.asked) in self.left_out):
            return Planned(entry, LEFT_OUT)
        problems = list(entry.problems)
        if problems:
            return Planned(entry, PROBLEM, problems=problems)
        if answer.place is None:
            asked = Problem("which_city", {"city": entry.city, "country": entry.country})
            return Planned(entry, QUESTION, problems=[asked])
        if entry.asked:
            return Planned(entry, QUESTION, problems=[Problem("which_kind", {"word": entry.asked})])
        file = self._file(entry, answer.place)
        planned = Planned(entry, SAYING, file=file)
        if entry.record != STATEMENT:
            planned.record = self._record(entry, file)
            self._facts_of(planned, planned.record)
        status = entry.status or ("" if planned.record else entry.said)
        if status:
            self._fact(planned, subject=file.key, attribute="status", value=status)
        planned.outcome = self._outcome(planned)
        return planned

    def _next(self, what: str) -> str:
        self.number += 1
        return f"new:{what}:{self.number}"

    def _file(self, entry: Entry, place: Place) -> File:
        """The file of this kind on the partner; where the row does not say its kind and there is one file, that one."""
        same = [file for file in self.files[place.key] if normalise(file.institution) == normalise(entry.institution)]
        wanted = entry.kind or self.kind
        for file in same:
            if file.kind == wanted or (not entry.kind and len(same) == 1):
                return file
        name = entry.institution or place.english_name
        if entry.institution and wanted not in ("institution", "network"):
            wanted = "institution"
        opened = File(self._next("file"), place, wanted, entry.institution, name)
        self.files[place.key].append(opened)
        return opened

    def _record(self, entry: Entry, file: File) -> Record:
        own = self.register.records.setdefault(file.key, [])
        same = [record for record in own if record.record == entry.record]
        day = entry.dates.get("concluded") or entry.dates.get("date")
        meets = _same_event if entry.topic == "event" else _same_paper
        for record in same:
            if meets(record, entry.title, day):
                if day is not None and day not in record.dates:
                    record.dates.append(day)
                return record
        added = Record(self._next("record"), file.key, entry.record, entry.title, [day] if day else [])
        if entry.record == f"paper:{EXTENSION}":
            added.parent = _running(own)
        own.append(added)
        return added

    def _facts_of(self, planned: Planned, record: Record) -> None:
        values = dict(planned.entry.values)
        first = "concluded" if planned.entry.topic == "paper" else "date"
        if first not in values and not record.dates:
            values["kind"] = record.record.partition(":")[2]
        for attribute, value in values.items():
            self._fact(planned, subject=record.key, attribute=attribute, value=value)

    def _fact(self, planned: Planned, *, subject: str, attribute: str, value: str) -> None:
        held = self.register.claims.setdefault((subject, attribute), [])
        state, claims = _state(value, attribute, held)
        other = claims[0] if claims else None
        ids = tuple(claim.id for claim in claims) if state in (REPLACES, AGAIN) else ()
        planned.facts.append(
            Fact(subject, attribute, value, state, ids, other.value if other else "", other.document if other else "")
        )
        if state in (NEW, REPLACES, AGAIN):
            held[:] = [claim for claim in held if claim.id not in ids or not claim.id]
            held.append(Standing(0, value, "accepted", "", line=planned.entry.line))

    def _outcome(self, planned: Planned) -> str:
        if all(fact.state in (KNOWN, REJECTED) for fact in planned.facts):
            return NOTHING_NEW
        if planned.record is None:
            return SAYING
        topic = planned.entry.topic
        brought_back = all(fact.state == AGAIN for fact in planned.facts)
        if brought_back or (planned.record.is_new and not any(fact.state == KNOWN for fact in planned.facts)):
            return {"paper": NEW_PAPER, "approval": NEW_APPROVAL}.get(topic, NEW_EVENT)
        return {"paper": MORE_ON_PAPER, "approval": MORE_ON_APPROVAL}.get(topic, MORE_ON_EVENT)


def _state(value: str, attribute: str, held: Sequence[Standing]) -> tuple[str, list[Standing]]:
    """What a value is against the claims on the same attribute, and the claims that make it so."""
    same = [claim for claim in held if claim.value == value]
    standing = [claim for claim in same if claim.decision != "rejected"]
    if any(claim.own or not claim.id for claim in standing):
        return KNOWN, []
    undone = [claim for claim in same if claim.undone]
    if undone and not standing:
        return AGAIN, undone
    refused = [claim for claim in same if claim.own and claim.decision == "rejected" and not claim.undone]
    if refused:
        return REJECTED, refused
    accepted = [claim for claim in held if claim.decision == "accepted" and claim.value != value]
    if not accepted or attribute in _MANY:
        return NEW, []
    if _coarser(value, accepted):
        return KNOWN, accepted
    if _finer(value, accepted):
        return NEW, []
    if all(claim.own and claim.id for claim in accepted):
        return REPLACES, accepted
    return DIFFERS, accepted


# Of these a source may say several things, none of which contradicts another.
_MANY = frozenset({"status", "kind"})


def _date(text: str) -> EdtfDate | None:
    try:
        return parse_edtf(text)
    except ValueError:
        return None


def _coarser(value: str, accepted: Sequence[Standing]) -> bool:
    """Whether the register knows the date more exactly than the row, and neither contradicts the other."""
    own = _date(value)
    others = [_date(claim.value) for claim in accepted]
    return own is not None and any(other is not None and own.contains(other) for other in others)


def _finer(value: str, accepted: Sequence[Standing]) -> bool:
    own = _date(value)
    others = [_date(claim.value) for claim in accepted]
    return own is not None and all(other is not None and other.contains(own) for other in others)


def _same_event(record: Record, title: str, day: EdtfDate | None) -> bool:
    if normalise(record.title) != normalise(title):
        return False
    return day in record.dates if day is not None else not record.dates


def _same_paper(record: Record, title: str, day: EdtfDate | None) -> bool:
    """Two rows speak of one paper when both name its kind and day, or its kind and year unless their titles differ."""
    titles = {normalise(text) for text in (record.title, title) if text}
    if day is None or not record.dates:
        return len(titles) < 2
    if any(day.overlaps(other) for other in record.dates):
        return len(titles) < 2 or any(day == other for other in record.dates if other.precision is Precision.DAY)
    return len(titles) < 2 and any(_year(day) == _year(other) for other in record.dates)


def _year(day: EdtfDate) -> int | None:
    return day.earliest.year if day.earliest else None


def _running(records: Sequence[Record]) -> str:
    """The newest paper that can be extended."""
    papers = [record for record in records if record.record.removeprefix("paper:") in MOU_CLASS]
    newest = max(papers, key=lambda record: min((day.edtf for day in record.dates), default=""), default=None)
    return newest.key if newest else ""

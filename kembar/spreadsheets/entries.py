"""What each row of a table says: partner, paper or event, its values, and what is wrong with it. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kembar.agreements.doubts import doubts_about
from kembar.cities.countries import country_code
from kembar.lib.dates import EdtfDate
from kembar.lib.text import normalise
from kembar.spreadsheets import rules
from kembar.spreadsheets.cells import LONGEST_CELL, Table
from kembar.spreadsheets.days import Day, read_day, span_of
from kembar.spreadsheets.layout import Header, body, headings, letter
from kembar.spreadsheets.rules import (
    COUNTRY,
    DATE,
    EFFECTIVE,
    ENDS,
    INSTITUTION,
    KIND,
    NUMBER,
    PARTNER,
    RECORD,
    SCOPE,
    STATEMENT,
    STATUS,
    TERM,
    TITLE,
)  # fmt: skip

LONGEST_TITLE = 300
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Setup:
    """What an officer has settled for a sheet. `words`: a cell for which no kind was known → the kind chosen for it."""

    header: Header
    fields: Mapping[int, str]
    kind: str  # the cooperation where a row does not say
    record: str  # the paper or event where a row does not say; "" where it has to
    carry_down: bool  # an empty cell of the partner means the partner above
    words: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not brought in: `code` names the sentence, `facts` fill it, `column` is the cell's letter or ""."""

    code: str
    facts: dict[str, str] = field(default_factory=dict)
    column: str = ""


@dataclass(slots=True)
class Entry:
    """A row, read. `record` is `paper:…`, `approval:…`, `event:…` or `statement`; `asked` the word no kind is known
    for; `skipped` why the row is none (a heading repeated, a sum)."""

    line: int
    cells: list[str]
    city: str = ""
    country: str = ""
    institution: str = ""
    kind: str = ""
    record: str = ""
    title: str = ""
    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, EdtfDate] = field(default_factory=dict)
    status: str = ""
    said: str = ""
    asked: str = ""
    skipped: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def topic(self) -> str:
        return self.record.partition(":")[0]


HEADING_AGAIN, NUMBERED, SUM, SUBHEADING = "heading_again", "numbered", "sum", "subheading"


def entries(table: Table, setup: Setup) -> list[Entry]:
    """Every row under the headings, in order."""
    heads = headings(table, setup.header)
    at = {name: index for index, name in sorted(setup.fields.items(), reverse=True)}
    known = {normalise(head) for head in heads if head}
    found: list[Entry] = []
    above: dict[str, str] = {}
    for number, cells in body(table, setup.header):
        entry = Entry(number, cells, skipped=_skipped(cells, known, at))
        if not entry.skipped:
            above = _carry(cells, at, above) if setup.carry_down else {}
            _Reader(entry, at, heads, setup, above, table.since_1904).read()
        found.append(entry)
    return found


def _skipped(cells: list[str], heads: set[str], at: Mapping[str, int]) -> str:
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and sum(normalise(cell) in heads for cell in filled) >= max(2, len(filled) - 1):
        return HEADING_AGAIN
    if len(filled) > 2 and all(cell.strip("() .").isdigit() for cell in filled):
        return NUMBERED
    first = normalise(filled[0])
    if first in ("jumlah", "total", "sum", "grand total", "jumlah total") and not _cell(cells, at.get(DATE)):
        return SUM
    partner = at.get(PARTNER, at.get(INSTITUTION))
    return SUBHEADING if len(filled) == 1 and not _cell(cells, partner) and len(at) > 1 else ""


def _cell(cells: list[str], index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""


_CARRIED = (PARTNER, COUNTRY, INSTITUTION)


def _carry(cells: list[str], at: Mapping[str, int], above: Mapping[str, str]) -> dict[str, str]:
    """Partner, country and institution of this row, or of the row above where this one names no partner."""
    own = {name: _cell(cells, at.get(name)) for name in _CARRIED}
    return own if own[PARTNER] or own[INSTITUTION] or not above else dict(above)


@dataclass(slots=True)
class _Reader:
    """One row on its way to an entry."""

    entry: Entry
    at: Mapping[str, int]
    heads: list[str]
    setup: Setup
    above: Mapping[str, str]
    since_1904: bool

    def read(self) -> None:
        self._partner()
        self._record()
        self.entry.title = self._text(TITLE)[:LONGEST_TITLE]
        self._dates()
        self._values()
        self.entry.status = self._text(STATUS)
        self.entry.said = self._said()
        self._check()

    def _text(self, name: str) -> str:
        text = self.above.get(name, "") or _cell(self.entry.cells, self.at.get(name))
        return "" if rules.says_nothing(text) else text

    def _wrong(self, code: str, name: str = "", **facts: str) -> None:
        column = letter(self.at[name]) if name in self.at else ""
        self.entry.problems.append(Problem(code, facts, column))

    def _partner(self) -> None:
        name, behind = self._text(PARTNER), ""
        written = self._text(COUNTRY)
        self.entry.country = country_code(written) or "" if written else ""
        if written and not self.entry.country:
            self._wrong("unknown_country", COUNTRY, country=written)
        front, rest = rules.parted(name)
        if rest and (found := country_code(rest)):
            name, behind = front, found
        self.entry.country = self.entry.country or behind
        self.entry.institution = self._text(INSTITUTION)
        self.entry.city = name.strip()
        if not self.entry.city:
            self._wrong("no_seat" if self.entry.institution else "no_partner", PARTNER)
        kind = self._text(KIND)
        self.entry.kind = rules.cooperation_of(kind) if kind else ""
        if self.entry.institution and self.entry.kind not in ("institution", "network"):
            self.entry.kind = "institution"
        elif not self.entry.institution and self.entry.kind in ("institution", "network"):
            self._wrong("no_institution", KIND, kind=kind)

    def _record(self) -> None:
        written = self._text(RECORD)
        known = self.setup.words.get(normalise(written), "") if written else ""
        self.entry.record = known or rules.record_of(written)
        if written and not self.entry.record:
            self.entry.asked = written
            return
        if not self.entry.record:
            about = rules.record_of(self._text(TITLE)) if self._text(TITLE) else ""
            says_more = any(self._text(name) for name in (TITLE, DATE, EFFECTIVE, ENDS, TERM, SCOPE, NUMBER))
            self.entry.record = about or (self.setup.record if says_more else STATEMENT)
        if not self.entry.record:
            self._wrong("no_record", RECORD)

    def _day(self, name: str) -> EdtfDate | None:
        written = self._text(name)
        day = read_day(written, today=self.setup.today, since_1904=self.since_1904) if written else Day()
        if day.wrong:
            self._wrong("unreadable_date", name, text=written, reason=day.wrong)
        if day.weekday and day.date:
            self._wrong("weekday_mismatch", name, date=day.date.edtf, written=str(day.weekday[0]),
                        actual=str(day.weekday[1]))  # fmt: skip
        return day.date

    def _dates(self) -> None:
        happened, effective, ends = self._day(DATE), self._day(EFFECTIVE), self._end()
        if self.entry.topic == "paper" and happened is not None:
            start, end = span_of(happened)
            happened, ends = start or happened, ends or end
        if self.entry.topic == "event":
            happened = happened or effective
            effective = None
        first = "concluded" if self.entry.topic == "paper" else "date"
        given = {first: happened, "effective": effective, "ends": ends}
        self.entry.dates = {name: day for name, day in given.items() if day is not None}
        self._term()

    def _end(self) -> EdtfDate | None:
        """The last day; a length of time there is the term, where no other column says it."""
        written = self._text(ENDS)
        if rules.says_no_end(written):
            return None
        length = rules.length_of(written) if written and not self._text(TERM) else ""
        if length:
            self.entry.values["term"] = length
            return None
        return self._day(ENDS)

    def _term(self) -> None:
        """A length of time; or from when to when, which is a beginning and an end."""
        written = self._text(TERM)
        if not written or rules.says_no_end(written):
            return
        if length := rules.length_of(written):
            self.entry.values["term"] = length
            return
        day = read_day(written, today=self.setup.today, since_1904=self.since_1904)
        start, end = span_of(day.date) if day.date else (None, None)
        if day.date is None:
            self._wrong("unreadable_term", TERM, text=written)
        elif start is not None and end is not None:
            self.entry.dates.setdefault("effective" if "concluded" in self.entry.dates else "concluded", start)
            self.entry.dates.setdefault("ends", end)
        else:
            self.entry.dates.setdefault("ends", day.date)

    def _values(self) -> None:
        entry = self.entry
        entry.values |= {name: day.edtf for name, day in entry.dates.items()}
        if entry.topic == "paper" and entry.title:
            entry.values["title"] = entry.title
        if entry.topic in ("paper", "approval") and (scope := self._text(SCOPE)):
            entry.values["scope"] = _as_scope(rules.listed(scope))
        if entry.topic == "approval" and (number := self._text(NUMBER)):
            entry.values["number"] = number[:100]
        allowed = _ALLOWED.get(entry.topic, frozenset())
        entry.values = {name: value for name, value in entry.values.items() if name in allowed}

    def _said(self) -> str:
        parts = []
        for index in sorted(self.setup.fields):
            text = _cell(self.entry.cells, index)
            if text:
                head = self.heads[index]
                parts.append(f"{head}: {text}" if head else text)
        said = " · ".join(parts)
        return said if len(said) <= LONGEST_WORDS else said[: LONGEST_WORDS - 1] + "…"

    def _check(self) -> None:
        entry = self.entry
        for index, text in enumerate(entry.cells):
            if index in self.setup.fields and len(text) >= LONGEST_CELL:
                entry.problems.append(Problem("too_long", {"most": str(LONGEST_CELL)}, letter(index)))
        if entry.topic == "event" and not entry.title:
            entry.title = (self._text(RECORD))[:LONGEST_TITLE]
            if not entry.title:
                self._wrong("no_title", TITLE)
        for doubt in doubts_about(entry.values, said="", known_on=self.setup.today):
            self._wrong(doubt.code, DATE if doubt.code == "future_date" else ENDS, **doubt.facts)


_ALLOWED = {
    "paper": frozenset({"concluded", "effective", "ends", "term", "scope", "title"}),
    "approval": frozenset({"date", "number", "term", "scope"}),
    "event": frozenset({"date"}),
}


def _as_scope(items: str) -> str:
    """A list of one item keeps a semicolon, by which the register tells a list from a remark."""
    return items if ";" in items else f"{items};"

"""The office's table of claims: one row per claim, read into what each row says of the record. Plain Python, no writes.

docs/claims-file.md describes the columns. Nothing is guessed: a row whose words name no paper, approval or event is
kept as a statement about the partnership, and feeds nothing.
"""

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from kembar.agreements import rules
from kembar.lib.dates import EdtfDate, UnreadableDate, parse_edtf, parse_written
from kembar.lib.text import clean

COLUMNS = (
    "city", "country", "partnership_kind", "event", "date", "precision", "edtf", "instrument", "sectors_or_note",
    "source", "confidence", "decision", "reason",
)  # fmt: skip
MOST_ROWS = 20_000
LONGEST_CELL = 2_000
KINDS = ("sister", "friendship", "thematic", "institution", "network")
DECISIONS = ("accepted", "rejected", "open")
CONFIDENCES = ("high", "medium", "low")


class Topic(StrEnum):
    """What kind of record a row speaks of."""

    PAPER = "paper"
    SIGNATURE = "signature"
    APPROVAL = "approval"
    EVENT = "event"
    PARTNERSHIP = "partnership"


PAPERS = {
    "loi": rules.LETTER_OF_INTENT,
    "mou": "memorandum_of_understanding",
    "msp": "memorandum_of_understanding",
    "mou/partnership": "memorandum_of_understanding",
    "sister agreement": "sister_agreement",
    "friendship agreement": "friendship_agreement",
    "thematic mou": rules.THEMATIC,
    "mou extension": rules.EXTENSION,
    "amendment": "amendment",
    "joint declaration": "joint_declaration",
    "implementing arrangement": "implementing_arrangement",
    "plan of action": "plan_of_action",
    "minutes": "minutes",
    "termination notice": rules.TERMINATION,
}
APPROVALS = {"council approval": rules.PLENARY, "council commission": rules.COMMISSION}
EVENTS = {
    "none": "contact",
    "interest": "exploration",
    "exploration": "exploration",
    "draft mou": "preparation",
    "visit": "visit",
    "activity": "activity",
}


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row cannot be taken: `code` names the sentence, `facts` fill it. `line` counts as a spreadsheet does."""

    line: int
    code: str
    facts: dict[str, str]


class ClaimsFileRefused(Exception):
    """The file was not taken, and nothing of it was written."""

    def __init__(self, errors: list[RowError]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"line {e.line}: {e.code} {e.facts}" for e in errors[:5]))


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as the file states it, read. `record` is the kind of paper, approval or event it names."""

    line: int
    city: str
    country: str
    kind: str
    institution: str
    topic: Topic
    record: str
    attribute: str
    said: str
    date: EdtfDate | None
    value: str
    note: str
    party: str
    sources: tuple[str, ...]
    confidence: str
    decision: str
    reason: str


def read(text: str) -> list[Row]:
    """The rows of a claims file in UTF-8 CSV. Raises ClaimsFileRefused with every error found, none written."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        header = [name.strip() for name in reader.fieldnames or []]
        records = [(reader.line_num, record) for record in reader]
    except csv.Error as error:
        raise ClaimsFileRefused([RowError(reader.line_num, "not_a_table", {"why": str(error)})]) from error
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise ClaimsFileRefused([RowError(1, "missing_columns", {"columns": ", ".join(missing)})])
    if len(records) > MOST_ROWS:
        raise ClaimsFileRefused([RowError(MOST_ROWS + 2, "too_many_rows", {"most": str(MOST_ROWS)})])
    rows: list[Row] = []
    errors: list[RowError] = []
    for line, record in records:
        if None in record or None in record.values():
            errors.append(RowError(line, "wrong_width", {"columns": str(len(header))}))
            continue
        cells = {name.strip(): clean(value or "") for name, value in record.items() if name}
        problem = _problem(line, cells)
        if problem is None:
            rows.append(_row(line, cells))
        else:
            errors.append(problem)
    if errors:
        raise ClaimsFileRefused(errors)
    if not rows:
        raise ClaimsFileRefused([RowError(2, "no_rows", {})])
    return rows


def _problem(line: int, cells: dict[str, str]) -> RowError | None:
    """The first thing wrong with a row's cells, before any city is looked up."""
    for name in ("city", "country", "event", "source"):
        if not cells[name]:
            return RowError(line, "empty_cell", {"column": name})
    for name, value in cells.items():
        if len(value) > LONGEST_CELL:
            return RowError(line, "cell_too_long", {"column": name, "most": str(LONGEST_CELL)})
    for name, allowed in (("partnership_kind", KINDS), ("decision", DECISIONS)):
        if cells[name] not in allowed:
            return RowError(line, "unknown_word", {"column": name, "word": cells[name], "words": ", ".join(allowed)})
    if cells["decision"] == "rejected" and not cells["reason"]:
        return RowError(line, "reason_missing", {})
    if (cells["partnership_kind"] in ("institution", "network")) is not bool(cells.get("institution")):
        return RowError(line, "institution_missing", {})
    try:
        _date(cells)
    except UnreadableDate as error:
        return RowError(line, "unreadable_date", {"text": error.text, "reason": error.reason})
    return None


def _date(cells: dict[str, str]) -> EdtfDate | None:
    """The column edtf decides; the column date is read where it is empty."""
    if cells["edtf"]:
        return parse_edtf(cells["edtf"])
    written = cells["date"]
    return parse_written(written) if written and cells["precision"] not in ("unknown", "before") else None


def _row(line: int, cells: dict[str, str]) -> Row:
    topic, record, attribute, party = _meaning(cells["event"], cells["instrument"])
    found = _date(cells)
    note = cells["sectors_or_note"]
    value, said = found.edtf if found else "", cells["event"]
    if attribute in ("term", "scope", "supersedes"):
        value = note if attribute != "supersedes" else cells["event"]
    elif topic is Topic.PARTNERSHIP:
        value = _quoted(cells["event"]) or cells["event"]
    return Row(
        line=line, city=cells["city"], country=cells["country"].upper(), kind=cells["partnership_kind"],
        institution=cells.get("institution", ""), topic=topic,
        record=record, attribute=attribute, said=said, date=found, value=value, note=note, party=party,
        sources=tuple(part.strip() for part in cells["source"].split(";") if part.strip()),
        confidence=cells["confidence"] if cells["confidence"] in CONFIDENCES else "unknown",
        decision=cells["decision"], reason=cells["reason"],
    )  # fmt: skip


_SIGNED_BY = re.compile(r"^(?:party signed:|signed in)\s*([^(]+?)\s*(?:\(.*\))?$", re.IGNORECASE)
_CLAIM = re.compile(r"^claim\b", re.IGNORECASE)


def _meaning(event: str, instrument: str) -> tuple[Topic, str, str, str]:
    """Topic, kind of record, attribute and signing party of a row, from its two columns `event` and `instrument`."""
    named = instrument.rstrip("?").strip().casefold()
    if named in PAPERS:
        by = _SIGNED_BY.match(event)
        if by:
            return Topic.SIGNATURE, PAPERS[named], "date", by.group(1)
        return Topic.PAPER, PAPERS[named], _attribute(event, "concluded"), ""
    if named in APPROVALS:
        return Topic.APPROVAL, APPROVALS[named], _attribute(event, "date"), ""
    if named == "expiry":
        return Topic.PAPER, "", "ends", ""
    if named in EVENTS:
        return Topic.EVENT, EVENTS[named], "date", ""
    return Topic.PARTNERSHIP, "", _contested(event), ""


def _attribute(event: str, otherwise: str) -> str:
    lowered = event.casefold()
    for word in ("term", "scope", "supersedes"):
        if lowered.startswith(word):
            return word
    return otherwise


def _quoted(event: str) -> str:
    found = re.search(r'"([^"]+)"', event)
    return found.group(1) if found else ""


def _contested(event: str) -> str:
    """What a bare claim is about: a date of a paper, since when, the how-manieth, else the status in general."""
    quoted = _quoted(event)
    if re.search(r"\b\d+(?:st|nd|rd|th)\b|\bke-\d+", quoted):
        return "ordinal"
    if re.match(r"(?:sister city )?(?:since|by|sejak)\s+\d{4}$", quoted):
        return "since"
    try:
        parse_written(quoted)
    except UnreadableDate:
        return "status"
    return "paper_date"


# --- terms and scopes ---------------------------------------------------------------------------------------------

_TERM = re.compile(r"^(P(?:\d+[YMWD])+)\b[,;]?\s*(.*)$")


def term_of(note: str) -> tuple[str, bool, str]:
    """(ISO duration or "", whether counted from entry into force, the remaining words) of a term as a row writes it."""
    found = _TERM.match(note.strip())
    if not found:
        return "", False, note.strip()
    rest = found.group(2)
    from_effective = "effective" in rest.casefold()
    rest = re.sub(r"^from the effective date,?\s*", "", rest, flags=re.IGNORECASE)
    return found.group(1), from_effective, rest


def scope_of(note: str) -> list[str]:
    """The items of a scope; a list has at least one semicolon, and lengths of time in it are not fields."""
    if ";" not in note:
        return []
    items = (part.strip() for part in note.split(";"))
    return [item for item in items if item and not re.fullmatch(r"[\d +]+years?", item)]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A cell of the column `source`, taken apart as far as it says: publisher, day of publication, address."""

    title: str
    publisher: str
    published: EdtfDate | None
    address: str
    kind: str


_DATED_IN_WORDS = re.compile(r"^(.*?),\s+((?:\d{1,2}\s+)?[^\W\d]+\s+\d{4})$")
_DATED_IN_FIGURES = re.compile(r"^(.*?),?\s+(\d{4}(?:-\d\d){0,2})$")
_PLACE = re.compile(r"^(?P<host>[\w-]+(?:\.[\w-]+)+)(?P<path>/\S*)?$")


def source_of(words: str) -> SourceWords:
    """ "Antara 2023-03-31" → published by Antara on that day; "braunschweig.de/leben/…" → an address."""
    published: EdtfDate | None = None
    rest = words
    dated = _DATED_IN_WORDS.match(words) or _DATED_IN_FIGURES.match(words)
    if dated:
        try:
            published = parse_written(dated.group(2))
            rest = dated.group(1)
        except UnreadableDate:
            published = None
    if words == "own inference":
        return SourceWords(words, "", None, "", "office")
    place = _PLACE.match(rest)
    if place and place.group("path"):
        return SourceWords(words, place.group("host"), published, f"https://{rest}", "official")
    publisher = rest if place or (dated and published and len(rest.split()) <= 2) else ""
    kind = "blog" if "blog" in words or "photos" in words else "press" if publisher else "other"
    return SourceWords(words, publisher, published, "", kind)

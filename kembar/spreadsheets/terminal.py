"""The way of a spreadsheet as `kembar import` walks it: the same guesses, questions, preview and deeds as the pages."""

import hashlib
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext, ngettext

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.cities.queries import AmbiguousCity, UnknownCity, by_key, find
from kembar.files.store import NoRoom
from kembar.lib.tables import as_xlsx
from kembar.lib.text import normalise
from kembar.partnerships.states import Kind
from kembar.spreadsheets import actions, pages, queries, words
from kembar.spreadsheets.layout import Header, columns, guess_header
from kembar.spreadsheets.queries import LEFT_OUT, Asked, Spreadsheet
from kembar.spreadsheets.states import LEAVES_OUT, Column, State, Work

_KINDS = (Kind.SISTER, Kind.FRIENDSHIP, Kind.THEMATIC)  # the others need a name in each row
SHOWN = 20  # rows with errors in a terminal; the error sheet has all


class Stopped(Exception):
    """The spreadsheet does not go on; the text says why."""


def answer(given: Namespace, *, by: Actor, office: Office) -> tuple[str, int]:
    """What the command prints, and how it ends: 0 all is in or could be, 3 rows with errors or questions stay out.

    Raises Stopped, OSError.
    """
    if given.undo is not None:
        return take_back(given.undo, by=by, office=office, reason=given.reason, anyway=given.anyway), 0
    said = Said(given.sheet, given.headings, dict(given.column), given.kind, given.record, dict(given.answer))
    found = look_through(Path(given.file), said, by=by, office=office)
    lines = list(told(found))
    if given.errors:
        write_errors(found, Path(given.errors))
    if given.accept:
        lines.append(bring_in(found, by=by, decision=given.decision))
    else:
        lines.append(gettext("Nothing has been written yet."))
    out = sum(found.counts["outcomes"].get(code, 0) for code in LEAVES_OUT)
    return "\n".join([*lines, settings.KEMBAR_SITE_ADDRESS + pages.address(found)]), 3 if out else 0


@dataclass(frozen=True, slots=True)
class Said:
    """What was said beside the file. `columns`: letter → field or "-"; `answers`: name or word → its meaning or "-"."""

    sheet: str = ""
    headings: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    record: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def look_through(path: Path, said: Said, *, by: Actor, office: Office) -> Spreadsheet:
    """Takes the file, or goes on with the same one where it waits, up to its preview. Raises Stopped, OSError."""
    for given, known in ((said.kind, _KINDS), (said.record, _records())):
        if given and given not in known:
            raise Stopped(_none_of(given, known))
    found = _taken(path, by=by, office=office)
    try:
        if said.sheet or said.headings is not None:
            found = _sheet(found, said, by=by)
        found = actions.settle_columns(
            found, by=by, fields=_fields(found, said.columns), kind=said.kind or found.kind,
            record=said.record or found.record, carry_down=found.carry_down,
        )  # fmt: skip
        found = _previewed(found, by=by)
        if said.answers and (asked := queries.asked_of(found)):
            cities, kinds = _answers(asked, said.answers)
            found = _previewed(actions.answer(found, by=by, cities=cities, words=kinds), by=by)
    except actions.WrongMove:
        raise Stopped(gettext("Somebody else is at work on this spreadsheet just now.")) from None
    except actions.ColumnsUnclear as unclear:
        if unclear.code == "no_partner":
            raise Stopped(gettext("Say which column names the partner.")) from None
        label = Column(unclear.field).label if unclear.field else ""
        raise Stopped(
            gettext("Two columns are said to hold “%(field)s”. Choose one of them.") % {"field": label}
        ) from None
    return found


def bring_in(found: Spreadsheet, *, by: Actor, decision: str) -> str:
    """What was brought in, in a sentence. Raises Stopped."""
    try:
        with _at_work(found, by=by, work=Work.ENTER):
            done = actions.enter(found, by=by, decision=decision)
        return gettext("Brought in: %(count)d") % {"count": done.counts["claims"]}
    except actions.NothingToEnter:
        return gettext("No row says anything the register does not have. Nothing was written.")
    except actions.WrongMove:
        raise Stopped(gettext("Somebody else is at work on this spreadsheet just now.")) from None


def take_back(number: int, *, by: Actor, office: Office, reason: str, anyway: bool) -> str:
    """What was taken back, in a sentence. Raises Stopped."""
    try:
        found = queries.spreadsheet(number, office_id=office.pk)
    except queries.NoSuchSpreadsheet:
        raise Stopped(gettext("The office has no spreadsheet %(number)d.") % {"number": number}) from None
    if found.state != State.ENTERED:
        raise Stopped(
            gettext("The spreadsheet is not in the register: %(state)s.") % {"state": found.get_state_display()}
        )
    if queries.built_on(found) and not anyway:
        raise Stopped(gettext("Others have worked on what it brought; that would stay. To go on, say --anyway."))
    if not reason.strip():
        raise Stopped(gettext("Say why it is taken back: --reason."))
    try:
        with _at_work(found, by=by, work=Work.UNDO):
            done = actions.undo(found, by=by, reason=reason)
        return gettext("Taken back: %(count)d") % {"count": done.counts["undone"]}
    except actions.WrongMove:
        raise Stopped(gettext("Somebody else is at work on this spreadsheet just now.")) from None


def told(found: Spreadsheet) -> Iterator[str]:
    """The preview, line by line: sheet and columns, what the rows become, what is asked, what is wrong."""
    sheet = next(sheet for sheet in queries.sheets_of(found) if sheet.position == found.sheet)
    head = gettext("headings in row %(row)d") % {"row": found.header_row}
    yield f"{found.name} · {sheet.name or gettext('The table')} · {head}"
    for column in columns(queries.table_of(found), Header(found.header_row, found.header_height)):
        means = found.fields.get(str(column.index))
        label = str(Column(means).label) if means else gettext("nothing: stays in the file")
        yield f"  {column.letter}  {column.heading or '–'}  →  {label}" + (f" ({means})" if means else "")
    for _, label, count in pages.counted(found):
        yield f"{count:>6}  {label}"
    for asked in queries.asked_of(found):
        rows = ngettext("%(count)d row", "%(count)d rows", asked.rows) % {"count": asked.rows}
        yield f"? {asked.said}{f' ({asked.country})' if asked.country else ''}: {rows}"
        for place in asked.candidates:
            yield f"    {place.key}  {words.place_words(place)}"
    faulty = queries.faulty_rows(found)
    for row in faulty[:SHOWN]:
        wrong = " ".join(words.problem_words(problem) for problem in row.problems)
        yield f"! {gettext('Row')} {row.line}: {wrong}"
    if (more := faulty.count() - SHOWN) > 0:
        yield "! " + gettext("Further rows: %(count)d") % {"count": more}


def write_errors(found: Spreadsheet, path: Path) -> None:
    """The sheet of errors, as the page offers it. Raises OSError."""
    with as_xlsx(pages.error_columns(found), queries.faulty_rows(found), sheet=gettext("Errors")) as sheet:
        path.write_bytes(sheet.read())


def _taken(path: Path, *, by: Actor, office: Office) -> Spreadsheet:
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if waiting := queries.waiting(sha256, office_id=office.pk, brought_by=by.label):
        return waiting
    try:
        return actions.take(data, name=path.name, by=by, office=office)
    except actions.FileRefused as refused:
        raise Stopped(words.refused(refused.code) + (f" ({refused.sheet})" if refused.sheet else "")) from None
    except NoRoom:
        raise Stopped(gettext("The disk of the site is full; nothing was kept. Tell its administrator.")) from None


def _sheet(found: Spreadsheet, said: Said, *, by: Actor) -> Spreadsheet:
    sheets = queries.sheets_of(found)
    places = {name: sheet.position for sheet in sheets for name in (str(sheet.position + 1), sheet.name)}
    position = places.get(said.sheet, -1) if said.sheet else found.sheet
    try:
        head = Header(found.header_row, found.header_height)
        if position not in (found.sheet, -1):
            known = queries.remembered("column", office_id=found.office_id)
            head = guess_header(queries.table_of(found, position=position), remembered=known)
        if said.headings is not None and said.headings != head.row:
            head = Header(said.headings)
        return actions.choose_sheet(found, by=by, position=position, row=head.row, height=head.height)
    except actions.NoSuchSheet:
        names = ", ".join(sheet.name for sheet in sheets)
        raise Stopped(gettext("There is no such sheet or row. The sheets: %(names)s") % {"names": names}) from None


def _fields(found: Spreadsheet, given: Mapping[str, str]) -> dict[int, str]:
    fields = {int(index): means for index, means in found.fields.items()}
    held = {
        column.letter: column.index
        for column in columns(queries.table_of(found), Header(found.header_row, found.header_height))
    }
    for letter, means in given.items():
        if letter.upper() not in held or means not in {*Column.values, LEFT_OUT}:
            raise Stopped(_none_of(f"{letter}={means}", [f"{name}=" for name in held] + Column.values))
        fields[held[letter.upper()]] = "" if means == LEFT_OUT else means
    return {index: means for index, means in fields.items() if means}


def _answers(asked: list[Asked], given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    cities: dict[str, str] = {}
    kinds: dict[str, str] = {}
    said = {normalise(name): means for name, means in given.items()}
    for question in asked:
        means = said.get(normalise(question.said))
        if means is None:
            continue
        if question.what == "city":
            cities[question.key] = means if means == LEFT_OUT else _place(means, country=question.country)
        elif means == LEFT_OUT or means in _records():
            kinds[question.key] = means
        else:
            raise Stopped(_none_of(means, _records()))
    return cities, kinds


def _records() -> list[str]:
    return [value for _, group in words.record_choices() for value, _ in group]


def _none_of(given: str, known: Iterable[str]) -> str:
    return gettext("“%(given)s” is none of these: %(known)s") % {"given": given, "known": ", ".join(known)}


def _place(name: str, *, country: str) -> str:
    if (place := by_key(name)) is not None:
        return place.key
    try:
        return find(name, country=country or None).key
    except AmbiguousCity:
        raise Stopped(gettext("Several places have this name; add it in another spelling.") + f" ({name})") from None
    except UnknownCity:
        raise Stopped(gettext("No city of this name is known; try its English name.") + f" ({name})") from None


def _previewed(found: Spreadsheet, *, by: Actor) -> Spreadsheet:
    with _at_work(found, by=by, work=Work.PREVIEW):
        return actions.preview(found, by=by)


@contextmanager
def _at_work(found: Spreadsheet, *, by: Actor, work: Work) -> Iterator[None]:
    """Marked on the spreadsheet, so that its page waits meanwhile."""
    begun = actions.begin(found, by=by, work=work)
    try:
        yield
    except BaseException:
        # Where the database itself is gone, the mark stays and counts for nothing.
        with suppress(Error):
            actions.broken_off(begun, by=by, why="fault")
        raise
    finally:
        begun.let_go()

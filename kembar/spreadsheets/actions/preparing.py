"""Settling what a spreadsheet means (sheet, columns, names and words nobody knows) and looking it through."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.lib.text import normalise
from kembar.partnerships.states import Kind
from kembar.spreadsheets import queries
from kembar.spreadsheets.actions.moving import locked
from kembar.spreadsheets.cells import Table
from kembar.spreadsheets.layout import Header, body, guess_fields, guess_header, headings
from kembar.spreadsheets.models import Remembered, Row, Sheet, Spreadsheet
from kembar.spreadsheets.plan import Planned
from kembar.spreadsheets.rules import DATE, FIELDS, INSTITUTION, PARTNER, RECORD, TITLE
from kembar.spreadsheets.states import State, Work

_BEFORE = (State.DRAFT, State.PREVIEWED)
LONGEST_SAID = 300


class NoSuchSheet(Exception):
    """The file has no sheet at this place, or the sheet no row of this number."""


class ColumnsUnclear(Exception):
    """Columns cannot be so: `code` is no_partner or twice, `field` what two columns are said to hold."""

    def __init__(self, code: str, *, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(code)


@transaction.atomic
def guess_sheet(found: Spreadsheet, *, by: Actor, tables: Sequence[Table]) -> Spreadsheet:
    """Chooses the sheet with the most recognised columns and rows, and guesses its headings."""
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    known = queries.remembered("column", office_id=found.office_id)
    today = found.office.today()

    def weight(position: int) -> tuple[int, int]:
        header = guess_header(tables[position], remembered=known)
        return len(guess_fields(tables[position], header, remembered=known, today=today)), len(tables[position].rows)

    found.sheet = max(range(len(tables)), key=weight)
    _guess(found, table=tables[found.sheet], header=guess_header(tables[found.sheet], remembered=known))
    found.save()
    return found


def _guess(found: Spreadsheet, *, table: Table, header: Header) -> None:
    known = queries.remembered("column", office_id=found.office_id)
    found.header_row, found.header_height = header.row, header.height
    fields = guess_fields(table, header, remembered=known, today=found.office.today())
    found.fields = {str(index): field for index, field in fields.items()}
    at = {field: index for index, field in fields.items()}
    partner = at.get(PARTNER)
    under = [cells for _, cells in body(table, header)]
    empty = sum(len(cells) > 2 and (partner is None or partner >= len(cells) or not cells[partner]) for cells in under)
    found.carry_down = partner is not None and empty > 0
    # A table without a column for kinds is a list of events where it tells what happened, else one of memoranda.
    told = "event:activity" if TITLE in at and DATE in at else "paper:memorandum_of_understanding"
    found.record = "" if RECORD in at else told


@transaction.atomic
def choose_sheet(found: Spreadsheet, *, by: Actor, position: int, row: int, height: int = 1) -> Spreadsheet:
    """Takes this sheet with its headings in this row (0: none), and guesses its columns anew.

    Raises NoSuchSheet, WrongMove.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=_BEFORE)
    if not Sheet.objects.filter(spreadsheet=current, position=position).exists():
        raise NoSuchSheet(position)
    table = queries.table_of(current, position=position)
    if row and row not in dict(table.rows):
        raise NoSuchSheet(row)
    current.sheet, current.state, current.answers = position, State.DRAFT, {}
    _guess(current, table=table, header=Header(row, height))
    current.save()
    return current


@transaction.atomic
def settle_columns(
    found: Spreadsheet, *, by: Actor, fields: Mapping[int, str], kind: str, record: str, carry_down: bool
) -> Spreadsheet:
    """Says what each column holds; the office is offered the same for such headings from now on.

    `kind` and `record` are for rows that do not say theirs. Raises ColumnsUnclear, WrongMove.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=_BEFORE)
    counted = Counter(fields.values())
    twice = next((field for field, count in counted.items() if count > 1), "")
    if twice or not set(fields.values()) <= set(FIELDS):
        raise ColumnsUnclear("twice", field=twice)
    if PARTNER not in counted and INSTITUTION not in counted:
        raise ColumnsUnclear("no_partner")
    heads = headings(queries.table_of(current), Header(current.header_row, current.header_height))
    _remember(
        current, what="column",
        meanings={head: fields.get(index, "") for index, head in enumerate(heads) if head},
    )  # fmt: skip
    current.fields = {str(index): field for index, field in fields.items()}
    current.kind, current.record, current.carry_down = Kind(kind), record, carry_down
    current.state = State.DRAFT
    current.save()
    return current


def _remember(found: Spreadsheet, *, what: str, meanings: Mapping[str, str]) -> None:
    rows = {normalise(said)[:LONGEST_SAID]: means for said, means in meanings.items() if normalise(said)}
    Remembered.objects.bulk_create(
        (Remembered(office_id=found.office_id, what=what, said=said, means=means) for said, means in rows.items()),
        update_conflicts=True, unique_fields=["office", "what", "said"], update_fields=["means"],
    )  # fmt: skip


@transaction.atomic
def answer(found: Spreadsheet, *, by: Actor, cities: Mapping[str, str], words: Mapping[str, str]) -> Spreadsheet:
    """What names and words mean: `city_key` → key of a place, word → kind of record, or queries.LEFT_OUT for both.

    Look it through again afterwards. Raises WrongMove.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=(State.PREVIEWED,))
    current.answers = {
        "city": current.answers.get("city", {}) | dict(cities),
        "word": current.answers.get("word", {}) | dict(words),
    }
    current.save(update_fields=["answers"])
    kept = {said: means for said, means in cities.items() if means != queries.LEFT_OUT}
    for what, meanings in (("city", kept), ("word", {s: m for s, m in words.items() if m != queries.LEFT_OUT})):
        Remembered.objects.bulk_create(
            (
                Remembered(office_id=current.office_id, what=what, said=said[:LONGEST_SAID], means=means)
                for said, means in meanings.items()
            ),
            update_conflicts=True, unique_fields=["office", "what", "said"], update_fields=["means"],
        )  # fmt: skip
    return current


@transaction.atomic
def preview(found: Spreadsheet, *, by: Actor) -> Spreadsheet:
    """Looks every row through and keeps what it would become; the register is not touched. Raises WrongMove."""
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=_BEFORE)
    known = {what: queries.remembered(what, office_id=current.office_id) for what in ("city", "word")}
    given = {what: {**known[what], **current.answers.get(what, {})} for what in known}
    current.answers = given
    rows = queries.planned(current)
    current.rows.all().delete()
    Row.objects.bulk_create((_row(current, planned=row) for row in rows), batch_size=1000)
    current.counts = {"outcomes": dict(Counter(row.outcome for row in rows)), "files": _new_files(rows)}
    current.state, current.work, current.work_since, current.broken_off = State.PREVIEWED, Work.NONE, None, ""
    current.save()
    return current


def _new_files(rows: Sequence[Planned]) -> int:
    return len({row.file.key for row in rows if row.file is not None and row.file.is_new and row.facts})


def _row(found: Spreadsheet, *, planned: Planned) -> Row:
    entry, file, record = planned.entry, planned.file, planned.record
    becomes: dict[str, object] = {"cells": entry.cells}
    if file is not None:
        becomes |= {"partner_new": file.is_new, "slug": file.slug, "country": file.place.country, "kind": file.kind,
                    "record": entry.record, "title": entry.title}  # fmt: skip
        becomes["facts"] = [
            [fact.attribute, fact.value, fact.state, fact.other, fact.document] for fact in planned.facts
        ]
    if record is not None:
        becomes["record_new"] = record.is_new
    if entry.skipped:
        becomes["skipped"] = entry.skipped
    problems = [{"code": each.code, "facts": each.facts, "column": each.column} for each in planned.problems]
    name = file.name if file is not None else entry.institution or entry.city
    return Row(
        office_id=found.office_id,
        spreadsheet=found,
        line=entry.line,
        outcome=planned.outcome,
        partner=name[:300],
        becomes=becomes,
        problems=problems,
    )

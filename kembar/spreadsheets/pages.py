"""What each page of a spreadsheet shows, ready for its template."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy

from kembar.cities.models import Office
from kembar.cities.queries import name_in
from kembar.lib.tables import Column
from kembar.lib.tables import Value as CellValue
from kembar.partnerships.queries import Partnership
from kembar.spreadsheets import queries, words
from kembar.spreadsheets.actions.moving import as_it_stands
from kembar.spreadsheets.forms import AnswersForm, ColumnsForm, EnterForm, SheetForm, columns_initial
from kembar.spreadsheets.layout import Header, columns, headings, letter
from kembar.spreadsheets.models import Row
from kembar.spreadsheets.queries import Spreadsheet
from kembar.spreadsheets.samples import SAMPLES
from kembar.spreadsheets.states import BRINGS_SOMETHING, Outcome, State
from kembar.web.lists import Choice, Filter, ListPage, context

HEAD_ROWS = 12  # rows of a sheet shown to find its headings
HEAD_COLUMNS = 8
LIST = ListPage(search=False, size=25)
ROWS = ListPage(
    filters=[
        Filter(
            "becomes", gettext_lazy("What the row becomes"), [Choice(code, label) for code, label in Outcome.choices]
        )
    ],
    search=False,
    size=50,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The office as the frame of the page shows it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the preview. `facts`: label, value, what it is against the register."""

    line: int
    outcome: str
    label: str
    partner: str
    partner_new: bool
    slug: str
    record: str
    title: str
    facts: list[tuple[str, str, str]]
    problems: list[str]
    cells: str


def frame(office: Office) -> dict[str, Any]:
    city = office.local_government.name_in(get_language() or "id")
    return {
        "office": Place(gettext("Cooperation office of %(city)s") % {"city": city}, office.slug),
        "wide": True,
        "samples": SAMPLES,
    }


def address(found: Spreadsheet, step: str = "show") -> str:
    return reverse(f"spreadsheets:{step}", args=[found.office.slug, found.pk])


def list_page(request: HttpRequest, office: Office) -> dict[str, Any]:
    listing = LIST.read(request.GET, path=request.path)
    page = listing.page([as_it_stands(found) for found in queries.listed(office.pk)[listing.bounds]])
    return context(listing, page) | frame(office)


def sheet_page(found: Spreadsheet, form: SheetForm | None = None) -> dict[str, Any]:
    sheets = queries.sheets_of(found)
    initial = {"sheet": found.sheet, "row": found.header_row, "double": found.header_height == 2}
    shown, heading = [], (found.sheet, found.header_row)
    for sheet in sheets:
        table = queries.table_of(found, position=sheet.position)
        rows = [
            (number, [short(cell, 40) for cell in cells[:HEAD_COLUMNS]], (sheet.position, number) == heading)
            for number, cells in table.rows[:HEAD_ROWS]
        ]  # fmt: skip
        width = max(len(cells) for _, cells, _ in rows)
        filled = [(number, cells + [""] * (width - len(cells)), head) for number, cells, head in rows]
        shown.append((sheet, [letter(index) for index in range(width)], filled))
    return {
        "found": found,
        "form": form or SheetForm(sheets=sheets, initial=initial),
        "sheets": shown,
    } | frame(found.office)


def columns_form(found: Spreadsheet, data: Any = None) -> ColumnsForm:
    held = columns(queries.table_of(found), Header(found.header_row, found.header_height))
    initial = columns_initial(found.fields) | {
        "kind": found.kind, "record": found.record, "carry_down": found.carry_down,
    }  # fmt: skip
    return ColumnsForm(data, held=held, initial=initial)


def columns_page(found: Spreadsheet, form: ColumnsForm) -> dict[str, Any]:
    several = len(queries.sheets_of(found)) > 1
    return {"found": found, "form": form, "several": several} | frame(found.office)


def short(text: str, most: int) -> str:
    """The text, or as much of it as fits, and then a sign that it goes on."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shown(row: Row) -> Shown:
    becomes = row.becomes
    record = becomes.get("record", "")
    skipped = words.SKIPPED.get(becomes.get("skipped", ""), "")
    return Shown(
        line=row.line,
        outcome=row.outcome,
        label=str(skipped) or str(Outcome(row.outcome).label),
        partner=row.partner,
        partner_new=bool(becomes.get("partner_new")),
        slug=becomes.get("slug", ""),
        record=words.record_words(record) if record else "",
        title=becomes.get("title", ""),
        facts=[words.fact_words(fact) for fact in becomes.get("facts", []) if fact[:1] + fact[2:3] != ["title", "new"]],
        problems=[words.problem_words(problem) for problem in row.problems],
        cells=short(" · ".join(cell for cell in becomes.get("cells", []) if cell), 300),
    )


def counted(found: Spreadsheet) -> list[tuple[str, str, int]]:
    """Outcome, its label, how many rows; those that occur."""
    counts = found.counts.get("outcomes", {})
    return [(code, str(capfirst(label)), counts[code]) for code, label in Outcome.choices if counts.get(code)]


def preview_page(request: HttpRequest, found: Spreadsheet, *, form: AnswersForm | None = None) -> dict[str, Any]:
    listing = ROWS.read(request.GET, path=address(found))
    rows = queries.rows_of(found, outcome=listing.chosen.get("becomes", ""))
    page = listing.page(list(rows[listing.bounds]))
    asked = queries.asked_of(found)
    counts = found.counts.get("outcomes", {})
    return context(listing, page) | {
        "found": found,
        "shown": [shown(row) for row in page.items],
        "counted": [(listing.with_filter("becomes", code), label, count) for code, label, count in counted(found)],
        "brings": sum(counts.get(code, 0) for code in BRINGS_SOMETHING),
        "errors": counts.get(Outcome.PROBLEM, 0) + counts.get(Outcome.QUESTION, 0),
        "new_files": found.counts.get("files", 0),
        "answers": form or (AnswersForm(asked=asked) if asked else None),
        "enter": EnterForm(),
        "same": queries.same_file(found.sha256, office_id=found.office_id),
    } | frame(found.office)  # fmt: skip


def result_page(found: Spreadsheet) -> dict[str, Any]:
    language = get_language() or "id"
    brought = [
        (each.file.institution or name_in(each.file.partner, language=language), each.file.slug, each.claims)
        for each in queries.brought(found)
    ]
    return {"found": found, "brought": brought, "counted": counted(found)} | frame(found.office)


def undo_page(found: Spreadsheet, form: Any, built: queries.BuiltOn) -> dict[str, Any]:
    return {
        "found": found,
        "form": form,
        "built": built,
        "built_files": [_named(file) for file in built.files],
    } | frame(found.office)


def _named(file: Partnership) -> tuple[str, str]:
    return file.english_name, file.slug


def working_page(found: Spreadsheet) -> dict[str, Any]:
    return {"found": found, "rows": queries.size_of(found)} | frame(found.office)


def overtaken(found: Spreadsheet) -> dict[str, Any]:
    """What to say where a step could not be taken: somebody was quicker, or nothing is left to bring in."""
    nothing = found.state == State.PREVIEWED and not found.work
    return {"found": found, "nothing": nothing} | frame(found.office)


def error_columns(found: Spreadsheet) -> list[Column[Row]]:
    """What is wrong, then the cells of the row under their own headings."""

    def wrong(row: Row) -> CellValue:
        return " ".join(words.problem_words(problem) for problem in row.problems)

    def cell(index: int) -> Any:
        return lambda row: row.becomes["cells"][index] if index < len(row.becomes["cells"]) else ""

    heads = headings(queries.table_of(found), Header(found.header_row, found.header_height))
    return [
        Column("row", gettext("Row"), lambda row: row.line, 6),
        Column("wrong", gettext("What is wrong"), wrong, 60),
        *(
            Column(letter(index), head or letter(index), cell(index), 20)
            for index, head in enumerate(heads)
        ),
    ]  # fmt: skip

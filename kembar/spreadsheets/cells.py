"""The sheets of a spreadsheet as rows of text. Plain Python.

XLSX and ODS are read in a process of its own, within limits of memory and time: a single cell in the last corner of
a sheet makes a reader reserve the whole of it. `python -m kembar.spreadsheets.cells FILE` is that process; it prints
JSON.
"""

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kembar.lib.text import clean

LARGEST = 10 * 1024 * 1024
MOST_SHEETS = 30
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
MOST_TEXT = 20_000_000  # characters of all sheets: a cell written once in a file may stand in it a million times
_MEMORY = 1_500_000_000  # bytes
_SECONDS = 60

# Why a file gives no table.
EMPTY = "empty"
TOO_MANY_ROWS = "too_many_rows"
TOO_MANY_COLUMNS = "too_many_columns"
NOT_A_TABLE = "not_a_table"
DAMAGED = "damaged"
LOCKED = "locked"
TOO_FAR = "too_far"
TOO_MUCH_TEXT = "too_much_text"


class NoTable(Exception):
    """`code` is one of the words above, `sheet` names the sheet at fault where one is."""

    def __init__(self, code: str, sheet: str = "") -> None:
        self.code, self.sheet = code, sheet
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its rows that hold anything, each with its number as the spreadsheet counts (from 1).

    `since_1904`: days written as bare numbers count from 1904, as old Macintosh files do.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    since_1904: bool = False


def tables_of_file(path: Path) -> list[Table]:
    """The visible sheets of an XLSX or ODS file that hold anything. Raises NoTable."""
    command = [sys.executable, "-m", "kembar.spreadsheets.cells", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS + 10, check=False,  # noqa: S603 - our own program
                              cwd=Path(__file__).resolve().parents[2])  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NoTable(TOO_FAR) from None
    if done.returncode != 0:
        raise NoTable(TOO_FAR)
    answer = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise NoTable(refused, answer.get("sheet", ""))
    return _checked(
        Table(each["name"], [(number, cells) for number, cells in each["rows"]], answer["since_1904"])
        for each in answer["sheets"]
    )


def tables_of_text(text: str) -> list[Table]:
    """The one table of a CSV text, whichever sign parts its columns. Raises NoTable."""
    if not any(sign.isalnum() for sign in text):
        raise NoTable(EMPTY)
    csv.field_size_limit(1_000_000)
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_separator(text))
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(lines, start=1):
            plain = [text_of(cell) for cell in cells]
            if any(plain):
                rows.append((number, _trimmed(plain)))
                _check_size("", len(rows), len(rows[-1][1]))
    except csv.Error:
        raise NoTable(NOT_A_TABLE) from None
    if rows and max(len(cells) for _, cells in rows) < 2:
        raise NoTable(NOT_A_TABLE)
    return _checked([Table("", rows)])


def _separator(text: str) -> str:
    """The sign that parts most of the first lines into equally many cells."""
    head = text.splitlines()[:60]
    best, most = ",", 0.0
    for sign in (",", ";", "\t", "|"):
        counts = [len(row) for row in csv.reader(head, delimiter=sign) if any(cell.strip() for cell in row)]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        score = counts.count(usual) * (1 + usual / 100) if usual > 1 else 0.0
        if score > most:
            best, most = sign, score
    return best


def text_of(value: object) -> str:
    """A cell as a person reads it, on one line; days as ISO 8601, whole numbers without a point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        bare = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if bare else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(clean(str(value)[: LONGEST_CELL + 1000]).split())[:LONGEST_CELL]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check_size(sheet: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise NoTable(TOO_MANY_ROWS, sheet)
    if columns > MOST_COLUMNS:
        raise NoTable(TOO_MANY_COLUMNS, sheet)


def _checked(tables: Iterable[Table]) -> list[Table]:
    found = [table for table in tables if table.rows]
    if not found:
        raise NoTable(EMPTY)
    return found


# --- the process of its own ------------------------------------------------------------------------------------------


def _sheets(path: Path) -> Iterator[dict[str, Any]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(path)
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    text = 0
    visible = [sheet for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    for meta in (visible or tables)[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(meta.name)
        rows: list[tuple[int, list[str]]] = []
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            plain = [text_of(cell) if cell != "" else "" for cell in cells]
            if any(plain):
                rows.append((number, _trimmed(plain)))
                _check_size(meta.name, len(rows), len(rows[-1][1]))
        _fill_down(rows, sheet.merged_cell_ranges or [])
        text += sum(len(cell) for _, cells in rows for cell in cells)
        if text > MOST_TEXT:
            raise NoTable(TOO_MUCH_TEXT, meta.name)
        yield {"name": clean(meta.name), "rows": rows}


def _fill_down(rows: list[tuple[int, list[str]]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows stands in each of them: one city beside its three papers."""
    by_number = dict(rows)
    for (top, left), (bottom, right) in merged:
        if left != right or bottom == top:
            continue
        value = _at(by_number.get(top + 1, []), left)
        for number in range(top + 2, min(bottom, top + MOST_ROWS) + 2):
            cells = by_number.get(number)
            if cells is not None and value and not _at(cells, left):
                cells.extend([""] * (left + 1 - len(cells)))
                cells[left] = value


def _at(cells: list[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _since_1904(path: Path) -> bool:
    import zipfile

    with contextlib.suppress(KeyError), zipfile.ZipFile(path) as parts:
        return re.search(rb"date1904=[\"'](1|true)[\"']", parts.read("xl/workbook.xml")[:20_000]) is not None
    return False


def _answer(path: Path) -> dict[str, Any]:
    from python_calamine import CalamineError, PasswordError

    try:
        return {"sheets": list(_sheets(path)), "since_1904": _since_1904(path)}
    except NoTable as refused:
        return {"refused": refused.code, "sheet": refused.sheet}
    except PasswordError:
        return {"refused": LOCKED}
    except (CalamineError, ValueError, OSError, KeyError):
        return {"refused": DAMAGED}


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    with contextlib.suppress(ValueError, OSError):  # where the machine sets a lower limit already
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.write(json.dumps(_answer(Path(sys.argv[1])), ensure_ascii=True))

"""Rows out to CSV, XLSX and JSON: one list of columns for all three, written as the rows come."""

import csv
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Generic, TypeVar

import xlsxwriter

Row = TypeVar("Row")
Value = str | int | float | Decimal | bool | date | datetime | None

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# A spreadsheet takes a cell that begins so for a formula, also when it comes from a text file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`key` names the value in JSON; `label` heads the column in CSV and XLSX; `width` is in characters."""

    key: str
    label: str
    read: Callable[[Row], Value]
    width: int = 18


class TooManyRows(ValueError):
    """A worksheet ends at 1,048,576 rows."""


def as_csv(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that spreadsheets read it rightly; RFC 4180 line ends; in pieces."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_csv_text(str(column.label)) for column in columns])
    yield b"\xef\xbb\xbf" + _taken(buffer)
    for count, row in enumerate(rows, start=1):
        writer.writerow([_csv_cell(column.read(row)) for column in columns])
        if count % 200 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def as_json(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[bytes]:
    """A list of objects, one a line; days as ISO 8601, exact decimals as text."""
    before = "[\n"
    for row in rows:
        record = {column.key: _json_value(column.read(row)) for column in columns}
        yield (before + json.dumps(record, ensure_ascii=False)).encode("utf-8", "replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def as_xlsx(columns: Sequence[Column[Row]], rows: Iterable[Row], *, sheet: str) -> IO[bytes]:
    """A temporary file at its beginning, deleted when closed. Text stays text: no formulas, no links, no guesses.

    Raises TooManyRows beyond a worksheet's end.
    """
    # The caller closes it (an HTTP answer does so after sending).
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        workbook = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        _write_sheet(workbook, columns, rows, sheet)
        workbook.close()
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def file_name(*parts: str, extension: str) -> str:
    """A download's name that every system accepts: small ASCII letters, digits, hyphens."""
    ascii_text = unicodedata.normalize("NFKD", "-".join(part for part in parts if part)).encode("ascii", "ignore")
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.decode().lower()).strip("-")
    return f"{stem[:100] or 'table'}.{extension}"


def _write_sheet(workbook: xlsxwriter.Workbook, columns: Sequence[Column[Row]], rows: Iterable[Row], name: str) -> None:
    sheet = workbook.add_worksheet(_sheet_name(name))
    bold = workbook.add_format({"bold": True, "bottom": 1})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, _xlsx_text(str(column.label)), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(MOST_ROWS)
        for index, column in enumerate(columns):
            _write_cell(sheet, number, index, column.read(row), day)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, day: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1901:
        sheet.write_datetime(row, column, value, day)
    else:
        text = value.isoformat() if isinstance(value, date) else value
        sheet.write_string(row, column, _xlsx_text(text))


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "1"


def _xlsx_text(text: str) -> str:
    """Characters XML cannot carry become U+FFFD; a cell's end is marked where the text is cut."""
    text = _UNWRITABLE.sub("\ufffd", text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return _csv_text(value) if isinstance(value, str) else str(value)


def _csv_text(text: str) -> str:
    text = text.replace("\x00", "\ufffd")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _json_value(value: Value) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")

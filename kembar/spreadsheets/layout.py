"""Where a table begins and what its columns hold: guesses an officer corrects. Plain Python."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kembar.cities.countries import country_code
from kembar.lib.text import normalise
from kembar.spreadsheets import rules
from kembar.spreadsheets.cells import Table
from kembar.spreadsheets.days import read_day

LOOKED_AT = 40  # rows in which a heading is looked for
_NUMBERED = re.compile(r"\(\d+\)")
SAMPLES = 60  # cells of a column by whose content its field is guessed


@dataclass(frozen=True, slots=True)
class Header:
    """The row of the headings as the spreadsheet counts, 0 for none; two rows where groups stand over headings."""

    row: int
    height: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its officer sees it: letter, heading, a few of its cells."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]


def letter(index: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    text = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        text = chr(65 + rest) + text
        index -= 1
    return text


def guess_header(table: Table, *, remembered: Mapping[str, str]) -> Header:
    """The row among the first in which most cells are words that head columns, here or in this office's tables so far;
    where no row has two of them, the first that is filled with different words and no figures; else none."""
    best, most = Header(0), 1.5
    rows = table.rows[:LOOKED_AT]
    for place, (number, cells) in enumerate(rows):
        named = {remembered.get(normalise(cell), "") or rules.field_of_heading(cell) for cell in cells if cell}
        # Of two rows as good the upper one is it: the lower one repeats it on the next page.
        if len(named - {""}) > most:
            best, most = Header(number, _height(rows, place)), float(len(named - {""}))
    if best.row:
        return best
    width = max(len(cells) for _, cells in rows)
    return next((Header(number) for number, cells in rows if _looks_like_words(cells, width)), Header(0))


def _looks_like_words(cells: list[str], width: int) -> bool:
    filled = [cell for cell in cells if cell]
    plain = not any(sign.isdigit() for cell in filled for sign in cell)
    return plain and len(filled) >= max(3, 0.6 * width) and len(set(filled)) == len(filled)


def _height(rows: list[tuple[int, list[str]]], place: int) -> int:
    """Two where the next row heads columns that this row leaves empty: "Masa berlaku" over "mulai" and "berakhir"."""
    if place + 1 >= len(rows) or rows[place + 1][0] != rows[place][0] + 1:
        return 1
    upper, lower = rows[place][1], rows[place + 1][1]
    below = [cell for index, cell in enumerate(lower) if cell and (index >= len(upper) or cell != upper[index])]
    gaps = [index for index, cell in enumerate(lower) if cell and (index >= len(upper) or not upper[index])]
    headed = [cell for cell in below if rules.is_heading(cell)]
    return 2 if gaps and headed and len(headed) >= len(below) / 2 else 1


def headings(table: Table, header: Header) -> list[str]:
    """The heading of every column, of two rows as one: "Masa berlaku / mulai"."""
    by_number = dict(table.rows)
    width = max(len(cells) for _, cells in table.rows)
    upper = _wide(by_number.get(header.row, []) if header.row else [], width)
    if header.height == 1:
        return upper
    lower = _wide(by_number.get(header.row + 1, []), width)
    found, group = [], ""
    for over, under in zip(upper, lower, strict=True):
        group = over or (group if under else "")
        found.append(f"{group} / {under}" if group and under and group != under else group or under)
    return found


def _wide(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def body(table: Table, header: Header) -> list[tuple[int, list[str]]]:
    """The rows under the headings."""
    last = header.row + header.height - 1 if header.row else 0
    return [(number, cells) for number, cells in table.rows if number > last]


def columns(table: Table, header: Header) -> list[Column]:
    """The columns that hold anything, with their first different cells."""
    under = body(table, header)
    found = []
    for index, heading in enumerate(headings(table, header)):
        cells = [cells[index] for _, cells in under[:500] if index < len(cells) and cells[index]]
        samples = tuple(dict.fromkeys(cell for cell in cells if not _NUMBERED.fullmatch(cell)))[:3]
        if heading or samples:
            found.append(Column(index, letter(index), heading, samples))
    return found


def guess_fields(table: Table, header: Header, *, remembered: Mapping[str, str], today: date) -> dict[int, str]:
    """Column → field: as this office chose before for such a heading, by the heading, by what the column holds.

    A field is given once, to the column that names it best.
    """
    under = body(table, header)
    found: dict[int, str] = {}
    named = [(column, normalise(column.heading)) for column in columns(table, header)]
    for column, plain in named:
        _give(found, column.index, remembered.get(plain, "") if plain else "")
    for column, plain in named:
        if plain not in remembered:
            _give(found, column.index, rules.field_of_heading(column.heading))
    for column, plain in named:
        if column.index not in found and plain not in remembered and not rules.is_heading(column.heading):
            cells = [cells[column.index] for _, cells in under if column.index < len(cells) and cells[column.index]]
            _give(found, column.index, _by_content(cells[:SAMPLES], today))
    return found


def _give(found: dict[int, str], index: int, field: str) -> None:
    if field and index not in found and field not in found.values():
        found[index] = field


def _by_content(cells: list[str], today: date) -> str:
    if len(cells) < 2:
        return ""
    told = Counter(_told(cell, today) for cell in cells)
    field, count = told.most_common(1)[0]
    return field if field and count >= 0.7 * len(cells) else ""


def _told(cell: str, today: date) -> str:
    if country_code(rules.bare_city(cell)):
        return rules.COUNTRY
    if re.search(r"\d{4}", cell) and read_day(cell, today=today).date is not None:
        return rules.DATE
    if rules.length_of(cell):
        return rules.TERM
    return rules.RECORD if rules.record_of(cell) and len(cell) < 40 else ""

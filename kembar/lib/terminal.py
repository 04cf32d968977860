"""Lines of a table for a terminal or another program: JSON, CSV, or columns that stay straight in every script."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any
from unicodedata import combining, east_asian_width


def told(lines: Iterable[dict[str, Any]], columns: Sequence[str], form: str) -> str:
    """The lines as `form` asks (json, csv, table), without a line end behind the last."""
    rows = list(lines)
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    table = [list(columns), *([_cell(row[column]) for column in columns] for row in rows)]
    if form == "csv":
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        return text.getvalue().removesuffix("\n")
    widths = [max(_width(line[index]) for line in table) for index in range(len(columns))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    )


def _width(text: str) -> int:
    """Columns of a terminal: Han, Kana and Hangul take two, combining marks none."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)

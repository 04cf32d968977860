"""Tables written out are read back by other programs' eyes."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kembar.lib.tables import Column, Value, as_csv, as_json, as_xlsx, file_name

COLUMNS: list[Column[dict[str, Any]]] = [
    Column("name", "Nama", lambda row: row["name"], width=30),
    Column("since", "Sejak", lambda row: row["since"]),
    Column("papers", "Naskah", lambda row: row["papers"]),
    Column("sister", "Kota kembar", lambda row: row["sister"]),
]
ROWS = [
    {"name": "수원시, “Suwon”\nKorea", "since": date(1997, 8, 25), "papers": 2, "sister": True},
    {"name": "=HYPERLINK(\"http://x\")", "since": None, "papers": Decimal("-1.5"), "sister": False},
]  # fmt: skip


def csv_back(rows: list[dict[str, Any]]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(as_csv(COLUMNS, rows)).decode("utf-8-sig"), newline="")))


def xlsx_back(rows: list[dict[str, Any]], sheet: str = "Mitra") -> list[list[Any]]:
    with as_xlsx(COLUMNS, rows, sheet=sheet) as file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def test_csv_begins_with_a_byte_order_mark_and_reads_back() -> None:
    assert b"".join(as_csv(COLUMNS, ROWS)).startswith(b"\xef\xbb\xbfNama,")
    assert csv_back(ROWS) == [
        ["Nama", "Sejak", "Naskah", "Kota kembar"],
        ["수원시, “Suwon”\nKorea", "1997-08-25", "2", "true"],
        ['\'=HYPERLINK("http://x")', "", "-1.5", "false"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_csv_text_begins_like_a_formula(start: str) -> None:
    row = {"name": f"{start}1+1", "since": None, "papers": 1, "sister": False}
    assert csv_back([row])[1][0] == f"'{start}1+1"


def test_xlsx_keeps_text_as_text_and_days_as_days() -> None:
    assert xlsx_back(ROWS) == [
        ["Nama", "Sejak", "Naskah", "Kota kembar"],
        ["수원시, “Suwon”\nKorea", date(1997, 8, 25), 2.0, True],
        ['=HYPERLINK("http://x")', "", -1.5, False],
    ]


def test_xlsx_writes_days_before_the_spreadsheet_age_as_text_and_survives_any_character() -> None:
    row = {"name": "a\x00b\ud800" + "x" * 40_000, "since": date(1825, 1, 2), "papers": 1, "sister": None}
    name, since, papers, sister = xlsx_back([row], sheet="a/b:c[d]*?" + "e" * 40)[1]
    assert (name, since, papers, sister) == ("a\ufffdb\ufffd" + "x" * 32_762 + "…", "1825-01-02", 1.0, "")


def test_json_reads_back_and_an_empty_table_is_an_empty_list() -> None:
    assert json.loads(b"".join(as_json(COLUMNS, ROWS))) == [
        {"name": "수원시, “Suwon”\nKorea", "since": "1997-08-25", "papers": 2, "sister": True},
        {"name": '=HYPERLINK("http://x")', "since": None, "papers": "-1.5", "sister": False},
    ]
    assert json.loads(b"".join(as_json(COLUMNS, []))) == []


def test_long_tables_come_in_pieces() -> None:
    rows = [{"name": str(i), "since": None, "papers": i, "sister": None} for i in range(1001)]
    pieces = list(as_csv(COLUMNS, rows))
    assert len(pieces) == 7
    assert len(csv_back(rows)) == 1002


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Mitra Kota Bandung", "2025-03-26"), "mitra-kota-bandung-2025-03-26.csv"),
        (("../../etc/passwd",), "etc-passwd.csv"),
        (("수원",), "table.csv"),
        (("Wrocław", ""), "wrocaw.csv"),
    ],
)
def test_file_names_are_accepted_everywhere(parts: tuple[str, ...], expected: str) -> None:
    assert file_name(*parts, extension="csv") == expected


def test_a_value_is_one_of_the_kinds_a_table_can_hold() -> None:
    kinds: list[Value] = ["a", 1, 1.5, Decimal(1), True, date(2026, 1, 1), None]
    column: list[Column[Value]] = [Column("value", "Value", lambda value: value)]
    with as_xlsx(column, kinds, sheet="x") as file:
        back = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert back == [["Value"], ["a"], [1.0], [1.5], [1.0], [True], [date(2026, 1, 1)]]

"""An ODS as LibreOffice writes it: cells and rows said once and repeated, merged cells, days as values, a formula."""

import io
import zipfile

import pytest

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.spreadsheets.actions import preview, take
from kembar.spreadsheets.models import Row
from kembar.spreadsheets.queries import table_of
from kembar.spreadsheets.tests.conftest import LIST, looked_through

pytestmark = pytest.mark.django_db
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_SPACE}:office:1.0" '
    f'xmlns:table="{_SPACE}:table:1.0" xmlns:text="{_SPACE}:text:1.0" office:version="1.3"><office:body>'
    '<office:spreadsheet><table:table table:name="Daftar">'
)
FOOT = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
DAYS = {"24 Mei 1960": "1960-05-24", "25/08/1997": "1997-08-25", "19 Des 2014": "2014-12-19"}


def cell(text: str) -> str:
    if text in DAYS:
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{DAYS[text]}">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )
    if text.isdigit():
        return (
            f'<table:table-cell table:formula="of:=ROW()" office:value-type="float" office:value="{text}">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def row(line: str) -> str:
    cells = line.split(";")
    if cells[0].startswith("DAFTAR"):
        title = cell(cells[0]).replace("<table:table-cell ", '<table:table-cell table:number-columns-spanned="8" ')
        return (
            f'<table:table-row>{title}<table:covered-table-cell table:number-columns-repeated="7"/></table:table-row>'
        )
    if not any(cells):
        return '<table:table-row><table:table-cell table:number-columns-repeated="8"/></table:table-row>'
    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"


def ods(text: str) -> bytes:
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(zipfile.ZipInfo("mimetype"), kind)
        parts.writestr("content.xml", HEAD + "".join(map(row, text.splitlines())) + FOOT)
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{what}"/>'
            for path, what in (("/", kind), ("content.xml", "text/xml"))
        )
        manifest = f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0">{entries}</manifest:manifest>'
        parts.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def rows_of(number: int) -> list[tuple[int, str, str, list[object]]]:
    rows = Row.objects.filter(spreadsheet=number).order_by("line")
    return [(one.line, one.outcome, one.partner, [fact[:3] for fact in one.becomes.get("facts", [])]) for one in rows]


def test_an_ods_becomes_the_same_as_the_csv_of_the_same_table(bandung: Office) -> None:
    as_text = looked_through(bandung)
    found = preview(take(ods(LIST), name="daftar.ods", by=SYSTEM, office=bandung), by=SYSTEM)
    assert (found.header_row, found.fields) == (3, as_text.fields)
    assert rows_of(found.pk) == rows_of(as_text.pk)
    assert len(table_of(found).rows) == 9  # a million empty rows below are none

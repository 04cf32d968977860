"""An office, its people, and tables as offices keep them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.models import Office
from kembar.people.models import Account
from kembar.spreadsheets.actions import preview, take
from kembar.spreadsheets.models import Spreadsheet
from tests.members import member, office

LIST = """DAFTAR KERJA SAMA LUAR NEGERI;;;;;;;
;;;;;;;
No;Kota Mitra;Negara;Jenis Naskah;Tgl. Penandatanganan;Masa Berlaku;Bidang Kerja Sama;Ket.
1;Kota Braunschweig;Jerman;MoU;24 Mei 1960;;Ekonomi, pendidikan, dan olahraga;arsip
2;Suwon;Korea Selatan;MoU;25/08/1997;5 (lima) tahun;Ekonomi;
3;;;Kunjungan;2011;;;
4;Hamamatsu;Jepang;LoI;19 Des 2014;;Tenaga terampil;
5;Kawasaki;Jepang;MoU;31 Februari 2019;;;
6;Braunschwieg;Jerman;LoI;2016;;;
JUMLAH;6;;;;;;
"""


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


@pytest.fixture
def sari(bandung: Office) -> Account:
    return member("Sari", Role.OFFICER, office=bandung)


def taken(office: Office, text: str = LIST, *, name: str = "daftar.csv") -> Spreadsheet:
    return take(text.encode(), name=name, by=SYSTEM, office=office)


def looked_through(office: Office, text: str = LIST, *, name: str = "daftar.csv") -> Spreadsheet:
    return preview(taken(office, text, name=name), by=SYSTEM)


def outcomes(found: Spreadsheet) -> dict[int, str]:
    return dict(found.rows.order_by("line").values_list("line", "outcome"))


def xlsx(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """A workbook that `fill(book, sheet)` has written into."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    fill(book, book.add_worksheet("Daftar"))
    book.close()
    return out.getvalue()

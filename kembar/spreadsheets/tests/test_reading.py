"""What offices' tables look like, and what is no table: understood, or refused in words."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.files.tests import samples
from kembar.lib.text import normalise
from kembar.spreadsheets import cells, rules, words
from kembar.spreadsheets.actions import ColumnsUnclear, FileRefused, choose_sheet, preview, settle_columns, take
from kembar.spreadsheets.days import read_day
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.samples import DATA, template_book
from kembar.spreadsheets.tests.conftest import LIST, looked_through, outcomes, taken, xlsx

TODAY = date(2026, 11, 22)


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Kota Mitra", "partner"), ("NAMA MITRA", "partner"), ("Rekanan", "partner"),
        ("Sister City", "partner"), ("Negara", "country"),
        ("Jenis Naskah", "record"), ("Type of document", "record"), ("Tentang", "title"), ("Uraian Kegiatan", "title"),
        ("Tgl. Penandatanganan", "date"), ("Date signed", "date"), ("체결일자", "date"),
        ("Masa Berlaku / Berakhir", "ends"),
        ("TMT", "effective"), ("Jangka Waktu (tahun)", "term"), ("Bidang Kerja Sama", "scope"), ("Status", "status"),
        ("Nomor Naskah", "number"), ("No.", ""), ("Ket.", ""), ("Biaya", ""),
    ],
)  # fmt: skip
def test_a_heading_tells_what_its_column_holds(heading: str, field: str) -> None:
    assert rules.field_of_heading(heading) == field


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("MoU", "paper:memorandum_of_understanding"),
        ("Memorandum Saling Pengertian", "paper:memorandum_of_understanding"),
        ("Perpanjangan MoU", "paper:extension"), ("Letter of Intent (LoI)", "paper:letter_of_intent"),
        ("Pernyataan Kehendak", "paper:letter_of_intent"), ("意向书", "paper:letter_of_intent"),
        ("양해각서", "paper:memorandum_of_understanding"), ("Rapat Paripurna DPRD", "approval:council_plenary"),
        ("Kunjungan balasan", "event:visit"), ("Draft MoU", "event:preparation"), ("Penjajakan", "event:exploration"),
        ("Pertukaran pelajar", "event:activity"), ("lain-lain", ""),
    ],
)  # fmt: skip
def test_a_word_tells_the_kind_of_paper_or_event(said: str, record: str) -> None:
    assert rules.record_of(said) == record


@pytest.mark.parametrize(
    ("said", "length"),
    [("5 tahun", "P5Y"), ("5 (lima) tahun", "P5Y"), ("lima tahun", "P5Y"), ("6 bulan", "P6M"), ("4 years", "P4Y"),
     ("3년", "P3Y"), ("P2Y", "P2Y"), ("2019–2024", ""), ("seumur hidup", "")],
)  # fmt: skip
def test_a_length_of_time_is_read(said: str, length: str) -> None:
    assert rules.length_of(said) == length


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("24 Mei 1960", "1960-05-24"), ("2005", "2005"), ("akhir 2019", "2019-39~"), ("25/08/1997", "1997-08-25"),
        ("22060", "1960-05-24"), ("2019-06-26 09:30", "2019-06-26"), ("2019/6/26", "2019-06-26"),
        ("24/5/60", "1960-05-24"),
        ("Maret–April 2023", "2023-03/2023-04"), ("belum ada", None), ("-", None), ("n/a", None),
    ],
)  # fmt: skip
def test_a_date_in_any_usual_form_is_read(said: str, day: str | None) -> None:
    read = read_day(said, today=TODAY)
    assert (read.date.edtf if read.date else None, read.wrong) == (day, "")


def test_days_counted_from_1904_are_those_days() -> None:
    assert str(read_day("20598", today=TODAY, since_1904=True).date) == "1960-05-24"


@pytest.mark.parametrize(
    ("said", "wrong"), [("31 Februari 2019", "no_such_day"), ("24 Mei", "no_year"), ("segera", "not_a_date")]
)
def test_what_cannot_be_a_date_is_told(said: str, wrong: str) -> None:
    assert read_day(said, today=TODAY).wrong == wrong


def test_a_weekday_that_was_another_is_told() -> None:
    assert read_day("Selasa, 25 Maret 2024", today=TODAY).weekday == (2, 1)


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_in_whatever_encoding_and_with_whatever_sign(bandung: Office, encoding: str, sign: str) -> None:
    text = LIST.replace(",", " dan ").replace(";", sign)
    found = take(text.encode(encoding), name="daftar.csv", by=SYSTEM, office=bandung)
    assert (found.header_row, found.fields) == (
        3, {"1": "partner", "2": "country", "3": "record", "4": "date", "5": "term", "6": "scope"},
    )  # fmt: skip


def old_office(book: Any, sheet: Any) -> None:
    """Title rows merged over the table, headings in two rows, a partner merged over its papers, real dates."""
    day = book.add_format({"num_format": "d mmm yyyy"})
    sheet.merge_range("B2:G2", "DAFTAR KERJA SAMA")
    for column, text in (("B", "Mitra"), ("C", "Negara"), ("D", "Naskah"), ("E", "Tanggal")):
        sheet.merge_range(f"{column}4:{column}5", text)
    sheet.merge_range("F4:G4", "Masa berlaku")
    sheet.write_row("F5", ["mulai", "berakhir"])
    sheet.write_row("B6", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
    sheet.merge_range("B7:B8", "Hamamatsu")
    sheet.merge_range("C7:C8", "Jepang")
    sheet.write("D7", "LoI")
    sheet.write_datetime("E7", date(2014, 12, 19), day)
    sheet.write("D8", "MoU")
    sheet.write("E8", 43642)
    sheet.write_row("F8", [2019, 2024])
    sheet.write("A40", "Jumlah")
    other = book.add_worksheet("Kosong")
    other.write("A1", "catatan")


@pytest.mark.django_db
@pytest.mark.parametrize("since_1904", [False, True])
def test_a_spreadsheet_of_an_old_office_is_understood(bandung: Office, since_1904: bool) -> None:
    data = xlsx(old_office, date_1904=since_1904)
    found = take(data, name="Kerja sama LN.xlsx", by=SYSTEM, office=bandung)
    assert [sheet.name for sheet in found.sheets.order_by("position")] == ["Daftar", "Kosong"]
    assert found.fields == {"1": "partner", "2": "country", "3": "record", "4": "date", "5": "effective", "6": "ends"}
    found = preview(found, by=SYSTEM)
    assert outcomes(found) == {6: "skipped", 7: "new_paper", 8: "new_paper", 40: "skipped"}
    rows = {row.line: [fact[:2] for fact in row.becomes["facts"]] for row in found.rows.filter(outcome="new_paper")}
    concluded = "2019-06-26" if not since_1904 else "2023-06-27"
    assert rows[7] == [["concluded", "2014-12-19"]]
    assert rows[8] == [["concluded", concluded], ["effective", "2019"], ["ends", "2024"]]


@pytest.mark.django_db
def test_the_heading_over_two_rows_is_one_where_groups_stand_over_it(bandung: Office) -> None:
    text = "Mitra,Negara,Naskah,Masa berlaku,\n,,,mulai,berakhir\nSuwon,KR,MoU,1997,2002\n"
    found = taken(bandung, text)
    assert (found.header_row, found.header_height) == (1, 2)
    assert found.fields == {"0": "partner", "1": "country", "2": "record", "3": "effective", "4": "ends"}


@pytest.mark.django_db
def test_no_end_and_a_length_of_time_may_stand_where_the_last_day_should(bandung: Office) -> None:
    found = looked_through(
        bandung,
        "Kota Mitra;Negara;Jenis Naskah;Ditandatangani;Berlaku Sampai;Masa Berlaku\n"
        "Braunschweig;Jerman;MoU;24 Mei 1960;tidak terbatas;\nSuwon;Korea Selatan;MoU;25/08/1997;5 tahun;\n"
        "Hamamatsu;Jepang;MoU;24/04/2014;2 tahun;3 tahun\nKawasaki;Jepang;MoU;2019;;tanpa batas waktu\n",
    )
    rows = found.rows.order_by("line")
    assert [row.outcome for row in rows] == ["new_paper", "new_paper", "problem", "new_paper"]
    told = [{fact[0]: fact[1] for fact in row.becomes.get("facts", [])} for row in rows]
    assert [fact.get("term") for fact in told] == [None, "P5Y", None, None]
    assert [fact for fact in told if "ends" in fact] == []


@pytest.mark.django_db
def test_headings_that_come_again_on_the_next_page_are_no_entry(bandung: Office) -> None:
    head = "Kota,Negara,Naskah,Tanggal\n"
    found = looked_through(bandung, f"{head}Suwon,KR,MoU,1997\n{head}Toyota,JP,LoI,2017\n")
    assert outcomes(found) == {2: "new_paper", 3: "skipped", 4: "new_paper"}


@pytest.mark.django_db
def test_formulas_and_links_in_cells_are_text_and_run_nowhere(bandung: Office) -> None:
    text = 'Kota,Negara,Kegiatan,Tanggal\nSuwon,KR,"=HYPERLINK(""http://evil.example"",""x"")",2011\n=1+1,KR,@SUM(A1),2012\n'
    found = looked_through(bandung, text)
    assert found.rows.get(line=2).becomes["title"] == '=HYPERLINK("http://evil.example","x")'
    assert outcomes(found) == {2: "new_event", 3: "question"}


def test_links_and_formulas_of_a_workbook_are_read_as_what_they_show_and_nothing_is_fetched(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Kota", "Negara", "Kegiatan"])
        sheet.write_url("A2", "http://127.0.0.1:9/evil", string="Suwon")
        sheet.write_formula("B2", "='[http://127.0.0.1:9/evil.xlsx]Sheet1'!A1", None, "KR")
        sheet.write_formula("C2", '=WEBSERVICE("http://127.0.0.1:9/evil")', None, "Kunjungan")

    (tmp_path / "daftar.xlsx").write_bytes(xlsx(fill))
    [sheet] = cells.tables_of_file(tmp_path / "daftar.xlsx")
    assert [row for _, row in sheet.rows] == [["Kota", "Negara", "Kegiatan"], ["Suwon", "KR", "Kunjungan"]]


@pytest.mark.django_db
def test_what_an_office_settled_for_a_heading_is_offered_again(bandung: Office) -> None:
    text = "Sahabat,Di mana,Apa,Kapan\nSuwon,KR,MoU,1997\n"
    found = taken(bandung, text)
    settled = {0: "partner", 1: "country", 2: "record", 3: "date"}
    settle_columns(found, by=SYSTEM, fields=settled, kind="sister", record="", carry_down=False)
    assert taken(bandung, "Kapan,Sahabat,Di mana,Apa\n1997,Suwon,KR,MoU\n").fields == {
        "0": "date", "1": "partner", "2": "country", "3": "record",
    }  # fmt: skip


@pytest.mark.django_db
def test_columns_need_a_partner_and_hold_each_thing_once(bandung: Office) -> None:
    found = taken(bandung)
    for fields, code in (({1: "date"}, "no_partner"), ({1: "partner", 2: "partner"}, "twice"), ({1: "x"}, "twice")):
        with pytest.raises(ColumnsUnclear) as refused:
            settle_columns(found, by=SYSTEM, fields=fields, kind="sister", record="", carry_down=False)
        assert refused.value.code == code
    without = choose_sheet(found, by=SYSTEM, position=0, row=0)
    assert (without.header_row, without.state) == (0, "draft")


# --- what is no table -------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    data = xlsx(lambda book, sheet: sheet.write("A1", "Kota"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        new.writestr("xl/worksheets/sheet9.xml", b"<a>" + b" " * 90_000_000)
    return out.getvalue()


def with_macros() -> bytes:
    data = xlsx(lambda book, sheet: sheet.write("A1", "Kota"))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\x00")
    return out.getvalue()


def wide(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", [f"Kolom {n}" for n in range(1000)])


def far(book: Any, sheet: Any) -> None:
    sheet.write("A1", "Kota")
    sheet.write(1_048_575, 16_383, "x")


def swollen(book: Any, sheet: Any) -> None:
    """Two cells of a small file that stand in every row."""
    for column in (0, 1):
        sheet.merge_range(0, column, 5_999, column, "Kota" * 500)
    for row in range(6_000):
        sheet.write(row, 2, "x")


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500
REFUSED: list[tuple[str, bytes, str]] = [
    ("kosong.xlsx", b"", "empty"),
    ("kosong.csv", b"  \n ", "empty"),
    ("lembar kosong.xlsx", xlsx(lambda book, sheet: None), "empty"),
    ("baris kosong.csv", b";;\n" * 200_000, "empty"),
    ("surat.csv", b"Dengan hormat,\nini bukan tabel\n", "not_a_table"),
    ("halaman.csv", b"<html><table><tr><td>Kota</table>", "not_allowed"),
    ("gambar.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not_a_table"),
    ("surat.docx", samples.docx(), "not_a_table"),
    ("byte.csv", bytes(range(256)) * 40, "not_a_table"),
    ("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_office"),
    ("terkunci.xlsx", LOCKED, "encrypted"),
    ("makro.xlsx", with_macros(), "scripted"),
    ("bom.xlsx", bomb(), "bomb"),
    ("rusak.xlsx", xlsx(lambda book, sheet: sheet.write("A1", "Kota"))[:-300], "damaged"),
    ("lebar.xlsx", xlsx(wide), "too_many_columns"),
    ("jauh.xlsx", xlsx(far), "too_far"),
    ("bengkak.xlsx", xlsx(swollen), "too_much_text"),
    ("panjang.csv", b"Kota;Negara\n" + b"Suwon;KR\n" * 20_001, "too_many_rows"),
    ("besar.csv", b"Kota;Negara\n" + b"x" * cells.LARGEST, "too_large"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_is_no_table_is_refused_in_four_languages_and_nothing_is_kept(
    bandung: Office, name: str, data: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        take(data, name=name, by=SYSTEM, office=bandung)
    assert (refused.value.code, Spreadsheet.objects.count()) == (code, 0)
    told = set()
    for language in ("id", "en", "ko", "zh-hans"):
        with translation.override(language):
            told.add(words.refused(refused.value.code))
    assert len(told) == 4


@pytest.mark.django_db
def test_a_million_empty_rows_below_the_table_are_nothing(bandung: Office) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Kota", "Negara", "Naskah", "Tanggal"])
        sheet.write_row("A2", ["Suwon", "KR", "MoU", "1997"])
        for row in range(2, 1_000_000, 40):
            sheet.set_row(row, 30)

    found = preview(take(xlsx(fill), name="panjang.xlsx", by=SYSTEM, office=bandung), by=SYSTEM)
    assert outcomes(found) == {2: "new_paper"}


# --- samples ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en", "ko", "zh-hans"])
def test_the_template_is_understood_in_every_language_it_is_written_in(bandung: Office, language: str) -> None:
    with translation.override(language), template_book() as book:
        data = book.read()
    found = take(data, name="templat.xlsx", by=SYSTEM, office=bandung)
    assert found.fields == {
        "0": "partner", "1": "country", "2": "kind", "3": "record", "4": "title", "5": "date", "6": "effective",
        "7": "ends", "8": "term", "9": "scope", "10": "status", "11": "number",
    }  # fmt: skip
    assert outcomes(preview(found, by=SYSTEM)) == {2: "new_paper"}


@pytest.mark.django_db
def test_the_samples_show_what_an_office_will_meet(bandung: Office) -> None:
    counts = {}
    for name in ("contoh-daftar-lama.xlsx", "sample-event-list.csv"):
        found = preview(take((DATA / name).read_bytes(), name=name, by=SYSTEM, office=bandung), by=SYSTEM)
        counts[name] = found.counts["outcomes"]
    assert counts == {
        "contoh-daftar-lama.xlsx": {"new_paper": 11, "new_approval": 1, "problem": 2, "question": 1, "skipped": 2},
        "sample-event-list.csv": {"new_event": 11},
    }


def test_every_heading_word_names_one_field() -> None:
    lines = (DATA / "headings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    named = [normalise(word) for line in lines for word in line.partition("\t")[2].split(",")]
    assert sorted({word for word in named if named.count(word) > 1}) == []

"""Uploaded files give their words, or say why they give none."""

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfWriter

from kembar.intake.upload import CannotRead, text_of


def word(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Bandung", "Daegu"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def pdf(*, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Kota Bandung", "Kota Bandung"),
        ("\ufeffKota Bandung".encode(), "Kota Bandung"),
        ("남녕시와 반둥시".encode("cp949"), "남녕시와 반둥시"),
        ("南宁市与万隆市签署意向书".encode("gb18030"), "南宁市与万隆市签署意向书"),
        ("南宁市".encode("utf-16"), "南宁市"),
        ("Café à Bandung".encode("cp1252"), "Café à Bandung"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_plain_text_is_read_in_its_own_encoding(data: bytes, text: str) -> None:
    assert text_of(data) == text


def test_a_word_file_gives_its_paragraphs_and_tables() -> None:
    assert text_of(word("Notula rapat", "Pihak Daegu hadir.")) == "Notula rapat\nPihak Daegu hadir.\nBandung\tDaegu"


def test_a_web_page_gives_what_a_person_reads() -> None:
    page = b"""<!doctype html><html><head><title>x</title></head><body><nav>Menu</nav><script>alert(1)</script>
        <h1>Bandung dan Nanning</h1><p>Kerja sama <b>dibahas</b>.</p><p>Selesai.</p></body></html>"""
    assert text_of(page) == "Bandung dan Nanning\nKerja sama dibahas.\nSelesai."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "too_large"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "picture"),
        (b"\x7fELF\x00\x00\x01", "not_text"),
        (b"PK\x03\x04 broken", "broken"),
        (archive(readme__txt=b"no word file"), "not_text"),
        (archive(word__document__xml=b"0" * (51 * 1024 * 1024)), "too_large"),
        (b"%PDF-1.7 broken", "broken"),
        (pdf(), "no_text_inside"),
        (pdf(password="rahasia"), "locked"),
    ],
)
def test_a_file_without_words_says_why(data: bytes, code: str) -> None:
    with pytest.raises(CannotRead) as refused:
        text_of(data)
    assert refused.value.code == code

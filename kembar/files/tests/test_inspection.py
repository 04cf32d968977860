"""What is taken and what is refused, each with its code, told from the content."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kembar.files import rules
from kembar.files.inspection import inspect
from kembar.files.inspection.pdf import findings
from kembar.files.rules import Refused, clean_name, extension, named_as
from kembar.files.states import Refusal
from kembar.files.tests import samples

GOOD = {
    "a.pdf": (samples.pdf(), rules.PDF),
    "many.pdf": (samples.pdf_of_many_objects(), rules.PDF),
    "300 pages.pdf": (samples.pdf(lambda writer: samples.more_pages(writer, 299)), rules.PDF),
    "about-scripts.pdf": (samples.pdf_about_scripts(), rules.PDF),
    "a.docx": (samples.docx(), rules.DOCX),
    "a.xlsx": (samples.xlsx(), rules.XLSX),
    "a.odt": (samples.open_document("text"), rules.ODT),
    "a.ods": (samples.open_document("spreadsheet"), rules.ODS),
    "a.png": (samples.png(), rules.PNG),
    "a.jpg": (samples.jpeg(), rules.JPEG),
    "phone.jpeg": (samples.jpeg(behind=samples.jpeg()), rules.JPEG),
    "a.txt": ("협력 kerja sama 合作\r\n\tPasal 1 < Pasal 2".encode(), rules.TEXT),
    "excel.csv": (b"\xef\xbb\xbfkota;negara\r\nSuwon;Korea\r\n", rules.CSV),
    "local-template.docx": (
        samples.docx({"word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate"'
                      b' Target="file:' b'///C:\\Kantor\\surat.dotx" TargetMode="External"/></Relationships>'}),
        rules.DOCX,
    ),
}  # fmt: skip

SETTINGS = "word/_rels/settings.xml.rels"
_REMOTE = b'<Relationships><Relationship Id="r1" Type="http://x/%s" Target="%s" TargetMode="External"/></Relationships>'
BAD = [
    ("kosong.pdf", b"", "empty"),
    ("surat.pdf", b"MZ\x90\x00\x03" + samples.pdf(), "program"),
    ("surat.pdf", b"\x7fELF\x02\x01", "program"),
    ("surat.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
    ("surat.csv", b"\xef\xbb\xbf#!/bin/sh\n", "program"),
    ("surat.pdf", b"#!/bin/sh\n" + samples.pdf(), "program"),
    ("surat.pdf", b"bukan pdf", "not_allowed"),
    ("surat.pdf", b"GIF89a;" + samples.pdf(), "not_allowed"),
    ("surat.pdf", b"%PDF-1.4 saja", "damaged"),
    ("surat.pdf", samples.pdf()[:-200], "damaged"),
    ("surat.pdf", samples.pdf().replace(b"/Type /Pages", b"/Type /Pxges").replace(b"/Kids", b"/Kxds"), "damaged"),
    ("surat.pdf", b"%PDF-9.9\n%%EOF", "damaged"),
    ("surat.pdf", samples.pdf() + samples.archive({"x.exe": b"MZ"}), "two_in_one"),
    ("surat.pdf", samples.pdf() + b"<script>alert(1)</script>", "two_in_one"),
    ("surat.pdf", samples.pdf_locked(), "encrypted"),
    ("surat.pdf", samples.pdf_with_script(), "scripted"),
    ("surat.pdf", samples.pdf_with_a_name_written_otherwise(), "scripted"),
    ("surat.pdf", samples.pdf_with_script_packed_away(), "scripted"),
    ("surat.pdf", samples.pdf_with_script_in_no_table(), "scripted"),
    ("surat.pdf", samples.pdf_that_launches(), "scripted"),
    ("surat.pdf", samples.pdf_with_form_program(), "scripted"),
    ("surat.pdf", samples.pdf_with_attachment(), "holds_files"),
    ("arsip.docx", samples.archive({"a.txt": b"isi"}), "not_allowed"),
    ("arsip.zip", samples.archive({"a.txt": b"isi"}), "not_allowed"),
    ("surat.docx", samples.docx()[:-100], "damaged"),
    ("surat.docx", samples.docx()[:3000] + b"xxxx" + samples.docx()[3004:], "damaged"),
    ("surat.docx", samples.docx() + b"tambahan", "two_in_one"),
    ("surat.docx", samples.docx({"../../x.xml": b"<x/>"}), "damaged"),
    ("surat.docx", samples.docx({"/etc/x": b"x"}), "damaged"),
    ("surat.docx", samples.docx({"C:\\x": b"x"}), "damaged"),
    ("surat.docx", samples.docx({"word/vbaProject.bin": b"x"}), "scripted"),
    ("surat.docx", samples.docx({"word/activeX/activeX1.bin": b"x"}), "scripted"),
    ("surat.docx", samples.docx({"word/embeddings/x.exe": b"MZ"}), "program"),
    ("surat.docx", samples.docx({"word/x.xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}), "scripted"),
    ("surat.docx", samples.docx({"word/x.xml": b"<!--" + b" " * (1 << 20) + b"--><!DOCTYPE x><x/>"}), "scripted"),
    ("surat.docx", samples.docx({"word/x.xml": "<!DOCTYPE x><x/>".encode("utf-16")}), "scripted"),
    ("surat.docx", samples.docx({SETTINGS: _REMOTE % (b"attachedTemplate", b"https://x/t")}), "scripted"),
    ("surat.docx", samples.docx({"word/_rels/x.xml.rels": _REMOTE % (b"oleObject", b"\\\\server\\x")}), "scripted"),
    ("surat.docx", samples.docx({"word/media/x.bin": b"\x00" * 30_000_000}), "bomb"),
    ("surat.docx", samples.archive({f"word/{number}.xml": b"" for number in range(5001)}), "bomb"),
    ("surat.docx", samples.archive_whose_members_share_bytes(), "bomb"),
    ("surat.docx", samples.archive_with_password(), "encrypted"),
    ("surat.odt", samples.open_document("text", {"Basic/script.xml": b"<x/>"}), "scripted"),
    ("surat.odt", samples.open_document("text", {"META-INF/manifest.xml": b"<m:encryption-data/>"}), "encrypted"),
    ("surat.odt", samples.open_document("graphics"), "not_allowed"),
    ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "old_office"),
    ("foto.png", samples.png() + b"PK", "two_in_one"),
    ("foto.png", samples.png()[:-5], "damaged"),
    ("foto.png", samples.png().replace(b"IDAT", b"IDAX"), "damaged"),
    ("foto.png", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR", "damaged"),
    ("foto.jpg", samples.jpeg(behind=samples.archive({"x": b"x"})), "two_in_one"),
    ("foto.jpg", samples.jpeg(behind=b"<?php x ?>"), "two_in_one"),
    ("foto.jpg", samples.jpeg()[:-2], "damaged"),
    ("foto.png", samples.png(width=60_000, height=60_000), "too_many_pixels"),
    ("foto.jpg", samples.jpeg(width=60_000, height=60_000), "too_many_pixels"),
    ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x00" * 9, "damaged"),
    ("foto.svg", b"<svg onload='alert(1)'/>", "not_allowed"),
    ("halaman.html", b"<html></html>", "not_allowed"),
    ("halaman.txt", b"\n <HTML><body>", "not_allowed"),
    ("halaman.txt", b"<?php system('x') ?>", "not_allowed"),
    ("biner.txt", b"a\x00b", "not_allowed"),
    ("latin.txt", "Städte".encode("latin-1"), "not_utf8"),
    ("utf16.csv", "kota".encode("utf-16"), "not_utf8"),
    ("putus.txt", "협력".encode()[:-1], "not_utf8"),
    ("panjang.txt", b"a" * 70_000 + b"\x00", "not_allowed"),
]  # fmt: skip


def found(path: Path, content: bytes, name: str) -> str:
    path.write_bytes(content)
    try:
        return inspect(path, name=name).kind.name
    except Refused as refusal:
        return refusal.code


@pytest.mark.parametrize("name", GOOD)
def test_what_an_office_uses_is_taken_for_what_it_is(name: str, tmp_path: Path) -> None:
    content, kind = GOOD[name]
    assert found(tmp_path / "x", content, name) == kind.name
    assert named_as(name, kind) == name


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[f"{number}-{bad[2]}" for number, bad in enumerate(BAD)])
def test_what_is_not_what_it_seems_is_refused_with_its_code(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    assert found(tmp_path / "x", content, name) == code


def test_a_page_tree_without_end_ends(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(samples.pdf_in_itself())
    assert findings(tmp_path / "x") in {"damaged", "too_complex"}


@pytest.mark.parametrize("kind", ["a.pdf", "a.docx", "a.png", "a.jpg", "a.txt"])
@given(data=st.data())
def test_a_changed_byte_is_taken_or_refused_and_never_a_fault(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(GOOD[kind][0])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(content)
    if content.startswith(b"%PDF-"):
        assert findings(path) in {"", *Refusal.values}
    else:
        assert found(path, bytes(content), kind) in {*Refusal.values, *(one.name for one in rules.TAKEN)}


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../x", "x"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\Sari\\MoU Suwon.pdf", "MoU Suwon.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe"),
        ("a\x00.pdf", "a.pdf"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil 1.pdf"),
        ('"a";b.pdf', "a ;b.pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        (" ", "file"),
        (".pdf", "pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("협약서 (최종).pdf", "협약서 (최종).pdf"),
        ("合作备忘录.PDF", "合作备忘录.pdf"),
        ("x" * 500 + ".docx", "x" * 115 + ".docx"),
        ("Surat No.5", "Surat No.5"),
    ],
)
def test_a_name_is_made_harmless_and_stays_readable(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name: str) -> None:
    cleaned = clean_name(name)
    assert re.search(r'[/\\<>:"|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]', cleaned) is None
    assert 0 < len(cleaned) <= rules.LONGEST_NAME
    assert not cleaned.startswith(".")
    assert extension(clean_name(cleaned)) == extension(cleaned)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("MoU", rules.PDF, "MoU.pdf"),
        ("Surat No.5", rules.PDF, "Surat No.5.pdf"),
        ("foto.JPEG", rules.JPEG, "foto.jpeg"),
        ("x" * 300, rules.DOCX, "x" * 114 + ".docx"),
    ],
)
def test_a_name_without_an_ending_gets_the_one_of_its_content(name: str, kind: rules.MediaType, expected: str) -> None:
    assert named_as(name, kind) == expected


@pytest.mark.parametrize("name", ["a.pdf.exe", "a.png", "a.html", "a.docm", "a.\u202eexe"])
def test_a_name_that_says_something_else_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="wrong_extension"):
        named_as(name, rules.PDF)


@pytest.mark.parametrize("language", ["id", "ko", "zh-hans"])
def test_every_refusal_has_its_sentence_in_every_language(language: str) -> None:
    with translation.override("en"):
        english = {choice.value: str(choice.label) for choice in Refusal}
    with translation.override(language):
        assert [choice.value for choice in Refusal if str(choice.label) == english[choice.value]] == []

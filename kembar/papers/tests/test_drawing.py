"""What a document says stands in the DOCX and in the PDF alike; texts are read or refused; blanks are told."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from kembar.papers import drawing, markup, pdf, word
from kembar.papers.compose import NONE, Cell, Head, Known, Lack, compose
from kembar.papers.document import Document, said
from kembar.papers.fields import FIELDS
from kembar.papers.shipped import papers
from kembar.papers.text import PaperRefused, read

TEXT = """
code = "x"
version = 1
shape = "letter"
kept_as = "letter"
name = { id = "Contoh" }
[[block]]
is = "letterhead"
whose = "office"
[[block]]
style = "title"
id = "NASKAH {own:upper}"
en = "PAPER OF {own:upper}"
[[block]]
id = "Oleh **{own}** dan *{partner}*."
en = "By **{own}** and *{partner}*."
[[block]]
is = "list"
of = "scope"
[[block]]
is = "facts"
wide = true
[[block.rows]]
label = { id = "Nomor" }
value = { id = "{number}" }
[[block]]
is = "table"
wide = true
of = "checks"
head = { id = ["No.", "Bukti"] }
[[block]]
when = "earlier_title"
id = "Hanya bila ada."
[[block]]
is = "signatures"
[[block.parties]]
above = { id = "WALI KOTA", en = "MAYOR" }
below = { id = "{mayor}" }
[[block]]
is = "turn"
across = true
[[block]]
wide = true
id = "Melintang"
"""
KNOWN = Known(
    texts={"own": {"id": "Kota <Bandung> & **x**", "en": "City of Bandung"}, "partner": {"*": "수원시"}},
    lists={"scope": [{"id": "Sampah"}, {"id": "Pelajar", "en": "Students"}]},
    tables={"checks": [[Cell("1."), Cell("", "bukti")]]},
    heads={"letterhead_office": Head(("PEMERINTAH", "SEKRETARIAT"), ("Jalan 2",))},
)


def composed(*languages: str, known: Known = KNOWN) -> tuple[Document, tuple[Lack, ...]]:
    found = compose(
        read(TEXT), known, languages=languages, label=lambda code, language: f"{code}@{language}", foot="kaki"
    )
    return found.document, found.lacks


def in_docx(content: bytes) -> list[str]:
    """Every paragraph's text in the order of the file, tabs as nothing."""
    body = docx.Document(io.BytesIO(content)).element.body
    lines = ("".join(one.text or "\n" for one in part.iter(_W + "t", _W + "br")) for part in body.iter(_W + "p"))
    return [line for line in lines if line]


_ROOT = Path(__file__).resolve().parents[3]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def packed(text: str) -> str:
    return "".join(text.split())


def test_the_docx_says_every_word_of_the_document_in_its_order() -> None:
    document, _ = composed("id", "en")
    assert packed("".join(in_docx(word.as_docx(document)))).replace(":", "") == packed("".join(said(document))).replace(
        ":", ""
    )


def test_docx_and_pdf_drawn_apart_say_every_word_of_the_document() -> None:
    document, _ = composed("id")
    [(_, written), (_, drawn)] = drawing.drawn(document, "docx", "pdf")
    assert in_docx(written) == in_docx(word.as_docx(document))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(drawn)).pages]
    text = packed("".join(pages))
    assert [piece for piece in said(document) if packed(piece) not in text] == []
    assert (len(pages), "Melintang" in pages[1], packed("1/2") in text) == (2, True, True)


def test_the_docx_counts_its_pages_and_its_tables_are_narrow_first_and_never_torn_in_a_row() -> None:
    document, _ = composed("id")
    made = docx.Document(io.BytesIO(word.as_docx(document)))
    foot = made.sections[0].footer.paragraphs[0]._p
    assert [one.get(_W + "instr") for one in foot.iter(_W + "fldSimple")] == ["PAGE", "NUMPAGES"]
    assert "".join(one.text for one in foot.iter(_W + "t")) == "kaki1 / 1"
    [lined] = [one for one in made.tables if one.style.name == "Table Grid"]
    first, *others = [column.width for column in lined.columns]
    assert (round(first.cm, 2), len(set(others)), others[0] > first) == (1, 1, True)
    assert [len(row._tr.findall(f"{_W}trPr/{_W}cantSplit")) for row in lined.rows] == [1] * len(lined.rows)


def test_what_a_person_typed_is_never_read_as_marks() -> None:
    document, _ = composed("id")
    assert "Oleh Kota <Bandung> & **x** dan 수원시." in said(document)
    assert "NASKAH KOTA <BANDUNG> & **X**" in in_docx(word.as_docx(document))


def test_what_nobody_has_said_is_a_marked_blank_and_is_listed_with_its_language() -> None:
    document, lacks = composed("id", "en")
    assert lacks == (Lack("scope", "en"), Lack("number", "id"), Lack("checks", "id"), Lack("mayor", "id"))
    assert [text for text in said(document) if text.startswith("[")] == [
        "[ number@id ]", "[ bukti ]", "[ mayor@id ]",
    ]  # fmt: skip
    marked = [run.text for part in docx.Document(io.BytesIO(word.as_docx(document))).element.body.iter(_W + "r")
              for run in part.iter(_W + "t") if part.find(f"{_W}rPr/{_W}highlight") is not None]  # fmt: skip
    assert marked == [text for text in said(document) if text.startswith("[")]


def test_an_item_in_another_language_than_its_column_is_marked_with_it_in_both_files() -> None:
    document, _ = composed("id", "en")
    assert markup.body_of(document).count('<td><span lang="id">Sampah</span></td>') == 1
    spoken = [run.find(f"{_W}rPr/{_W}lang").get(f"{_W}val")
              for run in docx.Document(io.BytesIO(word.as_docx(document))).element.body.iter(_W + "r")
              if "".join(one.text or "" for one in run.iter(_W + "t")) == "Sampah"]  # fmt: skip
    assert spoken == ["id-ID", "id-ID"]  # in its own column, and where English has no words for it


def test_a_column_without_a_text_is_blanks_to_fill_in() -> None:
    document, lacks = composed("id", "ja")
    assert lacks[0] == Lack("text", "ja")
    assert said(document).count("[ text@ja ]") == 3


def test_a_block_stands_only_where_its_field_is_known() -> None:
    known = replace(KNOWN, texts={**KNOWN.texts, "earlier_title": {"*": "MoU"}})
    assert ["Hanya bila ada." in said(composed("id", known=one)[0]) for one in (KNOWN, known)] == [False, True]


def test_a_value_there_cannot_be_leaves_no_hole() -> None:
    text = read(TEXT.replace("Oleh **{own}** dan *{partner}*.", "{own}, {partner}, Korea {partner}."))
    known = replace(KNOWN, texts={"own": {"*": "Daegu"}, "partner": {"*": NONE}})
    made = compose(text, known, languages=["id"], label=lambda code, language: code)
    assert ("Daegu, Korea ." in said(made.document), Lack("partner", "id") in made.lacks) == (True, False)


def test_a_list_item_that_is_doubtful_says_so() -> None:
    document, lacks = composed("id", known=replace(KNOWN, doubtful=frozenset({("scope", 1)})))
    assert ("Pelajar [ scope_doubtful@id ]" in said(document), lacks[0].code) == (True, "scope_doubtful")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("version = 1", "version = 1\ncolour = 1"), "paper: colour"),
        (('shape = "letter"', 'shape = "poem"'), "shape: 'poem'"),
        (('whose = "office"', 'whose = "x"'), "block 1: whose 'x'"),
        (('style = "title"', 'style = "x"'), "block 2: style 'x'"),
        (('is = "list"', 'is = "song"'), "block 4: is 'song'"),
    ],
)
def test_a_text_that_is_no_paper_says_where_and_why(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        read(TEXT.replace(*change))
    assert refused.value.faults == [fault]


def test_a_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(PaperRefused):
        read("code = [")


def test_every_paper_asks_only_for_fields_that_exist() -> None:
    assert {code for text in papers().values() for code in text.fields} - set(FIELDS) == set()
    assert {code: text.languages for code, text in papers().items() if text.column} == {
        "letter_of_intent": ("id", "en", "ko", "zh"), "draft_memorandum": ("id", "en"),
        "draft_arrangement": ("id", "en"), "press_release": ("id", "en"),
    }  # fmt: skip


def test_a_machine_without_pango_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    with pytest.raises(pdf.NoPango, match="libpango-1.0-0"):
        drawing.drawn(composed("id")[0], "pdf")


def test_a_paper_that_takes_longer_than_the_settings_allow_is_given_up(settings: Any) -> None:
    settings.KEMBAR_DRAWING_SECONDS = 1
    rows = [[Cell(f"{number}."), Cell("bukti")] for number in range(60_000)]
    with pytest.raises(drawing.TooMuch):
        drawing.drawn(composed("id", known=replace(KNOWN, tables={"checks": rows}))[0], "docx")


def test_a_paper_that_takes_more_memory_than_the_settings_allow_is_given_up(settings: Any) -> None:
    settings.KEMBAR_DRAWING_MEMORY = 1
    with pytest.raises(drawing.TooMuch):
        drawing.drawn(composed("id")[0], "docx")


def test_what_draws_can_write_no_file(tmp_path: Path) -> None:
    """What libraries keep for every program, as the list of fonts, they would keep wrong when their memory runs out."""
    tried = "from kembar.papers.drawing import limit; limit(20, memory=10**10); open('list', 'wb', 0).write(b'none')"
    done = subprocess.run([sys.executable, "-c", tried], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(_ROOT)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.stderr.count("File too large"), (tmp_path / "list").read_text()) == (1, "")


def test_every_paper_says_in_four_languages_what_its_text_follows() -> None:
    assert {code: sorted(one.source) for code, one in papers().items()} == dict.fromkeys(
        papers(), ["en", "id", "ko", "zh"]
    )

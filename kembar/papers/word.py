"""A document as DOCX, to be worked on in any word processor."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kembar.papers.document import (
    Block,
    Document,
    Facts,
    Items,
    Letterhead,
    Line,
    Paragraph,
    Row,
    Run,
    Signatures,
    Table,
    Turn,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SIZES = {"title": 13, "small": 9}
_BOLD = ("title", "heading", "article")
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_ALIGNED = {"title": _CENTRE, "article": _CENTRE, "centre": _CENTRE, "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "body": WD_ALIGN_PARAGRAPH.JUSTIFY}  # fmt: skip
# The fonts of a European and of an East Asian run; every office program has these or something of the same width.
_LATIN, _EAST = "Arial", {"ko": "Malgun Gothic", "zh": "SimSun", "ja": "MS Gothic"}
_TAGS = {"ko": "ko-KR", "zh": "zh-CN", "ja": "ja-JP", "id": "id-ID", "en": "en-GB"}
_BLANK_ROOM = 4  # empty lines for a signature


def as_docx(document: Document) -> bytes:
    """The bytes of the file. Text keeps its order and its words; see `document.said`."""
    return _Writer(document).bytes()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = docx.Document()
        self.language = document.languages[0]
        self._set_up()

    def bytes(self) -> bytes:
        held: list[Row] = []
        for block in self.document.blocks:
            if isinstance(block, Row):
                held.append(block)
                continue
            self._columns(held)
            held = []
            self._draw(self.file, block)
        self._columns(held)
        self._foot()
        into = BytesIO()
        self.file.save(into)
        return into.getvalue()

    def _set_up(self) -> None:
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = _LATIN, Pt(11)
        style.paragraph_format.space_after = Pt(6)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        others = [code for code in self.document.languages if code[:2] in _EAST]
        fonts.set(qn("w:eastAsia"), _EAST[others[0][:2]] if others else _LATIN)
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        _margins(section)
        self.file.core_properties.title = self.document.title
        self.file.core_properties.author = ""
        self.file.core_properties.comments = ""
        self.file.core_properties.language = self.language

    def _foot(self) -> None:
        """What the paper is, and the page of how many, as in the PDF."""
        section = self.file.sections[0]
        paragraph: Any = section.footer.paragraphs[0]
        paragraph.style.paragraph_format.tab_stops.clear_all()
        right: Any = section.page_width
        edge = right - section.left_margin - section.right_margin
        paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{self.document.foot}\t").font.size = Pt(8)
        _count(paragraph, "PAGE")
        paragraph.add_run(" / ").font.size = Pt(8)
        _count(paragraph, "NUMPAGES")

    def _columns(self, rows: Sequence[Row]) -> None:
        """Rows in two languages that follow each other become one table without lines."""
        if not rows:
            return
        table = self.file.add_table(rows=0, cols=len(rows[0].columns))
        table.autofit = True
        for row in rows:
            cells = table.add_row().cells
            for cell, language, blocks in zip(cells, self.document.languages, row.columns, strict=True):
                self.language = language
                for block in blocks:
                    self._draw(cell, block)
                _drop_first(cell)
        self.language = self.document.languages[0]

    def _draw(self, into: Any, block: Block) -> None:
        match block:
            case Paragraph(runs=runs, style=style):
                self._paragraph(into, runs, style)
            case Items(items=items, marks=marks):
                for mark, item in zip(marks, items, strict=True):
                    self._item(into, mark, item)
            case Facts(rows=rows):
                self._facts(into, rows)
            case Table(head=head, rows=rows):
                self._table(into, head, rows)
            case Signatures(parties=parties):
                self._signatures(into, parties)
            case Letterhead():
                self._letterhead(into, block)
            case Turn(across=across):
                self._turn(across)

    def _paragraph(self, into: Any, runs: Line, style: str) -> Any:
        paragraph = into.add_paragraph()
        # A justified line that ends in a break would be pulled apart.
        broken = style == "body" and any("\n" in run.text for run in runs)
        paragraph.alignment = None if broken else _ALIGNED.get(style)
        if style in _BOLD:
            paragraph.paragraph_format.keep_with_next = True
        self._write(paragraph, runs, size=_SIZES.get(style), bold=style in _BOLD)
        return paragraph

    def _write(self, paragraph: Any, runs: Line, *, size: int | None = None, bold: bool = False) -> None:
        for run in runs:
            for number, line in enumerate(run.text.split("\n")):
                made = paragraph.add_run()
                if number:
                    made.add_break()
                made.add_text(line)
                made.bold, made.italic = (run.bold or bold) or None, run.italic or None
                if size:
                    made.font.size = Pt(size)
                if run.blank:
                    made.font.highlight_color = WD_COLOR_INDEX.YELLOW
                _speak(made, run.language or self.language)

    def _item(self, into: Any, mark: str, item: Line) -> None:
        paragraph = into.add_paragraph()
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(0.9), Cm(-0.9)
        shape.tab_stops.add_tab_stop(Cm(0.9))
        paragraph.add_run(f"{mark}\t")
        self._write(paragraph, item)

    def _facts(self, into: Any, rows: Iterable[tuple[str, Line]]) -> None:
        for label, value in rows:
            paragraph = into.add_paragraph()
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent, shape.space_after = Cm(3.2), Cm(-3.2), Pt(2)
            shape.tab_stops.add_tab_stop(Cm(2.8))
            shape.tab_stops.add_tab_stop(Cm(3.2))
            paragraph.add_run(f"{label}\t:\t")
            self._write(paragraph, value)
        _end(into)

    def _table(self, into: Any, head: Sequence[str], rows: Sequence[Sequence[Line]]) -> None:
        table = into.add_table(rows=1, cols=len(head))
        table.style = "Table Grid"
        small = 8 if len(head) > 5 else 10
        for cell, label in zip(table.rows[0].cells, head, strict=True):
            self._write(cell.paragraphs[0], (Run(label, bold=True),), size=small)
        if any(head):
            _repeat(table.rows[0])
        else:
            table._tbl.remove(table.rows[0]._tr)
        for row in rows:
            for cell, line in zip(table.add_row().cells, row, strict=True):
                self._write(cell.paragraphs[0], line, size=small)
        if any(head):
            self._narrow_first(table, head)
        _end(into)

    def _narrow_first(self, table: Any, head: Sequence[str]) -> None:
        """The column of numbers takes little room; the others share the rest. Word goes by the cells, LibreOffice by
        the columns of the table; no row is torn between two pages."""
        section: Any = self.file.sections[-1]
        rest = section.page_width - section.left_margin - section.right_margin - Cm(1)
        widths = [Cm(1), *[int(rest / (len(head) - 1))] * (len(head) - 1)]
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            _keep_together(row)
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width

    def _signatures(self, into: Any, parties: Sequence[tuple[Sequence[Line], Sequence[Line]]]) -> None:
        alone = len(parties) == 1
        table = into.add_table(rows=1, cols=2 if alone else len(parties))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _keep_together(table.rows[0])
        for cell, (above, below) in zip(table.rows[0].cells[1 if alone else 0 :], parties, strict=True):
            for line in (*above, *[()] * _BLANK_ROOM, *below):
                paragraph = cell.add_paragraph()
                paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
                self._write(paragraph, line)
            _drop_first(cell)
        _end(into)

    def _letterhead(self, into: Any, block: Letterhead) -> None:
        table = into.add_table(rows=1, cols=2 if block.picture else 1)
        cells = table.rows[0].cells
        if block.picture:
            table.autofit = False
            for cell, width in zip(cells, (Cm(2.6), Cm(13.4)), strict=True):
                cell.width = width
            cells[0].paragraphs[0].add_run().add_picture(BytesIO(block.picture), height=Cm(2.4))
        for number, line in enumerate(block.names):
            self._centred(cells[-1], line, size=16 if number == len(block.names) - 1 else 13, bold=True)
        for line in block.address:
            self._centred(cells[-1], line, size=9)
        _drop_first(cells[-1])
        _underline(into.add_paragraph())

    def _centred(self, cell: Any, line: Line, *, size: int, bold: bool = False) -> None:
        paragraph = cell.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
        self._write(paragraph, line, size=size, bold=bold)

    def _turn(self, across: bool) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        lying = section.orientation == WD_ORIENT.LANDSCAPE
        if across != lying:
            section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = section.page_height, section.page_width
        _margins(section)


def _margins(section: Any) -> None:
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(2.5), Cm(2.5), Cm(2), Cm(2),
    )  # fmt: skip


def _speak(run: Any, language: str) -> None:
    """Tells the spelling checker which language this is."""
    tag = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        tag.set(qn(name), _TAGS.get(language[:2], language))
    run._r.get_or_add_rPr().append(tag)


def _end(into: Any) -> None:
    """A table is followed by a paragraph, always; as small as can be, so that it begins no new page."""
    paragraph = into.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(4)


def _drop_first(cell: Any) -> None:
    """A new cell begins with an empty paragraph; what was drawn stands after it. The last one always stays."""
    first = cell.paragraphs[0]
    if not first.text and len(cell.paragraphs) > 1 and not first._p.xpath(".//pic:pic"):
        first._p.getparent().remove(first._p)


def _count(paragraph: Any, field: str) -> None:
    """A number the office program fills in."""
    counted, run = OxmlElement("w:fldSimple"), paragraph.add_run("1")
    counted.set(qn("w:instr"), field)
    run.font.size = Pt(8)
    run._r.addprevious(counted)
    counted.append(run._r)


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _underline(paragraph: Any) -> None:
    """The line under a letterhead."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("w:val", "double"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        line.set(qn(name), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = 0

"""What a paper says and how it is laid out, before it is a file: the one source that `word` and `markup` draw from.

Nothing here knows a format. A renderer draws every shape below or fails; none adds a word of its own, so what stands in
the DOCX stands in the PDF. `said()` is that text, and a test compares both files with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. `blank`: nobody has said this yet; it is drawn so that it cannot be overlooked. `language`:
    the one they are in, where it is not that of their column."""

    text: str
    bold: bool = False
    italic: bool = False
    blank: bool = False
    language: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: title, heading, article, body, centre, right, small."""

    runs: Line
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `marks` are written out (a., 1.), so that every program shows the same."""

    items: tuple[Line, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Label, colon, value: the head of a letter."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`head`: a label for each column, all of them empty for a table without a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """One column for each who signs: what stands over the name (the post), and what under the space (name, rank).

    A single one stands on the right, as on a letter.
    """

    parties: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Over a letter: the lines, the largest of them second to last of `names`, then the address in small letters."""

    names: tuple[Line, ...]
    address: tuple[Line, ...]
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page; from here on the pages lie across or stand upright."""

    across: bool


Block = Paragraph | Items | Facts | Table | Signatures | Letterhead | Turn


@dataclass(frozen=True, slots=True)
class Row:
    """The same thing in two languages, side by side."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`languages`: codes of the columns, the first of which is the paper's own. `foot`: what stands under each page."""

    title: str
    languages: tuple[str, ...]
    blocks: tuple[Block | Row, ...]
    foot: str = ""


def plain(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


def said(document: Document) -> list[str]:
    """Every piece of text of a document in its order."""
    return [text for text in _said(document.blocks) if text]


def _said(blocks: Sequence[Block | Row]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Row):
            for column in block.columns:
                yield from _said(column)
        else:
            yield from _said_by(block)


def _said_by(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs=runs):
            yield plain(runs)
        case Items(items=items, marks=marks):
            yield from (text for mark, item in zip(marks, items, strict=True) for text in (mark, plain(item)))
        case Facts(rows=rows):
            yield from (text for label, value in rows for text in (label, plain(value)))
        case Table(head=head, rows=rows):
            yield from (*head, *(plain(cell) for cells in rows for cell in cells))
        case Signatures(parties=parties):
            yield from (plain(line) for above, below in parties for line in (*above, *below))
        case Letterhead(names=names, address=address):
            yield from (plain(line) for line in (*names, *address))

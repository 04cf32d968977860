"""A document as HTML with classes alone: the page shows it before it is produced, and the PDF is made of it."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

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

_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def body_of(document: Document, *, level: int = 1) -> str:
    """The text as HTML, without a frame, every word escaped. `level`: which heading the title is on its page."""
    return "".join(_blocks(document, level))


def whole(document: Document, css: str) -> str:
    """A page that stands alone."""
    foot = css_text(document.foot)
    return (
        f'<!doctype html><html lang="{escape(document.languages[0])}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title><style>{css}\n@page {{ @bottom-left {{ content: {foot} }} }}</style>"
        f'</head><body class="paper">{body_of(document)}</body></html>'
    )


def css_text(text: str) -> str:
    """A text as CSS writes it."""
    return '"' + "".join(f"\\{ord(char):06x}" if char in '"\\<>\n' else char for char in text) + '"'


def _blocks(document: Document, level: int) -> Iterator[str]:
    held: list[Row] = []
    across = False
    for block in document.blocks:
        if isinstance(block, Row):
            held.append(block)
            continue
        yield from _columns(held, document.languages, level)
        held = []
        if isinstance(block, Turn):
            yield "</section>" if across else ""
            yield '<section class="across">' if block.across else '<section class="turned">'
            across = True
        else:
            yield _drawn(block, level)
    yield from _columns(held, document.languages, level)
    yield "</section>" if across else ""


def _columns(rows: Sequence[Row], languages: Sequence[str], level: int) -> Iterator[str]:
    if not rows:
        return
    yield '<table class="columns" role="presentation"><tbody>'
    for row in rows:
        cells = zip(languages, row.columns, strict=True)
        drawn = (f'<td lang="{escape(code)}">{"".join(_drawn(one, level) for one in col)}</td>' for code, col in cells)
        yield f"<tr>{''.join(drawn)}</tr>"
    yield "</tbody></table>"


def _drawn(block: Block, level: int) -> str:
    match block:
        case Paragraph(runs=runs, style=style):
            tag = {"title": f"h{level}", "heading": f"h{level + 1}", "article": f"h{level + 1}"}.get(style, "p")
            return f'<{tag} class="{style}">{line_of(runs)}</{tag}>'
        case Items(items=items, marks=marks):
            rows = zip(marks, items, strict=True)
            return _table("items", ((escape(mark), line_of(item)) for mark, item in rows))
        case Facts(rows=facts):
            return _table("facts", ((escape(label), ":", line_of(value)) for label, value in facts))
        case Table(head=head, rows=cells):
            return _grid(head, cells)
        case Signatures(parties=parties):
            return _signatures(parties)
        case Letterhead():
            return _letterhead(block)
        case Turn():
            raise ValueError("a page is not turned inside a column")


def line_of(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    found = escape(run.text).replace("\n", "<br>")
    for wanted, tag in ((run.italic, "em"), (run.bold, "strong"), (run.blank, "mark")):
        found = f"<{tag}>{found}</{tag}>" if wanted else found
    return f'<span lang="{escape(run.language)}">{found}</span>' if run.language else found


def _table(name: str, rows: Iterable[Sequence[str]]) -> str:
    drawn = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in drawn)
    return f'<table class="{name}" role="presentation"><tbody>{body}</tbody></table>'


def _grid(head: Sequence[str], rows: Sequence[Sequence[Line]]) -> str:
    wide, bare = " wide" if len(head) > 5 else "", "" if any(head) else " bare"
    top = "".join(f'<th scope="col">{escape(label)}</th>' for label in head)
    top = f"<thead><tr>{top}</tr></thead>" if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{line_of(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="grid{wide}{bare}">{top}<tbody>{body}</tbody></table>'


def _signatures(parties: Sequence[tuple[Sequence[Line], Sequence[Line]]]) -> str:
    drawn = (
        f'<td>{"<br>".join(map(line_of, above))}<div class="room"></div>{"<br>".join(map(line_of, below))}</td>'
        for above, below in parties
    )
    empty = "<td></td>" if len(parties) == 1 else ""
    return f'<table class="signed" role="presentation"><tbody><tr>{empty}{"".join(drawn)}</tr></tbody></table>'


def _letterhead(block: Letterhead) -> str:
    names = "".join(f"<p>{line_of(line)}</p>" for line in block.names)
    address = "".join(f'<p class="small">{line_of(line)}</p>' for line in block.address)
    picture = f'<div class="arms"><img alt="" src="{_address(block.picture)}"></div>' if block.picture else ""
    return f'<div class="head">{picture}<div class="names">{names}{address}</div></div>'


def _address(picture: bytes) -> str:
    kind = next(name for start, name in _PICTURES.items() if picture.startswith(start))
    return f"data:{kind};base64,{base64.b64encode(picture).decode('ascii')}"

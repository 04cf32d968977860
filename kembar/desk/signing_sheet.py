"""The sheet of a confirmation as a document to be drawn: the words of its page, in the language of who signs."""

from collections.abc import Sequence

from django.utils.translation import gettext

from kembar.countersign import queries
from kembar.countersign.shown import Row as ShownRow
from kembar.desk.confirming import SheetPoint
from kembar.papers.document import Block, Document, Paragraph, Run, Table
from kembar.web.dates import written_day


def document_of(asked: queries.Request, points: Sequence[SheetPoint], *, city: str) -> Document:
    """In the language of the page, which the caller sets to that of the request."""
    to = gettext("To %(who)s") % {"who": ", ".join(filter(None, (asked.name, asked.post)))}
    facts = [to, gettext("from the cooperation office of %(city)s") % {"city": city},
             gettext("Please answer by %(day)s.") % {"day": written_day(asked.answer_by)}]  # fmt: skip
    please = gettext("Please read each promise, tick whether it is right, sign, and send the sheet back to the office.")
    title = gettext("Confirmation of what was promised")
    blocks: list[Block] = [
        Paragraph((Run(title),), "title"),
        Paragraph((Run(" · ".join(facts)),)),
        Paragraph((Run(please),)),
    ]
    for number, point in enumerate(points, start=1):
        blocks += _promise(number, point)
    labels = (gettext("Name"), gettext("Post"), gettext("Date"), gettext("Signature and seal"))
    empty = ((Run("\n"),),)
    blocks.append(Table(("", ""), tuple(((Run(label, bold=True),), *empty) for label in labels)))
    return Document(title, (asked.language,), tuple(blocks), "")


def _promise(number: int, point: SheetPoint) -> list[Block]:
    heading = gettext("Promise %(number)s") % {"number": number}
    rows = tuple(((Run(row.label, bold=True),), _said(row)) for row in point.rows)
    tick = f"☐ {gettext('This is right.')}   ☐ {gettext('This is not right:')} {'_' * 30}"
    return [
        Paragraph((Run(heading),), "heading"),
        Table(("", ""), rows),
        Paragraph((Run(tick),)),
        Paragraph((Run(f"{gettext('Fingerprint:')} {point.fingerprint}"),), "small"),
    ]


def _said(row: ShownRow) -> tuple[Run, ...]:
    """What it says in each language, the signer's first; a language that lacks it says why."""
    cells = [(cell.text, cell.lack) for cell in row.cells]
    runs: list[Run] = []
    for at, (text, lack) in enumerate(cells):
        runs += [Run(f"{chr(10) if at else ''}{text}")] + ([Run(f" {lack}", italic=True)] if lack else [])
    return tuple(runs)

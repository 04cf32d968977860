"""Producing a paper: composed, drawn and checked first, which takes its time; kept in one transaction after."""

from contextlib import ExitStack
from io import BytesIO

from kembar.access.permissions import Actor
from kembar.files.store import receive
from kembar.lib.tables import file_name
from kembar.papers import drawing, pdf, queries
from kembar.papers.actions import Drawn, WrongPaper, keep_produced
from kembar.papers.models import Produced
from kembar.papers.text import PaperText
from kembar.procedure.models import Case


def produce(case: Case, *, by: Actor, text: PaperText, column: str) -> Produced:
    """The paper as it stands now, as DOCX and, where this machine can draw one, as PDF, kept in the partner's file.

    Raises WrongPaper, drawing.TooMuch, files.store.NoRoom, files.rules.Refused.
    """
    if text.column and column not in queries.columns_of(text, case=case):
        raise WrongPaper("column", code="unknown")
    today = case.office.today()
    made = queries.composed(text, case=case, column=column, on=today)
    name = (text.name["id"], case.partnership.english_name, today.isoformat())
    drawn = Drawn(text, made.document.languages, [f"{lack.code}:{lack.language}" for lack in made.lacks])
    endings = ("docx", "pdf") if pdf.is_possible() else ("docx",)
    with ExitStack() as stack:
        arrived = [
            stack.enter_context(receive(BytesIO(data), name=file_name(*name, extension=ending)))
            for ending, data in drawing.drawn(made.document, *endings)
        ]
        return keep_produced(case, by=by, drawn=drawn, arrived=arrived)

"""A text in, what the reader finds in it out: the same answer as the page and `kembar read` give. Nothing is kept."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.access.permissions import Permission
from kembar.api.fields import Day, Field, Shape, Text, lacking
from kembar.api.operation import Call, Operation, by_token
from kembar.api.problems import Fault, invalid
from kembar.api.shapes import TEXT, WHOLE, many, record
from kembar.intake.actions import LONGEST
from kembar.intake.readings import reading_of

_SPANNED: Shape = {
    "type": "object",
    "properties": {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
        "rule": TEXT,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    },
}
FINDING: Shape = {
    **_SPANNED, "title": "Finding", "required": ["start", "end", "rule", "confidence"],
    "description": "What was found, where (characters of the text that was sent, the end not included), by which rule "
    "and how surely; below 0.5 it is a question. Further parts depend on the kind.",
}  # fmt: skip
READING = record(
    "Reading",
    "What the reader finds in a text. Telephone numbers are masked before it is read.",
    language=TEXT, length=WHOLE, notes=many(TEXT), cities=many(FINDING), countries=many(FINDING), dates=many(FINDING),
    money=many(FINDING), agreements=many(FINDING), commitments=many(FINDING), checks=many(FINDING), people=many(TEXT),
    people_details=many(FINDING), sectors=many(TEXT), sectors_details=many(FINDING),
    boilerplate=many({"type": "object", "required": ["start", "end", "kind"],
                      "properties": {"start": WHOLE, "end": WHOLE, "kind": TEXT}}),
)  # fmt: skip
BODY: tuple[Field, ...] = (
    Text(name="text", about=gettext_lazy("The text: an article, minutes, a letter."), required=True, longest=LONGEST,
         as_it_stands=True),
    Day(name="published", about=gettext_lazy("The day it was published; “yesterday” is counted from it.")),
)  # fmt: skip


def read(call: Call) -> dict[str, Any]:
    text, published = call.body["text"], call.body["published"]
    if not text.strip():
        raise invalid([Fault("#/text", lacking(BODY[0], empty=True))])
    return reading_of(text, published=published).as_json()


OPERATIONS = [
    Operation(
        name="readText", method="POST", path="/readings", group="readings",
        summary=gettext_lazy("Finds cities, people, dates, money, agreements and promises in a text"),
        entry=by_token(Permission.READ_TEXTS), run=read, shape=READING, body=BODY, problems=(403, 413), weight=10,
    )
]  # fmt: skip

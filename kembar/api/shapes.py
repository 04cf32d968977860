"""What answers look like: JSON Schema in small parts, and the values that fit them."""

from collections.abc import Iterable
from typing import Any

from kembar.api.fields import Shape
from kembar.lib.dates import EdtfDate, Precision

TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
NUMBER: Shape = {"type": "number"}
FLAG: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}


def maybe(shape: Shape) -> Shape:
    """Or null: not known, or not for this caller."""
    if "type" in shape and "title" not in shape:
        open_too: Shape = {**shape, "type": [shape["type"], "null"]}
        return {**open_too, "enum": [*shape["enum"], None]} if "enum" in shape else open_too
    return {"anyOf": [shape, {"type": "null"}]}


def code(codes: Iterable[str]) -> Shape:
    return {"type": "string", "enum": list(codes)}


def many(shape: Shape) -> Shape:
    return {"type": "array", "items": shape}


def record(title: str, about: str, /, **parts: Shape) -> Shape:
    """An object with exactly these parts; under its title it stands once in the description."""
    return {
        "title": title, "type": "object", "description": about, "properties": parts, "required": list(parts),
        "additionalProperties": False,
    }  # fmt: skip


def listing(shape: Shape) -> Shape:
    """One page of a list."""
    return record(
        f"PageOf{shape['title']}s",
        "One page of a list. The header Link names the first, the previous and the next page.",
        items=many(shape),
        page={"type": "integer", "minimum": 1},
        next=maybe({"type": "string"}),
    )


DATE: Shape = record(
    "Date",
    "A date as far as it is known. An end that is open is null.",
    edtf={"type": "string", "description": "ISO 8601-2 (EDTF)"},
    precision=code(Precision),
    earliest=maybe(DAY),
    latest=maybe(DAY),
)
NAMES: Shape = {
    "type": "object",
    "description": "The name in each language of the site.",
    "properties": {"id": TEXT, "en": TEXT, "ko": TEXT, "zh": TEXT},
    "required": ["id", "en", "ko", "zh"],
    "additionalProperties": False,
}


def dated(value: EdtfDate | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "edtf": value.edtf,
        "precision": str(value.precision),
        "earliest": value.earliest.isoformat() if value.earliest else None,
        "latest": value.latest.isoformat() if value.latest else None,
    }


def named(usual: dict[str, str], english: str) -> dict[str, str]:
    """`usual`: names by language, as cities.queries.usual_names gives them."""
    return {language: usual.get(language) or english for language in ("id", "en", "ko", "zh")}

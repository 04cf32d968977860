"""Dates as people write them, as EDTF with granularity and anchor; what is unknown stays unknown (XXXX-09-27)."""

from __future__ import annotations

from datetime import date

from kembar.intake.extract.dates import eastern, western
from kembar.intake.extract.dates.resolve import Resolver
from kembar.intake.extract.dates.spotted import Spotted
from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import DateMention

__all__ = ["find", "reference_day"]


def find(document: Document) -> list[DateMention]:
    """In text order, none overlapping. Relative dates only where something says what they are relative to."""
    resolver = Resolver(document, _without_overlaps(_spotted(document)))
    return resolver.mentions()


def reference_day(document: Document) -> date | None:
    """The day the text was published or, failing that, the day its own byline or first full date names."""
    return Resolver(document, _without_overlaps(_spotted(document))).reference


def _spotted(document: Document) -> list[Spotted]:
    spotted = list(western.find(document.text, document.language))
    if document.language == "ko":
        spotted += eastern.korean(document.text)
    elif document.language in {"zh", "ja"} or "年" in document.text:
        spotted += eastern.chinese(document.text)
    elif "년" in document.text:
        spotted += eastern.korean(document.text)
    return spotted


def _without_overlaps(spotted: list[Spotted]) -> list[Spotted]:
    """Of those that share characters the one that starts first, then the longest; ends of one range stay together."""
    kept: list[Spotted] = []
    end = -1
    for one in sorted(spotted, key=lambda s: (s.start, -s.end, s.rule == "year")):
        if one.start >= end:
            kept.append(one)
            end = one.end
    return kept

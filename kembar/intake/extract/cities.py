"""The bare names of cities, each told from its namesakes."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import CityMention


def find(document: Document) -> list[CityMention]:
    return []

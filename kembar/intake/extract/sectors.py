"""The fields of cooperation a text speaks of, by the words of each field."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Sector


def find(document: Document) -> list[Sector]:
    return []

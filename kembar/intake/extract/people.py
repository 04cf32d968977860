"""People with their offices."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Person


def find(document: Document) -> list[Person]:
    return []

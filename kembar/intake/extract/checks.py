"""What a person must look at before believing the text."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Check


def find(document: Document) -> list[Check]:
    return []

"""Dates as people write them, as EDTF."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import DateMention


def find(document: Document) -> list[DateMention]:
    return []

"""Letters of intent, memoranda, sister-city ties: kind, parties, status, date."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Agreement


def find(document: Document) -> list[Agreement]:
    return []

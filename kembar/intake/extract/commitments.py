"""Promises with actor, counterpart, action, due date and modality."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Commitment


def find(document: Document) -> list[Commitment]:
    return []

"""Codes that say why a text gave little or nothing, or how far to trust what it gave."""

from __future__ import annotations

from kembar.intake.extract.document import Document


def find(document: Document, raw: str) -> list[str]:
    """Codes in a fixed order; no code where there is nothing to say."""
    notes = []
    if not raw.strip():
        notes.append("empty")
    return notes

"""Countries by name, people's names and short forms."""

from __future__ import annotations

from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import CountryMention


def find(document: Document) -> list[CountryMention]:
    return []

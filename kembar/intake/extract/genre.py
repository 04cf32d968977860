"""What kind of text this is: only reports hold promises that somebody made."""

from __future__ import annotations

from functools import cache

from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.sieve import Sought

FEWEST_SPORT = 5


@cache
def _pattern(key: str) -> Sought:
    return Sought(load("language", "genre")[key])


def _count(key: str, text: str) -> int:
    return sum(1 for _ in _pattern(key).finditer(text))


def of(document: Document) -> str:
    """report, explainer (defines, names no source), opinion or sport. Needs the people found before; told once."""
    if document.genre is None:
        document.genre = _told(document)
    return document.genre


def _told(document: Document) -> str:
    text = " ".join(document.words(sentence) for sentence in document.prose())
    if not text:
        return "report"
    if _pattern("opinion").search(document.text[:600]):
        return "opinion"
    sport = _count("sport", text)
    if sport >= FEWEST_SPORT and sport > 3 * _count("cooperation", text) and not _pattern("tie").search(text):
        return "sport"
    sourced = any(person.office or person.rule in {"said_by", "says"} for person in document.people) or any(
        quote.speaker for quote in document.quotes
    )
    if not sourced and _pattern("explainer").search(text):
        return "explainer"
    return "report"

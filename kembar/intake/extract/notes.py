"""Codes that say why a text gave little or nothing, or how far to trust what it gave."""

from __future__ import annotations

import re
from functools import cache

from kembar.intake.extract.dates.spotted import full_year
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import languages, load
from kembar.intake.extract.sieve import Sought
from kembar.intake.extract.text import INVISIBLE

CODES = {
    "empty": "nothing to read",
    "no_text": "signs, but hardly any words: a picture of text or a broken file",
    "wrong_encoding": "letters broken by a wrong character set",
    "cut_off": "longer than the reader reads; the rest was left",
    "hidden_characters": "characters nobody sees, or that turn the direction of reading, were taken out",
    "language_not_supported": "read as far as names and numbers go",
    "language_close": "a neighbour of Indonesian, read with its rules",
    "about_sport": "a report on a match",
    "old_text": "speaks of a time before 1950",
    "no_city_found": "no city",
    "no_cooperation_found": "nothing about cities working together",
    "relative_dates_without_anchor": "says 'yesterday' or 'next year' and nothing says when that was",
}
"""Every code, with what it means in English; the pages translate them."""

MOJIBAKE = re.compile("[ÃÂ][\x80-¿]|â€|ï¿½|\ufffd|Ð[\x80-¿]|ì[\x80-¿]{2}|å[\x80-¿]{2}|ã\x80")
OLD = re.compile(r"(?<!\d)1[5-9]\d\d(?!\d)")
LONGEST = 1_000_000
"""Characters that are read; a newspaper page has five thousand."""


def find(document: Document, raw: str) -> list[str]:
    """Codes in the order of `CODES`; none where there is nothing to say."""
    text = document.text
    if not text.strip():
        return ["empty"]
    letters = sum(map(str.isalpha, text[:20_000]))
    notes = []
    if letters < 20 or letters < 0.3 * len(text[:20_000].replace(" ", "").replace("\n", "")):
        notes.append("no_text")
    if len(MOJIBAKE.findall(text[:20_000])) > 2:
        notes.append("wrong_encoding")
    if len(raw) > LONGEST:
        notes.append("cut_off")
    if INVISIBLE.search(raw[:LONGEST].lstrip("\ufeff")):
        notes.append("hidden_characters")
    return notes + _language(document) + _subject(document)


def _language(document: Document) -> list[str]:
    if document.language in {"ms", "su", "jv"}:
        return ["language_close"]
    return [] if document.language in languages("speech") else ["language_not_supported"]


def _subject(document: Document) -> list[str]:
    notes = []
    language = document.language if document.language in languages("subject") else "en"
    table = load("subject", {"ms": "id", "su": "id", "jv": "id"}.get(document.language, language))
    text = document.text
    ties = _count(text, table["cooperation"])
    if _count(text, table["match"]) >= 3 and not ties:
        notes.append("about_sport")
    years = [full_year(year) for year in OLD.findall(document.text)]
    if years and max(years) < 1950 and (document.published is None or document.published.year < 1950):
        notes.append("old_text")
    if not document.cities:
        notes.append("no_city_found")
    if not (ties or document.agreements or document.commitments):
        notes.append("no_cooperation_found")
    if document.published is None and not document.dates and _count(text, table["relative"]):
        notes.append("relative_dates_without_anchor")
    return notes


def _count(text: str, words: str) -> int:
    return sum(1 for _ in _sought(words).finditer(text))


@cache
def _sought(words: str) -> Sought:
    return Sought(words)

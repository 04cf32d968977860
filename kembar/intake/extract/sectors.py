"""The fields of cooperation a text speaks of, by the words of each field in the text's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import Sector
from kembar.intake.extract.words import HANGUL_OR_HAN, WORD, Names, fold, simplified

CODES = ("ai_digital", "agriculture", "health", "green_economy", "waste", "transport_ev", "creative_economy", "msme",
         "education", "vocational", "culture", "tourism", "trade_investment", "governance", "disaster_resilience",
         "youth", "sport", "urban_planning", "research", "social_media")  # fmt: skip
EASTERN = {"ko", "zh"}
WEAK, OUTSIDE, AGAIN, ENOUGH = 0.4, 0.8, 0.3, 0.8
"""Weight of a weak cue, of one where no cooperation is spoken of, of one said again; what makes a field."""


@cache
def _words(language: str) -> Names:
    """Cues in Latin letters, each with the numbers of its fields; in Indonesian with its endings too."""
    names = Names([])
    for code, cues in load("sectors", language).get("strong", {}).items():
        for cue in cues.split("|"):
            names.add(cue, CODES.index(code))
            if language == "id" and " " not in cue and len(cue) > 3:
                names.add(cue + "nya", CODES.index(code))
    return names


@cache
def _automaton(language: str) -> tuple[AhoCorasick, list[list[int]], list[str]]:
    meanings: dict[str, list[int]] = defaultdict(list)
    for code, cues in load("sectors", language).get("strong", {}).items():
        for cue in cues.split("|"):
            meanings[cue].append(CODES.index(code))
    return AhoCorasick(list(meanings), matchkind=MatchKind.LeftmostLongest), list(meanings.values()), list(meanings)


@cache
def _weak(language: str) -> frozenset[str]:
    """Cues that tell a field only together with others; folded as the cues are found."""
    words = load("sectors", language).get("weak", {}).get("words", "").split("|")
    return frozenset(_key(word) for word in words) | frozenset(_key(word) + "nya" for word in words)


def _key(cue: str) -> str:
    return cue if HANGUL_OR_HAN.search(cue) else " ".join(fold(part) for part in WORD.findall(cue))


@cache
def _cooperation(language: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, load("sectors", language).get("weak", {}).get("cooperation", "").split("|")))
    return re.compile(words if language in EASTERN else rf"\b(?:{words})\b", re.IGNORECASE)


def find(document: Document) -> list[Sector]:
    """In the order of `CODES`; each field at its first cue. Nothing from adverts.

    A cue weighs 1, a weak one less, less where its sentence speaks of no cooperation; said again it adds a little.
    """
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    weights: dict[int, dict[str, float]] = defaultdict(dict)
    language = _own(document.language)
    joint: dict[int, bool] = {}
    for start, end, key, codes in _cues(document, language):
        index = document.sentence_index(start)
        if index is None or document.sentences[index].is_boilerplate:
            continue
        if index not in joint:
            joint[index] = _cooperation(language).search(document.words(document.sentences[index])) is not None
        weight = (WEAK if key in _weak(language) else 1.0) * (1.0 if joint[index] else OUTSIDE)
        for code in codes:
            spans[code].append((start, end))
            before = weights[code].get(key, 0.0)
            weights[code][key] = max(before, weight) + (AGAIN if before else 0.0)
    return [
        Sector(start=spans[code][0][0], end=spans[code][0][1], rule="sector_cue", code=CODES[code],
               confidence=min(0.3 + 0.3 * sum(weights[code].values()), 0.95), spans=tuple(spans[code]))
        for code in sorted(spans) if sum(weights[code].values()) >= ENOUGH
    ]  # fmt: skip


def _own(language: str) -> str:
    language = {"ms": "id", "su": "id", "jv": "id", "ja": "zh"}.get(language, language)
    return language if load("sectors", language) else "en"


def _cues(document: Document, language: str) -> Iterator[tuple[int, int, str, list[int]]]:
    if language in EASTERN:
        automaton, meanings, cues = _automaton(language)
        for number, start, end in automaton.find_matches_as_indexes(simplified(document.text)):
            yield start, end, cues[number], meanings[number]
        return
    words = document.tokens()
    names = _words(language)
    for first, last, key in names.find(document.text, words):
        yield words[first].start, words[last - 1].end, key, names.meanings[key]

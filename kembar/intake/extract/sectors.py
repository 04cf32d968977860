"""The fields of cooperation a text speaks of, by the words of each field in the text's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kembar.intake.extract import genre
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import Sector
from kembar.intake.extract.words import HANGUL_OR_HAN, WORD, Names, fold, simplified

CODES = ("ai_digital", "agriculture", "health", "green_economy", "waste", "transport_ev", "creative_economy", "msme",
         "education", "vocational", "culture", "tourism", "trade_investment", "governance", "disaster_resilience",
         "youth", "sport", "urban_planning", "research", "social_media")  # fmt: skip
EASTERN = {"ko", "zh"}
CAPITALS = {"id", "en"}
NOTHING = -1
WEAK, OUTSIDE, IN_A_NAME, AGAIN, ENOUGH = 0.5, 0.9, 0.4, 0.3, 0.8
"""Weight of a weak cue, of one where no cooperation is spoken of, of one inside a name, of one said again; what makes
a field."""


@cache
def _neutral(language: str) -> tuple[str, ...]:
    """Words that hold a cue and mean something else: 发展 is no exhibition (展), "duta besar" no youth (duta)."""
    words = load("sectors", language).get("neutral", {}).get("words", "")
    return tuple(words.split("|")) if words else ()


@cache
def _words(language: str) -> Names:
    """Cues in Latin letters, each with the numbers of its fields; in Indonesian with its endings too."""
    names = Names([])
    for code, cues in load("sectors", language).get("strong", {}).items():
        for cue in cues.split("|"):
            names.add(cue, CODES.index(code))
            if language == "id" and " " not in cue and len(cue) > 3:
                names.add(cue + "nya", CODES.index(code))
    for word in _neutral(language):
        names.add(word, NOTHING)
    return names


@cache
def _automaton(language: str) -> tuple[AhoCorasick, list[list[int]], list[str]]:
    meanings: dict[str, list[int]] = defaultdict(list)
    for code, cues in load("sectors", language).get("strong", {}).items():
        for cue in cues.split("|"):
            meanings[cue].append(CODES.index(code))
    for word in _neutral(language):
        meanings.setdefault(word, [])
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
    """In the order of `CODES`, each at its first cue. Nothing from adverts, opinions, explainers and match reports.

    A cue weighs 1, a weak one less, less where its sentence speaks of no cooperation; said again it adds a little.
    Needs the people found before, as `genre.of` does.
    """
    if genre.of(document) != "report":
        return []
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
        if language in CAPITALS and _in_a_name(document.text, document.sentences[index], start, end):
            weight *= IN_A_NAME
        for code in codes:
            spans[code].append((start, end))
            before = weights[code].get(key, 0.0)
            weights[code][key] = max(before, weight) + (AGAIN if before else 0.0)
    return [
        Sector(start=spans[code][0][0], end=spans[code][0][1], rule="sector_cue", code=CODES[code],
               confidence=min(0.3 + 0.3 * sum(weights[code].values()), 0.95), spans=tuple(spans[code]))
        for code in sorted(spans) if sum(weights[code].values()) >= ENOUGH
    ]  # fmt: skip


def _in_a_name(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """ "Dinas Pendidikan", "Universitas Padjadjaran": a capital beside a capital, in the middle of a sentence."""
    if not text[start].isupper() or sentence.kind == "heading" or start < sentence.start + 3:
        return False
    before, after = text[max(sentence.start, start - 25) : start].split(), text[end : end + 20].split()
    return bool(before and before[-1][0].isupper()) or bool(after and after[0][0].isupper())


def _own(language: str) -> str:
    language = {"ms": "id", "su": "id", "jv": "id", "ja": "zh"}.get(language, language)
    return language if load("sectors", language) else "en"


def _cues(document: Document, language: str) -> Iterator[tuple[int, int, str, list[int]]]:
    if language in EASTERN:
        automaton, meanings, cues = _automaton(language)
        for number, start, end in automaton.find_matches_as_indexes(simplified(document.text)):
            if meanings[number]:
                yield start, end, cues[number], meanings[number]
        return
    words = document.tokens()
    names = _words(language)
    for first, last, key in names.find(document.text, words):
        codes = names.meanings[key]
        if NOTHING not in codes:
            yield words[first].start, words[last - 1].end, key, codes

"""The fields of cooperation a text speaks of, by the words of each field in the text's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kembar.intake.extract import genre
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import Sector
from kembar.intake.extract.words import Names, simplified

CODES = ("ai_digital", "agriculture", "health", "green_economy", "waste", "transport_ev", "creative_economy", "msme",
         "education", "vocational", "culture", "tourism", "trade_investment", "governance", "disaster_resilience",
         "youth", "sport", "urban_planning", "research", "social_media")  # fmt: skip
EASTERN = {"ko", "zh"}
CAPITALS = {"id", "en"}
NOTHING = -1
STRONG, WEAK, FAINT = range(3)
WEIGHTS = (1.0, 0.5, 0.25)
AGAINS = (0.3, 0.3, 0.1)
OUTSIDE, IN_PASSING, IN_A_NAME, MOST_FAINT, ENOUGH = 0.9, 0.3, 0.4, 0.5, 0.8
"""What strong, weak and faint cues weigh and what they add when said again; less where no cooperation is spoken of, in
passing or inside a name; what all faint cues of a field weigh together at most; what makes a field."""
LEAST_LISTED, WIDEST_GAP = 3, 34


@cache
def _neutral(language: str) -> tuple[str, ...]:
    """Words that hold a cue and mean something else: 发展 is no exhibition (展), "duta besar" no youth (duta)."""
    words = load("sectors", language).get("neutral", {}).get("words", "")
    return tuple(words.split("|")) if words else ()


def _entries(language: str) -> Iterator[tuple[str, int]]:
    """Every cue with its meaning: the number of its field, raised by the number of fields for each tier below."""
    table = load("sectors", language)
    tiers = {cue: tier for tier, key in ((WEAK, "weak"), (FAINT, "faint")) for cue in _listed(table, key)}
    for code, cues in table.get("strong", {}).items():
        for cue in cues.split("|"):
            bare = cue.removeprefix("*")
            tier = max(tiers.get(bare, STRONG), WEAK if cue != bare else STRONG)
            yield bare, CODES.index(code) + tier * len(CODES)


def _listed(table: dict[str, dict[str, str]], key: str) -> list[str]:
    return table.get(key, {}).get("words", "").split("|")


@cache
def _words(language: str) -> Names:
    """Cues in Latin letters, each with its meanings; in Indonesian with its endings too."""
    names = Names([])
    for cue, meaning in _entries(language):
        names.add(cue, meaning)
        if language == "id" and " " not in cue and len(cue) > 3:
            names.add(cue + "nya", meaning)
    for word in _neutral(language):
        names.add(word, NOTHING)
    return names


@cache
def _automaton(language: str) -> tuple[AhoCorasick, list[list[int]], list[str]]:
    meanings: dict[str, list[int]] = defaultdict(list)
    for cue, meaning in _entries(language):
        meanings[cue].append(meaning)
    for word in _neutral(language):
        meanings.setdefault(word, [])
    return AhoCorasick(list(meanings), matchkind=MatchKind.LeftmostLongest), list(meanings.values()), list(meanings)


@cache
def _cooperation(language: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, load("sectors", language).get("weak", {}).get("cooperation", "").split("|")))
    return re.compile(words if language in EASTERN else rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _listing(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words that open a list of fields, and what stands between its members."""
    table = load("sectors", language).get("lists", {})
    return re.compile(table.get("opens", "(?!)"), re.IGNORECASE), re.compile(table.get("between", ","), re.IGNORECASE)


@dataclass(slots=True)
class Score:
    """What speaks for one field: the weight of each cue, and what faint ones add together."""

    cues: dict[str, float] = field(default_factory=dict)
    faint: dict[str, float] = field(default_factory=dict)

    def add(self, key: str, tier: int, factor: float) -> None:
        held = self.faint if tier == FAINT else self.cues
        before = held.get(key, 0.0)
        held[key] = max(before, WEIGHTS[tier] * factor) + (AGAINS[tier] if before else 0.0)

    @property
    def total(self) -> float:
        return sum(self.cues.values()) + min(MOST_FAINT, sum(self.faint.values()))


class Cue(NamedTuple):
    start: int
    end: int
    key: str
    meanings: list[int]
    sentence: int


def find(document: Document) -> list[Sector]:
    """In the order of `CODES`, each at its first cue. Nothing from adverts, opinions, explainers and match reports.

    A cue weighs by its tier, less where its sentence speaks of no cooperation; said again it adds a little. In a list
    of fields ("di bidang ekonomi, seni, dan riset") a weak cue weighs as much as a strong one.
    Needs the people found before, as `genre.of` does.
    """
    if genre.of(document) != "report":
        return []
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    scores: dict[int, Score] = defaultdict(Score)
    language = _own(document.language)
    cues = list(_placed(document, language))
    listed = _in_lists(document, language, cues)
    factors: dict[int, float] = {}
    for number, cue in enumerate(cues):
        sentence = document.sentences[cue.sentence]
        if cue.sentence not in factors:
            factors[cue.sentence] = _share(document, language, sentence)
        factor = factors[cue.sentence]
        if language in CAPITALS and _in_a_name(document.text, sentence, cue.start, cue.end):
            factor *= IN_A_NAME
        for meaning in cue.meanings:
            tier, code = divmod(meaning, len(CODES))
            spans[code].append((cue.start, cue.end))
            scores[code].add(cue.key, STRONG if tier == WEAK and number in listed else tier, factor)
    return [
        Sector(start=spans[code][0][0], end=spans[code][0][1], rule="sector_cue", code=CODES[code],
               confidence=min(0.3 + 0.3 * scores[code].total, 0.95), spans=tuple(spans[code]))
        for code in sorted(spans) if scores[code].total >= ENOUGH
    ]  # fmt: skip


@cache
def _background(language: str, key: str) -> re.Pattern[str]:
    return re.compile(load("sectors", language).get("background", {}).get(key, "(?!)"), re.IGNORECASE)


def _share(document: Document, language: str, sentence: Sentence) -> float:
    """How far the cues of a sentence count: less where it speaks of no cooperation, little where it only tells what a
    city is like, what guests were shown or what was not agreed."""
    words = document.words(sentence)
    if _background(language, "denied").search(words):
        return IN_PASSING
    if _cooperation(language).search(words) is not None:
        return 1.0
    if any(_background(language, key).search(words) for key in ("profile", "visit")):
        return IN_PASSING
    return OUTSIDE


def _placed(document: Document, language: str) -> Iterator[Cue]:
    """The cues of the sentences that count."""
    for start, end, key, meanings in _cues(document, language):
        index = document.sentence_index(start)
        if index is not None and not document.sentences[index].is_boilerplate:
            yield Cue(start, end, key, meanings, index)


def _in_lists(document: Document, language: str, cues: list[Cue]) -> set[int]:
    """The numbers of the cues in a list of fields: three in a row, or two after words that open one."""
    opens, between = _listing(language)
    answer: set[int] = set()
    run: list[int] = []
    for number in range(len(cues) + 1):
        if run and number < len(cues) and _follows(document.text, between, cues[run[-1]], cues[number]):
            run.append(number)
            continue
        if len(run) > 1:
            first, last = cues[run[0]], cues[run[-1]]
            sentence = document.sentences[first.sentence]
            before, after = document.text[sentence.start : first.start], document.text[last.end : sentence.end]
            opened = opens.search(f"{before} | {after}") is not None
            fields = {meaning % len(CODES) for one in run for meaning in cues[one].meanings}
            if len(fields) >= (2 if opened else LEAST_LISTED):
                answer.update(run)
        elif run:
            only = cues[run[0]]
            if _directly_opened(document, language, only):
                answer.add(run[0])
        run = [number]
    return answer


def _directly_opened(document: Document, language: str, cue: Cue) -> bool:
    """ "di bidang ekonomi": the words stand right beside the cue."""
    beside = load("sectors", language).get("lists", {}).get("beside")
    if beside is None:
        return False
    before, after = document.text[max(0, cue.start - 24) : cue.start], document.text[cue.end : cue.end + 8]
    return re.search(beside, f"{before}|{after}", re.IGNORECASE) is not None


def _follows(text: str, between: re.Pattern[str], one: Cue, other: Cue) -> bool:
    gap = text[one.end : other.start]
    return one.sentence == other.sentence and len(gap) <= WIDEST_GAP and between.search(gap) is not None


BODY = re.compile(
    r"\b(?:Dinas|Kementerian|Badan|Komisi|Komite|Direktorat|Biro|Balai|Kepala|Asisten|Staf|Menteri|Universitas|Institut"
    r"|Politeknik|Ministry|Minister|Department|Office|Bureau|Committee|Commission|University|College|Institute|Secretary"
    r"|Division|Directorate|Board|Director|Agency)\b(?:[ ,]+(?:[A-Z][\w-]*|dan|serta|of|for|and|the|&))*[ ,]+$"
)


def _in_a_name(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """ "Dinas Pendidikan", "Universitas Padjadjaran": a capital beside a capital within a sentence, or in the
    name of a body ("Dinas Kebudayaan, Kepemudaan dan Olahraga")."""
    if not text[start].isupper() or sentence.kind == "heading" or start < sentence.start + 3:
        return False
    if BODY.search(text[max(sentence.start, start - 80) : start]):
        return True
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
        held = names.meanings[key]
        if NOTHING not in held:
            yield words[first].start, words[last - 1].end, key, held

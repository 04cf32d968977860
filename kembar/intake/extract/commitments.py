"""Promises with actor, counterpart, action, due date and modality."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kembar.intake.extract import cues, genre
from kembar.intake.extract.cues import Cues, Hit
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.parties import Cast
from kembar.intake.extract.reading import Commitment, DateMention
from kembar.intake.extract.sieve import Places, between
from kembar.intake.extract.words import simplified

QUESTION = re.compile(r"[?？][\"”’')\]]*\s*$")
CONFIDENCE = {"planned": 0.8, "hoped": 0.75, "offered": 0.75, "done": 0.65}
WEAK = frozenset(
    {"is_hoped", "under_way", "held", "present_plan", "supports", "could", "possibly", "visited", "soon", "later"}
)
# Cues that hold for what was and for what comes; the dates beside them decide.
CALENDAR = frozenset(
    {"past_act", "visited", "held", "did", "so_far", "casual", "agreed_act", "row", "present", "present_plan", "we_do"}
)
LONGEST_ACTION = 200
SHORTEST_ITEM = 12
LONG_LINE = 60
SHORT_LINE = 45


@dataclass(slots=True)
class Clause:
    start: int
    end: int
    hit: Hit | None = None


def find(document: Document) -> list[Commitment]:
    """In the order of the text. Headings repeat the text and hold none; nor do explainers, opinions and sport."""
    table = _table(document)
    if table is None or genre.of(document) != "report":
        return []
    text = simplified(document.text) if document.language == "zh" else document.text
    cast = Cast.of(document)
    found: list[Commitment] = []
    lines = _Lines(document)
    places = table.sieve.places(text)
    for sentence in document.prose():
        words = document.words(sentence)
        if not lines.admits(sentence, words) or QUESTION.search(words):
            continue
        if table.hearsay is not None and table.hearsay.search(words):
            continue
        clauses = _clauses(table, text, sentence, places)
        if not any(clause.hit for clause in clauses):
            item = lines.item(cast, sentence, words) or _dated(document, cast, table, sentence)
            if item is not None:
                found.append(item)
            continue
        for clause in clauses:
            if clause.hit is not None:
                found.append(_commitment(document, cast, table, clause, clause.hit))
    return found


def _table(document: Document) -> Cues | None:
    """The cues of the language; of a text too short to tell, those of the first language that has any in it."""
    if document.language != "und":
        return cues.of(document.language)
    tables = [table for language in ("id", "en", "de") if (table := cues.of(language)) is not None]
    return next((table for table in tables if next(table.hits(document.text), None) is not None), None)


@cache
def _list_pattern(key: str) -> re.Pattern[str]:
    return re.compile(load("promises", "lists")[key], re.IGNORECASE)


class _Lines:
    """Where the reading stands among headings, lists and tables."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.begun = self.listing = self.schedule = False
        self.blocks = _blocks(document.prose())

    def admits(self, sentence: Sentence, words: str) -> bool:
        """Whether this may promise: no headline, no heading between paragraphs; rows and lines of a block may."""
        if len(words) < SHORT_LINE:
            if _list_pattern("headings").search(words) or _list_pattern("schedules").search(words):
                self.listing = _list_pattern("headings").search(words) is not None
                self.schedule = not self.listing
                return False
            if _list_pattern("ends").search(words):
                self.listing = self.schedule = False
        elif sentence.kind == "heading" and _list_pattern("schedules").search(words):
            self.schedule = True
        if sentence.kind != "heading":
            self.begun = True
            return True
        return (
            _is_row(words)
            or self.listing
            or self.schedule
            or sentence.start in self.blocks
            or (self.begun and len(words) > LONG_LINE)
        )

    def item(self, cast: Cast, sentence: Sentence, words: str) -> Commitment | None:
        """A row of what is to be done, or of a timetable: no verb needs to say so."""
        if sentence.kind == "prose" and not _list_pattern("time").search(words):
            return None
        if self.listing and len(words) >= SHORTEST_ITEM and not _list_pattern("void").search(words):
            return _plain(self.document, cast, sentence, "action_item", 0.7)
        timed = self.schedule and _list_pattern("time").search(words) and not _list_pattern("idle").search(words)
        if not timed or len(words) <= SHORTEST_ITEM:
            return None
        return _plain(self.document, cast, sentence, "timetable", 0.6)


def _blocks(sentences: list[Sentence]) -> set[int]:
    """Where the lines stand that follow each other without a paragraph between: three headings are a list."""
    answer: set[int] = set()
    run: list[Sentence] = []
    for sentence in [*sentences, None]:
        if sentence is not None and sentence.kind == "heading":
            run.append(sentence)
            continue
        if len(run) > 2:
            answer |= {one.start for one in run}
        run = []
    return answer


def _is_row(words: str) -> bool:
    return words.count("|") > 0 or re.search(r"\S\s[–-]\s\S", words) is not None or ":" in words


def _clauses(table: Cues, text: str, sentence: Sentence, places: Places) -> list[Clause]:
    """The sentence cut where another promise may begin; parts with the same modality, or with none, joined again."""
    edges = [sentence.start]
    edges += [match.end() for match in table.clause.finditer(text, sentence.start, sentence.end)]
    edges.append(sentence.end)
    clauses: list[Clause] = []
    for start, end in zip(edges, edges[1:], strict=False):
        hit = _deciding(table, text[start:end], between(places, start, end))
        if hit is not None:
            hit = Hit(hit.cue, hit.start + start, hit.end + start)
        former = clauses[-1] if clauses else None
        if former is None:
            clauses.append(Clause(start, end, hit))
        elif hit is None or former.hit is None:
            former.end, former.hit = end, former.hit or hit
        elif former.hit.cue.modality == hit.cue.modality:
            former.end = end
        else:
            clauses.append(Clause(start, end, hit))
    return clauses


def _deciding(table: Cues, clause: str, places: Places) -> Hit | None:
    """The cue that counts: the first (the last where predicates stand last); what is done only where no other is."""
    every = list(table.hits(clause, places))
    hits = [hit for hit in every if hit.cue.modality != "none"]
    if every and not hits:
        return None
    open_ones = [hit for hit in hits if hit.cue.modality != "done"]
    if table.last:
        return open_ones[-1] if open_ones else hits[-1] if hits else table.fallback(clause, places)
    return open_ones[0] if open_ones else hits[0] if hits else table.fallback(clause, places)


def _commitment(document: Document, cast: Cast, table: Cues, clause: Clause, hit: Hit) -> Commitment:
    text = document.text
    start, end = _trimmed(text, clause.start, clause.end)
    words = text[start:end]
    modality = _by_the_calendar(cast, hit, start, end)
    actor = cast.actor(start, hit.start, end)
    return Commitment(
        start=start,
        end=end,
        rule=hit.cue.name,
        confidence=CONFIDENCE[modality] - (0.2 if hit.cue.name in WEAK else 0.0),
        actor=actor,
        counterpart=cast.counterpart(actor, start, end),
        action=_action(text, start, hit, end),
        modality=modality,
        due=_due(cast, start, end),
        conditional=table.conditional.search(words) is not None,
        recurring=table.recurring.search(words) is not None,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n,;，；":
        start += 1
    while end > start and text[end - 1] in " \t\n,;，；":
        end -= 1
    return start, end


def _action(text: str, start: int, hit: Hit, end: int) -> str:
    """The words from the cue on; where the predicate stands last, the words before it."""
    words = text[hit.start : end] if end - hit.start > hit.start - start or hit.start == start else text[start:end]
    return " ".join(words.split()).strip(' "“”.,')[:LONGEST_ACTION]


def _due(cast: Cast, start: int, end: int) -> str | None:
    dates = cast.dates_in(start, end)
    later = [one for one in dates if one.part == "end"] or dates
    return later[-1].value if later else None


def _ahead_and_past(cast: Cast, start: int, end: int) -> tuple[list[DateMention], list[DateMention]]:
    """The dates of a span after the day of publication and those before it; nothing where that day is unknown."""
    published = cast.document.published
    if published is None:
        return [], []
    today = published.isoformat()
    known = [one for one in cast.dates_in(start, end) if one.value[:4].isdigit()]
    return (
        [one for one in known if one.value[:10] > today[: len(one.value[:10])]],
        [one for one in known if one.value[:10] < today[: len(one.value[:10])]],
    )


def _by_the_calendar(cast: Cast, hit: Hit, start: int, end: int) -> str:
    """The modality, put right where only the date tells: "mengirim guru pada Agustus" before August or after."""
    modality = hit.cue.modality
    if hit.cue.name not in CALENDAR:
        return modality
    ahead, past = _ahead_and_past(cast, start, end)
    if modality == "done" and ahead and not past:
        return "planned"
    if modality == "planned" and past and not ahead:
        return "done"
    return modality


def _dated(document: Document, cast: Cast, table: Cues, sentence: Sentence) -> Commitment | None:
    """A city acts on a day that is still to come: "mengirim lima teknisi pada Agustus 2025" read in May."""
    if sentence.kind == "heading":
        return None
    ahead, _ = _ahead_and_past(cast, sentence.start, sentence.end)
    if not ahead:
        return None
    if table.negation.search(document.text[sentence.start : ahead[0].start]):
        return None
    return _plain(document, cast, sentence, "future_date", 0.6)


def _plain(document: Document, cast: Cast, sentence: Sentence, rule: str, confidence: float) -> Commitment:
    words = document.words(sentence)
    actor = cast.actor(sentence.start, sentence.start, sentence.end)
    return Commitment(
        start=sentence.start,
        end=sentence.end,
        rule=rule,
        confidence=confidence,
        actor=actor,
        counterpart=cast.counterpart(actor, sentence.start, sentence.end),
        action=" ".join(words.split())[:LONGEST_ACTION],
        modality="planned",
        due=_due(cast, sentence.start, sentence.end),
    )

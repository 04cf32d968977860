"""Promises with actor, counterpart, action, due date and modality."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kembar.intake.extract import cues, genre
from kembar.intake.extract.cues import Cues, Hit
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.parties import Cast
from kembar.intake.extract.reading import Commitment
from kembar.intake.extract.words import simplified

QUESTION = re.compile(r"[?？][\"”’')\]]*\s*$")
CONFIDENCE = {"planned": 0.8, "hoped": 0.75, "offered": 0.75, "done": 0.65}
WEAK = frozenset(
    {"is_hoped", "under_way", "held", "present_plan", "supports", "could", "possibly", "visited", "soon", "later"}
)
LONGEST_ACTION = 200
LONG_LINE = 60
SHORT_LINE = 45


@dataclass(slots=True)
class Clause:
    start: int
    end: int
    hit: Hit | None = None


def find(document: Document) -> list[Commitment]:
    """In the order of the text. Headings repeat the text and hold none; nor do explainers, opinions and sport."""
    table = cues.of(document.language)
    if table is None or genre.of(document) != "report":
        return []
    text = simplified(document.text) if document.language == "zh" else document.text
    cast = Cast.of(document)
    found: list[Commitment] = []
    listing = begun = False
    for sentence in document.prose():
        words = document.words(sentence)
        if _opens_list(words):
            listing = True
            continue
        if sentence.kind == "heading" and not (_is_row(words) or listing or (begun and len(words) > LONG_LINE)):
            continue
        begun = begun or sentence.kind != "heading"
        if QUESTION.search(words):
            continue
        clauses = _clauses(table, text, sentence)
        if not any(clause.hit for clause in clauses):
            item = _item(document, cast, sentence, listing) or _dated(document, cast, table, sentence)
            if item is not None:
                found.append(item)
            continue
        for clause in clauses:
            if clause.hit is not None:
                found.append(_commitment(document, cast, table, clause, clause.hit))
    return found


def _is_row(words: str) -> bool:
    return words.count("|") > 0 or re.search(r"\S\s[–-]\s\S", words) is not None or ":" in words


def _opens_list(words: str) -> bool:
    """Whether a heading says that what follows is to be done."""
    pattern: str = load("promises", "lists")["headings"]
    return len(words) < SHORT_LINE and re.search(pattern, words, re.IGNORECASE) is not None


def _clauses(table: Cues, text: str, sentence: Sentence) -> list[Clause]:
    """The sentence cut where another promise may begin; parts with the same modality, or with none, joined again."""
    edges = [sentence.start]
    edges += [match.end() for match in table.clause.finditer(text, sentence.start, sentence.end)]
    edges.append(sentence.end)
    clauses: list[Clause] = []
    for start, end in zip(edges, edges[1:], strict=False):
        hit = _deciding(table, text[start:end])
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


def _deciding(table: Cues, clause: str) -> Hit | None:
    """The cue that counts: the first (the last where predicates stand last); what is done only where no other is."""
    hits = [hit for hit in table.hits(clause) if hit.cue.modality != "none"]
    open_ones = [hit for hit in hits if hit.cue.modality != "done"]
    if table.last:
        return hits[-1] if hits else table.fallback(clause)
    return open_ones[0] if open_ones else hits[0] if hits else table.fallback(clause)


def _commitment(document: Document, cast: Cast, table: Cues, clause: Clause, hit: Hit) -> Commitment:
    text = document.text
    start, end = _trimmed(text, clause.start, clause.end)
    words = text[start:end]
    modality = hit.cue.modality
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
        due=_due(document, start, end),
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


def _due(document: Document, start: int, end: int) -> str | None:
    dates = document.dates_in(start, end)
    later = [one for one in dates if one.part == "end"] or dates
    return later[-1].value if later else None


def _item(document: Document, cast: Cast, sentence: Sentence, listing: bool) -> Commitment | None:
    """A row of a list of what is to be done: no verb needs to say so."""
    words = document.words(sentence)
    if not listing or len(words) < 12 or sentence.kind == "prose":
        return None
    if re.search(load("promises", "lists")["void"], words, re.IGNORECASE):
        return None
    return _plain(document, cast, sentence, "action_item", 0.7)


def _dated(document: Document, cast: Cast, table: Cues, sentence: Sentence) -> Commitment | None:
    """A city acts on a day that is still to come: "mengirim lima teknisi pada Agustus 2025" read in May."""
    if document.published is None or sentence.kind == "heading":
        return None
    today = document.published.isoformat()
    ahead = [
        one
        for one in document.dates_in(sentence.start, sentence.end)
        if one.value[:4].isdigit() and one.value > today[: len(one.value)]
    ]
    if not ahead or not (cast.cities_in(sentence.start, sentence.end) or cast.people_in(sentence.start, sentence.end)):
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
        due=_due(document, sentence.start, sentence.end),
    )

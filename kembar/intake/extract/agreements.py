"""Letters of intent, memoranda, sister-city ties: kind, parties, status, date."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kembar.intake.extract import genre
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.parties import Cast
from kembar.intake.extract.reading import Agreement

INSTRUMENTS = ("loi", "mou", "ia")
TIES = ("friendship", "sister_city")
QUESTION = re.compile(r"[?？][\"”’')\]]*\s*$")
NEAR = 60
FAR = 120
CJK = re.compile("[\u3040-\u9fff가-힣]")


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return re.compile(load("agreements", "all")[table][key], re.IGNORECASE)


def find(document: Document) -> list[Agreement]:
    """One finding for each kind, status and pair of parties, at the sentence that says it first."""
    if genre.of(document) != "report":
        return []
    cast = Cast.of(document)
    if not cast.main:
        return []
    found: list[Agreement] = []
    for sentence in document.prose():
        words = document.words(sentence)
        if (sentence.kind == "heading" and not re.search(r"[:|\d]", words)) or QUESTION.search(words):
            continue
        found += [_meant(one, found) for one in _in_sentence(document, cast, sentence, words)]
    return _distinct(found)


def _meant(one: Agreement, before: list[Agreement]) -> Agreement:
    """ "Perjanjian yang lama" is the paper named before it."""
    former = next((other for other in reversed(before) if other.kind != "other"), None)
    if one.kind == "other" and one.status == "expired" and former is not None:
        return replace(one, kind=former.kind, parties=former.parties)
    return one


def _in_sentence(document: Document, cast: Cast, sentence: Sentence, words: str) -> list[Agreement]:
    if _pattern("words", "list").search(words):
        return []
    found = []
    for kind, match in _kinds(words):
        status = _status(kind, words, match) or _by_date(document, sentence, kind)
        if status is None:
            continue
        parties = _parties(cast, sentence)
        if len(parties) < 2:
            continue
        found.append(
            Agreement(
                start=sentence.start,
                end=sentence.end,
                rule=f"{kind}_{status}",
                confidence=0.8 if kind in INSTRUMENTS and status == "signed" else 0.65 if kind != "other" else 0.5,
                kind=kind,
                parties=parties,
                status=status,
                date=_date(document, sentence, match, status),
            )
        )
    return found


def _kinds(words: str) -> list[tuple[str, re.Match[str]]]:
    """The instruments named; a tie only where no instrument stands near; another paper where neither does."""
    named = [
        (kind, match)
        for kind in INSTRUMENTS
        for match in list(_pattern("kinds", kind).finditer(words))[:1]
        if not _pattern("statuses", "mention").search(words[: match.start()])
    ]
    near = NEAR if words.isascii() or not CJK.search(words) else NEAR // 3
    other = _pattern("kinds", "other").search(words) or _pattern("words", "renewal").search(words)
    for kind in TIES:
        match = _pattern("kinds", kind).search(words)
        if match is None or any(abs(match.start() - one.start()) < near for _, one in named):
            continue
        apart = other is not None and not (other.start() < match.end() + 3 and match.start() < other.end() + 25)
        if not apart or other is None or not _signed_near(words, other):
            named.append((kind, match))
    if not named and other is not None:
        named.append(("other", other))
    return named


def _signed_near(words: str, match: re.Match[str]) -> bool:
    """Whether a verb of signing near the paper stands in the past, whatever else the sentence plans."""
    for done in _pattern("statuses", "done").finditer(words):
        if -FAR < done.start() - match.start() < FAR and not _pattern("statuses", "blocked").search(
            words[max(0, done.start() - 40) : done.start()]
        ):
            return True
    return False


def _nearest(status: str, words: str, match: re.Match[str]) -> int:
    """How far the nearest word of this status stands from the paper; FAR where there is none."""
    return min(
        (
            max(match.start() - one.end(), one.start() - match.end(), 0)
            for one in _pattern("statuses", status).finditer(words)
        ),
        default=FAR,
    )


NEGATED = re.compile(r"\b(?:tidak pernah|belum|never|not|no wish to|nicht|kein\w*)\b", re.IGNORECASE)


def _status(kind: str, words: str, match: re.Match[str]) -> str | None:
    """What is said of the paper; None where it is only named."""
    explored, planned = _nearest("explored", words, match), _nearest("planned", words, match)
    if _nearest("unsigned", words, match) < NEAR:
        return "explored" if explored < NEAR and not (CJK.search(words) and planned < NEAR) else "planned"
    if _nearest("expired", words, match) < NEAR and not NEGATED.search(words):
        return "expired"
    if _signed_near(words, match):
        return "signed"
    if kind == "other" and not _pattern("statuses", "signed").search(words):
        return "planned" if planned < FAR and _pattern("words", "renewal").search(words) else None
    if explored < NEAR and explored <= planned and kind != "other":
        return "explored"
    if planned < FAR:
        return "planned"
    if _pattern("statuses", "signed").search(words):
        return "signed"
    return None


def _by_date(document: Document, sentence: Sentence, kind: str) -> str | None:
    """An entry of a chronicle: "12 September 2005: nota kesepahaman (MoU)"."""
    if kind == "other" or sentence.end - sentence.start > FAR or document.published is None:
        return None
    dates = document.dates_in(sentence.start, sentence.end)
    today = document.published.isoformat()
    return "signed" if dates and all(one.value < today[: len(one.value)] for one in dates) else None


def _parties(cast: Cast, sentence: Sentence) -> tuple[str, ...]:
    named = list(dict.fromkeys(city.name for city in cast.cities_in(sentence.start, sentence.end)))
    for name in cast.main[:2]:
        if len(named) < 2 and name not in named:
            named.append(name)
    return tuple(named[:2])


def _date(document: Document, sentence: Sentence, match: re.Match[str], status: str) -> str | None:
    dates = document.dates_in(sentence.start, sentence.end)
    if not dates or status == "explored":
        return None
    place = sentence.start + match.start()
    return min(dates, key=lambda one: abs(one.start - place)).value


def _distinct(found: list[Agreement]) -> list[Agreement]:
    """The first of each kind and status; what is only explored or planned gives way to what is signed."""
    kept: dict[tuple[str, str, tuple[str, ...]], Agreement] = {}
    for one in found:
        key = (one.kind, one.status, tuple(sorted(one.parties)))
        if key not in kept or (kept[key].date is None and one.date is not None):
            kept[key] = one
    settled = {(kind, parties) for kind, status, parties in kept if status == "signed"}
    planned = {(kind, parties) for kind, status, parties in kept if status == "planned"}
    answer: list[Agreement] = []
    for (kind, status, parties), one in kept.items():
        if status in {"planned", "explored"} and (kind, parties) in settled:
            continue
        if status == "explored" and (kind, parties) in planned:
            continue
        if kind == "sister_city" and status == "planned" and ("mou", parties) in planned | settled:
            continue
        answer.append(one)
    return sorted(answer, key=lambda one: one.start)

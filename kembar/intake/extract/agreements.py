"""Letters of intent, memoranda, sister-city ties: kind, parties, status, date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from kembar.intake.extract import genre
from kembar.intake.extract.beginnings import folded
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.parties import Cast
from kembar.intake.extract.reading import Agreement
from kembar.intake.extract.sieve import Sieve
from kembar.intake.extract.words import simplified

INSTRUMENTS = ("loi", "mou", "ia")
TIES = ("friendship", "sister_city")
QUESTION = re.compile(r"[?？][\"”’')\]]*\s*$")
NEAR = 60
FAR = 120
LONGEST = 1500
SHORT_MARK = 5
MOST_TIES = 4
BESIDE = 20
FAR_OFF = 90
OWN_PAPER = re.compile(
    "협약|협정|합의|协议|协定|agreement|accord|pact|perjanjian|piagam|naskah|declaration|treaty", re.I
)
CLAUSE = 30
HAN = re.compile("^[^\u3040-\u30ff가-힣]*[\u4e00-\u9fff][^\u3040-\u30ff가-힣]*$")
CJK = re.compile("[\u3040-\u9fff가-힣]")


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return re.compile(load("agreements", "all")[table][key], re.IGNORECASE)


@cache
def _sieve() -> tuple[Sieve, dict[tuple[str, str], int]]:
    keys = [(table, key) for table in ("kinds", "statuses", "words") for key in load("agreements", "all")[table]]
    sieve = Sieve([load("agreements", "all")[table][key] for table, key in keys])
    return sieve, {key: number for number, key in enumerate(keys)}


@lru_cache(maxsize=256)
def _likely(words: str) -> frozenset[int]:
    return _sieve()[0].numbers(words)


def _found(table: str, key: str, words: str) -> Iterator[re.Match[str]]:
    """Every match in a whole sentence; most patterns have none, which the sieve tells of all of them at once."""
    sieve, numbers = _sieve()
    number = numbers[table, key]
    return sieve.patterns[number].finditer(words) if number in _likely(words) else iter(())


def _search(table: str, key: str, words: str) -> re.Match[str] | None:
    return next(_found(table, key, words), None)


def find(document: Document) -> list[Agreement]:
    """One finding for each kind, status and pair of parties, at the sentence that says it first."""
    if genre.of(document) != "report":
        return []
    cast = Cast.of(document)
    if not cast.main:
        return []
    text = simplified(document.text) if document.language == "zh" else document.text
    found: list[Agreement] = []
    sentences, stems = document.prose(), _stems_in(text)
    for number, sentence in enumerate(sentences):
        last = min(sentence.end, sentence.start + LONGEST)
        if not _names_a_paper(stems, sentence.start, last):
            continue
        words = text[sentence.start : last]
        after = text[sentences[number + 1].start : sentences[number + 1].end] if number + 1 < len(sentences) else ""
        if (sentence.kind == "heading" and not re.search(r"[:|\d]", words)) or QUESTION.search(words):
            continue
        found += [_meant(one, found) for one in _in_sentence(document, cast, sentence, words, after)]
    return _distinct(found) or _mentioned(document, cast)


@cache
def _stems() -> AhoCorasick:
    return AhoCorasick(load("agreements", "all")["stems"]["all"].split())


def _stems_in(text: str) -> list[tuple[int, int]]:
    """Where the stems stand, in order; one of them in every sentence that names a paper or a tie."""
    return sorted((start, end) for _, start, end in _stems().find_matches_as_indexes(folded(text), overlapping=True))


def _names_a_paper(stems: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(last <= end for _, last in stems[bisect_left(stems, (start, 0)) : bisect_left(stems, (end, 0))])


def _mentioned(document: Document, cast: Cast) -> list[Agreement]:
    """Where nothing is said of any paper: the first one named together with two cities, as a question."""
    text = simplified(document.text) if document.language == "zh" else document.text
    for sentence in document.prose():
        words = text[sentence.start : sentence.end]
        if any(_search("words", key, words) for key in ("list", "denied")) or QUESTION.search(words):
            continue
        if not cast.cities_in(sentence.start, sentence.end):
            continue
        for kind, match in _kinds(words):
            if kind != "other" and not _search("statuses", "unsigned", words):
                return [
                    Agreement(
                        start=sentence.start,
                        end=sentence.end,
                        rule=f"{kind}_named",
                        confidence=0.4,
                        kind=kind,
                        parties=parties,
                        status="planned" if _lies_ahead(cast, sentence) else "signed",
                        date=_date(cast, sentence, match, "signed"),
                    )
                    for parties in _parties(cast, sentence, kind, "planned")
                ]
    return []


def _meant(one: Agreement, before: list[Agreement]) -> Agreement:
    """ "Perjanjian yang lama" is the paper named before it."""
    former = next((other for other in reversed(before) if other.kind != "other"), None)
    if one.kind == "other" and one.status == "expired" and former is not None:
        return replace(one, kind=former.kind, parties=former.parties)
    return one


def _in_sentence(document: Document, cast: Cast, sentence: Sentence, words: str, after: str) -> list[Agreement]:
    """`after`: the next sentence, which may tell what this one does not ("MoU. Penandatanganannya Rabu.")."""
    if _search("words", "list", words) or _search("words", "denied", words):
        return []
    found = []
    kinds = _kinds(words)
    papers = any(kind in INSTRUMENTS for kind, _ in kinds)
    for kind, match in kinds:
        status = _status(kind, words, match) or _told_after(kind, words, match, after) or _by_date(cast, sentence, kind)
        if status is not None and papers and kind in TIES and not OWN_PAPER.search(match.group()):
            towards = _pattern("words", "towards").search(words[: match.start()])
            status = "planned" if towards else status if _since_a_year(words, match) else None
        if status is None:
            continue
        if status == "signed" and _lies_ahead(cast, sentence):
            status = "planned"
        found += [
            Agreement(
                start=sentence.start,
                end=sentence.end,
                rule=_rule(kind, status, words, match),
                confidence=0.8 if kind in INSTRUMENTS and status == "signed" else 0.65 if kind != "other" else 0.5,
                kind=kind,
                parties=parties,
                status=status,
                date=_date(cast, sentence, match, status),
            )
            for parties in _parties(cast, sentence, kind, status)
        ]
    return found


def _rule(kind: str, status: str, words: str, match: re.Match[str]) -> str:
    """A bare word for a paper ("perjanjian", "agreement") may be one named before; with "the" or "itu" it surely is
    where there is one."""
    if kind != "other" or _pattern("words", "generic").match(match.group()) is None:
        return f"{kind}_{status}"
    known = _pattern("words", "known").search(words[: match.start()]) or KNOWN_AFTER.match(words, match.end())
    return f"known_paper_{status}" if known else f"paper_{status}"


KNOWN_AFTER = re.compile(r" (?:itu|ini|tersebut)\b", re.IGNORECASE)
YEAR_AFTER = re.compile(r"[^.;]{0,16}\b(?:sejak|since|seit|tahun)\s+(?:19|20)\d\d\b", re.IGNORECASE)
YEAR_BEFORE = re.compile(r"(?:19|20)\d\d(?:\s|년|年)[^,.，。;]{0,6}$")


def _since_a_year(words: str, match: re.Match[str]) -> bool:
    """ "Sister cities since 1993", "the 2015 twinning": a year right beside the tie."""
    before = words[max(0, match.start() - BESIDE) : match.start()]
    return YEAR_AFTER.match(words, match.end()) is not None or YEAR_BEFORE.search(before) is not None


def _kinds(words: str) -> list[tuple[str, re.Match[str]]]:
    """The instruments named; a tie only where no instrument stands near; another paper where neither does."""
    named = [
        (kind, match)
        for kind in INSTRUMENTS
        for match in (_search("kinds", kind, words),)
        if match is not None and not _pattern("statuses", "mention").search(words[: match.start()])
    ]
    other = _search("kinds", "other", words) or _search("words", "renewal", words)
    if other is not None and _pattern("words", "pointing").search(words[: other.start()]):
        other = None
    eastern = CJK.search(words) is not None
    near, beside = (NEAR // 3, BESIDE // 3) if eastern else (NEAR, BESIDE)
    for kind in TIES:
        match = _search("kinds", kind, words)
        if match is None:
            continue
        if any(abs(match.start() - one.start()) < near for _, one in named) and not _since_a_year(words, match):
            continue
        apart = other is not None and not (other.start() < match.end() + beside and match.start() < other.end() + 25)
        if not apart or other is None or not _signed_near(words, other):
            named.append((kind, match))
    if not named and other is not None:
        named.append(("other", other))
    return named


def _signed_near(words: str, match: re.Match[str], table: str = "done") -> bool:
    """Whether a verb of signing near the paper stands in the past: nothing before it says that it is still to come."""
    if _search("words", "nominal", words) or _search("words", "still", words):
        return False
    for done in _found("statuses", table, words):
        before = words[max(0, done.start() - FAR) : done.start()]
        blocked = _pattern("statuses", "blocked").search(before) or _pattern("words", "ahead").search(before)
        if -FAR < done.start() - match.start() < FAR and not blocked:
            return True
    return False


def _signed_plainly(words: str, match: re.Match[str]) -> bool:
    """Chinese marks the past seldom ("两市签署备忘录，将…"): a verb of signing near the paper is past unless its own
    clause says that it is wished, talked of or still to come."""
    for verb in _found("statuses", "plain", words):
        if not -CLAUSE < verb.start() - match.start() < CLAUSE:
            continue
        before = re.split("[，；。,]", words[: verb.start()])[-1]
        if _pattern("words", "to_come").search(words[: verb.start()]):
            continue
        if not _pattern("statuses", "open").search(before) and not _pattern("statuses", "not_yet").match(
            words, verb.end()
        ):
            return True
    return False


def _nearest(status: str, words: str, match: re.Match[str]) -> int:
    """How far the nearest word of this status stands from the paper; FAR where there is none."""
    return min(
        (max(match.start() - one.end(), one.start() - match.end(), 0) for one in _found("statuses", status, words)),
        default=FAR,
    )


FORMER = re.compile(r"\b(?:one|ones|yang|sebelumnya|lama|previous|earlier|old)\b(?: \w+){0,3} $", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:hingga|sampai|until|till|through|bis|berlaku|valid)(?: \w+){0,2}\s*$|至$", re.IGNORECASE)
NEGATED = re.compile(
    r"\b(?:tidak pernah|belum|never|not|no wish to|nicht|kein\w*|akan|bakal|segera|will|would|is to|due to|set to)\b"
    r"(?: \w+)?\s*$|(?:将|即将|快要)[^，。]{0,8}$|(?:오는|내년)[^,.]{0,10}$",
    re.IGNORECASE,
)


def _status(kind: str, words: str, match: re.Match[str]) -> str | None:
    """What is said of the paper; None where it is only named."""
    explored, planned = _nearest("explored", words, match), _nearest("planned", words, match)
    if _nearest("unsigned", words, match) < NEAR:
        return "explored" if explored < NEAR and not (CJK.search(words) and planned < NEAR) else "planned"
    if any(
        abs(one.start() - match.start()) < 2 * NEAR
        and not NEGATED.search(words[max(0, one.start() - 20) : one.start()])
        and not (FORMER.search(words[max(0, one.start() - 30) : one.start()]) and _signed_near(words, match))
        for one in _found("statuses", "expired", words)
    ):
        return "expired"
    if _signed_near(words, match) or (HAN.search(words) and _signed_plainly(words, match)):
        return "signed"
    if kind == "other" and not _search("statuses", "signed", words):
        renewed = planned < FAR and _search("words", "renewal", words)
        return "planned" if renewed or planned < NEAR // 2 else None
    if explored < (NEAR if CJK.search(words) else FAR_OFF) and explored <= planned and kind != "other":
        return "explored"
    if planned < FAR or _search("words", "nominal", words):
        return "planned"
    if not _signed_near(words, match, "signed"):
        return None
    return "planned" if HAN.search(words) and _pattern("statuses", "open").search(words[: match.start()]) else "signed"


def _told_after(kind: str, words: str, match: re.Match[str], after: str) -> str | None:
    """The status the next sentence gives, where it names no paper of its own and speaks of signing or drafting."""
    if not after or len(words) > NEAR or any(_search("kinds", one, after) for one in (*INSTRUMENTS, *TIES)):
        return None
    return _status(kind, f"{words} {after}", match)


def _by_date(cast: Cast, sentence: Sentence, kind: str) -> str | None:
    """An entry of a chronicle: "12 September 2005: nota kesepahaman (MoU)"."""
    if kind == "other" or sentence.end - sentence.start > FAR:
        return None
    dates = cast.dates_in(sentence.start, sentence.end)
    if not dates:
        return None
    if cast.document.published is None:
        opens = cast.document.text[dates[0].end : dates[0].end + 2].startswith(":")
        return "signed" if opens and dates[0].start - sentence.start < SHORT_MARK else None
    today = cast.document.published.isoformat()
    return "signed" if all(one.value < today[: len(one.value)] for one in dates) else None


def _lies_ahead(cast: Cast, sentence: Sentence) -> bool:
    """Whether all dates of the sentence come after the day of publication."""
    text = cast.document.text
    dates = [
        one
        for one in cast.dates_in(sentence.start, sentence.end)
        if one.value[:4].isdigit() and not UNTIL.search(text[max(0, one.start - 20) : one.start])
    ]
    if cast.document.published is None or not dates:
        return False
    today = cast.document.published.isoformat()
    return all(one.value[:10] > today[: len(one.value[:10])] for one in dates)


def _parties(cast: Cast, sentence: Sentence, kind: str, status: str) -> list[tuple[str, ...]]:
    """The two cities of the sentence the text speaks of most; for a tie with several cities, the main one with each."""
    named: list[str] = list(dict.fromkeys(city.name for city in cast.cities_in(sentence.start, sentence.end)))
    for name in cast.main[:2]:
        if len(named) < 2 and name not in named:
            named.append(name)
    if len(named) < 2:
        return []
    if kind in TIES and status == "signed" and len(named) > 2 and cast.main[0] in named:
        with_each: list[tuple[str, ...]] = [(cast.main[0], name) for name in named if name != cast.main[0]]
        return with_each[:MOST_TIES]
    best = sorted(named, key=cast.main.index)[:2]
    first, second = sorted(best, key=named.index)
    return [(first, second)]


def _date(cast: Cast, sentence: Sentence, match: re.Match[str], status: str) -> str | None:
    dates = cast.dates_in(sentence.start, sentence.end)
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
    papers = {parties for kind, status, parties in kept if status == "signed" and kind in (*INSTRUMENTS, "friendship")}
    settled = {(kind, parties) for kind, status, parties in kept if status == "signed"}
    planned = {(kind, parties) for kind, status, parties in kept if status == "planned"}
    answer: list[Agreement] = []
    for (kind, status, parties), one in kept.items():
        if status in {"planned", "explored"} and (kind, parties) in settled:
            continue
        told_again = one.rule == "known_paper_signed" or (one.rule == "paper_signed" and one.date is None)
        if told_again and parties in papers:
            continue
        if status == "explored" and (kind, parties) in planned:
            continue
        if kind == "sister_city" and status == "planned" and ("mou", parties) in planned | settled:
            continue
        answer.append(one)
    return sorted(answer, key=lambda one: one.start)

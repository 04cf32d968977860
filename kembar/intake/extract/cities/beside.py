"""What stands beside the name of a city in Latin letters: offices, prepositions, countries, brands, people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kembar.intake.extract.cities.choose import Proof
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.words import Word, fold

BEFORE, AFTER = 14, 28
"""Characters within which a country or province beside the name says where it lies."""
CAMPUS = frozenset(
    {"universitas", "university", "institut", "institute", "politeknik", "polytechnic", "museum", "univ"}
)
LOCATIVES = frozenset({"di", "ke", "dari", "in", "from", "near", "nach", "aus"})
LEVELS = frozenset({"kota", "pemko", "kabupaten", "distrik", "pemkot", "walikota", "stadt"})

Regions = list[tuple[int, int, list[tuple[str, str]]]]


@dataclass(slots=True)
class Spot:
    first: int
    last: int
    key: str
    start: int
    end: int
    strong: bool = False
    hinted: bool = False
    title: bool = False
    located: bool = False
    spoken: bool = False
    blocked: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Cues:
    strong: frozenset[str]
    after_strong: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    may_follow: frozenset[str]
    prepositions: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    adjectives: frozenset[str]
    starters: frozenset[str]
    motion: frozenset[str]
    honorifics: frozenset[str]
    links: frozenset[str]
    spoken: frozenset[str]


@cache
def cues(language: str) -> Cues:
    """The words of the text's language, of English and of Indonesian together: officials mix them."""
    tables = [load("cities", code) for code in dict.fromkeys((language, "en", "id"))]

    def words(key: str) -> frozenset[str]:
        return frozenset(fold(word) for table in tables for word in table.get(key, "").split())

    return Cues(*(words(name) for name in Cues.__slots__))


@cache
def links() -> frozenset[str]:
    """What may stand between a city and its country, in any of the languages."""
    return cues("de").links


@cache
def ambiguous() -> frozenset[str]:
    return frozenset(fold(word) for word in load("cities", "ambiguous")["words"].split())


@cache
def never() -> frozenset[str]:
    return frozenset(fold(word) for word in load("cities", "ambiguous")["never"].split())


def gap(text: str, one: Word, other: Word) -> str:
    """What stands between two words, several blanks as one."""
    between = text[one.end : other.start]
    return between if between.strip(" ") else " "


def look_around(document: Document, words: list[Word], spot: Spot, known: Cues) -> None:
    text = document.text
    before = words[spot.first - 1] if spot.first else None
    after = words[spot.last] if spot.last < len(words) else None
    if before is not None and gap(text, before, words[spot.first]) in {" ", ". "}:
        _look_before(words, spot, known, before, _run_before(text, words, spot.first))
    if after is None:
        return
    if after.folded == "s" and spot.last + 1 < len(words):
        spot.strong = spot.strong or words[spot.last + 1].folded in known.after_strong
    elif gap(text, words[spot.last - 1], after) in {" ", "-"}:
        _look_after(spot, known, after)


def _look_before(words: list[Word], spot: Spot, known: Cues, before: Word, run: list[Word]) -> None:
    folded = before.folded
    ahead = words[spot.first - 2].folded if spot.first > 1 else ""
    spot.strong = folded in known.strong or _office_in(run, known)
    spot.title = folded in known.titles
    spot.spoken = folded in known.spoken
    spot.hinted = folded in known.prepositions and not before.capital
    spot.located = folded in LOCATIVES or (folded == "to" and ahead in known.motion)
    if folded in known.places:
        spot.blocked = "province"
    if folded in known.honorifics and before.capital:
        spot.blocked = "person"
    if any(word.folded in CAMPUS for word in run) or (
        folded in known.not_before and (folded, before.capital) != ("rumah", False)
    ):
        spot.blocked = "brand"
    if folded == "of" and ahead:
        spot.strong = ahead in known.strong or ahead in known.after_strong
        if ahead in known.not_before or ahead in known.not_after:
            spot.blocked = "brand"


def _look_after(spot: Spot, known: Cues, after: Word) -> None:
    if not after.capital:
        spot.hinted = spot.hinted or after.folded in known.after_strong
    elif after.folded in known.after_strong:
        spot.strong = True
    elif after.folded in known.not_after:
        spot.blocked = "brand"
    elif after.folded in known.places:
        spot.blocked = "province"


def _run_before(text: str, words: list[Word], first: int) -> list[Word]:
    """The capitalised words just before, at most five: "Wakil Wali Kota Eksekutif"."""
    run: list[Word] = []
    index = first - 1
    while index >= 0 and len(run) < 5 and words[index].capital and gap(text, words[index], words[index + 1]) == " ":
        run.append(words[index])
        index -= 1
    return run


def _office_in(run: list[Word], known: Cues) -> bool:
    """ "Wakil Wali Kota Eksekutif ": an office, with nothing but an adjective in between."""
    for word in run:
        if word.folded in known.strong:
            return True
        if word.folded not in known.adjectives:
            return False
    return False


def proof_of(document: Document, spots: list[Spot], regions: Regions) -> Proof:
    proof = Proof()
    for spot in spots:
        if spot.blocked:
            continue
        proof.strong += spot.strong
        proof.hinted += spot.hinted or spot.title
        proof.spoken += spot.spoken
        proof.located += spot.located
        before = document.tokens()[spot.first - 1].folded if spot.first else ""
        proof.regency += before in {"kabupaten", "kab", "bupati", "pemkab", "regency"}
        add_beside(document, spot, regions, proof)
    return proof


def add_beside(document: Document, spot: Spot, regions: Regions, proof: Proof) -> None:
    """Countries and provinces just after the name, over a province, or just before it."""
    text = document.text
    reach = spot.end
    for start, end, meanings in regions:
        if reach <= start <= reach + AFTER and _linked(text[reach:start]):
            proof.regions.update(meanings)
            reach = end
    for country in document.countries:
        if country.start > reach + AFTER:
            break
        if (
            reach <= country.start
            and _linked(text[reach : country.start])
            and country.rule == "country_name"
            or spot.start - BEFORE - 10 <= country.end <= spot.start
            and _introduced(text[country.end : spot.start], country.rule)
        ):
            proof.countries[country.country] += 1


def _linked(between: str) -> bool:
    """ ", Jepang", " (Jepang)", " di Jepang", ", Provinsi "."""
    if "." in between or "\n" in between or ";" in between or ":" in between:
        return False
    bare = between.replace(",", " ").replace("(", " ").replace("–", " ").replace("-", " ").split()
    return len(between) <= AFTER and all(word.lower() in links() for word in bare) and (")" not in between)


BETWEEN = frozenset({"city", "town", "port", "of", "kota", "capital", "partner", "sister", "twin"})


def _introduced(between: str, rule: str) -> bool:
    """ "the Chinese city of ", "Japan's ", "kota di Jepang, "."""
    bare = between.lower().replace(",", " ").replace("'s", " ").replace("’s", " ").split()
    if "." in between or "\n" in between:
        return False
    if rule == "country_adjective":
        return all(
            word in {"city", "town", "port", "of", "kota", "capital", "partner", "sister", "twin"} for word in bare
        )
    return bool("'s" in between or "’s" in between) and all(word in {"city", "of", "capital", "port"} for word in bare)

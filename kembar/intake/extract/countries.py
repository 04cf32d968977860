"""Countries by name, short form and adjective, in the languages of the lexicon."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import FOLDER, load
from kembar.intake.extract.reading import CountryMention
from kembar.intake.extract.words import HANGUL_OR_HAN, Names, simplified

CERTAIN, ADJECTIVE = 0.95, 0.7
# Names of countries that are also the names of cities: the city finder decides.
CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "GI", "VA"})


@cache
def _codes() -> tuple[str, ...]:
    rows = (FOLDER / "countries" / "names.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(row.split("\t", 1)[0] for row in rows)


@cache
def _names() -> tuple[Names, dict[str, int], frozenset[str]]:
    """Latin names, eastern names, and the adjectives among the Latin ones."""
    rows = (FOLDER / "countries" / "names.tsv").read_text(encoding="utf-8").splitlines()
    index = {code: number for number, code in enumerate(_codes())}
    latin = Names([])
    eastern: dict[str, int] = {}
    table = load("countries", "words")
    listed = [(row.split("\t")[0], row.split("\t")[1:]) for row in rows]
    listed += [(code, words.split(", ")) for code, words in table["other"].items()]
    for code, names in listed:
        for name in names:
            if HANGUL_OR_HAN.search(name):
                eastern[name] = index[code]
            else:
                latin.add(name, index[code])
    adjectives = set()
    for code, words in table["adjective"].items():
        for word in words.split(", "):
            before = set(latin.meanings)
            latin.add(word, index[code])
            adjectives |= set(latin.meanings) - before
    return latin, eastern, frozenset(adjectives)


@cache
def _automaton() -> tuple[AhoCorasick, list[int]]:
    eastern = _names()[1]
    return AhoCorasick(list(eastern), matchkind=MatchKind.LeftmostLongest), list(eastern.values())


def find(document: Document) -> list[CountryMention]:
    """In text order. A form in capitals (AS, US) counts only in capitals."""
    latin, _, adjectives = _names()
    capitals = frozenset(load("countries", "words")["capitals"]["words"].lower().split())
    text = document.text
    found = []
    for first, last, key in latin.find(text, document.tokens()):
        start, end = document.tokens()[first].start, document.tokens()[last - 1].end
        surface = text[start:end]
        if not surface[0].isupper() or (key in capitals and not surface.isupper()):
            continue
        adjective = key in adjectives
        found.append(
            CountryMention(
                start=start,
                end=end,
                rule="country_adjective" if adjective else "country_name",
                confidence=ADJECTIVE if adjective else CERTAIN,
                country=_codes()[latin.meanings[key][0]],
            )
        )
    if HANGUL_OR_HAN.search(text):
        automaton, codes = _automaton()
        for number, start, end in automaton.find_matches_as_indexes(simplified(text)):
            found.append(
                CountryMention(
                    start=start, end=end, rule="country_name", confidence=CERTAIN, country=_codes()[codes[number]]
                )
            )
    return sorted(found, key=lambda one: one.start)

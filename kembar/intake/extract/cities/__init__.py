"""The bare names of cities, each told from its namesakes; not those inside brands, universities and events."""

from __future__ import annotations

import re
from functools import cache

from kembar.intake.extract.cities import east, west
from kembar.intake.extract.cities.choose import HOME, Surroundings
from kembar.intake.extract.cities.places import eastern_regions, regions
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import CityMention
from kembar.intake.extract.words import HANGUL_OR_HAN, simplified


def find(document: Document) -> list[CityMention]:
    """In text order, none overlapping."""
    around = Surroundings(HOME.get(document.language))
    around.countries.update(country.country for country in document.countries)
    named_regions = _regions(document, around)
    found = west.find(document, around, named_regions)
    if HANGUL_OR_HAN.search(document.text):
        found += east.find(document, around, named_regions)
    return sorted(found, key=lambda city: city.start)


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    meanings = {}
    for country, states in load("regions", "abbreviations").items():
        for state in states.split(", "):
            code, short = state.split(" ")
            meanings[code] = meanings[short] = (country, f"{country}-{code}")
    words = "|".join(sorted(map(re.escape, meanings), key=len, reverse=True))
    return re.compile(rf"(?<=, )(?:{words})(?![\w])"), meanings


def _short_states(document: Document) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """ "Melbourne, Fla."; not in the languages whose words look the same."""
    pattern, meanings = _abbreviations()
    matches = list(pattern.finditer(document.text))
    if document.language not in {"en", "und"}:
        matches = [match for match in matches if match.group().isupper() and len(match.group()) == 2]
    return [(match.start(), match.end(), [meanings[match.group()]]) for match in matches]


def _regions(document: Document, around: Surroundings) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Provinces and states in text order: start, end, what each may be."""
    latin, codes, others = regions()
    words = document.tokens()
    found = []
    for first, last, key in latin.find(document.text, words):
        if words[first].capital:
            found.append((words[first].start, words[last - 1].end, [codes[n] for n in latin.meanings[key]]))
    if HANGUL_OR_HAN.search(document.text):
        automaton, names = eastern_regions()
        for number, start, end in automaton.find_matches_as_indexes(simplified(document.text)):
            found.append((start, end, [codes[n] for n in others[names[number]]]))
    found += _short_states(document)
    for _, _, meanings in found:
        if len({country for country, _ in meanings}) == 1:
            around.regions.update(meanings)
    return sorted(found)

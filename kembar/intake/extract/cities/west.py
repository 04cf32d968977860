"""Names of cities in Latin letters: capitals, the words beside them, and the runs of capitals they stand in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kembar.intake.extract.cities import places
from kembar.intake.extract.cities.beside import (
    LEVELS,
    LOCATIVES,
    Regions,
    Spot,
    add_beside,
    ambiguous,
    cues,
    gap,
    look_around,
    never,
    proof_of,
)
from kembar.intake.extract.cities.choose import HOME, SMALL_MARGIN, Choice, Proof, Surroundings, choose, size
from kembar.intake.extract.countries import CITY_STATES
from kembar.intake.extract.dates.grammar import grammar
from kembar.intake.extract.dates.western import one_slip
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import CityMention
from kembar.intake.extract.words import Word, fold


def find(document: Document, around: Surroundings, regions: Regions) -> list[CityMention]:
    """Mentions in Latin letters whose name has proof enough in this text."""
    spots = _spots(document, regions)
    held: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        held[spot.key].append(spot)
    found: list[CityMention] = []
    left: dict[str, list[Spot]] = {}
    for key, same in held.items():
        mentions = _judged(document, key, same, regions, around)
        found += mentions
        if not mentions:
            left[key] = same
    # What stands beside a city in a list, or lies in a country whose other city is named, is a city with less proof.
    wider = replace(around, countries=around.countries + Counter({city.country for city in found}))
    listed = _listed(document, found)
    for key, same in left.items():
        beside = any(spot.end in listed or spot.start in listed for spot in same)
        if beside or max(size(places.place(number)) for number in places.latin()[0].meanings[key]) >= LARGE:
            found += _judged(document, key, same, regions, wider, listed=beside)
    return found + _misspelt(document, found) + _unknown(document, found)


def _judged(
    document: Document, key: str, same: list[Spot], regions: Regions, around: Surroundings, *, listed: bool = False
) -> list[CityMention]:
    proof = proof_of(document, same, regions)
    proof.hinted += 2 * listed
    numbers = places.latin()[0].meanings[key]
    choice = choose(numbers, around, proof)
    if choice is None or not _believed(document, key, choice, proof, same):
        return []
    found = []
    for spot in same:
        own = _own_choice(document, spot, regions, around, numbers) or choice
        if not _refused(document, spot, proof, own):
            found.append(_mention(spot, own, proof))
    return found


LARGE = 2.5
BESIDE = re.compile(r"(?: ?[-–—] ?|, (?:dan |and |serta )?| (?:dan|and|und|serta|dengan|with|&) (?:Kota |Kabupaten )?)")


def _listed(document: Document, found: list[CityMention]) -> frozenset[int]:
    """Where a name beside a known city would begin or end: "Denpasar-Darwin", "Milan and Turin"."""
    text = document.text
    edges = set()
    for city in found:
        match = BESIDE.match(text, city.end)
        if match:
            edges.add(match.end())
        before = re.search(rf"(?:{BESIDE.pattern})$", text[max(0, city.start - 18) : city.start])
        if before:
            edges.add(city.start - len(before.group()))
    return frozenset(edges)


def _own_choice(
    document: Document, spot: Spot, regions: Regions, around: Surroundings, numbers: list[int]
) -> Choice | None:
    """What the country or province beside this very mention says: two namesakes may stand in one text."""
    own = Proof()
    add_beside(document, spot, regions, own)
    return choose(numbers, around, own) if own.countries or own.regions else None


def _mention(spot: Spot, choice: Choice, proof: Proof) -> CityMention:
    rule = "city_with_office" if spot.strong else "city_with_country" if proof.countries else "city_name"
    confidence = 0.95 if proof.strong or proof.countries else 0.8
    if choice.margin < SMALL_MARGIN:
        confidence = 0.45
    return CityMention(start=spot.start, end=spot.end, rule=rule, confidence=confidence, name=choice.place.name,
                       country=choice.place.country, geonameid=choice.place.geonameid,
                       alternatives=choice.others)  # fmt: skip


def _spots(document: Document, regions: Regions) -> list[Spot]:
    """Every name in capitals, with what stands beside it."""
    words = document.tokens()
    known = cues(document.language)
    taken = _taken(document, regions)
    spots = []
    for first, last, key in places.latin()[0].find(document.text, words):
        start, end = words[first].start, words[last - 1].end
        small = not words[first].capital
        if small and not _may_be_small(key, words, first):
            continue
        if taken(key, start, end) or (last - first > 1 and not small and not words[last - 1].capital):
            continue
        spot = Spot(first, last, key, start, end, small=small)
        look_around(document, words, spot, known)
        spots.append(spot)
    return spots


def _taken(document: Document, regions: Regions) -> Callable[[str, int, int], bool]:
    """Whether a name is no city's here: a word, a month, a country, or a province of a country of the text."""
    calendar = grammar(document.language)
    states = [(country.start, country.end) for country in document.countries if country.country not in CITY_STATES]
    longer = [(start, end) for start, end, _ in regions]
    exact = {(start, end): meanings for start, end, meanings in regions}
    here = {country.country for country in document.countries} | {HOME.get(document.language)}

    def taken(key: str, start: int, end: int) -> bool:
        if key in never() or key in calendar.months or key in calendar.weekdays:
            return True
        if any(a <= start and end <= b for a, b in states):
            return True
        if any(a <= start and end <= b and b - a > end - start for a, b in longer):
            return True
        meanings = exact.get((start, end))
        if meanings is None or _shared(key, meanings):
            return False
        small = all(size(places.place(number)) < CITY_NOT_PROVINCE for number in places.latin()[0].meanings[key])
        return small or _named(meanings, here)

    return taken


CITY_NOT_PROVINCE = 2.4
"""A city this large (250,000 people) comes before a province of its name in a country the text does not name."""


def _may_be_small(key: str, words: list[Word], first: int) -> bool:
    """In chats and notes: "walikota bandung", "ke suwon". Not the names that small letters make everyday words."""
    if not first or len(key) < 5 or key in ambiguous() or key in places.latin()[1]:
        return False
    before = words[first - 1].folded
    if before in LEVELS:
        return True
    large = any(
        places.place(number).level in {"city", "regency"} or size(places.place(number)) >= CITY_NOT_PROVINCE
        for number in places.latin()[0].meanings[key]
    )
    return large and key not in small_words() and before in LOCATIVES


@cache
def small_words() -> frozenset[str]:
    return frozenset(load("cities", "ambiguous")["small"].split())


def _named(meanings: list[tuple[str, str]], here: set[str | None]) -> bool:
    """Whether the province lies in a country of the text."""
    return any(country in here for country, _ in meanings)


def _shared(key: str, meanings: list[tuple[str, str]]) -> bool:
    """Whether a name that is also a province's is a city of the same country: Yogyakarta is, Bali is not."""
    named = {country for country, _ in meanings}
    return any(places.place(number).country in named for number in places.latin()[0].meanings[key])


def _misspelt(document: Document, found: list[CityMention]) -> list[CityMention]:
    """A name with one slip of the pen, where the right name stands elsewhere in the text."""
    meant = {fold(document.text[city.start : city.end]): city for city in found if city.end - city.start >= 6}
    taken = {city.start for city in found}
    slips = []
    for word in document.tokens():
        if not word.capital or word.end - word.start < 6 or word.start in taken or word.folded in meant:
            continue
        for name, city in meant.items():
            if name[0] == word.folded[0] and one_slip(word.folded, name):
                slips.append(replace(city, start=word.start, end=word.end, rule="city_misspelt", confidence=0.6))
                break
    return slips


def _unknown(document: Document, found: list[CityMention]) -> list[CityMention]:
    """A city the gazetteer does not hold, named with its level or in a list of cities, and with its country."""
    words, text = document.tokens(), document.text
    ends = {city.end for city in found}
    starts = {word.start: index for index, word in enumerate(words)}
    made = []
    for country in document.countries:
        index = starts.get(country.start)
        if not index or country.rule != "country_name":
            continue
        between = text[words[index - 1].end : country.start]
        if words[index - 1].folded in {"in", "di"}:
            index -= 1
        elif between not in {", ", " ("}:
            continue
        first = _run_start(text, words, index)
        if first in {index, 0} or words[index - 1].end in ends or words[first].folded in never():
            continue
        before = words[first - 1]
        listed = before.folded in {"and", "dan"} and first > 1 and words[first - 2].end in ends
        if before.folded in LEVELS or listed or _of_city(words, first):
            start, end = words[first].start, words[index - 1].end
            made.append(CityMention(start=start, end=end, rule="city_not_in_gazetteer", confidence=0.5,
                                    name=text[start:end], country=country.country, geonameid=0))  # fmt: skip
    return made


def _run_start(text: str, words: list[Word], index: int) -> int:
    """The first of at most three capitalised words before this one."""
    first = index
    while first > 0 and index - first < 3 and words[first - 1].capital and words[first - 1].folded not in LEVELS:
        if first < index and gap(text, words[first - 1], words[first]) != " ":
            break
        first -= 1
    return first


def _of_city(words: list[Word], first: int) -> bool:
    return words[first - 1].folded == "of" and first > 1 and words[first - 2].folded in {"city", "town", "municipality"}


def _believed(document: Document, key: str, choice: Choice, proof: Proof, spots: list[Spot]) -> bool:
    """Whether the name is a city's in this text at all."""
    rare = key in places.latin()[1]
    if rare and not proof.countries and choice.place.country != "ID" and size(choice.place) < 2.6:
        return False
    if proof.strong or proof.countries:
        return not (proof.spoken and proof.strong < 2 and not proof.countries and size(choice.place) < 2.5)
    if (proof.spoken and size(choice.place) < 3.0) or (
        key in ambiguous() and not (proof.located and size(choice.place) >= 1.3)
    ):
        return False
    if proof.regions:
        return True
    weight = size(choice.place) + (1.5 if choice.score - size(choice.place) >= 1.5 else 0.0)
    if proof.hinted:
        return weight >= (2.8 if rare else 1.3)
    if rare or not any(_inside(document, spot) for spot in spots):
        return weight >= 3.0 and not rare
    return weight >= 2.3 or (weight >= 1.5 and len(spots) > 2)


def _inside(document: Document, spot: Spot) -> bool:
    """A capital that no beginning of a sentence explains."""
    sentence = document.sentence_at(spot.start)
    if sentence is None:
        return False
    if spot.small:
        return False
    return spot.start > sentence.start + 2 or spot.end >= sentence.end - 1


def _is_title(document: Document, sentence: Sentence) -> bool:
    """ "Bandung Jajaki Kerja Sama dengan Kota Chandler": most of its words begin with a capital."""
    if sentence.end - sentence.start > 160:
        return False
    letters = [word for word in document.text[sentence.start : sentence.end].split() if word[0].isalpha()]
    return len(letters) >= 4 and sum(word[0].isupper() for word in letters) >= 0.6 * len(letters)


def _refused(document: Document, spot: Spot, proof: Proof, choice: Choice) -> bool:
    """Brands, universities, provinces, people: by the capitals beside this one mention."""
    if spot.blocked:
        return True
    text, words = document.text, document.tokens()
    sentence = document.sentence_at(spot.start)
    if sentence is None or text[sentence.start : sentence.end].isupper():
        return False
    known = cues(document.language)
    heading = (
        sentence.kind in {"heading", "list", "byline", "caption", "boilerplate"}
        or document.language == "de"
        or _is_title(document, sentence)
    )
    after = words[spot.last] if spot.last < len(words) else None
    followed = (
        after is not None
        and after.capital
        and gap(text, words[spot.last - 1], after) == " "
        and after.folded not in known.may_follow
        and after.folded not in known.after_strong
        and after.folded not in grammar(document.language).weekdays
        and after.folded not in grammar(document.language).months
        and not text[after.start : after.end].isupper()
        and not any(country.start == after.start for country in document.countries)
    )
    home = choice.place.country == "ID" and choice.place.level in {"city", "regency"}
    office = spot.title and (home or proof.strong or proof.countries or proof.hinted > 1)
    if followed and not spot.strong and not heading and not office:
        return True
    before = words[spot.first - 1] if spot.first else None
    led = (
        before is not None
        and not spot.title
        and before.capital
        and gap(text, before, words[spot.first]) == " "
        and before.start >= sentence.start
        and not (before.start <= sentence.start + 1 and before.folded in known.prepositions)
        and before.folded not in known.starters
        and not text[before.start : before.end].isupper()
    )
    return led and not spot.strong and not heading and not proof.strong and size(choice.place) < 3.0

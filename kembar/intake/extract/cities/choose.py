"""Which of several places of one name is meant: people, home country, the country and province beside the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log10

from kembar.intake.extract.cities import places
from kembar.intake.extract.cities.places import Place

HOME = {"id": "ID", "su": "ID", "jv": "ID", "ms": "MY", "ko": "KR", "zh": "CN", "ja": "JP", "de": "DE", "nl": "NL",
        "fr": "FR", "es": "ES", "it": "IT", "pl": "PL", "vi": "VN", "tr": "TR", "tl": "PH"}  # fmt: skip
REGENCY_PEOPLE = 400_000
"""Taken for Indonesian regencies, whose people the gazetteer does not count."""
SMALL_MARGIN = 0.7


@dataclass(slots=True)
class Surroundings:
    """What the whole text says of countries and provinces, and how often."""

    home: str | None
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(slots=True)
class Proof:
    """What stands beside the mentions of one name: offices, prepositions, countries and provinces adjacent."""

    strong: int = 0
    hinted: int = 0
    regency: int = 0
    spoken: int = 0
    located: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(slots=True)
class Choice:
    place: Place
    score: float
    margin: float
    others: tuple[int, ...]


def size(place: Place) -> float:
    """0 for a thousand people, 4 for ten million."""
    people = place.population or (REGENCY_PEOPLE if place.country == "ID" and place.level else 1000)
    return min(max(log10(people) - 3, 0.0), 4.0)


def choose(numbers: Iterable[int], around: Surroundings, proof: Proof) -> Choice | None:
    """The likeliest place; None where the country beside the name holds none of that name."""
    scored = sorted(
        ((_score(place, around, proof), place) for place in map(places.place, numbers)),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return None
    if proof.countries:
        named = proof.countries.most_common(1)[0][0]
        if all(place.country != named for _, place in scored) and not _overseas(named, scored):
            return None
    score, best = scored[0]
    rivals = [(value, place) for value, place in scored[1:] if place.name != best.name or place.country != best.country]
    margin = score - rivals[0][0] if rivals else 9.0
    return Choice(best, score, margin, tuple(place.geonameid for _, place in rivals[:4] if place.geonameid))


def _overseas(named: str, scored: list[tuple[float, Place]]) -> bool:
    """Taiwan and Hong Kong by the name of China, Nouméa by that of France."""
    groups = ({"CN", "HK", "MO", "TW"}, {"FR", "NC", "PF", "RE", "GP", "MQ"}, {"US", "PR", "GU"}, {"GB", "IE"})
    return any(named in group and scored[0][1].country in group for group in groups)


def _score(place: Place, around: Surroundings, proof: Proof) -> float:
    score = size(place)
    if place.country == around.home and (place.country != "ID" or place.level):
        score += 1.5
    if around.countries[place.country]:
        score += 1.5
    if proof.countries[place.country]:
        score += 4.0
    code = (place.country, place.region)
    if place.region and around.regions[code]:
        score += 1.5
    if place.region and proof.regions[code]:
        score += 2.5
    elif any(country == place.country for country, _ in proof.regions):
        score += 1.5
    if proof.regency and place.level == "regency":
        score += 0.5
    elif place.level == "regency":
        score -= 0.2
    return score

"""Which levels of government stand equal."""

from collections.abc import Sequence

# How far below the country a level stands. Equal rank is asked of twins; a difference is a warning, not a refusal.
_RANKS = {
    "province": 1, "special_region": 1, "prefecture": 1, "state": 1, "region": 1, "autonomous_region": 1,
    "canton": 1, "governorate": 1, "territory": 1, "country_part": 1, "municipality": 1, "special_city": 1,
    "metropolitan_city": 1, "department": 1,
    "city": 2, "regency": 2, "prefecture_city": 2, "administrative_city": 2, "administrative_regency": 2,
    "county": 2,
    "district": 3, "town": 3, "township": 3, "village": 4,
}  # fmt: skip
# Where a word means another rank: Japanese towns and villages stand beside its cities, Korean counties too.
_EXCEPTIONS = {("JP", "town"): 2, ("JP", "village"): 2, ("JP", "district"): 3, ("CN", "county"): 3}

LEVELS = tuple(_RANKS)


def rank_of(level: str, *, country: str) -> int | None:
    """1 is the first level below the country; None for a level that is empty or not known."""
    return _EXCEPTIONS.get((country, level), _RANKS.get(level))


# How many times more people than its namesakes a place has when its bare name means it.
_FAR_LARGER = 10


def stands_out(people: Sequence[int]) -> bool:
    """Whether a bare name means the first of its namesakes, given how many people each has, the most first.

    Provinces and places whose people nobody has counted (0) do not compete with a counted city: Kyoto is the city.
    """
    first, *others = people
    return all(first >= _FAR_LARGER * max(other, 1) for other in others)

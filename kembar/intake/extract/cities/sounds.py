"""A foreign city in Hangul that no list holds, by its consonants: 라지샤히 is Rajshahi, 클라겐푸르트 Klagenfurt."""

from __future__ import annotations

import re
from functools import cache

from kembar.intake.extract.cities import places
from kembar.intake.extract.words import fold

INITIALS = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
FINALS = {
    0: "", 1: "k", 2: "k", 4: "n", 7: "t", 8: "l", 16: "m", 17: "p", 19: "t", 21: "n",
    22: "c", 23: "c", 24: "k", 25: "t", 26: "p",
}  # fmt: skip
FEWEST = 3
"""Consonants below which too many names sound alike."""
PEOPLE_FROM = 15_000

LATIN = (
    (r"tsch|tch|dsch|cz|č|ć", "c"),
    (r"sch|sh|sz|š|ś", "s"),
    (r"ch", "c"),
    (r"ph", "p"),
    (r"th|dh", "t"),
    (r"gh|kh", "k"),
    (r"ng(?=[^aeiouy]|$)", "n"),
    (r"c(?=[eiy])", "s"),
    (r"ck|c|q|g|k|x", "k"),
    (r"dz|j|z", "c"),
    (r"[bpfv]", "p"),
    (r"[dt]", "t"),
    (r"[lr]", "l"),
    (r"[aeiouyw]|[^a-zA-Z]", ""),
)
VIETNAMESE = ((r"tr|ch", "c"), (r"nh", "n"), (r"gi|^d|(?<= )d", ""), *LATIN)


def _plain(sounds: str) -> str:
    """The same sound twice is heard once; h is too weak to count."""
    return re.sub(r"(.)\1+", r"\1", sounds.replace("h", ""))


def of_hangul(name: str) -> str:
    sounds = ""
    for syllable in name:
        number = ord(syllable) - 0xAC00
        if not 0 <= number < 11172:
            return ""
        sounds += INITIALS[number // 588] + FINALS.get(number % 28, "")
    return _plain(sounds)


def of_latin(name: str, country: str) -> str:
    sounds = fold(name)
    for pattern, sound in VIETNAMESE if country == "VN" else LATIN:
        sounds = re.sub(pattern, sound.upper(), sounds)
    return _plain(sounds.lower())


@cache
def _by_sound(country: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number in places.in_country(country):
        place = places.place(number)
        if place.population >= PEOPLE_FROM or (place.country == "ID" and place.level):
            sounds = of_latin(place.name, country)
            if len(sounds) >= FEWEST:
                found.setdefault(sounds, []).append(number)
    for numbers in found.values():
        numbers.sort(key=lambda number: -places.place(number).population)
    return found


def sounding_like(name: str, countries: list[str]) -> int | None:
    """The line of the largest city of these countries that sounds so, the first country first; None where none does."""
    sounds = of_hangul(name)
    if len(sounds) < FEWEST:
        return None
    for country in countries:
        numbers = _by_sound(country).get(sounds)
        if numbers:
            return numbers[0]
    return None

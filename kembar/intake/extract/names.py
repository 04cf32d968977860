"""What a part of a name looks like: lists of names, offices and ordinary words, and the spelling of pinyin."""

from __future__ import annotations

import re
from functools import cache

from kembar.intake.extract.lexicon import load


@cache
def words(topic: str, key: str) -> frozenset[str]:
    """The single words of an entry."""
    return frozenset(load("people", topic)[key].casefold().split())


@cache
def phrases(topic: str, key: str) -> frozenset[str]:
    """The entries of a list parted by commas."""
    listed: str = load("people", topic)[key]
    return frozenset(" ".join(entry.split()).casefold() for entry in listed.split(",") if entry.strip())


@cache
def by_first_word(topic: str, key: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Entries under their first word, longest first, so that a walk over words finds the longest at once."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases(topic, key):
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(entries, key=len, reverse=True)) for first, entries in table.items()}


@cache
def endings() -> tuple[str, ...]:
    return tuple(load("people", "names")["endings"].split())


@cache
def is_given(word: str) -> bool:
    return word in words("names", "given")


@cache
def is_family(word: str) -> bool:
    return word in words("names", "family")


@cache
def is_known(word: str) -> bool:
    """Whether the lists hold this part; both halves of a part with a hyphen count ("Hans-Peter")."""
    if is_given(word) or is_family(word):
        return True
    halves = word.split("-")
    return len(halves) == 2 and all(is_given(half) or is_family(half) for half in halves)


@cache
def sounds_indonesian(word: str) -> bool:
    """Whether the part ends as names do; a leaning only."""
    return len(word) > 5 and word.endswith(endings())


@cache
def sounds_western(word: str) -> bool:
    return len(word) > 5 and word.endswith(tuple(words("names", "surname_endings")))


@cache
def _pinyin() -> re.Pattern[str]:
    initials, finals = (
        "|".join(sorted(words("names", key), key=len, reverse=True)) for key in ("pinyin_initials", "pinyin_finals")
    )
    return re.compile(f"(?:(?:{initials})?(?:{finals})){{1,3}}'?")


@cache
def is_pinyin(word: str) -> bool:
    return len(word) > 1 and _pinyin().fullmatch(word.replace("’", "'")) is not None


def is_chinese(parts: list[str]) -> bool:
    """ "Nong Shengwen": a surname and one or two parts that pinyin can spell."""
    return (
        2 <= len(parts) <= 3
        and parts[0] in words("names", "pinyin")
        and all(is_pinyin(part.replace("-", "")) for part in parts[1:])
    )


def is_korean(parts: list[str]) -> bool:
    """ "Hong Joon-pyo", "Joon-pyo Hong", "Hong Joon Pyo" (surname listed, given name of two syllables)."""
    surnames = words("names", "korean")
    syllable = re.compile("[bcdghjkmnpstwy]{0,2}[aeiouy]{1,3}(?:ng|n|m|l|k|b|p|h|r)?$")
    if len(parts) == 2:
        for surname, given in (parts, parts[::-1]):
            halves = given.split("-")
            if surname in surnames and len(halves) == 2 and all(map(syllable.match, halves)):
                return True
        return False
    return len(parts) == 3 and parts[0] in surnames and all(map(syllable.match, parts[1:]))

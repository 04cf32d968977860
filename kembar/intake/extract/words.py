"""The words of a text with their places, and names looked up among them: one pass, whatever the number of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

WORD = re.compile(r"[^\W\d_]+|\d+")
HANGUL_OR_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})


class Word(NamedTuple):
    """`folded`: without case and accents. `capital`: begins with a capital letter."""

    start: int
    end: int
    folded: str
    capital: bool


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """ "Kotzé" and "KOTZE" are both "kotze"."""
    word = word.lower()
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def words_of(text: str) -> list[Word]:
    """Words and numbers in Latin, Greek or Cyrillic letters."""
    return [Word(*match.span(), fold(word := match.group()), word[0].isupper()) for match in WORD.finditer(text)]


TRADITIONAL = re.compile("[國與為這個來時會對於開發學區縣灣臺澤訪問題關係議簽署東灣門陽島廣龍馬鎮蘇]")


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=8)
def simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one; the text itself where there are none."""
    if TRADITIONAL.search(text) is None:
        return text
    converted = str(_converter().convert(text))
    return converted if len(converted) == len(text) else text


class Names:
    """Names in Latin letters, each with what it stands for; the longest name at a place wins. `sizes`: by the first
    word, how many words its names have, as bits."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        self.meanings: dict[str, list[int]] = {}
        self.sizes: dict[str, int] = {}
        for name, meaning in pairs:
            self.add(name, meaning)

    def add(self, name: str, meaning: int) -> None:
        if name.isascii() and name.isalpha():
            key = first = name.lower()
            length = 1
        else:
            parts = WORD.findall(name.lower()) if name.isascii() else [fold(part) for part in WORD.findall(name)]
            if not parts:
                return
            key, first, length = " ".join(parts), parts[0], len(parts)
        held = self.meanings.get(key)
        if held is None:
            self.meanings[key] = [meaning]
            self.sizes[first] = self.sizes.get(first, 0) | 1 << length
        elif meaning not in held:
            held.append(meaning)

    def find(self, text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
        """(first word, word after the last, key) of every name, longest first at each place, none overlapping."""
        meanings, sizes = self.meanings, self.sizes
        free = 0
        for index in [index for index, word in enumerate(words) if word.folded in sizes]:
            if index < free:
                continue
            for size in _longest_first(sizes[words[index].folded]):
                if index + size > len(words):
                    continue
                key = " ".join([word.folded for word in words[index : index + size]])
                if key in meanings and (size == 1 or _joined(text, words, index, size)):
                    yield index, index + size, key
                    free = index + size
                    break


@cache
def _longest_first(sizes: int) -> tuple[int, ...]:
    return tuple(size for size in range(sizes.bit_length() - 1, 0, -1) if sizes >> size & 1)


def _joined(text: str, words: list[Word], index: int, size: int) -> bool:
    """Whether only a blank, a hyphen, an apostrophe or the stop of a short form stands between the words."""
    for one, other in zip(words[index : index + size - 1], words[index + 1 : index + size], strict=True):
        gap = text[one.end : other.start]
        if gap.strip(" ") not in {"", "-", "'", "’", "."} or (gap == ". " and one.end - one.start > 3):
            return False
    return True

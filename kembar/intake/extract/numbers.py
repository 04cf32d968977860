"""Numbers in words, as minutes and agreements spell them: "dua ribu dua puluh lima", "two hundred", "三十五"."""

from __future__ import annotations

from functools import cache

from kembar.intake.extract.lexicon import load

CHINESE_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
CHINESE_STEPS = {"十": 10, "百": 100, "千": 1000}
CHINESE_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}


@cache
def _words(language: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    table = load("numbers", language)
    return table.get("units", {}), table.get("steps", {}), table.get("groups", {})


def from_words(words: str, language: str) -> int | None:
    """The number these words spell; None where one of them is no number word.

    Units add, steps (ten, hundred) multiply what stands before them, groups (thousand, million) close what came before.
    """
    units, steps, groups = _words("id" if language == "ms" else language)
    total = current = 0
    seen = False
    for word in words.lower().replace("-", " ").split():
        if word in units:
            current += units[word]
        elif word == "belas":
            current += 10
        elif word in steps:
            current = current // 1000 * 1000 + _step(current % 1000, steps[word])
        elif word in groups:
            total += max(current, 1) * groups[word]
            current = 0
        elif word == "and" and seen:
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def _step(current: int, step: int) -> int:
    """ "dua ratus lima puluh": only the last figure is multiplied by a smaller step."""
    if step == 10 and current >= 100:
        return current // 100 * 100 + max(current % 100, 1) * 10
    return max(current, 1) * step


def from_chinese(words: str) -> int | None:
    """三十五 is 35, 二〇二五 is 2025, 三百万 is 3,000,000; None for anything else."""
    if words and all(letter in CHINESE_DIGITS for letter in words):
        return int("".join(str(CHINESE_DIGITS[letter]) for letter in words))
    total = section = figure = 0
    for letter in words:
        if letter in CHINESE_DIGITS:
            figure = CHINESE_DIGITS[letter]
        elif letter in CHINESE_STEPS:
            section += max(figure, 1) * CHINESE_STEPS[letter]
            figure = 0
        elif letter in CHINESE_GROUPS:
            total += max(section + figure, 1) * CHINESE_GROUPS[letter]
            section = figure = 0
        else:
            return None
    return total + section + figure if words else None

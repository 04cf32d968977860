"""What a pattern begins with, and that a sieve finds what the pattern by itself does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kembar.intake.extract import cues
from kembar.intake.extract.beginnings import beginnings, required
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.sieve import Sieve, Sought, between

GIVEN = Path(__file__).parent / "texts"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:will|Shall) not", {"will n", "shall "}),
        (r"(?<!not )(?:a|bc?)d", {"ad", "bd", "bcd"}),
        (r"colou?r", {"colour", "color"}),
        (r"(?:very )?good", {"very g", "good"}),
        (r"o+h", {"o"}),
        (r"[시市]장", {"시장", "市장"}),
        (r"[1-3]월", {"1월", "2월", "3월"}),
        (r"(?P<a>ab|cd)(?=\d)(?!x)\w+", {"ab", "cd"}),
        (r"\.com", {".com"}),
        (r"(?i:Kota)|(?-i:LOI)", {"kota", "loi"}),
    ],
)
def test_a_pattern_tells_what_its_matches_begin_with(pattern: str, words: set[str]) -> None:
    assert beginnings(pattern) == words


@pytest.mark.parametrize("pattern", [r"\w+ing", ".*end", "a?", "[^,]b", "[가-힣]시", r"(?:x|\S)y", r"(a)\1", "x*"])
def test_a_pattern_that_may_begin_with_anything_says_so(pattern: str) -> None:
    assert beginnings(pattern) is None


def test_a_pattern_tells_the_rarest_words_it_must_hold() -> None:
    assert required(r"^(?=.*\b(?:March|April)\b).*sends?") == {"march", "april"}
    assert required(r"\w+ (?:city|town)|\S+시") == {" city", " town", "시"}
    assert required(r"\w+(?:city)?") is None


def every_pattern(language: str) -> Iterator[str]:
    yield from (one["pattern"].replace("{n}", cues.ENDS_IN_N) for one in load("promises", language)["cues"])
    yield from (
        pattern for key in ("kinds", "statuses", "words") for pattern in load("agreements", "all")[key].values()
    )
    yield from (table[language] for table in load("checks", "claims").values())
    yield from load("language", "genre").values()


@pytest.mark.parametrize("language", ["id", "en", "ko", "zh"])
def test_a_sieve_finds_what_the_pattern_finds(language: str) -> None:
    texts = [path.read_text(encoding="utf-8")[:2500] for path in sorted(GIVEN.glob(f"*_{language}_*/text.txt"))[:2]]
    text = "\n".join([*texts, *(one["example"] for one in load("promises", language)["cues"])])
    for pattern in every_pattern(language):
        plain = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
        assert [match.span() for match in Sought(pattern).finditer(text)] == plain, pattern


def test_letters_and_figures_that_compare_alike_are_found() -> None:
    text = "\u0130stanbul, \u212aediri, \u017fuwon, \u0661\u0662 kota"
    for pattern in ("istanbul", "kediri", "suwon", r"\d+ kota"):
        found = re.search(pattern, text, re.IGNORECASE)
        assert found is not None
        assert [match.span() for match in Sought(pattern).finditer(text)] == [found.span()]


def test_a_sieve_tells_places_in_order_and_those_of_a_part() -> None:
    sieve = Sieve(["b", "ab", r"\w"])
    assert (sieve.anchored, sieve.always) == ([True, True, False], [2])
    places = sieve.places("xab ab b")
    assert places == [(1, 1), (2, 0), (4, 1), (5, 0), (7, 0)]
    assert between(places, 4, 6) == [(0, 1), (1, 0)]
    assert sieve.numbers("b") == {0, 2}

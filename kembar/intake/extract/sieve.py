"""Many patterns sought in one pass over a text: each is tried only where a match of it may begin.

A pattern of many branches tries each of them at every letter. What its matches begin with is known (`beginnings`), so
one automaton tells the few places that are worth a try; what is found is the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from kembar.intake.extract.beginnings import beginnings, folded, required

Places = list[tuple[int, int]]
"""Where a match may begin and the number of the pattern, in order."""


class Sieve:
    """Patterns without case, by number. `anchored`: those whose matches begin where a place is told; of the others a
    place says only that there may be a match somewhere, and of those `always` in any text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        numbers: dict[str, list[int]] = {}
        self.patterns = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        self.anchored = [beginnings(pattern) is not None for pattern in patterns]
        self.always: list[int] = []
        for number, pattern in enumerate(patterns):
            words = beginnings(pattern) or required(pattern)
            if words is None:
                self.always.append(number)
            for word in words or ():
                numbers.setdefault(word, []).append(number)
        self._numbers = list(numbers.values())
        self._automaton = AhoCorasick(list(numbers))

    def places(self, text: str) -> Places:
        found = self._automaton.find_matches_as_indexes(folded(text), overlapping=True)
        return sorted({(start, number) for word, start, _ in found for number in self._numbers[word]})

    def numbers(self, text: str) -> frozenset[int]:
        """The patterns that may match in the text."""
        found = self._automaton.find_matches_as_indexes(folded(text), overlapping=True)
        return frozenset(self.always).union(*(self._numbers[word] for word in {word for word, _, _ in found}))

    def finditer(self, text: str, number: int, places: Places) -> Iterator[re.Match[str]]:
        """What `finditer` of this pattern gives; `places`: those of the text."""
        pattern = self.patterns[number]
        if not self.anchored[number]:
            maybe = number in self.always or any(one == number for _, one in places)
            yield from pattern.finditer(text) if maybe else ()
            return
        end = 0
        for place, one in places:
            if one == number and place >= end and (match := pattern.match(text, place)):
                yield match
                end = match.end()


class Sought:
    """One pattern without case with a sieve of its own: what `finditer` and `search` give, sooner."""

    def __init__(self, pattern: str) -> None:
        self._sieve = Sieve([pattern])

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._sieve.finditer(text, 0, self._sieve.places(text))

    def search(self, text: str) -> re.Match[str] | None:
        return next(self.finditer(text), None)


def between(places: Places, start: int, end: int) -> Places:
    """The places from `start` to before `end`, counted from `start`."""
    first = bisect_left(places, (start, -1))
    return [(place - start, number) for place, number in places[first : bisect_left(places, (end, -1), first)]]

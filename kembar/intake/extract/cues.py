"""The cues of promises: which words say that something is planned, hoped, offered or done, and what makes them void."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kembar.intake.extract.lexicon import load
from kembar.intake.extract.sieve import Places, Sieve

HANGUL = range(0xAC00, 0xD7A4)
# "{n}" in a pattern: any syllable that ends in ㄴ, as the present of Korean verbs does before 다.
ENDS_IN_N = "[" + "".join(chr(code) for code in HANGUL if (code - HANGUL.start) % 28 == 4) + "]"


LONGEST = 600


@dataclass(frozen=True, slots=True)
class Cue:
    """`modality` "none" takes the words away from later cues: "akan menjadi peluang" promises nothing."""

    name: str
    modality: str


@dataclass(frozen=True, slots=True)
class Hit:
    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled file of one language. `last`: the predicate stands last, so the last cue of a clause counts. The
    first `strong` of the cues count wherever they stand, the weak ones behind them only where no other does."""

    sieve: Sieve
    cues: tuple[Cue, ...]
    strong: int
    negation: re.Pattern[str]
    refusal: re.Pattern[str] | None
    clause: re.Pattern[str]
    conditional: re.Pattern[str]
    recurring: re.Pattern[str]
    hearsay: re.Pattern[str] | None
    last: bool

    def fallback(self, text: str, places: Places | None = None) -> Hit | None:
        """The first of the weak cues. They look ahead: a long clause is cut. `places`: those of `text` in the sieve."""
        text = text[:LONGEST]
        near = self.sieve.places(text) if places is None else places
        likely = {number for place, number in near if place < LONGEST}
        for number in range(self.strong, len(self.cues)):
            if number not in likely and number not in self.sieve.always:
                continue
            match = self._first(text, near, number)
            if match is not None and not self.negation.search(text[max(0, match.start() - 30) : match.start()]):
                return Hit(self.cues[number], match.start(), match.end())
        return None

    def _first(self, text: str, places: Places, number: int) -> re.Match[str] | None:
        pattern = self.sieve.patterns[number]
        if not self.sieve.anchored[number]:
            return pattern.search(text)
        tried = (pattern.match(text, place) for place, one in places if one == number)
        return next(filter(None, tried), None)

    def hits(self, text: str, places: Places | None = None) -> Iterator[Hit]:
        """Cues that hold, in order; those under a negation are left out. Of two that begin at one place, the first of
        the file. `places`: those of `text` in the sieve."""
        position = 0
        for match, number in self._strong(text, self.sieve.places(text) if places is None else places):
            if match.start() < position:
                continue
            position = max(match.end(), position + 1)
            if self.negation.search(text[max(0, match.start() - 30) : match.start()]):
                continue
            if self.refusal is not None and self.refusal.search(text[match.end() - 2 : match.end() + 12]):
                continue
            yield Hit(self.cues[number], match.start(), match.end())

    def _strong(self, text: str, places: Places) -> Iterator[tuple[re.Match[str], int]]:
        """Matches of the strong cues in order of their beginnings, overlapping ones too."""
        sieve = self.sieve
        roaming = {number for _, number in places if not sieve.anchored[number]}.union(sieve.always)
        for place, number in self._with_roaming(text, places, roaming) if roaming else places:
            if number < self.strong and (match := sieve.patterns[number].match(text, place)):
                yield match, number

    def _with_roaming(self, text: str, places: Places, roaming: set[int]) -> Places:
        """The places with those where a cue begins of which the sieve says only that it may be somewhere."""
        found = {(place, number) for place, number in places if number not in roaming}
        for number in roaming:
            match = self.sieve.patterns[number].search(text) if number < self.strong else None
            while match is not None:
                found.add((match.start(), number))
                match = self.sieve.patterns[number].search(text, match.start() + 1)
        return sorted(found)


@cache
def of(language: str) -> Cues | None:
    """None for a language without a file."""
    table = load("promises", language)
    if "cues" not in table:
        return None
    listed = table["cues"] + load("promises", table.get("also", "")).get("cues", [])
    strong = [one for one in listed if not one.get("alone")]
    weak = [one for one in listed if one.get("alone")]
    refusal = table.get("refusal")
    return Cues(
        sieve=Sieve(
            [
                one["pattern"].replace("{n}", ENDS_IN_N) if one.get("alone") else one["pattern"]
                for one in (*strong, *weak)
            ]
        ),
        cues=tuple(Cue(one["name"], one["modality"]) for one in (*strong, *weak)),
        strong=len(strong),
        negation=re.compile(table["negation"], re.IGNORECASE),
        refusal=re.compile(refusal) if refusal else None,
        clause=re.compile(table["clause"], re.IGNORECASE),
        conditional=re.compile(table["conditional"], re.IGNORECASE),
        recurring=re.compile(table["recurring"], re.IGNORECASE),
        hearsay=re.compile(table["hearsay"], re.IGNORECASE) if "hearsay" in table else None,
        last=bool(table.get("last")),
    )

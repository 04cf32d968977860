"""The text under reading, as every finder gets it: cleaned, with its language, sentences and earlier findings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from kembar.intake.extract.reading import (
    Agreement,
    CityMention,
    Commitment,
    CountryMention,
    DateMention,
    Money,
    Person,
    Sector,
)
from kembar.intake.extract.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """`kind`: prose, heading, list, caption, byline or boilerplate. Sentences never overlap and stand in order.

    A sentence of direct speech stands alone: what is between quotation marks is split at its own full stops, and the
    words that name the speaker stay with the last of its sentences.
    """

    start: int
    end: int
    paragraph: int
    kind: str = "prose"

    @property
    def is_boilerplate(self) -> bool:
        return self.kind in {"boilerplate", "byline", "caption"}


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech without its marks; `speaker`: the span of the words that name who speaks, or None."""

    start: int
    end: int
    speaker: tuple[int, int] | None = None


@dataclass(slots=True)
class Document:
    """`text` is the cleaned text; all spans of finders count its characters.

    Finders run in this order and find the earlier results here: countries, cities, dates, money, people, sectors,
    agreements, commitments, checks.
    """

    text: str
    language: str
    published: date | None
    sentences: list[Sentence] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    boilerplate: list[tuple[int, int, str]] = field(default_factory=list)
    cities: list[CityMention] = field(default_factory=list)
    countries: list[CountryMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _tokens: list[Word] | None = None
    genre: str | None = None

    def tokens(self) -> list[Word]:
        """Words and numbers with their places, made once."""
        if self._tokens is None:
            self._tokens = words_of(self.text)
        return self._tokens

    def words(self, span: Sentence | Quote) -> str:
        return self.text[span.start : span.end]

    def prose(self) -> list[Sentence]:
        """The sentences that are neither adverts nor bylines nor captions."""
        return [sentence for sentence in self.sentences if not sentence.is_boilerplate]

    def sentence_index(self, offset: int) -> int | None:
        """Where in `sentences` the one that holds this character stands; None between sentences."""
        if len(self._starts) != len(self.sentences):
            self._starts = [sentence.start for sentence in self.sentences]
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return index

    def sentence_at(self, offset: int) -> Sentence | None:
        index = self.sentence_index(offset)
        return None if index is None else self.sentences[index]

    def quote_at(self, offset: int) -> Quote | None:
        return next((quote for quote in self.quotes if quote.start <= offset < quote.end), None)

    def cities_in(self, start: int, end: int) -> list[CityMention]:
        return [city for city in self.cities if start <= city.start and city.end <= end]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        return [one for one in self.dates if start <= one.start and one.end <= end]

    def people_in(self, start: int, end: int) -> list[Person]:
        """People with any mention, full or short, inside the span."""
        return [
            person
            for person in self.people
            if any(start <= first and last <= end for first, last in person.mentions or ((person.start, person.end),))
        ]

"""Who acts and with whom: cities and people around a place in the text, pronouns led back to the speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from kembar.intake.extract.document import Document, Quote
from kembar.intake.extract.reading import CityMention, DateMention, Person

PRONOUN = re.compile(
    r"\b(?:kami|kita|pihaknya|ia|dia|beliau|dirinya|saya|kotanya|kantornya|we|our|he|she|they|i|his|her|wir|er|sie|ich)\b"
    r"|우리|저희|그는|그녀는|我们|我市|我方|他|她",
    re.IGNORECASE,
)
ENVOY = re.compile(
    r"\b(?:konsul|konjen|duta besar|dubes|kedutaan|kbri|kjri|ambassador|consul|envoy|embassy|botschafter|generalkonsul)"
    r"|대사|영사|大使|领事",
    re.IGNORECASE,
)
MAYOR = re.compile(
    r"\b(?:wali ?kota|bupati|sekda|mayor|lord mayor|bürgermeister|oberbürgermeister)|시장|군수|구청장|市长|书记",
    re.IGNORECASE,
)
SPEECH_MENTION = 400


@dataclass(slots=True)
class Cast:
    """All cities and people of a document in order, for questions by span in logarithmic time."""

    document: Document
    cities: list[CityMention] = field(default_factory=list)
    city_starts: list[int] = field(default_factory=list)
    mentions: list[tuple[int, int, Person]] = field(default_factory=list)
    mention_starts: list[int] = field(default_factory=list)
    quote_starts: list[int] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    date_starts: list[int] = field(default_factory=list)
    by_surface: dict[str, str] = field(default_factory=dict)
    main: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document) -> Cast:
        cast = cls(document)
        outside = [city for city in document.cities if not _in_boilerplate(document, city.start)]
        cast.cities = sorted(outside, key=lambda city: city.start)
        cast.city_starts = [city.start for city in cast.cities]
        cast.mentions = sorted(
            (
                (start, end, person)
                for person in document.people
                for start, end in person.mentions or ((person.start, person.end),)
            ),
            key=lambda mention: mention[:2],
        )
        cast.mention_starts = [start for start, _, _ in cast.mentions]
        cast.quote_starts = [quote.start for quote in document.quotes]
        cast.dates = sorted(document.dates, key=lambda one: one.start)
        cast.date_starts = [one.start for one in cast.dates]
        cast.by_surface = {document.text[city.start : city.end]: city.name for city in cast.cities}
        order: dict[str, int] = {}
        for number, city in enumerate(cast.cities):
            order.setdefault(city.name, number)
        counts = Counter(city.name for city in cast.cities)
        cast.main = sorted(counts, key=lambda name: (-counts[name], order[name]))
        return cast

    def cities_in(self, start: int, end: int) -> list[CityMention]:
        first = bisect_left(self.city_starts, start)
        last = bisect_left(self.city_starts, end)
        return self.cities[first:last]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        first = bisect_left(self.date_starts, start)
        last = bisect_left(self.date_starts, end)
        return [one for one in self.dates[first:last] if one.end <= end]

    def people_in(self, start: int, end: int) -> list[Person]:
        first = bisect_left(self.mention_starts, start)
        last = bisect_left(self.mention_starts, end)
        return [person for _, _, person in self.mentions[first:last]]

    def last_person(self, before: int) -> Person | None:
        """Who was named last before this place, not too far back."""
        index = bisect_left(self.mention_starts, before) - 1
        if index < 0 or before - self.mentions[index][1] > SPEECH_MENTION:
            return None
        return self.mentions[index][2]

    def quote_at(self, offset: int) -> Quote | None:
        index = bisect_left(self.quote_starts, offset + 1) - 1
        if index < 0 or self.document.quotes[index].end <= offset:
            return None
        return self.document.quotes[index]

    def speaker(self, offset: int) -> Person | None:
        """The person whose direct speech holds this place."""
        quote = self.quote_at(offset)
        if quote is None:
            return None
        if quote.speaker is not None:
            named = self.people_in(*quote.speaker)
            if named:
                return named[0]
        return self.last_person(quote.start)

    def city_of(self, person: Person) -> str | None:
        """The city a person acts for, by the words of the office, else the city named just before the first mention."""
        if person.of:
            for surface, name in self.by_surface.items():
                if surface in person.of:
                    return name
        near = self.cities_in(person.start - 40, person.start)
        return near[-1].name if near else None

    def side_of(self, person: Person) -> str:
        office = person.office or ""
        if ENVOY.search(office):
            return f"{office} {person.of or ''}".strip()
        city = self.city_of(person)
        if city is None and MAYOR.search(office) and self.main:
            city = self.main[0]
        return city or person.name

    def actor(self, start: int, cue: int, end: int) -> str | None:
        """Who acts in the clause from `start` whose cue stands at `cue`: the first city or person before the cue, the
        speaker of direct speech, the person a pronoun points at, else whoever stands after it."""
        speaker = self.speaker(cue)
        before = self.document.text[start:cue]
        cities, people = self.cities_in(start, cue), self.people_in(start, cue)
        if speaker is not None and (PRONOUN.search(before) or not cities):
            return self.side_of(speaker)
        if cities and people and self.document.text[cities[0].start : cities[0].end] in (people[0].of or ""):
            return self.side_of(people[0])
        if cities and not (people and people[0].start < cities[0].start and not people[0].office):
            return cities[0].name
        if people:
            return self.side_of(people[0])
        if PRONOUN.search(before) or not before.strip():
            last = self.last_person(start)
            if last is not None:
                return self.side_of(last)
        later = self.cities_in(cue, end)
        if later:
            return later[0].name
        last = self.last_person(start)
        return self.side_of(last) if last is not None else (self.main[0] if self.main else None)

    def counterpart(self, actor: str | None, start: int, end: int) -> str | None:
        """Another city of the clause, else the other main city of the text."""
        for city in self.cities_in(start, end):
            if city.name != actor and self.document.text[city.start : city.end] not in (actor or ""):
                return city.name
        return next((name for name in self.main[:2] if name != actor), None)


def _in_boilerplate(document: Document, offset: int) -> bool:
    sentence = document.sentence_at(offset)
    return sentence is not None and sentence.is_boilerplate

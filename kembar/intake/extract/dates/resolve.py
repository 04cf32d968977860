"""Gives each date on the page its year, month and day: from the day of publication, its neighbours, or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from kembar.intake.extract.dates.spotted import Spotted, edtf, possible, weekday_of
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import DateMention

CERTAIN, LIKELY, GUESSED = 0.98, 0.85, 0.6
LEAD = 4
"""Sentences in which a report says when."""
NEAR = 60
"""Characters between two dates of one list: "25 Maret dan 3 April 2025"."""
AHEAD_WITHIN = 90
TURN = 7
"""Months by which a month without a year may lie behind publication before the one to come is meant."""


@cache
def ahead(language: str) -> re.Pattern[str]:
    """Words that put what follows into the future: will, akan, wird."""
    words = load("dates", {"ms": "id", "su": "id"}.get(language, language)).get("ahead", "(?!)")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


class Resolver:
    """Walks through the dates in text order. `reference` is the day relative dates count from, None where unknown."""

    def __init__(self, document: Document, spotted: list[Spotted]) -> None:
        self.document = document
        self.spotted = spotted
        self.lead_day: date | None = None
        self.published = document.published or _byline(document, spotted)
        self.reference = self.published or self._own_day()
        self.dateline = self._dateline()
        self.previous: tuple[int, int | None, int | None] | None = None
        self.previous_sentence: int | None = None

    def _dateline(self) -> date | None:
        """ "本报6月26日讯": the day the report was sent, from which "today" counts."""
        for one in self.spotted[:3]:
            if (
                one.month
                and one.day
                and self.document.text[one.end : one.end + 6].lstrip(") ）")[:1] in {"讯", "電", "电", "訊"}
            ):
                year = one.year or (self._nearest_year(one, self.reference) if self.reference else None)
                return date(year, one.month, one.day) if year and possible(one.month, one.day, year) else None
        return None

    def _own_day(self) -> date | None:
        """The day of the news: the first full date with its weekday, else the first of the lead, else the latest."""
        full = [(one, day) for one in self.spotted if (day := _full(one)) is not None]
        prose = [pair for pair in full if not _in_boilerplate(self.document, pair[0])] or full
        with_weekday = [day for one, day in prose if one.weekday is not None]
        lead = [day for one, day in prose if (self._sentence(one) or 0) < LEAD]
        self.lead_day = lead[0] if lead else None
        if with_weekday:
            return with_weekday[0]
        return lead[0] if lead else max((day for _, day in prose), default=None)

    def mentions(self) -> list[DateMention]:
        found = []
        for index, one in enumerate(self.spotted):
            mention = self._mention(one, index)
            if mention is not None:
                found.append(mention)
                self.previous_sentence = self.document.sentence_index(one.start)
        return _merged(found, self.document.text)

    def _mention(self, one: Spotted, index: int) -> DateMention | None:
        if one.decade:
            return self._made(one, f"{one.year or 0:04d}"[:3] + "X", "decade", CERTAIN)
        if one.shift is not None and one.month is None:
            return self._relative(one)
        if one.month is None and one.day is None:
            if one.weekday is not None:
                return self._weekday_alone(one)
            return self._known(one, one.year, None, None, CERTAIN)
        if one.month is None:
            return self._relative(one) if one.shift is not None else self._bare_day(one, index)
        if one.shift is not None:
            base = self._base(one.shift[2])
            if base is not None:
                return self._known(one, base[0] + one.shift[1], one.month, one.day, self._trust())
        if one.year is not None:
            return self._known(one, one.year, *self._ordered(one), CERTAIN)
        return self._without_year(one, index)

    def _ordered(self, one: Spotted) -> tuple[int | None, int | None]:
        """3/2/2019 is 3 February, unless the weekday or the language says that the month comes first."""
        month, day, year = one.month, one.day, one.year
        if not one.swappable or month is None or day is None or year is None:
            return month, day
        as_written, turned = weekday_of(year, month, day), weekday_of(year, day, month)
        if one.weekday is not None and as_written != one.weekday and turned == one.weekday:
            return day, month
        if self.document.language == "en" and one.weekday is None and self.published is not None and turned is not None:
            first = abs((date(year, month, day) - self.published).days)
            if abs((date(year, day, month) - self.published).days) < first > 40:
                return day, month
        return month, day

    def _trust(self) -> float:
        return LIKELY if self.published is not None else GUESSED

    def _known(
        self, one: Spotted, year: int | None, month: int | None, day: int | None, trust: float
    ) -> DateMention | None:
        if year is None or (day is not None and month is not None and not possible(month, day, year)):
            return None
        self.previous = (year, month, day)
        granularity = "day" if day is not None else "month" if month is not None else "year"
        corrected = self._corrected(one, year, month, day)
        if corrected is not None:
            trust = min(trust, GUESSED)
        return self._made(one, edtf(year, month, day), granularity, trust, corrected=corrected,
                          anchored=trust != CERTAIN)  # fmt: skip

    def _made(
        self,
        one: Spotted,
        value: str,
        granularity: str,
        trust: float,
        *,
        corrected: str | None = None,
        anchored: bool = False,
    ) -> DateMention:
        return DateMention(start=one.start, end=one.end, rule=one.rule, confidence=trust, value=value,
                           granularity=granularity, corrected=corrected,
                           anchor=self.reference.isoformat() if anchored and self.reference else None,
                           part=one.part, weekday=one.weekday)  # fmt: skip

    def _corrected(self, one: Spotted, year: int, month: int | None, day: int | None) -> str | None:
        """Where the weekday is another: the same day of a near year, else a near day. None where all is well."""
        if one.weekday is None or month is None or day is None or weekday_of(year, month, day) == one.weekday:
            return None
        printed = date(year, month, day)
        centre = self.document.published or printed
        if abs((printed - centre).days) > 7 or self.document.published is None:
            years = [near for near in range(year - 3, year + 4) if weekday_of(near, month, day) == one.weekday]
            later_first = sorted(years, key=lambda near: (abs(near - centre.year), -near))
            if later_first and abs(later_first[0] - centre.year) <= 2:
                return edtf(later_first[0], month, day)
        step = (one.weekday - printed.weekday() + 3) % 7 - 3
        return (printed + timedelta(days=step)).isoformat()

    def _without_year(self, one: Spotted, index: int) -> DateMention | None:
        year = self._neighbour_year(one, index)
        if year is not None:
            return self._known(one, year, one.month, one.day, LIKELY)
        if self.reference is not None and one.month is not None:
            best = self._nearest_year(one, self.reference)
            # Over the turn of the year the nearer one is a guess, where no weekday and no word tells it.
            told = one.direction or one.weekday is not None or self._looks_ahead(one) or best == self.reference.year
            return self._known(one, best, one.month, one.day, self._trust() if told else GUESSED)
        granularity = "month" if one.day is None else "day"
        return self._made(one, edtf(None, one.month, one.day), granularity, LIKELY)

    def _neighbour_year(self, one: Spotted, index: int) -> int | None:
        """The year of the date that follows in the same breath, or of the start of the same range."""
        if one.part == "end" and self.previous is not None and index and self.spotted[index - 1].part == "start":
            return self.previous[0]
        for other in self.spotted[index + 1 : index + 3]:
            if other.start - one.end > NEAR or self._sentence(other) != self._sentence(one):
                break
            if other.year is not None and other.month is not None and other.rule == one.rule:
                earlier = (one.month or 0, one.day or 0) <= (other.month, other.day or 31)
                return other.year if earlier else other.year - 1
        if self.published is None:
            same = {o.year for o in self.spotted if o.year and (o.month, o.day) == (one.month, one.day)} or {
                o.year for o in self.spotted if o.year and o.day and o.month == one.month
            }
            if len(same) == 1:
                return same.pop()
        if one.direction is None and self.previous is not None and index:
            last = self.spotted[index - 1]
            if last.shift and one.start - last.end <= NEAR and (self.previous[1] is not None or one.day is None):
                return self.previous[0] if self._sentence(last) == self._sentence(one) else None
            if self.previous[1] is None:
                return None
            if last.year is not None and one.start - last.end <= 25 and self._sentence(last) == self._sentence(one):
                return last.year
        return None

    def _sentence(self, one: Spotted) -> int | None:
        return self.document.sentence_index(one.start)

    def _nearest_year(self, one: Spotted, reference: date) -> int:
        month, day = one.month or 1, one.day or 15
        direction = one.direction or ("future" if self._looks_ahead(one) else None)
        options = [year for year in range(reference.year - 4, reference.year + 5) if possible(month, day, year)]
        near = [year for year in options if abs(year - reference.year) <= 1] or options
        if one.weekday is not None and one.day is not None:
            fitting = [year for year in near if weekday_of(year, month, day) == one.weekday]
            near = fitting or near
        if direction == "past":
            near = [y for y in near if _floor(y, month, one.day) <= reference] or near
            return max(near)
        if direction == "future":
            near = [y for y in near if date(y, month, _last(one)) >= reference] or near
            return min(near)
        if direction == "this" and one.day is None:
            return reference.year
        return _usual_year(month, reference, near)

    def _looks_ahead(self, one: Spotted) -> bool:
        """Whether the words just before, in the same sentence, speak of what will be."""
        sentence = self.document.sentence_at(one.start)
        begin = max(sentence.start if sentence else 0, one.start - AHEAD_WITHIN)
        return ahead(self.document.language).search(self.document.text, begin, one.start) is not None

    def _bare_day(self, one: Spotted, index: int) -> DateMention | None:
        """Korean and Chinese news name the day alone: of the month just named, else the nearest one to publication."""
        day = one.day or 0
        if self.previous is not None and self.previous[1] is not None and index:
            last = self.spotted[index - 1]
            if self._sentence(last) == self._sentence(one) and one.start - last.end <= NEAR and one.direction is None:
                year, month = self.previous[0], self.previous[1]
                if (
                    self.previous[2] is not None
                    and day < self.previous[2]
                    and one.part != "start"
                    and last.part == "start"
                ):
                    year, month = (year, month + 1) if month < 12 else (year + 1, 1)
                return self._known(one, year, month, day, LIKELY)
        base = self.published or self.lead_day
        if base is None:
            return None
        chosen = _nearest_day(base, day, one.direction)
        return self._known(one, chosen.year, chosen.month, chosen.day, self._trust()) if chosen else None

    def _weekday_alone(self, one: Spotted) -> DateMention | None:
        """ "on Monday": the last one up to the day of publication, the next one where the words look ahead."""
        if self.published is None or one.weekday is None:
            return None
        back = (self.published.weekday() - one.weekday) % 7
        day = self.published - timedelta(days=back)
        if one.direction == "future" or (one.direction is None and self._looks_ahead(one)):
            day += timedelta(days=7)
        elif one.direction == "past" and back == 0:
            day -= timedelta(days=7)
        return self._known(one, day.year, day.month, day.day, LIKELY)

    def _relative(self, one: Spotted) -> DateMention | None:
        if one.shift is None:
            return None
        unit, number, base = one.shift
        start = self._base(base)
        if start is None:
            return None
        year, month, day = start
        trust = self._trust() if base == "reference" else GUESSED
        if unit == "year":
            return self._known(one, year + number, None, None, trust)
        if unit == "month":
            if month is None:
                return None
            months = year * 12 + month - 1 + number
            if one.day is not None and possible(months % 12 + 1, one.day, months // 12):
                return self._known(one, months // 12, months % 12 + 1, one.day, trust)
            return self._known(one, months // 12, months % 12 + 1, None, trust)
        if month is None or day is None:
            return None
        moved = date(year, month, day) + timedelta(days=number)
        return self._known(one, moved.year, moved.month, moved.day, trust)

    def _base(self, base: str) -> tuple[int, int | None, int | None] | None:
        if base == "previous":
            return self.previous
        day = self.dateline or self.reference
        return (day.year, day.month, day.day) if day is not None else None


def _byline(document: Document, spotted: list[Spotted]) -> date | None:
    """The day in the page's own line of date and time."""
    for one in spotted:
        sentence = document.sentence_at(one.start)
        if sentence is not None and sentence.kind == "byline" and one.start < 1500:
            day = _full(one)
            if day is not None:
                return day
    return None


def _in_boilerplate(document: Document, one: Spotted) -> bool:
    return any(start <= one.start < end for start, end, _ in document.boilerplate)


def _merged(found: list[DateMention], text: str) -> list[DateMention]:
    """ "hari ini (12/6)" is one date said twice."""
    kept: list[DateMention] = []
    for one in found:
        last = kept[-1] if kept else None
        if last is not None and last.value == one.value and text[last.end : one.start] in {"", " ", "(", " (", ", "}:
            end = one.end + (text[last.end : one.start].endswith("(") and text[one.end : one.end + 1] == ")")
            kept[-1] = replace(last, end=end, weekday=last.weekday if one.weekday is None else one.weekday)
        else:
            kept.append(one)
    return kept


def _full(one: Spotted) -> date | None:
    if one.year is None or one.month is None or one.day is None or not possible(one.month, one.day, one.year):
        return None
    return date(one.year, one.month, one.day)


def _usual_year(month: int, reference: date, options: list[int]) -> int:
    """A year is left out where it is that of publication; across the turn of the year it is the next or the last."""
    ahead = month - reference.month
    year = reference.year - 1 if ahead >= TURN + 2 else reference.year + 1 if ahead <= -TURN else reference.year
    return min(options, key=lambda option: abs(option - year))


def _last(one: Spotted) -> int:
    return one.day or 28


def _floor(year: int, month: int, day: int | None) -> date:
    return date(year, month, day or 1)


def _nearest_day(published: date, day: int, direction: str | None) -> date | None:
    """The day of the month nearest to publication, up to two days ahead unless the words look ahead."""
    options = []
    for shift in (-1, 0, 1):
        months = published.year * 12 + published.month - 1 + shift
        if possible(months % 12 + 1, day, months // 12):
            options.append(date(months // 12, months % 12 + 1, day))
    if direction == "future":
        return next((option for option in options if option >= published), None)
    if direction == "past":
        return next((option for option in reversed(options) if option <= published), None)
    return min(options, key=lambda option: abs((option - published).days), default=None)

"""Reads dates as officers write them and as old spreadsheets hold them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kembar.lib.dates import words
from kembar.lib.dates.edtf import EdtfDate, Form, build, on, parse_edtf
from kembar.lib.dates.point import Point, Precision, Reason, UnreadableDate, point

# A year of two digits lies at most this far ahead of today; else it is of the century before.
_YEARS_AHEAD = 10
_LONGEST = 120


class WeekdayMismatch(NamedTuple):
    """The day as written; its weekday as written and as the calendar has it (ISO: Monday is 1)."""

    day: date
    written: int
    actual: int


def parse_written(text: str, *, today: date | None = None) -> EdtfDate:
    """Reads what `parse_edtf` reads, and dates in words and figures in five languages: 24 Mei 1960, 24/5/1960,
    25.03.2025, Mar 25, 2025, 1960년 5월 24일, 二〇二五年三月, sekitar 2005, akhir 2019, triwulan I 2026,
    sebelum April 2024, 24-26 Mei 2025, antara 2005 dan 2007.

    Figures are day first. "Before" and "after" exclude what they name ("before 2024" is by the end of 2023), "by" and
    "since" include it. "Early", "mid" and "late" are about a third of the year; of a month, no more than the month.
    A weekday is passed over, see `weekday_mismatch`. With `today`, years of two digits and "yesterday" are read too.
    Raises UnreadableDate with the reason; a day and month without a year are `no_year`.
    """
    try:
        return parse_edtf(text)
    except UnreadableDate as unreadable:
        if unreadable.reason is not Reason.NOT_A_DATE:
            raise
    plain, _ = _without_weekday(_plain(text))
    if not plain or len(plain) > _LONGEST:
        raise UnreadableDate(text)
    if today and plain in words.TODAY:
        return on(today + timedelta(days=words.TODAY[plain]))
    return _Reader(text, today).read(plain)


def weekday_mismatch(text: str) -> WeekdayMismatch | None:
    """Tells when a written weekday contradicts the written day: "Senin, 25 Maret 2025" was a Tuesday.

    The text may be a date alone or sentences with dates in them; the first contradiction counts. None when they agree,
    when one of them is missing, or when there is no date to read.
    """
    plain = _plain(text)
    for day, written in (*_alone(plain), *_in_sentences(plain)):
        if day.isoweekday() != written:
            return WeekdayMismatch(day, written, day.isoweekday())
    return None


def _alone(plain: str) -> Iterator[tuple[date, int]]:
    """The day and the weekday of a text that is a date and nothing else."""
    rest, written = _without_weekday(plain)
    if written and (day := _day(rest)):
        yield day, written


def _in_sentences(plain: str) -> Iterator[tuple[date, int]]:
    """Every full day with a weekday written right before or behind it."""
    for found in _FULL_DAY.finditer(plain):
        before, behind = (
            _WEEKDAY_BEFORE.search(plain[max(0, found.start() - 40) : found.start()]),
            _WEEKDAY_BEHIND.match(plain[found.end() :]),
        )
        beside = before or behind
        if beside and (day := _day(found[0])):
            yield day, words.WEEKDAYS[beside["in"] or beside["out"]]


def _day(plain: str) -> date | None:
    try:
        read = parse_written(plain)
    except UnreadableDate:
        return None
    return read.earliest if read.precision is Precision.DAY else None


def _plain(text: str) -> str:
    """Half-width, lower case, one kind of dash and quote, single spaces, Chinese numerals as figures."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[‘’]", "'", re.sub("[‐‑‒–—−―〜∼]", "-", text))
    text = re.sub("[〇零○一二三四五六七八九十]+(?=[年月日号號])", lambda found: _figures(found[0]), text)
    return " ".join(text.split()).strip(" ,;")


def _figures(numeral: str) -> str:
    """二〇二五 becomes 2025, 二十五 becomes 25, 十 becomes 10."""
    digits = dict.fromkeys("〇零○", 0) | {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}
    if "十" not in numeral:
        return "".join(str(digits[sign]) for sign in numeral)
    tens, _, ones = numeral.partition("十")
    return str(10 * digits.get(tens, 1) + digits.get(ones, 0))


def _any(phrases: Iterable[str]) -> str:
    """Longest first, so that "mid" does not cut "middle of" short."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _before(phrases: Iterable[str]) -> re.Pattern[str]:
    """A phrase and what follows it. A letter of the Latin alphabet must not run on: "um" is not in "umbrella"."""
    return re.compile(rf"(?P<phrase>{_any(phrases)})(?:(?<![a-z])|(?![a-z]))\s*(?P<rest>.+)")


def _behind(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?P<rest>.+?)\s*(?P<phrase>{_any(phrases)})")


_WEEKDAY, _WEEKDAY_WORD = _any(words.WEEKDAYS), _any(word for word in words.WEEKDAYS if len(word) > 1)
_WEEKDAY_FIRST = re.compile(rf"(?:hari\s)?(?:\((?P<in>{_WEEKDAY})\)|(?P<out>{_WEEKDAY_WORD})(?=[.,\s(]))[.,\s]*")
_WEEKDAY_LAST = re.compile(rf"[\s,]*(?:\((?P<in>{_WEEKDAY})\)|(?<=[\s,일日])(?P<out>{_WEEKDAY_WORD}))")
_WEEKDAY_BEHIND = re.compile(rf"{_WEEKDAY_LAST.pattern}(?![a-z])")
_WEEKDAY_BEFORE = re.compile(
    rf"(?:\((?P<in>{_WEEKDAY})\)|(?<![^\W\d_])(?P<out>{_WEEKDAY_WORD}))[.,\s(]*(?:(?:tanggal|tgl\.?|the|dem|den)\s)?$"
)


def _without_weekday(plain: str) -> tuple[str, int | None]:
    if found := _WEEKDAY_FIRST.match(plain):
        rest = plain[found.end() :]
    elif found := re.search(rf"{_WEEKDAY_LAST.pattern}$", plain):
        rest = plain[: found.start()]
    else:
        return plain, None
    return rest.strip("() "), words.WEEKDAYS[found["in"] or found["out"]]


_MONTH = rf"(?P<name>{_any(words.MONTHS)})\.?"
_D, _M, _Y = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_Y2 = r"(?P<year>\d{4}|'?\d\d)"
_TH = r"(?:st|nd|rd|th|\.)?\s?(?:of\s)?"
_GAP = r"[\s.,/-]*"
_OF = r"(?:of\s|tahun\s|des\sjahres\s)?"
_SEP = r"\s?[./-]\s?"
_WITH_YEAR = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_D}{_TH}{_GAP}{_MONTH}{_GAP}{_OF}{_Y2}",
        rf"{_MONTH}\s*{_D}{_TH}(?:,\s*|\s+){_Y}",
        rf"{_MONTH}{_GAP}{_OF}{_Y}",
        rf"{_Y}{_GAP}{_MONTH}(?:[\s.,/-]+{_D})?",
        rf"{_D}(?:{_SEP}|\s){_M}(?:{_SEP}|\s){_Y2}",
        rf"{_Y}{_SEP}{_M}(?:{_SEP}{_D})?\.?",
        rf"{_M}{_SEP}{_Y}",
        rf"{_Y}\s?[년年][도度]?(?:\s?{_M}\s?[월月](?:\s?{_D}\s?[일日号號])?)?",
        rf"(?:tahun\s|year\s|jahre?\s)?{_Y}",
    )
]
_WITHOUT_YEAR = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?:{_D}{_TH}{_GAP})?{_MONTH}",
        rf"{_MONTH}\s*{_D}{_TH}",
        rf"{_D}{_SEP}{_M}\.?",
        rf"{_M}\s?[월月](?:\s?{_D}\s?[일日号號])?",
        rf"{_D}\s?[일日号號]",
        rf"{_D}\.?",
    )
]
_MONTH_WORD = rf"(?:{_any(words.MONTHS)})\.?"
_FULL_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}{_TH}{_GAP}{_MONTH_WORD}{_GAP}{_OF}\d{{4}}"
    rf"|(?<![^\W\d_]){_MONTH_WORD}\s*\d{{1,2}}{_TH}(?:,\s*|\s+)\d{{4}}"
    rf"|\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d{{4}}"
    rf"|\d{{4}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}"
    rf"|\d{{4}}\s?[년年]\s?\d{{1,2}}\s?[월月]\s?\d{{1,2}}\s?[일日号號])(?!\d)",
    re.ASCII,
)
_LEAD = re.compile(r"(?:(?:pada|tanggal|tgl\.?|bulan|on|in|the|die|am|im|den|dem|dated|tertanggal)\s+)+")
_DECADE = re.compile(r"(?:tahun\s)?(\d{3})0(?:\s?-?\s?an|'?s|er(?:\sjahren?)?|년대|年代)", re.ASCII)
_SEASON = [
    re.compile(rf"(?P<part>{_any(words.SEASONS)})[\s,/]*{_OF}{_Y}", re.ASCII),
    re.compile(rf"{_Y}\s?[년年]?[도度]?[\s,/-]?(?P<part>{_any(words.SEASONS)})", re.ASCII),
]

# What a phrase adds to the date it stands by: "about", "perhaps".
_MARKS = [
    (pattern, approximate)
    for approximate, before, behind in (
        (True, words.ABOUT_BEFORE, words.ABOUT_AFTER),
        (False, words.PERHAPS_BEFORE, words.PERHAPS_AFTER),
    )
    for pattern in (_before(before), _behind(behind))
]
_THIRDS: list[tuple[re.Pattern[str], Mapping[str, int]]] = [
    (_before(words.THIRDS_BEFORE), words.THIRDS_BEFORE),
    (_behind(words.THIRDS_AFTER), words.THIRDS_AFTER),
]
# Pattern, whether the date is the end, and the step to the neighbour where the date itself is excluded.
_BOUNDS = [
    (pattern, is_end, step)
    for (before, behind), is_end, step in (
        (words.BY, True, 0),
        (words.SINCE, False, 0),
        (words.BEFORE, True, -1),
        (words.AFTER, False, 1),
    )
    for pattern in (_before(before), _behind(behind))
]
_BETWEEN = [
    re.compile(pattern)
    for pattern in (
        *(rf"{first}\s(?P<start>.+)\s{then}\s(?P<end>.+)" for first, then in words.BETWEEN),
        *(rf"(?P<start>.+?){then}\s?(?P<end>.+?)\s?{last}" for then, last in words.BETWEEN_BEHIND),
        r"(?P<start>[^.]+)\.\.(?P<end>[^.]+)",
    )
]
_FROM = _before(words.FROM)
_TO = re.compile(rf"\s*(?:{_any(words.TO)})\s*|\s+(?:{_any(words.TO_BETWEEN_SPACES)})\s+")
_TO_THE_END = _behind(words.TO_THE_END)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One text on its way to a date; `text` is what UnreadableDate carries."""

    text: str
    today: date | None

    def read(self, plain: str) -> EdtfDate:
        if named := self._named(plain):
            return build(Form.ONE, named, named)
        for attempt in (self._bounded, self._between, self._lasting):
            if found := attempt(plain):
                return found
        without_year = self._without_year(plain) and not plain.isdigit()
        raise UnreadableDate(self.text, Reason.NO_YEAR if without_year else Reason.NOT_A_DATE)

    def _named(self, plain: str) -> Point | None:
        """One day, month, part of a year, year or decade, with its marks; None where it is something else."""
        plain = plain[lead.end() :] if (lead := _LEAD.match(plain)) else plain
        return self._plain_point(plain) or self._part_of_year(plain) or self._marked(plain)

    def _marked(self, plain: str) -> Point | None:
        for pattern, approximate in _MARKS:
            if (found := pattern.fullmatch(plain)) and (named := self._named(found["rest"])):
                return named.marked(
                    approximate=named.approximate or approximate, uncertain=named.uncertain or not approximate
                )
        return None

    def _part_of_year(self, plain: str) -> Point | None:
        for pattern in _SEASON:
            if found := pattern.fullmatch(plain):
                return point(self.text, int(found["year"]), words.SEASONS[found["part"]])
        for pattern, codes in _THIRDS:
            if not (found := pattern.fullmatch(plain)) or not (named := self._named(found["rest"])):
                continue
            if named.precision is Precision.YEAR:
                return point(self.text, named.year, codes[found["phrase"]], mark="~")
            if named.precision is Precision.MONTH:
                return named
        return None

    def _plain_point(self, plain: str) -> Point | None:
        if decade := _DECADE.fullmatch(plain):
            return parse_edtf(f"{decade[1]}X").ends[1]
        for pattern in _WITH_YEAR:
            if found := pattern.fullmatch(plain):
                month, day = _month_and_day(found)
                if any(figures.strip("0") == "" for figures in found.groupdict().values() if figures):
                    raise UnreadableDate(self.text, Reason.NO_SUCH_DAY)
                return self._checked(self._year(found["year"]), month, day)
        return None

    def _checked(self, year: int, month: int, day: int) -> Point:
        """Figures above twelve are no month here, though EDTF has a meaning for some."""
        if month > 12 or (month == 0 and day):
            raise UnreadableDate(self.text, Reason.NO_SUCH_DAY)
        return point(self.text, year, month, day)

    def _year(self, figures: str) -> int:
        if len(figures) == 4:
            return int(figures)
        if not self.today:
            raise UnreadableDate(self.text, Reason.NO_YEAR)
        latest = self.today.year + _YEARS_AHEAD
        return latest - (latest - int(figures.removeprefix("'"))) % 100

    def _bounded(self, plain: str) -> EdtfDate | None:
        for pattern, is_end, step in _BOUNDS:
            if (found := pattern.fullmatch(plain)) and (named := self._named(found["rest"])):
                named = self._neighbour(named, step) if step else named
                return build(Form.ONE_OF, *((None, named) if is_end else (named, None)))
        return None

    def _neighbour(self, named: Point, step: int) -> Point:
        """The day, month or year beside it; beside a part of a year a month, beside a decade a year."""
        beside = named.first - timedelta(days=1) if step < 0 else named.last + timedelta(days=1)
        month = 0 if named.precision in (Precision.YEAR, Precision.DECADE) else beside.month
        day = beside.day if named.precision is Precision.DAY else 0
        neighbour = point(self.text, beside.year, month, day)
        return neighbour.marked(approximate=named.approximate, uncertain=named.uncertain)

    def _between(self, plain: str) -> EdtfDate | None:
        for pattern in _BETWEEN:
            if (found := pattern.fullmatch(plain)) and (both := self._pair(found["start"], found["end"])):
                return parse_edtf(self._ordered(Form.ONE_OF, *both))
        return None

    def _lasting(self, plain: str) -> EdtfDate | None:
        for start, end in _splits(plain):
            if both := self._pair(start, end):
                return parse_edtf(self._ordered(Form.INTERVAL, *both))
        return None

    def _ordered(self, form: Form, start: Point, end: Point) -> str:
        if start.first > end.first:
            raise UnreadableDate(self.text, Reason.WRONG_ORDER)
        return build(form, start, end).edtf

    def _pair(self, start: str, end: str) -> tuple[Point, Point] | None:
        """Both ends; one may leave to the other what both have in common: 24-26 Mei 2025, 5월 24일부터 26일까지."""
        first, last = self._named(start), self._named(end)
        if last and not first:
            first = self._completed(start, last)
        elif first and not last:
            last = self._completed(end, first)
        return (first, last) if first and last else None

    def _completed(self, plain: str, other: Point) -> Point | None:
        found = self._without_year(plain)
        if not found:
            return None
        month, day = found
        if not month and other.precision is not Precision.DAY:
            return None
        return self._checked(other.year, month or other.month, day)

    def _without_year(self, plain: str) -> tuple[int, int] | None:
        for pattern in _WITHOUT_YEAR:
            if found := pattern.fullmatch(plain):
                return _month_and_day(found)
        return None


def _month_and_day(found: re.Match[str]) -> tuple[int, int]:
    groups = found.groupdict()
    month = words.MONTHS[groups["name"]] if groups.get("name") else int(groups.get("month") or 0)
    return month, int(groups.get("day") or 0)


def _splits(plain: str) -> Iterator[tuple[str, str]]:
    if found := _FROM.fullmatch(plain):
        plain = found["rest"]
    if found := _TO_THE_END.fullmatch(plain):
        plain = found["rest"]
    for sign in _TO.finditer(plain):
        yield plain[: sign.start()], plain[sign.end() :]

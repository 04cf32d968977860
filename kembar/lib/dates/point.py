"""One named stretch of the calendar: a day, a month, a part of a year, a year or a decade."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kembar.lib.dates.duration import Duration

FIRST_YEAR, LAST_YEAR = 1000, 2999


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"  # any named part of a year: a season, a quarter, a third (early, mid, late), a half
    YEAR = "year"
    DECADE = "decade"
    BEFORE = "before"
    AFTER = "after"
    RANGE = "range"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a text is no date."""

    NOT_A_DATE = "not_a_date"
    NO_YEAR = "no_year"
    NO_SUCH_DAY = "no_such_day"
    OUT_OF_RANGE = "out_of_range"
    WRONG_ORDER = "wrong_order"


class UnreadableDate(ValueError):
    """Carries the text as it was given and the reason."""

    def __init__(self, text: str, reason: Reason = Reason.NOT_A_DATE) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason


# First month and number of months of each part of a year, ISO 8601-2 (EDTF level 2). Seasons without a hemisphere
# are read as northern ones: of the countries that write in seasons, most partners lie north.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12, 25: 3, 26: 6, 27: 9, 28: 12, 29: 9, 30: 12, 31: 3, 32: 6}
PARTS = {
    **{code: (month, 3) for code, month in _SEASONS.items()},
    **{33 + number: (1 + 3 * number, 3) for number in range(4)},
    **{37 + number: (1 + 4 * number, 4) for number in range(3)},
    **{40 + number: (1 + 6 * number, 6) for number in range(2)},
}

_POINT = re.compile(r"(\d{3}(?:\d|X))(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_MARKS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}


@dataclass(frozen=True, slots=True)
class Point:
    """`month` also holds the code of a part of a year (21 to 41, EDTF); 0 stands for "not said"."""

    precision: Precision
    year: int
    month: int = 0
    day: int = 0
    approximate: bool = False
    uncertain: bool = False

    @property
    def bare(self) -> str:
        """The text without the marks for "about" and "perhaps"."""
        if self.precision is Precision.DECADE:
            return f"{self.year // 10}X"
        return "-".join([str(self.year), *(f"{part:02}" for part in (self.month, self.day) if part)])

    def __str__(self) -> str:
        return self.bare + _MARKS[self.approximate, self.uncertain]

    @property
    def first(self) -> date:
        month = PARTS[self.month][0] if self.precision is Precision.SEASON else self.month
        return date(self.year, month or 1, self.day or 1)

    @property
    def last(self) -> date:
        if self.precision is Precision.DAY:
            return self.first
        if self.precision is Precision.DECADE:
            return date(self.year + 9, 12, 31)
        length = {Precision.MONTH: 1, Precision.YEAR: 12}.get(self.precision) or PARTS[self.month][1]
        return Duration(length, -1).after(self.first)

    def marked(self, *, approximate: bool, uncertain: bool) -> "Point":
        return replace(self, approximate=approximate, uncertain=uncertain)

    def coarser(self) -> "list[Point]":
        """The month and the year that this day, month or part of a year lies in, finest first."""
        wider = []
        if self.precision is Precision.DAY:
            wider.append(Point(Precision.MONTH, self.year, self.month))
        if self.precision in (Precision.DAY, Precision.MONTH, Precision.SEASON):
            wider.append(Point(Precision.YEAR, self.year))
        return wider

    def plus(self, duration: Duration) -> "tuple[Point, Point]":
        """The stretch moved: twice the same point where its precision carries the duration, else from the first
        possible unit to the last."""
        unit = self._unit(duration)
        if unit is self.precision is Precision.SEASON or unit is self.precision is Precision.DECADE:
            moved = replace(self, year=self.year + duration.months // 12)
            _check_year(moved, str(moved))
            return moved, moved
        marks = {"approximate": self.approximate, "uncertain": self.uncertain}
        first, last = (
            _point_of(duration.after(day), unit).marked(**marks)
            for day in (self.first, self.last if unit is Precision.DAY else self.last.replace(day=1))
        )
        return first, last

    def _unit(self, duration: Duration) -> Precision:
        if duration.days or self.precision is Precision.DAY:
            return Precision.DAY
        if duration.months % 12:
            return Precision.MONTH
        if self.precision is Precision.DECADE:
            return Precision.DECADE if duration.months % 120 == 0 else Precision.YEAR
        return self.precision


def _point_of(day: date, unit: Precision) -> Point:
    month = 0 if unit is Precision.YEAR else day.month
    point = Point(unit, day.year, month, day.day if unit is Precision.DAY else 0)
    _check_year(point, str(point))
    return point


def _check_year(point: Point, text: str) -> None:
    if not FIRST_YEAR <= point.year <= LAST_YEAR:
        raise UnreadableDate(text, Reason.OUT_OF_RANGE)


def point(text: str, year: int, month: int = 0, day: int = 0, mark: str = "") -> Point:
    """A checked day, month, part of a year or year; `text` is what UnreadableDate shall carry."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDate(text, Reason.OUT_OF_RANGE)
    check_day(text, year, month, day)
    if day:
        precision = Precision.DAY
    elif month:
        precision = Precision.MONTH if month <= 12 else Precision.SEASON
    else:
        precision = Precision.YEAR
    return Point(precision, year, month, day, mark in ("~", "%"), mark in ("?", "%"))


def check_day(text: str, year: int, month: int, day: int) -> None:
    """Refuses a month or a day that the calendar lacks; 0 stands for "not said"."""
    if month > 12 and (day or month not in PARTS):
        raise UnreadableDate(text, Reason.NO_SUCH_DAY)
    if day and (not month or day > calendar.monthrange(year, month)[1]):
        raise UnreadableDate(text, Reason.NO_SUCH_DAY)


def parse_point(part: str, whole: str) -> Point:
    """Reads one end of an EDTF text; `whole` is what UnreadableDate shall carry."""
    found = _POINT.fullmatch(part)
    if not found:
        raise UnreadableDate(whole)
    year, month, day, mark = found.groups()
    if year.endswith("X"):
        if month:
            raise UnreadableDate(whole)
        decade = point(whole, int(year[:3]) * 10, mark=mark)
        return replace(decade, precision=Precision.DECADE)
    if "00" in (month, day):
        raise UnreadableDate(whole, Reason.NO_SUCH_DAY)
    # 2019-XX says no more than 2019, 2019-XX-24 no more than a reader could use.
    if month == "XX" and day not in (None, "XX"):
        raise UnreadableDate(whole)
    numbers = [0 if text in (None, "XX") else int(text) for text in (month, day)]
    return point(whole, int(year), numbers[0], numbers[1], mark)

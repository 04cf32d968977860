"""Working days of a country: weekends, public holidays, joint leave, weekends that are worked after all.

The holidays come from the `holidays` package: for Indonesia with its category "government", the joint leave (cuti
bersama) that a decree sets each year; for China with the weekend days that make up for a long holiday. An office's own
days go before both. What the package does not know is said (`is_known`), never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays

CATEGORIES = {"ID": ("public", "government")}
# Joint leave is decreed a year or two ahead: a year without any of it is a gap in the list, not a year without leave.
DECREED = {"ID": "government"}
_FIRST, _LAST = 1950, 2100
_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a country: its holidays by name, the weekend days that are worked, and whether the list is whole."""

    off: Mapping[date, str]
    worked: frozenset[date]
    weekend: frozenset[int]
    is_known: bool


@lru_cache(maxsize=512)
def year_of(country: str, year: int) -> Year:
    """What is known of one year of a country (ISO 3166-1, two letters)."""
    if country not in holidays.list_supported_countries() or not _FIRST <= year <= _LAST:
        return Year({}, frozenset(), _WEEKEND, is_known=False)
    found = holidays.country_holidays(country, years=year, categories=CATEGORIES.get(country))
    worked = frozenset(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)
    off = {day: str(name) for day, name in sorted(found.items())}
    known = bool(off)
    if country in DECREED:
        known = known and bool(holidays.country_holidays(country, years=year, categories=(DECREED[country],)))
    return Year(off, worked, frozenset(found.weekend), is_known=known)


@dataclass(frozen=True)
class Calendar:
    """A country's working days with an office's own: `own` says of a day whether it is worked."""

    country: str
    own: Mapping[date, bool] = field(default_factory=dict)
    _sums: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

    def works(self, day: date) -> bool:
        if day in self.own:
            return self.own[day]
        year = year_of(self.country, day.year)
        if day in year.worked:
            return True
        return day.weekday() not in year.weekend and day not in year.off

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 where the end is not later."""
        if end <= start:
            return 0
        if start.year == end.year:
            return self._until(end) - self._until(start)
        whole = sum(self._days(year)[-1] for year in range(start.year + 1, end.year))
        return self._days(start.year)[-1] - self._until(start) + whole + self._until(end)

    def after(self, start: date, days: int) -> date:
        """The day on which the last of so many working days after `start` falls."""
        day, left = start, days
        while left > 0:
            day += timedelta(days=1)
            left -= self.works(day)
        return day

    def gaps(self, start: date, end: date) -> list[int]:
        """The years in between of which holidays or joint leave are not known: there weekends alone are counted."""
        return [year for year in range(start.year, end.year + 1) if not year_of(self.country, year).is_known]

    def _until(self, day: date) -> int:
        return self._days(day.year)[day.timetuple().tm_yday - 1]

    def _days(self, year: int) -> list[int]:
        """For each day of a year how many working days lie between 1 January and it, both counted; kept once made."""
        kept = self._sums.get(year)
        if kept is None:
            day, total, kept = date(year, 1, 1), 0, []
            while day.year == year:
                total += self.works(day)
                kept.append(total)
                if day == date.max:
                    break
                day += timedelta(days=1)
            self._sums[year] = kept
        return kept

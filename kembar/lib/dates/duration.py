"""Lengths of time as papers state them: years, months and days, which do not convert into each other."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """Calendar months (a year is twelve) and days; negative values reach back."""

    months: int = 0
    days: int = 0

    def __neg__(self) -> "Duration":
        return Duration(-self.months, -self.days)

    def __str__(self) -> str:
        """ISO 8601; a length whose months and days point in opposite directions has no such text: ValueError."""
        if self.months * self.days < 0:
            raise ValueError("months and days point in opposite directions")
        years, months = divmod(abs(self.months), 12)
        parts = [f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (abs(self.days), "D")) if number]
        sign = "-" if self.months < 0 or self.days < 0 else ""
        return f"{sign}P{''.join(parts) or '0D'}"

    def after(self, day: date) -> date:
        """Months first, then days. A day the month lacks becomes its last: 29 February and a year is 28 February.

        Raises OverflowError beyond the years 1 to 9999.
        """
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError(f"the year {year} does not exist")
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def is_cut_short(self, day: date) -> bool:
        """Whether the target month lacks the day, so that `after` fell on the month's last day."""
        return Duration(self.months).after(day).day != day.day


def parse_duration(text: str) -> Duration:
    """Reads P4Y, P6M, P1Y6M, P2W, P90D and the same with a leading minus; ValueError for anything else."""
    found = _ISO.fullmatch(text.strip().upper())
    if not found:
        raise ValueError(f"not a length of time: {text!r}")
    years, months, weeks, days = (int(number or 0) for number in found.groups()[1:])
    duration = Duration(years * 12 + months, weeks * 7 + days)
    return -duration if found[1] else duration

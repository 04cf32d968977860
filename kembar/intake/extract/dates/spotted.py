"""A date as it stands on the page, before anyone asks which year it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """`shift`: (unit, number, base) of a relative date, base "reference" or "previous". `direction`: past or future."""

    start: int
    end: int
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: bool = False
    direction: str | None = None
    part: str | None = None
    shift: tuple[str, int, str] | None = None
    swappable: bool = False


def possible(month: int, day: int, year: int | None = None) -> bool:
    """Whether such a day exists; without a year 29 February does."""
    if not (1 <= month <= 12 and 1 <= day <= LONGEST_MONTH[month - 1]):
        return False
    if year is None or (month, day) != (2, 29):
        return True
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def edtf(year: int | None, month: int | None = None, day: int | None = None) -> str:
    text = f"{year:04d}" if year is not None else "XXXX"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def weekday_of(year: int, month: int, day: int) -> int | None:
    """0 is Monday; None for a day that never was."""
    return date(year, month, day).weekday() if possible(month, day, year) else None


def full_year(text: str) -> int:
    """'24 is 2024, '87 is 1987."""
    number = int(text)
    if len(text) > 2:
        return number
    return 2000 + number if number < 60 else 1900 + number

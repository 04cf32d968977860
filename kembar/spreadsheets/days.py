"""Dates as old tables hold them: words, figures, and days counted by the spreadsheet itself. Plain Python."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kembar.lib.dates import EdtfDate, Form, UnreadableDate, on, parse_edtf, parse_written, weekday_mismatch
from kembar.spreadsheets.rules import says_nothing

# Excel counts days from 30 December 1899 (it takes 1900 for a leap year), on old Macintoshes from 1904.
_FIRST, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_BACKWARDS = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell says of a date. `wrong` is a word of `lib.dates.Reason` where it cannot be one; `weekday` where the
    written weekday was another: (written, actual)."""

    date: EdtfDate | None = None
    wrong: str = ""
    weekday: tuple[int, int] | None = None


@lru_cache(maxsize=50_000)
def read_day(text: str, *, today: date, since_1904: bool = False) -> Day:
    """A dash or "belum ada" is no date and not wrong."""
    plain = text.strip().strip("'")
    if not plain or says_nothing(plain):
        return Day()
    if found := _SERIAL.fullmatch(plain):
        return Day(on((_FIRST_1904 if since_1904 else _FIRST) + timedelta(days=int(found[1]))))
    if found := _WITH_TIME.fullmatch(plain):
        plain = found[1]
    if found := _BACKWARDS.fullmatch(plain):
        plain = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    try:
        read = parse_written(plain, today=today)
    except UnreadableDate as unreadable:
        return Day(wrong=unreadable.reason.value)
    if read.ends[0] is Form.NO_YEAR:
        return Day(wrong="no_year")
    mismatch = weekday_mismatch(plain)
    return Day(read, weekday=(mismatch.written, mismatch.actual) if mismatch else None)


def span_of(day: EdtfDate) -> tuple[EdtfDate | None, EdtfDate | None]:
    """The first and the last stretch of "2019-2024" or "24 Mei 2019 s.d. 24 Mei 2024"; (None, None) for one date."""
    form, start, end = day.ends
    if form is not Form.INTERVAL or start is None or end is None:
        return None, None
    return parse_edtf(str(start)), parse_edtf(str(end))

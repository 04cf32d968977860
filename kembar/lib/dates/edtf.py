"""The value and its EDTF text (ISO 8601-2): the part of levels 1 and 2 that a file on a partner city needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kembar.lib.dates.duration import Duration
from kembar.lib.dates.point import Point, Precision, Reason, UnreadableDate, check_day, parse_point

_UNKNOWN_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?([~?%]?)", re.ASCII)
_ONE_OF = re.compile(r"\[([^.\[\]]*)\.\.([^.\[\]]*)\]")
_LEAP_YEAR = 2000


class Form(StrEnum):
    """How an EDTF text is built."""

    ONE = "one"  # 2025-03
    ONE_OF = "one_of"  # [2005..2007]: once, some time in it; an end may be open
    INTERVAL = "interval"  # 2005/2007: lasted from, to; an open end is ..
    NO_YEAR = "no_year"  # XXXX-09-27


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as far as it is known. Made by `parse_edtf`, `parse_written` and `on`, never by hand.

    `earliest` is None where nothing bounds it below (precision before, unknown), `latest` where nothing bounds it
    above (after, unknown). "About" and "perhaps" are told by their flags and do not widen the bounds.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool
    uncertain: bool

    def __str__(self) -> str:
        return self.edtf

    @property
    def ends(self) -> tuple[Form, Point | None, Point | None]:
        """The form and the first and last stretch it names; both are the same point for a plain date, None where
        open and for a date without a year."""
        return _ends(self.edtf)

    @property
    def day(self) -> date | None:
        """The one day the text names: the day itself, or the day of "by then" and "from then on"."""
        _, start, end = self.ends
        named = {Precision.DAY: start, Precision.BEFORE: end, Precision.AFTER: start}.get(self.precision)
        return named.first if named and named.precision is Precision.DAY else None

    @property
    def date_text(self) -> str:
        """The text without EDTF decoration, to stand beside `precision`: 2024-04-24, 2005..2007, 09-27."""
        form, start, end = self.ends
        if form is Form.NO_YEAR:
            return self.edtf.removeprefix("XXXX-").rstrip("~?%")
        if form is Form.ONE and start:
            return start.bare
        return "..".join(point.bare for point in (start, end) if point)

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """By the first possible day, an open beginning by its end; a date without a year comes last."""
        anchor = self.earliest or self.latest or date.max
        return anchor, self.latest or date.max, self.edtf

    def certainly_by(self, moment: "date | EdtfDate") -> bool:
        """Whether it has happened when that day is over, whatever the open parts are."""
        # A day as such is what a register asks thousands of times; making an EdtfDate of it costs more than the answer.
        limit = moment if type(moment) is date else _as_edtf(moment).earliest
        return self.latest is not None and limit is not None and self.latest <= limit

    def possibly_by(self, moment: "date | EdtfDate") -> bool:
        limit = _as_edtf(moment).latest
        return self.earliest is None or limit is None or self.earliest <= limit

    def certainly_before(self, other: "date | EdtfDate") -> bool:
        limit = _as_edtf(other).earliest
        return self.latest is not None and limit is not None and self.latest < limit

    def possibly_before(self, other: "date | EdtfDate") -> bool:
        limit = _as_edtf(other).latest
        return self.earliest is None or limit is None or self.earliest < limit

    def overlaps(self, other: "date | EdtfDate") -> bool:
        """Whether both may speak of the same day; without a year nothing is ruled out."""
        other = _as_edtf(other)
        return not self.certainly_before(other) and not other.certainly_before(self)

    def contains(self, other: "date | EdtfDate") -> bool:
        """Whether this follows from `other`: every day the other allows is allowed here. Never for an unknown year."""
        other = _as_edtf(other)
        if Precision.UNKNOWN in (self.precision, other.precision):
            return self == other
        below = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        above = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return below and above

    def plus_years(self, years: int) -> "EdtfDate":
        return self.plus(Duration(12 * years))

    def plus(self, duration: Duration) -> "EdtfDate":
        """Moved by the duration, keeping openness and marks, and the precision where it can: 2025-03 and P6M is
        2025-09, but 2025-03 and P90D is one of the days from 30 May to 29 June.

        Raises UnreadableDate: a date without a year can move by whole years only; years 1000 to 2999.
        """
        form, start, end = self.ends
        if form is Form.NO_YEAR:
            if duration.days or duration.months % 12:
                raise UnreadableDate(self.edtf, Reason.NO_YEAR)
            return self
        try:
            first = start.plus(duration)[0] if start else None
            last = end.plus(duration)[1] if end else None
        except OverflowError as beyond:
            raise UnreadableDate(self.edtf, Reason.OUT_OF_RANGE) from beyond
        if form is Form.ONE and first != last:
            form = Form.ONE_OF
        return build(form, first, last)


def on(day: date) -> EdtfDate:
    return parse_edtf(day.isoformat())


def parse_edtf(text: str) -> EdtfDate:
    """Reads 2025-03-25, 2025-03, 2025, 196X, parts of a year (2019-21 to 2019-41), each with ~ ? or %;
    [..2024-04-24] by then, [2024-04-24..] from then on, [2005..2007] some time in it; 2005/2007, ../2024, 2024/..;
    XXXX-09-27 without a year. Raises UnreadableDate with the reason."""
    return _parse(text.strip())


@lru_cache(maxsize=8192)
def _parse(text: str) -> EdtfDate:
    form, start, end = _ends(text)
    if form is not Form.NO_YEAR:
        return build(form, start, end)
    mark = text[-1]
    return EdtfDate(text, None, None, Precision.UNKNOWN, mark in "~%", mark in "?%")


@lru_cache(maxsize=8192)
def _ends(text: str) -> tuple[Form, Point | None, Point | None]:
    if without_year := _UNKNOWN_YEAR.fullmatch(text):
        month, day = int(without_year[1]), int(without_year[2] or 1)
        if not 1 <= month <= 12 or not day:
            raise UnreadableDate(text, Reason.NO_SUCH_DAY)
        check_day(text, _LEAP_YEAR, month, day)
        return Form.NO_YEAR, None, None
    if one_of := _ONE_OF.fullmatch(text):
        start, end = (parse_point(part, text) if part else None for part in one_of.groups())
        form = Form.ONE_OF
    elif text.count("/") == 1:
        start, end = (None if part == ".." else parse_point(part, text) for part in text.split("/"))
        form = Form.INTERVAL
    else:
        start = end = parse_point(text, text)
        form = Form.ONE
    if not start and not end:
        raise UnreadableDate(text)
    if start and end and start.first > end.last:
        raise UnreadableDate(text, Reason.WRONG_ORDER)
    return form, start, end


def build(form: Form, start: Point | None, end: Point | None) -> EdtfDate:
    if form is Form.ONE_OF:
        text = f"[{start or ''}..{end or ''}]"
    elif form is Form.INTERVAL:
        text = f"{start or '..'}/{end or '..'}"
    else:
        text = str(start)
    if start and end:
        precision = start.precision if form is Form.ONE else Precision.RANGE
    else:
        precision = Precision.AFTER if start else Precision.BEFORE
    return EdtfDate(
        edtf=text,
        earliest=start.first if start else None,
        latest=end.last if end else None,
        precision=precision,
        approximate=any(point.approximate for point in (start, end) if point),
        uncertain=any(point.uncertain for point in (start, end) if point),
    )


def _as_edtf(moment: date | EdtfDate) -> EdtfDate:
    return moment if isinstance(moment, EdtfDate) else on(moment)


def shared(a: EdtfDate, b: EdtfDate) -> EdtfDate | None:
    """The finest statement that follows from both: of 25 and 27 August 1997 it is August 1997, of 25 August 1997 and
    1997 it is 1997, of two years nothing. It is "about" or "perhaps" where either is."""
    both = [
        statement
        for date_ in (a, b)
        for statement in _implied(date_)
        if statement.contains(a) and statement.contains(b)
    ]
    if not both:
        return None
    finest = min(both, key=_width)
    form, start, end = finest.ends
    if form is not Form.ONE or not start:
        return finest
    marked = start.marked(approximate=a.approximate or b.approximate, uncertain=a.uncertain or b.uncertain)
    return build(Form.ONE, marked, marked)


def _implied(date_: EdtfDate) -> Iterator[EdtfDate]:
    yield date_
    form, start, _ = date_.ends
    if form is Form.ONE and start:
        for wider in start.coarser():
            yield build(Form.ONE, wider, wider)


def _width(date_: EdtfDate) -> tuple[timedelta, str]:
    return (date_.latest or date.max) - (date_.earliest or date.min), date_.edtf


def days_between(a: EdtfDate | date, b: EdtfDate | date) -> int | None:
    """Days from `a` to `b`, negative when `b` is earlier; None unless both name a day (see `EdtfDate.day`)."""
    first, last = _as_edtf(a).day, _as_edtf(b).day
    return (last - first).days if first and last else None


def last_day(start: EdtfDate | date, term: Duration, *, inclusive: bool) -> EdtfDate:
    """When a term ends. Five years from 26 June 2019 end on 26 June 2024 where the anniversary still belongs to the
    term (`inclusive`), else on the day before. Where the last month lacks the day, its last day is the end either way.
    Months and years stay as they are: a day less cannot be told from them.
    """
    start = _as_edtf(start)
    moved = start.plus(term)
    if inclusive or moved.ends[0] is Form.NO_YEAR:
        return moved
    form, first, last = moved.ends
    _, named_first, named_last = start.ends
    first, last = (_day_before(old, new, term) for old, new in ((named_first, first), (named_last, last)))
    return build(form, first, last)


def _day_before(old: Point | None, new: Point | None, term: Duration) -> Point | None:
    if not old or not new or new.precision is not Precision.DAY:
        return new
    if old.precision is Precision.DAY and not term.days and term.is_cut_short(old.first):
        return new
    return new.plus(Duration(days=-1))[0]

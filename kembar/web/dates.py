"""Dates with precision, as people write them in each language."""

from datetime import date
from typing import Literal

from babel.dates import format_date, format_skeleton, get_date_format
from babel.units import format_unit
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from kembar.lib.dates import Duration, EdtfDate, Form, Point, Precision, Reason, UnreadableDate, parse_edtf
from kembar.web.locales import locale_of, site_language

_DAY_AND_MONTH = {"id": "d MMMM", "en": "d MMMM", "ko": "M월 d일", "zh-hans": "M月d日"}
_MONTH = {"id": "MMMM", "en": "MMMM", "ko": "M월", "zh-hans": "M月"}
# Of two days in one month the month is written once.
_DAYS_OF_ONE_MONTH = {
    "id": "{start.day}–{last}",
    "en": "{start.day}–{last}",
    "ko": "{first}~{end.day}일",
    "zh-hans": "{first}至{end.day}日",
}

_SEASONS = (
    gettext_lazy("spring %(year)s"),
    gettext_lazy("summer %(year)s"),
    gettext_lazy("autumn %(year)s"),
    gettext_lazy("winter %(year)s"),
)
_PARTS_OF_A_YEAR = {
    **dict(enumerate(_SEASONS * 3, start=21)),
    33: gettext_lazy("first quarter of %(year)s"),
    34: gettext_lazy("second quarter of %(year)s"),
    35: gettext_lazy("third quarter of %(year)s"),
    36: gettext_lazy("fourth quarter of %(year)s"),
    37: gettext_lazy("early %(year)s"),
    38: gettext_lazy("mid %(year)s"),
    39: gettext_lazy("late %(year)s"),
    40: gettext_lazy("first half of %(year)s"),
    41: gettext_lazy("second half of %(year)s"),
}
_THIRDS = (37, 38, 39)

_REASONS = {
    Reason.NOT_A_DATE: gettext_lazy("This could not be read as a date. Write it like 24 May 1960, May 1960 or 1960."),
    Reason.NO_YEAR: gettext_lazy("The year is missing. Write it with four digits."),
    Reason.NO_SUCH_DAY: gettext_lazy("The calendar has no such day. Write the day first, then the month."),
    Reason.OUT_OF_RANGE: gettext_lazy("The year must lie between 1000 and 2999."),
    Reason.WRONG_ORDER: gettext_lazy("The end lies before the beginning. Write the year on both sides."),
}


def written_length(length: Duration) -> str:
    """1 year 6 months."""
    locale = locale_of()
    # Korean and Chinese have one form only; Babel knows it by the short one and falls back to English for the long one.
    form: Literal["short", "long"] = "short" if locale.language in ("ko", "zh") else "long"
    years, months = divmod(length.months, 12)
    units = ((years, "year"), (months, "month"), (length.days, "day"))
    between = "" if locale.language == "zh" else " "
    return between.join(format_unit(number, unit, form, locale=locale) for number, unit in units if number)


def written(value: EdtfDate | None, language: str | None = None) -> str:
    """24 Mei 1960, Mei 1960, sekitar 2005, paling lambat 24 April 2024, 2005 sampai 2007; "not known" for None.

    In `language`, one of the site's codes, or in that of the page.
    """
    with override(site_language(language)):
        if value is None:
            return _("not known")
        form, start, end = value.ends
        if form is Form.NO_YEAR:
            return _("%(date)s (year not known)") % {"date": _without_year(value)}
        if start and end:
            return _closed(form, start, end)
        return _by(form, end) if end else _from(form, start)


def written_day(value: date, language: str | None = None, *, weekday: bool = False) -> str:
    """24 Mei 1960; with its weekday: Selasa, 24 Mei 1960."""
    locale = locale_of(language)
    if not weekday:
        return format_date(value, "long", locale=locale)
    # Indonesian has a zero before the day here and nowhere else; an office writes none.
    return format_date(value, str(get_date_format("full", locale=locale)).replace("dd", "d"), locale=locale)


def why_unreadable(error: UnreadableDate) -> str:
    """What to tell the person who typed it, with the way out; in the language of the page."""
    return str(_REASONS[error.reason])


def _closed(form: Form, start: Point, end: Point) -> str:
    if form is Form.ONE:
        return _named(start)
    ends = {"start": _named(start), "end": _named(end)}
    if form is Form.ONE_OF:
        return _("between %(start)s and %(end)s") % ends
    if _are_days_of_one_month(start, end):
        pattern = _DAYS_OF_ONE_MONTH[site_language()]
        return pattern.format(start=start, end=end, first=ends["start"], last=ends["end"])
    return _("from %(start)s to %(end)s") % ends


def _are_days_of_one_month(start: Point, end: Point) -> bool:
    plain = str(start) == start.bare and str(end) == end.bare
    return plain and 0 < start.day < end.day and (start.year, start.month) == (end.year, end.month)


def _by(form: Form, end: Point) -> str:
    named = {"date": _named(end)}
    if form is Form.INTERVAL:
        return _("until %(date)s") % named
    if end.precision is Precision.DAY:
        return _("before or on %(date)s") % named
    return _("in or before %(date)s") % named


def _from(form: Form, start: Point | None) -> str:
    named = {"date": _named(start) if start else ""}
    if form is Form.INTERVAL:
        return _("since %(date)s") % named
    if start and start.precision is Precision.DAY:
        return _("on or after %(date)s") % named
    return _("in or after %(date)s") % named


def _named(point: Point) -> str:
    # "Early" is already "about".
    approximate = point.approximate and point.month not in _THIRDS
    return _marked(_plain(point), approximate=approximate, uncertain=point.uncertain)


def _plain(point: Point) -> str:
    locale = locale_of()
    if point.precision is Precision.DAY:
        return written_day(point.first)
    if point.precision is Precision.DECADE:
        return _("the %(year)ss") % {"year": point.year}
    if point.precision is Precision.MONTH:
        return format_skeleton("yMMMM", point.first, locale=locale)
    year = format_skeleton("y", date(point.year, 1, 1), locale=locale)
    if point.precision is Precision.SEASON:
        return str(_PARTS_OF_A_YEAR[point.month]) % {"year": year}
    return year


def _without_year(value: EdtfDate) -> str:
    # Of a leap year, so that 29 February can be said.
    named = parse_edtf(f"2000-{value.date_text}")
    patterns = _DAY_AND_MONTH if named.precision is Precision.DAY else _MONTH
    text = format_date(named.earliest, patterns[site_language()], locale=locale_of())
    return _marked(text, approximate=value.approximate, uncertain=value.uncertain)


def _marked(text: str, *, approximate: bool, uncertain: bool) -> str:
    if approximate:
        text = _("about %(date)s") % {"date": text}
    if uncertain:
        text = _("perhaps %(date)s") % {"date": text}
    return text

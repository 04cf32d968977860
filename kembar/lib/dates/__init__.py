"""Dates as they are known: to the day, the month or the year, before or after, about, or without a year."""

from kembar.lib.dates.duration import Duration, parse_duration
from kembar.lib.dates.edtf import EdtfDate, Form, days_between, last_day, on, parse_edtf, shared
from kembar.lib.dates.point import Point, Precision, Reason, UnreadableDate
from kembar.lib.dates.written import WeekdayMismatch, parse_written, weekday_mismatch

__all__ = [
    "Duration",
    "EdtfDate",
    "Form",
    "Point",
    "Precision",
    "Reason",
    "UnreadableDate",
    "WeekdayMismatch",
    "days_between",
    "last_day",
    "on",
    "parse_duration",
    "parse_edtf",
    "parse_written",
    "shared",
    "weekday_mismatch",
]

"""Calendar files, read by a library that nobody here wrote."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.lib.calendars import Entry, as_ics, days_of
from kembar.lib.dates import parse_edtf

CHANGED = datetime(2026, 11, 1, 3, 4, 5, tzinfo=UTC)


def entry(**given: object) -> Entry:
    held = {"uid": "a@b", "title": "t", "first": date(2026, 12, 31), "last": date(2026, 12, 31), "changed": CHANGED}
    return Entry(**{**held, **given})  # type: ignore[arg-type]


def test_an_entry_of_one_day_ends_before_the_next() -> None:
    file = as_ics([entry(version=3, note="n", address="https://kembar.example/a/")], name="Bandung")
    read = icalendar.Calendar.from_ical(file)
    [event] = read.walk("VEVENT")
    assert (event.errors, read.errors) == ([], [])
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt, event["SEQUENCE"]) == (CHANGED, CHANGED, 3)
    assert (event["SUMMARY"], event["DESCRIPTION"], event["URL"]) == ("t", "n", "https://kembar.example/a/")
    assert (read["X-WR-CALNAME"], event["UID"], event["TRANSP"]) == ("Bandung", "a@b", "TRANSPARENT")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200))
def test_every_text_comes_back_and_no_line_is_too_long(title: str) -> None:
    file = as_ics([entry(title=title)], name=title)
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    assert [line for line in file.split(b"\r\n") if len(line) > 75] == []
    assert [line.decode("utf-8") for line in file.split(b"\r\n")][-1] == ""
    assert b"\n" not in file.replace(b"\r\n", b"")


def test_line_breaks_and_marks_of_the_format_are_only_text() -> None:
    title = "a, b; c\\d\nBEGIN:VEVENT\r\nUID:x"
    [event] = icalendar.Calendar.from_ical(as_ics([entry(title=title)], name="n")).walk("VEVENT")
    assert str(event["SUMMARY"]) == title.replace("\r\n", "\n")
    assert str(event["UID"]) == "a@b"


def test_an_empty_calendar_is_still_one() -> None:
    read = icalendar.Calendar.from_ical(as_ics([], name="n"))
    assert ([part.name for part in read.subcomponents], read.errors) == (["VTIMEZONE"], [])


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2027-04-24", ("2027-04-24", "2027-04-24", "True")),
        ("2027-04", ("2027-04-01", "2027-04-30", "False")),
        ("2027", ("2027-01-01", "2027-12-31", "False")),
        ("2028", ("2028-01-01", "2028-12-31", "False")),
        ("2027-02-24~", ("2027-02-01", "2027-02-28", "False")),
        ("2027-04-24?", ("2027-04-01", "2027-04-30", "False")),
        ("2027-04~", ("2027-04-01", "2027-04-30", "False")),
        ("[2027-12-30..2028-01-02]", ("2027-12-30", "2028-01-02", "False")),
        ("[..2027-04-24]", ("2027-04-24", "2027-04-24", "False")),
        ("202X", ("2029-12-31", "2029-12-31", "False")),
        ("2027/2029", ("2029-12-31", "2029-12-31", "False")),
        ("2027-04-24/..", None),
        ("XXXX-09-27", None),
    ],
)
def test_an_entry_covers_every_day_its_date_may_be(edtf: str, days: tuple[str, str, str] | None) -> None:
    found = days_of(parse_edtf(edtf))
    assert (found and tuple(map(str, found))) == days


def test_a_date_not_known_has_no_place() -> None:
    assert days_of(None) is None

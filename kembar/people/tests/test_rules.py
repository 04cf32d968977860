"""Terms are judged by what is certain, memberships by the day, locks by the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kembar.lib.dates import parse_edtf
from kembar.people.rules import (
    LOCK_LASTS,
    TRIES,
    Covers,
    covers,
    ends_before_it_begins,
    is_flagged,
    is_locked,
    is_member,
)

TERMS = [
    ("2020-03-01", "2018-09-20", "2023-09-20", Covers.YES),
    ("2018-09-20", "2018-09-20", "2023-09-20", Covers.YES),  # the first day and the last belong to the term
    ("2023-09-20", "2018-09-20", "2023-09-20", Covers.YES),
    ("2023-09-21", "2018-09-20", "2023-09-20", Covers.NO),
    ("2018-09-19", "2018-09-20", "2023-09-20", Covers.NO),
    ("2018-09-19", "2018-09-20", None, Covers.NO),
    ("2023-09-21", None, "2023-09-20", Covers.NO),
    ("2020-03-01", "2018-09-20", None, Covers.UNKNOWN),  # nobody has said how long
    ("2020-03-01", None, None, Covers.UNKNOWN),
    ("2020", "2018", "2023", Covers.YES),
    ("2018-03", "2018", "2023", Covers.UNKNOWN),  # in the year in which it began
    ("2017", "2018", "2023", Covers.NO),
    ("2024", "2018", "2023", Covers.NO),
    ("[..2017]", "2018", "2023", Covers.NO),  # at the latest in 2017
    ("[2017..]", "2018", "2023", Covers.UNKNOWN),
]


@pytest.mark.parametrize(("day", "since", "until", "expected"), TERMS)
def test_a_term_covers_a_day_only_when_that_is_certain(
    day: str, since: str | None, until: str | None, expected: Covers
) -> None:
    term = {"since": parse_edtf(since) if since else None, "until": parse_edtf(until) if until else None}
    assert covers(parse_edtf(day), **term) is expected
    assert is_flagged(parse_edtf(day), **term) is (expected is Covers.NO)


def test_a_signature_without_a_date_is_not_flagged() -> None:
    assert covers(None, since=parse_edtf("2018"), until=parse_edtf("2023")) is Covers.UNKNOWN


@pytest.mark.parametrize(
    ("today", "until", "voided", "member"),
    [
        (date(2026, 1, 1), None, False, True),
        (date(2025, 12, 31), None, False, False),  # not yet
        (date(2026, 6, 30), date(2026, 7, 1), False, True),
        (date(2026, 7, 1), date(2026, 7, 1), False, False),
        (date(2026, 1, 1), None, True, False),
    ],
)
def test_a_membership_holds_from_its_first_day_until_it_ends(
    today: date, until: date | None, voided: bool, member: bool
) -> None:
    assert is_member(today, since=date(2026, 1, 1), until=until, voided=voided) is member


def test_a_door_is_shut_after_twenty_wrong_tries_for_half_an_hour() -> None:
    last = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert not is_locked(TRIES - 1, last=last, now=last)
    assert is_locked(TRIES, last=last, now=last)
    assert is_locked(TRIES, last=last, now=last + LOCK_LASTS - timedelta(seconds=1))
    assert not is_locked(TRIES, last=last, now=last + LOCK_LASTS)


def test_a_term_that_ends_before_it_begins_is_seen() -> None:
    assert ends_before_it_begins(parse_edtf("2020"), parse_edtf("2019"))
    assert not ends_before_it_begins(parse_edtf("2020"), parse_edtf("2020"))
    assert not ends_before_it_begins(None, parse_edtf("2020"))

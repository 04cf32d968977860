"""When a digest comes, whom an overdue promise goes to, and what an office may set."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kembar.reminders.rules import (
    Limits,
    is_due,
    is_news,
    is_unreachable,
    leaves_at,
    months_in,
    next_day,
    steps_reached,
    wrong_limits,
)

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY, SUNDAY = (MONDAY - timedelta(days=days) for days in (3, 2, 1))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "today", "last", "due"),
    [
        ("daily", FRIDAY, None, True),
        ("daily", FRIDAY, FRIDAY, False),
        ("daily", SATURDAY, FRIDAY, False),
        ("daily", MONDAY, FRIDAY, True),
        ("weekly", MONDAY, MONDAY - timedelta(days=7), True),
        ("weekly", MONDAY, MONDAY, False),
        ("weekly", SUNDAY, MONDAY - timedelta(days=7), False),
        # The pass did not run on Monday: the first day after it tells.
        ("weekly", MONDAY + timedelta(days=2), FRIDAY, True),
        ("weekly", FRIDAY, None, True),
        ("never", MONDAY, None, False),
    ],
)
def test_a_digest_comes_on_working_days_or_on_mondays_and_late_rather_than_not(
    every: str, today: date, last: date | None, due: bool
) -> None:
    assert is_due(every, today=today, last=last) is due


@pytest.mark.parametrize(
    ("every", "last", "day"),
    [("daily", FRIDAY, MONDAY), ("weekly", FRIDAY, MONDAY), ("weekly", None, SATURDAY), ("never", None, None)],
)
def test_the_page_says_which_day_is_next(every: str, last: date | None, day: date | None) -> None:
    assert next_day(every, today=SATURDAY, last=last) == day


@pytest.mark.parametrize(
    ("days", "left", "deputy_there", "steps"),
    [
        (None, False, True, []),
        (6, False, True, []),
        (7, False, True, ["deputy"]),
        (20, False, True, ["deputy"]),
        (21, False, True, ["deputy", "head"]),
        # A post without an account, or a deputy who left, cannot be told: the head is, in their place.
        (7, False, False, ["head"]),
        (None, True, True, ["left"]),
        (30, True, False, ["left", "head"]),
    ],
)
def test_an_overdue_promise_goes_to_the_deputy_then_to_the_head_and_an_ownerless_one_to_the_head_at_once(
    days: int | None, left: bool, deputy_there: bool, steps: list[str]
) -> None:
    found = steps_reached(days, limits=Limits(), owner_left=left, deputy_there=deputy_there)
    assert list(found) == steps


def test_an_office_may_switch_each_step_off() -> None:
    limits = Limits(deputy_after=None, head_after=None)
    assert list(steps_reached(400, limits=limits, owner_left=False, deputy_there=False)) == []
    assert list(steps_reached(400, limits=limits, owner_left=True, deputy_there=True)) == ["left"]


@pytest.mark.parametrize(
    ("limits", "wrong"),
    [
        (Limits(), ""),
        (Limits(deputy_after=None), ""),
        (Limits(soon=0), "soon"),
        (Limits(deputy_after=30), "head_after"),
        (Limits(head_after=366), "head_after"),
        (Limits(renewal_months=61), "renewal_months"),
        (Limits(alerts=()), "alerts"),
        (Limits(alerts=(24, 0)), "alerts"),
    ],
)
def test_what_cannot_be_set_is_named(limits: Limits, wrong: str) -> None:
    assert wrong_limits(limits) == wrong


@pytest.mark.parametrize(
    ("text", "months"),
    [("24 18 12", (24, 18, 12)), (" 1, 3;6 3 ", (6, 3, 1)), ("", None), ("a", None), ("12 -3", None), ("1234", None)],
)
def test_months_are_read_as_people_list_them(text: str, months: tuple[int, ...] | None) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize(
    ("zone", "offset"),
    # The night of 29 March 2026, in which clocks in Berlin went forward; Jakarta never changes.
    [("Asia/Jakarta", 7), ("Europe/Berlin", 2), ("UTC", 0)],
)
def test_a_letter_leaves_at_six_by_the_clock_of_its_reader(zone: str, offset: int) -> None:
    leaves = leaves_at(date(2026, 3, 29), zone=zone)
    assert leaves.astimezone(UTC) == datetime(2026, 3, 29, 6, tzinfo=UTC) - timedelta(hours=offset)


def test_three_mails_in_a_row_that_nobody_took_are_enough() -> None:
    assert is_unreachable([9, 8, 7, 6], failed={7, 8, 9}) is True
    assert is_unreachable([9, 8, 7], failed={8, 7}) is False
    assert is_unreachable([9, 8], failed={9, 8}) is False


def test_news_is_what_was_found_since_the_last_mail_and_is_not_old() -> None:
    day = timedelta(days=1)
    assert is_news(None, since=None, now=NOW) is True
    assert is_news(NOW - day, since=NOW - 2 * day, now=NOW) is True
    assert is_news(NOW - 2 * day, since=NOW - 2 * day, now=NOW) is False
    assert is_news(NOW - 40 * day, since=None, now=NOW) is False
    assert is_news(NOW - 40 * day, since=NOW - 50 * day, now=NOW) is False

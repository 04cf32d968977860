"""Working days: joint leave, worked weekends, an office's own days, gaps that are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.lib.workdays import Calendar, year_of

INDONESIA, CHINA, NOWHERE = Calendar("ID"), Calendar("CN"), Calendar("XX")
DAYS = st.dates(min_value=date(2014, 1, 1), max_value=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("ID", date(2025, 3, 24), True),  # a Monday
        ("ID", date(2025, 3, 31), False),  # Idul Fitri
        ("ID", date(2025, 4, 2), False),  # joint leave by decree
        ("ID", date(2025, 8, 17), False),  # a Sunday and Independence Day
        ("CN", date(2025, 1, 26), True),  # a Sunday that is worked before the Spring Festival
        ("CN", date(2025, 1, 29), False),
        ("CN", date(2025, 10, 11), True),  # a Saturday that is worked after the National Day
        ("KR", date(2025, 10, 6), False),  # Chuseok
        ("JP", date(2025, 5, 5), False),
        ("DE", date(2025, 10, 3), False),
        ("SA", date(2025, 11, 21), False),  # a Friday: not every country rests on Saturday and Sunday
        ("SA", date(2025, 11, 23), True),
    ],
)
def test_a_day_is_worked_as_its_country_says(country: str, day: date, works: bool) -> None:
    assert Calendar(country).works(day) is works


def test_a_week_with_holidays_and_joint_leave_has_fewer_working_days() -> None:
    assert INDONESIA.between(date(2025, 3, 21), date(2025, 3, 28)) == 4  # 28 March was joint leave before Nyepi
    assert INDONESIA.between(date(2025, 3, 28), date(2025, 4, 7)) == 0
    assert INDONESIA.between(date(2025, 3, 28), date(2025, 4, 8)) == 1


def test_an_office_names_days_of_its_own() -> None:
    anniversary, saturday = date(2026, 9, 25), date(2026, 9, 26)
    own = Calendar("ID", {anniversary: False, saturday: True})
    assert [INDONESIA.works(anniversary), own.works(anniversary), own.works(saturday)] == [True, False, True]
    assert own.between(date(2026, 9, 24), date(2026, 9, 27)) == 1


def test_where_no_holidays_are_known_weekends_alone_count_and_it_is_said() -> None:
    assert NOWHERE.between(date(2026, 1, 1), date(2026, 1, 8)) == 5
    assert NOWHERE.gaps(date(2025, 5, 1), date(2026, 5, 1)) == [2025, 2026]
    assert INDONESIA.gaps(date(2025, 1, 1), date(2026, 12, 31)) == []
    assert not year_of("ID", 2045).is_known


@given(DAYS, DAYS)
def test_counting_by_years_is_counting_day_by_day(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert CHINA.between(start, end) == sum(CHINA.works(day) for day in days)


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_the_day_after_so_many_working_days_is_worked_and_counts_back(start: date, days: int) -> None:
    end = INDONESIA.after(start, days)
    assert (INDONESIA.works(end), INDONESIA.between(start, end)) == (True, days)


def test_the_last_day_of_the_calendar_can_be_counted() -> None:
    assert NOWHERE.between(date(9999, 12, 30), date.max) == 1
    assert INDONESIA.between(date(2025, 1, 2), date(2025, 1, 1)) == 0

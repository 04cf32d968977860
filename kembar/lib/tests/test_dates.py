from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.lib.dates import (
    Duration,
    EdtfDate,
    Precision,
    Reason,
    UnreadableDate,
    days_between,
    last_day,
    on,
    parse_duration,
    parse_edtf,
    shared,
)

READ = [  # text, normalised, earliest, latest, precision, text without decoration
    ("2025-03-25", "2025-03-25", "2025-03-25", "2025-03-25", "day", "2025-03-25"),
    (" 2025-03 ", "2025-03", "2025-03-01", "2025-03-31", "month", "2025-03"),
    ("2025", "2025", "2025-01-01", "2025-12-31", "year", "2025"),
    ("2025-XX", "2025", "2025-01-01", "2025-12-31", "year", "2025"),
    ("2025-03-XX", "2025-03", "2025-03-01", "2025-03-31", "month", "2025-03"),
    ("2025~", "2025~", "2025-01-01", "2025-12-31", "year", "2025"),
    ("2017-12-31~", "2017-12-31~", "2017-12-31", "2017-12-31", "day", "2017-12-31"),
    ("196X", "196X", "1960-01-01", "1969-12-31", "decade", "196X"),
    ("2019-21", "2019-21", "2019-03-01", "2019-05-31", "season", "2019-21"),
    ("2019-24", "2019-24", "2019-12-01", "2020-02-29", "season", "2019-24"),
    ("2026-34", "2026-34", "2026-04-01", "2026-06-30", "season", "2026-34"),
    ("2019-39~", "2019-39~", "2019-09-01", "2019-12-31", "season", "2019-39"),
    ("2026-41", "2026-41", "2026-07-01", "2026-12-31", "season", "2026-41"),
    ("[..2024-04-24]", "[..2024-04-24]", None, "2024-04-24", "before", "2024-04-24"),
    ("[2024-04..]", "[2024-04..]", "2024-04-01", None, "after", "2024-04"),
    ("[2005..2007]", "[2005..2007]", "2005-01-01", "2007-12-31", "range", "2005..2007"),
    ("2005/2007-03~", "2005/2007-03~", "2005-01-01", "2007-03-31", "range", "2005..2007-03"),
    ("../2024", "../2024", None, "2024-12-31", "before", "2024"),
    ("2024/..", "2024/..", "2024-01-01", None, "after", "2024"),
    ("XXXX-09-27", "XXXX-09-27", None, None, "unknown", "09-27"),
    ("XXXX-02-29", "XXXX-02-29", None, None, "unknown", "02-29"),
]

REFUSED = [
    ("", Reason.NOT_A_DATE),
    ("..", Reason.NOT_A_DATE),
    ("[..]", Reason.NOT_A_DATE),
    ("../..", Reason.NOT_A_DATE),
    ("25-03-2025", Reason.NOT_A_DATE),
    ("196X-04", Reason.NOT_A_DATE),
    ("2019-XX-24", Reason.NOT_A_DATE),
    ("２０２５", Reason.NOT_A_DATE),
    ("2025-02-31", Reason.NO_SUCH_DAY),
    ("2025-02-29", Reason.NO_SUCH_DAY),
    ("2025-13", Reason.NO_SUCH_DAY),
    ("2025-00", Reason.NO_SUCH_DAY),
    ("2025-04-00", Reason.NO_SUCH_DAY),
    ("2025-21-01", Reason.NO_SUCH_DAY),
    ("XXXX-02-30", Reason.NO_SUCH_DAY),
    ("XXXX-13", Reason.NO_SUCH_DAY),
    ("[..2024-04-31]", Reason.NO_SUCH_DAY),
    ("0999", Reason.OUT_OF_RANGE),
    ("3000-01-01", Reason.OUT_OF_RANGE),
    ("[2007..2005]", Reason.WRONG_ORDER),
    ("2025-03-26/2025-03-25", Reason.WRONG_ORDER),
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "normal", "earliest", "latest", "precision", "plain"), READ)
def test_an_edtf_text_tells_its_bounds_and_its_precision(text, normal, earliest, latest, precision, plain):
    read = parse_edtf(text)
    assert (read.edtf, read.earliest, read.latest, read.precision, read.date_text) == (
        normal,
        day(earliest),
        day(latest),
        Precision(precision),
        plain,
    )


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_date_is_refused_with_its_text_and_the_reason(text, reason):
    with pytest.raises(UnreadableDate) as refused:
        parse_edtf(text)
    assert (refused.value.text, refused.value.reason) == (text, reason)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025", False, False),
        ("2025~", True, False),
        ("2025?", False, True),
        ("2025%", True, True),
        ("XXXX-09-27~", True, False),
        ("[..2024~]", True, False),
        ("2005?/2007", False, True),
    ],
)
def test_marks_for_about_and_perhaps_are_told(text, approximate, uncertain):
    assert (parse_edtf(text).approximate, parse_edtf(text).uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2024-04-24", "2024-04-24"),
        ("[..2024-04-24]", "2024-04-24"),
        ("2024-04-24/..", "2024-04-24"),
        ("[..2024-04]", None),
        ("2024-04", None),
        ("[2024-04-24..2024-04-25]", None),
        ("XXXX-04-24", None),
    ],
)
def test_the_named_day_is_known_where_the_text_names_one(text, named):
    assert parse_edtf(text).day == day(named)


def test_two_dates_share_the_finest_statement_that_follows_from_both():
    cases = [
        ("1997-08-25", "1997-08-27", "1997-08"),
        ("1997-08-25", "1997-09-27", "1997"),
        ("1997-08-25", "1997", "1997"),
        ("1997-08-25", "1997-08-25", "1997-08-25"),
        ("1997", "2013", None),
        ("1997-12-31", "1998-01-01", None),
        ("1960-06-02", "196X", "196X"),
        ("2019-10", "2019-39", "2019-39"),
        ("2019-37", "2019-39", "2019"),
        ("2005", "2005-08~", "2005~"),
        ("2024-04-20", "[..2024-04-24]", "[..2024-04-24]"),
        ("[..2024-05]", "[..2024-04-24]", "[..2024-05]"),
        ("2006", "[2005..2007]", "[2005..2007]"),
        ("XXXX-09-27", "XXXX-09-27", "XXXX-09-27"),
        ("XXXX-09-27", "2016-09-27", None),
    ]
    for a, b, expected in cases:
        assert str(shared(parse_edtf(a), parse_edtf(b))) == str(expected), (a, b)


def test_before_and_after_are_certain_only_where_no_open_end_stands_in_the_way():
    by_then, year, later = parse_edtf("[..2024-04-24]"), parse_edtf("2024"), parse_edtf("[2024-04-24..]")
    assert [d.certainly_by(date(2024, 4, 24)) for d in (by_then, year, later)] == [True, False, False]
    assert [d.possibly_by(date(2024, 4, 24)) for d in (by_then, year, later)] == [True, True, True]
    assert [d.possibly_by(date(2024, 4, 23)) for d in (by_then, year, later)] == [True, True, False]
    assert parse_edtf("2023").certainly_before(year)
    assert not by_then.certainly_before(later)
    assert by_then.certainly_before(date(2024, 4, 25))
    assert not parse_edtf("2025").possibly_before(year)
    assert not parse_edtf("2025").overlaps(by_then)
    assert by_then.overlaps(later)
    assert parse_edtf("XXXX-09-27").overlaps(date(2016, 1, 1))


@pytest.mark.parametrize(
    ("text", "duration", "moved"),
    [
        ("[..2024-04-24]", "P4Y", "[..2028-04-24]"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-08-31", "P6M", "2025-02-28"),
        ("2024-08-31", "-P6M", "2024-02-29"),
        ("2019-06-26~", "P90D", "2019-09-24~"),
        ("2025-03", "P6M", "2025-09"),
        ("2025-03?", "P2Y", "2027-03?"),
        ("2025-03", "P90D", "[2025-05-30..2025-06-29]"),
        ("2025", "P6M", "[2025-07..2026-06]"),
        ("2025", "P4Y", "2029"),
        ("196X", "P10Y", "197X"),
        ("196X", "P4Y", "[1964..1973]"),
        ("2019-39", "P1Y", "2020-39"),
        ("2019-39", "P1M", "[2019-10..2020-01]"),
        ("[2024..]", "P6M", "[2024-07..]"),
        ("2005/2007", "P1Y", "2006/2008"),
        ("[2024-02..2024-02-29]", "P1M", "[2024-03..2024-03-29]"),
        ("XXXX-09-27", "P4Y", "XXXX-09-27"),
    ],
)
def test_a_duration_moves_a_date_and_keeps_what_is_not_known(text, duration, moved):
    assert str(parse_edtf(text).plus(parse_duration(duration))) == moved


def test_a_move_that_no_year_or_no_calendar_carries_is_refused():
    for text, duration, reason in [
        ("XXXX-09-27", "P6M", Reason.NO_YEAR),
        ("2990", "P10Y", Reason.OUT_OF_RANGE),
        ("299X", "P10Y", Reason.OUT_OF_RANGE),
        ("2024-04-24", "P9999Y", Reason.OUT_OF_RANGE),
        ("2024-04-24", "-P3000Y", Reason.OUT_OF_RANGE),
    ]:
        with pytest.raises(UnreadableDate) as refused:
            parse_edtf(text).plus(parse_duration(duration))
        assert refused.value.reason is reason, (text, duration)


@pytest.mark.parametrize(
    ("start", "term", "inclusive", "end"),
    [
        ("2019-06-26", "P5Y", True, "2024-06-26"),
        ("2019-06-26", "P5Y", False, "2024-06-25"),
        ("[..2024-04-24]", "P4Y", False, "[..2028-04-23]"),
        ("2024-02-29", "P1Y", True, "2025-02-28"),
        ("2024-02-29", "P1Y", False, "2025-02-28"),
        ("2025-03-01", "P90D", False, "2025-05-29"),
        ("2019-06", "P5Y", False, "2024-06"),
        ("2015", "P5Y", False, "2020"),
        ("XXXX-06-26", "P5Y", False, "XXXX-06-26"),
    ],
)
def test_a_term_ends_on_the_anniversary_or_the_day_before(start, term, inclusive, end):
    assert str(last_day(parse_edtf(start), parse_duration(term), inclusive=inclusive)) == end


def test_days_are_counted_between_named_days_only():
    assert days_between(parse_edtf("2022-10-26"), parse_edtf("2025-03-25")) == 881
    assert days_between(parse_edtf("2023-03-30"), parse_edtf("[..2024-04-24]")) == 391
    assert days_between(date(2025, 3, 26), date(2025, 3, 25)) == -1
    assert days_between(parse_edtf("2022-10"), parse_edtf("2025-03-25")) is None


@pytest.mark.parametrize(
    ("text", "duration", "normal"),
    [
        ("P4Y", Duration(48), "P4Y"),
        ("p18m", Duration(18), "P1Y6M"),
        ("P2W", Duration(0, 14), "P14D"),
        ("-P1Y2M3D", Duration(-14, -3), "-P1Y2M3D"),
        ("P0D", Duration(), "P0D"),
    ],
)
def test_iso_durations_are_read_and_written(text, duration, normal):
    assert (parse_duration(text), str(parse_duration(text))) == (duration, normal)


@pytest.mark.parametrize("text", ["", "P", "4Y", "P4", "PT4H", "P1D2Y", "P-4Y", "P1.5Y"])
def test_other_durations_are_refused(text):
    with pytest.raises(ValueError, match="not a length of time"):
        parse_duration(text)


def test_dates_sort_by_their_first_possible_day_and_those_without_a_year_last():
    texts = ["XXXX-01-01", "2024-05", "[..2024-04-24]", "2024-04-30", "2024", "2024-05-01"]
    ordered = sorted(map(parse_edtf, texts), key=lambda read: read.sort_key)
    assert [read.edtf for read in ordered] == [
        "2024",
        "[..2024-04-24]",
        "2024-04-30",
        "2024-05-01",
        "2024-05",
        "XXXX-01-01",
    ]


DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
MARK = st.sampled_from(["", "~", "?", "%"])
POINTS = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda d: str(d)[:7]),
    DAYS.map(lambda d: str(d)[:4]),
    DAYS.map(lambda d: f"{str(d)[:3]}X"),
    st.tuples(DAYS, st.integers(21, 41)).map(lambda pair: f"{str(pair[0])[:4]}-{pair[1]}"),
).flatmap(lambda text: MARK.map(lambda mark: text + mark))


def _both(form: str) -> st.SearchStrategy[str]:
    return st.tuples(POINTS, POINTS).map(
        lambda pair: form.format(*sorted(pair, key=lambda text: parse_edtf(text).sort_key))
    )


DATES = st.one_of(
    POINTS,
    POINTS.map(lambda text: f"[..{text}]"),
    POINTS.map(lambda text: f"[{text}..]"),
    POINTS.map(lambda text: f"../{text}"),
    POINTS.map(lambda text: f"{text}/.."),
    _both("[{}..{}]"),
    _both("{}/{}"),
    DAYS.map(lambda d: f"XXXX{str(d)[4:]}"),
).map(parse_edtf)


@given(DATES)
def test_every_date_reads_back_from_its_own_text(read: EdtfDate):
    assert parse_edtf(str(read)) == read


@given(DATES)
def test_no_date_ends_before_it_begins(read: EdtfDate):
    assert (read.earliest or date.min) <= (read.latest or date.max)


@given(DATES, DATES)
def test_what_two_dates_share_does_not_depend_on_their_order_and_holds_for_both(a: EdtfDate, b: EdtfDate):
    common = shared(a, b)
    assert common == shared(b, a)
    if common:
        assert (common.contains(a), common.contains(b)) == (True, True)


@given(DATES)
def test_a_date_shares_itself_with_itself(read: EdtfDate):
    assert shared(read, read) == read


@given(DATES, DATES, DAYS)
def test_the_certain_is_possible(a: EdtfDate, b: EdtfDate, limit: date):
    assert a.certainly_by(limit) <= a.possibly_by(limit)
    assert a.certainly_before(b) <= a.possibly_before(b)
    assert a.certainly_before(b) <= (not a.overlaps(b))


@given(DATES, st.integers(0, 600), st.integers(0, 4000), st.booleans())
def test_a_moved_date_still_reads_back_and_keeps_its_marks(read: EdtfDate, months: int, days: int, inclusive: bool):
    try:
        moved = last_day(read, Duration(months, days), inclusive=inclusive)
    except UnreadableDate as refused:
        assert refused.reason in (Reason.NO_YEAR, Reason.OUT_OF_RANGE)
        return
    assert parse_edtf(str(moved)) == moved
    assert (moved.approximate, moved.uncertain) == (read.approximate, read.uncertain)


@given(DAYS)
def test_a_plain_day_is_itself(given_day: date):
    assert (on(given_day).day, on(given_day).earliest, str(on(given_day))) == (given_day, given_day, str(given_day))

"""A promise is overdue by itself, only after the latest day its date allows, and never where no day is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.commitments.rules import (
    OPEN,
    Terms,
    impossible,
    is_interval,
    is_keeper,
    is_overdue,
    made_long_before_source,
    next_due,
    shown_state,
    side_of,
)
from kembar.commitments.states import MOVES, SHOWN, State
from kembar.lib.dates import parse_edtf

DUE = st.sampled_from(
    ["2025", "2025-03", "2025-03-25", "2025~", "2025-33", "[2024..2026]", "2024/2026", "[..2025-06-30]", "[2025..]",
     "2025/..", "../2025", "XXXX-05-01", "196X"]
)  # fmt: skip
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("due", "last_day"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2026-08-17", date(2026, 8, 17)),
        ("2025/2027", date(2027, 12, 31)),
        ("[..2026-06-30]", date(2026, 6, 30)),
        ("2026-33", date(2026, 3, 31)),
    ],
)
def test_it_is_overdue_the_day_after_the_last_day_its_date_allows(due: str, last_day: date) -> None:
    terms = Terms("accepted", parse_edtf(due))
    assert [is_overdue(terms, on=last_day + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize("due", ["[2026..]", "2026/..", "XXXX-05-01"])
def test_without_a_latest_day_it_is_never_overdue(due: str) -> None:
    assert not is_overdue(Terms("in_progress", parse_edtf(due)), on=date(2999, 12, 31))
    assert not is_overdue(Terms("in_progress", None), on=date(2999, 12, 31))


@given(due=DUE, on=DAYS, state=st.sampled_from(State.values), conditional=st.booleans(), met=st.booleans())
def test_overdue_is_open_and_past_every_day_the_date_allows(
    due: str, on: date, state: str, conditional: bool, met: bool
) -> None:
    value = parse_edtf(due)
    terms = Terms(state, value, conditional, parse_edtf("2020") if met else None)
    past = value.latest is not None and value.latest < on
    assert is_overdue(terms, on=on) is (state in OPEN and past and (not conditional or met))
    assert shown_state(terms, on=on) == ("overdue" if is_overdue(terms, on=on) else state)


@given(due=DUE, on=DAYS)
def test_what_is_overdue_stays_so(due: str, on: date) -> None:
    terms = Terms("accepted", parse_edtf(due))
    assert not is_overdue(terms, on=on) or is_overdue(terms, on=on + timedelta(days=1))


def test_a_condition_that_is_not_met_holds_the_promise_back() -> None:
    due = parse_edtf("2020")
    assert not is_overdue(Terms("accepted", due, conditional=True), on=date(2026, 1, 1))
    assert is_overdue(Terms("accepted", due, conditional=True, condition_met=parse_edtf("2019")), on=date(2026, 1, 1))


def test_the_next_round_falls_due_one_interval_later_as_exactly_as_the_last() -> None:
    assert next_due(parse_edtf("2026"), "P1Y") == parse_edtf("2027")
    assert next_due(parse_edtf("2026-08-17"), "P6M") == parse_edtf("2027-02-17")
    assert next_due(parse_edtf("XXXX-08-17"), "P6M") is None
    assert next_due(parse_edtf("2999"), "P1Y") is None
    assert next_due(None, "P1Y") is None
    assert next_due(parse_edtf("2026"), "") is None


def test_an_interval_leads_forward() -> None:
    assert [text for text in ("P1Y", "P2W", "P0D", "-P1Y", "yearly", "") if is_interval(text)] == ["P1Y", "P2W"]


def test_dates_that_cannot_be_are_named() -> None:
    at = parse_edtf
    assert impossible(made_on=at("2025-03-25"), due=at("2024"), published=None) == "due_before_made"
    assert impossible(made_on=at("2025-03-25"), due=at("2025"), published=at("2025-03-26")) == ""
    assert impossible(made_on=at("2025-04"), due=None, published=at("2025-03-26")) == "made_after_source"
    assert impossible(made_on=None, due=at("2020"), published=at("2025-03-26")) == ""


def test_a_promise_much_older_than_its_source_is_doubted() -> None:
    published = parse_edtf("2025-03-26")
    made = [parse_edtf(text) for text in ("2025-03-25", "2025-02-23", "2025-02-22", "2025", "[..2025-03-26]", "2017")]
    found = [str(day) for day in made if made_long_before_source(made_on=day, published=published)]
    assert found == ["2025-02-22", "2017"]


def test_a_keeper_is_an_account_or_a_post() -> None:
    named = [
        "account:7",
        "post:Dinas Pendidikan",
        "account:0",
        "account:x",
        "post:",
        "post: ",
        "Sari",
        "post:" + "x" * 192,
    ]
    assert [key for key in named if is_keeper(key)] == ["account:7", "post:Dinas Pendidikan"]


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        ("Pemkot Bandung", "own"),
        ("Wali Kota Nanning", "partner"),
        ("Bandung dan Nanning", "both"),
        ("난닝시", "partner"),
        ("Bandungan", ""),
        ("Menteri Luar Negeri", ""),
        ("", ""),
    ],
)
def test_whose_promise_it_is_shows_in_the_name(actor: str, side: str) -> None:
    assert side_of(actor, own=["Bandung", "반둥", "万隆", ""], partner=["Nanning", "난닝", "南宁"]) == side


def test_the_table_of_moves() -> None:
    assert {name: (sorted(move.begin), move.to, move.who.value) for name, move in MOVES.items()} == {
        "accept": (["claimed"], "accepted", "keep_register"),
        "start": (["accepted", "confirmed"], "in_progress", "keep_register"),
        "keep": (["accepted", "confirmed", "in_progress"], "kept", "keep_register"),
        "keep-round": (["accepted", "confirmed", "in_progress"], "in_progress", "keep_register"),
        "keep-partly": (["accepted", "confirmed", "in_progress"], "partly_kept", "keep_register"),
        "drop": (["accepted", "confirmed", "in_progress"], "dropped", "keep_register"),
        "reopen": (["dropped", "kept", "partly_kept"], "accepted", "keep_register"),
    }


def test_every_state_has_a_name_and_a_way_out_and_overdue_is_none_of_them() -> None:
    assert set(SHOWN) == {*State.values, "overdue"}
    assert {state for move in MOVES.values() for state in move.begin} == set(State.values)
    assert "overdue" not in State.values

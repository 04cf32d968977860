"""What claims are checked for, and what several of them settle."""

from datetime import date

import pytest

from kembar.lib.dates import parse_edtf
from kembar.sources import rules
from kembar.sources.rules import Stated


def said(value: str, decision: str = "accepted", document: int = 1) -> Stated:
    return Stated(value=value, decision=decision, document_id=document, date=parse_edtf(value))


@pytest.mark.parametrize(
    ("claims", "settled"),
    [
        ([], None),
        ([said("1997-08-25")], "1997-08-25"),
        ([said("1997-08-25", "open"), said("1997-08-27", "open", 2)], "1997-08"),
        ([said("1997-08-25"), said("1997-08-27", "open", 2)], "1997-08"),
        ([said("1997-08-25"), said("1997-08-27", "rejected", 2)], "1997-08-25"),
        ([said("1997-08-25"), said("2013", "open", 2)], "1997-08-25"),
        ([said("1997-08-25", "open"), said("2013", "open", 2)], None),
        ([said("1997-08-25"), said("2013", "accepted", 2)], None),
        ([said("2013", "rejected")], None),
        ([said("[..2024-04-24]")], "[..2024-04-24]"),
    ],
)
def test_a_date_is_settled_at_what_accepted_and_open_claims_share(claims: list[Stated], settled: str | None) -> None:
    found = rules.settle_date(claims)
    assert (found.edtf if found else None) == settled


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([said("2017")], "accepted"),
        ([said("2017", "open")], "open"),
        ([said("2017", "open"), said("2017", "open")], "open"),  # one document said it twice
        ([said("1997-08-25", "open", 1), said("1997-08-27", "open", 2)], "accepted"),
        ([said("1997", "open", 1), said("2013", "open", 2)], "open"),
        ([said("2017", "rejected")], "rejected"),
        ([said("2017", "rejected"), said("2017", "open", 2)], "open"),
    ],
)
def test_a_record_stands_on_a_decision_or_on_two_independent_documents(claims: list[Stated], expected: str) -> None:
    assert rules.standing(claims) == expected


def test_a_value_is_known_only_when_all_accepted_claims_agree() -> None:
    one, other = Stated("P5Y", "accepted", 1), Stated("P3Y", "accepted", 2)
    assert [rules.settle_value(claims) for claims in ([one], [one, other], [])] == ["P5Y", "", ""]


def test_a_tuesday_that_was_a_monday_is_a_doubt() -> None:
    doubt = rules.weekday_doubt("Selasa, 25 Maret 2024")
    assert doubt is not None
    assert (doubt.code, doubt.facts) == (
        "weekday_mismatch", {"date": "2024-03-25", "written": "2", "actual": "1"},
    )  # fmt: skip
    assert rules.weekday_doubt("Selasa, 25 Maret 2025") is None


@pytest.mark.parametrize(("claimed", "doubtful"), [("2026-12-01", True), ("2026-11", False), ("2026-11-01", False)])
def test_a_date_after_the_day_it_was_told_is_a_doubt(claimed: str, doubtful: bool) -> None:
    found = rules.future_doubt(parse_edtf(claimed), known_on=date(2026, 11, 1))
    assert (found is not None) is doubtful


@pytest.mark.parametrize(("start", "end", "doubtful"), [("2020", "2019-12-31", True), ("2020", "2020-01", False)])
def test_an_end_certainly_before_its_start_is_a_doubt(start: str, end: str, doubtful: bool) -> None:
    assert (rules.order_doubt(parse_edtf(start), parse_edtf(end)) is not None) is doubtful


def test_an_ordinal_is_held_against_the_register() -> None:
    doubt = rules.ordinal_doubt(15, counted=6)
    assert doubt is not None
    assert doubt.facts == {"claimed": "15", "counted": "6"}
    assert rules.ordinal_doubt(6, counted=6) is None

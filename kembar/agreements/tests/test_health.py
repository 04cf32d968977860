"""The health of a relationship follows from its signs; the worst decides, and each says what it counts."""

from datetime import date

import pytest

from kembar.agreements.falling_due import APPROVAL, EXPIRES, LETTER, RUN_OUT, Due
from kembar.agreements.health import Reason, Signs, health_on, newest
from kembar.lib.dates import parse_edtf

DAY = date(2026, 11, 22)
MARCH = parse_edtf("2026-03")
END = parse_edtf("2027-10-01")
KEPT = {"headline": "in_force", "activity": "active", "until": parse_edtf("2030"), "last": MARCH}


def told(**signs: object) -> tuple[str, list[tuple[str, str]]]:
    health = health_on(Signs(**{**KEPT, **signs}), DAY)  # type: ignore[arg-type]
    assert health is not None
    return health.level, [(reason.code, reason.level) for reason in health.reasons]


def test_a_relationship_in_force_and_active_is_well_kept() -> None:
    assert told() == ("well", [("in_force", "well"), ("activity", "well")])


@pytest.mark.parametrize(
    ("signs", "level", "worst"),
    [
        ({"headline": "expired", "activity": "dormant", "due": Due(RUN_OUT, END)}, "risk", "over"),
        ({"headline": "expired_active", "due": Due(RUN_OUT, None)}, "risk", "over"),
        ({"due": Due(EXPIRES, END, 12)}, "risk", "renewal"),
        ({"due": Due(EXPIRES, END, 24)}, "watch", "renewal"),
        ({"headline": "loi", "due": Due(LETTER, MARCH, 24)}, "risk", "letter"),
        ({"headline": "loi", "due": Due(LETTER, MARCH, 12)}, "watch", "letter"),
        ({"headline": "council_approved", "due": Due(APPROVAL, MARCH, 6)}, "watch", "approval"),
        ({"activity": "quiet"}, "watch", "activity"),
        ({"activity": "dormant"}, "risk", "activity"),
        ({"activity": "not_known", "last": None}, "watch", "no_activity"),
        ({"disputes": 2}, "watch", "disputes"),
        ({"unowned": 1}, "watch", "unowned"),
        ({"overdue": 1, "disputes": 2}, "risk", "overdue"),
        ({"has_contact": False}, "watch", "no_contact"),
    ],
)
def test_the_worst_sign_decides_and_stands_first(signs: dict[str, object], level: str, worst: str) -> None:
    found, reasons = told(**signs)
    assert (found, reasons[0]) == (level, (worst, level))


def test_an_exploration_is_judged_by_what_is_done_for_it_alone() -> None:
    assert told(headline="exploring", until=None) == ("well", [("activity", "well")])


@pytest.mark.parametrize("headline", ["", "ended", "unverified"])
def test_where_there_is_no_relationship_to_keep_nothing_is_judged(headline: str) -> None:
    assert health_on(Signs(headline, "dormant", overdue=3), DAY) is None


@pytest.mark.parametrize(
    ("last", "months"), [("2026-11-22", 0), ("2026-10-22", 1), ("2026-10-23", 0), ("2026-03", 7), ("2023-03", 43),
                         ("2026", 0), ("../2020", 70)],
)  # fmt: skip
def test_how_long_ago_is_counted_in_full_months_from_the_latest_day_it_may_have_been(last: str, months: int) -> None:
    health = health_on(Signs(**{**KEPT, "last": parse_edtf(last)}), DAY)  # type: ignore[arg-type]
    assert health is not None
    assert health.reasons[1] == Reason("activity", "well", day=parse_edtf(last), months=months)


def test_counts_are_told_as_they_are() -> None:
    health = health_on(Signs(**{**KEPT, "overdue": 3, "disputes": 2}), DAY)  # type: ignore[arg-type]
    assert health is not None
    assert [(reason.code, reason.number) for reason in health.reasons[:2]] == [("overdue", 3), ("disputes", 2)]


def test_the_newest_event_is_no_plan() -> None:
    dates = [parse_edtf("2024-05"), None, parse_edtf("2027-01-01"), parse_edtf("2026-02-01")]
    assert newest(dates, DAY) == parse_edtf("2026-02-01")
    assert newest([None], DAY) is None

"""The ledger, what falls due, and what everyone may read."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments import queries
from kembar.commitments.actions import Outcome, accept, add, drop, keep, start, void
from kembar.commitments.models import Commitment
from kembar.commitments.queries import Filters
from kembar.commitments.rules import is_binding, is_overdue, shown_state
from kembar.commitments.states import SHOWN
from kembar.commitments.tests.promising import KEEPERS, OFFICER, UNIT, accepted, article, claimed, file, promised
from kembar.commitments.tests.test_rules import DAYS, DUE
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import merge_files
from tests.members import office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def named(office: Office, **filters: str) -> list[str]:
    return [row.what for row in queries.ledger(office.pk, filters=Filters(**filters), on=TODAY)]


def test_the_ledger_is_narrowed_by_state_partner_side_and_keeper(bandung: Office) -> None:
    claimed(bandung, what="waits", due=None)
    accepted(bandung, what="late", due=parse_edtf("2025"))
    row = accepted(bandung, what="runs", due=parse_edtf("2027"), side="partner")
    start(row, by=SYSTEM, seen=row.version)
    row = accepted(bandung, what="done")
    keep(row, by=SYSTEM, outcome=Outcome(on=parse_edtf("2026-08"), evidence="seen"), seen=row.version)
    add(promised(what="elsewhere"), by=SYSTEM, partnership=file(bandung, "Suwon", "KR"), document=article(bandung))
    gone = claimed(bandung, what="gone")
    void(gone, by=SYSTEM, reason="entered twice", seen=1)
    assert named(bandung) == ["late", "done", "elsewhere", "runs", "waits"]
    assert named(bandung, sort="-due") == ["runs", "done", "elsewhere", "late", "waits"]
    assert named(bandung, sort="to_do") == ["late", "elsewhere", "runs", "waits", "done"]
    assert named(bandung, sort="-to_do") == ["done", "elsewhere", "runs", "waits", "late"]
    assert named(bandung, state="overdue") == ["late"]
    assert named(bandung, state="open") == ["late", "runs"]
    assert named(bandung, state="accepted") == []
    assert named(bandung, state="kept") == ["done"]
    assert named(bandung, state="claimed") == ["elsewhere", "waits"]
    assert named(bandung, partner="suwon") == ["elsewhere"]
    assert named(bandung, side="partner") == ["runs"]
    assert named(bandung, keeper=OFFICER) == named(bandung, keeper=UNIT) == ["late", "done", "runs"]
    assert named(bandung, keeper="account:9") == []
    assert named(bandung, search="ELSE") == ["elsewhere"]


def test_a_promise_of_another_office_does_not_exist(bandung: Office) -> None:
    row, daegu = claimed(bandung), office("daegu")
    assert named(daegu) == []
    with pytest.raises(queries.NoSuchCommitment):
        queries.commitment(row.pk, office_id=daegu.pk)


CASES = st.lists(st.tuples(DUE, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES, on=DAYS)
def test_the_database_and_the_rule_agree_on_what_is_overdue(
    bandung: Office, cases: list[tuple[str, bool, bool, bool]], on: date
) -> None:
    Commitment.objects.all().delete()
    for due, takes_on, conditional, met in cases:
        make = accepted if takes_on else claimed
        make(bandung, due=parse_edtf(due), made_on=None, conditional=conditional,
             condition_met=parse_edtf("2020") if met else None)  # fmt: skip
    every = list(queries.ledger(bandung.pk, filters=Filters(), on=on))
    for state in SHOWN:
        found = {row.pk for row in queries.ledger(bandung.pk, filters=Filters(state=state), on=on)}
        assert found == {row.pk for row in every if shown_state(row.terms, on=on) == state}
    by_then = {row.pk for row in queries.due_by(on - timedelta(days=1), office_id=bandung.pk)}
    assert by_then == {row.pk for row in every if is_overdue(row.terms, on=on)}
    assert by_then <= {row.pk for row in every if is_binding(row.terms)}


def test_everyone_reads_only_what_an_officer_accepted_and_is_ours_or_shown_on_purpose(bandung: Office) -> None:
    claimed(bandung, what="claimed")
    claimed(bandung, what="claimed and to be shown", shown_unconfirmed=True)
    accepted(bandung, what="ours")
    accepted(bandung, what="theirs", side="partner")
    accepted(bandung, what="of both", side="both")
    accepted(bandung, what="theirs, shown", side="partner", shown_unconfirmed=True)
    row = accepted(bandung, what="given up")
    drop(row, by=SYSTEM, reason="no budget", on=parse_edtf("2026"), seen=row.version)
    row = accepted(bandung, what="an error")
    void(row, by=SYSTEM, reason="another city", seen=row.version)
    assert [row.what for row in queries.promise_page(file(bandung))] == ["ours", "theirs, shown", "given up"]
    assert list(queries.promise_page(file(bandung, "Suwon", "KR"))) == []


def test_in_a_file_what_has_no_day_comes_after_what_has_one(bandung: Office) -> None:
    for what, due in (("some day", None), ("later", "2027"), ("soon", "2026-12")):
        row = accepted(bandung, what=what, due=parse_edtf(due) if due else None)
    found = queries.of_partnership(row.partnership), queries.left_behind(bandung.pk, keepers=[])
    assert [[promise.what for promise in rows] for rows in found] == [["soon", "later", "some day"]] * 2


def test_promises_of_a_merged_file_are_read_in_the_one_that_was_kept(bandung: Office) -> None:
    kept = file(bandung, "Suwon", "KR")
    row = accept(claimed(bandung), by=SYSTEM, keepers=KEEPERS, seen=1)
    merge_files(row.partnership, into=kept, by=SYSTEM, reason="one city")
    assert list(queries.of_partnership(kept)) == list(queries.promise_page(kept)) == [row]
    assert named(bandung, partner="suwon") == [row.what]


MONTH_OF = {
    "2026-10-13": "2026-10-13", "2026-10-31": "2026-10-31", "2026-10-13~": queries.MONTH, "2026-10": queries.MONTH,
    "2026-10-05/2026-10-09": queries.MONTH, "2026": queries.YEAR, "2026-09/2026-11": queries.YEAR,
    "2026-36": queries.YEAR, "2025/2027": queries.LONGER, "202X": queries.LONGER, "[..2030]": queries.LONGER,
    "[..2026-10-20]": queries.MONTH, "[..2026-11]": queries.YEAR,
}  # fmt: skip


def test_a_month_keeps_apart_what_is_due_on_a_day_and_what_only_some_time(bandung: Office) -> None:
    for due in (*MONTH_OF, "2026-09-30", "2026-11", "2025", "[2026..]"):
        accepted(bandung, what=due, due=parse_edtf(due), made_on=None)
    accepted(bandung, what="no day", due=None)
    found = queries.month(bandung.pk, filters=Filters(), on=TODAY, of="2026-10", most=20)
    assert {row.what: group for group, rows in found.rows.items() for row in rows} == MONTH_OF
    assert found.counts == {"2026-10-13": 1, "2026-10-31": 1, queries.MONTH: 4, queries.YEAR: 4, queries.LONGER: 3}
    few = queries.month(bandung.pk, filters=Filters(), on=TODAY, of="2026-10", most=2)
    assert (few.counts, [len(rows) for rows in few.rows.values()].count(2)) == (found.counts, 3)
    assert set(named(bandung, due="2026-10")) == set(MONTH_OF)
    assert named(bandung, due="2026-10-13") == ["2026-10-13"]
    assert set(named(bandung, due="none")) == {"no day", "[2026..]"}


def test_the_board_counts_what_the_ledger_lists(bandung: Office) -> None:
    claimed(bandung, what="waits", due=None)
    for number in range(3):
        accepted(bandung, what=f"late {number}", due=parse_edtf(f"202{3 - number}"), made_on=None)
    accepted(bandung, what="runs", due=parse_edtf("2030"), side="partner")
    found = queries.board(bandung.pk, filters=Filters(), on=TODAY, most=2)
    assert found.counts == {"claimed": 1, "overdue": 3, "accepted": 1}
    assert {group: [row.what for row in rows] for group, rows in found.rows.items()} == {
        "claimed": ["waits"], "overdue": ["late 2", "late 1"], "accepted": ["runs"],
    }  # fmt: skip
    narrowed = queries.board(bandung.pk, filters=Filters(side="own"), on=TODAY, most=2)
    assert (
        narrowed.counts
        == {"claimed": 1, "overdue": 3}
        == queries.counts(bandung.pk, filters=Filters(side="own"), on=TODAY)
    )


def test_who_answers_for_a_promise_and_has_left_is_found(bandung: Office) -> None:
    accepted(bandung, what="ours")
    row = accepted(bandung, what="settled")
    drop(row, by=SYSTEM, reason="no budget", on=parse_edtf("2026"), seen=row.version)
    claimed(bandung, what="nobody")
    claimed(bandung, what="deputy left", owner=UNIT, deputy="account:9")
    assert named(bandung, keeper="left", here=[OFFICER]) == ["deputy left"]
    assert set(named(bandung, keeper="left", here=["account:9"])) == {"ours"}
    assert named(bandung, keeper="nobody") == ["nobody"]
    assert queries.how_many(bandung.pk, state="", on=TODAY, keeper="left", here=[]) == 2


def test_a_page_of_the_ledger_is_the_same_part_of_the_whole(bandung: Office) -> None:
    for due in ("2027", "2025", "2026-05"):
        accepted(bandung, what=due, due=parse_edtf(due), made_on=None)
    for sort in ("due", "-due", "entered", "-made", "to_do", "-to_do"):
        filters = Filters(sort=sort)
        whole = list(queries.ledger(bandung.pk, filters=filters, on=TODAY))
        assert queries.page(bandung.pk, filters=filters, on=TODAY, within=slice(1, 3)) == whole[1:3]

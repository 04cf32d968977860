"""Many promises at once: every one is answered, none half changed, and one that is refused holds up no other."""

from typing import Any

import pytest
from django.db import connection

from kembar.access.permissions import SYSTEM, Actor, NotAllowed
from kembar.cities.models import Office
from kembar.commitments.actions import (
    ACCEPT,
    MOST,
    START,
    Change,
    NothingChosen,
    TooMany,
    accept,
    change_many,
    drop,
    void,
)
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import KEEPERS, OFFICER, UNIT, accepted, claimed, confirmed
from kembar.journal.queries import of_record
from kembar.lib.dates import parse_edtf
from tests.members import office
from tests.personas import dewi, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def told(office: Office, seen: dict[int, int], *, by: Actor = SYSTEM, **change: object) -> list[tuple[str, str]]:
    answers = change_many(seen, by=by, office_id=office.pk, change=Change(**change))  # type: ignore[arg-type]
    assert [answer.number for answer in answers] == list(seen)
    return [(answer.refused, answer.field) for answer in answers]


def stands(row: Commitment) -> tuple[str, str, str, str]:
    now = Commitment.objects.get(pk=row.pk)
    return now.state, now.owner, now.deputy, now.due.edtf if now.due else ""


def test_every_promise_is_answered_and_one_refused_holds_up_no_other(bandung: Office) -> None:
    row, made_later = accepted(bandung), accepted(bandung, made_on=parse_edtf("2025-03-25"))
    dropped = drop(accepted(bandung), by=SYSTEM, reason="no budget", on=parse_edtf("2026"), seen=2)
    gone = void(claimed(bandung), by=SYSTEM, reason="entered twice", seen=1)
    elsewhere = claimed(office("daegu"))
    seen = {elsewhere.pk: 1, gone.pk: 2, dropped.pk: 3, made_later.pk: 1, row.pk: 2}
    assert told(bandung, seen, owner="account:8", move=START) == [
        ("unknown", ""), ("voided", ""), ("wrong_move", ""), ("overtaken", ""), ("", ""),
    ]  # fmt: skip
    assert stands(row) == ("in_progress", "account:8", UNIT, "2026")
    # Nothing half: the owner of the dropped one could have been changed, and was not.
    assert stands(dropped) == ("dropped", OFFICER, UNIT, "2026")
    assert [entry.verb for entry in of_record(row.key, office_id=bandung.pk)][:2] == [
        "commitment.started", "commitment.amended",
    ]  # fmt: skip
    assert told(bandung, seen | {row.pk: 4}, owner="account:8")[-1] == ("unchanged", "")


def test_claims_are_accepted_together_where_they_have_owner_and_deputy(bandung: Office) -> None:
    whole, without_deputy = claimed(bandung), claimed(bandung, owner=OFFICER)
    assert told(bandung, {whole.pk: 1, without_deputy.pk: 1}, owner=OFFICER, move=ACCEPT) == [("missing", "deputy")] * 2
    assert told(bandung, {whole.pk: 1}, owner=OFFICER, deputy=UNIT, move=ACCEPT) == [("", "")]
    assert (stands(whole)[0], stands(without_deputy)) == ("accepted", ("claimed", OFFICER, "", "2026"))
    assert told(bandung, {without_deputy.pk: 1}, owner=UNIT, deputy=UNIT) == [("same_keeper", "deputy")]


def test_a_day_that_cannot_be_is_refused_and_a_confirmation_of_another_day_falls(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    assert told(bandung, {row.pk: row.version}, due=parse_edtf("2024")) == [("due_before_made", "due")]
    [answer] = change_many({row.pk: row.version}, by=SYSTEM, office_id=bandung.pk,
                           change=Change(due=parse_edtf("2027-03")))  # fmt: skip
    assert (answer.refused, answer.fell, stands(row)[0], stands(row)[3]) == ("", True, "accepted", "2027-03")


def test_only_who_keeps_the_register_changes_and_never_without_choosing_or_too_many(bandung: Office) -> None:
    row = claimed(bandung)
    with pytest.raises(NotAllowed):
        told(bandung, {row.pk: 1}, by=dewi(office_id=bandung.pk), owner=OFFICER)
    with pytest.raises(NotAllowed):
        told(bandung, {row.pk: 1}, by=sari(office_id=bandung.pk + 1), owner=OFFICER)
    with pytest.raises(NothingChosen):
        told(bandung, {}, owner=OFFICER)
    with pytest.raises(NothingChosen):
        told(bandung, {row.pk: 1})
    with pytest.raises(TooMany):
        told(bandung, dict.fromkeys(range(1, MOST + 2), 1), owner=OFFICER)


def test_when_it_breaks_off_in_the_middle_nothing_was_changed(bandung: Office) -> None:
    rows = [accept(claimed(bandung), by=SYSTEM, keepers=KEEPERS, seen=1) for _ in range(2)]
    written: list[str] = []

    def breaks(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "commitments_commitment"'):
            written.append(sql)
            if len(written) == 2:
                raise ConnectionError("the line is dead")
        return execute(sql, *more)

    with pytest.raises(ConnectionError), connection.execute_wrapper(breaks):
        told(bandung, {row.pk: 2 for row in rows}, owner="account:8")
    assert [stands(row)[1] for row in rows] == [OFFICER, OFFICER]

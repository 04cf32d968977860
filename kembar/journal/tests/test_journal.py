"""The journal keeps what happened, and its stamp moves with everything a visitor could see."""

import pytest

from kembar.access.permissions import SYSTEM
from kembar.journal import queries
from kembar.journal.actions import record, touch

pytestmark = pytest.mark.django_db


def test_a_deed_is_kept_with_who_what_and_its_file() -> None:
    record("claim.decided", by=SYSTEM, subject="claim:4", about="partnership:7", office_id=1, facts={"to": "open"})
    (entry,) = queries.of_file("partnership:7", office_id=1)
    assert (entry.actor, entry.verb, entry.subject, entry.facts) == (
        "Kembar",
        "claim.decided",
        "claim:4",
        {"to": "open"},
    )


def test_another_office_reads_nothing_of_it() -> None:
    record("claim.decided", by=SYSTEM, subject="claim:4", about="partnership:7", office_id=1)
    assert list(queries.of_file("partnership:7", office_id=2)) == []
    assert list(queries.of_record("claim:4", office_id=2)) == []
    assert list(queries.of_office(2)) == []


def test_the_newest_entry_comes_first() -> None:
    for verb in ("a.done", "b.done"):
        record(verb, by=SYSTEM, subject="x:1", office_id=1)
    assert [entry.verb for entry in queries.of_office(1)] == ["b.done", "a.done"]


def test_the_stamp_moves_with_each_deed_of_the_office_only() -> None:
    before = queries.change_stamp(office_id=1), queries.change_stamp(office_id=2)
    record("claim.decided", by=SYSTEM, subject="claim:4", office_id=1)
    after = queries.change_stamp(office_id=1), queries.change_stamp(office_id=2)
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)


def test_what_all_offices_share_moves_every_stamp() -> None:
    record("city.named", by=SYSTEM, subject="city:1", office_id=1)
    before = queries.change_stamp(office_id=1), queries.change_stamp(office_id=2)
    touch(office_id=None)
    after = queries.change_stamp(office_id=1), queries.change_stamp(office_id=2)
    assert (before[0] != after[0], before[1] != after[1]) == (True, True)

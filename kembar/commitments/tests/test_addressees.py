"""Contacts who are out of use, or have another address: what is under way to them opens nothing any more."""

from dataclasses import replace

import pytest

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments.actions import amend, as_promised
from kembar.commitments.queries import by_key
from kembar.commitments.tests.promising import accepted, asked, contact, says, translated
from kembar.countersign.actions import addressees
from kembar.countersign.actions.asking import WrongRequest
from kembar.countersign.actions.visiting import RequestClosed
from kembar.countersign.queries import to_look_at
from kembar.lib.dates import parse_edtf
from kembar.people.actions.contacts import Reach
from kembar.people.actions.records import Version
from tests.members import letters, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def test_a_contact_out_of_use_can_no_longer_answer_and_is_not_written_to(bandung: Office) -> None:
    row, other = accepted(bandung), accepted(bandung, what="menerima 10 guru")
    translated(row)
    translated(other)
    wei = contact(bandung)
    says(row, asked(row, wei), "confirm")
    waiting = asked(other, wei)
    on_paper = asked(other, contact(bandung, name="Pak Li"), channel="sheet")
    assert addressees.void_contact(wei, by=SYSTEM, reason="has left") == 2
    with pytest.raises(RequestClosed):
        says(other, waiting, "confirm")
    row = by_key(row.key, office_id=row.office_id)
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2027")), seen=row.version)
    assert [letter.kind for letter in letters()] == ["confirmation_request"] * 2
    assert [answer.subject for answer in to_look_at(bandung.pk)] == [row.key]
    on_paper.refresh_from_db()
    assert on_paper.revoked_at is None


def test_what_went_to_an_old_address_opens_nothing_any_more(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    wei = contact(bandung)
    request = asked(row, wei)
    moved = Reach(name="Ibu Wei", post="Mayor", email="wei@nanning.example")
    assert addressees.change_contact(wei, by=SYSTEM, reach=moved, seen=Version(1)) == 0
    moved = replace(moved, email="wei.new@nanning.example")
    assert addressees.change_contact(wei, by=SYSTEM, reach=moved, seen=Version(2)) == 1
    with pytest.raises(RequestClosed):
        says(row, request, "confirm")
    assert [letter.state for letter in letters()] == ["dropped"]


def test_whoever_was_taken_out_of_use_meanwhile_is_not_asked(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    wei = contact(bandung)
    addressees.void_contact(type(wei).objects.get(pk=wei.pk), by=SYSTEM, reason="has left")
    with pytest.raises(WrongRequest) as caught:
        asked(row, wei)
    assert (caught.value.reason, letters()) == ("contact", [])

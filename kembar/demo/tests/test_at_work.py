"""The sample's offices are at work: nothing their people open is empty, and nothing of it is doubled."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings

from kembar.commitments.models import Commitment
from kembar.demo import stages
from kembar.intake.models import Draft, Text
from kembar.journal.models import Entry
from kembar.partnerships.models import Note, Partnership
from kembar.people.models import Account, Contact, OfficeHolder
from kembar.people.states import Capacity
from kembar.sources.models import Document, Report
from tests.members import sign_in

pytestmark = pytest.mark.django_db
TABLES = (Contact, OfficeHolder, Commitment, Text, Draft, Report, Document, Note, Entry)


@pytest.fixture(autouse=True)
def at_work(sample: Callable[[str], None]) -> Iterator[None]:
    with override_settings(KEMBAR_SAMPLE=True):
        sample("desk")
        yield


def officer(client: Client, email: str) -> Client:
    sign_in(client, Account.objects.get(email=email))
    return client


def test_told_twice_nothing_is_doubled() -> None:
    before = [table.objects.count() for table in TABLES]
    stages.tell("desk")
    assert [table.objects.count() for table in TABLES] == before


def test_every_partner_has_somebody_to_write_to_and_nobody_of_them_exists() -> None:
    keys = {file.key for file in Partnership.objects.all()}
    assert set(Contact.objects.values_list("about", flat=True)) == keys
    assert not Contact.objects.exclude(email__endswith=".example").exists()


def test_promises_stand_in_every_state_and_one_is_overdue(client: Client) -> None:
    desk = officer(client, "petugas@bandung.example")
    states = ("claimed", "accepted", "in_progress", "overdue", "kept", "dropped", "open", "confirmed")
    found = {
        state: len(desk.get(f"/bandung/desk/commitments/?state={state}").context["page"].items) for state in states
    }
    assert found == {"claimed": 1, "accepted": 3, "in_progress": 1, "overdue": 1, "kept": 1, "dropped": 1, "open": 6,
                     "confirmed": 1}  # fmt: skip


def test_office_holders_are_known_in_more_than_one_capacity() -> None:
    held = set(OfficeHolder.objects.values_list("capacity", flat=True))
    assert held == {Capacity.DEFINITIVE, Capacity.PLT, Capacity.PLH, Capacity.PJ}


def test_no_figure_of_the_officers_today_is_nought(client: Client) -> None:
    desk = officer(client, "petugas@bandung.example")
    assert [count.label for count in desk.get("/bandung/desk/").context["counts"] if not count.number] == []
    assert len(desk.get("/bandung/desk/").context["history"]) > 3
    assert [line.urgent for line in desk.get("/bandung/desk/?whose=mine").context["due"]] == [True, False]


def test_a_signature_outside_its_signers_term_is_pointed_out(client: Client) -> None:
    desk = officer(client, "officer@daegu.example")
    page = desk.get("/en/daegu/desk/partners/bandung/").content.decode()
    assert page.count("The known term of office does not cover this day.") == 1

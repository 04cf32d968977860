"""Holders of public office and contacts are entered, changed by one officer at a time, voided with a reason."""

import pytest

from kembar.access.permissions import ANONYMOUS, NotAllowed
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.people import queries
from kembar.people.actions.contacts import Reach, add_contact, change_contact, void_contact
from kembar.people.actions.holders import Term, change_holder, name_holder, void_holder
from kembar.people.actions.records import ChangedMeanwhile, ReasonMissing, Version, Voided, WrongRecord
from kembar.people.models import Contact, OfficeHolder
from kembar.people.rules import Covers
from kembar.people.states import Capacity
from tests.members import office
from tests.personas import dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
FILE = "partnership:7"
KIM = Reach(name="Kim Contoh", post="Director", email="kim@example.org", phone="+82 53 000 0000", language="ko")
ODED = Term(person="Wali Kota Contoh", post="Wali Kota Bandung", capacity=Capacity.DEFINITIVE,
            since=parse_edtf("2018-09-20"), until=parse_edtf("2021-12-10"))  # fmt: skip


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


@pytest.fixture
def contact(bandung: Office) -> Contact:
    return add_contact(KIM, by=sari(office_id=bandung.pk), office=bandung, about=FILE)


@pytest.fixture
def holder(bandung: Office) -> OfficeHolder:
    return name_holder(ODED, by=sari(office_id=bandung.pk), office=bandung, party=bandung.local_government)


def test_contacts_are_private_to_the_office(bandung: Office, contact: Contact) -> None:
    assert list(queries.contacts_about(FILE, office_id=bandung.pk, by=dewi(office_id=bandung.pk))) == [contact]
    for stranger in (pak_hadi(office_id=bandung.pk), jihoon(office_id=bandung.pk + 1), ANONYMOUS):
        with pytest.raises(NotAllowed):
            queries.contacts_about(FILE, office_id=bandung.pk, by=stranger)
        with pytest.raises(NotAllowed):
            queries.contact(contact.pk, office_id=bandung.pk, by=stranger)


def test_a_contact_of_another_office_does_not_exist(bandung: Office, contact: Contact) -> None:
    other = bandung.pk + 1
    with pytest.raises(queries.NoSuchContact):
        queries.contact(contact.pk, office_id=other, by=jihoon(office_id=other))
    assert list(queries.contacts_about(FILE, office_id=other, by=jihoon(office_id=other))) == []


def test_the_journal_tells_which_fields_changed_and_nothing_of_the_person(bandung: Office, contact: Contact) -> None:
    by = sari(office_id=bandung.pk)
    change_contact(contact, by=by, reach=Reach(name="Kim Contoh", post="Mayor"), seen=Version(1))
    void_contact(contact, by=by, reason="moved to another city")
    entries = Entry.objects.filter(about=FILE).order_by("id")
    assert [(entry.verb, entry.facts) for entry in entries] == [
        ("contact.added", {}),
        ("contact.changed", {"fields": ["post", "email", "phone", "language"]}),
        ("contact.voided", {"reason": "moved to another city"}),
    ]


def test_the_second_of_two_officers_sees_what_the_first_saved(bandung: Office, contact: Contact) -> None:
    by = sari(office_id=bandung.pk)
    change_contact(contact, by=by, reach=Reach(name="Kim Baru"), seen=Version(1))
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        change_contact(contact, by=by, reach=Reach(name="Kim Lain"), seen=Version(1))
    assert (meanwhile.value.current.version, Contact.objects.get().name) == (2, "Kim Baru")


def test_saving_what_is_there_already_is_no_deed(bandung: Office, contact: Contact) -> None:
    assert change_contact(contact, by=sari(office_id=bandung.pk), reach=KIM, seen=Version(1)).version == 1
    assert Entry.objects.filter(verb="contact.changed").count() == 0


def test_a_voided_contact_is_read_and_not_changed(bandung: Office, contact: Contact) -> None:
    by = sari(office_id=bandung.pk)
    with pytest.raises(ReasonMissing):
        void_contact(contact, by=by, reason="\u200b ")
    assert void_contact(contact, by=by, reason="left") is True
    assert void_contact(contact, by=by, reason="left again") is False
    with pytest.raises(Voided):
        change_contact(contact, by=by, reach=KIM, seen=Version(2))
    assert list(queries.contacts_about(FILE, office_id=bandung.pk, by=by)) == []
    assert queries.contact(contact.pk, office_id=bandung.pk, by=by).void_reason == "left"


@pytest.mark.parametrize(
    ("reach", "reason"),
    [
        (Reach(name=" "), "name"),
        (Reach(name="x" * 201), "name"),
        (Reach(name="Kim", email="kim"), "email"),
        (Reach(name="Kim", phone="1" * 61), "phone"),
        (Reach(name="Kim", since=parse_edtf("2020"), until=parse_edtf("2019")), "order"),
    ],
)
def test_a_contact_that_cannot_be_kept_says_which_field(bandung: Office, reach: Reach, reason: str) -> None:
    with pytest.raises(WrongRecord) as wrong:
        add_contact(reach, by=sari(office_id=bandung.pk), office=bandung, about=FILE)
    assert (wrong.value.reason, Contact.objects.count()) == (reason, 0)


def test_characters_nobody_sees_are_taken_out_of_names(bandung: Office) -> None:
    kept = add_contact(Reach(name="\u202eKim\u200b"), by=sari(office_id=bandung.pk), office=bandung, about=FILE)
    assert kept.name == "Kim"


def test_who_may_not_write_writes_nothing(bandung: Office, contact: Contact, holder: OfficeHolder) -> None:
    for stranger in (dewi(office_id=bandung.pk), jihoon(office_id=bandung.pk + 1), ANONYMOUS):
        with pytest.raises(NotAllowed):
            change_contact(contact, by=stranger, reach=Reach(name="X"), seen=Version(1))
        with pytest.raises(NotAllowed):
            change_holder(holder, by=stranger, term=Term("X", "Y"), seen=Version(1))
        with pytest.raises(NotAllowed):
            void_holder(holder, by=stranger, reason="no")
    assert (Contact.objects.get().version, OfficeHolder.objects.get().version) == (1, 1)


def test_a_holder_is_changed_with_both_values_in_the_journal(bandung: Office, holder: OfficeHolder) -> None:
    later = Term(person=ODED.person, post=ODED.post, capacity=Capacity.PLT, since=ODED.since, until=None)
    change_holder(holder, by=sari(office_id=bandung.pk), term=later, seen=Version(1))
    facts = Entry.objects.get(verb="holder.changed").facts
    assert (facts["from"], facts["to"]) == (
        {"capacity": "definitive", "until": "2021-12-10"},
        {"capacity": "plt", "until": ""},
    )


def test_holders_come_with_the_newest_term_first_and_without_the_voided(bandung: Office, holder: OfficeHolder) -> None:
    by = sari(office_id=bandung.pk)
    city = bandung.local_government
    newer = name_holder(Term("Pj. Contoh", "Wali Kota Bandung", Capacity.PJ, parse_edtf("2023-09-20")), by=by,
                        office=bandung, party=city)  # fmt: skip
    undated = name_holder(Term("Siapa", "Wali Kota Bandung"), by=by, office=bandung, party=city)
    wrong = name_holder(Term("Salah", "Wali Kota Bandung"), by=by, office=bandung, party=city)
    void_holder(wrong, by=by, reason="never was")
    assert queries.holders_of(city.pk, office_id=bandung.pk) == [newer, holder, undated]
    assert queries.holders_of(city.pk, office_id=bandung.pk + 1) == []
    with pytest.raises(queries.NoSuchHolder):
        queries.holder(holder.pk, office_id=bandung.pk + 1)


@pytest.mark.parametrize(
    ("person", "day", "expected"),
    [
        ("Wali Kota Contoh", "2020-03-01", Covers.YES),
        ("WALI KOTA  CONTÖH", "2020-03-01", Covers.YES),
        ("Wali Kota Contoh", "2022-03-01", Covers.NO),
        ("Wali Kota Contoh", "2024-02-01", Covers.UNKNOWN),  # a second term whose end nobody knows
        ("Somebody Else", "2022-03-01", Covers.UNKNOWN),
        ("", "2022-03-01", Covers.UNKNOWN),
    ],
)
def test_a_signature_is_flagged_when_no_known_term_can_cover_its_day(
    bandung: Office, holder: OfficeHolder, person: str, day: str, expected: Covers
) -> None:
    again = Term(person=ODED.person, post=ODED.post, since=parse_edtf("2023-10-01"))
    name_holder(again, by=sari(office_id=bandung.pk), office=bandung, party=bandung.local_government)
    where = {"party_id": bandung.local_government_id, "office_id": bandung.pk}
    assert queries.in_office_on(parse_edtf(day), person=person, **where) is expected
    assert queries.in_office_on(parse_edtf(day), person=person, **(where | {"office_id": 0})) is Covers.UNKNOWN


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        (Term(" ", "Mayor"), "person"),
        (Term("Kim", ""), "post"),
        (Term("Kim", "Mayor", "king"), "capacity"),
        (Term("Kim", "Mayor", since=parse_edtf("2020"), until=parse_edtf("2019")), "order"),
    ],
)
def test_a_holder_that_cannot_be_kept_says_which_field(bandung: Office, term: Term, reason: str) -> None:
    with pytest.raises(WrongRecord) as wrong:
        name_holder(term, by=sari(office_id=bandung.pk), office=bandung, party=bandung.local_government)
    assert wrong.value.reason == reason

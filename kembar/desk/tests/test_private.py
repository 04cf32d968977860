"""Contacts are found by those who may read them; what was voided can be read, with the reason."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.desk.tests.test_people import a_contact, a_holder
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact, change_contact, void_contact
from kembar.people.actions.holders import void_holder
from kembar.people.actions.records import Version
from tests.personas import bu_ratna, dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
KIM = Reach(name="김민지", post="주무관", email="minji@suwon.example", phone="+82 31 000 0000", note="loves angklung")


def found(client: Client, words: str, office: str = "bandung") -> list[tuple[str, str]]:
    page = client.get(f"/en/{office}/desk/search/", {"q": words})
    return [(hit.kind, hit.href.partition("/desk/")[2]) for hit in page.context["found"]]


@pytest.mark.parametrize("words", ["민지", "minji@suwon.example", "주무관", "angklung"])
def test_a_contact_is_found_by_name_post_address_and_note(suwon: Partnership, client: Client, words: str) -> None:
    kim = add_contact(KIM, by=SYSTEM, office=suwon.office, about=suwon.key)
    assert found(client, words) == [("contact", f"partners/suwon/contacts/#contact-{kim.pk}")]
    page = client.get(reverse("desk:contacts", kwargs={"office": "bandung", "partner": "suwon"})).content.decode()
    assert page.count(f'id="contact-{kim.pk}"') == 1


def test_contacts_are_found_by_those_alone_who_may_read_them(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    suwon = Partnership.objects.get(office=story, slug="suwon")
    add_contact(KIM, by=SYSTEM, office=story, about=suwon.key)
    counted = {}
    for who in (sari, bu_ratna, dewi, pak_hadi):
        as_person(who(office_id=story.pk))
        counted[who.__name__] = len(found(client, "민지"))
    assert counted == {"sari": 1, "bu_ratna": 1, "dewi": 1, "pak_hadi": 0}


def test_another_office_finds_no_contact_of_ours(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    suwon = Partnership.objects.get(office=story, slug="suwon")
    add_contact(KIM, by=SYSTEM, office=story, about=suwon.key)
    theirs = Office.objects.create(slug="suwon", local_government=suwon.partner)
    as_person(jihoon(office_id=theirs.pk))
    assert found(client, "민지", office="suwon") == []


def test_a_changed_contact_is_found_by_its_new_name_and_one_out_of_use_not_at_all(
    suwon: Partnership, client: Client
) -> None:
    kim = add_contact(KIM, by=SYSTEM, office=suwon.office, about=suwon.key)
    kim = change_contact(kim, by=SYSTEM, reach=Reach(name="Park Jiwoo"), seen=Version(kim.version))
    assert (len(found(client, "jiwoo")), found(client, "민지")) == (1, [])
    void_contact(kim, by=SYSTEM, reason="salah kota")
    assert found(client, "jiwoo") == []


def test_who_is_out_of_use_is_read_below_the_list_with_the_reason(suwon: Partnership, client: Client) -> None:
    a_contact(suwon, "Park Jiwoo")
    void_contact(a_contact(suwon), by=SYSTEM, reason="salah kota")
    page = client.get(reverse("desk:contacts", kwargs={"office": "bandung", "partner": "suwon"}))
    assert [row.contact.name for row in page.context["contacts"]] == ["Park Jiwoo"]
    assert page.content.decode().count("<li><b>Kim Minji</b>: salah kota</li>") == 1


def test_a_voided_holder_is_listed_on_demand_with_the_reason_and_cannot_be_changed(
    suwon: Partnership, client: Client
) -> None:
    kept, wrong = a_holder(suwon, "Budi Contoh"), a_holder(suwon, "Sita Contoh")
    void_holder(wrong, by=SYSTEM, reason="tercatat dua kali")
    address = "/en" + reverse("desk:holders", kwargs={"office": "bandung"})
    assert [row.holder.pk for row in client.get(address).context["rows"]] == [kept.pk]
    page = client.get(address, {"entries": "voided"})
    assert [row.holder.pk for row in page.context["rows"]] == [wrong.pk]
    text = page.content.decode()
    assert (text.count("<small>voided: tercatat dua kali</small>"), text.count(f"/{wrong.pk}/change/")) == (1, 0)


def test_the_history_says_who_was_voided_and_why(suwon: Partnership, client: Client) -> None:
    void_holder(a_holder(suwon), by=SYSTEM, reason="tercatat dua kali")
    page = client.get("/en" + reverse("desk:changes", kwargs={"office": "bandung"}))
    assert page.context["history"][0].what == (
        "voided the entry of the office-holder Budi Contoh, Wali Kota. tercatat dua kali"
    )


def test_a_contact_out_of_use_is_told_without_the_reason_to_who_may_not_read_it(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    suwon = Partnership.objects.get(office=story, slug="suwon")
    void_contact(a_contact(suwon), by=SYSTEM, reason="sakit lama")
    as_person(pak_hadi(office_id=story.pk))
    page = client.get("/en" + reverse("desk:changes", kwargs={"office": "bandung"}))
    assert page.context["history"][0].what == "took a contact out of use"
    assert page.content.decode().count("sakit lama") == 0


def test_the_language_to_write_in_is_named_in_the_readers_own(suwon: Partnership, client: Client) -> None:
    for name, language in (("Kim", "ko"), ("Lee", "Bahasa isyarat")):
        add_contact(Reach(name=name, language=language), by=SYSTEM, office=suwon.office, about=suwon.key)
    address = reverse("desk:contacts", kwargs={"office": "bandung", "partner": "suwon"})
    told = {prefix: client.get(prefix + address).content.decode() for prefix in ("", "/en")}
    cells = [told[prefix].count(f">{name}</td>") for prefix, name in (("", "Korea"), ("/en", "Korean"))]
    assert (cells, told[""].count(">Bahasa isyarat</td>")) == ([1, 1], 1)

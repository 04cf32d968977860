"""Contacts and holders of public office at the desk: who reaches which page, and what becomes of what they typed."""

from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.partnerships.states import Kind
from kembar.people.actions.contacts import Reach, add_contact, change_contact, void_contact
from kembar.people.actions.holders import Term, change_holder, name_holder, void_holder
from kembar.people.actions.records import Version
from kembar.people.models import Contact, OfficeHolder
from kembar.public.tests import test_countersigning as partner
from kembar.sources.actions import DocumentFacts, correct_document, keep_document
from tests.personas import ANONYMOUS, bu_ratna, dewi, jihoon, pak_hadi, sari, togar

pytestmark = pytest.mark.django_db
PEOPLE = {"bu_ratna": bu_ratna, "sari": sari, "dewi": dewi, "pak_hadi": pak_hadi, "togar": togar}
CONTACT = {"name": "Kim Minji", "post": "Manager", "email": "minji@example.org", "since": "Maret 2024"}
HOLDER = {"person": "Budi Contoh", "post": "Wali Kota", "capacity": "pj", "since": "26 April 2026", "until": ""}


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def a_contact(file: Partnership, name: str = "Kim Minji") -> Contact:
    return add_contact(Reach(name=name), by=SYSTEM, office=file.office, about=file.key)


def a_holder(
    file: Partnership, person: str = "Budi Contoh", *, at_home: bool = True, **known: EdtfDate
) -> OfficeHolder:
    party = file.office.local_government if at_home else file.partner
    return name_holder(Term(person=person, post="Wali Kota", **known), by=SYSTEM, office=file.office, party=party)


def pages(file: Partnership) -> dict[str, str]:
    contact, holder = a_contact(file), a_holder(file)
    return {
        "contacts": desk("contacts", partner="suwon"),
        "add-contact": desk("add-contact", partner="suwon"),
        "change-contact": desk("change-contact", partner="suwon", number=contact.pk),
        "void-contact": desk("void-contact", partner="suwon", number=contact.pk),
        "holders": desk("holders"),
        "name-holder": desk("name-holder"),
        "change-holder": desk("change-holder", number=holder.pk),
        "void-holder": desk("void-holder", number=holder.pk),
    }


PRIVATE, READ = ["contacts"], ["holders"]
# Who → the pages they reach; a form is sent empty, so that it comes back with what is missing.
REACHED = {"bu_ratna": [*PRIVATE, *READ, "forms"], "sari": [*PRIVATE, *READ, "forms"], "dewi": [*PRIVATE, *READ],
           "pak_hadi": READ, "togar": [], "jihoon": [], "visitor": []}  # fmt: skip


@pytest.mark.parametrize("who", REACHED)
def test_who_reaches_which_page_by_which_method(
    story: Office, as_person: Callable[[Actor], None], client: Client, who: str
) -> None:
    file = Partnership.objects.get(office=story, slug="suwon")
    strangers = {"jihoon": jihoon(office_id=story.pk + 1), "visitor": ANONYMOUS}
    as_person(strangers[who] if who in strangers else PEOPLE[who](office_id=story.pk))
    found, wanted = {}, {}
    for name, address in pages(file).items():
        is_list = name in PRIVATE + READ
        open_to = name in REACHED[who] if is_list else "forms" in REACHED[who]
        found[name] = (client.get(address).status_code, client.post(address).status_code)
        wanted[name] = (200, 405 if is_list else 200) if open_to else (404, 404)
    assert found == wanted


@pytest.mark.parametrize("prefix", ["", "/en", "/ko", "/zh"])
def test_every_page_opens_in_every_language(suwon: Partnership, client: Client, prefix: str) -> None:
    answers = {name: client.get(prefix + address).status_code for name, address in pages(suwon).items()}
    assert answers == dict.fromkeys(answers, 200)


def test_nothing_of_another_office_is_found_by_its_number(
    suwon: Partnership, as_person: Callable[[Actor], None], client: Client
) -> None:
    ours = pages(suwon)
    theirs = Office.objects.create(slug="suwon", local_government=suwon.partner)
    file = open_file(by=SYSTEM, office=theirs, partner=suwon.office.local_government, kind=Kind.SISTER)
    as_person(jihoon(office_id=theirs.pk))
    for name in ("change-contact", "void-contact", "change-holder", "void-holder"):
        address = ours[name].replace("/bandung/desk/partners/suwon", f"/suwon/desk/partners/{file.slug}")
        address = address.replace("/bandung/desk/", "/suwon/desk/")
        assert [client.get(address).status_code, client.post(address, {"reason": "x"}).status_code] == [404, 404]
    page = client.get(f"/suwon/desk/partners/{file.slug}/contacts/")
    assert (page.status_code, page.context["contacts"]) == (200, [])
    assert client.get("/suwon/desk/holders/").context["rows"] == []
    assert Contact.objects.get().voided_at is OfficeHolder.objects.get().voided_at is None


def test_a_contact_is_found_in_its_own_file_alone(suwon: Partnership, client: Client) -> None:
    other = Partnership.objects.exclude(pk=suwon.pk).filter(merged_into=None).order_by("pk")[0]
    contact = a_contact(suwon)
    assert client.get(desk("change-contact", partner=other.slug, number=contact.pk)).status_code == 404
    assert client.get(desk("change-contact", partner="suwon", number=contact.pk + 1)).status_code == 404


def test_a_contact_is_added_changed_and_voided_by_form(suwon: Partnership, client: Client) -> None:
    there = desk("contacts", partner="suwon")
    answer = client.post(desk("add-contact", partner="suwon"), CONTACT)
    contact = Contact.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{there}?saved=1")
    assert (contact.name, contact.about, contact.since) == ("Kim Minji", suwon.key, parse_edtf("2024-03"))
    change = desk("change-contact", partner="suwon", number=contact.pk)
    form = client.get(change).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert (typed["since"], typed["opened_with"]) == ("Maret 2024", 1)
    assert client.post(change, typed | {"until": "2025"}).status_code == 302
    assert Contact.objects.get().until == parse_edtf("2025")
    [row] = client.get(there).context["contacts"]
    assert (row.contact.email, row.term) == ("minji@example.org", "Maret 2024 sampai 2025")
    void = desk("void-contact", partner="suwon", number=contact.pk)
    assert list(client.post(void, {"reason": " "}).context["form"].errors) == ["reason"]
    assert client.post(void, {"reason": "salah kota"}).headers["Location"] == f"{there}?saved=1"
    assert (Contact.objects.get().void_reason, client.get(there).context["contacts"]) == ("salah kota", [])
    assert client.get(change).status_code == client.get(void).status_code == 404


def test_whoever_voids_a_contact_reads_that_its_question_was_taken_back(suwon: Partnership, client: Client) -> None:
    row = partner.promise(suwon)
    partner.asked(suwon, row)
    void = desk("void-contact", partner="suwon", number=Contact.objects.get().pk)
    there = client.post(void, {"reason": "pindah"}).headers["Location"]
    assert there == desk("contacts", partner="suwon") + "?saved=1&taken_back=1"
    assert client.get(there).content.decode().count("Pertanyaan itu ditarik") == 1


def test_a_holder_is_named_changed_and_voided_by_form(suwon: Partnership, client: Client) -> None:
    typed = HOLDER | {"party": str(suwon.partner_id)}
    assert client.post(desk("name-holder"), typed).headers["Location"] == desk("holders") + "?saved=1"
    holder = OfficeHolder.objects.get()
    assert (holder.party, holder.capacity, holder.since, holder.until) == (
        suwon.partner,
        "pj",
        parse_edtf("2026-04-26"),
        None,
    )
    change = desk("change-holder", number=holder.pk)
    assert client.post(change, HOLDER | {"until": "Mei 2026", "opened_with": 1}).status_code == 302
    assert OfficeHolder.objects.get().until == parse_edtf("2026-05")
    assert client.post(desk("void-holder", number=holder.pk), {"reason": "tercatat dua kali"}).status_code == 302
    assert client.get(desk("holders")).context["rows"] == []


def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(suwon: Partnership, client: Client) -> None:
    given = HOLDER | {"party": "999999", "until": "2025", "person": ""}
    page = client.post("/en" + desk("name-holder"), given)
    assert list(page.context["form"].errors) == ["party", "person"]
    given |= {"party": str(suwon.partner_id), "person": "Budi Contoh"}
    page = client.post("/en" + desk("name-holder"), given)
    assert page.context["form"].errors == {"until": ["The end lies before the beginning."]}
    given = CONTACT | {"email": "minji", "since": "31 Februari 2024"}
    page = client.post("/en" + desk("add-contact", partner="suwon"), given)
    assert list(page.context["form"].errors) == ["email", "since"]
    assert ['value="31 Februari 2024"' in page.content.decode(), Contact.objects.count()] == [True, 0]


def test_the_second_of_two_officers_sees_both_versions_and_loses_nothing(suwon: Partnership, client: Client) -> None:
    holder = a_holder(suwon)
    ahead = Term(person="Budi Contoh", post="Wali Kota", capacity="plt", until=parse_edtf("2025"))
    change_holder(holder, by=SYSTEM, term=ahead, seen=Version(1))
    address = "/en" + desk("change-holder", number=holder.pk)
    page = client.post(address, HOLDER | {"opened_with": 1})
    assert page.context["done"].rows == [
        ("In which capacity", "acting officer (Plt.)", "caretaker (Pj.)"),
        ("In office since", "not known", "26 April 2026"),
        ("Last day in office", "2025", "not known"),
    ]
    assert OfficeHolder.objects.get().capacity == "plt"
    again = page.context["form"].data
    assert client.post(address, again).status_code == 302
    assert (OfficeHolder.objects.get().capacity, OfficeHolder.objects.get().until) == ("pj", None)


def test_the_second_officer_sees_both_versions_of_a_contact(suwon: Partnership, client: Client) -> None:
    contact = a_contact(suwon)
    change_contact(contact, by=SYSTEM, reach=Reach(name="Kim Minji", phone="+82 31"), seen=Version(1))
    address = "/en" + desk("change-contact", partner="suwon", number=contact.pk)
    page = client.post(address, {"name": "Kim Min-ji", "opened_with": 1})
    assert page.context["done"].rows == [("Name", "Kim Minji", "Kim Min-ji"), ("Phone", "+82 31", "not known")]
    assert page.content.decode().count("A colleague saved this record first") == 1


def test_what_the_second_officer_never_touched_stays_as_the_colleague_saved_it(
    suwon: Partnership, client: Client
) -> None:
    contact = add_contact(Reach(name="Kim Minji", phone="+82 1", since=parse_edtf("2024-03")), by=SYSTEM,
                          office=suwon.office, about=suwon.key)  # fmt: skip
    address = "/en" + desk("change-contact", partner="suwon", number=contact.pk)
    mine = as_opened(client, address) | {"chat": "KakaoTalk: minji"}
    change_contact(contact, by=SYSTEM, reach=Reach(name="Kim Minji", phone="+82 2"), seen=Version(1))
    page = client.post(address, mine)
    assert page.context["done"].rows == [
        ("Phone", "+82 2", "not touched by you; taken over"),
        ("Chat", "not known", "KakaoTalk: minji"),
        ("In this post since", "not known", "not touched by you; taken over"),
    ]
    assert client.post(address, page.context["form"].data).status_code == 302
    contact.refresh_from_db()
    assert (contact.phone, contact.chat, contact.since) == ("+82 2", "KakaoTalk: minji", None)


def test_the_second_of_two_officers_who_correct_one_source_is_shown_both_versions(
    suwon: Partnership, client: Client
) -> None:
    source = keep_document(DocumentFacts(title="Antara"), by=SYSTEM, office_id=suwon.office_id)
    address = "/en" + desk("correct-document", number=source.pk)
    mine = as_opened(client, address) | {"publisher": "LKBN Antara"}
    correct_document(source, by=SYSTEM, facts=DocumentFacts(title="Antara", publisher="ANTARA", note="daring"))
    page = client.post(address, mine)
    assert page.context["rows"] == [
        ("Publisher", "ANTARA", "LKBN Antara"),
        ("Note", "daring", "not touched by you; taken over"),
    ]
    assert client.post(address, page.context["form"].data).status_code == 302
    source.refresh_from_db()
    assert (source.publisher, source.note) == ("LKBN Antara", "daring")


def as_opened(client: Client, address: str) -> dict[str, object]:
    """What a browser sends back of a form that nobody has typed into."""
    fields = list(client.get(address).context["form"])
    held = {field.name: field.value() or "" for field in fields}
    carried = {field.html_initial_name: held[field.name] for field in fields if field.field.show_hidden_initial}
    return held | carried


def test_who_types_while_a_colleague_voids_is_told_and_keeps_the_text(suwon: Partnership, client: Client) -> None:
    contact, holder = a_contact(suwon), a_holder(suwon)
    void_contact(contact, by=SYSTEM, reason="salah kota")
    void_holder(holder, by=SYSTEM, reason="salah kota")
    for address, given, field, kept in (
        (desk("change-contact", partner="suwon", number=contact.pk), CONTACT, "email", "minji@example.org"),
        (desk("change-holder", number=holder.pk), HOLDER, "since", "26 April 2026"),
    ):
        page = client.post("/en" + address, given | {"opened_with": 1})
        assert page.context["done"].voided
        assert page.content.decode().count(f'name="{field}" value="{kept}"') == 1


def test_the_register_is_narrowed_and_ordered_by_its_address(suwon: Partnership, client: Client) -> None:
    a_holder(suwon, "Ari", since=parse_edtf("2018"), until=parse_edtf("2023-09-20"))
    a_holder(suwon, "Budi", since=parse_edtf("2025-02-20"))
    a_holder(suwon, "Cho", at_home=False)
    for query, wanted in (
        ("", ["Ari", "Budi", "Cho"]),
        (f"?party={suwon.partner_id}", ["Cho"]),
        ("?q=bud", ["Budi"]),
        ("?sort=-since", ["Budi", "Ari", "Cho"]),
        ("?sort=government", ["Ari", "Budi", "Cho"]),
        ("?saved=1", ["Ari", "Budi", "Cho"]),
    ):
        assert [row.holder.person for row in client.get(desk("holders") + query).context["rows"]] == wanted
    terms = [row.term for row in client.get("/en" + desk("holders")).context["rows"]]
    assert terms == ["2018 to 20 September 2023", "since 20 February 2025", "not known"]
    assert client.get(desk("holders") + "?party=0").status_code == 400


def test_a_file_leads_to_its_contacts_for_those_who_may_read_them(
    suwon: Partnership, as_person: Callable[[Actor], None], client: Client
) -> None:
    a_contact(suwon)
    shown = f'<a href="/en{desk("contacts", partner="suwon")}">Contacts: 1</a>'
    holders = f'<a href="/en{desk("holders")}?party={suwon.partner_id}">Office-holders</a>'
    page = client.get("/en" + desk("partner", partner="suwon")).content.decode()
    assert [page.count(shown), page.count(holders)] == [1, 1]
    as_person(pak_hadi(office_id=suwon.office_id))
    page = client.get("/en" + desk("partner", partner="suwon")).content.decode()
    assert [page.count("/contacts/"), page.count(holders)] == [0, 1]


def test_contacts_of_a_file_that_was_joined_are_kept_with_the_other(suwon: Partnership, client: Client) -> None:
    other = Partnership.objects.exclude(pk=suwon.pk).filter(merged_into=None).order_by("pk")[0]
    contact = a_contact(other)
    Partnership.objects.filter(pk=other.pk).update(merged_into=suwon)
    [row] = client.get(desk("contacts", partner="suwon")).context["contacts"]
    assert row.contact == contact
    assert client.get(desk("change-contact", partner="suwon", number=contact.pk)).status_code == 200


@pytest.mark.parametrize("name", ["contacts", "holders"])
def test_each_list_costs_as_many_queries_with_three_people_as_with_one(
    suwon: Partnership, same_queries: Callable[..., None], name: str
) -> None:
    numbers = count()
    if name == "contacts":
        same_queries(desk("contacts", partner="suwon"), lambda: a_contact(suwon, f"Kim {next(numbers)}"))
    else:
        same_queries(desk("holders"), lambda: a_holder(suwon, f"Kim {next(numbers)}", at_home=next(numbers) % 3 == 0))


def test_who_has_signed_in_lands_at_the_desk_of_their_office(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    for who, wanted in ((sari, desk("today")), (pak_hadi, desk("today")), (togar, reverse("people_account"))):
        as_person(who(office_id=story.pk))
        assert client.get(reverse("desk:start")).headers["Location"] == wanted
    as_person(ANONYMOUS)
    assert client.get(reverse("desk:start")).status_code == 404

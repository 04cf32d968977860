"""Notes and the health of a relationship on a partner's file."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor
from kembar.cities.models import Office
from kembar.commitments.actions import accept, add
from kembar.commitments.tests.promising import KEEPERS, article, promised
from kembar.desk.words import length_words
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import withdraw_note, write_note
from kembar.partnerships.models import Note, Partnership
from kembar.people.actions.contacts import Reach, add_contact
from tests.personas import bu_ratna, dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
SECRET = "Wakil wali kota lebih suka ditelepon."


def page(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", "partner": "suwon", **parts})


def test_a_note_is_written_read_by_colleagues_and_changed_by_its_author(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    assert client.post(page("write-note"), {"text": f"{SECRET}\r\n<b>Baris</b> dua"}).headers["Location"] == (
        f"{page('partner')}?saved=1#notes"
    )
    note = Note.objects.get()
    shown = client.get("/en" + page("partner")).content.decode()
    assert f"{SECRET}<br>&lt;b&gt;Baris&lt;/b&gt; dua" in shown
    typed = {"text": "Baru", "opened_with": "1"}
    assert client.post(page("change-note", number=note.pk), typed).status_code == 302
    again = client.post("/en" + page("change-note", number=note.pk), {**typed, "text": "Lain"})
    assert again.context["done"].rows == [("Note", "Baru", "Lain")]
    as_person(bu_ratna(office_id=bandung.pk))
    [row] = client.get("/en" + page("partner")).context["notes"]
    assert (row.text, row.author, row.mine, [text for _, text in row.earlier]) == (
        "Baru", "Sari", False, [f"{SECRET}\n<b>Baris</b> dua"],
    )  # fmt: skip
    assert client.post(page("change-note", number=note.pk), typed).status_code == 404
    assert client.post(page("withdraw-note", number=note.pk), {"reason": "Usang"}).status_code == 302
    assert client.get(page("partner")).context["notes"] == []


def test_an_empty_note_is_said_and_a_long_one_keeps_what_was_typed(suwon: Partnership, client: Client) -> None:
    assert list(client.post(page("write-note"), {"text": "\u200b"}).context["form"].errors) == ["text"]
    long = client.post(page("write-note"), {"text": "x" * 4001})
    assert (list(long.context["form"].errors), "x" * 4001 in long.content.decode()) == (["text"], True)
    assert Note.objects.count() == 0


def test_the_council_reads_no_note_and_translators_write_none(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    note = write_note(SECRET, by=sari(office_id=bandung.pk), partnership=suwon)
    pages = [page("write-note"), page("change-note", number=note.pk), page("withdraw-note", number=note.pk)]
    readings = {pak_hadi: False, dewi: True}
    for who, reads in readings.items():
        as_person(who(office_id=bandung.pk))
        shown = client.get("/en" + page("partner"))
        assert (SECRET in shown.content.decode(), shown.context["notes"] is not None) == (reads, reads)
        assert {client.get(address).status_code for address in pages} == {404}
    for stranger in (ANONYMOUS, jihoon(office_id=bandung.pk + 1)):
        as_person(stranger)
        assert {client.post(address, {"text": "x"}).status_code for address in pages} == {404}


def test_no_public_page_shows_a_note(suwon: Partnership, client: Client) -> None:
    write_note(SECRET, by=SYSTEM, partnership=suwon)
    assert SECRET not in client.get("/bandung/partners/suwon/").content.decode()


def test_a_note_withdrawn_while_its_form_was_open_is_answered(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    note = write_note(SECRET, by=sari(office_id=bandung.pk), partnership=suwon)
    withdraw_note(note, by=SYSTEM, reason="x")
    assert client.get(page("change-note", number=note.pk)).status_code == 404
    answer = client.post("/en" + page("change-note", number=note.pk), {"text": "Baru", "opened_with": "1"})
    assert ("A colleague voided this entry" in answer.content.decode(), Note.objects.get().text) == (True, SECRET)


def promise(file: Partnership, what: str = "mengirim pelajar", *, taken_on: bool = True) -> None:
    """A promise due in 2020."""
    known = promised(what=what, made_on=parse_edtf("2019"), due=parse_edtf("2020"))
    made = add(
        known, by=SYSTEM, partnership=file, document=article(file.office), confirmed=("made_long_before_source",)
    )
    if taken_on:
        accept(made, by=SYSTEM, keepers=KEEPERS, seen=1)


def health(client: Client, partner: str = "suwon") -> Any:
    return client.get("/en" + page("partner", partner=partner)).context["health"]


def test_each_reason_of_the_health_leads_to_what_it_counts(suwon: Partnership, client: Client) -> None:
    promise(suwon)
    promise(suwon, "Second", taken_on=False)
    found = health(client)
    hrefs = {sign.text.split(":")[0]: sign.href for sign in found.signs}
    assert (found.level, hrefs["promises overdue"]) == (
        "risk", "/en/bandung/desk/commitments/?partner=suwon&state=overdue",
    )  # fmt: skip
    for sign in found.signs:
        number = re.search(r": (\d+)$", sign.text)
        if number and "commitments" in sign.href:
            assert len(client.get(sign.href).context["page"].items) == int(number[1])
    shown = client.get("/en" + page("partner")).content.decode()
    anchors = [sign.href[1:] for sign in found.signs if sign.href.startswith("#")]
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in shown] == []


def test_a_contact_takes_one_reason_away_and_the_council_gets_no_address_for_it(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    nobody = "nobody to write to: no contact on file"
    as_person(pak_hadi(office_id=bandung.pk))
    assert {sign.text: sign.href for sign in health(client).signs}[nobody] == ""
    as_person(sari(office_id=bandung.pk))
    assert {sign.text: sign.href for sign in health(client).signs}[nobody] == "/en" + page("contacts")
    add_contact(Reach(name="Park"), by=SYSTEM, office=bandung, about=suwon.key)
    assert nobody not in {sign.text for sign in health(client).signs}


@pytest.mark.parametrize(("partner", "level"), [("petaling-jaya", "risk"), ("melbourne", "watch"), ("cuenca", "risk")])
def test_the_health_of_real_partners_follows_from_what_sources_say(
    bandung: Office, client: Client, partner: str, level: str
) -> None:
    assert health(client, partner).level == level


def test_the_file_costs_as_many_queries_with_three_notes_and_promises_as_with_one(
    suwon: Partnership, client: Client, same_queries: Callable[..., None]
) -> None:
    numbers = iter(range(9))

    def more() -> None:
        number = next(numbers)
        write_note(f"Catatan {number}", by=SYSTEM, partnership=suwon)
        promise(suwon, f"Janji {number}")

    same_queries(page("partner"), more)


@pytest.mark.parametrize(
    ("language", "length"),
    [("id", "3 tahun 7 bulan"), ("en", "3 years 7 months"), ("ko", "3년 7개월"), ("zh-hans", "3年7个月")],
)
def test_a_length_of_time_is_said_in_the_language_of_the_page(language: str, length: str) -> None:
    with translation.override(language):
        assert length_words("P43M") == length

"""The glossary at the desk: its list, its file, terms by form, and those beside a text to be translated."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.languages.actions import add_term
from kembar.languages.models import OwnTerm
from kembar.partnerships.models import Partnership
from kembar.public.tests import reading
from kembar.public.tests.test_promises import accepted
from tests.personas import dewi, pak_hadi

pytestmark = pytest.mark.django_db


def page(name: str = "glossary", *parts: object, **query: str) -> str:
    return reverse(f"desk:{name}", args=["bandung", *parts], query=query)


def shown(client: Client, **query: str) -> list[list[str]]:
    return [[word.text for _, _, words in row.cells for word in words[:1]] for row in
            client.get(page(**query)).context["rows"]]  # fmt: skip


def test_the_list_is_narrowed_by_pair_by_whose_and_by_word_in_any_script(bandung: Office, client: Client) -> None:
    add_term({"id": "jaipong", "ko": "자이퐁"}, by=SYSTEM, office_id=bandung.pk)
    assert shown(client)[0] == ["jaipong", "자이퐁"]
    assert shown(client, pair="id_zh-hans")[0] == ["kota kembar", "友好城市"]
    assert shown(client, whose="own") == [["jaipong", "자이퐁"]]
    assert shown(client, q="友好城市", pair="id_en") == [["kota kembar", "sister city"]]
    assert shown(client, q="tak ada") == []
    assert client.get(page(pair="id_de")).status_code == 400


def test_a_translator_adds_and_removes_a_term_and_a_reader_does_neither(
    bandung: Office, client: Client, as_person: Callable[[Actor], None]
) -> None:
    as_person(dewi(office_id=bandung.pk))
    typed = {"id": "jaipong", "ko": "자이퐁", "note": "tarian"}
    added = client.post(page("add-term"), typed, follow=True)
    assert (added.redirect_chain, added.context["saved"]) == ([(page() + "?saved=1", 302)], True)
    again = client.post(page("add-term"), typed)
    assert again.context["form"].non_field_errors() == ["Istilah yang persis sama sudah ada di daftar."]
    assert client.post(page("add-term"), {"id": "a"}).context["form"].data["id"] == "a"
    row = OwnTerm.objects.get()
    assert (row.words, row.note, row.entered_by) == ({"id": "jaipong", "ko": "자이퐁"}, "tarian", "Dewi")
    as_person(pak_hadi(office_id=bandung.pk))
    assert [client.post(page("remove-term", row.pk)).status_code, client.get(page()).status_code] == [404, 200]
    assert client.get(page()).content.decode().count(page("remove-term", row.pk)) == 0
    as_person(dewi(office_id=bandung.pk))
    assert client.post(page("remove-term", row.pk)).status_code == 302
    assert OwnTerm.objects.count() == 0


def test_a_translator_changes_a_term_and_of_two_at_a_time_the_second_sees_what_the_first_wrote(
    bandung: Office, client: Client, as_person: Callable[[Actor], None]
) -> None:
    row = add_term({"id": "jaipong", "ko": "자이퐁 / ?자이뽕"}, by=SYSTEM, office_id=bandung.pk, note="tarian")
    as_person(dewi(office_id=bandung.pk))
    address = page("change-term", row.pk)
    form = client.get(address).context["form"]
    held = {name: form[name].value() or "" for name in form.fields}
    assert {name: held[name] for name in ("id", "ko", "note")} == {
        "id": "jaipong", "ko": "자이퐁 / ?자이뽕", "note": "tarian",
    }  # fmt: skip
    assert client.post(address, held | {"en": "jaipong dance"}).headers["Location"] == page() + "?saved=1"
    second = client.post(address, held | {"en": "the jaipong"})
    assert (second.context["stands"], second.context["form"].data["en"]) == (
        "jaipong = jaipong dance = 자이퐁 / ?자이뽕", "the jaipong",
    )  # fmt: skip
    sent = {**held, "en": "the jaipong", "opened_with": second.context["form"]["opened_with"].value()}
    assert client.post(address, sent).status_code == 302
    assert OwnTerm.objects.get().words["en"] == "the jaipong"
    as_person(pak_hadi(office_id=bandung.pk))
    assert (client.get(address).status_code, client.get(page()).content.decode().count(address)) == (404, 0)


def test_the_file_holds_what_the_list_shows_and_says_which_word_is_to_be_confirmed(
    bandung: Office, client: Client
) -> None:
    answer: Any = client.get(page("glossary-file", "csv", q="UMKM"))
    [row] = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    told = (row["Bahasa Indonesia"], row["한국어"], row["简体中文"])
    assert told == ("UMKM", "중소기업 / ?소상공인", "?中小微企业")


def test_beside_a_text_stand_the_terms_that_occur_in_it(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    row = accepted(suwon, "mengirim 20 pelajar ke kota kembar")
    as_person(dewi(office_id=bandung.pk))
    html = client.get(page("translate-commitment", row.pk, "ko")).content.decode()
    told = reading.text(html.split('<dl class="facts">')[1].split("</dl>")[0])
    assert told == "pelajar 학생 kota kembar 자매도시 / 자매결연"
    html = client.get(page("translate-commitment", row.pk, "zh-hans")).content.decode()
    assert reading.text(html.split('<dl class="facts">')[1].split("</dl>")[0]) == "pelajar 学生 kota kembar 友好城市"


def test_many_terms_cost_as_many_queries_as_one(bandung: Office, client: Client, same_queries: Any) -> None:
    names = iter("abcdef")
    same_queries(page(), lambda: add_term({"id": next(names), "en": "x"}, by=SYSTEM, office_id=bandung.pk))

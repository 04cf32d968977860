"""Every page of the reader: what it does for an officer, and what it is for everybody else."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.intake import queries, urls
from kembar.intake.actions import Pasted, accept, drop, paste
from kembar.intake.models import Draft, Text
from kembar.intake.tests.conftest import ARTICLE
from kembar.intake.tests.desk import seat
from kembar.partnerships.models import Partnership
from kembar.sources.models import Claim

pytestmark = pytest.mark.django_db
LIST = "/en/bandung/desk/intake/"
NEW = f"{LIST}new/"
TAG = re.compile(r"<[^>]+>")


def words(answer: Any) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(TAG.sub(" ", answer.content.decode())).split())


def drafts(text: Text, kind: str) -> list[Draft]:
    return [draft for draft in queries.drafts_of(text) if draft.kind == kind]


def fresh(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def of(draft: Draft, deed: str) -> str:
    return f"{LIST}drafts/{draft.pk}/{deed}/"


def given(text: str = ARTICLE, **more: str) -> dict[str, str]:
    return {"body": text, "kind": "article", "published": "2025-03-26"} | more


# --- who may enter --------------------------------------------------------------------------------------------------

GETS = {"texts": "reads", "paste": "keeps", "corrections": "reads", "text": "reads", "edit": "keeps"}


def status(answer: Any) -> int:
    """Reads a download to its end, too."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def addresses(text: Text) -> dict[str, str]:
    """Every address of the reader for one text, by its name."""
    draft = drafts(text, "city")[0].pk
    of_names: dict[str, list[object]] = {
        "texts": [], "paste": [], "corrections": ["csv"], "text": [text.pk], "choose-file": [text.pk],
        "accept-kind": [text.pk, "city"], "drop-kind": [text.pk, "city"],
    }  # fmt: skip
    names = [str(pattern.name) for pattern in urls.urlpatterns]
    with override("en"):
        return {name: reverse(f"intake:{name}", args=["bandung", *of_names.get(name, [draft])]) for name in names}


@pytest.mark.parametrize("who", ["Ji-hoon", "Hadi", "Togar"])
def test_for_whoever_has_no_business_there_no_page_exists(client: Client, text: Text, who: str) -> None:
    seat(client, who, text.office)
    for name, address in addresses(text).items():
        assert (name, client.get(address).status_code) == (name, 404)
        assert (name, client.post(address).status_code) == (name, 404)
    assert queries.waiting(text.office_id) == Draft.objects.count()


def test_a_visitor_is_asked_to_sign_in(client: Client, text: Text) -> None:
    for address in addresses(text).values():
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/en/account/sign-in/")  # type: ignore[attr-defined]
    assert queries.waiting(text.office_id) == Draft.objects.count()


def test_a_translator_reads_and_decides_nothing(client: Client, text: Text) -> None:
    desk = seat(client, "Dewi", text.office)
    reads = {name for name, address in addresses(text).items() if status(desk.get(address)) == 200}
    assert reads == {name for name, right in GETS.items() if right == "reads"}
    assert {desk.post(address).status_code for name, address in addresses(text).items() if name not in reads} == {404}
    assert "Accept" not in words(desk.get(f"{LIST}{text.pk}/"))


def test_each_address_answers_the_methods_it_is_for(desk: Client, text: Text) -> None:
    for name, address in addresses(text).items():
        assert (name, status(desk.get(address))) == (name, 200 if name in GETS else 405)
        assert (name, desk.put(address).status_code) == (name, 405)
    for name in ("texts", "text", "corrections"):
        assert desk.post(addresses(text)[name]).status_code == 405


def test_a_text_or_draft_that_is_not_there_is_not_found(desk: Client, text: Text) -> None:
    assert desk.get(f"{LIST}{text.pk + 1}/").status_code == 404
    assert desk.post(f"{LIST}drafts/{10**6}/accept/").status_code == 404
    assert desk.post(of(drafts(text, "city")[0], "merge"), {"into": "x"}).status_code == 404
    assert desk.get(f"{LIST}corrections.exe").status_code == 404


def test_another_offices_text_is_not_found_at_this_desk(desk: Client, text: Text) -> None:
    seat(desk, "Ji-hoon", text.office)
    there = "/en/daegu/desk/intake/"
    draft = drafts(text, "commitment")[0]
    assert desk.get(there).status_code == 200
    assert desk.get(f"{there}{text.pk}/").status_code == 404
    for deed in ("accept", "drop", "merge", "edit"):
        assert desk.post(f"{there}drafts/{draft.pk}/{deed}/", {"into": draft.pk}).status_code == 404
    assert desk.post(f"{there}{text.pk}/city/drop/").status_code == 404
    assert fresh(draft).state == "waiting"


# --- the list -------------------------------------------------------------------------------------------------------


def titles(answer: Any) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>', answer.content.decode())


def test_an_office_without_texts_is_told_how_to_begin(desk: Client, office: Office) -> None:
    assert "No text has been read yet Copy an article about a partner" in words(desk.get(LIST))


def test_the_list_shows_first_what_waits_and_is_narrowed_by_its_address(desk: Client, text: Text) -> None:
    letter = Pasted(title="Surat dari Suwon", body="Kota Suwon mengundang Bandung.", kind="letter", publisher="Suwon")
    newer = paste(letter, by=SYSTEM, office=text.office)
    for draft in queries.drafts_of(newer):
        drop(draft, by=SYSTEM)
    assert titles(desk.get(LIST)) == ["Bandung dan Nanning", "Surat dari Suwon"]
    assert titles(desk.get(f"{LIST}?state=settled")) == ["Surat dari Suwon"]
    assert titles(desk.get(f"{LIST}?state=waiting")) == ["Bandung dan Nanning"]
    assert titles(desk.get(f"{LIST}?kind=letter&q=suwon")) == ["Surat dari Suwon"]
    assert "No text fits these choices." in words(desk.get(f"{LIST}?kind=chat"))
    assert desk.get(f"{LIST}?colour=red").status_code == 400


def test_the_list_costs_as_many_queries_with_three_texts_as_with_one(
    desk: Client, office: Office, same_queries: Callable[..., None]
) -> None:
    def another() -> None:
        paste(Pasted(title="x", body=ARTICLE), by=SYSTEM, office=office, again=True)

    same_queries(LIST, another)


def test_a_text_costs_as_many_queries_with_many_drafts_as_with_few(desk: Client, text: Text, office: Office) -> None:
    longer = f"{ARTICLE}\n{ARTICLE.replace('Nanning', 'Daegu')}"
    many = paste(Pasted(title="x", body=longer, published=text.published), by=SYSTEM, office=office, again=True)
    counts = []
    for one in (text, many):
        with CaptureQueriesContext(connection) as counted:
            desk.get(f"{LIST}{one.pk}/")
        counts.append(len(counted))
    assert queries.drafts_of(many).count() > queries.drafts_of(text).count()
    assert counts[0] == counts[1]


# --- pasting --------------------------------------------------------------------------------------------------------


def test_a_pasted_text_is_read_and_shown(desk: Client, office: Office) -> None:
    answer = desk.post(NEW, given(title="", publisher="Kantor Berita", address="https://example.org/a"))
    text = Text.objects.get()
    assert answer.url == f"{LIST}{text.pk}/"  # type: ignore[attr-defined]
    assert (text.document.publisher, text.document.address, text.published) == (
        "Kantor Berita", "https://example.org/a", date(2025, 3, 26),
    )  # fmt: skip
    shown = words(desk.get(f"{LIST}{text.pk}/"))
    assert "Kantor Berita · 26 March 2025 · Indonesian · Original" in shown
    assert "What you accept goes into the file on Nanning ." in shown


def test_an_uploaded_file_is_read_as_a_pasted_text(desk: Client, office: Office) -> None:
    file = SimpleUploadedFile("berita.txt", ARTICLE.encode())
    desk.post(NEW, {"kind": "article", "file": file})
    assert Text.objects.get().body == ARTICLE.replace("0812-3456-7890", "••••-••••-••••")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b"\x89PNG\r\n\x1a\n0000",
            "The file is a picture, and pictures of text cannot be read here. Nothing was saved.",
        ),
        (b"", "The file is empty. Nothing was saved. Choose another file, or paste the words."),
        (b"PK\x03\x04 broken", "The file is damaged and could not be opened. Nothing was saved."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB, or longer than 300 pages. Nothing was saved."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(
    desk: Client, office: Office, data: bytes, sentence: str
) -> None:
    answer = desk.post(NEW, {"kind": "letter", "title": "Surat", "file": SimpleUploadedFile("a.txt", data)})
    assert sentence in words(answer)
    assert (b'value="Surat"' in answer.content, Text.objects.count()) == (True, 0)


def test_nothing_pasted_is_said_so(desk: Client, office: Office) -> None:
    answer = desk.post(NEW, given(" \n", title="Judul"))
    assert "There is no text yet. Paste the words, or choose a file. What you filled in is kept." in words(answer)
    assert b'value="Judul"' in answer.content


def test_a_text_that_is_too_long_is_kept_in_the_form(desk: Client, office: Office) -> None:
    answer = desk.post(NEW, given("kata " * 40_001))
    assert "The text has more than 200,000 characters. Nothing was saved." in words(answer)
    assert (answer.content.count(b"kata kata") > 1000, Text.objects.count()) == (True, 0)


def test_the_same_article_again_leads_to_the_first_and_is_read_when_asked_for(desk: Client, text: Text) -> None:
    again = SimpleUploadedFile("lagi.txt", ARTICLE.replace("Balai Kota", "balai kota").encode())
    answer = desk.post(NEW, {"kind": "article", "file": again})
    assert "The office has this article already." in words(answer)
    assert f'<a href="{LIST}{text.pk}/">Bandung dan Nanning</a>' in answer.content.decode()
    assert b"balai kota Bandung, Selasa" in answer.content  # the words of the file are not lost
    desk.post(NEW, given(again="1"))
    assert Text.objects.count() == 2


# --- reading --------------------------------------------------------------------------------------------------------


def body_of(answer: Any) -> str:
    found = re.search(r'<div class="body"[^>]*>(.*?)</div></section>', answer.content.decode(), re.S)
    assert found is not None
    return found.group(1)


def test_the_text_stands_as_it_came_with_its_marks_in_place(desk: Client, office: Office) -> None:
    odd = "<script>alert(1)</script> Kota\u200b Bandung & \u202eNanning\u202c\r\nakan   bertemu pada 5 Mei 2025.\n\n"
    text = paste(Pasted(title="<b>", body=odd), by=SYSTEM, office=office)
    shown = body_of(desk.get(f"{LIST}{text.pk}/"))
    assert "<script>" not in shown
    assert unescape(TAG.sub("", shown)) == odd.replace("\r\n", "\n") or unescape(TAG.sub("", shown)) == odd
    (first,) = [draft for draft in drafts(text, "city") if draft.value["name"] == "Bandung"]
    assert f'<span class="anchor" id="t{first.pk}"></span><a class="m-city' in shown


def test_each_draft_leads_to_its_place_and_back(desk: Client, text: Text) -> None:
    page = desk.get(f"{LIST}{text.pk}/").content.decode()
    for draft in queries.drafts_of(text):
        assert page.count(f'id="d{draft.pk}"') == 1
        assert page.count(f'id="t{draft.pk}"') == 1
        assert f'href="#t{draft.pk}"' in page
    linked = set(re.findall(r'href="#d(\d+)"', body_of(desk.get(f"{LIST}{text.pk}/"))))
    assert linked == {str(draft.pk) for draft in queries.drafts_of(text)}


def test_a_telephone_number_is_nowhere_on_the_page(desk: Client, text: Text) -> None:
    assert "0812" not in desk.get(f"{LIST}{text.pk}/").content.decode()


def test_the_partner_of_a_text_is_chosen(desk: Client, text: Text) -> None:
    suwon = Partnership.objects.get(slug="suwon")
    assert desk.post(f"{LIST}{text.pk}/file/", {"file": suwon.pk}).status_code == 302
    assert Text.objects.get().partnership == suwon
    refused = desk.post(f"{LIST}{text.pk}/file/", {"file": ""})
    assert (refused.status_code, Text.objects.get().partnership) == (409, suwon)


# --- deciding -------------------------------------------------------------------------------------------------------


def test_accepting_goes_on_to_the_next_draft_that_waits(desk: Client, text: Text) -> None:
    first, second = drafts(text, "city")
    answer = desk.post(of(first, "accept"))
    assert answer.url == f"{LIST}{text.pk}/#d{second.pk}"  # type: ignore[attr-defined]
    assert (fresh(first).state, fresh(first).decided_by) == ("accepted", "Sari")
    shown = words(desk.get(f"{LIST}{text.pk}/"))
    assert re.search(r"Accepted Bandung, Indonesia .*? Sari, .*? GMT\+07:00", shown)  # at the clock of the office
    claim = Claim.objects.get(pk=fresh(first).claim_id)
    assert (claim.value, claim.decision) == ("Bandung, ID", "open")


def test_an_accepted_promise_leads_to_its_place_in_the_ledger(desk: Client, text: Text) -> None:
    [draft, *_] = drafts(text, "commitment")
    desk.post(of(draft, "accept"))
    row = Commitment.objects.get(origin=f"draft:{draft.pk}")
    page = desk.get(f"{LIST}{text.pk}/").content.decode()
    assert page.count(f'href="/en/bandung/desk/commitments/{row.pk}/"') == 1


def test_after_the_last_draft_the_page_says_so(desk: Client, text: Text) -> None:
    *others, last = queries.drafts_of(text)
    for draft in others:
        drop(draft, by=SYSTEM)
    answer = desk.post(of(last, "drop"), follow=True)
    assert answer.redirect_chain == [(f"{LIST}{text.pk}/#decided", 302)]  # type: ignore[attr-defined]
    assert "Every draft is decided. Back to the list" in words(answer)


def test_an_edited_draft_is_accepted_as_the_officer_wrote_it(desk: Client, text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    data = {"action": "mengirim 20 pelajar", "actor": "Bandung", "counterpart": "Nanning", "due": "Juni 2026",
            "modality": "planned"}  # fmt: skip
    assert desk.post(of(promise, "edit"), data).status_code == 302
    kept = fresh(promise)
    assert (kept.state, kept.value["due"], kept.value["action"], kept.value["conditional"]) == (
        "accepted", "2026-06", "mengirim 20 pelajar", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "data", "field", "value"),
    [
        ("person", {"name": "M. Farhan", "office": "Wali Kota", "of": "Bandung"}, "name", "M. Farhan"),
        ("city", {"geonameid": "1799869", "other": "Daegu"}, "name", "Daegu"),
        ("agreement", {"kind": "mou", "status": "planned", "parties": "Bandung, Nanning", "date": ""}, "kind", "mou"),
        ("date", {"value": "25 Maret 2025"}, "value", "2025-03-25"),
    ],
)
def test_each_kind_of_draft_is_edited_in_its_own_fields(
    desk: Client, text: Text, kind: str, data: dict[str, str], field: str, value: str
) -> None:
    draft = drafts(text, kind)[-1]
    assert desk.post(of(draft, "edit"), data).status_code == 302
    assert (fresh(draft).state, fresh(draft).value[field]) == ("accepted", value)


def test_a_value_that_cannot_be_read_comes_back_with_the_reason(desk: Client, text: Text) -> None:
    draft = drafts(text, "date")[0]
    answer = desk.post(of(draft, "edit"), {"value": "31 Februari 2025"})
    assert "The calendar has no such day." in words(answer)
    assert (b'value="31 Februari 2025"' in answer.content, fresh(draft).state) == (True, "waiting")


def test_an_unknown_city_comes_back_with_the_reason(desk: Client, text: Text) -> None:
    city = drafts(text, "city")[1]
    answer = desk.post(of(city, "edit"), {"geonameid": "1799869", "other": "Atlantisville"})
    assert "No city of this name is known; try its English name." in words(answer)


def test_two_drafts_that_say_the_same_become_one(desk: Client, text: Text) -> None:
    first, second = drafts(text, "city")
    desk.post(of(second, "merge"), {"into": first.pk})
    assert fresh(second).merged_into_id == first.pk
    refused = desk.post(of(first, "merge"), {"into": drafts(text, "commitment")[0].pk})
    assert (refused.status_code, fresh(first).state) == (409, "waiting")


def test_a_dropped_draft_is_taken_up_again_where_it_stood(desk: Client, text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    desk.post(of(promise, "drop"))
    assert f"t{promise.pk}" in body_of(desk.get(f"{LIST}{text.pk}/"))
    answer = desk.post(of(promise, "reopen"))
    assert answer.url == f"{LIST}{text.pk}/#d{promise.pk}"  # type: ignore[attr-defined]
    assert fresh(promise).state == "waiting"


def test_all_sure_drafts_of_a_kind_are_accepted_at_once_and_questions_are_left(desk: Client, text: Text) -> None:
    unsure = drafts(text, "city")[0]
    Draft.objects.filter(pk=unsure.pk).update(confidence=0.3)
    assert "Is this right?" in words(desk.get(f"{LIST}{text.pk}/"))
    assert desk.post(f"{LIST}{text.pk}/city/accept/").url == f"{LIST}{text.pk}/#kind-city"  # type: ignore[attr-defined]
    assert [draft.state for draft in drafts(text, "city")] == ["waiting", "accepted"]
    desk.post(f"{LIST}{text.pk}/city/drop/")
    assert [draft.state for draft in drafts(text, "city")] == ["dropped", "accepted"]


def test_the_second_officer_sees_what_the_first_decided_and_keeps_what_was_typed(desk: Client, text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    accept(promise, by=SYSTEM, value={"action": "mengirim pelajar"})
    typed = {"action": "mengirim 25 pelajar", "modality": "hoped"}
    answer = desk.post(of(promise, "edit"), typed)
    assert answer.status_code == 409
    shown = words(answer)
    assert (
        "Kembar has decided on this draft already: accepted (mengirim pelajar). Your decision was not saved." in shown
    )
    assert "What you typed: What was promised mengirim 25 pelajar" in shown
    assert fresh(promise).value["action"] == "mengirim pelajar"
    assert desk.post(of(promise, "drop")).status_code == 409


def test_a_fact_without_a_file_asks_for_one_first(desk: Client, office: Office) -> None:
    body = "Kota Quito dan Kota Lima menandatangani nota kesepahaman pada 3 Mei 2024."
    text = paste(Pasted(title="x", body=body), by=SYSTEM, office=office)
    city = drafts(text, "city")[0]
    for answer in (desk.post(of(city, "accept")), desk.post(f"{LIST}{text.pk}/city/accept/")):
        assert (answer.status_code, fresh(city).state) == (409, "waiting")
        assert "Choose first which partner the text is about" in words(answer)


# --- examples -------------------------------------------------------------------------------------------------------


def test_what_the_reader_got_wrong_is_handed_out(desk: Client, text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    accept(promise, by=SYSTEM, value={"due": "2026-06"})
    drop(drafts(text, "city")[0], by=SYSTEM)
    rows = b"".join(desk.get(f"{LIST}corrections.json").streaming_content).decode()  # type: ignore[attr-defined]
    assert [line.count('"kind": "commitment"') for line in rows.splitlines()].count(1) == 1
    assert "due=2026-06" in rows
    table = b"".join(desk.get(f"{LIST}corrections.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(table.splitlines()) == 3

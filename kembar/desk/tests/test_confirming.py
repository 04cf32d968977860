"""The desk asks the partner, sees what came back, files a signed sheet, and has texts translated."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.commitments.actions import amend, as_promised, take_answer, translate
from kembar.commitments.content import content_of
from kembar.commitments.models import Commitment
from kembar.commitments.queries import by_key
from kembar.countersign.actions.answering import Said
from kembar.countersign.models import Answer, Asked, Request
from kembar.countersign.rules import fingerprint
from kembar.desk.tests.test_promises import desk, taken_on
from kembar.files.tests.samples import pdf
from kembar.languages.queries import original_hash
from kembar.lib.dates import parse_edtf
from kembar.mailbox.models import Letter
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.models import Contact
from tests.personas import dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
PDF = pdf()
THEIRS = "학생 20명을 보낸다"


@pytest.fixture
def kim(suwon: Partnership) -> Contact:
    reach = Reach(name="Kim Contoh", post="Officer", organisation="Suwon", email="kim@suwon.example")
    return add_contact(reach, by=SYSTEM, office=suwon.office, about=suwon.key)


def promise(file: Partnership, **given: Any) -> Commitment:
    row = taken_on(file, due=parse_edtf("2950"), **given)
    put(row, THEIRS)
    return row


def put(row: Commitment, text: str) -> None:
    of_hash = original_hash(row.key, field="what", office_id=row.office_id)
    translate(row, by=SYSTEM, text=text, language="ko", of_hash=of_hash)


def seen(row: Commitment) -> str:
    return fingerprint(content_of(by_key(row.key, office_id=row.office_id), languages=("id", "ko")))


def form(row: Commitment, kim: Contact, **given: Any) -> dict[str, Any]:
    known = {"contact": str(kim.pk), "channel": "link", "language": "", "within": "14", "promises": [str(row.pk)]}
    return known | given


def sent(client: Client, row: Commitment, kim: Contact, **given: Any) -> Request:
    address = desk("ask-confirmation", partner="suwon")
    answer = client.post(address, form(row, kim, send="1", **{f"seen-{row.pk}": seen(row)}, **given))
    assert answer.status_code == 302, answer.content.decode()
    return Request.objects.order_by("-id")[0]


def says(row: Commitment, reply: str, words: str = "") -> Answer:
    one = Asked.objects.order_by("-id")[0]
    return take_answer(row, asked=one, said=Said(reply=reply, seen=seen(row), words=words))


def test_the_officer_sees_exactly_what_goes_out_before_it_goes(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = promise(suwon)
    address = desk("ask-confirmation", partner="suwon")
    first = client.get(f"{address}?promise={row.pk}").content.decode()
    assert first.count(f'value="{row.pk}" id="id_promises_0" checked') == 1
    shown = client.post(address, form(row, kim)).content.decode()
    assert [shown.count(THEIRS), shown.count("약속한 내용을 확인해 주세요"), Letter.objects.count()] == [1, 1, 0]
    [mark] = re.findall(rf'name="seen-{row.pk}" value="(\w+)"', shown)
    answer = client.post(address, form(row, kim, send="1", **{f"seen-{row.pk}": mark}))
    [request] = Request.objects.all()
    assert answer.headers["Location"] == desk("confirmation", number=request.pk) + "?sent=1"
    [letter] = Letter.objects.all()
    assert (letter.to_address, letter.language, letter.heading) == (
        "kim@suwon.example", "ko", "반둥: 약속한 내용을 확인해 주세요",
    )  # fmt: skip
    page = client.get(answer.headers["Location"]).content.decode()
    assert [page.count(words) for words in (seen(row), "Surat dikirim ke kim@suwon.example")] == [1, 1]


def test_the_promise_says_how_it_reads_in_the_partners_language(client: Client, suwon: Partnership) -> None:
    row = taken_on(suwon)
    here, write = desk("commitment", number=row.pk), desk("translate-commitment", number=row.pk, language="ko")
    page = client.get(here).content.decode()
    assert [page.count(words) for words in ("Belum diterjemahkan", f'href="{write}"', THEIRS)] == [1, 1, 0]
    put(row, THEIRS)
    page = client.get(here).content.decode()
    assert [page.count(words) for words in ("Belum diterjemahkan", f'lang="ko">{THEIRS}')] == [0, 1]


def test_what_changed_after_the_preview_does_not_go_out(client: Client, suwon: Partnership, kim: Contact) -> None:
    row = promise(suwon)
    old = seen(row)
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2951")), seen=row.version)
    page = client.post(desk("ask-confirmation", partner="suwon"), form(row, kim, send="1", **{f"seen-{row.pk}": old}))
    assert (page.status_code, Letter.objects.count()) == (200, 0)
    assert page.content.decode().count("Sementara itu ada janji yang diubah") >= 1


def test_an_untranslated_promise_is_not_sent_and_says_where_to_translate_it(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = taken_on(suwon)
    page = client.post(
        desk("ask-confirmation", partner="suwon"), form(row, kim, send="1", **{f"seen-{row.pk}": seen(row)})
    )
    assert page.content.decode().count("Salah satu janji ini belum diterjemahkan") == 2
    assert Request.objects.count() == 0


def test_the_promise_shows_who_confirmed_it_in_which_post_with_its_fingerprint(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = promise(suwon)
    sent(client, row, kim)
    given = says(row, "confirm")
    page = client.get(desk("commitment", number=row.pk)).content.decode()
    assert [page.count("Kim Contoh"), page.count("Officer, Suwon") > 0, page.count(given.fingerprint[:12])] == [
        2,
        True,
        2,
    ]


def test_council_readers_read_no_names_of_contacts(
    client: Client, suwon: Partnership, kim: Contact, as_person: Callable[[Actor], None]
) -> None:
    row = promise(suwon)
    request = sent(client, row, kim)
    says(row, "dispute", "열 명입니다")
    as_person(pak_hadi(office_id=suwon.office_id))
    for address in (desk("commitment", number=row.pk), desk("changes"), desk("today")):
        page = client.get(address).content.decode()
        assert [page.count(words) for words in ("Kim", "열 명입니다", "suwon.example")] == [0, 0, 0]
    for address in (desk("confirmations"), desk("confirmation", number=request.pk), desk("translations")):
        assert client.get(address).status_code == 404


def test_an_objection_lands_on_today_and_is_answered(client: Client, suwon: Partnership, kim: Contact) -> None:
    row = promise(suwon)
    sent(client, row, kim)
    given = says(row, "dispute", "열 명입니다")
    assert client.get(desk("today")).content.decode().count("<b>1</b> <span>jawaban mitra untuk dilihat</span>") == 1
    listed = client.get(desk("confirmations")).content.decode()
    settle = desk("settle-answer", number=given.pk)
    assert [listed.count("열 명입니다"), listed.count(f'href="{settle}"')] == [1, 1]
    assert client.post(settle, {"words": ""}).status_code == 200
    assert client.post(settle, {"words": "맞습니다. 고치겠습니다."}).status_code == 302
    assert client.get(desk("today")).content.decode().count("<b>0</b> <span>jawaban mitra untuk dilihat</span>") == 1
    assert client.post(settle, {"words": "again"}).content.decode().count("Rekan sudah menjawab ini.") == 1


def test_a_changed_promise_warns_first_and_shows_the_difference_afterwards(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = promise(suwon)
    sent(client, row, kim)
    says(row, "confirm")
    row = by_key(row.key, office_id=row.office_id)
    assert client.get(desk("amend-commitment", number=row.pk)).content.decode().count("konfirmasi itu gugur") == 1
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2951")), seen=row.version)
    page = client.get(desk("confirmations")).content.decode()
    assert [page.count("<del>2950</del>"), page.count("<ins>2951년</ins>")] == [1, 1]


def test_a_question_is_taken_back(client: Client, suwon: Partnership, kim: Contact) -> None:
    request = sent(client, promise(suwon), kim)
    client.post(desk("revoke-confirmation", number=request.pk))
    page = client.get(desk("confirmation", number=request.pk)).content.decode()
    assert page.count("Pertanyaan ini sudah ditarik") == 1


def test_a_letter_that_bounced_and_silence_are_shown(client: Client, suwon: Partnership, kim: Contact) -> None:
    row = promise(suwon)
    request = sent(client, row, kim)
    Letter.objects.update(state="failed")
    page = client.get(desk("confirmation", number=request.pk)).content.decode()
    assert page.count("Surat tidak dapat disampaikan. Perbaiki alamat narahubung") == 1
    assert client.get(desk("confirmations")).content.decode().count("surat tidak dapat disampaikan") == 1
    Letter.objects.update(state="sent")
    assert client.get(desk("confirmations")).content.decode().count("surat tidak dapat disampaikan") == 0
    Request.objects.update(answer_by=suwon.office.today() - timedelta(days=1), asked_again_at=request.made_at)
    assert client.get(desk("confirmations")).content.decode().count("tidak ada jawaban") == 1


def test_a_contact_without_mail_signs_a_sheet_and_its_scan_is_the_answer(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = promise(suwon)
    request = sent(client, row, kim, channel="sheet")
    assert Letter.objects.count() == 0
    sheet = client.get(desk("confirmation-sheet", number=request.pk)).content.decode()
    assert [sheet.count(THEIRS), sheet.count(seen(row)), sheet.count("서명 및 직인")] == [1, 1, 1]
    [one] = Asked.objects.all()
    typed = {
        "reply": "confirm",
        "points": [str(one.pk)],
        "name": "Park Contoh",
        "post": "Head",
        "signed_on": "20 Mei 2026",
    }

    def scan(content: bytes = PDF) -> Any:
        upload = SimpleUploadedFile("lembar.pdf", content)
        return client.post(desk("file-sheet", number=request.pk), typed | {"scan": upload})

    refused = scan(b"MZ not a sheet").content.decode()
    assert refused.count("Pilih kembali berkasnya: peramban tidak menyimpannya.") == 1
    assert Answer.objects.count() == 0
    assert scan().status_code == 302
    [given] = Answer.objects.all()
    assert (given.name, given.post, given.channel, given.entered_by) == ("Park Contoh", "Head", "sheet", "Sari")
    now = by_key(row.key, office_id=row.office_id)
    assert now.state == "confirmed"
    many = client.get(desk("change-commitments"), {"chosen": f"{now.pk}:{now.version}"}).content.decode()
    assert many.count(">dikonfirmasi mitra<") == 1
    got = client.get(desk("scan", number=given.pk))
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="lembar.pdf"'


def test_the_sheet_is_had_as_a_pdf_or_the_page_says_why_not(
    client: Client, suwon: Partnership, kim: Contact, settings: Any
) -> None:
    row = promise(suwon)
    address = desk("sheet-pdf", number=sent(client, row, kim, channel="sheet").pk)
    given = client.get(address)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(given.content)).pages)
    wanted = ("".join(words.split()) for words in (THEIRS, row.what))
    assert [words in text for words in wanted] == [True, True]
    assert (given["Content-Type"], given["Cache-Control"]) == ("application/pdf", "private, no-store")
    settings.KEMBAR_DRAWING_MEMORY = 1
    refused = client.get(address)
    assert (refused.status_code, "terlalu besar untuk dibuat PDF" in refused.content.decode()) == (503, True)


def test_a_sheet_printed_before_the_promise_changed_is_refused(
    client: Client, suwon: Partnership, kim: Contact
) -> None:
    row = promise(suwon)
    request = sent(client, row, kim, channel="sheet")
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2951")), seen=row.version)
    [one] = Asked.objects.all()
    typed = {"reply": "confirm", "points": [str(one.pk)], "name": "Park", "signed_on": "20 Mei 2026"}
    upload = SimpleUploadedFile("lembar.pdf", PDF)
    page = client.post(desk("file-sheet", number=request.pk), typed | {"scan": upload})
    assert page.content.decode().count("Cetak lembar baru.") == 1
    assert Answer.objects.count() == 0


def test_the_translator_finds_what_lacks_words_and_writes_them_beside_the_original(
    client: Client, suwon: Partnership, as_person: Callable[[Actor], None]
) -> None:
    row = taken_on(suwon)
    as_person(dewi(office_id=suwon.office_id))
    listed = client.get(desk("translations")).content.decode()
    address = desk("translate-commitment", number=row.pk, language="ko")
    assert [listed.count(f'href="{address}"'), listed.count("belum ada")] == [1, 1]
    page = client.get(address).content.decode()
    assert page.count(row.what) >= 1
    of_hash = original_hash(row.key, field="what", office_id=row.office_id)
    assert client.post(address, {"text": THEIRS, "of_hash": of_hash}).status_code == 302
    assert client.get(desk("translations")).content.decode().count(address) == 0
    amend(row, by=SYSTEM, promised=replace(as_promised(row), what="mengirim 30 pelajar"), seen=row.version)
    assert client.get(desk("translations")).content.decode().count("teks asli sudah berubah") == 1
    stale = client.post(address, {"text": "학생 30명", "of_hash": of_hash})
    assert (stale.status_code, stale.content.decode().count("학생 30명</textarea>")) == (200, 1)


@pytest.mark.parametrize("language", ["ja", "id", "fr"])
def test_there_is_no_page_for_a_language_nothing_is_translated_into(
    client: Client, suwon: Partnership, language: str
) -> None:
    row = taken_on(suwon)
    assert client.get(desk("translate-commitment", number=row.pk, language=language)).status_code == 404


def test_another_office_finds_none_of_it(
    client: Client, suwon: Partnership, kim: Contact, as_person: Callable[[Actor], None]
) -> None:
    row = promise(suwon)
    request = sent(client, row, kim)
    given = says(row, "dispute", "열 명입니다")
    as_person(jihoon(office_id=suwon.office_id + 1))
    for name, parts in (
        ("confirmation", {"number": request.pk}), ("confirmations", {}), ("settle-answer", {"number": given.pk}),
        ("confirmation-sheet", {"number": request.pk}), ("ask-confirmation", {"partner": "suwon"}),
        ("translations", {}), ("translate-commitment", {"number": row.pk, "language": "ko"}),
    ):  # fmt: skip
        assert client.get(desk(name, **parts)).status_code == 404


def test_three_questions_cost_as_many_queries_as_one(
    client: Client, suwon: Partnership, kim: Contact, same_queries: Any
) -> None:
    def another() -> None:
        row = promise(suwon)
        sent(client, row, kim)
        says(row, "dispute", "열 명입니다")

    same_queries(desk("confirmations"), another)


def test_three_texts_cost_as_many_queries_as_one(client: Client, suwon: Partnership, same_queries: Any) -> None:
    same_queries(desk("translations"), lambda: taken_on(suwon))


def test_officers_are_those_who_ask(
    client: Client, bandung: Office, suwon: Partnership, as_person: Callable[[Actor], None]
) -> None:
    address = reverse("desk:ask-confirmation", kwargs={"office": "bandung", "partner": "suwon"})
    as_person(dewi(office_id=bandung.pk))
    assert client.get(address).status_code == 404
    as_person(sari(office_id=bandung.pk))
    assert client.get(address).status_code == 200

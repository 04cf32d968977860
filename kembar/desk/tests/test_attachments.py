"""Documents through the pages: handed in, refused in words, given to members only, withdrawn."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kembar.access.permissions import ANONYMOUS, Actor
from kembar.agreements.models import Instrument
from kembar.cities.models import Office
from kembar.files import store
from kembar.files.models import StoredFile
from kembar.files.states import Refusal
from kembar.files.tests import samples
from kembar.partnerships.actions import withdraw_attachment
from kembar.partnerships.models import Attachment, Partnership
from kembar.partnerships.tests.attaching import LETTER, handed_in
from kembar.sources.models import Document
from tests.personas import SYSTEM, dewi, jihoon, pak_hadi

pytestmark = pytest.mark.django_db


def page(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", "partner": "suwon", **parts})


def sent(name: str = "surat.txt", content: bytes = LETTER, **more: object) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "title": "", "kind": "letter", "date": "", "subject": "", **more}


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def errors(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def test_an_officer_hands_in_a_document_and_every_member_can_have_it(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    paper = Instrument.objects.filter(partnership=suwon).order_by("pk")[0]
    content = samples.pdf()
    typed = sent("MoU.pdf", content, title="MoU 1997", kind="paper", date="25 August 1997", subject=paper.key)
    answer = client.post("/en" + page("attach"), typed)
    one = Attachment.objects.get()
    assert answer.headers["Location"] == f"/en{page('partner')}?saved=1#attachment-{one.pk}"
    assert (one.title, one.kind, one.date.edtf, one.subject, one.source) == (
        "MoU 1997", "paper", "1997-08-25", paper.key, None,
    )  # fmt: skip
    shown = client.get("/en" + page("partner")).content.decode()
    row = re.findall(rf'<tr id="attachment-{one.pk}">.*?</tr>', shown, re.DOTALL)[0]
    assert f'<code class="fingerprint">{hashlib.sha256(content).hexdigest()}</code>' in row
    assert f'href="#instrument-{paper.pk}"' in row
    assert re.findall(r'data-label="Handed in">(\w+)<', row) == ["Sari"]
    for member in (dewi, pak_hadi):
        as_person(member(office_id=bandung.pk))
        given = client.get(page("attachment", number=one.pk))
        assert (given.status_code, bytes_of(given)) == (200, content)


def test_a_document_is_given_to_be_saved_and_never_to_be_opened(suwon: Partnership, client: Client) -> None:
    one = handed_in(suwon, samples.pdf(), name='협약서 "x".pdf')
    answer = client.get(page("attachment", number=one.pk))
    bytes_of(answer)
    wanted = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy",
              "Cross-Origin-Resource-Policy", "Cache-Control")  # fmt: skip
    assert [answer.headers[name] for name in wanted] == [
        "application/octet-stream", "attachment; filename*=utf-8''%ED%98%91%EC%95%BD%EC%84%9C%20x.pdf", "nosniff",
        "sandbox; default-src 'none'", "same-origin", "private, no-store",
    ]  # fmt: skip


BAD = {
    "a program that calls itself a PDF": ("MoU.pdf", b"MZ\x90\x00" + b"\x00" * 200, Refusal.PROGRAM),
    "nothing": ("kosong.pdf", b"", Refusal.EMPTY),
    "another kind than its name says": ("foto.pdf", samples.png(), Refusal.WRONG_EXTENSION),
    "a kind nobody keeps": ("halaman.html", b"<!doctype html><script>alert(1)</script>", Refusal.NOT_ALLOWED),
    "locked with a password": ("rahasia.pdf", samples.pdf_locked(), Refusal.ENCRYPTED),
    "with a script in it": ("MoU.pdf", samples.pdf_with_script(), Refusal.SCRIPTED),
    "damaged": ("MoU.pdf", samples.pdf()[:200], Refusal.DAMAGED),
}


@pytest.mark.parametrize(("prefix", "language"), [("", "id"), ("/en", "en"), ("/ko", "ko"), ("/zh", "zh-hans")])
def test_a_bad_file_is_refused_in_the_language_of_the_page_and_what_was_typed_stays(
    suwon: Partnership, client: Client, prefix: str, language: str
) -> None:
    for name, content, refusal in BAD.values():
        answer = client.post(prefix + page("attach"), sent(name, content, title="Nota <b>"))
        with translation.override(language):
            assert errors(answer) == {"file": [str(refusal.label)]}
        assert 'value="Nota &lt;b&gt;"' in answer.content.decode()
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_two_hundred_megabytes_are_answered_and_fill_no_disk(suwon: Partnership, client: Client) -> None:
    big = SimpleUploadedFile("besar.pdf", b"%PDF-1.7\n" + b"0" * (200 * 1024 * 1024))
    answer = client.post("/en" + page("attach"), {**sent(), "file": big})
    assert errors(answer) == {"file": ["The file is too large. Make it smaller, or hand it in in parts."]}
    assert [path for path in store.place("00").parents[1].rglob("*") if path.is_file()] == []


def test_a_name_that_climbs_out_of_its_folder_is_only_a_name(suwon: Partnership, client: Client) -> None:
    client.post(page("attach"), sent("../../etc/cron.d/x.txt"))
    client.post(page("attach"), sent("gnp.\u202etxt.txt", b"lain\n"))
    assert [one.file.name for one in Attachment.objects.order_by("pk")] == ["x.txt", "gnp.txt.txt"]


def test_the_same_file_again_is_said_with_who_has_handed_it_in(suwon: Partnership, client: Client) -> None:
    client.post(page("attach"), sent(title="Surat"))
    [error] = errors(client.post("/en" + page("attach"), sent("lain.txt", title="Lain")))["file"]
    assert re.sub(r"\d.*", "", error) == "This very file is on file already: “Surat”, handed in by Sari on "
    assert Attachment.objects.count() == 1


def test_no_file_and_a_date_nobody_can_read_are_said_beside_their_fields(suwon: Partnership, client: Client) -> None:
    answer = client.post("/en" + page("attach"), sent(date="31 February 2024") | {"file": ""})
    assert sorted(errors(answer)) == ["date", "file"]
    other = client.post("/en" + page("attach"), sent(subject="instrument:999999"))
    assert sorted(errors(other)) == ["subject"]
    assert Attachment.objects.count() == 0


def test_a_full_disk_is_said_and_nothing_is_kept(
    suwon: Partnership, client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "no-folder")
    (tmp_path / "no-folder").write_text("a file where the folder should be")
    [error] = errors(client.post("/en" + page("attach"), sent()))["file"]
    assert error.startswith("The file could not be stored and nothing of it is kept.")
    assert Attachment.objects.count() == 0


def test_strangers_and_officers_of_another_office_get_nothing(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    one = handed_in(Partnership.objects.get(slug="suwon"))
    theirs = Office.objects.create(slug="suwon", local_government=one.partnership.partner)
    mine = [page("attach"), *(page(name, number=one.pk) for name in
            ("attachment", "change-attachment", "withdraw-attachment", "cite-attachment"))]  # fmt: skip
    for stranger in (ANONYMOUS, jihoon(office_id=theirs.pk)):
        as_person(stranger)
        assert {client.get(address).status_code for address in mine} == {404}
        assert {client.post(address, sent()).status_code for address in mine} == {404}
    for address in mine:
        assert client.post(address.replace("/bandung/", "/suwon/"), sent()).status_code in (404, 405)
    assert Attachment.objects.count() == 1


def test_a_document_is_found_only_under_its_own_partner(suwon: Partnership, client: Client) -> None:
    one = handed_in(suwon)
    assert client.get(page("attachment", number=one.pk).replace("/suwon/", "/braunschweig/")).status_code == 404
    assert client.get(page("attachment", number=one.pk + 1)).status_code == 404


def test_a_withdrawn_document_leaves_the_list_and_readers_get_it_no_more(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    one = handed_in(suwon, title="Surat keliru")
    address = page("withdraw-attachment", number=one.pk)
    assert list(errors(client.post("/en" + address, {"reason": " "}))) == ["reason"]
    assert client.post(address, {"reason": "Surat mitra lain"}).status_code == 302
    shown = client.get("/en" + page("partner"))
    assert ([row.number for row in shown.context["documents"]], [row.reason for row in shown.context["withdrawn"]]) == (
        [], ["Surat mitra lain"],
    )  # fmt: skip
    assert "withdrew the document “Surat keliru”. Surat mitra lain" in shown.content.decode()
    assert bytes_of(client.get(page("attachment", number=one.pk))) == LETTER
    assert client.get(page("change-attachment", number=one.pk)).status_code == 404
    as_person(pak_hadi(office_id=bandung.pk))
    assert client.get(page("attachment", number=one.pk)).status_code == 404
    assert "Surat mitra lain" in client.get(page("partner")).content.decode()


def test_a_form_that_was_open_when_a_colleague_withdrew_the_document_is_answered(
    suwon: Partnership, client: Client
) -> None:
    one = handed_in(suwon)
    withdraw_attachment(one, by=SYSTEM, reason="x")
    answer = client.post("/en" + page("change-attachment", number=one.pk), {"title": "Baru", "kind": "letter"})
    assert "A colleague voided this entry" in answer.content.decode()
    assert client.post(page("cite-attachment", number=one.pk)).status_code == 404


def test_two_officers_changing_one_document_both_keep_what_they_typed(suwon: Partnership, client: Client) -> None:
    one = handed_in(suwon, title="Surat")
    address = "/en" + page("change-attachment", number=one.pk)
    assert client.get(address).context["form"].initial["opened_with"] == 1
    typed = {"kind": "letter", "date": "", "subject": "", "opened_with": "1"}
    assert client.post(address, {**typed, "title": "Surat tawaran"}).status_code == 302
    second = client.post(address, {**typed, "kind": "report", "title": "Nota"})
    assert second.context["done"].rows == [("Title", "Surat tawaran", "Nota"), ("Kind of document", "letter", "report")]
    assert client.post(address, {**typed, "title": "Nota", "opened_with": "2"}).status_code == 302
    assert Attachment.objects.get().title == "Nota"


def test_a_document_used_as_a_source_is_offered_to_statements_and_leads_back(
    suwon: Partnership, client: Client
) -> None:
    client.post(page("attach"), sent(title="Surat tawaran", as_source="on"))
    other = handed_in(suwon, b"lain\n", title="Nota")
    client.post(page("cite-attachment", number=other.pk))
    source, second = Document.objects.order_by("-pk")[:2][::-1]
    assert (source.title, second.title) == ("Surat tawaran", "Nota")
    form = client.get(page("enter-event")).context["form"]
    assert {(str(source.pk), "Surat tawaran"), (str(second.pk), "Nota")} <= set(form.fields["document"].choices)
    shown = client.get(reverse("desk:document", kwargs={"office": "bandung", "number": source.pk})).content.decode()
    assert f'href="{page("attachment", number=Attachment.objects.get(title="Surat tawaran").pk)}"' in shown


def test_a_file_that_is_lost_is_answered_in_words(suwon: Partnership, client: Client) -> None:
    one = handed_in(suwon)
    store.place(one.file.sha256).unlink()
    lost = client.get("/en" + page("attachment", number=one.pk))
    assert (lost.status_code, one.file.sha256 in lost.content.decode()) == (500, True)


def test_a_document_is_found_in_the_box_and_leads_to_its_row(suwon: Partnership, client: Client) -> None:
    one = handed_in(suwon, title="Tawaran beasiswa")
    [found] = client.get("/en/bandung/desk/search/", {"q": "beasiswa tawaran"}).context["found"]
    assert (found.kind, found.title, found.href) == (
        "document", "Tawaran beasiswa", f"/en{page('partner')}#attachment-{one.pk}",
    )  # fmt: skip


def test_a_file_costs_as_many_queries_with_three_documents_as_with_one(
    suwon: Partnership, client: Client, same_queries: Callable[..., None]
) -> None:
    numbers = iter(range(9))
    same_queries(page("partner"), lambda: handed_in(suwon, f"{next(numbers)}\n".encode()))

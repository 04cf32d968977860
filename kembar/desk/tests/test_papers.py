"""Signed papers at the desk: onto a step, with what their signatures say; refused in words, replaced, withdrawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.files.states import Refusal
from kembar.files.tests import samples
from kembar.files.tests.signing import ISSUER, issuer, signed, signer, with_text_added
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Attachment
from kembar.procedure.models import Case
from kembar.procedure.tests.walking import do, file, now, opened
from tests.members import office
from tests.personas import dewi, jihoon, pak_hadi

pytestmark = pytest.mark.django_db
MAYOR = "Bambang Tirtoyuliono"
SCAN = {"kind": "paper", "title": "LoI", "date": "4 March 2024", "number": "134.4/1", "signing": "wet_ink",
        "signers": f"{MAYOR}, Pj. Wali Kota", "original_at": "Arsip"}  # fmt: skip


@pytest.fixture
def story() -> Office:
    return office("bandung")


@pytest.fixture
def case(bandung: Office) -> Case:
    return do(opened(file(bandung)), "initiative", "2020-02")


def desk(name: str, **parts: object) -> str:
    return "/en" + reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def send(client: Client, case: Case, content: bytes, *, name: str = "naskah.pdf", query: str = "", **more: Any) -> Any:
    address = desk("case-paper", number=case.pk) + query
    return client.post(address, {**SCAN, "file": SimpleUploadedFile(name, content), **more})


def shown(client: Client, case: Case) -> Any:
    return client.get(desk("case", number=case.pk))


def test_a_scan_comes_back_onto_its_step_and_stands_in_the_story(case: Case, client: Client) -> None:
    answer = send(client, case, samples.jpeg(), name="loi.jpg", query="?step=initiative")
    assert (answer.status_code, answer.headers["Location"]) == (302, desk("case", number=case.pk) + "?saved=1#papers")
    page = shown(client, case)
    [group] = page.context["sheet"].papers
    assert (group.code, [(row.title, row.signers, row.original_at) for row in group.rows]) == (
        "initiative", [("LoI", [f"{MAYOR}, Pj. Wali Kota"], "Arsip")],
    )  # fmt: skip
    assert [line.papers for line in page.context["sheet"].lines][:2] == [1, 0]
    assert "handed in the document “LoI”" in [line.what for line in page.context["history"]]
    there = client.get(desk("partner", partner="nanning")).context["documents"]
    assert [(row.title, row.record) for row in there] == [("LoI", f"{case.subject}: Initiative")]


def test_several_files_of_one_step_come_together_all_or_none(case: Case, client: Client) -> None:
    address = desk("case-paper", number=case.pk) + "?step=initiative"
    scan, plan = SimpleUploadedFile("a.jpg", samples.jpeg()), SimpleUploadedFile("b.pdf", samples.pdf())
    bad = SimpleUploadedFile("c.pdf", samples.pdf_with_script())
    assert list(client.post(address, {**SCAN, "title": "", "file": [scan, bad]}).context["form"].errors) == ["file"]
    assert Attachment.objects.count() == 0
    scan.seek(0)
    assert list(client.post(address, {**SCAN, "file": [scan, plan]}).context["form"].errors) == ["title"]
    scan.seek(0), plan.seek(0)
    assert client.post(address, {**SCAN, "title": "", "file": [scan, plan]}).status_code == 302
    [group] = shown(client, case).context["sheet"].papers
    assert (group.code, sorted(row.title for row in group.rows)) == ("initiative", ["a.jpg", "b.pdf"])


def test_what_signatures_say_is_shown_and_checked_again(
    case: Case, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.KEMBAR_TRUST_ROOTS = tmp_path
    send(client, case, signed(samples.pdf(), signer(MAYOR)), query="?step=initiative")
    one = Attachment.objects.get()
    for trusted, words in (
        (False, "intact; the issuer of the certificate is not known to this instance"),
        (True, "intact; the issuer of the certificate is trusted here"),
    ):
        if trusted:
            (tmp_path / "akar.pem").write_bytes(issuer(ISSUER).pem)
            again = client.post(desk("check-attachment", partner="nanning", number=one.pk), {"case": case.pk})
            assert again.headers["Location"] == f"{desk('case', number=case.pk)}?saved=1#attachment-{one.pk}"
        page = shown(client, case)
        row = page.context["sheet"].papers[0].rows[0]
        assert (row.signed.words, [(line.signer, line.issuer) for line in row.signed.lines]) == (
            words, [(MAYOR, ISSUER)],
        )  # fmt: skip
        assert page.content.decode().count("revocation not checked: the file holds no proof of it") == 1
        assert words.capitalize()[:9] in page.content.decode()


BAD = [
    ("locked", samples.pdf_locked(), "naskah.pdf", Refusal.ENCRYPTED),
    ("script", samples.pdf_with_script(), "naskah.pdf", Refusal.SCRIPTED),
    ("program", b"MZ\x90\x00" + samples.pdf(), "naskah.pdf", Refusal.PROGRAM),
    ("word", samples.docx()[:-100], "naskah.docx", Refusal.DAMAGED),
    ("picture", samples.png(width=60_000, height=60_000), "pindai.png", Refusal.TOO_MANY_PIXELS),
    ("added", b"", "naskah.pdf", Refusal.ADDED_AFTER_SIGNING),
]


@pytest.mark.parametrize(("content", "name", "refusal"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_a_bad_file_is_told_in_the_reader_s_language_and_nothing_typed_is_lost(
    content: bytes, name: str, refusal: Refusal, case: Case, client: Client
) -> None:
    content = content or with_text_added(signed(samples.pdf(), signer(MAYOR)))
    for language, prefix in (("id", ""), ("en", "/en"), ("ko", "/ko"), ("zh-hans", "/zh")):
        address = desk("case-paper", number=case.pk).replace("/en", prefix, 1)
        answer = client.post(address, {**SCAN, "date": "2024-03-04", "file": SimpleUploadedFile(name, content)})
        with translation.override(language):
            assert dict(answer.context["form"].errors) == {"file": [str(refusal.label)]}
        assert answer.context["form"]["signers"].value() == SCAN["signers"]
    assert Attachment.objects.count() == 0


def test_the_step_and_its_paper_are_saved_as_one(case: Case, client: Client) -> None:
    address = desk("step-done", number=case.pk, step="exploration")
    typed = {"opened_with": now(case).version, "on": "March 2020", "number": "12", "note": "Kunjungan"}
    for content, name in ((samples.pdf_with_script(), "a.pdf"), (samples.pdf(), "a.exe.pdf")):
        paper = SimpleUploadedFile(name, content)
        answer = client.post(address, {**typed, "paper": paper})
    assert answer.status_code == 302
    [one] = Attachment.objects.all()
    assert (one.file.name, one.number, one.subject.partition(":")[0], now(case).step) == (
        "a.exe.pdf", "12", "steprun", "letter_of_intent",
    )  # fmt: skip


def test_a_script_in_the_paper_leaves_the_step_undone_and_the_words_in_the_form(case: Case, client: Client) -> None:
    typed = {"opened_with": now(case).version, "on": "March 2020", "number": "12", "note": "Kunjungan",
             "paper": SimpleUploadedFile("a.pdf", samples.pdf_with_script())}  # fmt: skip
    answer = client.post(desk("step-done", number=case.pk, step="exploration"), typed)
    with translation.override("en"):
        assert dict(answer.context["form"].errors) == {"paper": [str(Refusal.SCRIPTED.label)]}
    assert (answer.context["form"]["note"].value(), now(case).step) == ("Kunjungan", "exploration")


def test_a_paper_is_replaced_and_withdrawn_with_a_reason_and_stays_on_record(case: Case, client: Client) -> None:
    send(client, case, samples.png(), name="buram.png", query="?step=initiative")
    old = Attachment.objects.get()
    query = f"?step=initiative&replaces={old.pk}"
    assert "reason" in send(client, case, samples.pdf(), query=query).context["form"].errors
    send(client, case, samples.pdf(), query=query, reason="Terlalu buram", title="LoI baru")
    new = Attachment.objects.get(replaces=old)
    assert send(client, case, samples.jpeg(), name="x.jpg", query=query, reason="x").status_code == 404
    address = desk("withdraw-attachment", partner="nanning", number=new.pk) + f"?case={case.pk}"
    back = client.post(address, {"reason": "Salah naskah"}).headers["Location"]
    assert back == f"{desk('case', number=case.pk)}?saved=1#attachment-{new.pk}"
    page = shown(client, case)
    rows = page.context["sheet"].papers[0].rows
    assert [(row.title, row.reason, row.replaces) for row in rows] == [
        ("LoI", "Terlalu buram", ""),
        ("LoI baru", "Salah naskah", "LoI"),
    ]
    assert [line.papers for line in page.context["sheet"].lines][0] == 0


@pytest.mark.parametrize(("who", "status"), [(dewi, 200), (pak_hadi, 200), (jihoon, 404)])
def test_who_only_reads_gets_the_paper_and_hands_in_none(
    who: Callable[..., Actor], status: int, case: Case, client: Client, as_person: Callable[[Actor], None]
) -> None:
    send(client, case, samples.png(), name="a.png", query="?step=initiative")
    as_person(who(office_id=case.office_id if who is not jihoon else case.office_id + 1))
    assert send(client, case, samples.jpeg(), name="b.jpg").status_code == 404
    one = Attachment.objects.get()
    given = client.get(desk("attachment", partner="nanning", number=one.pk))
    content = b"".join(given.streaming_content) if given.streaming else b""
    assert (given.status_code, content) == (status, samples.png() if status == 200 else b"")
    assert Attachment.objects.count() == 1


def test_many_papers_cost_as_many_queries_as_one(case: Case, client: Client, same_queries: Callable[..., None]) -> None:
    numbers = iter(range(9))

    def one_more() -> None:
        send(client, case, f"Surat {next(numbers)}".encode(), name="surat.txt", query="?step=initiative")

    one_more()
    same_queries(desk("case", number=case.pk), one_more)


def test_asking_again_offers_the_words_of_a_letter_and_keeps_the_one_that_was_sent(case: Case, client: Client) -> None:
    address = desk("case-move", number=case.pk, deed="chase")
    page = client.get(address)
    words, paper = page.context["letter"], reverse("papers:paper", args=["bandung", case.pk, "chase_letter"])
    assert f'href="/en{paper}"' in page.content.decode()
    assert words.startswith(
        f"Dear Sir or Madam, the file “{case.subject}” has been with you (Cooperation office) since "
    )
    typed = {"opened_with": now(case).version, "on": "2 March 2026", "reason": "Surat", "number": "005/12",
             "paper": SimpleUploadedFile("tagihan.pdf", samples.pdf())}  # fmt: skip
    assert client.post(address, typed).status_code == 302
    page = shown(client, case)
    [group] = page.context["sheet"].papers
    assert (group.code, [(row.name, row.paper_number) for row in group.rows]) == ("case", [("tagihan.pdf", "005/12")])
    told = f"noted in the case “{case.subject}”: asked again (2 March 2026). 005/12 · Surat"
    assert told in [line.what for line in page.context["history"]]
    assert str(now(case).chased_on) == "2026-03-02"


def test_years_whose_holidays_nobody_knows_are_told_where_days_are_counted(case: Case, client: Client) -> None:
    assert shown(client, case).context["unknown_years"] == []
    Case.objects.filter(pk=case.pk).update(since=parse_edtf("1945-08-17"))
    page = shown(client, case)
    assert page.context["unknown_years"][:2] == [1945, 1946]
    assert "weekends alone are taken off the working days" in page.content.decode()

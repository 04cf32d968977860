"""The pages of papers, letter numbers and letterheads."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from kembar.access.permissions import SYSTEM, Role
from kembar.files.tests import samples
from kembar.papers import pdf, queries
from kembar.papers.actions import give_number
from kembar.papers.models import Letterhead, LetterNumber, Produced
from kembar.papers.tests.test_drawing import in_docx
from kembar.procedure.models import Case
from tests import members

pytestmark = pytest.mark.django_db
DESK = "/en/bandung/desk/"


def here(case: Case, rest: str = "") -> str:
    return f"{DESK}cases/{case.pk}/papers/{rest}"


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def missing(page: str) -> list[str]:
    """Where each blank of the list leads."""
    section = page.partition('id="missing"')[2].partition("</section>")[0]
    return [part.partition('"')[0] for part in section.split('href="')[1:]]


def test_the_case_offers_the_papers_of_its_open_step(officer: Client, case: Case) -> None:
    page = words(officer.get(f"{DESK}cases/{case.pk}/"))
    assert page.count(f'<a href="{here(case, "staff_study/")}">Staff study (telaahan staf)</a>') == 1
    listed = words(officer.get(here(case)))
    assert (listed.count("for the step that is open now"), listed.count('<li class="sheet">')) == (1, 11)


def test_what_is_missing_leads_to_where_it_is_filled_in(officer: Client, case: Case) -> None:
    found = missing(words(officer.get(here(case, "council_letter/"))))
    own = case.office.local_government_id
    assert found == [
        f"{DESK}letterhead/", "#number", "#number", f"{DESK}cases/{case.pk}/#road", "#id_purpose", "#id_benefit",
        "#id_funding",        f"{DESK}holders/name/?party={own}", f"{DESK}holders/name/?party={own}",
    ]  # fmt: skip


def test_what_is_filled_in_stands_in_the_preview_and_is_asked_by_the_next_paper_no_more(
    officer: Client, case: Case
) -> None:
    answer = officer.post(here(case, "council_letter/"), {"purpose": "<b>Maju\u202e</b>"}, follow=True)
    page = words(answer)
    assert ("maksud &lt;b&gt;Maju&lt;/b&gt; dan" in page, "#id_purpose" in missing(page)) == (True, False)
    assert "&lt;b&gt;Maju&lt;/b&gt;" in words(officer.get(here(case, "cooperation_plan/")))


def test_the_second_column_is_asked_in_its_own_language(officer: Client, case: Case) -> None:
    page = words(officer.get(here(case, "letter_of_intent/") + "?column=ko"))
    assert ("의향서" in page, 'name="scope-ko"' in page, 'name="province-ko"' in page) == (True, True, False)
    without = words(officer.get(here(case, "draft_memorandum/") + "?column=ko"))
    assert ("We have no text in this language" in without, 'name="purpose-ko"' in without) == (True, False)


def test_a_paper_goes_from_the_case_to_its_number_both_files_and_back_signed(officer: Client, case: Case) -> None:
    offered = words(officer.get(f"{DESK}cases/{case.pk}/"))
    assert offered.count(f'href="{here(case, "staff_study/")}"') == 1
    preview = words(officer.get(here(case, "staff_study/")))
    assert ("TELAAHAN STAF" in preview, "#number" in missing(preview)) == (True, True)
    numbered = officer.post(here(case, "staff_study/number/"), {"day": "2026-01-05", "classification": "000.8"})
    assert (numbered.status_code, LetterNumber.objects.get().text) == (302, "000.8/1//2026")
    page = words(officer.post(here(case, "staff_study/"), {"produce": "1", "problem": "Belum ada"}, follow=True))
    made = Produced.objects.get()
    assert (made.made_by, page.count(made.docx.file.sha256), page.count(made.pdf.file.sha256)) == ("Sari", 1, 1)
    files = [officer.get(f"{DESK}partners/suwon/documents/{number}/") for number in (made.docx_id, made.pdf_id)]
    written, drawn = (b"".join(one.streaming_content) for one in files)
    assert "000.8/1//2026" in "".join(in_docx(written))
    assert "000.8/1//2026" in PdfReader(io.BytesIO(drawn)).pages[0].extract_text()
    assert files[0]["Content-Disposition"].partition("filename=")[2][:15] == '"telaahan-staf-'
    sent = {"kind": "other", "title": "Telaahan", "number": "000.8/1//2026", "signing": "wet_ink",
            "signers": "Kepala Bagian", "file": SimpleUploadedFile("telaahan.pdf", samples.pdf())}  # fmt: skip
    assert officer.post(f"{DESK}cases/{case.pk}/papers/hand-in/?step=initiative", sent).status_code == 302
    assert hashlib.sha256(samples.pdf()).hexdigest() in words(officer.get(f"{DESK}cases/{case.pk}/"))


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_produced(officer: Client, case: Case) -> None:
    sent = {"produce": "1", "column": "ko", "copies": "banyak", "signing_date": "30 Februari 2026"}
    page = words(officer.post(here(case, "letter_of_intent/"), sent))
    assert (Produced.objects.count(), page.count('href="#id_signing_date"') > 0) == (0, True)
    page = words(officer.post(here(case, "letter_of_intent/"), sent | {"signing_date": ""}))
    assert (Produced.objects.count(), "Number of original copies: This cannot be read." in page) == (0, True)


def test_a_letter_gets_its_number_once_on_its_page(officer: Client, case: Case) -> None:
    address, sent = here(case, "council_letter/number/"), {"day": "2026-01-05", "classification": "000.8"}
    assert "000.8/1//2026" in words(officer.post(address, sent, follow=True))
    again = words(officer.post(here(case, "ministry_letter/number/"), sent | {"serial": "1"}))
    assert "000.8/1//2026 was given on 5 January 2026 to: Surat kepada DPRD" in again
    row = LetterNumber.objects.get()
    voided = officer.post(f"{DESK}letter-numbers/{row.pk}/void/", {"reason": "Salah"}, follow=True)
    assert (voided.status_code, voided.context["saved"]) == (200, True)
    assert "Serial numbers of 2026" not in words(officer.get(f"{DESK}letter-numbers/?year=2026"))
    exported = b"".join(officer.get(f"{DESK}letter-numbers.csv?year=2026").streaming_content).decode()
    assert exported.splitlines()[1].startswith("1,000.8/1//2026,2026-01-05,")


def test_three_numbers_cost_as_many_queries_as_one(
    officer: Client, case: Case, same_queries: Callable[..., None]
) -> None:
    def another() -> None:
        give_number(case.office, by=SYSTEM, day=case.office.today(), subject="x", classification="0")

    same_queries(f"{DESK}letter-numbers/", another)


def test_the_head_alone_sets_the_letterhead_with_its_arms(officer: Client, head: Client, case: Case) -> None:
    assert officer.get(f"{DESK}letterhead/mayor/").status_code == 404
    assert f'href="{DESK}letterhead/mayor/"' not in words(officer.get(f"{DESK}letterhead/"))
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    sent = {"names": "WALI KOTA BANDUNG", "opened_with": "0",
            "picture": SimpleUploadedFile("lambang.png", drawn.getvalue())}  # fmt: skip
    assert "With a coat of arms" in words(head.post(f"{DESK}letterhead/mayor/", sent, follow=True))
    page = words(officer.get(here(case, "council_letter/")))
    assert ('src="data:image/png;base64,' in page, f"{DESK}letterhead/" in missing(page)) == (True, False)
    second = head.post(f"{DESK}letterhead/mayor/", {"names": "X", "opened_with": "0"})
    assert ("A colleague saved this letterhead first" in words(second), Letterhead.objects.get().version) == (True, 1)


def test_a_picture_that_is_none_is_refused(head: Client) -> None:
    sent = {"names": "X", "opened_with": "0", "picture": SimpleUploadedFile("lambang.png", b"<svg onload='x'>")}
    page = words(head.post(f"{DESK}letterhead/mayor/", sent))
    assert ('href="#id_picture"' in page, Letterhead.objects.count()) == (True, 0)


def test_the_head_sets_how_letters_are_numbered(head: Client, case: Case) -> None:
    sent = {"pattern": "{nomor}/{kota}/{tahun}", "classification": "", "unit": "KS", "digits": "3"}
    assert "can stand in braces" in words(head.post(f"{DESK}letterhead/numbering/", sent))
    head.post(f"{DESK}letterhead/numbering/", sent | {"pattern": "{nomor}/{unit}/{tahun}"})
    assert queries.scheme_of(case.office).pattern == "{nomor}/{unit}/{tahun}"


def test_a_reader_sees_what_was_produced_and_prepares_nothing(client: Client, case: Case) -> None:
    members.sign_in(client, members.member("Pembaca", Role.READER, office=case.office))
    page = words(client.get(here(case)))
    assert (page.count("Not produced yet."), "Prepare" in page) == (11, False)
    assert client.get(here(case, "council_letter/")).status_code == 404


def test_a_machine_without_pango_says_so_where_papers_are_produced(
    officer: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    page = words(officer.get(here(case, "council_letter/")))
    assert ("libpango-1.0-0" in page, "Produce DOCX</button>" in page) == (True, True)


def test_a_paper_too_large_to_be_drawn_is_refused_in_words_and_what_was_typed_is_kept(
    officer: Client, case: Case, settings: Any
) -> None:
    settings.KEMBAR_DRAWING_MEMORY = 1
    page = words(officer.post(here(case, "internal_note/"), {"produce": "1", "message": "Panjang"}))
    assert ("This paper is too large to be drawn as a file." in page, Produced.objects.count()) == (True, 0)
    assert queries.details_of(case) == {("message", "id"): "Panjang"}

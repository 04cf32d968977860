"""Every page of a spreadsheet: what it does for an officer, and what it is for everybody else."""

import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.models import Office
from kembar.people.models import Account
from kembar.sources.models import Claim
from kembar.spreadsheets import work
from kembar.spreadsheets.actions import WrongMove, begin, choose_sheet, enter, preview
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.states import Work
from kembar.spreadsheets.tests.conftest import LIST, looked_through, taken
from tests.members import member, office, sign_in

pytestmark = pytest.mark.django_db
HERE = "/en/bandung/desk/spreadsheets/"
TAG = re.compile(r"<[^>]+>")


def words(answer: Any) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(TAG.sub(" ", answer.content.decode())).split())


@pytest.fixture
def officer(client: Client, sari: Account) -> Client:
    sign_in(client, sari)
    return client


def sent(text: str = LIST, name: str = "daftar.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def only() -> Spreadsheet:
    return Spreadsheet.objects.get()


def chosen(found: Spreadsheet) -> dict[str, str]:
    return {f"column-{index}": field for index, field in found.fields.items()} | {
        "kind": found.kind, "record": found.record, "carry_down": "on" if found.carry_down else "",
    }  # fmt: skip


def test_an_officer_goes_from_the_file_to_the_register_and_back(officer: Client) -> None:
    assert "No spreadsheet has been handed in yet" in words(officer.get(HERE))
    answer = officer.post(f"{HERE}new/", sent(), follow=True)
    found = only()
    page = f"{HERE}{found.pk}/"
    assert answer.redirect_chain[-1][0] == f"{page}columns/"
    assert "B Kota Mitra Kota Braunschweig · Suwon · Hamamatsu" in words(answer)
    answer = officer.post(f"{page}columns/", chosen(found), follow=True)
    read = words(answer)
    assert "Column E: “31 Februari 2019”: The calendar has no such day." in read
    assert "What nobody knows but you" in read and "Braunschwieg (DE): 1 row" in read
    answer = officer.post(f"{page}answer/", {"answer-0": "", "other-0": "Braunschweig"}, follow=True)
    assert "What nobody knows but you" not in words(answer)
    answer = officer.post(f"{page}enter/", {"decision": "accepted"}, follow=True)
    assert "Brought in" in words(answer) and "Suwon" in words(answer)
    assert "Suwon" in words(officer.get("/en/bandung/desk/partners/"))
    answer = officer.post(f"{page}undo/", {"reason": "Wrong list"}, follow=True)
    assert "by Sari: Wrong list" in words(answer)
    assert "Suwon" not in words(officer.get("/en/bandung/desk/partners/"))


@pytest.mark.parametrize("prefix", ["", "en/", "ko/", "zh/"])
def test_every_page_is_there_in_four_languages(officer: Client, bandung: Office, prefix: str) -> None:
    drafted, found, entered = (
        taken(bandung),
        looked_through(bandung, name="b.csv"),
        looked_through(bandung, name="c.csv"),
    )
    enter(entered, by=SYSTEM)
    base = f"/{prefix}bandung/desk/spreadsheets/"
    pages = [base, f"{base}new/", f"{base}{drafted.pk}/sheet/", f"{base}{drafted.pk}/columns/", f"{base}{found.pk}/",
             f"{base}{entered.pk}/", f"{base}{entered.pk}/undo/"]  # fmt: skip
    assert [officer.get(page).status_code for page in pages] == [200] * len(pages)


def test_for_a_reader_a_visitor_and_another_office_it_does_not_exist(client: Client, bandung: Office) -> None:
    found = looked_through(bandung)
    pages = ["", "new/", "template.xlsx", "samples/event-list/", *(f"{found.pk}/{step}" for step in (
        "", "sheet/", "columns/", "undo/", "errors.xlsx"))]  # fmt: skip
    posts = [f"{found.pk}/{step}/" for step in ("answer", "enter", "undo", "drop")]
    daegu = office("daegu")
    for name, role, where in (("Tono", Role.READER, bandung), ("Jihoon", Role.OFFICER, daegu)):
        person = Client()
        sign_in(person, member(name, role, office=where))
        assert {person.get(HERE + page).status_code for page in pages} == {404}
        assert {person.post(HERE + page).status_code for page in posts} == {404}
        if role == Role.OFFICER:
            elsewhere = HERE.replace("bandung", "daegu")
            assert {person.get(elsewhere + page).status_code for page in pages[4:]} == {404}
    assert {client.get(HERE + page).status_code for page in pages} <= {302, 404}
    assert Spreadsheet.objects.get().state == "previewed"


def test_a_refused_file_is_told_in_words_and_nothing_is_kept(officer: Client) -> None:
    answer = officer.post(f"{HERE}new/", sent("Dengan hormat", "surat.csv"))
    assert "This is no spreadsheet. XLSX, ODS and CSV can be read." in words(answer)
    assert Spreadsheet.objects.count() == 0


def test_the_error_sheet_holds_the_rows_as_they_were_and_what_is_wrong(officer: Client, bandung: Office) -> None:
    found = looked_through(bandung, LIST.replace("Tenaga terampil", "=cmd").replace("Jepang;LoI", "Jepun Raya;LoI"))
    data = b"".join(officer.get(f"{HERE}{found.pk}/errors.xlsx").streaming_content)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["Row", "What is wrong", "No", "Kota Mitra", "Negara"]
    assert [row[:2] for row in rows[1:]] == [
        [7.0, "Column C: The country “Jepun Raya” is not known. Write it as 한국, Jepang or CN."],
        [8.0, "Column E: “31 Februari 2019”: The calendar has no such day. Write the day first, then the month."],
        [9.0, "Which place is “Braunschwieg”?"],
    ]
    assert rows[1][8] == "=cmd"


def test_two_columns_cannot_hold_the_same(officer: Client, bandung: Office) -> None:
    found = taken(bandung)
    answer = officer.post(f"{HERE}{found.pk}/columns/", chosen(found) | {"column-0": "partner"})
    assert "Two columns are said to hold “Partner city”." in words(answer)
    answer = officer.post(f"{HERE}{found.pk}/columns/", {"kind": "sister"})
    assert "Say which column names the partner." in words(answer)


def test_another_sheet_or_row_can_be_chosen(officer: Client, bandung: Office) -> None:
    found = taken(bandung)
    answer = officer.post(f"{HERE}{found.pk}/sheet/", {"sheet": "0", "row": "99"})
    assert "This sheet has no row of this number" in words(answer)
    officer.post(f"{HERE}{found.pk}/sheet/", {"sheet": "0", "row": "1"})
    assert only().header_row == 1


def test_who_comes_second_is_told_and_nothing_is_entered_twice(officer: Client, bandung: Office) -> None:
    found = looked_through(bandung)
    enter(found, by=SYSTEM)
    before = Claim.objects.count()
    answer = officer.post(f"{HERE}{found.pk}/enter/", {"decision": "accepted"})
    assert (answer.status_code, "a colleague was quicker" in words(answer)) == (409, True)
    assert Claim.objects.count() == before


def test_three_spreadsheets_cost_as_many_queries_as_one(
    officer: Client, bandung: Office, same_queries: Callable[..., None]
) -> None:
    same_queries(HERE, lambda: looked_through(bandung))


def test_three_rows_cost_as_many_queries_as_one(
    officer: Client, bandung: Office, same_queries: Callable[..., None]
) -> None:
    found, rows = looked_through(bandung), ["Kota;Negara;Jenis;Tanggal"]

    def another() -> None:
        rows.append(f"Suwon;KR;MoU;{1960 + 9 * len(rows)}")
        found.rows.all().delete()
        found.sheets.update(cells=json.dumps([[n, row.split(";")] for n, row in enumerate(rows, start=1)]))
        choose_sheet(found, by=SYSTEM, position=0, row=1)
        preview(found, by=SYSTEM)

    same_queries(f"{HERE}{found.pk}/", another)


def test_a_draft_waits_and_can_be_put_aside(officer: Client, bandung: Office) -> None:
    found = looked_through(bandung)
    assert "Looked through, not brought in" in words(officer.get(HERE))
    officer.post(f"{HERE}{found.pk}/drop/")
    assert "No spreadsheet has been handed in yet" in words(officer.get(HERE))


def test_while_the_site_works_the_page_looks_again_by_itself(officer: Client, bandung: Office) -> None:
    found = begin(looked_through(bandung), by=SYSTEM, work=Work.ENTER)
    answer = officer.get(f"{HERE}{found.pk}/")
    assert (answer["Refresh"], "The rows are being brought in." in words(answer)) == ("3", True)
    answer = officer.post(f"{HERE}{found.pk}/undo/", {"reason": "x"}, follow=True)
    assert "The rows are being brought in." in words(answer)
    found.let_go()


@pytest.mark.django_db(transaction=True)
def test_many_rows_are_brought_in_beside_the_request(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    bandung = office("bandung")
    found = looked_through(bandung)
    monkeypatch.setattr(work, "AT_ONCE", 0)
    answer = officer.post(f"{HERE}{found.pk}/enter/", {"decision": "accepted"})
    for thread in threading.enumerate():
        if thread.name == f"spreadsheet-{found.pk}":
            thread.join(timeout=60)
    found.refresh_from_db()
    assert (answer.status_code, found.state, found.work, found.counts["claims"]) == (302, "entered", "", 8)


@pytest.mark.django_db(transaction=True)
def test_work_that_is_broken_off_leaves_nothing_and_says_so(
    officer: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = looked_through(office("bandung"))
    monkeypatch.setattr(work, "AT_ONCE", 0)

    @transaction.atomic
    def fails() -> None:
        enter(found, by=SYSTEM)
        raise RuntimeError("the disk is full")

    work.do(found, by=SYSTEM, work=Work.PREVIEW, rows=1, deed=fails)
    for thread in threading.enumerate():
        if thread.name == f"spreadsheet-{found.pk}":
            thread.join(timeout=60)
    assert Claim.objects.count() == 0
    answer = officer.get(f"{HERE}{found.pk}/")
    assert "The work was broken off. Nothing of it was written" in words(answer)


@pytest.mark.django_db(transaction=True)
def test_work_whose_process_died_may_begin_again_at_once(officer: Client, tmp_path: Path) -> None:
    found = looked_through(office("bandung"))
    lock = tmp_path / "at-work" / f"spreadsheet-{found.pk}"
    lock.parent.mkdir()
    text = (
        f"import fcntl; lock = open({str(lock)!r}, 'wb'); fcntl.flock(lock, fcntl.LOCK_EX); print(flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        Spreadsheet.objects.update(work=Work.ENTER, work_since=timezone.now())
        with pytest.raises(WrongMove):
            begin(found, by=SYSTEM, work=Work.ENTER)
        assert officer.get(f"{HERE}{found.pk}/")["Refresh"] == "3"
        worker.kill()
    page = words(officer.get(f"{HERE}{found.pk}/"))
    assert "The work was broken off. Nothing of it was written; you can begin it again." in page
    assert "Looked through, not brought in" in words(officer.get(HERE))
    officer.post(f"{HERE}{found.pk}/enter/", {"decision": "accepted"})
    found.refresh_from_db()
    assert (found.state, found.work, found.broken_off) == ("entered", "", "")


def test_the_file_can_be_had_as_it_was_handed_in(client: Client, bandung: Office, sari: Account) -> None:
    sign_in(client, sari)
    found = enter(looked_through(bandung), by=SYSTEM)
    page = client.get(f"{HERE}{found.pk}/").content.decode()
    assert f'<a href="{HERE}{found.pk}/file/" download>The file as it was handed in</a>' in page
    answer = client.get(f"{HERE}{found.pk}/file/")
    assert (b"".join(answer), answer.headers["Content-Disposition"]) == (
        LIST.encode(),
        'attachment; filename="daftar.csv"',
    )


def test_a_long_cell_shows_that_it_goes_on(client: Client, bandung: Office, sari: Account) -> None:
    sign_in(client, sari)
    found = taken(bandung, LIST.replace("Ekonomi;", f"{'Ekonomi dan ' * 4}Ekonomi;"))
    assert "Ekonomi dan Ekonomi dan Ekonomi dan Eko…" in client.get(f"{HERE}{found.pk}/sheet/").content.decode()

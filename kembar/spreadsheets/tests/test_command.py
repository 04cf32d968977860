"""`kembar import` walks the way of the pages: same guesses, questions, preview, result; told in four languages."""

from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kembar.__main__ import main
from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.people.models import Account
from kembar.public.lines import partnership_lines
from kembar.sources.actions import DocumentFacts, Statement, enter_claims, keep_document
from kembar.sources.models import Claim
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.states import State
from kembar.spreadsheets.tests.conftest import LIST
from tests.members import office, sign_in

pytestmark = pytest.mark.django_db
MISSPELT = "Braunschwieg=Braunschweig"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "daftar.csv"
    path.write_text(LIST, encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """How `kembar import` ended, and the lines it said (of a refusal: on standard error)."""
    code = main(["import", *words])
    said = capsys.readouterr()
    return code, (said.out + said.err).rstrip("\n").split("\n")


def held(of: Office) -> list[tuple[str, str, str, str]]:
    """What the register holds, without numbers that differ from one way to the other."""
    rows = Claim.objects.filter(office_id=of.pk).order_by("id")
    return sorted((row.subject.partition(":")[0], row.attribute, row.value, row.decision) for row in rows)


def test_looking_through_writes_nothing_and_says_what_the_page_says(
    file: str, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = told(capsys, file, "--language", "en")
    assert (code, Claim.objects.count(), Spreadsheet.objects.get().state) == (3, 0, State.PREVIEWED)
    assert lines[:4] == [
        "daftar.csv · The table · headings in row 3",
        "  A  No  →  nothing: stays in the file",
        "  B  Kota Mitra  →  Partner city (partner)",
        "  C  Negara  →  Country (country)",
    ]
    assert "? Braunschwieg (DE): 1 row" in lines
    assert any(line.startswith("! Row 8: Column E: “31 Februari 2019”") for line in lines)
    assert lines[-2:] == [
        "Nothing has been written yet.",
        f"http://localhost:8000/en/bandung/desk/spreadsheets/{Spreadsheet.objects.get().pk}/",
    ]


def test_the_command_and_the_pages_bring_in_the_same(
    client: Client, file: str, bandung: Office, sari: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    daegu = office("daegu")
    told(capsys, file)
    code, lines = told(capsys, file, "--answer", MISSPELT, "--accept", "--office", "daegu", "--language", "en")
    assert (code, lines[-2].startswith("Brought in: ")) == (3, True)
    sign_in(client, sari)
    start = "/bandung/desk/spreadsheets/"
    with Path(file).open("rb") as data:
        found = client.post(f"{start}new/", {"file": data}).headers["Location"]
    form = client.get(client.get(found).headers["Location"]).context["form"]
    assert client.post(f"{found}columns/", form.initial).status_code == 302
    question = client.get(found).context["answers"].asked
    [place] = [place.key for place in question[0].candidates if place.english_name == "Braunschweig"]
    client.post(f"{found}answer/", {"answer-0": place})
    client.post(f"{found}enter/", {"decision": "accepted"})
    assert held(bandung) == held(daegu) != []
    lines_of = [list(partnership_lines(each, on=each.today())) for each in (bandung, daegu)]
    assert lines_of[0] == lines_of[1] != []


def test_the_same_file_again_goes_on_where_it_waits_and_makes_no_duplicates(
    file: str, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, file)
    told(capsys, file, "--accept")
    before = held(bandung)
    code, lines = told(capsys, file, "--accept", "--language", "en")
    assert lines[-2] == "No row says anything the register does not have. Nothing was written."
    assert (held(bandung), [row.state for row in Spreadsheet.objects.order_by("id")]) == (
        before,
        [State.ENTERED, State.PREVIEWED],
    )


def test_it_is_taken_back_as_one(file: str, bandung: Office, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, file, "--accept")
    found = Spreadsheet.objects.get()
    undo = ("--undo", str(found.pk), "--language", "en")
    assert told(capsys, *undo) == (1, ["kembar: Say why it is taken back: --reason."])
    about, document = Claim.objects.order_by("id")[0].about, DocumentFacts(title="Letter", kind="official")
    kept = keep_document(document, by=SYSTEM, office_id=bandung.pk)
    statement = Statement(about=about, subject=about, attribute="scope", value="Bandara", date=None, said="")
    enter_claims([statement], by=SYSTEM, document=kept)
    code, lines = told(capsys, *undo, "--reason", "wrong list")
    assert (code, lines) == (
        1,
        ["kembar: Others have worked on what it brought; that would stay. To go on, say --anyway."],
    )
    code, lines = told(capsys, *undo, "--reason", "wrong list", "--anyway")
    assert (code, lines[0].startswith("Taken back: ")) == (0, True)
    assert {row[3] for row in held(bandung) if row[2] != "Bandara"} == {"rejected"}
    assert told(capsys, *undo, "--reason", "x")[1] == ["kembar: The spreadsheet is not in the register: taken back."]


def test_all_rows_without_fault_end_with_nought(
    tmp_path: Path, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Kota Mitra;Tanggal;Jenis\nSuwon;25/08/1997;MoU\n", encoding="utf-8")
    assert told(capsys, str(path), "--accept")[0] == 0


def test_what_it_cannot_know_can_be_said(tmp_path: Path, bandung: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Rekan;Kapan;Apa\nSuwon;25/08/1997;temu\nNowhereton;2001;temu\n", encoding="utf-8")
    said = ("--headings", "1", "--column", "A=partner", "--column", "b=date", "--column", "C=record")
    answers = ("--answer", "temu=event:visit", "--answer", "Nowhereton=-")
    code, lines = told(capsys, str(path), *said, *answers, "--accept", "--decision", "open")
    assert (code, {row[3] for row in held(bandung)}) == (0, {"open"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--sheet", "Lembar 9"), "There is no such sheet or row."),
        (("--column", "B=-"), "Say which column names the partner."),
        (("--column", "A=partner"), "Two columns are said to hold “Partner city”."),
        (("--column", "Z=date"), "“Z=date” is none of these: "),
        (("--kind", "twin"), "“twin” is none of these: sister, friendship, thematic"),
        (("--record", "visit"), "“visit” is none of these: "),
        (("--answer", "Braunschwieg=Nowhereton"), "No city of this name is known; try its English name. (Nowhereton)"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    said: tuple[str, ...], why: str, file: str, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = told(capsys, file, *said, "--language", "en")
    assert (code, lines[0].startswith(f"kembar: {why}"), Claim.objects.count()) == (1, True, 0)


def test_no_spreadsheet_and_no_file_are_refused_in_words(
    tmp_path: Path, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gambar.xlsx"
    assert told(capsys, str(path)) == (1, [f"kembar: {path} cannot be read or written: No such file or directory"])
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    code, lines = told(capsys, str(path), "--language", "en")
    assert (code, len(lines), Spreadsheet.objects.count()) == (1, 1, 0)


def test_the_sheet_of_errors_is_the_one_of_the_page(
    file: str, tmp_path: Path, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "salah.xlsx"
    told(capsys, file, "--errors", str(path), "--language", "en")
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if str(row[0]).rstrip(".0").isdigit()] == [8.0, 9.0]


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("id", "Belum ada yang ditulis."),
        ("ko", "아직 아무것도 기록되지 않았습니다."),
        ("zh-hans", "尚未写入任何内容。"),
    ],
)
def test_it_speaks_four_languages(
    language: str, last: str, file: str, bandung: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, file, "--language", language)[1][-2] == last

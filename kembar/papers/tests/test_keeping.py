"""Letter numbers, letterheads, what is filled in, and what is produced."""

from datetime import date, timedelta
from typing import Any

import pytest

from kembar.access.permissions import SYSTEM
from kembar.files.queries import is_intact
from kembar.journal.models import Entry
from kembar.languages.actions import translate, write_original
from kembar.papers import pdf, queries, rules
from kembar.papers.actions import (
    ChangedMeanwhile,
    Heading,
    NumberTaken,
    WrongPaper,
    fill_in,
    give_number,
    set_letterhead,
    set_scheme,
    void_number,
)
from kembar.papers.known import known_of, written_scopes
from kembar.papers.models import LetterNumber, Produced
from kembar.papers.produce import produce
from kembar.partnerships.models import Attachment
from kembar.procedure.models import Case

pytestmark = pytest.mark.django_db


def give(case: Case, serial: int | None = None, day: date = date(2026, 1, 5), paper: str = "") -> LetterNumber:
    given = {"case": case, "paper": paper} if paper else {}
    return give_number(case.office, by=SYSTEM, day=day, subject="Surat", classification="000", serial=serial, **given)


def test_numbers_follow_each_other_begin_anew_each_year_and_show_their_gaps(case: Case) -> None:
    given = [give(case), give(case, 5), give(case), give(case, day=date(2025, 12, 30))]
    assert [one.text for one in given] == ["000/1//2026", "000/5//2026", "000/6//2026", "000/1//2025"]
    office = case.office_id
    assert (queries.gaps(office, year=2026), queries.years(office)) == ([(2, 4)], [2026, 2025])


def test_a_number_is_given_once_also_when_it_was_voided(case: Case) -> None:
    first = give(case, paper="council_letter")
    with pytest.raises(NumberTaken) as held:
        give(case, paper="council_letter")
    assert (held.value.number, void_number(first, by=SYSTEM, reason="Salah alamat")) == (first, True)
    assert void_number(first, by=SYSTEM, reason="lagi") is False
    with pytest.raises(NumberTaken):
        give(case, 1)
    again = give(case, paper="council_letter")
    assert (again.serial, queries.number_of(case, paper="council_letter")) == (2, again)
    verbs = (
        Entry.objects.filter(subject=case.key, verb__startswith="letter.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["letter.numbered", "letter.number_voided", "letter.numbered"]


def test_a_number_for_a_day_to_come_or_without_what_the_pattern_asks_is_refused(case: Case) -> None:
    refused = []
    for given in (
        {"day": case.office.today() + timedelta(days=1)},
        {"classification": ""},
        {"serial": 0},
        {"subject": " "},
    ):
        with pytest.raises(WrongPaper) as error:
            give_number(
                case.office, by=SYSTEM, **({"day": date(2026, 1, 5), "subject": "x", "classification": "0"} | given)
            )
        refused.append((error.value.field, error.value.code))
    assert refused == [
        ("day", "in_future"),
        ("classification", "missing"),
        ("serial", "unknown"),
        ("subject", "missing"),
    ]


def test_another_pattern_leaves_numbers_as_they_were_given(case: Case) -> None:
    first = give(case)
    set_scheme(
        case.office, by=SYSTEM, scheme=rules.Scheme("{nomor}-{unit}/{bulan}/{tahun}", "KS", 3), classification=""
    )
    first.refresh_from_db()
    assert [first.text, give(case).text] == ["000/1//2026", "002-KS/I/2026"]
    with pytest.raises(WrongPaper, match="pattern: no_year"):
        set_scheme(case.office, by=SYSTEM, scheme=rules.Scheme("{nomor}"), classification="")


def test_a_letterhead_saved_by_two_is_not_overwritten(case: Case) -> None:
    row = set_letterhead(case.office, by=SYSTEM, whose="office", heading=Heading("PEMERINTAH\n\u202eATOK"), seen=0)
    assert (row.names, row.version) == ("PEMERINTAH\nATOK", 1)  # what turns the reading direction is gone
    with pytest.raises(ChangedMeanwhile):
        set_letterhead(case.office, by=SYSTEM, whose="office", heading=Heading("X"), seen=0)


def test_what_is_filled_in_is_kept_by_field_and_language_and_can_be_emptied(case: Case) -> None:
    values = {("purpose", "id"): "Maju\u202e bersama", ("purpose", "ko"): "함께", ("copies", "id"): "4"}
    assert fill_in(case, by=SYSTEM, values=values) == ["purpose", "purpose", "copies"]
    assert fill_in(case, by=SYSTEM, values={("copies", "id"): "", ("purpose", "ko"): "함께"}) == ["copies"]
    assert queries.details_of(case) == {("purpose", "id"): "Maju bersama", ("purpose", "ko"): "함께"}


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [("copies", "banyak", "unknown"), ("copies", "0", "unknown"), ("copies", "²", "unknown"),
     ("copies", "0001000", "unknown"), ("signing_date", "kemarin", "unknown"),
     ("mayor", "Farhan", "unknown"), ("nothing", "x", "unknown"), ("purpose", "x" * 5001, "too_long")],
)  # fmt: skip
def test_what_no_paper_asks_or_nobody_can_read_is_refused(case: Case, code: str, text: str, why: str) -> None:
    with pytest.raises(WrongPaper) as refused:
        fill_in(case, by=SYSTEM, values={(code, "id"): text})
    assert (refused.value.field, refused.value.code) == (code, why)


def test_a_produced_paper_lies_in_the_file_with_fingerprint_version_and_blanks(case: Case) -> None:
    give(case, paper="council_letter")
    text = queries.paper("council_letter", case=case)
    made = produce(case, by=SYSTEM, text=text, column="")
    kept = list(Attachment.objects.filter(partnership=case.partnership).select_related("file").order_by("id"))
    assert [(one.kind, one.file.media_type.rpartition(".")[2], is_intact(one.file)) for one in kept] == [
        ("letter", "document", True), ("letter", "application/pdf", True),
    ]  # fmt: skip
    assert (made.docx, made.pdf, made.number, made.text_version) == (*kept, "000/1//2026", text.version)
    assert (made.text_sha256, made.made_by) == (text.sha256, "Kembar")
    assert made.missing.splitlines()[:2] == ["letterhead_mayor:id", "loi_date:id"]


def test_without_pango_the_docx_alone_is_produced(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    made = produce(case, by=SYSTEM, text=queries.paper("letter_of_intent", case=case), column="ko")
    assert (made.pdf, made.languages, Produced.objects.count()) == (None, "id ko", 1)


def test_a_column_in_a_language_nobody_of_the_partner_speaks_is_refused(case: Case) -> None:
    text = queries.paper("draft_memorandum", case=case)
    assert queries.columns_of(text, case=case) == ["en", "ko"]  # where we have the text first
    with pytest.raises(WrongPaper, match="column: unknown"):
        produce(case, by=SYSTEM, text=text, column="zh-hans")


def test_papers_fit_the_kind_of_the_case(case: Case) -> None:
    with pytest.raises(queries.NoSuchPaper):
        queries.paper("draft_arrangement", case=case)
    assert [offer.text.code for offer in queries.wanted_now(case)] == ["staff_study"]


def test_fields_stand_in_each_language_in_which_a_person_has_written_them(case: Case) -> None:
    place: Any = {"by": SYSTEM, "subject": "instrument:7", "field": "scope", "office_id": case.office_id}
    write_original("Waste management; Student exchange", language="en", **place)
    translate("Pengelolaan sampah; Pertukaran pelajar", language="id", **place)
    translate("쓰레기 관리", language="ko", **place)  # one item for two: whose is it?
    translate("垃圾管理; 学生交流", language="zh-hans", state="machine", **place)
    found = written_scopes(["instrument:7"], office_id=case.office_id)
    assert found == {
        "waste management": {"en": "Waste management", "id": "Pengelolaan sampah"},
        "student exchange": {"en": "Student exchange", "id": "Pertukaran pelajar"},
    }
    write_original("Waste; Student exchange", language="en", **place)
    assert written_scopes(["instrument:7"], office_id=case.office_id)["waste"] == {"en": "Waste"}
    items = known_of(case, languages=("id", "ko"), on=case.office.today()).lists["scope"]
    assert items[0] == {"id": "Pengelolaan sampah"}

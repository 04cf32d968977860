"""An old list becomes the register, comes in once however often it is handed in, and is taken back as one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from kembar.access.permissions import ANONYMOUS, SYSTEM, NotAllowed
from kembar.agreements.actions import Source, decide_claim, record_paper
from kembar.agreements.models import Instrument
from kembar.agreements.queries import counts_by_headline
from kembar.cities.actions import adopt
from kembar.cities.models import LocalGovernment, Office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import open_file, write_note
from kembar.partnerships.models import Event, Partnership
from kembar.partnerships.queries import files_of
from kembar.people.actions.contacts import Reach, add_contact
from kembar.procedure.actions import Planned, open_case
from kembar.sources.actions import DocumentFacts, ReasonMissing
from kembar.sources.models import Claim
from kembar.spreadsheets import queries
from kembar.spreadsheets.actions import NothingToEnter, WrongMove, answer, begin, enter, preview, undo
from kembar.spreadsheets.models import Row
from kembar.spreadsheets.states import Work
from kembar.spreadsheets.terminal import Stopped, take_back
from kembar.spreadsheets.tests.conftest import LIST, looked_through, outcomes

pytestmark = pytest.mark.django_db


def register(office: Office) -> dict[str, int]:
    return {state: count for state, count in counts_by_headline(office.pk, on=office.today()).items() if count}


def problems(found: object, line: int) -> list[str]:
    return [problem["code"] for problem in Row.objects.get(spreadsheet=found, line=line).problems]


def facts(found: object, line: int) -> list[list[str]]:
    return Row.objects.get(spreadsheet=found, line=line).becomes["facts"]


def test_each_row_tells_what_it_would_become_and_nothing_is_written_before(bandung: Office) -> None:
    found = looked_through(bandung)
    assert outcomes(found) == {
        4: "new_paper", 5: "new_paper", 6: "new_event", 7: "new_paper", 8: "problem", 9: "question", 10: "skipped",
    }  # fmt: skip
    assert facts(found, 5) == [
        ["term", "P5Y", "new", "", ""], ["concluded", "1997-08-25", "new", "", ""],
        ["scope", "Ekonomi;", "new", "", ""],
    ]  # fmt: skip
    assert (problems(found, 8), problems(found, 9)) == (["unreadable_date"], ["which_city"])
    assert (Partnership.objects.count(), Claim.objects.count(), LocalGovernment.objects.count()) == (0, 0, 2)


def test_the_register_has_it_with_the_file_as_its_source(bandung: Office) -> None:
    found = enter(looked_through(bandung), by=SYSTEM)
    assert register(bandung) == {"in_force": 1, "loi": 1, "expired": 1}
    assert [str(file.partner) for file in files_of(bandung.pk)] == ["Braunschweig, DE", "Hamamatsu, JP", "Suwon, KR"]
    event = Event.objects.get()
    assert (event.title, event.kind, str(event.date), event.standing) == ("Kunjungan", "visit", "2011", "accepted")
    sources = {claim.document for claim in Claim.objects.select_related("document")}
    assert [source.title for source in sources] == [f"daftar.csv ({found.sha256[:8]})"]
    assert found.counts["claims"] == Claim.objects.count() == 8
    said = Claim.objects.get(attribute="concluded", value="1960-05-24").said
    assert said == (
        "Kota Mitra: Kota Braunschweig · Negara: Jerman · Jenis Naskah: MoU · Tgl. Penandatanganan: 24 Mei 1960 · "
        "Bidang Kerja Sama: Ekonomi, pendidikan, dan olahraga"
    )


def test_the_same_file_again_says_nothing_new(bandung: Office) -> None:
    enter(looked_through(bandung), by=SYSTEM)
    before = Entry.objects.count()
    again = looked_through(bandung)
    assert set(outcomes(again).values()) == {"nothing_new", "problem", "question", "skipped"}
    with pytest.raises(NothingToEnter):
        enter(again, by=SYSTEM)
    assert Entry.objects.count() == before + 2  # handed in, its file kept


def test_of_a_file_changed_a_little_only_the_change_comes_in(bandung: Office) -> None:
    enter(looked_through(bandung), by=SYSTEM)
    changed = looked_through(bandung, LIST.replace("25/08/1997", "27/08/1997"))
    assert [line for line, outcome in outcomes(changed).items() if outcome == "more_paper"] == [5]
    assert facts(changed, 5)[1][:4] == ["concluded", "1997-08-27", "replaces", "1997-08-25"]
    assert enter(changed, by=SYSTEM).counts["claims"] == 1
    assert str(Instrument.objects.get(partnership__slug="suwon").concluded) == "1997-08-27"


def test_what_contradicts_another_source_stays_open(bandung: Office) -> None:
    suwon = adopt(find("Suwon", country="KR"), by=SYSTEM)
    file = open_file(by=SYSTEM, office=bandung, partner=suwon, kind="sister")
    record_paper(by=SYSTEM, partnership=file, kind="memorandum_of_understanding",
                 source=Source(facts=DocumentFacts(title="Antara")), values={"concluded": "1997-08-27"})  # fmt: skip
    found = looked_through(bandung)
    assert facts(found, 5)[1] == ["concluded", "1997-08-25", "differs", "1997-08-27", "Antara"]
    enter(found, by=SYSTEM)
    assert list(Claim.objects.filter(attribute="concluded", about=file.key).order_by("id").values_list(
        "value", "decision")) == [("1997-08-27", "accepted"), ("1997-08-25", "open")]  # fmt: skip
    assert Instrument.objects.filter(partnership=file).count() == 1


def test_a_date_the_register_knows_more_exactly_is_known(bandung: Office) -> None:
    enter(looked_through(bandung), by=SYSTEM)
    assert outcomes(looked_through(bandung, LIST.replace("25/08/1997", "1997")))[5] == "nothing_new"


def test_an_open_decision_lets_nothing_count_yet(bandung: Office) -> None:
    enter(looked_through(bandung), by=SYSTEM, decision="open")
    assert register(bandung) == {"unverified": 3}


def test_a_city_nobody_knows_is_asked_for_once_and_remembered(bandung: Office) -> None:
    found = looked_through(bandung)
    [asked] = queries.asked_of(found)
    assert (asked.said, asked.country, asked.rows, asked.candidates[0].english_name) == (
        "Braunschwieg", "DE", 1, "Braunschweig",
    )  # fmt: skip
    found = preview(answer(found, by=SYSTEM, cities={asked.key: asked.candidates[0].key}, words={}), by=SYSTEM)
    assert (outcomes(found)[9], queries.asked_of(found)) == ("new_paper", [])
    assert outcomes(looked_through(bandung, LIST + "7;Braunschwieg;Jerman;LoI;2001;;;\n"))[11] == "new_paper"
    found = preview(answer(found, by=SYSTEM, cities={asked.key: queries.LEFT_OUT}, words={}), by=SYSTEM)
    assert outcomes(found)[9] == "left_out"


def test_a_title_before_a_name_is_passed_over_and_one_that_is_the_name_is_not(bandung: Office) -> None:
    names = ("Kota Kinabalu;MY", "Mexico City;MX", "Pemerintah Kota Suwon;KR", "Suwon City;KR", "Toyota (Jepang);")
    text = "Kota;Negara;Jenis;Tanggal\n" + "".join(f"{name};LoI;2001\n" for name in names)
    found = looked_through(bandung, text)
    assert list(found.rows.order_by("line").values_list("partner", flat=True)) == [
        "Kota Kinabalu", "Mexico City", "Suwon", "Suwon", "Toyota",
    ]  # fmt: skip


def test_a_kind_nobody_knows_is_asked_for_once(bandung: Office) -> None:
    found = looked_through(bandung, LIST.replace(";LoI;19 Des", ";Naskah awal;19 Des"))
    word = next(asked for asked in queries.asked_of(found) if asked.what == "word")
    assert (word.said, word.rows) == ("Naskah awal", 1)
    found = preview(answer(found, by=SYSTEM, cities={}, words={word.key: "paper:letter_of_intent"}), by=SYSTEM)
    assert outcomes(found)[7] == "new_paper"


def test_taking_back_leaves_nothing_in_the_register_and_everything_in_the_history(bandung: Office) -> None:
    found = enter(looked_through(bandung), by=SYSTEM)
    with pytest.raises(ReasonMissing):
        undo(found, by=SYSTEM, reason=" ")
    found = undo(found, by=SYSTEM, reason="Wrong list")
    assert (register(bandung), list(files_of(bandung.pk)), found.state) == ({}, [], "undone")
    reasons = {claim.reason for claim in Claim.objects.all()}
    assert reasons == {f"ditarik kembali bersama daftar.csv ({found.sha256[:8]}): Wrong list"}
    assert set(Claim.objects.values_list("decision", flat=True).order_by("id")) == {"rejected"}
    with pytest.raises(WrongMove):
        undo(found, by=SYSTEM, reason="Once more")


def test_what_was_taken_back_can_be_brought_in_again(bandung: Office) -> None:
    undo(enter(looked_through(bandung), by=SYSTEM), by=SYSTEM, reason="Wrong list")
    again = looked_through(bandung)
    assert outcomes(again)[4] == "new_paper"
    again = enter(again, by=SYSTEM)
    assert (register(bandung), again.counts["claims"]) == ({"in_force": 1, "loi": 1, "expired": 1}, 0)
    assert Claim.objects.count() == 8
    undo(again, by=SYSTEM, reason="Again wrong")
    assert register(bandung) == {}


def test_taking_back_a_correction_brings_back_what_it_replaced(bandung: Office) -> None:
    first = enter(looked_through(bandung), by=SYSTEM)
    second = enter(looked_through(bandung, LIST.replace("25/08/1997", "27/08/1997")), by=SYSTEM)
    undo(second, by=SYSTEM, reason="The first was right")
    assert str(Instrument.objects.get(partnership__slug="suwon").concluded) == "1997-08-25"
    undo(first, by=SYSTEM, reason="All wrong")
    assert register(bandung) == {}


def test_in_whatever_order_two_versions_are_taken_back_nothing_is_left(bandung: Office) -> None:
    first = enter(looked_through(bandung), by=SYSTEM)
    second = enter(looked_through(bandung, LIST.replace("25/08/1997", "27/08/1997")), by=SYSTEM)
    undo(first, by=SYSTEM, reason="All wrong")
    undo(second, by=SYSTEM, reason="All wrong")
    assert (register(bandung), Claim.objects.filter(decision="accepted").count()) == ({}, 0)


def test_what_others_built_on_it_since_is_told_and_stays(bandung: Office) -> None:
    found = enter(looked_through(bandung), by=SYSTEM)
    assert bool(queries.built_on(found)) is False
    file = Partnership.objects.get(slug="hamamatsu")
    record_paper(by=SYSTEM, partnership=file, kind="memorandum_of_understanding",
                 source=Source(facts=DocumentFacts(title="Antara")), values={"concluded": "2019-06-26"})  # fmt: skip
    claim = Claim.objects.get(about=Partnership.objects.get(slug="suwon").key, attribute="term")
    decide_claim(claim, by=SYSTEM, decision="accepted", reason="Seen in the original")
    built = queries.built_on(found)
    assert (built.records, built.decided, [each.slug for each in built.files]) == ([], 1, ["hamamatsu"])
    found = undo(found, by=SYSTEM, reason="Wrong list")
    claim.refresh_from_db()
    assert (claim.decision, found.counts["kept"], found.counts["withdrawn"]) == ("accepted", 1, 1)
    assert [each.slug for each in files_of(bandung.pk)] == ["hamamatsu", "suwon"]


def test_a_file_in_which_a_case_runs_or_a_colleague_noted_something_stays_listed(bandung: Office) -> None:
    found = enter(looked_through(bandung), by=SYSTEM)
    running, noted, known = (Partnership.objects.get(slug=slug) for slug in ("suwon", "hamamatsu", "braunschweig"))
    planned = Planned(kind="new_tie", subject="Kota kembar", opened_on=parse_edtf("2026-01-05"))
    open_case(planned, by=SYSTEM, partnership=running, confirmed={"level_differs", "ask_ministry"})
    write_note("Waiting for their letter.", by=SYSTEM, partnership=noted)
    assert [each.slug for each in queries.built_on(found).files] == ["hamamatsu", "suwon"]
    add_contact(by=SYSTEM, office=bandung, about=known.key, reach=Reach(name="Frau Weber"))
    assert [each.slug for each in queries.built_on(found).files] == ["braunschweig", "hamamatsu", "suwon"]
    found = undo(found, by=SYSTEM, reason="Wrong list")
    assert found.counts["withdrawn"] == 0
    assert [each.slug for each in files_of(bandung.pk)] == ["braunschweig", "hamamatsu", "suwon"]


def test_only_who_may_import_brings_in_and_takes_back(bandung: Office) -> None:
    found = looked_through(bandung)
    with pytest.raises(NotAllowed):
        enter(found, by=ANONYMOUS)
    with pytest.raises(NotAllowed):
        preview(found, by=ANONYMOUS)
    found = enter(found, by=SYSTEM)
    with pytest.raises(NotAllowed):
        undo(found, by=ANONYMOUS, reason="x")
    with pytest.raises(WrongMove):
        enter(found, by=SYSTEM)


def test_thirty_rows_cost_as_many_queries_as_ten(bandung: Office) -> None:
    head = "Kota;Negara;Jenis;Judul;Tanggal\n"

    def rows(count: int) -> str:
        return head + "".join(f"Suwon;KR;Kunjungan;Peristiwa {n};{1960 + n}\n" for n in range(count))

    enter(looked_through(bandung, rows(2), name="warm.csv"), by=SYSTEM)
    counts = []
    for count in (10, 30):
        found = looked_through(bandung, rows(count), name=f"{count}.csv")
        with CaptureQueriesContext(connection) as asked:
            enter(found, by=SYSTEM)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_command_that_takes_back_stops_while_somebody_else_is_at_work(bandung: Office) -> None:
    found = enter(looked_through(bandung), by=SYSTEM)
    begun = begin(found, by=SYSTEM, work=Work.UNDO)
    with pytest.raises(Stopped, match="Somebody else is at work"), override("en"):
        take_back(found.pk, by=SYSTEM, office=bandung, reason="x", anyway=True)
    begun.let_go()

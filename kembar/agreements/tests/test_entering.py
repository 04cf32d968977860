"""What officers enter and correct becomes claims of a source; nothing is lost and nothing counts without one."""

import pytest

from kembar.access.permissions import SYSTEM, Actor, NotAllowed
from kembar.agreements import queries
from kembar.agreements.actions import (
    AnotherFile,
    ChangedMeanwhile,
    Doubtful,
    Source,
    WrongValue,
    amend,
    decide_claim,
    merge_documents,
    merge_files,
    merge_papers,
    record_approval,
    record_event,
    record_paper,
    record_signature,
    record_statement,
    void,
)
from kembar.agreements.models import Instrument
from kembar.cities.actions import adopt
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file as file_of
from kembar.sources.actions import DocumentFacts, ReasonMissing, keep_document
from kembar.sources.models import Claim, Document
from kembar.sources.queries import claims_about, claims_on, seen
from tests.personas import dewi, jihoon, sari

pytestmark = pytest.mark.django_db
PRESS = Source(facts=DocumentFacts(title="Antara", published=None), said="ditandatangani pada 12 Mei 2021")


@pytest.fixture
def by(empty_office: Office) -> Actor:
    return sari(office_id=empty_office.pk)


def opened(office: Office, name: str = "Suwon", country: str = "KR", kind: str = "sister") -> Partnership:
    return open_file(by=SYSTEM, office=office, partner=adopt(find(name, country=country), by=SYSTEM), kind=kind)


@pytest.fixture
def suwon(empty_office: Office) -> Partnership:
    return opened(empty_office)


def paper(file: Partnership, by: Actor, **values: str) -> Instrument:
    return record_paper(
        by=by, partnership=file, kind="memorandum_of_understanding", source=PRESS,
        values={"concluded": "2021-05-12", **values},
    )  # fmt: skip


def now_of(key: str, office: Office) -> str:
    return seen(claims_on(key, office_id=office.pk))


def test_a_paper_is_entered_as_accepted_claims_of_its_source(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by, term="P5Y", scope="education; waste", title="MSP Bandung–Suwon", languages="id, ko")
    assert (entered.standing, entered.concluded.edtf, entered.ends.edtf) == ("accepted", "2021-05-12", "2026-05-12")
    assert (entered.title, entered.languages) == ("MSP Bandung–Suwon", "id, ko")
    assert [item.text for item in entered.scope.order_by("position")] == ["education", "waste"]
    claims = claims_about(suwon.key, office_id=suwon.office_id)
    assert {(claim.decision, claim.document, claim.decided_by) for claim in claims} == {("accepted", "Antara", "Sari")}


def test_a_paper_without_a_known_date_still_stands_on_its_source(suwon: Partnership, by: Actor) -> None:
    entered = record_paper(by=by, partnership=suwon, kind="minutes", source=PRESS, values={"title": "Notula"})
    assert (entered.standing, entered.concluded) == ("accepted", None)


def test_what_nobody_may_is_refused_and_leaves_nothing(suwon: Partnership) -> None:
    for stranger in (dewi(office_id=suwon.office_id), jihoon(office_id=suwon.office_id + 1)):
        with pytest.raises(NotAllowed):
            paper(suwon, stranger)
    assert (Instrument.objects.count(), Claim.objects.count(), Document.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "attribute"),
    [
        ({"concluded": "yesterday"}, "concluded"),
        ({"concluded": "2021-05-12", "term": "five"}, "term"),
        ({"concluded": "2021-05-12", "copies": "two"}, "copies"),
        ({"concluded": "2021-05-12", "title": "x" * 301}, "title"),
        ({"concluded": "2021-05-12", "office_id": "2"}, "office_id"),
        ({"concluded": " "}, ""),
    ],
)
def test_a_value_nobody_can_read_is_refused(
    suwon: Partnership, by: Actor, values: dict[str, str], attribute: str
) -> None:
    with pytest.raises(WrongValue) as refused:
        record_paper(by=by, partnership=suwon, kind="minutes", source=PRESS, values=values)
    assert (refused.value.attribute, Instrument.objects.count(), Document.objects.count()) == (attribute, 0, 0)


def test_what_looks_wrong_is_asked_about_and_written_only_when_confirmed(suwon: Partnership, by: Actor) -> None:
    source = Source(facts=DocumentFacts(title="detik"), said="Selasa, 25 Maret 2024")
    values = {"concluded": "2024-03-25", "ends": "2023-01-01"}
    with pytest.raises(Doubtful) as doubted:
        record_paper(by=by, partnership=suwon, kind="letter_of_intent", source=source, values=values)
    codes = [doubt.code for doubt in doubted.value.doubts]
    assert (codes, Document.objects.count()) == (["weekday_mismatch", "end_before_start"], 0)
    confirmed = record_paper(
        by=by, partnership=suwon, kind="letter_of_intent", source=source, values=values, confirmed=codes
    )
    assert confirmed.standing == "accepted"


def test_the_same_paper_entered_twice_is_asked_about(suwon: Partnership, by: Actor) -> None:
    paper(suwon, by)
    with pytest.raises(Doubtful) as doubted:
        paper(suwon, by)
    assert [doubt.code for doubt in doubted.value.doubts] == ["duplicate"]


def test_a_day_still_to_come_is_asked_about(suwon: Partnership, by: Actor) -> None:
    with pytest.raises(Doubtful) as doubted:
        record_event(
            by=by, partnership=suwon, kind="visit", source=PRESS, values={"title": "Visit", "date": "2999-01-01"}
        )
    assert [doubt.code for doubt in doubted.value.doubts] == ["future_date"]


def test_an_ordinal_the_register_does_not_give_is_asked_about(suwon: Partnership, by: Actor) -> None:
    with pytest.raises(Doubtful) as doubted:
        record_statement(by=by, partnership=suwon, source=PRESS, values={"ordinal": "15"}, counted=3)
    assert doubted.value.doubts[0].facts == {"claimed": "15", "counted": "3"}
    record_statement(by=by, partnership=suwon, source=PRESS, values={"why": "Water", "decider": "Wali kota"})
    assert queries.values_of(suwon.key, office_id=suwon.office_id)["why"] == "Water"


def test_signatures_conclude_the_paper_and_keep_who_signed_where(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by)
    home = suwon.office.local_government
    record_signature(by=by, instrument=entered, party=home, source=PRESS, values={"date": "2021-05-12"})
    last = record_signature(
        by=by, instrument=entered, party=suwon.partner, source=PRESS,
        values={"date": "2021-06-01", "signatory": "N.N.", "post": "Mayor", "place": "Suwon", "mode": "apart"},
    )  # fmt: skip
    entered.refresh_from_db()
    assert entered.concluded.edtf == "2021-06-01"
    assert (last.signatory, last.post, last.place, last.mode) == ("N.N.", "Mayor", "Suwon", "apart")


def test_an_approval_keeps_number_scope_and_conditions(suwon: Partnership, by: Actor) -> None:
    entered = record_approval(
        by=by, partnership=suwon, kind="council_plenary", source=PRESS,
        values={"date": "2021-03-01", "number": "171/12", "scope": "waste;", "conditions": "report yearly"},
    )  # fmt: skip
    assert (entered.standing, entered.number, entered.conditions) == ("accepted", "171/12", "report yearly")
    assert [item.text for item in entered.scope.order_by("position")] == ["waste"]


def test_a_correction_stands_beside_what_was_said_before(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by, term="P5Y")
    scan = Source(facts=DocumentFacts(title="The signed paper", kind="paper"))
    changed = amend(
        entered.key, by=by, office_id=suwon.office_id, source=scan, values={"concluded": "2021-05-13", "term": "P5Y"},
        reason="The paper itself says so.", opened_with=now_of(entered.key, suwon.office),
    )  # fmt: skip
    entered.refresh_from_db()
    assert (changed, entered.concluded.edtf, entered.ends.edtf) == (True, "2021-05-13", "2026-05-13")
    said = [
        (claim.value, claim.decision, claim.reason)
        for claim in claims_on(entered.key, office_id=suwon.office_id)
        if claim.attribute == "concluded"
    ]
    assert said == [
        ("2021-05-12", "rejected", "The paper itself says so."),
        ("2021-05-13", "accepted", ""),
    ]


def test_an_emptied_field_becomes_not_known(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by, term="P5Y")
    arguments = {"by": by, "office_id": suwon.office_id, "source": PRESS, "values": {"term": ""}}
    opened_with = now_of(entered.key, suwon.office)
    with pytest.raises(ReasonMissing):
        amend(entered.key, reason=" ", opened_with=opened_with, **arguments)
    assert amend(entered.key, reason="No term in the paper", opened_with=opened_with, **arguments) is True
    entered.refresh_from_db()
    assert (entered.term, entered.ends) == ("", None)


def test_who_saves_second_is_told_and_nothing_is_written(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by)
    opened_with = now_of(entered.key, suwon.office)
    decide_claim(Claim.objects.get(), by=by, decision="rejected", reason="A draft")
    with pytest.raises(ChangedMeanwhile):
        amend(
            entered.key, by=by, office_id=suwon.office_id, source=PRESS, values={"concluded": "2021-05-14"},
            reason="x", opened_with=opened_with,
        )  # fmt: skip
    assert Claim.objects.count() == 1


def test_a_voided_paper_stays_with_its_reason_and_counts_for_nothing(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by, title="MSP")
    record_signature(by=by, instrument=entered, party=suwon.partner, source=PRESS, values={"date": "2021-05-12"})
    office = DocumentFacts(title="Keterangan kantor", kind="office")
    void(
        entered.key, by=by, office_id=suwon.office_id, reason="Belongs to Suncheon",
        opened_with=now_of(entered.key, suwon.office), statement=office,
    )  # fmt: skip
    entered.refresh_from_db()
    assert (entered.standing, entered.title, entered.signatures.get().standing) == ("rejected", "MSP", "rejected")
    assert {claim.reason for claim in claims_about(suwon.key, office_id=suwon.office_id)} == {"Belongs to Suncheon"}
    assert queries.state_of(suwon, on=queries.today_of(suwon.office_id)).headline == "unverified"
    assert Entry.objects.filter(verb="instrument.voided").get().facts == {"reason": "Belongs to Suncheon"}


def test_a_record_no_source_speaks_of_is_voided_by_the_offices_own_word(suwon: Partnership, by: Actor) -> None:
    bare = Instrument.objects.create(office=suwon.office, partnership=suwon, kind="minutes")
    office = DocumentFacts(title="Keterangan kantor", kind="office")
    void(bare.key, by=by, office_id=suwon.office_id, reason="Typed by mistake", opened_with=seen([]), statement=office)
    bare.refresh_from_db()
    assert (bare.standing, Claim.objects.get().document.title) == ("rejected", "Keterangan kantor")


def test_another_offices_record_does_not_exist(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by)
    with pytest.raises(queries.NoSuchRecord):
        queries.record(entered.key, office_id=suwon.office_id + 1)
    with pytest.raises(queries.NoSuchRecord):
        queries.record("city:1", office_id=suwon.office_id)


def test_two_entries_of_one_paper_become_one(suwon: Partnership, by: Actor) -> None:
    first = paper(suwon, by)
    second = record_paper(
        by=by, partnership=suwon, kind="sister_agreement", source=Source(facts=DocumentFacts(title="Kompas")),
        values={"concluded": "2021-05", "term": "P4Y"},
    )  # fmt: skip
    for one in (first, second):
        record_signature(by=by, instrument=one, party=suwon.partner, source=PRESS, values={"date": "2021-05-12"})
    merge_papers(second, into=first, by=by, reason="One paper, two names")
    first.refresh_from_db()
    assert list(Instrument.objects.all()) == [first]
    assert (first.term, first.concluded.edtf, first.signatures.count()) == ("P4Y", "2021-05", 1)
    assert {claim.subject for claim in claims_about(suwon.key, office_id=suwon.office_id)} == {
        first.key,
        first.signatures.get().key,
    }
    with pytest.raises(AnotherFile):
        merge_papers(first, into=first, by=by, reason="x")


def test_two_entries_of_one_source_become_one_and_found_again_by_both_names(suwon: Partnership, by: Actor) -> None:
    entered = paper(suwon, by)
    twin = DocumentFacts(title="ANTARA News")
    record_event(
        by=by, partnership=suwon, kind="visit", source=Source(facts=twin), values={"title": "Visit", "date": "2022"}
    )
    antara, news = Document.objects.get(title="Antara"), Document.objects.get(title="ANTARA News")
    assert merge_documents(news, into=antara, by=by) == 1
    assert {claim.document for claim in Claim.objects.all()} == {antara}
    assert keep_document(twin, by=by, office_id=suwon.office_id) == antara
    entered.refresh_from_db()
    assert entered.standing == "accepted"


def test_two_files_on_one_partner_become_one(suwon: Partnership, by: Actor) -> None:
    twice = opened(suwon.office, kind="friendship")
    entered = paper(twice, by)
    record_event(by=by, partnership=twice, kind="visit", source=PRESS, values={"title": "Visit", "date": "2022"})
    merge_files(twice, into=suwon, by=by, reason="The same cooperation")
    entered.refresh_from_db()
    assert (entered.partnership, suwon.events.count()) == (suwon, 1)
    assert file_of(twice.slug, office_id=suwon.office_id) == suwon
    assert claims_about(twice.key, office_id=suwon.office_id) == []
    assert list(queries.on_day(suwon.office_id, on=queries.today_of(suwon.office_id)).values_list("partnership")) == [
        (suwon.pk,)
    ]

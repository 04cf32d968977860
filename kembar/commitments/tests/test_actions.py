"""A promise goes from move to move, each by an officer, each with its line in the journal, none half-written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, NotAllowed
from kembar.agreements.models import Instrument
from kembar.cities.models import Office
from kembar.commitments import queries
from kembar.commitments.actions import (
    ChangedMeanwhile,
    Doubtful,
    Keepers,
    Outcome,
    Voided,
    WrongMove,
    WrongPromise,
    accept,
    add,
    amend,
    as_promised,
    drop,
    keep,
    keep_partly,
    keep_round,
    reopen,
    start,
    void,
)
from kembar.commitments.models import Commitment
from kembar.commitments.states import MOVES, State
from kembar.commitments.tests.promising import (
    KEEPERS,
    OFFICER,
    UNIT,
    accepted,
    article,
    claimed,
    confirmed,
    file,
    promised,
)
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from tests.members import office
from tests.personas import dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
DONE = Outcome(on=parse_edtf("2026-08"), evidence="Twenty pupils flew on 17 August.")
DAY = parse_edtf("2026-08-17")
Deed = Callable[..., Commitment]
DEEDS: dict[str, Deed] = {
    "accept": lambda row, **by: accept(row, keepers=KEEPERS, **by),
    "start": start,
    "keep": lambda row, **by: keep(row, outcome=DONE, **by),
    "keep-round": lambda row, **by: keep_round(row, outcome=DONE, **by),
    "keep-partly": lambda row, **by: keep_partly(row, outcome=DONE, reason="ten stayed at home", **by),
    "drop": lambda row, **by: drop(row, reason="no budget", on=DAY, **by),
    "reopen": lambda row, **by: reopen(row, reason="settled too early", **by),
    "amend": lambda row, **by: amend(row, promised=replace(as_promised(row), what="thirty pupils"), **by),
    "void": lambda row, **by: void(row, reason="entered twice", **by),
}
ROAD: dict[str, list[str]] = {
    "claimed": [], "accepted": ["accept"], "in_progress": ["accept", "start"], "kept": ["accept", "keep"],
    "partly_kept": ["accept", "keep-partly"], "dropped": ["accept", "drop"],
    "confirmed": ["accept", "confirm"],
}  # fmt: skip


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def in_state(state: str, office: Office, **given: Any) -> Commitment:
    row = claimed(office, **given)
    for move in ROAD[state]:
        row = confirmed(row) if move == "confirm" else DEEDS[move](row, by=SYSTEM, seen=row.version)
    return row


def verbs(row: Commitment) -> list[str]:
    rows = Entry.objects.filter(subject=row.key, verb__startswith="commitment.").order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_a_promise_arrives_as_a_claim_with_its_sentence_and_source(bandung: Office) -> None:
    row = claimed(bandung)
    assert (row.state, row.document.title, row.sentence) == ("claimed", "Bandung dan Nanning", promised().sentence)
    [entry] = Entry.objects.filter(subject=row.key)
    assert (entry.verb, entry.about) == ("commitment.claimed", row.partnership.key)
    assert entry.facts == {"what": row.what, "document": "Bandung dan Nanning", "origin": ""}


def test_the_same_draft_is_one_promise(bandung: Office) -> None:
    given = {"partnership": file(bandung), "document": article(bandung), "by": SYSTEM, "origin": "draft:7"}
    first = add(promised(), **given)
    assert add(promised(what="something else"), **given) == first
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("move", list(MOVES))
def test_each_move_leads_where_the_table_says_and_from_nowhere_else(bandung: Office, state: str, move: str) -> None:
    row = in_state(state, bandung, recurring=True, every="P1Y")
    before = verbs(row)
    if state in MOVES[move].begin:
        moved = DEEDS[move](row, by=SYSTEM, seen=row.version)
        assert queries.commitment(row.pk, office_id=bandung.pk).state == MOVES[move].to == moved.state
        assert (moved.version, len(verbs(row))) == (row.version + 1, len(before) + 1)
    else:
        with pytest.raises(WrongMove):
            DEEDS[move](row, by=SYSTEM, seen=row.version)
        assert (queries.commitment(row.pk, office_id=bandung.pk).state, verbs(row)) == (state, before)


@pytest.mark.parametrize("deed", list(DEEDS))
def test_only_officers_of_the_office_move_a_promise(bandung: Office, deed: str) -> None:
    state = "claimed" if deed in ("accept", "amend", "void") else "kept" if deed == "reopen" else "accepted"
    row = in_state(state, bandung, recurring=True)
    strangers: list[Actor] = [ANONYMOUS, dewi(office_id=bandung.pk), pak_hadi(office_id=bandung.pk),
                              jihoon(office_id=bandung.pk + 1)]  # fmt: skip
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            DEEDS[deed](row, by=stranger, seen=row.version)
    assert DEEDS[deed](row, by=sari(office_id=bandung.pk), seen=row.version).version == row.version + 1


@pytest.mark.parametrize("deed", list(DEEDS))
def test_two_officers_do_not_overwrite_each_other(bandung: Office, deed: str) -> None:
    state = "claimed" if deed == "accept" else "kept" if deed == "reopen" else "accepted"
    row = in_state(state, bandung, recurring=True)
    amend(row, by=SYSTEM, promised=replace(as_promised(row), counterpart="Kota Nanning"), seen=row.version)
    with pytest.raises(ChangedMeanwhile) as caught:
        DEEDS[deed](row, by=SYSTEM, seen=row.version)
    assert caught.value.current.counterpart == "Kota Nanning"


@pytest.mark.parametrize("deed", list(DEEDS))
def test_a_voided_promise_is_read_and_not_changed(bandung: Office, deed: str) -> None:
    row = void(claimed(bandung), by=SYSTEM, reason="entered twice", seen=1)
    with pytest.raises(Voided):
        DEEDS[deed](row, by=SYSTEM, seen=2)
    assert queries.commitment(row.pk, office_id=bandung.pk).void_reason == "entered twice"


@pytest.mark.parametrize(
    ("keepers", "refused"),
    [
        (Keepers("", UNIT), ("owner", "missing")),
        (Keepers(OFFICER, ""), ("deputy", "missing")),
        (Keepers("  ", UNIT), ("owner", "missing")),
        (Keepers(OFFICER, OFFICER), ("deputy", "same_keeper")),
        (Keepers("Sari", UNIT), ("owner", "not_a_keeper")),
    ],
)
def test_no_promise_counts_without_owner_and_deputy(
    bandung: Office, keepers: Keepers, refused: tuple[str, str]
) -> None:
    row = claimed(bandung)
    with pytest.raises(WrongPromise) as caught:
        accept(row, by=SYSTEM, keepers=keepers, seen=1)
    assert (caught.value.field, caught.value.code) == refused
    assert queries.commitment(row.pk, office_id=bandung.pk).state == "claimed"


def test_nor_without_knowing_who_promised(bandung: Office) -> None:
    row = claimed(bandung, side="")
    with pytest.raises(WrongPromise, match="side: missing"):
        accept(row, by=SYSTEM, keepers=KEEPERS, seen=1)
    assert accept(row, by=SYSTEM, keepers=replace(KEEPERS, side="partner"), seen=1).side == "partner"


def test_an_accepted_promise_cannot_lose_its_owner(bandung: Office) -> None:
    row = accepted(bandung)
    with pytest.raises(WrongPromise, match="owner: missing"):
        amend(row, by=SYSTEM, promised=replace(as_promised(row), owner=""), seen=row.version)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"due": parse_edtf("2024")}, "due: due_before_made"),
        ({"made_on": parse_edtf("2025-04"), "due": None}, "made_on: made_after_source"),
        ({"what": " "}, "what: missing"),
        ({"sentence": ""}, "sentence: missing"),
        ({"what": "x" * 2001}, "what: too_long"),
        ({"actor": "x" * 201}, "actor: too_long"),
        ({"side": "nobody"}, "side: unknown"),
        ({"modality": "sworn"}, "modality: unknown"),
        ({"recurring": True, "every": "yearly"}, "every: unknown"),
        ({"paper": "instrument:1"}, "paper: unknown"),
        ({"paper": "event:1"}, "paper: unknown"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(bandung: Office, given: dict[str, Any], refused: str) -> None:
    with pytest.raises(WrongPromise, match=refused):
        claimed(bandung, **given)
    assert Commitment.objects.count() == 0


def test_a_promise_much_older_than_its_source_is_asked_about_once(bandung: Office) -> None:
    with pytest.raises(Doubtful) as caught:
        claimed(bandung, made_on=parse_edtf("2017"))
    row = add(promised(made_on=parse_edtf("2017")), by=SYSTEM, partnership=file(bandung), document=article(bandung),
              confirmed=caught.value.codes)  # fmt: skip
    assert row.made_on == parse_edtf("2017")


def test_a_promise_belongs_to_a_paper_of_its_own_file(bandung: Office) -> None:
    papers = {
        name: Instrument.objects.create(
            office=bandung, partnership=file(bandung, name, country), kind="letter_of_intent"
        )
        for name, country in (("Nanning", "CN"), ("Suwon", "KR"))
    }
    assert claimed(bandung, paper=papers["Nanning"].key).paper == papers["Nanning"].key
    with pytest.raises(WrongPromise, match="paper: unknown"):
        claimed(bandung, paper=papers["Suwon"].key)


def test_a_source_of_another_office_proves_nothing_here(bandung: Office) -> None:
    with pytest.raises(WrongPromise, match="document: unknown"):
        add(promised(), by=SYSTEM, partnership=file(bandung), document=article(office("daegu")))


def test_kept_needs_something_that_shows_it(bandung: Office) -> None:
    row = accepted(bandung)
    with pytest.raises(WrongPromise, match="evidence: missing"):
        keep(row, by=SYSTEM, outcome=replace(DONE, evidence=" "), seen=row.version)
    with pytest.raises(WrongPromise, match="document: unknown"):
        keep(row, by=SYSTEM, outcome=replace(DONE, document=article(office("daegu"))), seen=row.version)
    proof = article(bandung)
    kept = keep(row, by=SYSTEM, outcome=replace(DONE, document=proof), seen=row.version)
    assert (kept.evidence_key, kept.settled_on) == (f"document:{proof.pk}", parse_edtf("2026-08"))


def test_it_is_settled_neither_before_it_was_made_nor_in_the_future(bandung: Office) -> None:
    row = accepted(bandung)
    for day, code in (("2024", "settled_before_made"), ("2950", "settled_later")):
        with pytest.raises(WrongPromise, match=f"on: {code}"):
            keep(row, by=SYSTEM, outcome=replace(DONE, on=parse_edtf(day)), seen=row.version)


def test_dropped_and_partly_kept_need_a_reason(bandung: Office) -> None:
    row = accepted(bandung)
    with pytest.raises(WrongPromise, match="reason: missing"):
        drop(row, by=SYSTEM, reason="", on=DAY, seen=row.version)
    with pytest.raises(WrongPromise, match="reason: missing"):
        keep_partly(row, by=SYSTEM, outcome=DONE, reason=" ", seen=row.version)
    with pytest.raises(WrongPromise, match="reason: missing"):
        void(row, by=SYSTEM, reason="", seen=row.version)


def test_each_kept_round_moves_the_due_date_on(bandung: Office) -> None:
    row = accepted(bandung, recurring=True, every="p1y")
    row = keep_round(row, by=SYSTEM, outcome=DONE, seen=row.version)
    assert (row.state, row.rounds, row.due, row.settled_on) == ("in_progress", 1, parse_edtf("2027"), None)
    [told] = Entry.objects.filter(subject=row.key, verb="commitment.round_kept")
    assert told.facts == {
        "what": row.what, "evidence": DONE.evidence, "document": "", "reason": "", "on": "2026-08",
        "before": "2026", "due": "2027",
    }  # fmt: skip


def test_what_does_not_recur_has_no_rounds(bandung: Office) -> None:
    row = accepted(bandung)
    with pytest.raises(WrongMove):
        keep_round(row, by=SYSTEM, outcome=DONE, seen=row.version)


def test_amending_tells_what_stood_before_and_saves_nothing_where_nothing_changed(bandung: Office) -> None:
    row = claimed(bandung)
    assert amend(row, by=SYSTEM, promised=as_promised(row), seen=1).version == 1
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2026-09"), conditional=True), seen=1)
    [told] = Entry.objects.filter(subject=row.key, verb="commitment.amended")
    assert told.facts == {"what": row.what, "from": {"due": "2026", "conditional": False},
                          "to": {"due": "2026-09", "conditional": True}}  # fmt: skip


def test_a_condition_that_was_taken_back_is_not_met(bandung: Office) -> None:
    row = claimed(bandung, conditional=True, condition_met=parse_edtf("2025-05"))
    assert row.condition_met == parse_edtf("2025-05")
    row = amend(row, by=SYSTEM, promised=replace(as_promised(row), conditional=False), seen=1)
    assert row.condition_met is None

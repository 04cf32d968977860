"""What programs enter goes through the same actions, checks and journal as at the desk."""

from datetime import date
from typing import Any

import pytest

from kembar.access.permissions import Role
from kembar.api.tests.conftest import Program, program_of
from kembar.cities.models import Office
from kembar.intake.actions import Pasted, paste
from kembar.intake.tests.conftest import ARTICLE
from kembar.journal.models import Entry
from kembar.people.models import Account
from kembar.people.queries import actor
from kembar.sources.models import Claim, Document
from tests.members import member

pytestmark = pytest.mark.django_db
SOURCE = {
    "title": "Bandung dan Suwon", "publisher": "Humas", "published": "2025-03-26", "kind": "official",
    "address": "https://www.bandung.go.id/berita/1", "language": "id",
}  # fmt: skip


def paper_of(program: Program, partner: str) -> dict[str, Any]:
    paper: dict[str, Any] = program.get(f"/agreements?partnership={partner}")["items"][0]
    return paper


def entered(program: Program, **given: Any) -> dict[str, Any]:
    """A claim on the first paper of Suwon, from a source made for it."""
    source = program.ask("/sources", "POST", SOURCE).json()["id"]  # type: ignore[attr-defined]
    subject = paper_of(program, "suwon")["key"]
    return {"subject": subject, "attribute": "title", "value": "Sister City", "source": source, **given}


def last_lines(count: int) -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("-id").values_list("verb", "actor")[:count])


def test_a_source_is_entered_once_however_often_it_is_sent(officer: Program, bandung: Office) -> None:
    first, again = officer.ask("/sources", "POST", SOURCE), officer.ask("/sources", "POST", SOURCE)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())  # type: ignore[attr-defined]
    row = Document.objects.get(title=SOURCE["title"])
    assert first.headers["Location"] == f"/api/v1/sources/{row.pk}"
    assert officer.get(f"/sources/{row.pk}") == {
        **SOURCE, "id": row.pk, "claims": 0,
        "published": {"edtf": "2025-03-26", "precision": "day", "earliest": "2025-03-26", "latest": "2025-03-26"},
    }  # fmt: skip
    assert (row.office_id, last_lines(1)) == (bandung.pk, [("document.entered", "Sari (Portal)")])


def test_a_source_is_corrected_in_what_is_sent_and_nothing_else(officer: Program) -> None:
    number = officer.ask("/sources", "POST", SOURCE).json()["id"]  # type: ignore[attr-defined]
    changed = officer.ask(f"/sources/{number}", "PATCH", {"publisher": "Diskominfo", "published": ""})
    row = Document.objects.get(pk=number)
    assert (changed.status_code, row.publisher, row.published, row.title) == (200, "Diskominfo", None, SOURCE["title"])
    assert last_lines(1) == [("document.corrected", "Sari (Portal)")]
    officer.ask("/sources", "POST", SOURCE)
    status, told = officer.problem(f"/sources/{number}", "PATCH", {"publisher": "Humas"})
    assert (status, told["errors"][0]["where"]) == (409, "#/title")


def test_a_claim_is_entered_open_and_changes_nothing_before_it_is_decided(officer: Program) -> None:
    paper = paper_of(officer, "suwon")
    given = entered(officer)
    first, again = officer.ask("/claims", "POST", given), officer.ask("/claims", "POST", given)
    claim = first.json()  # type: ignore[attr-defined]
    assert (first.status_code, again.status_code, again.json()) == (201, 200, claim)  # type: ignore[attr-defined]
    assert (claim["decision"], claim["partnership"], claim["value"]) == ("open", "suwon", "Sister City")
    assert paper_of(officer, "suwon") == paper
    decided = officer.ask(f"/claims/{claim['id']}/decision", "PUT", {"decision": "accepted", "seen": claim["seen"]})
    assert (decided.status_code, decided.json()["decided_by"]) == (200, "Sari (Portal)")  # type: ignore[attr-defined]
    assert paper_of(officer, "suwon")["title"] == "Sister City"
    assert Entry.objects.filter(subject=f"claim:{claim['id']}").order_by("id").values_list("verb", "actor").count() == 2


def test_a_rejection_needs_its_reason(officer: Program) -> None:
    claim = officer.ask("/claims", "POST", entered(officer)).json()  # type: ignore[attr-defined]
    status, told = officer.problem(f"/claims/{claim['id']}/decision", "PUT", {"decision": "rejected"})
    assert (status, told["errors"]) == (
        422,
        [{"where": "#/reason", "detail": "Give the reason: it stays beside the statement."}],
    )


def test_who_decides_on_what_changed_meanwhile_is_told(officer: Program) -> None:
    claim = officer.ask("/claims", "POST", entered(officer)).json()  # type: ignore[attr-defined]
    officer.ask(f"/claims/{claim['id']}/decision", "PUT", {"decision": "accepted"})
    given = {"decision": "rejected", "reason": "Wrong", "seen": claim["seen"]}
    assert officer.problem(f"/claims/{claim['id']}/decision", "PUT", given)[0] == 409
    assert Claim.objects.get(pk=claim["id"]).decision == "accepted"


def test_a_doubt_is_told_and_entered_all_the_same_once_it_is_confirmed(officer: Program) -> None:
    given = entered(officer, attribute="concluded", value="2025-03-25", said="Selasa, 25 Maret 2024")
    status, told = officer.problem("/claims", "POST", given)
    assert (status, [(error["where"], error["code"]) for error in told["errors"]]) == (
        422,
        [("#/confirmed", "weekday_mismatch")],
    )
    assert told["errors"][0]["detail"].startswith("The source names a weekday that 25 March 2024 was not.")
    assert officer.ask("/claims", "POST", given | {"confirmed": ["weekday_mismatch"]}).status_code == 201


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"value": "31 Februari", "attribute": "concluded"}, "#/value"),
        ({"attribute": "signatory"}, "#/value"),
        ({"attribute": "copies", "value": "99999999"}, "#/value"),
        ({"subject": "instrument:999999"}, "#/subject"),
        ({"source": 999999}, "#/source"),
        ({"subject": "account:1"}, "#/subject"),
        ({"decision": "rejected"}, "#/reason"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_and_nothing_is_written(
    given: dict[str, object], where: str, officer: Program
) -> None:
    asked = entered(officer)
    before = Claim.objects.count()
    status, told = officer.problem("/claims", "POST", asked | given)
    assert (status, [error["where"] for error in told["errors"]], Claim.objects.count()) == (422, [where], before)


def test_who_may_enter_but_not_decide_enters_open_claims_alone(sari: Account, bandung: Office) -> None:
    program = program_of(sari, bandung, "sources")
    assert program.problem("/claims", "POST", entered(program, decision="accepted"))[0] == 403
    assert program.ask("/claims", "POST", entered(program)).status_code == 201


def test_a_text_is_read_as_on_the_page_and_by_the_command_and_not_kept(sari: Account, bandung: Office) -> None:
    kept = paste(Pasted(title="", body=ARTICLE, published=date(2025, 3, 26)), by=actor(sari), office=bandung)
    kept.refresh_from_db()
    program = program_of(member("Dewi", Role.TRANSLATOR, office=bandung), bandung, "texts")
    before = Entry.objects.count(), Document.objects.count()
    answer = program.ask("/readings", "POST", {"text": ARTICLE, "published": "2025-03-26"})
    assert (answer.status_code, answer.json()) == (200, kept.reading)  # type: ignore[attr-defined]
    assert (Entry.objects.count(), Document.objects.count()) == before


def test_things_of_another_office_do_not_exist(stranger: Program, visitor: Program) -> None:
    source = visitor.get("/sources?size=1")["items"][0]
    claim = visitor.get("/claims?size=1")["items"][0]
    before = list(Claim.objects.order_by("id").values()), list(Document.objects.order_by("id").values())
    assert stranger.problem(f"/sources/{source['id']}")[0] == 404
    assert stranger.problem(f"/sources/{source['id']}", "PATCH", SOURCE)[0] == 404
    assert stranger.problem(f"/claims/{claim['id']}")[0] == 404
    assert stranger.problem(f"/claims/{claim['id']}/decision", "PUT", {"decision": "open"})[0] == 404
    given = {"subject": claim["subject"], "attribute": claim["attribute"], "value": "2020", "source": source["id"]}
    assert stranger.problem("/claims", "POST", given)[1]["errors"] == [
        {"where": "#/subject", "detail": "This office has no such record."}
    ]
    assert before == (list(Claim.objects.order_by("id").values()), list(Document.objects.order_by("id").values()))


def test_a_token_of_another_office_reads_our_register_like_everyone(stranger: Program, visitor: Program) -> None:
    assert stranger.get("/partnerships")["items"] == []
    for path in ("/partnerships?office=bandung", "/claims?office=bandung", "/commitments?office=bandung"):
        assert stranger.get(path)["items"] == visitor.get(path)["items"]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"text": ""}, "#/text"),
        ({"text": " \n\t "}, "#/text"),
        ({"text": "x" * 200_001}, "#/text"),
        ({"text": 5}, "#/text"),
        ({"text": "Bandung", "published": "25/3/2025"}, "#/published"),
        ({"text": "Bandung", "published": "2025-02-30"}, "#/published"),
        ({"published": "2025-03-26"}, "#/text"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_in_words(given: dict[str, object], where: str, officer: Program) -> None:
    status, told = officer.problem("/readings", "POST", given)
    assert (status, [error["where"] for error in told["errors"]]) == (422, [where])


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("\u200bBandung\u202e dan Nanning", "hidden_characters"),
        ("12345 67890 !!!! ????", "no_text"),
        (
            "Persib menang 2-1 atas Persija. Gol kedua Persib dicetak pada menit ke-80 pertandingan di stadion.",
            "no_city_found",
        ),
    ],
)
def test_an_odd_text_is_answered_with_a_note(text: str, note: str, officer: Program) -> None:
    answer = officer.ask("/readings", "POST", {"text": text})
    assert answer.status_code == 200
    assert note in answer.json()["notes"]  # type: ignore[attr-defined]

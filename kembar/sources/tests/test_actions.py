"""Documents and claims are entered once, decided with a reason, and journalled."""

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, NotAllowed
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.sources import queries
from kembar.sources.actions import (
    DocumentFacts,
    ReasonMissing,
    Statement,
    decide,
    decide_all,
    enter_claim,
    enter_claims,
    keep_document,
)
from kembar.sources.models import Claim, Document

pytestmark = pytest.mark.django_db
OFFICE = 1


@pytest.fixture
def document() -> Document:
    return keep_document(DocumentFacts(title="Antara 2023-03-31", publisher="Antara"), by=SYSTEM, office_id=OFFICE)


def statement(value: str = "1997-08-25", **more: str) -> Statement:
    return Statement(about="partnership:1", subject="instrument:1", attribute="concluded", value=value,
                     date=parse_edtf(value), **more)  # fmt: skip


def test_the_same_document_is_kept_once(document: Document) -> None:
    again = keep_document(DocumentFacts(title="Antara 2023-03-31", publisher="Antara"), by=SYSTEM, office_id=OFFICE)
    assert again == document


def test_two_offices_keep_a_document_each(document: Document) -> None:
    other = keep_document(DocumentFacts(title="Antara 2023-03-31", publisher="Antara"), by=SYSTEM, office_id=2)
    assert other.pk != document.pk


def test_the_same_statement_is_one_claim(document: Document) -> None:
    first, made = enter_claim(statement(), by=SYSTEM, document=document)
    second, made_again = enter_claim(statement(), by=SYSTEM, document=document)
    assert (first.pk, made, made_again) == (second.pk, True, False)


def test_a_rejection_needs_a_reason(document: Document) -> None:
    claim, _ = enter_claim(statement(), by=SYSTEM, document=document)
    with pytest.raises(ReasonMissing):
        decide(claim, by=SYSTEM, decision="rejected", reason=" \u200b ")
    with pytest.raises(ReasonMissing):
        enter_claim(statement("1998", decision="rejected"), by=SYSTEM, document=document)
    assert [item.decision for item in Claim.objects.all()] == ["open"]


def test_a_decision_is_kept_with_who_and_why(document: Document) -> None:
    claim, _ = enter_claim(statement(), by=SYSTEM, document=document)
    assert decide(claim, by=SYSTEM, decision="rejected", reason="no paper was found") is True
    (kept,) = queries.claims_about("partnership:1", office_id=OFFICE)
    assert (kept.decision, kept.reason, kept.decided_by) == ("rejected", "no paper was found", "Kembar")
    entry = Entry.objects.get(verb="claim.decided")
    assert (entry.facts["from"], entry.facts["to"]) == ("open", "rejected")


def test_the_same_decision_again_is_no_deed(document: Document) -> None:
    claim, _ = enter_claim(statement(), by=SYSTEM, document=document)
    decide(claim, by=SYSTEM, decision="accepted", reason="")
    assert decide(claim, by=SYSTEM, decision="accepted", reason="") is False
    assert Entry.objects.filter(verb="claim.decided").count() == 1


def test_a_visitor_enters_and_decides_nothing(document: Document) -> None:
    with pytest.raises(NotAllowed):
        enter_claim(statement(), by=ANONYMOUS, document=document)
    assert Claim.objects.count() == 0


def test_a_claim_of_another_office_does_not_exist(document: Document) -> None:
    claim, _ = enter_claim(statement(), by=SYSTEM, document=document)
    with pytest.raises(queries.NoSuchClaim):
        queries.claim(claim.pk, office_id=2)
    assert queries.claims_about("partnership:1", office_id=2) == []


def test_sources_that_disagree_are_found_whatever_was_decided(document: Document) -> None:
    enter_claim(statement("1997-08-25"), by=SYSTEM, document=document)
    other = keep_document(DocumentFacts(title="another page"), by=SYSTEM, office_id=OFFICE)
    enter_claim(statement("2013", decision="rejected", reason="a visit"), by=SYSTEM, document=other)
    (group,) = queries.contradictions(queries.claims_about("partnership:1", office_id=OFFICE))
    assert [item.value for item in group] == ["1997-08-25", "2013"]


def test_many_statements_are_entered_as_one_is_each_once_and_each_with_its_line(document: Document) -> None:
    enter_claim(statement("1997"), by=SYSTEM, document=document)
    said = [statement("1997"), statement("1998"), statement("1998"), statement("1999")]
    entered = enter_claims(said, by=SYSTEM, document=document)
    assert [(claim.value, made) for claim, made in entered] == [
        ("1997", False), ("1998", True), ("1998", False), ("1999", True),
    ]  # fmt: skip
    assert [entry.facts["value"] for entry in Entry.objects.filter(verb="claim.entered").order_by("id")] == [
        "1997", "1998", "1999",
    ]  # fmt: skip


def test_of_many_statements_one_rejected_without_a_reason_lets_none_in(document: Document) -> None:
    with pytest.raises(ReasonMissing):
        enter_claims([statement("1998"), statement("1999", decision="rejected")], by=SYSTEM, document=document)
    assert Claim.objects.count() == 0


def test_many_claims_are_decided_with_one_reason_and_those_decided_so_before_are_no_deed(document: Document) -> None:
    claims = [claim.pk for claim, _ in enter_claims([statement("1998"), statement("1999")], by=SYSTEM,
                                                    document=document)]  # fmt: skip
    given = {"by": SYSTEM, "office_id": OFFICE, "decision": "rejected", "reason": "taken back"}
    assert [decide_all(claims, **given), decide_all(claims, **given)] == [2, 0]
    assert (
        list(Claim.objects.order_by("id").values_list("decision", "reason", "decided_by"))
        == [("rejected", "taken back", "Kembar")] * 2
    )
    assert Entry.objects.filter(verb="claim.decided").count() == 2
    assert decide_all(claims, by=SYSTEM, office_id=OFFICE + 1, decision="open", reason="") == 0

"""Every write of documents and claims."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.sources.models import Claim, Document
from kembar.sources.states import Confidence, Decision, DocumentKind


class ReasonMissing(Exception):
    """A claim cannot be rejected, nor a decision be turned round, without a reason."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a source. Only the title is needed; the rest stays "not known"."""

    title: str
    publisher: str = ""
    published: EdtfDate | None = None
    address: str = ""
    kind: str = DocumentKind.OTHER
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a document says: attribute and canonical value of a subject, the source's own words beside it."""

    about: str
    subject: str
    attribute: str
    value: str
    date: EdtfDate | None = None
    said: str = ""
    confidence: str = Confidence.UNKNOWN
    decision: str = Decision.OPEN
    reason: str = ""


@transaction.atomic
def keep_document(facts: DocumentFacts, *, by: Actor, office_id: int) -> Document:
    """The document of this title, publisher and address, entered when the office does not have it yet."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    document, made = Document.objects.get_or_create(
        office_id=office_id,
        title=clean(facts.title),
        publisher=clean(facts.publisher),
        address=facts.address.strip(),
        defaults={
            "kind": facts.kind,
            "published": facts.published,
            "language": facts.language,
            "note": clean(facts.note),
        },
    )
    if made:
        record("document.entered", by=by, subject=f"document:{document.pk}", office_id=office_id,
               facts={"title": document.title})  # fmt: skip
    return document


@transaction.atomic
def enter_claim(statement: Statement, *, by: Actor, document: Document) -> tuple[Claim, bool]:
    """The claim and whether it is new. The same statement of the same document is one claim.

    Raises ReasonMissing for a rejection without reason.
    """
    office_id = document.office_id
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if statement.decision == Decision.REJECTED and not statement.reason.strip():
        raise ReasonMissing
    existing = _same(statement, document=document)
    if existing is not None:
        return existing, False
    now = timezone.now()
    decided = statement.decision != Decision.OPEN
    claim = Claim.objects.create(
        office_id=office_id,
        document=document,
        about=statement.about,
        subject=statement.subject,
        attribute=statement.attribute,
        value=statement.value,
        date=statement.date,
        said=clean(statement.said),
        confidence=statement.confidence or Confidence.UNKNOWN,
        decision=statement.decision,
        reason=clean(statement.reason),
        decided_by=by.label if decided else "",
        decided_at=now if decided else None,
        entered_at=now,
    )
    record(
        "claim.entered",
        by=by,
        subject=f"claim:{claim.pk}",
        about=claim.about,
        office_id=office_id,
        facts={"attribute": claim.attribute, "value": claim.value, "document": document.title,
               "decision": claim.decision},
    )  # fmt: skip
    return claim, True


def _same(statement: Statement, *, document: Document) -> Claim | None:
    return (
        Claim.objects.filter(
            office_id=document.office_id, document=document, subject=statement.subject, attribute=statement.attribute,
            value=statement.value, said=clean(statement.said),
        )
        .order_by("id")
        .first()
    )  # fmt: skip


@transaction.atomic
def decide(claim: Claim, *, by: Actor, decision: str, reason: str) -> bool:
    """What the office holds of a claim, with the reason; whether anything changed.

    Call it through `agreements.actions.decide_claim`, which brings the record in step. Raises ReasonMissing.
    """
    require(by, Permission.DECIDE_CLAIMS, office_id=claim.office_id)
    reason = clean(reason)
    if decision == Decision.REJECTED and not reason:
        raise ReasonMissing
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if (current.decision, current.reason) == (decision, reason):
        return False
    before = current.decision
    current.decision = Decision(decision)
    current.reason = reason
    current.decided_by = by.label if decision != Decision.OPEN else ""
    current.decided_at = timezone.now() if decision != Decision.OPEN else None
    current.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    record(
        "claim.decided",
        by=by,
        subject=f"claim:{claim.pk}",
        about=current.about,
        office_id=current.office_id,
        facts={"attribute": current.attribute, "value": current.value, "from": before, "to": decision,
               "reason": reason},
    )  # fmt: skip
    return True

"""Every write of documents and claims."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import Line, record, record_all
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.search import actions as search
from kembar.sources.models import Claim, Document, Report
from kembar.sources.queries import version_of
from kembar.sources.states import Confidence, Decision, DocumentKind, Outcome


class ReasonMissing(Exception):
    """A claim cannot be rejected, nor a decision be turned round, without a reason."""


class TooManyReports(Exception):
    """So many reports came from one place within the hour that the next one has to wait."""


class AlreadyAnswered(Exception):
    """A colleague has answered this report already."""


class CorrectedMeanwhile(Exception):
    """A colleague corrected the source after it was opened; `current` is how it stands now."""

    def __init__(self, current: Document) -> None:
        self.current = current
        super().__init__(f"document {current.pk} was corrected in the meantime")


class NotTheSameOffice(Exception):
    """Two records can be merged only within one office, and only two different ones."""


REPORTS_PER_HOUR = 5


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
    if document.merged_into is not None:
        return document.merged_into
    if made:
        _make_findable(document)
        record("document.entered", by=by, subject=f"document:{document.pk}", office_id=office_id,
               facts={"title": document.title})  # fmt: skip
    return document


def _make_findable(document: Document) -> None:
    search.index(
        f"document:{document.pk}", kind="document", office_id=document.office_id, title=document.title, public=True,
        line=document.publisher, texts=[document.address],
    )  # fmt: skip


@transaction.atomic
def enter_claim(statement: Statement, *, by: Actor, document: Document) -> tuple[Claim, bool]:
    """The claim and whether it is new. The same statement of the same document is one claim.

    Raises ReasonMissing for a rejection without reason.
    """
    require(by, Permission.KEEP_REGISTER, office_id=document.office_id)
    return enter_claims([statement], by=by, document=document)[0]


@transaction.atomic
def enter_claims(statements: Sequence[Statement], *, by: Actor, document: Document) -> list[tuple[Claim, bool]]:
    """The same for many statements of one document, in their order, with a fixed number of queries.

    Raises ReasonMissing; then none is entered.
    """
    office_id = document.office_id
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if any(said.decision == Decision.REJECTED and not said.reason.strip() for said in statements):
        raise ReasonMissing
    known = _said_before(statements, document=document)
    now = timezone.now()
    found: list[tuple[Claim, bool]] = []
    for statement in statements:
        key = _said_by(statement)
        made = key not in known
        if made:
            known[key] = _claim(statement, by=by, document=document, now=now)
        found.append((known[key], made))
    new = [claim for claim, made in found if made]
    Claim.objects.bulk_create(new, batch_size=500)
    record_all(
        (
            Line("claim.entered", subject=f"claim:{claim.pk}", about=claim.about,
                 facts={"attribute": claim.attribute, "value": claim.value, "document": document.title,
                        "decision": claim.decision})
            for claim in new
        ),
        by=by, office_id=office_id,
    )  # fmt: skip
    return found


_Said = tuple[str, str, str, str]
# Of so many records at most the claims are asked for by name; of more, all of the document's are read.
_NAMED = 200


def _said_by(statement: Statement) -> _Said:
    return statement.subject, statement.attribute, statement.value, clean(statement.said)


def _said_before(statements: Sequence[Statement], *, document: Document) -> dict[_Said, Claim]:
    """What the document was already entered as saying, the oldest of each."""
    rows = Claim.objects.filter(office_id=document.office_id, document=document)
    subjects = {statement.subject for statement in statements}
    if len(subjects) <= _NAMED:
        rows = rows.filter(subject__in=subjects)
    return {(row.subject, row.attribute, row.value, row.said): row for row in rows.order_by("-id")}


def _claim(statement: Statement, *, by: Actor, document: Document, now: datetime) -> Claim:
    decided = statement.decision != Decision.OPEN
    return Claim(
        office_id=document.office_id,
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


@transaction.atomic
def decide(claim: Claim, *, by: Actor, decision: str, reason: str) -> bool:
    """What the office holds of a claim, with the reason; whether anything changed.

    Call it through `agreements.actions.decide_claim`, which brings the record in step. Raises ReasonMissing.
    """
    require(by, Permission.DECIDE_CLAIMS, office_id=claim.office_id)
    return decide_all([claim.pk], by=by, office_id=claim.office_id, decision=decision, reason=reason) == 1


@transaction.atomic
def decide_all(claim_ids: Sequence[int], *, by: Actor, office_id: int, decision: str, reason: str) -> int:
    """The same decision with the same reason on many claims of the office; how many it changed.

    Bring their files in step afterwards. Raises ReasonMissing.
    """
    require(by, Permission.DECIDE_CLAIMS, office_id=office_id)
    reason = clean(reason)
    if decision == Decision.REJECTED and not reason:
        raise ReasonMissing
    now = timezone.now()
    decided = decision != Decision.OPEN
    lines: list[Line] = []
    for start in range(0, len(claim_ids), _AT_ONCE):
        some = claim_ids[start : start + _AT_ONCE]
        rows = Claim.objects.select_for_update().filter(office_id=office_id, pk__in=some).order_by("id")
        changed = [row for row in rows if (row.decision, row.reason) != (decision, reason)]
        lines += [
            Line("claim.decided", subject=f"claim:{row.pk}", about=row.about,
                 facts={"attribute": row.attribute, "value": row.value, "from": row.decision, "to": decision,
                        "reason": reason})
            for row in changed
        ]  # fmt: skip
        Claim.objects.filter(pk__in=[row.pk for row in changed]).update(
            decision=Decision(decision), reason=reason, decided_by=by.label if decided else "",
            decided_at=now if decided else None,
        )  # fmt: skip
    record_all(lines, by=by, office_id=office_id)
    return len(lines)


_AT_ONCE = 500


@transaction.atomic
def correct_document(document: Document, *, by: Actor, facts: DocumentFacts, opened_with: str = "") -> bool:
    """What is known of a source is written anew; whether anything changed. What it claims is not touched.

    `opened_with` is `queries.version_of` it as the officer saw it, "" where nobody looked. Raises CorrectedMeanwhile;
    NotTheSameOffice where another document of this title, publisher and address is there: merge them instead.
    """
    require(by, Permission.KEEP_REGISTER, office_id=document.office_id)
    current = Document.objects.select_for_update().get(pk=document.pk)
    given: dict[str, object] = {
        "title": clean(facts.title), "publisher": clean(facts.publisher), "address": facts.address.strip(),
        "published": facts.published, "kind": facts.kind, "language": facts.language, "note": clean(facts.note),
    }  # fmt: skip
    changed = {name: value for name, value in given.items() if getattr(current, name) != value}
    if not changed:
        return False
    if opened_with and opened_with != version_of(current):
        raise CorrectedMeanwhile(current)
    same = Document.objects.filter(
        office_id=current.office_id, title=given["title"], publisher=given["publisher"], address=given["address"]
    )
    if same.exclude(pk=current.pk).exists():
        raise NotTheSameOffice
    before = {name: str(getattr(current, name) or "") for name in changed if name != "note"}
    for name, value in changed.items():
        setattr(current, name, value)
    current.save()
    _make_findable(current)
    record("document.corrected", by=by, subject=f"document:{current.pk}", office_id=current.office_id,
           facts={"title": current.title, "before": before})  # fmt: skip
    return True


@transaction.atomic
def merge_documents(duplicate: Document, *, into: Document, by: Actor) -> int:
    """Moves every claim of a document that was entered twice; the number moved. The duplicate stays, pointing there.

    Call it through `agreements.actions.merge_documents`, which brings the files in step. Raises NotTheSameOffice.
    """
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    if duplicate.office_id != into.office_id or duplicate.pk == into.pk or into.merged_into_id:
        raise NotTheSameOffice
    moved = Claim.objects.filter(document=duplicate).update(document=into)
    Document.objects.filter(merged_into=duplicate).update(merged_into=into)
    Document.objects.filter(pk=duplicate.pk).update(merged_into=into)
    search.forget(f"document:{duplicate.pk}")
    record("document.merged", by=by, subject=f"document:{into.pk}", office_id=into.office_id,
           facts={"title": into.title, "duplicate": duplicate.title, "duplicate_id": duplicate.pk,
                  "claims": moved})  # fmt: skip
    return moved


@transaction.atomic
def move_claims(*, by: Actor, office_id: int, subject: str, to: str, about: str = "") -> int:
    """Every claim on a record becomes one on another record (of the file `about`, where it changes); how many."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    rows = Claim.objects.filter(office_id=office_id, subject=subject)
    Claim.objects.filter(office_id=office_id, value=subject).update(value=to)
    return rows.update(subject=to, about=about) if about else rows.update(subject=to)


@transaction.atomic
def report_error(
    *, by: Actor, office_id: int, page: str, text: str, language: str, sender: str, about: str = ""
) -> Report:
    """Keeps what a visitor found wrong; anybody may. `sender` is where it came from, kept only as a fingerprint.

    Raises TooManyReports.
    """
    require(by, Permission.VIEW_REGISTER, office_id=office_id)
    now = timezone.now()
    mark = salted_hmac("kembar.sources.report", f"{now.date()}|{sender}", algorithm="sha256").hexdigest()
    if Report.objects.filter(sender=mark, made_at__gt=now - timedelta(hours=1)).count() >= REPORTS_PER_HOUR:
        raise TooManyReports
    return Report.objects.create(
        office_id=office_id, about=about, page=page[:300], language=language, text=clean(text),
        token=secrets.token_urlsafe(24), sender=mark, made_at=now,
    )  # fmt: skip


@transaction.atomic
def answer_report(report: Report, *, by: Actor, outcome: str, reply: str) -> Report:
    """Closes a report with what became of it and words for its writer. Raises ReasonMissing, AlreadyAnswered."""
    require(by, Permission.KEEP_REGISTER, office_id=report.office_id)
    reply = clean(reply)
    if not reply or outcome == Outcome.OPEN:
        raise ReasonMissing
    current = Report.objects.select_for_update().get(pk=report.pk)
    if current.outcome != Outcome.OPEN:
        raise AlreadyAnswered
    current.outcome, current.reply = Outcome(outcome), reply
    current.answered_by, current.answered_at = by.label, timezone.now()
    current.save()
    record("report.answered", by=by, subject=f"report:{current.pk}", about=current.about,
           office_id=current.office_id, facts={"outcome": outcome})  # fmt: skip
    return current

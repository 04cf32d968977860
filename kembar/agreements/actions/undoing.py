"""Taking back what is wrong and joining what was entered twice: with a reason, never by deleting what was said."""

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements import queries
from kembar.agreements.actions.entering import ChangedMeanwhile
from kembar.agreements.actions.papers import AnotherFile
from kembar.agreements.actions.stepping import bring_in_step
from kembar.agreements.models import Approval, Instrument, LegalSpan, Signature
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.partnerships import actions as partnerships
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file_by_key
from kembar.search import actions as search
from kembar.sources import actions as sources
from kembar.sources.actions import ReasonMissing, Statement
from kembar.sources.models import Document
from kembar.sources.queries import claims_about, claims_on, files_in, seen
from kembar.sources.states import Decision


@transaction.atomic
def void(
    key: str, *, by: Actor, office_id: int, reason: str, opened_with: str, statement: sources.DocumentFacts
) -> None:
    """A record that should not be there: every claim that carries it is rejected with the reason, also those on the
    signatures under a paper. `statement` is the office's own word, kept where no source had said anything yet.

    Raises ReasonMissing, ChangedMeanwhile, NoSuchRecord.
    """
    require(by, Permission.DECIDE_CLAIMS, office_id=office_id)
    file = queries.file_of(key, office_id=office_id)
    Partnership.objects.select_for_update().get(pk=file.pk)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    if seen(claims_on(key, office_id=office_id)) != opened_with:
        raise ChangedMeanwhile
    for subject in (key, *queries.signature_keys(key)):
        said = claims_on(subject, office_id=office_id)
        if not said:
            document = sources.keep_document(statement, by=by, office_id=office_id)
            word = Statement(about=file.key, subject=subject, attribute="kind", value="not_on_file",
                             decision=Decision.REJECTED, reason=reason)  # fmt: skip
            sources.enter_claim(word, by=by, document=document)
        for claim in said:
            if claim.decision != Decision.REJECTED:
                row = queries.claim_row(claim.id, office_id=office_id)
                sources.decide(row, by=by, decision=Decision.REJECTED, reason=reason)
    kind = key.partition(":")[0]
    record(f"{kind}.voided", by=by, subject=key, about=file.key, office_id=office_id, facts={"reason": reason})
    bring_in_step(file, by=by)


@transaction.atomic
def merge_papers(duplicate: Instrument, *, into: Instrument, by: Actor, reason: str) -> None:
    """Two entries of one paper become one: every claim, signature and link moves. Raises AnotherFile, ReasonMissing."""
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    if duplicate.partnership_id != into.partnership_id or duplicate.pk == into.pk:
        raise AnotherFile
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    file = into.partnership
    kept = {signature.party_id: signature for signature in into.signatures.order_by("id")}
    for signature in duplicate.signatures.order_by("id"):
        twin = kept.get(signature.party_id)
        if twin is None:
            Signature.objects.filter(pk=signature.pk).update(instrument=into)
            continue
        sources.move_claims(by=by, office_id=into.office_id, subject=signature.key, to=twin.key)
        Signature.objects.filter(pk=signature.pk).delete()
    sources.move_claims(by=by, office_id=into.office_id, subject=duplicate.key, to=into.key)
    partnerships.move_attachments(duplicate.key, to=into.key, by=by, office_id=into.office_id)
    Instrument.objects.filter(parent=duplicate).exclude(pk=into.pk).update(parent=into)
    Instrument.objects.filter(parent=duplicate).update(parent=None)
    Approval.objects.filter(instrument=duplicate).update(instrument=into)
    Instrument.objects.filter(supersedes=duplicate).update(supersedes=None)
    record("instrument.merged", by=by, subject=into.key, about=file.key, office_id=into.office_id,
           facts={"kind": into.kind, "duplicate": duplicate.key, "duplicate_kind": duplicate.kind,
                  "duplicate_title": duplicate.title, "reason": reason})  # fmt: skip
    Instrument.objects.filter(pk=duplicate.pk).delete()
    search.forget(duplicate.key)
    bring_in_step(file, by=by)


@transaction.atomic
def merge_documents(duplicate: Document, *, into: Document, by: Actor) -> int:
    """Two entries of one source become one; every file it speaks of is brought in step. The number of claims moved.

    Raises sources.actions.NotTheSameOffice.
    """
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    touched = files_in(duplicate.pk, office_id=into.office_id)
    moved = sources.merge_documents(duplicate, into=into, by=by)
    for key in touched:
        bring_in_step(file_by_key(key, office_id=into.office_id), by=by)
    return moved


@transaction.atomic
def merge_files(duplicate: Partnership, *, into: Partnership, by: Actor, reason: str) -> None:
    """Two files on one partner become one: papers, approvals, events and every claim move.

    Raises ReasonMissing, partnerships.actions.NotMergeable.
    """
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    subjects = queries.subjects_of(duplicate)
    partnerships.merge_files(duplicate, into=into, by=by, reason=reason)
    Instrument.objects.filter(partnership=duplicate).update(partnership=into)
    Approval.objects.filter(partnership=duplicate).update(partnership=into)
    for subject in subjects:
        sources.move_claims(by=by, office_id=into.office_id, subject=subject, to=subject, about=into.key)
    sources.move_claims(by=by, office_id=into.office_id, subject=duplicate.key, to=into.key, about=into.key)
    LegalSpan.objects.filter(partnership=duplicate).delete()
    bring_in_step(into, by=by)


class StillNeeded(Exception):
    """Something in the file stands, so that it cannot be taken back."""


@transaction.atomic
def withdraw_file(file: Partnership, *, by: Actor, reason: str) -> None:
    """A file in which nothing stands any more is listed nowhere; a claim that stands again brings it back.

    Raises StillNeeded, ReasonMissing.
    """
    require(by, Permission.DECIDE_CLAIMS, office_id=file.office_id)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    stands = any(claim.decision != Decision.REJECTED for claim in claims_about(file.key, office_id=file.office_id))
    if stands or file.attachments.filter(withdrawn_at=None).exists():
        raise StillNeeded
    partnerships.withdraw(file, by=by, reason=reason)
    bring_in_step(file, by=by)

"""Every write of the documents in a partner's file."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.files import actions as files
from kembar.files.store import Arrived
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.partnerships.models import Attachment, Partnership
from kembar.partnerships.states import AS_SOURCE, AttachmentKind, Signing
from kembar.search import actions as search
from kembar.sources import actions as sources
from kembar.sources.states import DocumentKind

LONGEST_TITLE = 200
LONGEST = {"number": 100, "signers": 2000, "original_at": 200}


class OnFileAlready(Exception):
    """The very same document lies in this file already; `attachment` is it."""

    def __init__(self, attachment: Attachment) -> None:
        self.attachment = attachment
        super().__init__(attachment.key)


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after the form was opened; `current` is the record as it is now."""

    def __init__(self, current: Attachment) -> None:
        self.current = current
        super().__init__(current.key)


class Withdrawn(Exception):
    """The record was withdrawn; it can be read, not changed."""


class ReasonMissing(Exception):
    """Nothing is withdrawn without a reason."""


class WrongAttachment(Exception):
    """A document cannot be kept so; `field` is where."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """What is said of a document. `subject` is the record of the file it belongs to, "" for the file as a whole; the
    caller knows that the record lies in the file. Without a title the name of the stored file is one. `signing`: how
    (states.Signing); `signers`: one a line, with the capacity; `original_at`: where the paper itself lies."""

    kind: str
    title: str = ""
    date: EdtfDate | None = None
    subject: str = ""
    number: str = ""
    signing: str = ""
    signers: str = ""
    original_at: str = ""


@transaction.atomic
def attach(
    arrived: Arrived, *, by: Actor, partnership: Partnership, facts: AttachmentFacts, as_source: bool = False
) -> Attachment:
    """Lays what `files.store.receive` took in to a partner's file. `as_source` also enters it as a source, so that
    statements can rest on it.

    Raises OnFileAlready, WrongAttachment, files.store.NoRoom.
    """
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    standing = partnership.attachments.filter(file__sha256=arrived.sha256, withdrawn_at=None)
    if (same := standing.order_by("id").first()) is not None:
        raise OnFileAlready(same)
    file = files.keep(arrived, by=by, office_id=partnership.office_id, subject=partnership.key)
    given = _values(facts, name=arrived.name)
    attachment = Attachment.objects.create(
        office_id=partnership.office_id, partnership=partnership, file=file, attached_by=by.label,
        attached_at=timezone.now(), subject=facts.subject or partnership.key, **given,
    )  # fmt: skip
    search.index_many([_findable(attachment, about=partnership.key)])
    record("attachment.added", by=by, subject=attachment.key, about=partnership.key, office_id=partnership.office_id,
           facts={"title": attachment.title, "of": attachment.subject, "sha256": file.sha256})  # fmt: skip
    return cite_attachment(attachment, by=by) if as_source else attachment


@transaction.atomic
def replace_attachment(
    old: Attachment, *, arrived: Arrived, by: Actor, facts: AttachmentFacts, reason: str
) -> Attachment:
    """Another file takes the place of a document, which is withdrawn with the reason and stays on record.

    Raises Withdrawn, ReasonMissing and what `attach` raises.
    """
    require(by, Permission.KEEP_REGISTER, office_id=old.office_id)
    made = attach(arrived, by=by, partnership=old.partnership, facts=facts)
    if not withdraw_attachment(old, by=by, reason=reason):
        raise Withdrawn
    made.replaces = old
    made.save(update_fields=["replaces"])
    return made


@transaction.atomic
def cite_attachment(attachment: Attachment, *, by: Actor) -> Attachment:
    """Enters a document as a source, once. Raises Withdrawn."""
    require(by, Permission.KEEP_REGISTER, office_id=attachment.office_id)
    now = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if now.withdrawn_at is not None:
        raise Withdrawn
    if now.source_id is None:
        kind = AS_SOURCE.get(AttachmentKind(now.kind), DocumentKind.OTHER)
        known = sources.DocumentFacts(title=now.title, published=now.date, kind=kind)
        now.source = sources.keep_document(known, by=by, office_id=now.office_id)
        now.version += 1
        now.save()
    return now


@transaction.atomic
def change_attachment(attachment: Attachment, *, by: Actor, facts: AttachmentFacts, seen: int) -> Attachment:
    """What is said of a document; its file never changes. Raises ChangedMeanwhile, Withdrawn, WrongAttachment."""
    require(by, Permission.KEEP_REGISTER, office_id=attachment.office_id)
    now = Attachment.objects.select_for_update().select_related("file", "partnership").get(pk=attachment.pk)
    if now.withdrawn_at is not None:
        raise Withdrawn
    if now.version != seen:
        raise ChangedMeanwhile(now)
    given = _values(facts, name=now.file.name) | {"subject": facts.subject or now.partnership.key}
    changed = [field for field, value in given.items() if getattr(now, field) != value]
    if not changed:
        return now
    before = now.title
    for field, value in given.items():
        setattr(now, field, value)
    now.version += 1
    now.save()
    search.index_many([_findable(now, about=now.partnership.key)])
    record("attachment.changed", by=by, subject=now.key, about=now.partnership.key, office_id=now.office_id,
           facts={"title": now.title, "before": before, "fields": changed})  # fmt: skip
    return now


@transaction.atomic
def withdraw_attachment(attachment: Attachment, *, by: Actor, reason: str) -> bool:
    """The document no longer counts; it and the reason stay. False when it was withdrawn before.

    Raises ReasonMissing.
    """
    require(by, Permission.KEEP_REGISTER, office_id=attachment.office_id)
    if not (reason := clean(reason)):
        raise ReasonMissing
    rows = Attachment.objects.filter(pk=attachment.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=timezone.now(), withdrawn_by=by.label, reason=reason):
        return False
    search.forget(attachment.key)
    record("attachment.withdrawn", by=by, subject=attachment.key, about=f"partnership:{attachment.partnership_id}",
           office_id=attachment.office_id, facts={"title": attachment.title, "reason": reason})  # fmt: skip
    return True


@transaction.atomic
def move_attachments(subject: str, *, to: str, by: Actor, office_id: int) -> None:
    """The documents of a record belong to another one: two entries of one thing became one."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    Attachment.objects.filter(office_id=office_id, subject=subject).update(subject=to)


@transaction.atomic
def move_file_attachments(duplicate: Partnership, *, into: Partnership, by: Actor) -> None:
    """Every document of a file that was opened twice lies in the other one from now on."""
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    move_attachments(duplicate.key, to=into.key, by=by, office_id=into.office_id)
    moved = list(Attachment.objects.filter(partnership=duplicate).select_related("file").order_by("id"))
    search.index_many(_findable(one, about=into.key) for one in moved if one.withdrawn_at is None)
    Attachment.objects.filter(partnership=duplicate).update(partnership=into)


def _values(facts: AttachmentFacts, *, name: str) -> dict[str, object]:
    title = clean(facts.title) or name
    if len(title) > LONGEST_TITLE:
        raise WrongAttachment("title")
    if facts.kind not in AttachmentKind.values:
        raise WrongAttachment("kind")
    if facts.signing not in Signing.values:
        raise WrongAttachment("signing")
    words = {name: clean(getattr(facts, name)) for name in LONGEST}
    for name, longest in LONGEST.items():
        if len(words[name]) > longest:
            raise WrongAttachment(name)
    return {"title": title, "kind": facts.kind, "date": facts.date, "signing": facts.signing, **words}


def _findable(attachment: Attachment, *, about: str) -> search.Findable:
    """Found by the members of the office, never by the public."""
    return search.Findable(
        attachment.key, kind="attachment", office_id=attachment.office_id, title=attachment.title, public=False,
        about=about, line=attachment.date.edtf if attachment.date else "", texts=(attachment.file.name,),
    )  # fmt: skip

"""Every write of files."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from importlib.metadata import version

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.files import store
from kembar.files.models import SignatureCheck, StoredFile
from kembar.files.queries import Looked, stored_file
from kembar.files.rules import PDF, UNREAD, Signature, verdict_on
from kembar.files.store import Arrived
from kembar.journal.actions import record
from kembar.lib.text import clean

# Content without a row is left lying so long: an upload whose transaction is still open has none yet.
UNTOUCHED = timedelta(days=1)


class ReasonMissing(Exception):
    """A file is not taken away without a reason."""


@transaction.atomic
def keep(arrived: Arrived, *, by: Actor, office_id: int, subject: str, about: str = "") -> StoredFile:
    """Keeps what `store.receive` took in. The same content for the same record is one file, under its first name.
    Raises NotAllowed, NoRoom."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    store.settle(arrived)
    file, made = StoredFile.objects.get_or_create(
        office_id=office_id,
        subject=subject,
        sha256=arrived.sha256,
        defaults={
            "name": arrived.name,
            "size": arrived.size,
            "media_type": arrived.media_type.name,
            "uploaded_by": by.label,
            "uploaded_at": timezone.now(),
        },
    )
    if made:
        facts = {"name": file.name, "size": file.size, "sha256": file.sha256, "of": subject}
        record("file.kept", by=by, subject=f"file:{file.pk}", about=about, office_id=office_id, facts=facts)
        if arrived.media_type == PDF:
            _note_check(file, by=by, signatures=arrived.signatures)
    return file


def _note_check(file: StoredFile, *, by: Actor, signatures: Collection[Signature], refused: str = "") -> SignatureCheck:
    return SignatureCheck.objects.create(
        file=file, verdict=UNREAD if refused else verdict_on(signatures), refused=refused,
        signatures=[asdict(one) for one in signatures], checker=f"pyHanko {version('pyhanko')}",
        checked_by=by.label, checked_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def check_signatures(file_id: int, *, by: Actor, office_id: int, looked: Looked, about: str = "") -> SignatureCheck:
    """Notes what `queries.look_again` found at a PDF on file; what earlier looks found stays. Raises NoSuchFile."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    file = stored_file(file_id, office_id=office_id)
    made = _note_check(file, by=by, signatures=looked.signatures, refused=looked.refused)
    facts = {"name": file.name, "sha256": file.sha256, "of": file.subject, "verdict": made.verdict}
    record("file.checked_again", by=by, subject=f"file:{file.pk}", about=about, office_id=office_id, facts=facts)
    return made


@transaction.atomic
def remove(file_id: int, *, by: Actor, office_id: int, reason: str) -> None:
    """Takes a file away (handed in by mistake, or erased on request); the journal keeps that it was there, and its
    fingerprint. Its bytes go with the next tidying unless another record has them. Raises NoSuchFile, ReasonMissing."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if not (reason := clean(reason)):
        raise ReasonMissing
    file = stored_file(file_id, office_id=office_id)
    facts = {"sha256": file.sha256, "size": file.size, "of": file.subject, "reason": reason}
    record("file.removed", by=by, subject=f"file:{file.pk}", office_id=office_id, facts=facts)
    file.delete()


def tidy(*, untouched: timedelta = UNTOUCHED) -> int:
    """Takes content away that no row needs any more, and what cut-off uploads left; how many contents went."""
    seconds = untouched.total_seconds()
    lying = store.lying(seconds=seconds)
    needed = set(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True))
    gone = [sha256 for sha256 in lying if sha256 not in needed]
    store.discard(gone, seconds=seconds)
    return len(gone)

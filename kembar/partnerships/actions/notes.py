"""Writing notes on a partner. The journal says that somebody did, never what stands in a note."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.partnerships.actions.attachments import ReasonMissing, Withdrawn
from kembar.partnerships.models import Note, NoteWording, Partnership
from kembar.search import actions as search

LONGEST_NOTE = 4000


class WrongNote(Exception):
    """A note has words, and at most LONGEST_NOTE characters."""


class NotYours(Exception):
    """Only who wrote a note changes its words."""


class NoteChanged(Exception):
    """The author saved the note from somewhere else first; `current` is the note as it is now."""

    def __init__(self, current: Note) -> None:
        self.current = current
        super().__init__(current.key)


@transaction.atomic
def write_note(text: str, *, by: Actor, partnership: Partnership) -> Note:
    """Raises WrongNote."""
    _may_write(by, office_id=partnership.office_id)
    note = Note.objects.create(
        office_id=partnership.office_id, partnership=partnership, text=_checked(text), author=by.label,
        author_id=by.person_id, written_at=timezone.now(),
    )  # fmt: skip
    _make_findable([note])
    record("note.written", by=by, subject=note.key, about=partnership.key, office_id=note.office_id)
    return note


@transaction.atomic
def change_note(note: Note, *, by: Actor, text: str, seen: int) -> Note:
    """The words before are kept. Raises NotYours, WrongNote, Withdrawn, NoteChanged."""
    _may_write(by, office_id=note.office_id)
    now = Note.objects.select_for_update().get(pk=note.pk)
    if by.person_id is None or now.author_id != by.person_id:
        raise NotYours
    if now.withdrawn_at is not None:
        raise Withdrawn
    if now.version != seen:
        raise NoteChanged(now)
    text = _checked(text)
    if text == now.text:
        return now
    NoteWording.objects.create(office_id=now.office_id, note=now, text=now.text, until=timezone.now())
    now.text, now.changed_at, now.version = text, timezone.now(), now.version + 1
    now.save()
    _make_findable([now])
    record("note.changed", by=by, subject=now.key, about=f"partnership:{now.partnership_id}", office_id=now.office_id)
    return now


@transaction.atomic
def withdraw_note(note: Note, *, by: Actor, reason: str) -> bool:
    """The note leaves the file; it and the reason are kept. False when that was done before. Raises ReasonMissing."""
    _may_write(by, office_id=note.office_id)
    if not (reason := clean(reason)):
        raise ReasonMissing
    if not Note.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=timezone.now(), reason=reason):
        return False
    search.forget(note.key)
    record("note.withdrawn", by=by, subject=note.key, about=f"partnership:{note.partnership_id}",
           office_id=note.office_id, facts={"reason": reason})  # fmt: skip
    return True


@transaction.atomic
def move_notes(duplicate: Partnership, *, into: Partnership, by: Actor) -> None:
    """Every note on a file that was opened twice stands in the other one from now on."""
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    Note.objects.filter(partnership=duplicate).update(partnership=into)
    _make_findable(Note.objects.filter(partnership=into, withdrawn_at=None).order_by("id"))


def index_notes(known: Collection[str]) -> int:
    """Notes not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = [row for row in Note.objects.filter(withdrawn_at=None).order_by("id") if row.key not in known]
    _make_findable(rows)
    return len(rows)


@transaction.atomic
def _make_findable(notes: Iterable[Note]) -> None:
    """For those alone who may read what is private to the office."""
    search.index_many(
        search.Findable(
            subject=one.key, kind="note", office_id=one.office_id, title=Truncator(one.text).chars(80), public=False,
            line=one.author, about=f"partnership:{one.partnership_id}", texts=(one.text,), private=True,
        )
        for one in notes
    )  # fmt: skip


def _may_write(by: Actor, *, office_id: int) -> None:
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    require(by, Permission.READ_PRIVATE, office_id=office_id)


def _checked(text: str) -> str:
    text = "\n".join(clean(line) for line in text.splitlines()).strip()
    if not text or len(text) > LONGEST_NOTE:
        raise WrongNote
    return text

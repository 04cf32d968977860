"""Reading partnerships and events."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from kembar.access.permissions import Actor, Permission, require
from kembar.partnerships.models import Attachment as Attachment  # pages name its type, never its table
from kembar.partnerships.models import Event, Note, NoteWording
from kembar.partnerships.models import Partnership as Partnership  # pages name its type, never its table


class NoSuchPartnership(Exception):
    """This office keeps no such file."""


class NoSuchNote(Exception):
    """There is no such note in this office."""


class NoSuchAttachment(Exception):
    """There is no such document in this office's files."""


def files_of(office_id: int) -> QuerySet[Partnership]:
    """All files of one office with their partners; without those taken back."""
    rows = Partnership.objects.filter(office_id=office_id, merged_into=None, withdrawn="")
    return rows.select_related("partner").order_by("slug", "id")


class FileLine(NamedTuple):
    """As much of a file as names it."""

    pk: int
    slug: str
    institution: str
    partner_id: int
    english_name: str


def file_lines(office_id: int) -> list[FileLine]:
    """All files of one office, read light: a drop-down offers a thousand. One query."""
    fields = ("pk", "slug", "institution", "partner_id", "partner__english_name")
    return [FileLine(*values) for values in files_of(office_id).values_list(*fields)]


def line_of(file: Partnership) -> FileLine:
    """The same of a file at hand, with its partner."""
    return FileLine(file.pk, file.slug, file.institution, file.partner_id, file.partner.english_name)


def files_with_names(office_id: int) -> QuerySet[Partnership]:
    """All files of one office with their partners' names in every language; two queries."""
    return files_of(office_id).prefetch_related("partner__names")


def files_by_key(keys: Iterable[str], *, office_id: int) -> dict[str, Partnership]:
    """`partnership:7` → the file, with its partner's names, for all keys of this office at once."""
    numbers = {int(number) for number in (key.removeprefix("partnership:") for key in keys) if number.isdecimal()}
    rows = Partnership.objects.filter(office_id=office_id, pk__in=numbers).select_related("partner")
    return {row.key: row for row in rows.prefetch_related("partner__names").order_by("id")}


def file(slug: str, *, office_id: int) -> Partnership:
    """One file of this office; of two that were merged the one that was kept.

    Raises NoSuchPartnership, also for a file of another office.
    """
    rows = Partnership.objects.filter(office_id=office_id, slug=slug)
    found = rows.select_related("partner", "office", "merged_into__partner").first()
    if found is None:
        raise NoSuchPartnership(slug)
    return found.merged_into or found


def file_by_key(key: str, *, office_id: int) -> Partnership:
    """The file that claims and the journal name `partnership:ID`. Raises NoSuchPartnership."""
    number = key.removeprefix("partnership:")
    found = None
    if number.isdigit():
        rows = Partnership.objects.filter(office_id=office_id, pk=int(number))
        found = rows.select_related("partner", "office").first()
    if found is None:
        raise NoSuchPartnership(key)
    return found


def merged_keys(partnership: Partnership) -> list[str]:
    """How the journal names the files whose content moved here."""
    numbers = Partnership.objects.filter(merged_into=partnership).order_by("id").values_list("pk", flat=True)
    return [f"partnership:{number}" for number in numbers]


def event(event_id: int, *, office_id: int) -> Event | None:
    """One event of this office; None where there is none of this number."""
    return Event.objects.filter(pk=event_id, office_id=office_id).select_related("partnership__partner").first()


def events_of(partnership: Partnership) -> QuerySet[Event]:
    """The events of one file, oldest first."""
    return Event.objects.filter(partnership=partnership).order_by("date_earliest", "id")


def events_of_office(office_id: int) -> QuerySet[Event]:
    """The events of every file of one office, in the order of entry."""
    return Event.objects.filter(office_id=office_id).order_by("id")


def attachments_of(partnership: Partnership) -> QuerySet[Attachment]:
    """The documents in one file with their stored files, the newest first; those that were withdrawn too."""
    rows = Attachment.objects.filter(partnership=partnership).select_related("file", "replaces")
    return rows.order_by("-id")


def attachments_for(subjects: Iterable[str], *, office_id: int) -> dict[str, list[Attachment]]:
    """Record → the documents that belong to it with their stored files, in the order in which they came; those that
    were withdrawn too. One query."""
    rows = Attachment.objects.filter(office_id=office_id, subject__in=list(subjects))
    found: dict[str, list[Attachment]] = {}
    for row in rows.select_related("file", "partnership", "replaces").order_by("id"):
        found.setdefault(row.subject, []).append(row)
    return found


def attachment(number: int, *, office_id: int) -> Attachment:
    """One document of this office's files, also a withdrawn one. Raises NoSuchAttachment, also for another office's."""
    rows = Attachment.objects.filter(pk=number, office_id=office_id)
    found = rows.select_related("file", "partnership").first()
    if found is None:
        raise NoSuchAttachment(number)
    return found


def attachments_behind(document_id: int, *, office_id: int) -> QuerySet[Attachment]:
    """The documents that were entered as this source, or as one joined to it, and still stand; oldest first."""
    same = Q(source_id=document_id) | Q(source__merged_into=document_id)
    rows = Attachment.objects.filter(same, office_id=office_id, withdrawn_at=None)
    return rows.select_related("partnership").order_by("id")


def notes_of(partnership: Partnership, *, by: Actor) -> QuerySet[Note]:
    """The notes that stand on a partner with their earlier wordings, newest first; two queries. Raises NotAllowed."""
    require(by, Permission.READ_PRIVATE, office_id=partnership.office_id)
    earlier = Prefetch("wordings", queryset=NoteWording.objects.order_by("-id"))
    return Note.objects.filter(partnership=partnership, withdrawn_at=None).prefetch_related(earlier).order_by("-id")


def note(number: int, *, office_id: int, by: Actor) -> Note:
    """One note of this office, also a withdrawn one. Raises NoSuchNote, also for another office's; NotAllowed."""
    require(by, Permission.READ_PRIVATE, office_id=office_id)
    found = Note.objects.filter(pk=number, office_id=office_id).select_related("partnership").first()
    if found is None:
        raise NoSuchNote(number)
    return found

"""Reading the journal."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kembar.journal.models import ChangeStamp
from kembar.journal.models import Entry as Entry  # pages name its type, never its table

SHARED_BY_ALL = 0
# Written out, because it is asked once for every request of a visitor and costs a third of what a queryset does.
_STAMPS = f"SELECT office_id, value FROM {ChangeStamp._meta.db_table} WHERE office_id IN (%s, %s)"  # noqa: S608


def change_stamp(*, office_id: int) -> str:
    """A word that differs after every change an anonymous visitor of this office could see. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, (SHARED_BY_ALL, office_id))
        values = dict(cursor.fetchall())
    return f"{values.get(SHARED_BY_ALL, 0)}.{values.get(office_id, 0)}"


def last_change(*, office_id: int) -> datetime | None:
    """When something was last changed in this office, or for all offices. Two small queries."""
    newest = [
        Entry.objects.filter(office_id=number).order_by("-id").values_list("at", flat=True).first()
        for number in (office_id, None)
    ]
    return max((at for at in newest if at is not None), default=None)


def of_file(about: str, *, office_id: int, merged: Iterable[str] = ()) -> QuerySet[Entry]:
    """All entries of one file, and of the files `merged` into it, newest first."""
    return Entry.objects.filter(about__in=[about, *merged], office_id=office_id).order_by("-id")


def of_record(subject: str, *, office_id: int) -> QuerySet[Entry]:
    """All entries of one record, newest first."""
    return Entry.objects.filter(subject=subject, office_id=office_id).order_by("-id")


def of_records(subjects: Iterable[str], *, office_id: int) -> QuerySet[Entry]:
    """All entries of several records, newest first."""
    return Entry.objects.filter(subject__in=list(subjects), office_id=office_id).order_by("-id")


def of_office(
    office_id: int, *, by: int | None = None, others: bool = False, people_only: bool = False
) -> QuerySet[Entry]:
    """Everything that happened in one office, newest first; of one person, or with `others` of everybody else.

    With `people_only` without what timers and the command line did.
    """
    rows = Entry.objects.filter(office_id=office_id)
    if people_only:
        rows = rows.filter(actor_id__isnull=False)
    if by is not None:
        rows = rows.exclude(actor_id=by) if others else rows.filter(actor_id=by)
    return rows.order_by("-id")


def did(verb: str, *, by: int, kind: str, office_id: int) -> Exists:
    """A condition on the rows of a table: this person did it to the record, which the journal names `kind:id`."""
    subject = Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    return Exists(Entry.objects.filter(subject=subject, verb=verb, actor_id=by, office_id=office_id))


@dataclass(frozen=True, slots=True)
class Changed:
    """When a record was first and last written of, and how often."""

    first: datetime
    last: datetime
    times: int


def changed_records(subjects: Iterable[str], *, office_id: int) -> dict[str, Changed]:
    """What the journal knows of each of these records. One query."""
    rows = Entry.objects.filter(office_id=office_id, subject__in=list(subjects)).order_by("subject")
    found = rows.values_list("subject").annotate(first=Min("at"), last=Max("at"), times=Count("id"))
    return {subject: Changed(first, last, times) for subject, first, last, times in found}


def newest_of(verbs: Collection[str], *, office_id: int, about: str = "", limit: int) -> list[str]:
    """Subjects of the newest entries with one of these verbs, each once, the newest first; `limit` entries are read."""
    rows = Entry.objects.filter(office_id=office_id, verb__in=verbs)
    if about:
        rows = rows.filter(about=about)
    return list(dict.fromkeys(rows.order_by("-id").values_list("subject", flat=True)[:limit]))


def last_changes(office_id: int) -> dict[str, datetime]:
    """When something was last written of each file of an office, by the file's key. One query."""
    rows = Entry.objects.filter(office_id=office_id).exclude(about="").order_by("about")
    return dict(rows.values_list("about").annotate(last=Max("at")))

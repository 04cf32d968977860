"""Reading the journal."""

from django.db import connection
from django.db.models import QuerySet

from kembar.journal.models import ChangeStamp, Entry

SHARED_BY_ALL = 0
# Written out, because it is asked once for every request of a visitor and costs a third of what a queryset does.
_STAMPS = f"SELECT office_id, value FROM {ChangeStamp._meta.db_table} WHERE office_id IN (%s, %s)"  # noqa: S608


def change_stamp(*, office_id: int) -> str:
    """A word that differs after every change an anonymous visitor of this office could see. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, (SHARED_BY_ALL, office_id))
        values = dict(cursor.fetchall())
    return f"{values.get(SHARED_BY_ALL, 0)}.{values.get(office_id, 0)}"


def of_file(about: str, *, office_id: int) -> QuerySet[Entry]:
    """All entries of one file, newest first."""
    return Entry.objects.filter(about=about, office_id=office_id).order_by("-id")


def of_record(subject: str, *, office_id: int) -> QuerySet[Entry]:
    """All entries of one record, newest first."""
    return Entry.objects.filter(subject=subject, office_id=office_id).order_by("-id")


def of_office(office_id: int) -> QuerySet[Entry]:
    """Everything that happened in one office, newest first."""
    return Entry.objects.filter(office_id=office_id).order_by("-id")

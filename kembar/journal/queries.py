"""Reading the journal."""

from django.db.models import QuerySet

from kembar.journal.models import ChangeStamp, Entry

SHARED_BY_ALL = 0


def change_stamp(*, office_id: int) -> str:
    """A word that differs after every change an anonymous visitor of this office could see. One query."""
    rows = ChangeStamp.objects.filter(pk__in=(SHARED_BY_ALL, office_id)).values_list("pk", "value")
    values = dict(rows)
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

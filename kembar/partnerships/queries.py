"""Reading partnerships and events."""

from django.db.models import QuerySet

from kembar.partnerships.models import Event, Partnership


class NoSuchPartnership(Exception):
    """This office keeps no such file."""


def files_of(office_id: int) -> QuerySet[Partnership]:
    """All files of one office with their partners."""
    return Partnership.objects.filter(office_id=office_id).select_related("partner").order_by("slug", "id")


def file(slug: str, *, office_id: int) -> Partnership:
    """One file of this office. Raises NoSuchPartnership, also for a file of another office."""
    found = Partnership.objects.filter(office_id=office_id, slug=slug).select_related("partner", "office").first()
    if found is None:
        raise NoSuchPartnership(slug)
    return found


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


def events_of(partnership: Partnership) -> QuerySet[Event]:
    """The events of one file, oldest first."""
    return Event.objects.filter(partnership=partnership).order_by("date_earliest", "id")


def events_of_office(office_id: int) -> QuerySet[Event]:
    """The events of every file of one office, in the order of entry."""
    return Event.objects.filter(office_id=office_id).order_by("id")

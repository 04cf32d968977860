"""Reading saved views."""

from django.db.models import Q, QuerySet

from kembar.access.permissions import Actor
from kembar.web.models import SavedView


class NoSuchView(Exception):
    """This person has no such saved view in this office."""


def views_of(page: str, *, by: Actor, office_id: int) -> QuerySet[SavedView]:
    """What somebody saved of a list, and what the office shares, by name."""
    mine = Q(person_id=by.person_id) | Q(person_id__isnull=True)
    return SavedView.objects.filter(mine, office_id=office_id, page=page).order_by("name", "id")


def saved_view(view_id: int, *, by: Actor, office_id: int) -> SavedView:
    """Raises NoSuchView, also for a colleague's own view."""
    mine = Q(person_id=by.person_id) | Q(person_id__isnull=True)
    found = SavedView.objects.filter(mine, pk=view_id, office_id=office_id).first()
    if found is None:
        raise NoSuchView(view_id)
    return found

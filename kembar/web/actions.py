"""Keeping lists somebody wants to come back to. They are conveniences: the journal does not speak of them."""

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.lib.text import clean
from kembar.web.models import SavedView


class WrongView(Exception):
    """A saved view needs a name of at most 80 characters and an address of at most 1,000."""


@transaction.atomic
def save_view(*, by: Actor, office_id: int, page: str, name: str, query: str, shared: bool) -> SavedView:
    """Keeps a list under a name, for oneself or, `shared`, for the office; the same name again replaces it.

    Raises WrongView.
    """
    require(by, Permission.KEEP_REGISTER if shared else Permission.READ_DESK, office_id=office_id)
    name = clean(name)
    if not name or len(name) > 80 or len(query) > 1000:
        raise WrongView
    view, _ = SavedView.objects.update_or_create(
        office_id=office_id, person_id=None if shared else by.person_id, page=page, name=name,
        defaults={"query": query},
    )  # fmt: skip
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: Actor) -> None:
    """Takes a saved view away; one of the office only by who keeps its register."""
    shared = view.person_id is None
    require(by, Permission.KEEP_REGISTER if shared else Permission.READ_DESK, office_id=view.office_id)
    view.delete()

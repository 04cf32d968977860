"""Who may enter a page. A view without one of these marks is closed to everyone: nothing is open by accident."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kembar.access.permissions import ANONYMOUS, Actor, Permission, may

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Entry:
    """What is written over a view's door: the permission it asks for, or why it asks for none."""

    permission: Permission | None
    reason: str = ""
    account: bool = False  # somebody must be signed in, whoever it is
    by_token: bool = False  # a program shows an access token for it; no session counts
    by_method: "Mapping[str, Entry]" = field(default_factory=dict)  # where one address asks for more than one thing

    @property
    def is_closed(self) -> bool:
        """Whether a visitor who has not signed in is refused."""
        return self.account or self.permission is not None


class UnmarkedView(Exception):
    """A view was reached that does not say who may enter."""


def public(reason: str) -> Callable[[View], View]:
    """Everyone may enter; `reason` says why, in one sentence for whoever reviews what the site shows."""
    if not reason.strip():
        raise ValueError("a public view needs a reason")
    return _mark(Entry(permission=None, reason=reason))


def signed_in(reason: str) -> Callable[[View], View]:
    """Whoever is signed in may enter, for their own account; `reason` says why no permission is asked for."""
    if not reason.strip():
        raise ValueError("a view without a permission needs a reason")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if actor_of(request).person_id is None:
                raise Http404
            return view(request, *args, **kwargs)

        return _mark(Entry(permission=None, reason=reason, account=True))(guarded)

    return mark


def needs(permission: Permission) -> Callable[[View], View]:
    """Only who holds the permission in the office of the page may enter; for all others the page does not exist.

    Whoever signs people in sets `request.actor`; whoever reads the office from the address sets `request.office_id`.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(actor_of(request), permission, office_id=getattr(request, "office_id", None)):
                raise Http404
            return view(request, *args, **kwargs)

        return _mark(Entry(permission=permission))(guarded)

    return mark


def actor_of(request: HttpRequest) -> Actor:
    """Who asks: a visitor unless somebody signed in."""
    actor = getattr(request, "actor", ANONYMOUS)
    if not isinstance(actor, Actor):
        raise TypeError(f"request.actor is a {type(actor).__name__}, not an Actor")
    return actor


def entry_of(view: Callable[..., Any]) -> Entry | None:
    """What is written over the view's door, None when nothing is."""
    entry = getattr(view, "entry", None)
    return entry if isinstance(entry, Entry) else None


class ClosedByDefault:
    """Refuses to run a view that nobody marked. A test walks all addresses, so this is the second lock."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if entry_of(view) is None:
            raise UnmarkedView(f"{view.__module__}.{getattr(view, '__qualname__', view)} does not say who may enter")


def _mark(entry: Entry) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.entry = entry  # type: ignore[attr-defined]
        return view

    return mark

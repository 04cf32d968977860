"""Every address says who may enter and is written like the others.

Why: a page nobody marked is open by accident, and offices share one instance; an address is a promise, so it is decided
once. How to satisfy: mark the view with `@public("why")` or `@needs(Permission.X)` from kembar/web/entry.py; write
addresses in small letters with hyphens, nouns then verbs, ending in a slash unless they are a file or for programs.
"""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from kembar.access.permissions import ANONYMOUS, EVERYONE, INSTANCE_WIDE, Permission
from kembar.web.entry import Entry, entry_of, needs
from tests.personas import jihoon

# Views of libraries, which carry no mark of ours: dotted name → who may enter and why.
LIBRARY_VIEWS: dict[str, str] = {}
PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|<(\w+:)?\w+>([-.][a-z0-9]+)*|(<(\w+:)?\w+>[-.]?)+([a-z0-9]+)?")
FILE = re.compile(r"\.(csv|xlsx|json|jsonl|xml|svg|png|txt|ics|pdf|docx|zip|webmanifest|ico|\w*>)$|\.<\w+:\w+>$")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        else:
            yield route, pattern


def dotted_name(view: Callable[..., Any]) -> str:
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def badly_written(route: str) -> bool:
    if route == "" or FILE.search(route):
        parts = route.split("/")[:-1]
    elif route.startswith("api/v1/"):
        parts = route.split("/")  # as programs expect it: without a slash at the end
    elif not route.endswith("/"):
        return True
    else:
        parts = route.rstrip("/").split("/")
    return not all(PART.fullmatch(part) for part in parts)


def test_every_address_says_who_may_enter() -> None:
    found = [
        f"/{route} → {dotted_name(pattern.callback)}"
        for route, pattern in patterns(get_resolver())
        if entry_of(pattern.callback) is None and dotted_name(pattern.callback) not in LIBRARY_VIEWS
    ]
    assert not found, "\n".join(found)


def let_in(route: str, view: Callable[..., Any]) -> list[str]:
    """Which of those who have no business behind a closed door it let in all the same."""
    entry = entry_of(view)
    if entry is None or entry.permission is None or entry.permission in INSTANCE_WIDE | EVERYONE:
        return []
    inside = []
    for actor in (ANONYMOUS, jihoon(office_id=2)):
        request = RequestFactory().get(f"/{route}")
        request.__dict__.update(actor=actor, office_id=1)
        try:
            view(request)
        except Http404:
            continue
        except Exception:
            logging.getLogger(__name__).info("failed behind the door: the door was open", exc_info=True)
        inside.append(f"/{route} let in {actor.label or 'a stranger'}")
    return inside


def test_a_closed_page_does_not_exist_for_strangers_and_for_officers_of_another_office() -> None:
    found = [line for route, pattern in patterns(get_resolver()) for line in let_in(route, pattern.callback)]
    assert not found, "\n".join(found)


def test_the_guard_sees_a_door_that_is_marked_and_not_locked() -> None:
    def unlocked(request: HttpRequest) -> HttpResponse:
        return HttpResponse("inside")

    unlocked.entry = Entry(Permission.KEEP_REGISTER)  # type: ignore[attr-defined]
    assert let_in("unlocked/", unlocked) == ["/unlocked/ let in a stranger", "/unlocked/ let in Ji-hoon"]
    assert let_in("locked/", needs(Permission.KEEP_REGISTER)(lambda request: HttpResponse("inside"))) == []


def test_addresses_are_written_alike() -> None:
    found = [
        f"/{route}"
        for route, pattern in patterns(get_resolver())
        if isinstance(pattern.pattern, RoutePattern) and badly_written(route)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("route", "bad"),
    [
        ("", False),
        ("<slug:office>/partners/", False),
        ("api/v1/lead-times", False),
        ("api/v1/claims/<number:id>/decision", False),
        ("api/v1/claims/", True),
        ("api/v1/lead_times", True),
        ("<slug:office>/partners.csv", False),
        ("<slug:office>/how-many/", False),
        ("<slug:office>/how_many/", True),
        ("Partners/", True),
        ("partners", True),
        ("partners/<int:key>/confirm/", False),
    ],
)
def test_the_guard_knows_how_addresses_are_written(route: str, bad: bool) -> None:
    assert badly_written(route) is bad


def test_every_page_has_a_name_by_which_others_link_to_it() -> None:
    assert [f"/{route}" for route, pattern in patterns(get_resolver()) if not pattern.name] == []

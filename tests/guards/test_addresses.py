"""Every address says who may enter and is written like the others.

Why: a page nobody marked is open by accident, and offices share one instance; an address is a promise, so it is decided
once. How to satisfy: mark the view with `@public("why")` or `@needs(Permission.X)` from kembar/web/entry.py; write
addresses in small letters with hyphens, nouns then verbs, ending in a slash unless they are a file.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from kembar.web.entry import entry_of

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

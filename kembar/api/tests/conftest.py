"""The sample register, and programs that ask for it: one without a token, one of an officer of its office."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kembar.access.permissions import Role, Scope
from kembar.cities.models import Office
from kembar.people.actions.tokens import make_token
from kembar.people.models import Account
from kembar.people.queries import actor
from tests.members import member, office


class Program:
    """What a program does: asks, with or without its token, and reads JSON."""

    def __init__(self, token: str = "", language: str = "en") -> None:
        self.client = Client()
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> HttpResponse:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        given = {"data": data, "content_type": "application/json"} if body is not None else {}
        asked = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        answer: HttpResponse = self.client.generic(method, f"/api/v1{path}", headers=asked, **given)  # type: ignore[arg-type]
        return answer

    def get(self, path: str) -> Any:
        answer = self.ask(path)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()  # type: ignore[attr-defined]

    def problem(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> tuple[int, Any]:
        """Status and body of an answer that is a problem."""
        answer = self.ask(path, method, body, **headers)
        assert answer.headers["Content-Type"] == "application/problem+json", answer.content.decode()
        told = answer.json()  # type: ignore[attr-defined]
        assert told["status"] == answer.status_code
        return answer.status_code, told


def program_of(person: Account, office: Office, *scopes: str, language: str = "en") -> Program:
    made = make_token(person, by=actor(person), office=office, name="Portal", scopes=scopes or Scope.values, days=30)
    return Program(made.token, language)


@pytest.fixture
def bandung(sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.get(slug="bandung")


@pytest.fixture
def visitor(bandung: Office) -> Program:
    return Program()


@pytest.fixture
def sari(bandung: Office) -> Account:
    return member("Sari", Role.OFFICER, office=bandung)


@pytest.fixture
def officer(sari: Account, bandung: Office) -> Program:
    return program_of(sari, bandung)


@pytest.fixture
def stranger(bandung: Office) -> Program:
    """With every scope, in another office."""
    daegu = office("daegu")
    return program_of(member("Jihoon", Role.OFFICER, office=daegu), daegu)


@pytest.fixture
def count_queries(visitor: Program) -> Callable[[str], int]:
    """How many queries an answer costs that nothing was kept of."""

    def count(path: str) -> int:
        for cache in caches.all(initialized_only=True):
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            visitor.get(path)
        return len(captured.captured_queries)

    return count

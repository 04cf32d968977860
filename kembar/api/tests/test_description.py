"""The description of the API is OpenAPI, says what the addresses do, and is there for people in four languages."""

import json

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from openapi_spec_validator import OpenAPIV31SpecValidator

from kembar.api.tests.conftest import Program
from kembar.api.urls import urlpatterns
from kembar.api.v1.operations import OPERATIONS
from kembar.web.entry import entry_of
from tests.members import office

pytestmark = pytest.mark.django_db


def test_the_description_is_openapi_31() -> None:
    document = json.loads(Client().get("/api/v1/openapi.json").content)
    assert document["openapi"] == "3.1.0"
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_description_is_the_same_whoever_asks() -> None:
    asked = [Client().get("/api/v1/openapi.json", headers={"Accept-Language": one}).content for one in ("ko", "en")]
    assert asked[0] == asked[1]


def test_every_operation_says_who_may_enter_where_the_guards_look() -> None:
    written = {}
    for pattern in urlpatterns[1:]:
        entry = entry_of(pattern.callback)
        assert entry is not None
        assert entry.by_token
        written |= {(method, str(pattern.name)): door for method, door in entry.by_method.items()}
    assert sorted(map(str, written.values())) == sorted(str(operation.entry) for operation in OPERATIONS)
    assert [one for one, door in written.items() if door.permission is None and not door.reason] == []
    assert [one for one, door in written.items() if door.permission is None and one[0] != "GET"] == []


@pytest.mark.parametrize(
    ("prefix", "heading"),
    [("", "Untuk program lain"), ("/en", "For other programs"), ("/ko", "다른 프로그램용"), ("/zh", "供其他程序使用")],
)
def test_people_read_every_operation_in_their_language(prefix: str, heading: str) -> None:
    office()
    answer = Client().get(f"{prefix}/api/docs/")
    page = answer.content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert [one.name for one in OPERATIONS if f'id="{one.name}"' not in page] == []
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_problem_leads_to_its_line_on_the_page(visitor: Program) -> None:
    kind = visitor.problem("/nothing")[1]["type"]
    address, _, place = kind.partition("#")
    assert address == f"http://localhost:8000{reverse('api-docs')}"
    assert f'<tr id="{place}">' in Client().get("/en/api/docs/").content.decode()


def test_the_api_stands_before_every_office_of_that_name() -> None:
    assert get_resolver().resolve("/api/v1/openapi.json").view_name == "api-description"

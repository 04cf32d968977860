"""schemathesis sends what nobody thought of, right and wrong, to every operation with and without a token, and holds
each answer against the description: status, headers, type and shape of the body, wrong input refused."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kembar.access.permissions import Role
from kembar.api.tests.conftest import program_of
from kembar.api.v1.operations import OPERATIONS
from kembar.cities.models import Office
from tests.members import member

pytestmark = pytest.mark.django_db
EXAMPLES = 5
# JSON Schema cannot say which offices, records and days there are, nor which doubts a value raises.
NOT_ASKED = [positive_data_acceptance]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Where nothing is taken nothing can be wrong.
TAKES_SOMETHING = {one.path for one in OPERATIONS if one.query or one.body or one.parameters}
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture(autouse=True)
def _as_often_as_it_takes(settings: Any) -> Iterator[None]:
    """No bound on requests; and the connection of the test stays open between them, as with Django's own client."""
    settings.KEMBAR_API_PER_MINUTE = 1_000_000
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def keeps_its_word(headers: dict[str, str], only: str = "") -> int:
    """How many operations were tried. Raises FailureGroup with what does not fit."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    # Asked through WSGI nobody unpacks an answer; that they come packed is tried where packing is.
    plain, tried = headers | {"Accept-Encoding": "identity"}, 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if only and operation.path != only:
            continue
        tried += 1
        for mode in MODES if operation.path in TAKES_SOMETHING else MODES[:1]:

            @SETTINGS
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def holds(case: Any) -> None:
                for cache in caches.all(initialized_only=True):
                    cache.clear()
                case.call_and_validate(headers=plain, excluded_checks=NOT_ASKED)

            holds()
    return tried


def test_every_operation_keeps_to_its_description_with_a_token(bandung: Office) -> None:
    person = member("Sari", Role.OFFICER, office=bandung)
    token = program_of(person, bandung).headers["Authorization"]
    assert keeps_its_word({"Authorization": token}) == len(OPERATIONS)


def test_every_operation_keeps_to_its_description_without_a_token(bandung: Office) -> None:
    assert keeps_its_word({}) == len(OPERATIONS)


def test_an_answer_that_does_not_fit_is_found(bandung: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kembar.api.v1.offices.named", lambda usual, english: {"id": english})
    with pytest.raises(FailureGroup):
        keeps_its_word({}, only="/offices")

"""The sample register as visitors see it, put there once for each file of tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from kembar.cities.models import Office
from tests.sample import tell


@pytest.fixture(scope="module")
def _told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Inside a transaction around all tests of the file; each test's own is a savepoint in it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        tell("register")
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def bandung(_told: None, db: None) -> Office:
    """Bandung's register of real partners."""
    return Office.objects.select_related("local_government").get(slug="bandung")

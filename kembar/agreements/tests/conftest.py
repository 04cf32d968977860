"""The sample register, and an office without a file."""

from collections.abc import Callable

import pytest

from kembar.cities.models import Office
from kembar.demo import stages


@pytest.fixture
def empty_office(db: None) -> Office:
    return stages.bandung()


@pytest.fixture
def story(db: None, sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.get(slug="bandung")

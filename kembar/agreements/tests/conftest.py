"""The sample register, and an office without a file."""

import pytest

from kembar.cities.models import Office
from kembar.demo import stages


@pytest.fixture
def empty_office(db: None) -> Office:
    return stages.bandung()


@pytest.fixture
def story(db: None) -> Office:
    return stages.claims()

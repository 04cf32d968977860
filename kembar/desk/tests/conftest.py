"""The sample register, and somebody who asks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.desk.tests import entering
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file
from tests.personas import sari

DOOR = "kembar.desk.tests.entering.Door"
SIGN_IN = "kembar.people.middleware.who_asks"


@pytest.fixture
def as_person(settings: Any) -> Iterator[Callable[[Actor], None]]:
    """`as_person(sari(office_id=…))`: from now on she is the one who asks."""
    own = [name for name in settings.MIDDLEWARE if name != SIGN_IN]
    settings.MIDDLEWARE = [*own[:-1], DOOR, own[-1]]
    yield entering.WHO.append
    entering.WHO.clear()


@pytest.fixture
def bandung(story: Office, as_person: Callable[[Actor], None]) -> Office:
    """The sample office with Sari at its desk."""
    as_person(sari(office_id=story.pk))
    return story


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return file("suwon", office_id=bandung.pk)


@pytest.fixture
def story(db: None, sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.get(slug="bandung")

"""What pages keep between two changes of an office."""

from typing import Any

import pytest
from django.core.cache import caches

from kembar.desk.kept import kept
from kembar.journal.actions import touch

pytestmark = pytest.mark.django_db


def test_what_is_made_anew_takes_the_place_of_what_was_kept() -> None:
    memory: Any = caches["memory"]
    made = iter(range(9))

    def figure(office_id: int) -> int:
        return kept("figure", office_id, lambda: next(made))

    found = [figure(1), figure(1), figure(2)]
    for _ in range(2):
        touch(office_id=1)
        found += [figure(1), figure(2)]
    touch(office_id=None)
    assert ([*found, figure(2)], len(memory._cache)) == ([0, 0, 1, 2, 1, 3, 1, 4], 2)

"""What is private is found by nobody who does not ask for it on purpose."""

import pytest

from kembar.search.actions import index
from kembar.search.queries import find

pytestmark = pytest.mark.django_db


def test_a_private_record_is_found_only_where_private_ones_are_asked_for() -> None:
    index("contact:1", kind="contact", office_id=7, title="Kim Minji", public=False, private=True)
    found = [find("minji", office_ids=[7], public_only=False, private=private) for private in (False, True)]
    assert [[hit.subject for hit in hits] for hits in found] == [[], ["contact:1"]]
    assert find("minji", office_ids=[8], public_only=False, private=True) == []
    assert find("minji", office_ids=None, public_only=True, private=True) == []


def test_a_record_that_is_no_longer_private_is_found_again() -> None:
    for private in (True, False):
        index("event:1", kind="event", office_id=7, title="Minji visits", public=False, private=private)
    assert [hit.subject for hit in find("minji", office_ids=[7], public_only=False)] == ["event:1"]


def test_nothing_is_public_and_private_at_once() -> None:
    with pytest.raises(ValueError, match="public and private"):
        index("contact:1", kind="contact", office_id=7, title="Kim", public=True, private=True)

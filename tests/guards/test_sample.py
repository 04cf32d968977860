"""The sample story put back is the story told.

Why: nearly every journey stands on it; were it put back wrongly, all of them would be true of something that never was.
"""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import models

from kembar.journal import actions as journal
from kembar.journal.models import Entry
from tests import personas
from tests.guards.test_foreign_keys import ours


def rows() -> dict[str, list[dict[str, object]]]:
    tables: list[type[models.Model]] = ours()
    return {table._meta.label: list(table._base_manager.order_by("pk").values()) for table in tables}


@pytest.mark.django_db(transaction=True)
def test_the_story_is_put_back_as_it_was_told(sample: Callable[[str], None]) -> None:
    sample("register")
    told = rows()
    assert len(told["journal.Entry"]) > 100
    call_command("flush", interactive=False, verbosity=0)
    assert {table for table, kept in rows().items() if kept} == set()
    sample("register")
    assert rows() == told


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_the_story_gets_numbers_of_its_own(sample: Callable[[str], None]) -> None:
    sample("register")
    last = Entry.objects.order_by("-pk")[0].pk
    entry = journal.record("planted.made", by=personas.sari(office_id=1), subject="a:1", office_id=1)
    assert entry.pk > last

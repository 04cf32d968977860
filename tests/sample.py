"""The sample story for tests: told once by the real actions, then put back row by row.

Telling it takes seconds, and journeys throw the database away after each test; so the rows are kept per process.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from kembar.demo import stages

_kept: dict[str, list[tuple[type[models.Model], list[Any]]]] = {}


def _tables() -> list[type[models.Model]]:
    """The product's own tables, and the second factors of the people in them."""
    ours = ("kembar.", "allauth.mfa.")
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(ours)]


def _put_back(rows: list[tuple[type[models.Model], list[Any]]]) -> None:
    # Foreign keys are looked at when the transaction ends, so the order of tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, kept in rows:
            table._base_manager.bulk_create(kept)
        for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(statement)


def _count_from_one() -> None:
    """A story has the same numbers wherever it is told, also where PostgreSQL has counted on through earlier tests."""
    empty = {table._meta.db_table for table in _tables() if not table._base_manager.exists()}
    sequences = [one for one in connection.introspection.sequence_list() if one["table"] in empty]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), sequences):
            cursor.execute(statement)


@pytest.fixture
def sample() -> Callable[..., None]:
    """`sample("register")`: an empty database holds the story up to that stage. Needs `django_db`.

    `more`: what a test file adds to it by real actions; it is done once per process as well.
    """

    def tell(stage: str, *, more: Callable[[], None] | None = None) -> None:
        name = f"{stage}, {more.__module__}.{more.__qualname__}" if more else stage
        if name in _kept:
            _put_back(_kept[name])
        else:
            _count_from_one()
            stages.tell(stage)
            if more is not None:
                more()
            _kept[name] = [(table, list(table._base_manager.order_by("pk"))) for table in _tables()]

    return tell

"""The sample story for tests: told once by the real actions, then put back table by table.

Telling it takes seconds, and journeys throw the database away after each test; so the rows are kept per process, as the
database's own driver gives them: to make objects of them again would cost a test more than what it looks at.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from kembar.demo import stages

_kept: dict[str, list[tuple[str, Any]]] = {}  # stage → (statement, what it writes)


def _tables() -> list[type[models.Model]]:
    """The product's own tables, and the second factors of the people in them."""
    ours = ("kembar.", "allauth.mfa.")
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(ours)]


def _keep(table: type[models.Model]) -> tuple[str, Any] | None:
    """How the table is filled again; nothing where it is empty."""
    quote = connection.ops.quote_name
    fields = [field for field in table._meta.local_concrete_fields if not getattr(field, "generated", False)]
    name, columns = quote(table._meta.db_table), [quote(str(field.column)) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({', '.join(columns)}) TO STDOUT") as lines:
                content = b"".join(lines)
            return (f"COPY {name} ({', '.join(columns)}) FROM STDIN", content) if content else None
        # The plus sign keeps the driver from making days and truth values of what is stored.
        rows = cursor.execute(f"SELECT {', '.join(f'+{column}' for column in columns)} FROM {name}").fetchall()  # noqa: S608
        places = ", ".join(["%s"] * len(columns))
        return (f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", rows) if rows else None  # noqa: S608


def _put_back(kept: list[tuple[str, Any]]) -> None:
    # Foreign keys are looked at when the transaction ends, so the order of tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, content in kept:
            if connection.vendor == "postgresql":
                with cursor.copy(statement) as lines:
                    lines.write(content)
            else:
                cursor.executemany(statement, content)
        if counters := connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute("\n".join(counters))


def _count_from_one() -> None:
    """A story has the same numbers wherever it is told, also where PostgreSQL has counted on through earlier tests."""
    empty = {table._meta.db_table for table in _tables() if not table._base_manager.exists()}
    sequences = [one for one in connection.introspection.sequence_list() if one["table"] in empty]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), sequences):
            cursor.execute(statement)


def tell(stage: str, *, more: Callable[[], None] | None = None) -> None:
    """An empty database holds the story up to that stage.

    `more`: what a test file adds to it by real actions; it is done once per process as well.
    """
    name = f"{stage}, {more.__module__}.{more.__qualname__}" if more else stage
    if name in _kept:
        _put_back(_kept[name])
        return
    _count_from_one()
    stages.tell(stage)
    if more is not None:
        more()
    _kept[name] = [kept for table in _tables() if (kept := _keep(table))]


@pytest.fixture
def sample() -> Callable[..., None]:
    """`sample("register")`: `tell` above. Needs `django_db`."""
    return tell

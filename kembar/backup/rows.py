"""Rows as lines of text, the same from either database, and back."""

import json
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.db import models

# Made again by everybody's next visit, or by bringing the database up to date.
LEFT_OUT = ("contenttypes", "auth", "sessions", "usersessions")
# Of the last minutes alone, and no use on another day.
COUNTED = ("people.counted", "people.asked")
_AT_A_TIME = 1000


def kept_models(registry: Any = apps) -> list[Any]:
    """Every table that is backed up, in an order that is always the same."""
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
        if model._meta.label_lower not in COUNTED
    ]
    return sorted(found, key=lambda model: str(model._meta.label_lower))


def part_of(model: Any) -> str:
    return f"tables/{model._meta.label_lower}.jsonl"


def lines_of(model: Any, *, using: str) -> Iterator[bytes]:
    """The columns, then every row by its key. Must run inside a transaction that sees one moment."""
    columns = model._meta.local_concrete_fields
    yield _line([column.attname for column in columns])
    rows = model._base_manager.using(using).order_by("pk")
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        yield _line([_written(column, row) for column in columns])


def put_back(model: Any, lines: IO[bytes], *, using: str) -> int:
    """Writes the rows of one part; how many. `model` is the table as it was when the backup was made."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    columns = [fields[name] for name in json.loads(lines.readline())]
    count, waiting = 0, []
    for line in lines:
        values = json.loads(line)
        waiting.append(
            model(**{column.attname: _read(column, value) for column, value in zip(columns, values, strict=True)})
        )
        if len(waiting) == _AT_A_TIME:
            count += _insert(model, waiting, using)
            waiting = []
    return count + _insert(model, waiting, using)


def _insert(model: Any, rows: list[Any], using: str) -> int:
    model._base_manager.using(using).bulk_create(rows, batch_size=200)
    return len(rows)


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _written(column: Any, row: Any) -> Any:
    value = column.value_from_object(row)
    if value is None or isinstance(column, models.JSONField):
        return value
    return column.value_to_string(row)


def _read(column: Any, value: Any) -> Any:
    return value if value is None or isinstance(column, models.JSONField) else column.to_python(value)

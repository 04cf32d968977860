"""Foreign keys point down the order of concepts, and every table of an office's own says whose it is.

Why: a string foreign key ("cities.City") ties two concepts where import-linter cannot see it, and a table without its
office cannot be filtered by tenant. How to satisfy: point down the order or name the record as text (`concept:id`);
give tables of concepts above `people` an office.
"""

import pytest
from django.apps import apps
from django.db import models

from tests.guards.tree import heights

# Tables above `people` that belong to no single office → why.
SHARED_TABLES: dict[str, str] = {
    "reminders.CalendarAddress": "a person's own, whatever offices they belong to",
    "reminders.Choice": "a person's own, whatever offices they belong to",
    "reminders.Digest": "one letter for a person, whatever offices they belong to",
    "procedure.TemplateVersion": "the law is the same for every office of the instance",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kembar.")]


def allowed(source: str, target: str) -> bool:
    """Whether a table of `source` may point at one of `target` (names of concepts)."""
    return source == target or heights()[source] > heights()[target]


def relations(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    return [
        field
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field.related_model, type)
    ]


def test_foreign_keys_point_down() -> None:
    found = [
        f"{model._meta.label}.{field.name} points up at {field.related_model._meta.label}"  # type: ignore[union-attr]
        for model in ours()
        for field in relations(model)
        if not allowed(model._meta.app_label, field.related_model._meta.app_label)  # type: ignore[union-attr]
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "target", "may"),
    [
        ("agreements", "partnerships", True),
        ("partnerships", "agreements", False),
        ("cities", "people", False),
        ("meetings", "programmes", True),
        ("trade", "exchange", False),
        ("trade", "trade", True),
    ],
)
def test_the_guard_knows_up_from_down(source: str, target: str, may: bool) -> None:
    assert allowed(source, target) is may


def test_every_table_above_people_says_whose_it_is() -> None:
    found = [
        model._meta.label
        for model in ours()
        if heights()[model._meta.app_label] > heights()["people"]
        and model._meta.label not in SHARED_TABLES
        and "office_id" not in {column for field in model._meta.fields for column in (field.name, field.attname)}
    ]
    assert not found, "\n".join(found)

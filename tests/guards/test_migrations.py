"""Each concept's migrations are one line of numbered steps with names.

Why: two people who add a migration at once make a fork that fails only at the next install; `0007_auto` tells an
administrator nothing. How to satisfy: rebase, delete your migration, make it again with `makemigrations --name`.
"""

import re

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.guards.tree import PRODUCT, concepts, files, short, syntax

NAME = re.compile(r"^(\d{4})_(?!auto)[a-z][a-z0-9_]+$")


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.parametrize("concept", concepts())
def test_the_migrations_of_a_concept_are_one_line(concept: str, loader: MigrationLoader) -> None:
    steps = sorted(name for app, name in loader.disk_migrations if app == concept)
    numbers = [NAME.match(name) for name in steps]
    assert [name for name, number in zip(steps, numbers, strict=True) if number is None] == []
    assert [int(number[1]) for number in numbers if number] == list(range(1, len(steps) + 1))
    parents = {
        name: [parent for app, parent in loader.disk_migrations[concept, name].dependencies if app == concept]
        for name in steps
    }
    assert parents == {name: steps[index - 1 : index] if index else [] for index, name in enumerate(steps)}


def test_migrations_do_not_lean_on_tables_as_they_are_today() -> None:
    """A migration runs years later: it may use fields of kembar.lib, and its own copy of everything else."""
    import ast

    found = [
        f"{short(path)} imports {node.module}"
        for path in files(".py", under=PRODUCT)
        if "migrations" in path.parts
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("kembar.")
        and not (node.module or "").startswith(("kembar.lib.", "kembar.search."))
    ]
    assert not found, "\n".join(found)

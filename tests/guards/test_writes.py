"""A table is written by its own concept's actions and by nothing else.

Why: rules, the journal line and the letters hang on the action; a row changed from elsewhere skips them all. How to
satisfy: call the other concept's action. Two guards: the source is read here, and every test runs under
`tests/strict.py`, which sees the writes that no source shows (`instrument.partnership.save()`, a cascade).
"""

import ast

import pytest

from tests.guards.tree import concept_of, dotted, kind_of, product_code, short, syntax

WRITES = {"create", "bulk_create", "acreate", "update", "bulk_update", "get_or_create", "update_or_create", "delete"}


def models_named(tree: ast.Module) -> dict[str, str]:
    """Name used in this file → concept whose models.py it comes from."""
    return {
        alias.asname or alias.name: str(node.module).split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("kembar.")
        for alias in node.names
        if str(node.module).endswith(".models") or alias.name == "models"
    }


def foreign_writes(tree: ast.Module, *, concept: str, kind: str) -> list[str]:
    """Writes to tables that this file has no business writing, as "line: chain"."""
    owners = models_named(tree)
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        chain = dotted(node.func).split(".")
        owner = owners.get(chain[0])
        saves = chain[-1] in {"save", "asave"}
        writes = bool(owner) and (saves or chain[-1] in WRITES and "objects" in chain)
        if (writes and owner != concept) or (kind != "actions" and (writes or (owners and saves))):
            found.append(f"line {node.lineno}: {'.'.join(chain)}")
    return found


def test_only_a_concepts_own_actions_write_its_tables() -> None:
    found = [
        f"{short(path)}, {write}"
        for path in product_code()
        for write in foreign_writes(syntax(path), concept=concept_of(path), kind=kind_of(path))
    ]
    assert not found, "\n".join(found)


OTHER = "from kembar.agreements.models import Instrument\n"
OWN = "from kembar.partnerships.models import Partnership\n"


@pytest.mark.parametrize(
    ("source", "kind", "found"),
    [
        (OTHER + "Instrument.objects.filter(id=1).update(state='x')", "actions", 1),
        (OTHER + "Instrument(title='x').save()", "actions", 1),
        (OTHER + "Instrument.objects.filter(id=1).exists()", "actions", 0),
        (OWN + "Partnership.objects.create(kind='sister')", "actions", 0),
        (OWN + "Partnership.objects.create(kind='sister')", "queries", 1),
        (OWN + "partnership.save()", "views", 1),
        (OWN + "cache.delete('x')", "queries", 0),
        ("image.save('map.svg')", "views", 0),
    ],
)
def test_the_guard_sees_them(source: str, kind: str, found: int) -> None:
    assert len(foreign_writes(ast.parse(source), concept="partnerships", kind=kind)) == found

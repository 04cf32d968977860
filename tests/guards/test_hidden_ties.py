"""No tie between concepts that an import does not show.

Why: import-linter sees imports only. `apps.get_model(…)`, a signal, Django's admin or a ModelForm tie two concepts, or
a page to a table, behind its back. How to satisfy: the higher concept calls the lower one's action or query
(DEVELOPERS.md); a thing to gather is a line in the list of the folder above; a form is a plain `forms.Form` whose view
calls an action.
"""

import ast

import pytest

from tests.guards.tree import product_code, short, syntax

REFUSED_IMPORTS = {
    "django.apps.apps": "ask the concept's queries",
    "django.dispatch": "no signals: the higher concept calls the lower one",
    "django.db.models.signals": "no signals: the higher concept calls the lower one",
    "django.contrib.admin": "every write is an action with a page of its own",
    "django.forms.ModelForm": "a form never saves: its view calls an action",
    "django.forms.models": "a form never saves: its view calls an action",
    "django.contrib.contenttypes": "name a record as text, `concept:id`",
}
REFUSED_NAMES = {"get_model", "ModelForm", "import_module", "import_string", "__import__"}


# Files that may → why.
TAKES_EVERY_TABLE = {
    "kembar/backup/rows.py": "a backup holds every table, also of a concept that nobody has thought of yet"
}


def hidden_ties(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            found += [
                f"line {line}: {name}: {instead}"
                for refused, instead in REFUSED_IMPORTS.items()
                if name == refused or name.startswith(f"{refused}.")
            ]
        called = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if called in REFUSED_NAMES:
            found.append(f"line {line}: {called}")
    return found


def test_no_concept_reaches_another_behind_the_back_of_the_order() -> None:
    looked_at = [path for path in product_code() if short(path) not in TAKES_EVERY_TABLE]
    assert [f"{short(path)}, {tie}" for path in looked_at for tie in hidden_ties(syntax(path))] == []
    assert {short(path) for path in product_code()} >= set(TAKES_EVERY_TABLE)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("from django.apps import apps", 1),
        ("from django.db.models.signals import post_save", 1),
        ("from django.dispatch import receiver", 1),
        ("from django import forms\nclass F(forms.ModelForm): ...", 1),
        ("import importlib\nimportlib.import_module(name)", 1),
        ("from django.apps import AppConfig", 0),
        ("from importlib.resources import files", 0),
        ("from django import forms\nclass F(forms.Form): ...", 0),
    ],
)
def test_the_guard_sees_them(source: str, count: int) -> None:
    assert len(hidden_ties(ast.parse(source))) == count

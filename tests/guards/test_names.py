"""A file's name says what is in it, and a folder's first line says what the folder is.

Why: `utils.py` is where code goes when nobody asked which word of the domain it is about; two years later everything
imports it. How to satisfy: DEVELOPERS.md, "Where a line of code goes".
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from tests.guards.tree import PRODUCT, ROOT, concepts, files, heights, short, syntax

REFUSED = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers", "manager"}
REFUSED |= {"base", "core", "shared", "stuff", "tools", "signals", "admin", "tests"}
OUTSIDE = {"tests"}  # folders may be called so


def refused(path: Path) -> bool:
    folders = set(path.relative_to(ROOT).parts[:-1]) - OUTSIDE
    return path.stem in REFUSED or bool(folders & (REFUSED - OUTSIDE))


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    assert [short(path) for path in files(".py", ".html", ".css", ".js", ".sh") if refused(path)] == []


@pytest.mark.parametrize("name", ["kembar/lib/utils.py", "kembar/helpers/x.py", "kembar/cities/services.py"])
def test_the_guard_refuses_such_names(name: str) -> None:
    assert refused(ROOT / name)


@pytest.mark.parametrize("name", ["kembar/lib/tests/test_dates.py", "kembar/cities/queries.py"])
def test_the_guard_lets_honest_names_pass(name: str) -> None:
    assert not refused(ROOT / name)


@pytest.mark.parametrize("concept", concepts())
def test_each_folder_says_in_its_first_line_what_it_is(concept: str) -> None:
    sentence = (ast.get_docstring(syntax(PRODUCT / concept / "__init__.py")) or "").strip().split("\n")[0]
    assert sentence.endswith("."), f"kembar/{concept}/__init__.py begins with a sentence that says what {concept} is"


@pytest.mark.parametrize("concept", concepts())
def test_each_folder_has_its_place_in_the_order(concept: str) -> None:
    assert concept in heights()


def test_templates_and_catalogues_lie_with_their_concept() -> None:
    stray = []
    for path in files(".html", ".po", under=PRODUCT):
        folder = path.relative_to(PRODUCT).parts
        if (
            path.suffix == ".html"
            and folder[1:3] != ("templates", folder[0])
            and folder[1:3] != ("templates", path.name)
        ):
            stray.append(short(path))
        if path.suffix == ".po" and folder[1] != "locale":
            stray.append(short(path))
    assert stray == []


def test_every_folder_with_texts_is_known_to_django() -> None:
    """Django reads catalogues, templates and commands of the apps it is told of, and passes over all others."""
    speaking = {
        f"kembar.{name}" for name in concepts() for part in ("locale", "templates") if (PRODUCT / name / part).is_dir()
    }
    assert sorted(speaking - set(settings.INSTALLED_APPS)) == []

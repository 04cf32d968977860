"""The order of concepts is enforced, also for what is made tomorrow.

Why: the contracts of import-linter live in pyproject.toml; a contract that matches nothing is kept for ever and
protects nobody. How to satisfy: import only downward (DEVELOPERS.md); name a new shell in the contract "doors".
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.tree import PRODUCT, ROOT, contract, syntax

SHELLS = ["public", "desk", "api"]  # import-linter leaves __main__ out of its graph
FILES = [
    "kembar/__init__.py",
    "kembar/lib/__init__.py",
    "kembar/cities/__init__.py",
    "kembar/cities/models.py",
    "kembar/cities/queries.py",
    "kembar/agreements/__init__.py",
    "kembar/public/__init__.py",
    "config/__init__.py",
]


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """A product of three folders under our contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shells = [name.replace(".", "/") for name in contract("doors")["source_modules"] if "*" not in name]
    for name in [
        *FILES,
        *(f"{shell}.py" if shell.endswith("__main__") else f"{shell}/__init__.py" for shell in shells),
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def broken_contracts(tree: Path) -> list[str]:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in run.stdout, run.stdout + run.stderr
    return [line.removesuffix(" BROKEN") for line in run.stdout.splitlines() if line.endswith(" BROKEN")]


def test_an_orderly_tree_passes(small_tree: Path) -> None:
    (small_tree / "kembar/agreements/actions.py").write_text("import kembar.cities.queries\n")
    assert broken_contracts(small_tree) == []


def test_a_look_upward_is_refused(small_tree: Path) -> None:
    (small_tree / "kembar/cities/queries.py").write_text("import kembar.agreements\n")
    assert broken_contracts(small_tree) == ["Concepts know only what stands below them"]


def test_a_folder_without_a_place_is_refused(small_tree: Path) -> None:
    (small_tree / "kembar/stuffing").mkdir()
    (small_tree / "kembar/stuffing/__init__.py").write_text("")
    assert broken_contracts(small_tree) == ["Concepts know only what stands below them"]


def test_a_page_that_touches_a_table_is_refused(small_tree: Path) -> None:
    (small_tree / "kembar/agreements/views.py").write_text("import kembar.cities.models\n")
    assert broken_contracts(small_tree) == [
        "Pages, the API and the command line go through queries and actions, never straight to tables"
    ]


def test_a_rule_that_knows_django_is_refused(small_tree: Path) -> None:
    (small_tree / "kembar/agreements/rules.py").write_text("import django\n")
    assert broken_contracts(small_tree) == ["Rules, extraction, clocks and scoring are plain Python"]


def test_every_shell_stands_behind_the_doors() -> None:
    exist = {f"kembar.{name}" for name in SHELLS if list(PRODUCT.glob(f"{name}*"))}
    assert exist - set(contract("doors")["source_modules"]) == set()


def test_the_command_line_goes_through_queries_and_actions() -> None:
    imported = [
        name
        for node in ast.walk(syntax(PRODUCT / "__main__.py"))
        if isinstance(node, ast.ImportFrom)
        for name in [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
    ]
    assert "kembar.cities.queries" in imported
    assert [name for name in imported if name.startswith("kembar.") and name.endswith(".models")] == []

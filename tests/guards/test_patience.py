"""A journey never reads a page right after a bare click, and lies where the journeys are.

Why: the click comes back before the next page has begun, so the test passes on a quiet machine and fails on a busy one.
How to satisfy: `follow(...)` where the click leads somewhere, `tap(...)` and then `expect(...)` where it does not
(tests/browser.py). `./check` reads no other folder for the browser: elsewhere a journey would never be made.
"""

import ast
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, files, short, syntax


def bare_clicks(tree: ast.Module) -> list[int]:
    """The lines that click by themselves, except inside a `with`, which waits for what the click brings."""
    waited = {id(node) for block in ast.walk(tree) if isinstance(block, ast.With) for node in ast.walk(block)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"click", "dblclick"}
        and id(node) not in waited
    ]


def test_every_click_is_waited_for() -> None:
    found = [
        f"{short(path)}:{line}"
        for path in files(".py", under=ROOT / "tests/journeys")
        for line in bare_clicks(syntax(path))
    ]
    assert not found, "\n".join(found)


def test_what_needs_a_browser_is_a_journey() -> None:
    tests = [path for path in files(".py") if path.name.startswith("test_") and path != Path(__file__)]
    browsing = {short(path) for path in tests if "mark.browser" in path.read_text(encoding="utf-8")}
    assert len(browsing) > 10
    assert {path for path in browsing if not path.startswith("tests/journeys/")} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("page.locator('a').click()", [1]),
        ("follow(page.locator('a'))", []),
        ("with page.expect_download() as got:\n    page.locator('a').click()", []),
    ],
)
def test_the_guard_tells_them_apart(source: str, found: list[int]) -> None:
    assert bare_clicks(ast.parse(source)) == found

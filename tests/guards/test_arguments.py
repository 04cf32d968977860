"""In actions and queries everything after the first argument is named where it is called.

Why: `approve(paper, True, 7)` reads the same whether it is right or wrong. How to satisfy: put `*,` after the first
argument. This holds for a name with an underscore as well.
"""

import ast

import pytest

from tests.guards.tree import functions, kind_of, product_code, short, syntax


def unnamed(tree: ast.Module) -> list[str]:
    """Functions that take a second argument by its place; methods may take one beside `self`."""
    inner = {id(node) for outer in functions(tree) for node in functions(outer) if node is not outer}
    methods = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.ClassDef)
        for node in outer.body
        if not any(
            isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in getattr(node, "decorator_list", [])
        )
    }
    return [
        function.name
        for function in functions(tree)
        if id(function) not in inner
        and len(function.args.posonlyargs) + len(function.args.args) - (id(function) in methods) > 1
    ]


def test_actions_and_queries_are_called_with_names() -> None:
    found = [
        f"{short(path)}: {name}()"
        for path in product_code()
        if kind_of(path) in {"actions", "queries"}
        for name in unnamed(syntax(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def approve(paper, by): ...", ["approve"]),
        ("def approve(paper, *, by): ...", []),
        ("def _approve(paper, by): ...", ["_approve"]),
        ("class Loader:\n    def load(self, key): ...", []),
        ("class Loader:\n    def load(self, key, office): ...", ["load"]),
        ("def shown(rows):\n    def key(a, b): ...\n    return key", []),
    ],
)
def test_the_guard_tells_them_apart(source: str, found: list[str]) -> None:
    assert unnamed(ast.parse(source)) == found

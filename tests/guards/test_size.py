"""Nothing grows past what a person takes in at one sitting.

Why: a god class or a view of 300 lines never arrives as such; it grows by ten lines a week. How to satisfy: split by
meaning (a file becomes a folder of the same name, a function gets a part with a name of its own), never by line count.
"""

import ast
from pathlib import Path

from tests.guards.tree import PRODUCT, ROOT, files, functions, kind_of, short, syntax

FILE, CLASS, FUNCTION, BRANCHES, VIEW, ACTION = 500, 250, 60, 10, 25, 40


def lines(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def branches(function: ast.AST) -> int:
    """Statements where a reader has to choose; parts with a name of their own inside count for themselves."""
    count, waiting = 0, list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        count += isinstance(node, ast.If | ast.For | ast.While | ast.ExceptHandler | ast.match_case)
        waiting += ast.iter_child_nodes(node)
    return count


def limit_of(kind: str) -> int:
    return {"views": VIEW, "actions": ACTION}.get(kind, FUNCTION)


def too_big(tree: ast.Module, name: str, kind: str) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and lines(node) > CLASS:
            found.append(f"{name}: class {node.name} has {lines(node)} lines (at most {CLASS})")
    for function in functions(tree):
        if lines(function) > limit_of(kind):
            found.append(f"{name}: {function.name}() has {lines(function)} lines (at most {limit_of(kind)})")
        if branches(function) > BRANCHES:
            found.append(f"{name}: {function.name}() has {branches(function)} branches (at most {BRANCHES})")
    return found


def kind(path: Path) -> str:
    return kind_of(path) if path.is_relative_to(PRODUCT) and "tests" not in path.parts else ""


def test_no_file_class_function_view_or_action_is_too_big() -> None:
    found = []
    for path in files(".py"):
        if "migrations" in path.parts:
            continue
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > FILE:
            found.append(f"{short(path)} has {length} lines (at most {FILE})")
        found += too_big(syntax(path), short(path), kind(path))
    assert not found, "\n".join(found)


def test_the_guard_sees_a_long_view_a_long_class_and_a_maze() -> None:
    body = "\n".join(f"    x = {number}" for number in range(26))
    assert too_big(ast.parse(f"def page():\n{body}"), "views.py", "views") == [
        "views.py: page() has 27 lines (at most 25)"
    ]
    methods = "\n".join(f"    a{number} = 1" for number in range(250))
    assert too_big(ast.parse(f"class God:\n{methods}"), "x.py", "") == ["x.py: class God has 251 lines (at most 250)"]
    maze = "def maze(x):\n" + "\n".join(f"    if x == {number}:\n        return" for number in range(11))
    assert too_big(ast.parse(maze), "x.py", "") == ["x.py: maze() has 11 branches (at most 10)"]


def test_the_guard_looks_at_the_product_itself() -> None:
    assert ROOT / "kembar" / "access" / "permissions.py" in files(".py")

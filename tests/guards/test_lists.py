"""Every list page costs as many queries with three rows as with one.

Why: a query per row is invisible on sample data and stops the site on real data. How to satisfy: where a concept offers
a `ListPage`, one of its tests uses the fixture `same_queries` (tests/strict.py) on that page.
"""

import ast
from collections import Counter

from tests.guards.tree import PRODUCT, concept_of, dotted, files, product_code, syntax


def calls(tree: ast.Module, name: str) -> int:
    return sum(isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == name for node in ast.walk(tree))


def test_every_list_page_is_counted() -> None:
    lists: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for path in product_code():
        if concept_of(path) not in {"web", ""}:
            lists[concept_of(path)] += calls(syntax(path), "ListPage")
    for path in files(".py", under=PRODUCT):
        if "tests" in path.parts:
            counted[concept_of(path)] += calls(syntax(path), "same_queries")
    assert {concept: number for concept, number in lists.items() if number > counted[concept]} == {}


def test_the_guard_sees_a_list() -> None:
    assert calls(ast.parse("PARTNERS = lists.ListPage(sorts=SORTS)"), "ListPage") == 1

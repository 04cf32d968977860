"""The page of the rules of the legal road names tests that are there.

Why: a table that says "shown by" is believed. How to satisfy: name the test as it is called, in docs/legal-road.md.
"""

import re

from tests.guards.tree import PRODUCT, ROOT

PAGE = ROOT / "docs" / "legal-road.md"
RULES = [*range(1, 13), 18, 19, 20]


def test_every_rule_of_the_road_has_its_line_and_every_test_it_names_is_there() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^\| R(\d+) \|", told, re.M)] == RULES
    written = "".join(path.read_text(encoding="utf-8") for path in PRODUCT.glob("*/tests/test_*.py"))
    named = re.findall(r"`(test_\w+)`", told)
    assert len(named) >= len(RULES)
    assert [name for name in named if f"def {name}(" not in written] == []

"""A template takes in only its own concept's parts and those of web/, is used, and holds no script or style.

Why: an include is a tie that no import shows; a dead template is read and mended for years; one inline style and the
Content-Security-Policy has to be opened for all. How to satisfy: a page that brings concepts together lives in a shell
(desk, public), which may include a name from a list; styles go into the sheet, data into attributes.
"""

import re
from pathlib import Path

import pytest

from tests.guards.tree import PRODUCT, concept_of, files, product_code, short

SHELLS = {"desk", "public", "api"}
TAKES_IN = re.compile(r"{%\s*(?:include|extends)\s+(\S+)")
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc=)", re.I)
DATA_BLOCK = re.compile(r"<script\b[^>]*type=\"application/(?:ld\+)?json\"", re.I)
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|form)\b[^>]*\b(?:src|href|action)=\"(?:https?:)?//", re.I
)
# Django finds these by their names.
FOUND_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# Parts that web/ offers and no page has taken in yet → who will; a line goes when the first page does.
OFFERED: dict[str, str] = {}


def templates() -> list[Path]:
    return [path for path in files(".html", ".txt", ".svg", ".xml", under=PRODUCT) if "templates" in path.parts]


def name_of(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def strays(text: str, concept: str) -> list[str]:
    """What the template takes in and may not."""
    found = []
    for given in TAKES_IN.findall(text):
        literal = re.fullmatch(r"[\"']([^\"']+)[\"']", given)
        if literal is None:
            found += [] if concept in SHELLS else [given]
        elif literal[1].split("/")[0] not in {concept, "web"}:
            found.append(literal[1])
    return found


def test_templates_take_in_only_what_they_may() -> None:
    found = [
        f"{short(path)} takes in {stray}"
        for path in templates()
        for stray in strays(path.read_text(encoding="utf-8"), concept_of(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "concept", "found"),
    [
        ('{% extends "web/page.html" %}{% include "cities/name.html" %}', "cities", []),
        ('{% include "agreements/row.html" with a=1 %}', "cities", ["agreements/row.html"]),
        ("{% include panel.template %}", "desk", []),
        ("{% include panel.template %}", "cities", ["panel.template"]),
    ],
)
def test_the_guard_sees_a_stray_part(text: str, concept: str, found: list[str]) -> None:
    assert strays(text, concept) == found


def test_every_template_is_used() -> None:
    named = "\n".join(path.read_text(encoding="utf-8") for path in [*product_code(), *templates()])
    unused = {name_of(path) for path in templates() if not re.search(rf"[\"']{re.escape(name_of(path))}[\"']", named)}
    assert sorted(unused - FOUND_BY_NAME) == sorted(OFFERED)


def faults(text: str) -> list[str]:
    return [
        match[0].strip()
        for pattern in (INLINE, ELSEWHERE)
        for match in pattern.finditer(text)
        if not DATA_BLOCK.match(text, match.start())
    ]


def test_no_template_holds_script_or_style_or_loads_from_elsewhere() -> None:
    found = [
        f"{short(path)}: {fault}"
        for path in templates()
        if path.suffix in {".html", ".svg"}
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<p style="color: red">', 1),
        ("<button onclick='go()'>", 1),
        ("<script>go()</script>", 1),
        ('<script src="/static/list.js" defer></script>', 0),
        ('<script type="application/ld+json">{}</script>', 0),
        ('<img src="https://example.org/a.png">', 1),
        ('<a href="https://example.org/">source</a>', 0),
    ],
)
def test_the_guard_sees_inline_and_foreign_parts(text: str, count: int) -> None:
    assert len(faults(text)) == count

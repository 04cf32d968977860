"""Links in the documents lead somewhere, also to the right heading.

Why: a document is read when something is wrong; a dead link then costs an hour. How to satisfy: mend the link; links
into the code are relative paths, without line numbers.
"""

import re
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, files, short

LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.M)


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a document get: small letters, hyphens for spaces, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}


def dead_links(text: str, page: Path) -> list[str]:
    dead = []
    for link in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        missing = not target.exists() or not target.is_relative_to(ROOT)
        if missing or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            dead.append(link)
    return dead


def test_links_between_documents_and_into_the_code_resolve() -> None:
    found = [
        f"{short(page)}: {link}" for page in files(".md") for link in dead_links(page.read_text(encoding="utf-8"), page)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("[x](check)", []),
        ("[x](chek)", ["chek"]),
        ("[x](../elsewhere)", ["../elsewhere"]),
        ("# How we work\n[x](https://example.org/)", []),
        ("[x](DEVELOPERS.md#no-such-heading)", ["DEVELOPERS.md#no-such-heading"]),
    ],
)
def test_the_guard_follows_links(text: str, dead: list[str]) -> None:
    assert dead_links(text, ROOT / "README.md") == dead

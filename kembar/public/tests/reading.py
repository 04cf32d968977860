"""Reading a page as a visitor does: what its table, headings and marks say."""

import re
from html import unescape

TAG = re.compile(r"<[^>]+>")


def text(html: str) -> str:
    """Words without tags, single spaces."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def rows(html: str) -> list[list[str]]:
    """The cells of the first table's body, as words."""
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.S)
    if body is None:
        return []
    lines = re.findall(r"<tr>(.*?)</tr>", body.group(1), re.S)
    return [[text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)] for line in lines]


def names(html: str) -> list[str]:
    """The partners of the list, in order."""
    body = re.search(r'<table class="cards register">.*?</table>', html, re.S)
    found = re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>', body.group(0)) if body else []
    return [unescape(name) for name in found]


def tiles(html: str) -> dict[str, int]:
    """Legal state code → count, as the overview shows them."""
    found = re.findall(r'<a class="tile state-(\w+)".*?<b>(\d+)</b>', html, re.S)
    return {code: int(count) for code, count in found}

"""What a letter may be, how it looks as HTML, and when it is tried again. Plain values."""

import re
from datetime import datetime, timedelta
from html import escape

from kembar.lib.text import clean

LONGEST_HEADING = 200
# After each failed attempt; together two days, after which a person has to look.
_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 4, 10, 30, 75, 240, 600, 960, 960)]
LEASE = timedelta(minutes=10)  # longer than any single sending takes; then a letter nobody marked is free again
SERVER_PAUSE = timedelta(minutes=2)  # between looks at a mail server that does not answer

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINK = re.compile(r"https?://[^\s<>\"'()]*[^\s<>\"'().,;:!?。，、]")
_UNSUBSCRIBE = re.compile(r"(https?://|mailto:)[!-;=?-~]+")
# Letters a phone shows large enough, in lines a screen does not draw out; a long address breaks, no Korean word does.
_STYLE = "font-family:sans-serif;line-height:1.5;max-width:40em;margin:1em;overflow-wrap:anywhere"
_WHOLE_WORDS = {"ko": ";word-break:keep-all"}
_HEADING = "font-size:1.15em;margin:1.5em 0 0.25em"
_ITEMS = "margin:0.4em 0"
_ITEM = re.compile(r"[-•*] +")


class BadLetter(ValueError):
    """Something in the letter cannot be sent; the message names it: address, heading, text or unsubscribe."""


def checked_address(address: str) -> str:
    """One plain address. Raises BadLetter, also for a second address, a name beside it or a line break."""
    address = address.strip(" ")
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise BadLetter("address")
    return address


def checked_heading(heading: str) -> str:
    """One line of at most 200 characters, cut where it is longer. Raises BadLetter for none, and for a line break or
    another control character, which would begin another header."""
    if _CONTROL.search(heading):
        raise BadLetter("heading")
    heading = " ".join(clean(heading).split())
    if not heading:
        raise BadLetter("heading")
    return heading if len(heading) <= LONGEST_HEADING else heading[: LONGEST_HEADING - 1].rstrip() + "…"


def checked_unsubscribe(address: str) -> str:
    """An address to leave by, or "". Raises BadLetter."""
    if address and not _UNSUBSCRIBE.fullmatch(address):
        raise BadLetter("unsubscribe")
    return address


def next_try(now: datetime, *, attempts: int) -> datetime | None:
    """When to try again after so many failed attempts; None when it is time to give up."""
    return now + _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def as_html(text: str, *, language: str, heading: str) -> str:
    """The same words as HTML: paragraphs, lists from lines with a hyphen, with a line right above them as their
    heading, links that can be followed. An item that ends in an address is the link itself. Nothing else: no picture,
    nothing that would tell who reads."""
    # The words are escaped: these marks are our own.
    body = fragment(text).replace("<h2>", f'<h2 style="{_HEADING}">').replace("<li>", f'<li style="{_ITEMS}">')
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="auto">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(heading)}</title></head>\n'
        f'<body style="{_STYLE}{_WHOLE_WORDS.get(language, "")}">\n{body}\n</body>\n</html>\n'
    )


def fragment(text: str, *, heading: str = "h2") -> str:
    """The words of a letter as they stand inside a page, without any style; `heading` is the mark of its headings."""
    blocks = [block for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if block.strip()]
    return "\n".join(_block(block.strip("\n"), heading) for block in blocks)


def _block(block: str, heading: str) -> str:
    lines = block.split("\n")
    if all(_ITEM.match(line) for line in lines):
        return _list(lines)
    if len(lines) > 1 and all(_ITEM.match(line) for line in lines[1:]):
        return f"<{heading}>{_inline(lines[0])}</{heading}>\n{_list(lines[1:])}"
    return "<p>" + "<br>\n".join(_inline(line) for line in lines) + "</p>"


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_item(line[line.index(' ') :].strip())}</li>" for line in lines) + "</ul>"


def _item(text: str) -> str:
    words, _, last = text.rpartition(" ")
    if words and _LINK.fullmatch(last) and not _LINK.search(words):
        return f'<a href="{escape(last)}">{escape(words)}</a>'
    return _inline(text)


def _inline(line: str) -> str:
    parts, at = [], 0
    for match in _LINK.finditer(line):
        parts += [escape(line[at : match.start()]), f'<a href="{escape(match[0])}">{escape(match[0])}</a>']
        at = match.end()
    return "".join([*parts, escape(line[at:])])

"""Which letters the matches of a pattern begin with, or hold, whatever else they are: what a sieve goes by.

Read from the pattern itself; one that is written in a way not known here has none, and is simply tried everywhere.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

LONGEST = 6
MOST = 400
Heads = frozenset[tuple[str, bool]]
"""Letters a match may begin with; True where they are the whole of it, so that what follows may be added."""
ANY: Heads = frozenset({("", False)})
NOTHING: Heads = frozenset({("", True)})
Words = frozenset[str]

GROUP = re.compile(
    r"\?(?:P<\w+>|[a-z]*(?:-[a-z]+)?:|(?P<ahead>=)|(?P<around>!|<[=!])|(?P<flags>[a-zA-Z]+\))|(?P<again>P=\w+\)))"
)
TIMES = re.compile(r"(?P<none>[?*]|\{0?,\d*\})|\+|\{\d+(?:,\d*)?\}")
EDGES = frozenset("bBAZ")
KINDS = frozenset("DSwW")
LISTED: dict[str, Heads] = {
    "d": frozenset((digit, True) for digit in "0123456789"),
    "s": frozenset((letter, True) for letter in map(chr, range(0x3001)) if letter.isspace()),
}
WIDEST = 30
OTHER_DIGIT = re.compile("[^\\D0-9]")


class _Unknown(Exception):
    """A pattern that is written in a way this module does not read."""


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """Letter for letter as patterns without case compare them; every script's digits as "0"."""
    if not text.isascii():
        text = OTHER_DIGIT.sub("0", text.replace("\u0130", "i").replace("\u0131", "i").replace("\u017f", "s"))
    return text.lower()


@cache
def beginnings(pattern: str) -> Words | None:
    """Every match begins with one of these, folded; None where it may begin with anything."""
    read = _read(pattern)
    return _whole(read[0]) if read else None


@cache
def required(pattern: str) -> Words | None:
    """Every match holds one of these, folded, or stands before one; None where none is sure."""
    read = _read(pattern)
    return read[1] if read else None


def _read(pattern: str) -> tuple[Heads, Words | None] | None:
    try:
        reader = _Reader(pattern)
        heads, held = reader.branches()
    except (_Unknown, IndexError):
        return None
    return (heads, held) if reader.at == len(pattern) else None


def _whole(heads: Heads) -> Words | None:
    words = frozenset(word for word, _ in heads)
    return None if "" in words else words


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Long words are rarer than short ones, few than many."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda words: (min(map(len, words)), -len(words)))


def _joined(heads: Heads, piece: Heads) -> Heads:
    """The heads of one thing after another."""
    grown = {(word, False) for word, whole in heads if not whole}
    for word, whole in heads:
        if whole:
            grown |= {((word + more)[:LONGEST], ends and len(word + more) < LONGEST) for more, ends in piece}
    if len(grown) > MOST and "" not in {word for word, _ in heads}:
        return frozenset((word, False) for word, _ in heads)
    longest = LONGEST
    while len(grown) > MOST:
        longest -= 1
        grown = {(word[:longest], whole and len(word) < longest) for word, whole in grown}
    return frozenset(grown)


def _letter(letter: str) -> Heads:
    return frozenset({(folded(letter), True)})


class _Reader:
    """Walks once over a pattern; `at` is where it stands."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def branches(self) -> tuple[Heads, Words | None]:
        """Heads and what is required of the branches from here to the bracket that closes them."""
        heads: Heads = frozenset()
        held: list[Words | None] = []
        while True:
            more, words = self._sequence()
            heads |= more
            held.append(words)
            if self.at == len(self.pattern) or self.pattern[self.at] == ")":
                sure = [words for words in held if words is not None]
                return heads, frozenset[str]().union(*sure) if len(sure) == len(held) else None
            self.at += 1

    def _sequence(self) -> tuple[Heads, Words | None]:
        pieces: list[Heads] = []
        held: Words | None = None
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            piece, words = self._piece()
            times = TIMES.match(self.pattern, self.at)
            if times is not None:
                self.at = times.end() + (self.pattern[times.end() : times.end() + 1] in {"?", "+"})
                once = times.group() == "?"
                piece = frozenset((word, whole and once) for word, whole in piece)
                if times["none"]:
                    piece, words = piece | NOTHING, None
            pieces.append(piece)
            held = _better(held, words)
        following = NOTHING
        for piece in reversed(pieces):
            following = _joined(piece, following)
            held = _better(held, _whole(following))
        return following, held

    def _piece(self) -> tuple[Heads, Words | None]:
        letter = self.pattern[self.at]
        self.at += 1
        if letter == "(":
            return self._group()
        if letter == "[":
            return self._class(), None
        if letter == "\\":
            letter = self.pattern[self.at]
            self.at += 1
            if letter.isalnum() and letter not in EDGES | KINDS | LISTED.keys():
                raise _Unknown(self.pattern)
            return (
                NOTHING if letter in EDGES else ANY if letter in KINDS else LISTED.get(letter, _letter(letter))
            ), None
        return (NOTHING if letter in "^$" else ANY if letter == "." else _letter(letter)), None

    def _group(self) -> tuple[Heads, Words | None]:
        opening = GROUP.match(self.pattern, self.at)
        if opening is None and self.pattern[self.at] == "?":
            raise _Unknown(self.pattern)
        if opening is not None:
            self.at = opening.end()
            if opening["flags"] or opening["again"]:
                return (NOTHING if opening["flags"] else ANY), None
        heads, held = self.branches()
        self.at += 1
        if opening is not None and (opening["ahead"] or opening["around"]):
            return NOTHING, held if opening["ahead"] else None
        return heads, held

    def _class(self) -> Heads:
        """Letters that are listed one by one or in a short row; for long rows and what is left out: anything."""
        simple = self.pattern[self.at] != "^"
        self.at += not simple
        first, heads = self.at, set[tuple[str, bool]]()
        while self.pattern[self.at] != "]" or self.at == first:
            escaped = self.pattern[self.at] == "\\"
            self.at += escaped
            letter = last = self.pattern[self.at]
            self.at += 1
            if escaped and letter.isalnum():
                heads |= LISTED.get(letter, ANY)
                continue
            if self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                last = self.pattern[self.at + 1]
                self.at += 2
            simple = simple and last != "\\" and ord(last) - ord(letter) < WIDEST
            heads |= {(folded(chr(code)), True) for code in range(ord(letter), ord(last) + 1)} if simple else ANY
        self.at += 1
        return frozenset(heads) if simple and ("", False) not in heads else ANY

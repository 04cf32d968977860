"""Words of a text as the index keeps them, and of a question as the index is asked. Plain Python.

Databases cut Korean and Chinese wrongly (a two-letter word is then never found), so they are not asked to: Han, Hangul
and kana become single characters and pairs, every other script words, Indonesian words also their stems. A token holds
only letters and digits; `@` and `#` mark what is not a word of the text (whose it is, words of the title).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from kembar.lib.text import normalise

LONGEST_TEXT = 500_000  # characters read of one record
LONGEST_WORD = 48  # characters of a word kept; what only differs later is found together
MOST_BYTES = 400_000  # of all tokens of one record; PostgreSQL refuses a vector of more than 1 MB
LONGEST_QUESTION = 400  # characters read of a question
MOST_PARTS = 24  # tokens a question may ask for

_TOGETHER = (
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(rf"(?P<run>[{_TOGETHER}]+)|(?P<word>\d+|(?:(?![{_TOGETHER}])[^\W\d_])+)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?![\d.,]*\d)")
_SWALLOWED = re.compile("[mp]e(ng?)[aeiou]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    stemmer: _Stemmer = snowballstemmer.stemmer("indonesian")
    return stemmer


@cache
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


@lru_cache(maxsize=20_000)
def _roots(word: str) -> tuple[str, ...]:
    """The word and its Indonesian stem. The stemmer gives back a swallowed p and s (memantau: pantau, menyusun: susun)
    but not a t and k (menandatangani, mengelola): with them both readings are kept, for "mengakhiri" swallowed none."""
    if not (word.isascii() and word.isalpha() and len(word) > 3):
        return (word,)
    stem = _stemmer().stemWord(word)
    swallowed = _SWALLOWED.match(word)
    given_back = ("k" if swallowed[1] == "ng" else "t") + stem if swallowed and stem[0] in "aeiou" else word
    return tuple(dict.fromkeys((word, stem, given_back)))


@lru_cache(maxsize=20_000)
def _simplified(char: str) -> str:
    """Character by character: within words the library decides by the neighbours, and a pair would then not be found
    where it stands in a longer word."""
    return _converter().convert(char)[:1] or char


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of Han, Hangul and kana (True) and words of all other scripts (False), normalised, in order."""
    text = normalise(_GROUPED.sub(lambda match: re.sub("[.,]", "", match[0]), text))
    text = _HAN.sub(lambda match: _simplified(match[0]), text)
    for match in _PIECE.finditer(text):
        yield (True, match[0]) if match["run"] else (False, match[0][:LONGEST_WORD])


def _of_document(text: str) -> Iterator[str]:
    for together, piece in _pieces(text[:LONGEST_TEXT]):
        if together:
            yield from piece
            yield from (piece[at : at + 2] for at in range(len(piece) - 1))
        else:
            yield from _roots(piece)


def words(text: str) -> list[str]:
    """The tokens of a text, each once, in order of appearance."""
    return list(dict.fromkeys(_of_document(text)))


def scope(*, office_id: int | None, public: bool, kind: str) -> list[str]:
    """Whose a record is, who may see it and what it is, as tokens, so that the index itself leaves out the rest."""
    return [office_token(office_id), "@public" if public else "@office", kind_token(kind)]


def office_token(office_id: int | None) -> str:
    return "@all" if office_id is None else f"@o{office_id}"


def kind_token(kind: str) -> str:
    """Raises ValueError for a kind that is not a plain word."""
    if not re.fullmatch("[a-z][a-z_]{0,29}", kind):
        raise ValueError(f"{kind!r} is no kind of record")
    return f"@k_{kind}"


def of_record(*, marks: Iterable[str], title: str, texts: Iterable[str]) -> str:
    """All tokens of a record, parted by single spaces: its marks, its title's words (also marked), its texts' words.
    The words furthest behind go where a text is too long."""
    in_title = words(title)
    tokens = dict.fromkeys([*marks, *(f"#{word}" for word in in_title), *in_title])
    for text in texts:
        tokens |= dict.fromkeys(words(text))
    room, kept = MOST_BYTES, []
    for token in tokens:
        room -= len(token.encode()) + 1
        if room < 0:
            break
        kept.append(token)
    return " ".join(kept)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a record must hold: any of `tokens`; `prefix` is a beginning that will do as well."""

    tokens: tuple[str, ...]
    prefix: str = ""

    def in_title(self) -> "Part":
        return Part(tuple(f"#{token}" for token in self.tokens), f"#{self.prefix}" if self.prefix else "")


def question(text: str) -> list[Part]:
    """What a record must hold, all of it, to answer what somebody typed; [] when nothing can be looked for.

    The last word may be unfinished when two characters of it are there. Only so much of a long question is read.
    """
    pieces = list(_pieces(text[:LONGEST_QUESTION]))
    parts: dict[Part, None] = {}
    for number, (together, piece) in enumerate(pieces, 1):
        if together:
            pairs = [piece[at : at + 2] for at in range(len(piece) - 1)] or [piece]
            parts |= dict.fromkeys(Part((pair,)) for pair in pairs)
        else:
            unfinished = number == len(pieces) and len(piece) > 1
            parts[Part(_roots(piece), piece if unfinished else "")] = None
    return list(parts)[:MOST_PARTS]


@dataclass(frozen=True, slots=True)
class Plan:
    """A question for the index: every part, all read from tokens, written out for each database."""

    parts: tuple[Part, ...]

    def fts5(self) -> str:
        """An FTS5 match expression. Tokens hold no quotation mark; it is doubled all the same."""

        def quoted(token: str) -> str:
            return '"' + token.replace('"', '""') + '"'

        return " AND ".join(
            "(" + " OR ".join([*map(quoted, part.tokens), *([f"{quoted(part.prefix)}*"] if part.prefix else [])]) + ")"
            for part in self.parts
        )

    def tsquery(self) -> str:
        """The text of a PostgreSQL tsquery; quotation marks and backslashes doubled."""

        def quoted(token: str) -> str:
            return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"

        return " & ".join(
            "(" + " | ".join([*map(quoted, part.tokens), *([f"{quoted(part.prefix)}:*"] if part.prefix else [])]) + ")"
            for part in self.parts
        )

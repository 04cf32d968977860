"""The text of one paper: a TOML file that a lawyer reads and corrects. Read and checked; no database, no Django.

What a paper says stands there and nowhere else. `{field}` is filled from the record, `**bold**` and `*italic*` are the
only marks. docs/guide/papers.md tells the rest.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("id", "en", "ko", "zh")
SHAPES = ("letter", "internal", "plan", "agreement")
STYLES = ("body", "title", "heading", "article", "centre", "right", "small")
BLOCKS = ("text", "list", "facts", "table", "signatures", "letterhead", "turn")
HEADS = ("mayor", "office")
KEPT_AS = ("draft", "letter", "decision", "other")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)(:upper)?\}")
_KEYS = {
    "paper": {"code", "version", "shape", "name", "note", "source", "steps", "kinds", "numbered", "kept_as",
              "column", "block"},
    "block": {"is", "style", "when", "unless", "wide", "of", "marks", "items", "rows", "head", "parties", "whose",
              "across", *LANGUAGES},
}  # fmt: skip

Words = Mapping[str, str]


class PaperRefused(Exception):
    """The text is no paper; `faults` says where and why."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a paper. `when` and `unless` name a field: the block stands only where it is known, or is not."""

    kind: str
    words: Words
    style: str = "body"
    when: str = ""
    unless: str = ""
    wide: bool = False
    of: str = ""
    marks: str = "a"
    items: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, Words], ...] = ()
    head: Mapping[str, tuple[str, ...]] | None = None
    parties: tuple[tuple[Words, Words], ...] = ()
    whose: str = ""
    across: bool = False

    def texts(self) -> Iterator[Words]:
        """Every text in it that may have placeholders."""
        yield self.words
        yield from self.items
        for one in (*self.rows, *self.parties):
            yield from one


@dataclass(frozen=True, slots=True)
class PaperText:
    """One version of one paper. `column`: it has a second column in the partner's language."""

    code: str
    version: int
    shape: str
    name: Words
    note: Words
    source: Words
    steps: tuple[str, ...]
    kinds: tuple[str, ...]
    numbered: bool
    kept_as: str
    column: bool
    parts: tuple[Part, ...]
    sha256: str

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages its text is whole."""
        texts = [words for part in self.parts if not part.wide for words in part.texts() if words]
        return tuple(code for code in LANGUAGES if all(code in words for words in texts))

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it takes from the record, each once, in the order of the text."""
        return tuple(dict.fromkeys(code for part in self.parts for code in fields_in(part)))


def fields_in(part: Part) -> Iterator[str]:
    for words in part.texts():
        for text in words.values():
            for found in _PLACEHOLDER.finditer(text):
                yield found[1]
    if part.of:
        yield part.of
    if part.whose:
        yield f"letterhead_{part.whose}"


def placeholders(text: str) -> Iterator[tuple[str, str, bool]]:
    """(text before, field, in capitals) for each placeholder, and at the end (the rest, "", False)."""
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        yield text[at : found.start()], found[1], bool(found[2])
        at = found.end()
    yield text[at:], "", False


def read(text: str) -> PaperText:
    """Raises PaperRefused."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PaperRefused([str(error)]) from None
    faults: list[str] = []
    _known(given, "paper", "paper", faults)
    for key, allowed in (("shape", SHAPES), ("kept_as", KEPT_AS)):
        if given.get(key) not in allowed:
            faults.append(f"{key}: {given.get(key)!r}")
    parts = tuple(_part(row, f"block {number}", faults) for number, row in enumerate(given.get("block", []), start=1))
    if not isinstance(given.get("version"), int) or not parts:
        faults.append("version or blocks are missing")
    if faults:
        raise PaperRefused(faults)
    return PaperText(
        code=str(given["code"]), version=given["version"], shape=given["shape"], name=given["name"],
        note=given.get("note", {}), source=given.get("source", {}), steps=tuple(given.get("steps", [])),
        kinds=tuple(given.get("kinds", [])), numbered=given.get("numbered") is True, kept_as=given["kept_as"],
        column=given.get("column") is True, parts=parts, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def _known(given: Mapping[str, Any], kind: str, where: str, faults: list[str]) -> None:
    faults += [f"{where}: {key}" for key in given if key not in _KEYS[kind]]


def _part(row: Mapping[str, Any], where: str, faults: list[str]) -> Part:
    _known(row, "block", where, faults)
    kind = row.get("is", "text")
    if kind not in BLOCKS:
        faults.append(f"{where}: is {kind!r}")
    if row.get("style", "body") not in STYLES:
        faults.append(f"{where}: style {row['style']!r}")
    if kind == "letterhead" and row.get("whose") not in HEADS:
        faults.append(f"{where}: whose {row.get('whose')!r}")
    head = row.get("head")
    return Part(
        kind=kind, words=_words(row), style=row.get("style", "body"), when=row.get("when", ""),
        unless=row.get("unless", ""), wide=row.get("wide") is True, of=row.get("of", ""),
        marks=row.get("marks", "a"), items=tuple(_words(one) for one in row.get("items", [])),
        rows=tuple((_words(one["label"]), _words(one["value"])) for one in row.get("rows", [])),
        head={code: tuple(labels) for code, labels in head.items()} if head else None,
        parties=tuple((_words(one["above"]), _words(one["below"])) for one in row.get("parties", [])),
        whose=row.get("whose", ""), across=row.get("across") is True,
    )  # fmt: skip


def _words(given: Mapping[str, Any]) -> Words:
    return {code: str(given[code]).strip() for code in LANGUAGES if code in given}

"""A paper's text and what the record knows become a document. What nobody has said is a marked blank, and is listed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kembar.papers.document import (
    Block,
    Document,
    Facts,
    Items,
    Letterhead,
    Line,
    Paragraph,
    Row,
    Run,
    Signatures,
    Table,
    Turn,
)
from kembar.papers.rules import marks
from kembar.papers.text import PaperText, Part, Words, placeholders

ALL = "*"  # a value that reads the same in every language, such as a person's name
OWN = "id"
NONE = "\0"  # a value there cannot be, such as the province of a city of the first level: its place closes up
_MARKED = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")

Value = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    names: tuple[str, ...]
    address: tuple[str, ...]
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: a value, or a blank with the words that say what belongs there."""

    value: str
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows. `texts` and the items of `lists`: language → words; `doubtful` items are marked."""

    texts: Mapping[str, Value] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    doubtful: frozenset[tuple[str, int]] = frozenset()

    def has(self, code: str) -> bool:
        return any(code in held for held in (self.texts, self.lists, self.tables, self.heads))


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that nobody has said, in the language of the column that needs it."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Composed:
    document: Document
    lacks: tuple[Lack, ...]


Label = Callable[[str, str], str]  # (field, language) → what to call it there


def compose(text: PaperText, known: Known, *, languages: Sequence[str], label: Label, foot: str = "") -> Composed:
    """`languages`: the paper's own, and for a paper with two columns the other one."""
    writer = _Writer(known, label)
    blocks: list[Block | Row] = []
    for part in text.parts:
        if (part.when and not known.has(part.when)) or (part.unless and known.has(part.unless)):
            continue
        if part.kind == "turn":
            blocks.append(Turn(part.across))
        elif part.kind == "signatures":
            blocks.append(writer.signatures(part, languages))
        elif part.wide or part.kind == "letterhead" or len(languages) == 1:
            blocks += writer.blocks(part, languages[0])
        else:
            blocks.append(Row(tuple(tuple(writer.blocks(part, code)) for code in languages)))
    title = text.name[OWN]
    return Composed(Document(title, tuple(languages), tuple(blocks), foot), tuple(dict.fromkeys(writer.lacks)))


class _Writer:
    def __init__(self, known: Known, label: Label) -> None:
        self.known = known
        self.label = label
        self.lacks: list[Lack] = []

    def blocks(self, part: Part, language: str) -> list[Block]:
        match part.kind:
            case "list":
                return [self._list(part, language)]
            case "facts":
                rows = ((self._bare(name, language), self._line(value, language)) for name, value in part.rows)
                return [Facts(tuple(rows))]
            case "table":
                return [self._table(part, language)]
            case "letterhead":
                return [self._head(part.whose, language)]
        lines = self._paragraphs(part.words, language)
        return [Paragraph(line, part.style) for line in lines]

    def signatures(self, part: Part, languages: Sequence[str]) -> Signatures:
        """Everybody signs once, whatever the columns: the post stands in each language, the name as in the first."""
        parties = []
        for above, below in part.parties:
            posts = tuple(line for code in languages for line in self._lines(above, code))
            parties.append((posts, self._lines(below, languages[0])))
        return Signatures(tuple(parties))

    def blank(self, code: str, language: str) -> Run:
        self.lacks.append(Lack(code, language))
        return Run(f"[ {self.label(code, language)} ]", blank=True)

    def _text(self, words: Words, language: str) -> str | None:
        return words.get(language[:2])

    def _bare(self, words: Words, language: str) -> str:
        return self._text(words, language) or words.get("en") or words[OWN]

    def _paragraphs(self, words: Words, language: str) -> Iterator[Line]:
        text = self._text(words, language)
        if text is None:
            yield (self.blank("text", language),)
            return
        for one in text.split("\n\n"):
            yield self._filled(one, language)

    def _lines(self, words: Words, language: str) -> tuple[Line, ...]:
        text = self._text(words, language)
        if text is None:
            return ((self.blank("text", language),),)
        return tuple(self._filled(one, language) for one in text.split("\n"))

    def _line(self, words: Words, language: str) -> Line:
        text = self._text(words, language)
        return (self.blank("text", language),) if text is None else self._filled(text, language)

    def _filled(self, text: str, language: str) -> Line:
        """A text with its marks read and its placeholders filled; a value is never read for marks."""
        runs: list[Run] = []
        closing = False
        for piece in filter(None, _MARKED.split(text)):
            bold, italic = piece.startswith("**"), piece.startswith("*") and not piece.startswith("**")
            bare = piece[2:-2] if bold else piece[1:-1] if italic else piece
            for before, code, upper in placeholders(bare):
                if closing:
                    before, closing = before.removeprefix(",").removeprefix(" ") if runs else before, False
                if before:
                    runs.append(Run(before, bold, italic))
                if self.known.texts.get(code, {}).get(ALL) == NONE:
                    closing = True
                elif code:
                    runs.append(self._value(code, language, upper=upper, bold=bold, italic=italic))
        return tuple(runs)

    def _value(self, code: str, language: str, *, upper: bool, bold: bool, italic: bool) -> Run:
        found = said_in(self.known.texts.get(code, {}), language)
        if not found:
            return self.blank(code, language)
        return Run(found.upper() if upper else found, bold, italic)

    def _list(self, part: Part, language: str) -> Items:
        if part.of:
            held = self.known.lists.get(part.of, ())
            lines = [self._item(part.of, number, one, language) for number, one in enumerate(held)]
            lines = lines or [(self.blank(part.of, language),)]
        else:
            lines = [self._line(words, language) for words in part.items]
        return Items(tuple(lines), marks(part.marks, len(lines)))

    def _item(self, code: str, number: int, value: Value, language: str) -> Line:
        found = said_in(value, language)
        if not found:
            return (self._borrowed(code, value, language),)
        if (code, number) not in self.known.doubtful:
            return (Run(found),)
        return (Run(f"{found} "), self.blank(f"{code}_doubtful", language))

    def _borrowed(self, code: str, value: Value, language: str) -> Run:
        """The words of the record in another language, marked with it; what is missing is still told."""
        if not value:
            return self.blank(code, language)
        self.lacks.append(Lack(code, language))
        spoken, words = next(iter(value.items()))
        return Run(words, language=spoken)

    def _table(self, part: Part, language: str) -> Table:
        head = (part.head or {}).get(language[:2]) or (part.head or {})[OWN]
        rows = []
        for row in self.known.tables.get(part.of, ()):
            rows.append(tuple(self._cell(part.of, cell) for cell in row))
        if not rows:
            rows = [((self.blank(part.of, language),), *[()] * (len(head) - 1))]
        return Table(head, tuple(rows))

    def _cell(self, code: str, cell: Cell) -> Line:
        if cell.value or not cell.blank:
            return (Run(cell.value),)
        self.lacks.append(Lack(code, OWN))
        return (Run(f"[ {cell.blank} ]", blank=True),)

    def _head(self, whose: str, language: str) -> Letterhead:
        head = self.known.heads.get(f"letterhead_{whose}")
        if head is None:
            return Letterhead(((self.blank(f"letterhead_{whose}", language),),), ())
        lines = tuple((Run(line),) for line in head.names), tuple((Run(line),) for line in head.address)
        return Letterhead(*lines, head.picture)


def said_in(value: Value, language: str) -> str:
    """The words of a value in a language; those that hold in every language where it has them."""
    return value.get(language) or value.get(language[:2]) or value.get(ALL) or ""

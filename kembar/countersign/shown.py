"""A content as pages draw it: side by side in both languages, and word by word what changed."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from kembar.countersign.rules import Change, Content, Piece, changes
from kembar.web.addresses import html_language

LACKING: dict[str, str | Promise] = {
    "missing": pgettext_lazy("text", "not translated yet: this is the original"),
    "stale": pgettext_lazy("text", "older than the original"),
    "machine": pgettext_lazy("text", "machine translation, not checked"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One text in one language. `lack` says what is wrong with it, or ""."""

    language: str  # as HTML writes it
    name: str
    text: str
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that reads otherwise now, in each language in which it does."""

    label: str
    texts: list[tuple[str, str, list[Piece]]]  # language as HTML writes it, its name, its words


def language_name(code: str) -> str:
    """The language in its own words."""
    return dict(settings.LANGUAGES).get(code, code)


def lack_words(why: str) -> str:
    return str(LACKING[why]) if why else ""


def side_by_side(content: Content) -> list[Row]:
    """The other side's language first: it is who reads it. A line that reads the same in both is one cell."""
    own, theirs = content.languages
    rows = []
    for line in content.lines:
        cells = [
            Cell(html_language(code), language_name(code), line.shown[code], lack_words(line.lacking.get(code, "")))
            for code in dict.fromkeys((theirs, own))
        ]  # fmt: skip
        if len({cell.text for cell in cells}) == 1 and not any(cell.lack for cell in cells):
            cells = cells[:1]
        rows.append(Row(line.code, _label(line.label, content), cells))
    return rows


def differences(before: Content, after: Content) -> list[Difference]:
    return [_difference(change, after) for change in changes(before, after)]


def _difference(change: Change, content: Content) -> Difference:
    theirs_first = sorted(change.pieces, key=lambda code: code != content.languages[1])
    texts = [(html_language(code), language_name(code), change.pieces[code]) for code in theirs_first]
    return Difference(_label(change.label, content), texts)


def _label(label: object, content: Content) -> str:
    """In the language of the page where the content has it, else in the other side's."""
    words = dict(label)  # type: ignore[call-overload]
    return str(words.get(get_language() or "") or words[content.languages[1]])


def title_of(content: Content) -> str:
    """The first line in the other side's language."""
    return content.lines[0].shown[content.languages[1]]

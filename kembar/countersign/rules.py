"""What a content is, when two are the same, what changed word by word; how long links, codes and locks last."""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from kembar.lib.text import clean

ANSWER_WITHIN = 14  # days, unless the officer says otherwise
SHORTEST, LONGEST = 3, 60
ASKED_AGAIN_WITHIN = timedelta(days=7)
LINK_LASTS = timedelta(days=30)  # after the day by which an answer was asked for
CODE_LASTS = timedelta(minutes=15)
VISIT_LASTS = timedelta(hours=1)
WRONG_CODES = 5  # in a row; then the link is shut for a while
LOCK_LASTS = timedelta(hours=1)
WRONG_IN_ALL = 20  # then the link is shut for good
CODES_AN_HOUR = 5
SAME, GONE, NEW = "same", "gone", "new"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff"
_TOKEN = re.compile(rf"\s+|[{_HAN}]|[^\W{_HAN}]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a content, in both languages. `meaning` is what counts where the words may be put otherwise
    (`2026-05` for a date); without one the words count. `lacking`: language → missing, stale or machine."""

    code: str
    label: Mapping[str, str]
    shown: Mapping[str, str]
    meaning: str = ""
    lacking: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What is put before the other side: `subject` is `concept:id`, `languages` the asking side's and the other's."""

    subject: str
    languages: tuple[str, str]
    lines: tuple[Line, ...]

    @property
    def lacking(self) -> str:
        """Why nobody can be asked to confirm it yet: missing, stale, machine; "" when it is complete."""
        found = {why for line in self.lines for why in line.lacking.values()}
        return next((why for why in ("missing", "stale", "machine") if why in found), "")


def canonical(content: Content) -> str:
    """The one form in which equal contents are equal, letter by letter: labels of the program are no part of it."""
    lines = [[line.code, line.meaning or _words(line, content.languages)] for line in content.lines]
    whole = {"languages": sorted(set(content.languages)), "lines": lines, "subject": content.subject}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _words(line: Line, languages: tuple[str, str]) -> dict[str, str]:
    return {language: clean(line.shown.get(language, "")) for language in languages}


def fingerprint(content: Content) -> str:
    """SHA-256 over the canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def hashed(secret: str) -> str:
    """What is kept of the words in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def as_plain(content: Content) -> dict[str, Any]:
    """For a JSON column; `from_plain` reads it back."""
    lines = [
        {"code": line.code, "label": dict(line.label), "shown": dict(line.shown), "meaning": line.meaning,
         "lacking": dict(line.lacking)}
        for line in content.lines
    ]  # fmt: skip
    return {"subject": content.subject, "languages": list(content.languages), "lines": lines}


def from_plain(plain: Mapping[str, Any]) -> Content:
    own, theirs = plain["languages"]
    return Content(plain["subject"], (own, theirs), tuple(Line(**line) for line in plain["lines"]))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line that differs, word by word in each language in which it does."""

    code: str
    label: Mapping[str, str]
    pieces: Mapping[str, list[Piece]]


def changes(before: Content, after: Content) -> list[Change]:
    """What differs between two contents of one thing, in the order of the newer; lines that went come last."""
    old, new = ({line.code: line for line in content.lines} for content in (before, after))
    codes = [*new, *(code for code in old if code not in new)]
    return [change for code in codes for change in _changed(old.get(code), new.get(code), after.languages)]


def _changed(old: Line | None, new: Line | None, languages: tuple[str, str]) -> Iterator[Change]:
    if old and new and old.meaning and old.meaning == new.meaning:
        return
    known = new or old
    if known is None:
        return
    pieces = {}
    for language in dict.fromkeys(languages):
        was, now = (clean(line.shown.get(language, "")) if line else "" for line in (old, new))
        if was != now:
            pieces[language] = word_by_word(was, now)
    if pieces:
        yield Change(known.code, known.label, pieces)


def word_by_word(before: str, after: str) -> list[Piece]:
    """The newer text with what went and what came; Chinese and Japanese by character, everything else by word."""
    old, new = (_TOKEN.findall(text) for text in (before, after))
    found: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            found.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Piece(GONE, "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Piece(NEW, "".join(new[new_from:new_to])))
    return found


class Closed(StrEnum):
    """Why a request cannot be answered any more."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    TRIED_TOO_OFTEN = "tried_too_often"


class Tried(StrEnum):
    """What came of entering a code."""

    IN = "in"
    WRONG = "wrong"
    LOCKED = "locked"
    RUN_OUT = "run_out"
    CLOSED = "closed"


def is_code(text: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", text) is not None


def digits(text: str) -> str:
    """A code as people copy it, with spaces and digits of other scripts, as six plain digits where it can be."""
    return "".join(str(int(char)) for char in text if char.isdecimal())


def link_ends(answer_by: date, *, now: datetime) -> datetime:
    """When a link stops working."""
    return now + timedelta(days=max(0, (answer_by - now.date()).days)) + LINK_LASTS


# The languages people write in where nothing else is known: the site speaks these four.
_OF_COUNTRY = {"ID": "id", "KR": "ko", "CN": "zh-hans"}
_NAMED = {
    "id": ("id", "indonesia", "indonesian", "인도네시아", "印尼", "印度尼西亚"),
    "en": ("en", "english", "inggris", "영어", "英"),
    "ko": ("ko", "kr", "korea", "korean", "한국", "韩", "朝鲜"),
    "zh-hans": ("zh", "cn", "chinese", "mandarin", "tionghoa", "china", "중국", "中文", "汉", "普通话"),
}


def language_of(country: str, *, written: str = "") -> str:
    """The language of the site nearest to what somebody reads: by the words on their contact, else by the country."""
    words = written.strip().lower().removeprefix("bahasa ")
    first = re.split(r"[-_ (,]", words)[0]
    for code, names in _NAMED.items():
        if first in names or any(name in words for name in names if not name.isascii()):
            return code
    return _OF_COUNTRY.get(country, "en")

"""Words that are always put the same way in another language, and which of them stand in a text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kembar.languages.rules import fingerprint

LANGUAGES = ("id", "en", "ko", "zh-hans")
_SHIPPED = Path(__file__).parent / "data" / "terms.tsv"
_HANGUL = "\u1100-\u11ff\uac00-\ud7a3"


@dataclass(frozen=True, slots=True)
class Word:
    """One way to say it. `sure`: found in a source of the country itself, or entered by the office."""

    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """One thing in several languages; in each the first word is the usual one. `own` is the number of an entry of the
    office, 0 for one that comes with Kembar."""

    code: str
    words: Mapping[str, Sequence[Word]]
    note: str = ""
    own: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A term that stands in a text, as it stands there, and what it is called in the other language."""

    said: str
    term: Term
    words: Sequence[Word]


@cache
def shipped() -> tuple[Term, ...]:
    """The terms that come with Kembar: data/terms.tsv, a column for each language, ways to say it parted by " / ", with
    a question mark before those that a native speaker has yet to confirm."""
    head, *lines = _SHIPPED.read_text(encoding="utf-8").splitlines()
    languages = head.split("\t")[1:]
    found = []
    for line in lines:
        code, *cells = line.split("\t")
        words = {language: words_of(cell) for language, cell in zip(languages, cells, strict=True)}
        found.append(Term(code, {language: several for language, several in words.items() if several}))
    return tuple(found)


def words_of(text: str) -> tuple[Word, ...]:
    """ "kota kembar / kota bersaudara" → two words."""
    parts = (part.strip() for part in text.split("/"))
    return tuple(Word(part.lstrip("?").strip(), sure=not part.startswith("?")) for part in parts if part.strip("? "))


def spelled(words: Iterable[Word]) -> str:
    """What `words_of` reads: words parted by a slash, a question mark before those to be confirmed."""
    return " / ".join(word.text if word.sure else f"?{word.text}" for word in words)


def mark_of(term: Term) -> str:
    """The same as long as the term reads the same."""
    return fingerprint("\n".join([*(f"{code} {spelled(term.words.get(code, ()))}" for code in LANGUAGES), term.note]))


def occurring(text: str, terms: Iterable[Term], *, language: str, into: str) -> list[Found]:
    """The terms of a text that have a word in the other language, each once, in the order of the text.

    Of two terms at one place the longer one counts ("rencana kerja sama", not "kerja sama").
    """
    known: dict[str, list[Term]] = {}
    for term in terms:
        if term.words.get(into):
            for word in term.words.get(language, ()):
                known.setdefault(_form(word.text), []).append(term)
    if not known:
        return []
    longest_first = sorted(known, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(f"({_pattern(form, language)})" for form in longest_first), re.IGNORECASE)
    found: dict[str, Found] = {}
    for match in pattern.finditer(unicodedata.normalize("NFKC", text)):
        for term in known[longest_first[(match.lastindex or 1) - 1]]:
            found.setdefault(f"{term.code}:{term.own}", Found(match[0], term, term.words[into]))
    return list(found.values())


def _form(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pattern(form: str, language: str) -> str:
    """How a word stands in a sentence: between spaces in Latin letters, with what Indonesian and English hang on it;
    with particles behind it in Korean; anywhere in Chinese."""
    written = r"\s+".join(re.escape(part) for part in form.split(" "))
    if language == "zh-hans":
        return written
    if re.search(f"[{_HANGUL}]", form):
        return rf"(?<![{_HANGUL}]){written.replace(chr(92) + 's+', chr(92) + 's*')}"
    if language == "en":
        written = rf"{written[:-1]}(?:y|ies)" if form.endswith("y") else rf"{written}(?:s|es)?"
    elif language == "id":
        written = rf"{written}(?:nya)?"
    return rf"(?<!\w){written}(?!\w)"

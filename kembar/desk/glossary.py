"""The glossary as the desk shows it: terms by pair of languages, and those that stand in a text to be translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.desk.place import Place
from kembar.languages import queries
from kembar.languages.glossary import LANGUAGES, Found, Term, Word, mark_of, occurring, spelled
from kembar.lib.tables import Column
from kembar.lib.text import normalise
from kembar.web import lists
from kembar.web.addresses import html_language

_NAMES = dict(settings.LANGUAGES)
PAIRS = {f"{one}_{other}": (one, other) for one, other in combinations(LANGUAGES, 2)}
LIST = lists.ListPage(
    filters=[
        lists.Filter(
            "pair", gettext_lazy("Languages"),
            [lists.Choice(code, f"{_NAMES[one]} – {_NAMES[other]}") for code, (one, other) in PAIRS.items()],
        ),
        lists.Filter(
            "whose", gettext_lazy("Whose"),
            [lists.Choice("own", pgettext_lazy("term", "our office’s")),
             lists.Choice("shipped", pgettext_lazy("term", "comes with Kembar"))],
        ),
    ],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One term as a row: in each language shown (as HTML writes it, its name, the words)."""

    term: Term
    cells: list[tuple[str, str, Sequence[Word]]]
    remove_href: str = ""
    change_href: str = ""

    @property
    def name(self) -> str:
        """Its first word in the first language shown that has one."""
        return next((words[0].text for _, _, words in self.cells if words), "")


def name_of(language: str) -> str:
    """The language in its own words."""
    return str(_NAMES[language])


def listing(query: QueryDict, *, path: str) -> lists.Listing:
    """What the address asks of the list. Raises Unclear."""
    given = query.copy()
    given.pop("saved", None)
    return LIST.read(given, path=path)


def shown_languages(asked: lists.Listing) -> tuple[str, ...]:
    return PAIRS.get(asked.chosen.get("pair", ""), LANGUAGES)


def rows_of(place: Place, asked: lists.Listing) -> list[Line]:
    """The terms that fit what is asked: with a pair, those that have words in both of its languages."""
    languages, whose = shown_languages(asked), asked.chosen.get("whose", "")
    wanted = normalise(asked.search)
    found = []
    for term in queries.terms(place.id):
        if whose and (whose == "own") != bool(term.own):
            continue
        if "pair" in asked.chosen and not all(term.words.get(language) for language in languages):
            continue
        if wanted and wanted not in normalise(" ".join([term.note, *_all_words(term)])):
            continue
        found.append(_line(term, languages, place))
    return found


def _all_words(term: Term) -> list[str]:
    return [word.text for several in term.words.values() for word in several]


def _line(term: Term, languages: Sequence[str], place: Place) -> Line:
    cells = [(html_language(language), str(_NAMES[language]), term.words.get(language, ())) for language in languages]
    if not (term.own and place.may_translate):
        return Line(term, cells)
    hrefs = [reverse(f"desk:{deed}-term", args=[place.slug, term.own]) for deed in ("remove", "change")]
    return Line(term, cells, *hrefs)


def held(term: Term) -> dict[str, str]:
    """What the form to change a term begins with."""
    words = {language: spelled(words) for language, words in term.words.items()}
    return words | {"note": term.note, "opened_with": mark_of(term)}


def in_text(text: str, place: Place, *, language: str, into: str) -> list[Found]:
    """The terms of the office's glossary that stand in a text, with what they are in the other language."""
    return occurring(text, queries.terms(place.id), language=language, into=into)


def columns() -> list[Column[Line]]:
    return [
        *(_column(code) for code in LANGUAGES),
        Column("note", gettext("Note"), lambda row: row.term.note, 30),
        Column("own", gettext("Our office’s own"), lambda row: bool(row.term.own), 12),
    ]


def _column(language: str) -> Column[Line]:
    return Column(f"term_{html_language(language)}", name_of(language), lambda row: _joined(row.term, language), 34)


def _joined(term: Term, language: str) -> str:
    return spelled(term.words.get(language, ()))

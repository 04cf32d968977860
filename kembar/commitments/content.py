"""A promise as it is put before the other side: line by line, in both languages."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext, override

from kembar.commitments.models import Commitment
from kembar.commitments.states import Side
from kembar.countersign.rules import Content, Line
from kembar.languages.queries import all_texts
from kembar.languages.rules import MACHINE, Shown, best
from kembar.lib.dates import EdtfDate, parse_duration
from kembar.lib.text import normalise
from kembar.web.dates import written, written_length

WORDS = "what"  # the field whose text is kept in several languages
# What each line the other side reads is made of. Another value in one of these lets a confirmation fall, and in nothing
# else; of a recurring promise the day may move.
MADE_OF = {
    "what": ("what",), "by": ("side", "actor"), "to": ("counterpart",), "due": ("due", "recurring", "every"),
    "made": ("made_on",), "sentence": ("sentence",), "source": ("document",), "condition": ("conditional",),
}  # fmt: skip
LETS_FALL = frozenset(field for fields in MADE_OF.values() for field in fields)


def content_of(row: Commitment, *, languages: tuple[str, str]) -> Content:
    """One promise; its texts are read."""
    return contents_of([row], office_id=row.office_id, languages=languages)[row.pk]


def contents_of(rows: Iterable[Commitment], *, office_id: int, languages: tuple[str, str]) -> dict[int, Content]:
    """Promises by number; one query for all their texts. The rows carry office, file and document with them."""
    chosen = list(rows)
    texts = all_texts([row.key for row in chosen], office_id=office_id)
    return {
        row.pk: Content(row.key, languages, tuple(_lines(row, languages, texts.get((row.key, WORDS), {}))))
        for row in chosen
    }


def _lines(row: Commitment, languages: tuple[str, str], texts: dict[str, Shown]) -> list[Line]:
    given = texts or {row.written_in: Shown(row.what, row.written_in, "original", stale=False)}
    lacking = {language: why for language in languages if (why := _lack(given.get(language)))}
    words = {language: _best(given, language) for language in languages}
    two = _in_both(languages)
    found = [
        Line("what", two(lambda: gettext("What is promised")), words, lacking=lacking),
        Line("by", two(lambda: gettext("Who promised")), {code: _who(row, code) for code in languages},
             meaning=f"{row.side}|{row.actor}"),
        Line("due", two(lambda: gettext("Due")), two(lambda: due_words(row)), meaning=_when(row.due, row)),
        Line("made", two(lambda: gettext("Promised on")), two(lambda: written(row.made_on)), _edtf(row.made_on)),
        Line("sentence", two(lambda: gettext("The words of the source")), two(lambda: f"“{row.sentence}”"),
             meaning=row.sentence),
        Line("source", two(lambda: gettext("Source")), two(lambda: _source(row)), f"document:{row.document_id}"),
    ]  # fmt: skip
    if row.counterpart:
        found.insert(2, Line("to", two(lambda: gettext("To whom")), two(lambda: row.counterpart), row.counterpart))
    if row.conditional:
        said = two(lambda: gettext("binds only when a condition is met"))
        found.insert(-2, Line("condition", two(lambda: gettext("Condition")), said, meaning="conditional"))
    return found


def _in_both(languages: tuple[str, str]) -> Callable[[Callable[[], str]], dict[str, str]]:
    def said(write: Callable[[], str]) -> dict[str, str]:
        found = {}
        for language in languages:
            with override(language):
                found[language] = str(write())
        return found

    return said


def _lack(text: Shown | None) -> str:
    """Why a text is not fit to be confirmed; "" where it is."""
    if text is None:
        return "missing"
    if text.stale:
        return "stale"
    return MACHINE if text.state == MACHINE else ""


def _best(texts: dict[str, Shown], language: str) -> str:
    """What stands in the column of a language while its own text is missing: the original."""
    shown = texts.get(language) or best(texts.values(), language=language)
    return shown.text if shown else ""


def _who(row: Commitment, language: str) -> str:
    file = row.partnership.merged_into or row.partnership
    own = row.office.local_government.name_in(language)
    theirs = file.institution or file.partner.name_in(language)
    with override(language):
        both = gettext("%(city)s and %(partner)s") % {"city": own, "partner": theirs}
    name = {Side.OWN: own, Side.PARTNER: theirs, Side.BOTH: both}.get(Side(row.side), "") if row.side else ""
    # A source that names the city alone says nothing that its name does not say already; the other city's name does.
    ours, other = {own, row.office.local_government.english_name}, {theirs, file.partner.english_name}
    known = {Side.OWN: ours, Side.PARTNER: other}.get(Side(row.side), ours | other) if row.side else set()
    adds = normalise(row.actor) not in {normalise(one) for one in known}
    return f"{name} ({row.actor})" if name and row.actor and adds else name or row.actor


def due_words(row: Commitment) -> str:
    """By when, and that it comes again, in the language of the page."""
    day = written(row.due)
    if not row.recurring:
        return day
    if not row.every:
        return gettext("%(date)s, and again") % {"date": day}
    length = written_length(parse_duration(row.every))
    return gettext("%(date)s, and again every %(length)s") % {"date": day, "length": length}


def _when(due: EdtfDate | None, row: Commitment) -> str:
    """A round that was kept moves the day of a recurring promise and changes nothing that was agreed."""
    return f"every {row.every}" if row.recurring else _edtf(due)


def _edtf(day: EdtfDate | None) -> str:
    return day.edtf if day else "not known"


def _source(row: Commitment) -> str:
    published = written(row.document.published) if row.document.published else ""
    return ", ".join(part for part in (row.document.title, published) if part)

"""What the desk calls things: kinds, values of claims, doubts."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.agreements.claims_file import scope_of, term_of
from kembar.agreements.states import ApprovalKind, Attribute, InstrumentKind, Mode
from kembar.cities.queries import usual_names
from kembar.desk.kept import kept
from kembar.lib.dates import UnreadableDate, parse_duration, parse_edtf
from kembar.partnerships.queries import FileLine, Partnership, file_lines, line_of
from kembar.partnerships.states import EventKind, Kind
from kembar.sources.rules import DUPLICATE, END_BEFORE_START, FUTURE, LEVEL, ORDINAL, WEEKDAY, Doubt
from kembar.web.dates import written, written_length

# What a cooperation is meant to be; none is called a sister city before its paper makes it one.
KINDS: dict[str, str | Promise] = {
    Kind.SISTER: pgettext_lazy("kind of cooperation", "city with city"),
    Kind.FRIENDSHIP: pgettext_lazy("kind of cooperation", "city with city, in friendship"),
    Kind.THEMATIC: pgettext_lazy("kind of cooperation", "on one theme"),
    Kind.INSTITUTION: pgettext_lazy("kind of cooperation", "with an institution"),
    Kind.NETWORK: pgettext_lazy("kind of cooperation", "network of cities"),
}
_CODES: dict[str, dict[str, str | Promise]] = {
    Attribute.KIND: {
        code: label for kinds in (InstrumentKind, ApprovalKind, EventKind) for code, label in kinds.choices
    },
    Attribute.MODE: dict(Mode.choices),
}
_DOUBTS: dict[str, str | Promise] = {
    WEEKDAY: gettext_lazy("The source names a weekday that %(date)s was not. Check the day, the month and the year."),
    FUTURE: gettext_lazy("%(date)s lies after the day of the source (%(known_on)s): it cannot have happened yet."),
    END_BEFORE_START: gettext_lazy("The end (%(end)s) lies before the beginning (%(start)s)."),
    ORDINAL: gettext_lazy("The source counts this partner as number %(claimed)s; by the register it is %(counted)s."),
    DUPLICATE: gettext_lazy("The file holds one of this kind with the date %(date)s already. Is it the same one?"),
    LEVEL: gettext_lazy(
        "%(partner)s is not of the same level as %(office)s. Say in the reason why it fits all the same."
    ),
}


def partner_name(file: Partnership, language: str | None = None) -> str:
    """The counterpart's name in the language of the page."""
    return file.institution or file.partner.name_in(language or get_language() or "id")


def partner_names(files: Iterable[Partnership | FileLine]) -> dict[int, str]:
    """By number of the file, the same for many files at once: one query."""
    rows = [row if isinstance(row, FileLine) else line_of(row) for row in files]
    language = (get_language() or "id")[:2]
    names = usual_names((row.partner_id for row in rows), language=language)
    return {row.pk: row.institution or names.get(row.partner_id, {}).get(language, row.english_name) for row in rows}


def partner_choices(office_id: int) -> list[tuple[str, str]]:
    """(slug, name) of every partner of the office, by name; worked out once per change of the office."""
    return kept("partners", office_id, lambda: _partner_choices(office_id))


def _partner_choices(office_id: int) -> list[tuple[str, str]]:
    """Two queries, and no file is read whole."""
    lines = file_lines(office_id)
    names = partner_names(lines)
    return sorted(((line.slug, names[line.pk]) for line in lines), key=lambda one: one[1].casefold())


def length_words(text: str) -> str:
    """P4Y → 4 years; anything that is no length as it stands."""
    term, from_effective, _ = term_of(text)
    try:
        length = parse_duration(term)
    except ValueError:
        return text
    named = written_length(length)
    if from_effective:
        return gettext("%(length)s from entry into force") % {"length": named}
    return named


def value_words(attribute: str, value: str) -> str:
    """The value of a claim as a person reads it."""
    if attribute in _CODES:
        return str(_CODES[attribute].get(value, value))
    if attribute in (Attribute.TERM, Attribute.NOTICE):
        return length_words(value)
    if attribute == Attribute.SCOPE:
        return " · ".join(scope_of(value)) or value
    try:
        return written(parse_edtf(value)) if value[:1] in "0123456789[X." else value
    except UnreadableDate:
        return value


def attribute_words(attribute: str) -> str:
    return str(Attribute(attribute).label) if attribute in Attribute.values else attribute


def doubt_words(doubt: Doubt) -> str:
    facts = {name: _dated(text) for name, text in doubt.facts.items()}
    return str(_DOUBTS[doubt.code]) % facts


def _dated(text: str) -> str:
    try:
        return written(parse_edtf(text)) if "-" in text or len(text) == 4 else text
    except UnreadableDate:
        return text

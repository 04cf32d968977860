"""What rows become and what is wrong with them, in the language of the page."""

from collections.abc import Mapping
from typing import Any

from babel.dates import get_day_names
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.agreements.states import DATES, LENGTHS, ApprovalKind, Attribute, InstrumentKind
from kembar.cities.countries import country_name
from kembar.cities.queries import Place
from kembar.files.states import Refusal
from kembar.lib.dates import UnreadableDate, parse_edtf
from kembar.lib.dates.point import Reason
from kembar.partnerships.states import EventKind
from kembar.spreadsheets import cells, plan
from kembar.spreadsheets.entries import HEADING_AGAIN, NUMBERED, SUBHEADING, SUM
from kembar.spreadsheets.rules import STATEMENT
from kembar.web.dates import why_unreadable, written
from kembar.web.locales import locale_of

# Why a file gives no table, besides what may not be kept at all.
REFUSED: Mapping[str, str | Promise] = {
    cells.EMPTY: gettext_lazy("No sheet of this file holds anything."),
    cells.TOO_MANY_ROWS: gettext_lazy("A sheet has more than 20,000 rows. Divide it, for instance by years."),
    cells.TOO_MANY_COLUMNS: gettext_lazy(
        "A sheet has more than 100 columns. Keep the table of the cooperation and delete the others."
    ),
    cells.NOT_A_TABLE: gettext_lazy("This is no spreadsheet. XLSX, ODS and CSV can be read."),
    cells.TOO_FAR: gettext_lazy(
        "A sheet reaches too far. Delete the empty rows and columns behind the table, save the file, hand it in again."
    ),
    cells.TOO_MUCH_TEXT: gettext_lazy("The sheets hold more text than can be read at once. Divide the file."),
    cells.LOCKED: Refusal.ENCRYPTED.label,
    cells.DAMAGED: Refusal.DAMAGED.label,
}

PROBLEMS: Mapping[str, str | Promise] = {
    "no_partner": gettext_lazy("No partner city is named."),
    "no_seat": gettext_lazy("The city where the institution has its seat is missing."),
    "no_institution": gettext_lazy("“%(kind)s” needs the name of the institution or network in a column of its own."),
    "unknown_country": gettext_lazy("The country “%(country)s” is not known. Write it as 한국, Jepang or CN."),
    "no_record": gettext_lazy("It is not said what this is: a paper, an approval, an event?"),
    "no_title": gettext_lazy("It is not said what happened."),
    "too_long": gettext_lazy("The cell is longer than %(most)s characters."),
    "unreadable_term": gettext_lazy("“%(text)s” is no length of time. Write 5 tahun, 6 months or 2019–2024."),
    "future_date": gettext_lazy("%(date)s lies in the future: it cannot have happened yet."),
    "end_before_start": gettext_lazy("The end (%(end)s) lies before the beginning (%(start)s)."),
    "which_city": gettext_lazy("Which place is “%(city)s”?"),
    "which_kind": gettext_lazy("What is “%(word)s”?"),
}
SKIPPED: Mapping[str, str | Promise] = {
    HEADING_AGAIN: gettext_lazy("the heading once more"),
    NUMBERED: gettext_lazy("numbers of columns"),
    SUM: gettext_lazy("a sum"),
    SUBHEADING: gettext_lazy("a heading inside the table"),
}
FACTS: Mapping[str, str | Promise] = {
    plan.KNOWN: pgettext_lazy("fact", "known already"),
    plan.DIFFERS: gettext_lazy("differs from “%(other)s” in %(document)s: stays open for you to decide"),
    plan.REPLACES: gettext_lazy("replaces “%(other)s” from %(document)s"),
    plan.AGAIN: gettext_lazy("stands again after it was taken back"),
    plan.REJECTED: gettext_lazy("the office has rejected this before; it stays rejected"),
}
_RECORDS: Mapping[str, type[InstrumentKind] | type[ApprovalKind] | type[EventKind]] = {
    "paper": InstrumentKind, "approval": ApprovalKind, "event": EventKind,
}  # fmt: skip


def refused(code: str) -> str:
    """Why a file was not taken."""
    return str(REFUSED.get(code) or Refusal(code).label)


def record_words(record: str) -> str:
    """ "paper:extension" → extension."""
    if record == STATEMENT:
        return gettext("statement about the partner")
    topic, _, kind = record.partition(":")
    return str(_RECORDS[topic](kind).label)


def record_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything a row can be, in groups."""
    groups = (("paper", gettext("Papers")), ("approval", gettext("Approvals")), ("event", gettext("Events")))
    return [
        (label, [(f"{topic}:{value}", str(capfirst(name))) for value, name in _RECORDS[topic].choices])
        for topic, label in groups
    ]


def value_words(attribute: str, value: str) -> str:
    """A value as people read it: 24 Mei 1960, 5 years as P5Y says it, fields parted by commas."""
    if attribute in DATES:
        return _day(value)
    if attribute in LENGTHS:
        return length_words(value)
    if attribute == "scope":
        return value.strip("; ").replace("; ", ", ")
    return record_words(_with_topic(value)) if attribute == "kind" else value


def _with_topic(kind: str) -> str:
    return next(f"{topic}:{kind}" for topic, kinds in _RECORDS.items() if kind in kinds.values)


def length_words(value: str) -> str:
    number = int("".join(sign for sign in value if sign.isdigit()) or 0)
    if value.endswith("Y"):
        return gettext("%(number)d years") % {"number": number}
    if value.endswith("M"):
        return gettext("%(number)d months") % {"number": number}
    return gettext("%(number)d days") % {"number": number} if value.endswith("D") else value


def attribute_words(attribute: str) -> str:
    return str(Attribute(attribute).label)


def fact_words(fact: list[str]) -> tuple[str, str, str]:
    """Label, value and, where it is not simply new, what it is against the register."""
    attribute, value, state, other, document = fact
    said = str(FACTS.get(state, ""))
    if said:
        said %= {"other": value_words(attribute, other) if other else "", "document": document}
    return attribute_words(attribute), value_words(attribute, value), said


def problem_words(problem: Mapping[str, Any]) -> str:
    """One sentence, with the column at fault before it."""
    code, facts = problem["code"], dict(problem["facts"])
    if code == "unreadable_date":
        sentence = f"“{facts['text']}”: {why_unreadable(UnreadableDate(facts['text'], Reason(facts['reason'])))}"
    elif code == "weekday_mismatch":
        days = get_day_names("wide", locale=locale_of(get_language()))
        sentence = gettext("%(date)s was a %(actual)s, not a %(written)s.") % {
            "date": _day(facts["date"]), "actual": days[int(facts["actual"]) - 1],
            "written": days[int(facts["written"]) - 1],
        }  # fmt: skip
    else:
        shown = {name: _day(text) if name in ("date", "start", "end") else text for name, text in facts.items()}
        sentence = str(PROBLEMS[code]) % shown
    column = problem.get("column")
    return gettext("Column %(letter)s: %(sentence)s") % {"letter": column, "sentence": sentence} if column else sentence


def _day(text: str) -> str:
    try:
        return written(parse_edtf(text))
    except UnreadableDate:
        return text


def place_words(place: Place) -> str:
    """Springfield (Illinois), Amerika Serikat · 114.394 jiwa would be too much: name, region, country."""
    country = country_name(place.country, get_language() or "id")
    region = f", {place.region}" if place.region and place.region != place.english_name else ""
    return f"{place.english_name}{region}, {country}"

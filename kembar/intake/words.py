"""What the pages of the reader say: labels of codes, drafts as a person would name them, reasons in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.cities import gazetteer
from kembar.intake.states import DraftKind
from kembar.lib.dates import UnreadableDate, parse_edtf
from kembar.web.dates import written
from kembar.web.locales import locale_of
from kembar.web.templatetags.web import country, number

Labels = Mapping[str, str | Promise]

GROUPS: Labels = {
    DraftKind.AGREEMENT: gettext_lazy("Agreements"),
    DraftKind.COMMITMENT: gettext_lazy("Promises"),
    DraftKind.DATE: gettext_lazy("Dates"),
    DraftKind.PERSON: gettext_lazy("People"),
    DraftKind.MONEY: gettext_lazy("Amounts of money"),
    DraftKind.SECTOR: pgettext_lazy("draft", "Fields of cooperation"),
    DraftKind.CITY: gettext_lazy("Cities"),
}
PAPERS: Labels = {
    "loi": gettext_lazy("letter of intent (LoI)"),
    "mou": gettext_lazy("memorandum of understanding (MoU)"),
    "ia": gettext_lazy("implementing arrangement"),
    "sister_city": gettext_lazy("sister city agreement"),
    "friendship": gettext_lazy("friendship agreement"),
    "other": gettext_lazy("another paper"),
}
STATUSES: Labels = {
    "signed": pgettext_lazy("paper in a text", "signed"),
    "planned": pgettext_lazy("paper in a text", "planned"),
    "expired": pgettext_lazy("paper in a text", "run out"),
    "explored": pgettext_lazy("paper in a text", "being explored"),
}
MODALITIES: Labels = {
    "planned": pgettext_lazy("promise", "will be done"),
    "hoped": pgettext_lazy("promise", "is hoped for"),
    "offered": pgettext_lazy("promise", "is offered"),
    "done": pgettext_lazy("promise", "has been done"),
}
SECTORS: Labels = {
    "ai_digital": gettext_lazy("digital services and artificial intelligence"),
    "agriculture": gettext_lazy("agriculture"),
    "health": gettext_lazy("health"),
    "green_economy": gettext_lazy("green economy"),
    "waste": gettext_lazy("waste management"),
    "transport_ev": gettext_lazy("transport and electric vehicles"),
    "creative_economy": gettext_lazy("creative economy"),
    "msme": gettext_lazy("small firms"),
    "education": gettext_lazy("education"),
    "vocational": gettext_lazy("vocational training"),
    "culture": gettext_lazy("culture"),
    "tourism": gettext_lazy("tourism"),
    "trade_investment": gettext_lazy("trade and investment"),
    "governance": gettext_lazy("public administration"),
    "disaster_resilience": gettext_lazy("disaster resilience"),
    "youth": gettext_lazy("youth"),
    "sport": gettext_lazy("sport"),
    "urban_planning": gettext_lazy("urban planning"),
    "research": gettext_lazy("research"),
    "social_media": gettext_lazy("social media"),
}

NOTES: Labels = {
    "empty": gettext_lazy("There was nothing to read in this text. It is kept as it came. Paste the words themselves."),
    "no_text": gettext_lazy(
        "There are hardly any words here: it may come from a picture or a broken file. It is kept as it came. "
        "Copy the words from the original and paste them as a new text."
    ),
    "wrong_encoding": gettext_lazy(
        "Some letters are broken, so names may be missed. The text is kept as it came. "
        "Save the original as UTF-8, or copy it from the page, and paste it again."
    ),
    "cut_off": gettext_lazy(
        "The text is longer than is read at a time: drafts come from its beginning only. All of it is kept. "
        "Paste the rest as a text of its own."
    ),
    "hidden_characters": gettext_lazy(
        "The text holds characters that nobody sees or that turn the direction of reading. They were passed over in "
        "reading and are kept in the text. Compare the drafts with the original before you accept them."
    ),
    "language_not_supported": gettext_lazy(
        "The reader does not know this language well: it read as far as names and numbers go, and took no promise. "
        "The text is kept. Read it yourself before you accept anything."
    ),
    "language_close": gettext_lazy(
        "The text is in a language close to Indonesian and was read by the rules of Indonesian. "
        "Everything found is kept as a draft. Look at promises with special care."
    ),
    "about_sport": gettext_lazy(
        "This looks like a report on a match between teams that bear the names of cities. No promise was taken from "
        "it; the text is kept. Drop what is left if it has nothing to do with cooperation."
    ),
    "old_text": gettext_lazy(
        "The text speaks of a time before 1950. It is kept as it is. "
        "Check names of cities and countries: many have changed since then."
    ),
    "no_city_found": gettext_lazy(
        "No city was found. The text is kept. "
        "If it is about a partner, choose the file below and enter the facts by hand."
    ),
    "no_cooperation_found": gettext_lazy(
        "Nothing in it speaks of cities working together. What was found is kept as drafts. "
        "Drop them if the text is of no use to the office."
    ),
    "relative_dates_without_anchor": gettext_lazy(
        "The text says “yesterday” or “next year”, and nothing says when that was. Those days were left unknown. "
        "Paste it again with the day of publication to have them read."
    ),
}
UNKNOWN_NOTE = gettext_lazy(
    "The reader had a doubt about this text (%(code)s). The text is kept. Read it yourself before you accept anything."
)
REFUSED: Labels = {
    "empty": gettext_lazy("There is no text yet. Paste the words, or choose a file. What you filled in is kept."),
    "too_long": gettext_lazy(
        "The text has more than 200,000 characters. Nothing was saved. Paste the part that matters, or divide it."
    ),
    "known": gettext_lazy(
        "The office has this article already. Nothing was saved twice, and what you pasted is kept below."
    ),
}
CANNOT_READ: Labels = {
    "empty": gettext_lazy("The file is empty. Nothing was saved. Choose another file, or paste the words."),
    "too_large": gettext_lazy(
        "The file is larger than 5 MB, or longer than 300 pages. Nothing was saved. Paste the pages that matter."
    ),
    "picture": gettext_lazy(
        "The file is a picture, and pictures of text cannot be read here. Nothing was saved. "
        "Paste the words, or choose the original file."
    ),
    "not_text": gettext_lazy(
        "The file holds no text that can be read. Nothing was saved. TXT, DOCX, PDF and HTML can be read; "
        "save it as one of these, or paste the words."
    ),
    "broken": gettext_lazy(
        "The file is damaged and could not be opened. Nothing was saved. Ask for it again, or paste the words."
    ),
    "locked": gettext_lazy(
        "The file is locked with a password. Nothing was saved. Open it with its password, save it without, and choose "
        "it again; or paste the words."
    ),
    "no_text_inside": gettext_lazy(
        "The file opens, but it holds only pictures of pages, or nothing. Nothing was saved. "
        "Paste the words, or choose a file with text in it."
    ),
}


def note(code: str) -> str:
    """Why a text gave little, as a sentence with what was kept and what to do."""
    return str(NOTES[code]) if code in NOTES else str(UNKNOWN_NOTE) % {"code": code}


def label(labels: Labels, code: str) -> str:
    """The word for a code; the code itself where the reader has learned a new one."""
    return str(labels.get(code, code))


def date_words(value: str) -> str:
    """An EDTF date in the words of the page; what cannot be read stands as it is."""
    if not value:
        return ""
    try:
        return written(parse_edtf(value))
    except UnreadableDate:
        return value


def city_words(geonameid: int, name: str, code: str) -> str:
    """Nanning, Tiongkok: the city in the language of the page."""
    place = gazetteer.by_geonameid(geonameid)
    return f"{place.name_in(get_language() or 'id') if place else name}, {country(code)}"


def language_words(code: str) -> str:
    """The name of a language in the language of the page; empty where none was recognised."""
    if not code or code == "und":
        return ""
    return str(locale_of().languages.get(code, code))


def title(kind: str, value: Mapping[str, Any]) -> str:
    """A draft in one line, as an officer would name it."""
    return _TITLES[DraftKind(kind)](value)


def _paper(value: Mapping[str, Any]) -> str:
    return f"{label(PAPERS, value['kind'])}: {label(STATUSES, value['status'])}"


def _money(value: Mapping[str, Any]) -> str:
    return f"{number(value['amount'])} {value['currency']}"


def _person(value: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (value["name"], value["office"], value["of"]) if part)


_TITLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    DraftKind.AGREEMENT: _paper,
    DraftKind.COMMITMENT: lambda value: str(value["action"]),
    DraftKind.DATE: lambda value: date_words(value["value"]),
    DraftKind.PERSON: _person,
    DraftKind.MONEY: _money,
    DraftKind.SECTOR: lambda value: label(SECTORS, value["code"]),
    DraftKind.CITY: lambda value: city_words(value["geonameid"], value["name"], value["country"]),
}


def details(kind: str, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else the draft says: (label, words), without what the text leaves open."""
    rows: list[tuple[str, str]] = []
    if kind == DraftKind.AGREEMENT:
        rows = [(gettext("Parties"), ", ".join(value["parties"])), (gettext("Date"), date_words(value["date"]))]
    elif kind == DraftKind.COMMITMENT:
        rows = [
            (gettext("Who"), value["actor"]),
            (gettext("For or with whom"), value["counterpart"]),
            (gettext("Due"), date_words(value["due"])),
            (gettext("How firmly"), label(MODALITIES, value["modality"])),
            (gettext("On a condition"), gettext("yes") if value.get("conditional") else ""),
            (gettext("Every time again"), gettext("yes") if value.get("recurring") else ""),
        ]
    elif kind == DraftKind.DATE and value.get("corrected"):
        rows = [(gettext("Or perhaps"), date_words(value["corrected"]))]
    return [(name, words) for name, words in rows if words]

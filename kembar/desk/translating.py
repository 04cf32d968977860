"""The translator's queue: promises that lack a text in the language of the office or of the partner."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kembar.commitments import queries as promises
from kembar.commitments.content import WORDS
from kembar.countersign.rules import language_of
from kembar.countersign.shown import language_name
from kembar.desk.place import Place
from kembar.desk.words import partner_names
from kembar.languages import queries as languages
from kembar.languages.states import TextState
from kembar.partnerships.queries import Partnership
from kembar.reminders.texts import Work as ToTranslate
from kembar.reminders.texts import to_translate
from kembar.web.addresses import html_language

WHY: dict[str, str | Promise] = {
    "missing": pgettext_lazy("translation", "missing"),
    "stale": pgettext_lazy("translation", "the original has changed since"),
    "machine": pgettext_lazy("translation", "machine translation, to be checked"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """One text to write."""

    promise: promises.Commitment
    partner: str
    language: str
    language_name: str
    original: str
    original_language: str
    why: str
    href: str


def queue(place: Place) -> list[Work]:
    """Everything to translate, the earliest due first, by language within one promise."""
    found = to_translate([place.office])
    names = partner_names(_file(work.promise) for work in found)
    return [_work(work, names[_file(work.promise).pk], place) for work in found]


def _file(row: promises.Commitment) -> Partnership:
    return row.partnership.merged_into or row.partnership


def _work(work: ToTranslate, partner: str, place: Place) -> Work:
    language = work.language
    where = {"office": place.slug, "number": work.promise.pk, "language": html_language(language).lower()}
    return Work(
        promise=work.promise, partner=partner, language=language, language_name=language_name(language),
        original=work.entry.original, original_language=html_language(work.entry.language), why=str(WHY[work.why]),
        href=reverse("desk:translate-commitment", kwargs=where),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theirs:
    """A promise in the language of the partner. `text` is empty where it is still to be written."""

    language_name: str
    html_language: str
    text: str
    state_label: str
    stale: bool
    href: str


def in_their_language(row: promises.Commitment, place: Place) -> Theirs | None:
    """None before the promise is accepted, and where it was written in the partner's language."""
    language = language_of(_file(row).partner.country)
    now = beside(row, language, place)
    where = {"office": place.slug, "number": row.pk, "language": html_language(language).lower()}
    if now is None:
        return None
    return Theirs(
        language_name=language_name(language), html_language=html_language(language), text=now.text,
        state_label=now.state_label, stale=now.stale, href=reverse("desk:translate-commitment", kwargs=where),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What a translator has in sight: the original, its fingerprint, and what stands in the language now."""

    original: str
    language: str
    original_language: str  # as HTML writes it
    of_hash: str
    text: str
    state_label: str
    stale: bool


def beside(row: promises.Commitment, language: str, place: Place) -> Beside | None:
    """None where there is nothing to translate: no original yet, or it is in this language."""
    texts = languages.all_texts([row.key], office_id=place.id).get((row.key, WORDS), {})
    original = next((shown for shown in texts.values() if shown.state == TextState.ORIGINAL), None)
    if original is None or original.language == language:
        return None
    now = texts.get(language)
    return Beside(
        original=original.text, language=original.language, original_language=html_language(original.language),
        of_hash=languages.original_hash(row.key, field=WORDS, office_id=place.id), text=now.text if now else "",
        state_label=str(TextState(now.state).label) if now else "", stale=bool(now and now.stale),
    )  # fmt: skip

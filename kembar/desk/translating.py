"""The translator's queue: promises that lack a text in the language of the office or of the partner."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kembar.commitments import queries as promises
from kembar.commitments.content import WORDS
from kembar.countersign.rules import language_of
from kembar.countersign.shown import language_name
from kembar.desk.place import Place
from kembar.desk.words import partner_name
from kembar.languages import queries as languages
from kembar.languages.states import TextState
from kembar.partnerships.queries import Partnership
from kembar.people.queries import contact_languages
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
    waiting = {
        (entry.subject, language): entry
        for language, _ in settings.LANGUAGES
        for entry in languages.waiting(place.id, language=language, of="commitment", unchecked=True)
        if entry.field == WORDS
    }
    numbers = {int(subject.partition(":")[2]) for subject, _ in waiting}
    rows = promises.to_put_into_words(numbers, office_id=place.id)
    rows = rows.prefetch_related("partnership__partner__names", "partnership__merged_into__partner__names")
    found = list(rows)
    spoken = contact_languages({row.partnership.key for row in found}, office_id=place.id)
    own = language_of(place.office.local_government.country)
    return [
        _work(row, language, waiting[row.key, language], place)
        for row in found
        for language in dict.fromkeys((_theirs(row.partnership, spoken), own))
        if (row.key, language) in waiting
    ]


def _theirs(file: Partnership, spoken: dict[str, list[str]]) -> str:
    """The language most likely wanted: that of the first contact who has one noted, else of the country."""
    noted = spoken.get(file.key, [""])
    return language_of(file.partner.country, written=noted[0])


def _work(row: promises.Commitment, language: str, entry: languages.Waiting, place: Place) -> Work:
    why = "missing" if not entry.translation else "machine" if entry.translation_state == TextState.MACHINE else "stale"
    where = {"office": place.slug, "number": row.pk, "language": html_language(language).lower()}
    return Work(
        promise=row, partner=partner_name(row.partnership.merged_into or row.partnership), language=language,
        language_name=language_name(language), original=entry.original, original_language=html_language(entry.language),
        why=str(WHY[why]), href=reverse("desk:translate-commitment", kwargs=where),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What a translator has in sight: the original, its fingerprint, and what stands in the language now."""

    original: str
    original_language: str
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
        original=original.text, original_language=html_language(original.language),
        of_hash=languages.original_hash(row.key, field=WORDS, office_id=place.id), text=now.text if now else "",
        state_label=str(TextState(now.state).label) if now else "", stale=bool(now and now.stale),
    )  # fmt: skip

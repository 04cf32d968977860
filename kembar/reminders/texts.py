"""What waits for a translator: promises that lack a text in the language of the office or of the partner."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from kembar.cities.models import Office
from kembar.commitments import queries as promises
from kembar.commitments.content import WORDS
from kembar.countersign.rules import language_of
from kembar.languages import queries as languages
from kembar.languages.states import TextState
from kembar.partnerships.models import Partnership
from kembar.people.queries import contact_languages


@dataclass(frozen=True, slots=True)
class Work:
    """One text to write. `why`: missing, stale, or machine (to be checked)."""

    promise: promises.Commitment
    language: str
    entry: languages.Waiting
    why: str


def to_translate(offices: Collection[Office]) -> list[Work]:
    """Everything to translate, the earliest due first, by language within one promise. A fixed number of queries,
    however many offices."""
    numbered = {office.pk: office for office in offices}
    waiting = {
        (entry.subject, language): entry
        for language, _ in settings.LANGUAGES
        for entry in languages.waiting(list(numbered), language=language, of="commitment", unchecked=True)
        if entry.field == WORDS
    }
    numbers = {int(subject.partition(":")[2]) for subject, _ in waiting}
    found = list(promises.to_put_into_words(numbers, office_id=list(numbered)))
    spoken = contact_languages({row.partnership.key for row in found}, office_id=list(numbered))
    own = {number: language_of(office.local_government.country) for number, office in numbered.items()}
    return [
        Work(row, language, entry, _why(entry))
        for row in found
        for language in dict.fromkeys((_theirs(row.partnership, spoken), own[row.office_id]))
        if (entry := waiting.get((row.key, language)))
    ]


def _theirs(file: Partnership, spoken: dict[str, list[str]]) -> str:
    """The language most likely wanted: that of the first contact who has one noted, else of the country."""
    noted = spoken.get(file.key, [""])
    return language_of(file.partner.country, written=noted[0])


def _why(entry: languages.Waiting) -> str:
    if not entry.translation:
        return "missing"
    return "machine" if entry.translation_state == TextState.MACHINE else "stale"

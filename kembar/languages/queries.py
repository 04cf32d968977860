"""Reading texts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from kembar.access.offices import Offices, within
from kembar.languages.glossary import Term, shipped, words_of
from kembar.languages.models import OwnTerm, Prose
from kembar.languages.rules import ORIGINAL, Shown, best, language_code
from kembar.languages.states import TextState


class NoSuchTerm(Exception):
    """This office has no such term of its own."""


Key = tuple[str, str]  # subject, field


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry of a translator's queue: the original as it is now, and what stands in the language (stale) or ""."""

    subject: str
    field: str
    language: str
    original: str
    of_hash: str
    written_at: datetime
    translation: str
    translation_state: str


def texts(subjects: Iterable[str], *, office_id: Offices, language: str) -> dict[Key, Shown]:
    """The best text of each field of these records for a reader of `language`. One query, whatever the number."""
    chosen = {
        key: best(several.values(), language=language_code(language))
        for key, several in all_texts(subjects, office_id=office_id).items()
    }
    return {key: shown for key, shown in chosen.items() if shown is not None}


def all_texts(subjects: Iterable[str], *, office_id: Offices) -> dict[Key, dict[str, Shown]]:
    """Every text of each field of these records by language, as a form for editing shows them. One query."""
    wanted = list(subjects)
    if not wanted:
        return {}
    rows = Prose.objects.filter(within(office_id), subject__in=wanted).order_by("id")
    found = list(rows.values_list("subject", "field", "language", "text", "state", "of_hash"))
    current = {(row[0], row[1]): row[5] for row in found if row[4] == ORIGINAL}
    fields: dict[Key, dict[str, Shown]] = defaultdict(dict)
    for subject, field, language, text, state, of_hash in found:
        stale = of_hash != current.get((subject, field))
        fields[subject, field][language] = Shown(text=text, language=language, state=state, stale=stale)
    return dict(fields)


def original_hash(subject: str, *, field: str, office_id: int) -> str:
    """The fingerprint a form keeps while somebody writes: `write_original` and `translate` compare it. "" if none."""
    row = Prose.objects.filter(office_id=office_id, subject=subject, field=field, state=TextState.ORIGINAL)
    return row.order_by("id").values_list("of_hash", flat=True).first() or ""


def waiting(office_id: Offices, *, language: str, of: str = "", unchecked: bool = False) -> list[Waiting]:
    """What a translator into `language` has to do: fields whose text is missing or stale, longest waiting first.

    `of` narrows to the records of one concept (`commitment`); with `unchecked` a machine's text waits for a person.
    """
    language = language_code(language)
    in_language = Prose.objects.filter(subject=OuterRef("subject"), field=OuterRef("field"), language=language)
    fresh = in_language.exclude(state=TextState.MACHINE) if unchecked else in_language
    rows = (
        Prose.objects.filter(within(office_id), state=TextState.ORIGINAL)
        .exclude(language=language)
        .filter(~Exists(fresh.filter(of_hash=OuterRef("of_hash"))))
        .filter(subject__startswith=f"{of}:" if of else "")
        .annotate(
            translation=Subquery(in_language.order_by("id").values("text")[:1]),
            translation_state=Subquery(in_language.order_by("id").values("state")[:1]),
        )
        .order_by("written_at", "id")
    )
    return [
        Waiting(
            subject=row.subject,
            field=row.field,
            language=row.language,
            original=row.text,
            of_hash=row.of_hash,
            written_at=row.written_at,
            translation=row.translation or "",
            translation_state=row.translation_state or "",
        )
        for row in rows
    ]


def terms(office_id: int) -> list[Term]:
    """The glossary of an office: its own terms first, then those that come with Kembar. One query."""
    rows = OwnTerm.objects.filter(office_id=office_id).order_by("-id")
    return [*(as_term(row) for row in rows), *shipped()]


def as_term(row: OwnTerm) -> Term:
    words = {language: words_of(text) for language, text in row.words.items()}
    return Term("own", words, note=row.note, own=row.pk)


def own_term(number: int, *, office_id: int) -> Term:
    """One term of the office's own. Raises NoSuchTerm."""
    found = next((term for term in terms(office_id) if term.own and term.own == number), None)
    if found is None:
        raise NoSuchTerm(number)
    return found

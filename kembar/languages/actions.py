"""Every write of texts in several languages."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.languages.glossary import LANGUAGES, Term, mark_of, words_of
from kembar.languages.models import OwnTerm, Prose
from kembar.languages.queries import NoSuchTerm, as_term
from kembar.languages.rules import fingerprint, language_code
from kembar.languages.states import TextState
from kembar.lib.text import clean

LONGEST_TERM = 200


class NothingWritten(Exception):
    """A text without a visible character; to take a text away, `remove` it."""


class NoOriginal(Exception):
    """There is nothing to translate, or the language is the original's own."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the original, or the term, since it was read; `current` is what stands there now."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__("it was changed meanwhile")


class WrongTerm(Exception):
    """A term cannot be kept so; `reason` is a language (too long), alone (one language only), note or known."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BetterTextStands(Exception):
    """A machine does not write over what a person wrote."""


@transaction.atomic
def write_original(
    text: str, *, by: Actor, subject: str, field: str, language: str, office_id: int, read_hash: str | None = None
) -> Prose:
    """The original of a field. What stood in another language stays there, stale, as a person's translation.

    `read_hash` is `queries.original_hash` when the writer began. Raises NothingWritten, UnknownLanguage,
    ChangedMeanwhile.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    text, language = _checked(text), language_code(language)
    rows = _rows(subject, field=field, office_id=office_id)
    before = next((row for row in rows if row.state == TextState.ORIGINAL), None)
    if read_hash is not None and read_hash != (before.of_hash if before else ""):
        raise ChangedMeanwhile(before.text if before else "")
    if before and (before.text, before.language) == (text, language):
        return before
    if before and before.language != language:
        Prose.objects.filter(pk=before.pk).update(state=TextState.HUMAN)
    kept = _put(text, by=by, subject=subject, field=field, language=language, office_id=office_id,
                state=TextState.ORIGINAL, of_hash=fingerprint(text))  # fmt: skip
    facts = {"field": field, "language": language, "before": before.text if before else "", "after": text}
    record("prose.written", by=by, subject=subject, office_id=office_id, facts=facts)
    return kept


@transaction.atomic
def translate(
    text: str, *, by: Actor, subject: str, field: str, language: str, office_id: int, state: str = TextState.HUMAN,
    of_hash: str | None = None,
) -> Prose:  # fmt: skip
    """The text of a field in another language; `of_hash` is the original the translator had in front of them.

    An original that moved meanwhile loses no work: the translation is kept and is stale. Raises NothingWritten,
    UnknownLanguage, NoOriginal, BetterTextStands.
    """
    official = state == TextState.OFFICIAL
    require(by, Permission.KEEP_REGISTER if official else Permission.TRANSLATE, office_id=office_id)
    text, language = _checked(text), language_code(language)
    rows = _rows(subject, field=field, office_id=office_id)
    original = next((row for row in rows if row.state == TextState.ORIGINAL), None)
    if original is None or original.language == language or state == TextState.ORIGINAL:
        raise NoOriginal
    before = next((row for row in rows if row.language == language), None)
    if state == TextState.MACHINE and before and before.state != TextState.MACHINE:
        raise BetterTextStands
    of_hash = of_hash or original.of_hash
    if before and (before.text, before.state, before.of_hash) == (text, state, of_hash):
        return before
    kept = _put(text, by=by, subject=subject, field=field, language=language, office_id=office_id,
                state=TextState(state), of_hash=of_hash)  # fmt: skip
    facts = {"field": field, "language": language, "state": state, "before": before.text if before else "",
             "after": text}  # fmt: skip
    record("prose.translated", by=by, subject=subject, office_id=office_id, facts=facts)
    return kept


@transaction.atomic
def remove(subject: str, *, by: Actor, office_id: int, field: str = "") -> int:
    """Takes a field's text away in every language, or all texts of a record; how many texts went."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    rows = Prose.objects.filter(office_id=office_id, subject=subject)
    if field:
        rows = rows.filter(field=field)
    gone = [{"field": row.field, "language": row.language, "before": row.text} for row in rows.order_by("id")]
    if gone:
        rows.delete()
        record("prose.removed", by=by, subject=subject, office_id=office_id, facts={"texts": gone})
    return len(gone)


@transaction.atomic
def add_term(words: Mapping[str, str], *, by: Actor, office_id: int, note: str = "") -> OwnTerm:
    """A term of the office's own in two languages or more. Raises WrongTerm."""
    require(by, Permission.TRANSLATE, office_id=office_id)
    given, note = _checked_term(words, note=note, others=OwnTerm.objects.filter(office_id=office_id))
    row = OwnTerm.objects.create(office_id=office_id, words=given, note=note, entered_by=by.label,
                                 entered_at=timezone.now())  # fmt: skip
    record("term.added", by=by, subject=f"term:{row.pk}", office_id=office_id,
           facts={"words": _in_one_line(given)})  # fmt: skip
    return row


@transaction.atomic
def change_term(
    term: Term, *, by: Actor, office_id: int, words: Mapping[str, str], note: str = "", seen: str
) -> bool:  # fmt: skip
    """A term of the office's own reads otherwise from now on; the journal keeps how it read before. `seen`: `mark_of`
    the term the writer had in sight. False where nothing changed. Raises WrongTerm, NoSuchTerm, ChangedMeanwhile."""
    require(by, Permission.TRANSLATE, office_id=office_id)
    row = OwnTerm.objects.select_for_update().filter(pk=term.own, office_id=office_id).first()
    if row is None:
        raise NoSuchTerm(term.own)
    if mark_of(as_term(row)) != seen:
        raise ChangedMeanwhile(_in_one_line(row.words))
    others = OwnTerm.objects.filter(office_id=office_id).exclude(pk=row.pk)
    given, note = _checked_term(words, note=note, others=others)
    if (row.words, row.note) == (given, note):
        return False
    facts = {"words": _in_one_line(given), "note": note, "before": _in_one_line(row.words), "note_before": row.note}
    row.words, row.note = given, note
    row.save(update_fields=["words", "note"])
    record("term.changed", by=by, subject=f"term:{row.pk}", office_id=office_id, facts=facts)
    return True


def _in_one_line(words: Mapping[str, str]) -> str:
    return " = ".join(words[code] for code in LANGUAGES if code in words)


def _checked_term(words: Mapping[str, str], *, note: str, others: QuerySet[OwnTerm]) -> tuple[dict[str, str], str]:
    """How a term is kept. Raises WrongTerm."""
    given = {language: " ".join(clean(words.get(language, "")).split()) for language in LANGUAGES}
    given = {language: text for language, text in given.items() if words_of(text)}
    for language, text in given.items():
        if len(text) > LONGEST_TERM:
            raise WrongTerm(language)
    if len(given) < 2:
        raise WrongTerm("alone")
    if len(note := clean(note)) > LONGEST_TERM:
        raise WrongTerm("note")
    if any(row.words == given for row in others.order_by("id")):
        raise WrongTerm("known")
    return given, note


@transaction.atomic
def remove_term(term: Term, *, by: Actor, office_id: int) -> bool:
    """Takes a term of the office's own out of its glossary; the journal keeps its words. False when it was gone."""
    require(by, Permission.TRANSLATE, office_id=office_id)
    rows = OwnTerm.objects.filter(pk=term.own, office_id=office_id)
    row = rows.first()
    if row is None or not rows.delete()[0]:
        return False
    record("term.removed", by=by, subject=f"term:{term.own}", office_id=office_id,
           facts={"words": _in_one_line(row.words)})  # fmt: skip
    return True


def _checked(text: str) -> str:
    text = clean(text)
    if not text:
        raise NothingWritten
    return text


def _rows(subject: str, *, field: str, office_id: int) -> list[Prose]:
    """All languages of a field, held until the end of the transaction, so that two writers do not cross."""
    rows = Prose.objects.select_for_update().filter(office_id=office_id, subject=subject, field=field)
    return list(rows.order_by("id"))


def _put(
    text: str, *, by: Actor, subject: str, field: str, language: str, office_id: int, state: TextState, of_hash: str
) -> Prose:
    row, _ = Prose.objects.update_or_create(
        office_id=office_id,
        subject=subject,
        field=field,
        language=language,
        defaults={"text": text, "state": state, "of_hash": of_hash, "written_by": by.label,
                  "written_at": timezone.now()},
    )  # fmt: skip
    return row

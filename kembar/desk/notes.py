"""Notes on a partner as the desk shows them to who may read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from kembar.access.permissions import Permission, may
from kembar.desk.people import Outcome
from kembar.desk.place import Place
from kembar.desk.saving import reopen
from kembar.partnerships.actions import NoteChanged, NotYours, Withdrawn, WrongNote
from kembar.partnerships.queries import Partnership, notes_of


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`earlier`: how it read before, each with the moment until which it did."""

    number: int
    text: str
    author: str
    at: datetime
    changed: datetime | None
    mine: bool
    earlier: list[tuple[datetime, str]]


def notes_in(file: Partnership, place: Place) -> list[NoteRow] | None:
    """The notes that stand, newest first; None for who may not read them."""
    if not may(place.actor, Permission.READ_PRIVATE, office_id=place.id):
        return None
    return [
        NoteRow(
            one.pk, one.text, one.author, one.written_at.astimezone(place.zone),
            one.changed_at.astimezone(place.zone) if one.changed_at else None,
            place.may_keep and one.author_id is not None and one.author_id == place.actor.person_id,
            [(before.until.astimezone(place.zone), before.text) for before in one.wordings.all()],
        )
        for one in notes_of(file, by=place.actor)
    ]  # fmt: skip


def attempt(form: Any, act: Callable[[], object]) -> Outcome:
    """Runs the deed when the form is in order. Lets NotYours pass: such a page does not exist."""
    if not form.is_valid():
        return Outcome()
    try:
        act()
    except NoteChanged as error:
        rows = [(str(form["text"].label), error.current.text, form.cleaned_data["text"])]
        reopen(form, str(error.current.version))
        return Outcome(overtaken=True, rows=rows)
    except Withdrawn:
        return Outcome(voided=True)
    except WrongNote:
        form.add_error("text", gettext("Write at least one word."))
        return Outcome()
    return Outcome(saved=True)


__all__ = ["NotYours", "NoteRow", "attempt", "notes_in"]

"""Writing the journal. Called inside the transaction of the deed it tells of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.journal.models import ChangeStamp, Entry

SHARED_BY_ALL = 0


@transaction.atomic
def record(
    verb: str,
    *,
    by: Actor,
    subject: str,
    office_id: int | None,
    about: str = "",
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """One line in the journal, and the office's change stamp moved, in the caller's transaction.

    `verb` is `<record>.<past participle>`, listed in docs/language.md. `facts` holds plain JSON values: what a sentence
    about the deed needs, before and after where something changed.
    """
    entry = Entry.objects.create(
        office_id=office_id,
        at=timezone.now(),
        actor_id=by.person_id,
        actor=by.label,
        verb=verb,
        subject=subject,
        about=about,
        facts=dict(facts or {}),
    )
    touch(office_id=office_id)
    return entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of many that are written at once; the fields are those of `record`."""

    verb: str
    subject: str
    about: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def record_all(lines: Iterable[Line], *, by: Actor, office_id: int) -> None:
    """As many lines in the journal, as an import needs them, and the office's change stamp moved once."""
    now = timezone.now()
    entries = [
        Entry(office_id=office_id, at=now, actor_id=by.person_id, actor=by.label, verb=line.verb,
              subject=line.subject, about=line.about, facts=dict(line.facts))
        for line in lines
    ]  # fmt: skip
    if entries:
        Entry.objects.bulk_create(entries, batch_size=500)
        touch(office_id=office_id)


def touch(*, office_id: int | None) -> None:
    """Move the change stamp: every page kept for this office is made anew on its next request."""
    key = SHARED_BY_ALL if office_id is None else office_id
    if not ChangeStamp.objects.filter(pk=key).update(value=F("value") + 1):
        _, made = ChangeStamp.objects.get_or_create(pk=key, defaults={"value": 1})
        if not made:
            ChangeStamp.objects.filter(pk=key).update(value=F("value") + 1)

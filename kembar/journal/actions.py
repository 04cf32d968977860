"""Writing the journal. Called inside the transaction of the deed it tells of."""

from collections.abc import Mapping

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


def touch(*, office_id: int | None) -> None:
    """Move the change stamp: every page kept for this office is made anew on its next request."""
    key = SHARED_BY_ALL if office_id is None else office_id
    if not ChangeStamp.objects.filter(pk=key).update(value=F("value") + 1):
        _, made = ChangeStamp.objects.get_or_create(pk=key, defaults={"value": 1})
        if not made:
            ChangeStamp.objects.filter(pk=key).update(value=F("value") + 1)

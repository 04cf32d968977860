"""Writing contacts of the other side. The journal says that and which fields changed, never what stood in them."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.people.actions.records import (
    ReasonMissing,
    Version,
    WrongRecord,
    changed_fields,
    current,
    end_with_reason,
    take_over,
)
from kembar.people.models import Contact
from kembar.people.rules import ends_before_it_begins
from kembar.search import actions as search

_LONGEST = {"name": 200, "post": 200, "organisation": 200, "email": 254, "phone": 60, "chat": 120, "language": 35}


@dataclass(frozen=True, slots=True)
class Reach:
    """Who somebody is and how to reach them. Only the name is needed; the rest stays "not known"."""

    name: str
    post: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    chat: str = ""
    language: str = ""
    since: EdtfDate | None = None
    until: EdtfDate | None = None
    note: str = ""


@transaction.atomic
def add_contact(reach: Reach, *, by: Actor, office: Office, about: str) -> Contact:
    """Enters a contact in a file (`partnership:7`). Raises WrongRecord (a field, order)."""
    require(by, Permission.KEEP_REGISTER, office_id=office.pk)
    require(by, Permission.READ_PRIVATE, office_id=office.pk)
    contact = Contact.objects.create(office=office, about=about, **_checked(reach))
    _make_findable(contact)
    record("contact.added", by=by, subject=f"contact:{contact.pk}", about=about, office_id=office.pk)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, by: Actor, reach: Reach, seen: Version) -> Contact:
    """Raises WrongRecord, ChangedMeanwhile, Voided."""
    require(by, Permission.KEEP_REGISTER, office_id=contact.office_id)
    require(by, Permission.READ_PRIVATE, office_id=contact.office_id)
    given = _checked(reach)
    now = current(contact, seen=seen)
    changed = changed_fields(now, given=given)
    if not changed:
        return now
    saved = take_over(now, given=given)
    saved.save()
    _make_findable(saved)
    record("contact.changed", by=by, subject=f"contact:{contact.pk}", about=contact.about,
           office_id=contact.office_id, facts={"fields": changed})  # fmt: skip
    return saved


@transaction.atomic
def void_contact(contact: Contact, *, by: Actor, reason: str) -> bool:
    """The contact is out of use; it stays in the file's history. False when it was voided before.

    Raises ReasonMissing.
    """
    require(by, Permission.KEEP_REGISTER, office_id=contact.office_id)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    if not end_with_reason(contact, reason=reason):
        return False
    search.forget(f"contact:{contact.pk}")
    record("contact.voided", by=by, subject=f"contact:{contact.pk}", about=contact.about,
           office_id=contact.office_id, facts={"reason": reason})  # fmt: skip
    return True


def index_contacts(known: Collection[str]) -> int:
    """Contacts not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = [row for row in Contact.objects.filter(voided_at=None).order_by("id") if f"contact:{row.pk}" not in known]
    for row in rows:
        _make_findable(row)
    return len(rows)


def _make_findable(contact: Contact) -> None:
    search.index(
        f"contact:{contact.pk}", kind="contact", office_id=contact.office_id, about=contact.about, title=contact.name,
        line=", ".join(part for part in (contact.post, contact.organisation) if part), public=False, private=True,
        texts=[contact.email, contact.phone, contact.chat, contact.note],
    )  # fmt: skip


def _checked(reach: Reach) -> dict[str, object]:
    given: dict[str, object] = {field.name: getattr(reach, field.name) for field in fields(reach)}
    for field, longest in _LONGEST.items():
        text = clean(str(given[field]))
        if len(text) > longest or (field == "name" and not text):
            raise WrongRecord(field)
        given[field] = text
    given["note"] = clean(reach.note)
    if given["email"]:
        try:
            validate_email(str(given["email"]))
        except ValidationError:
            raise WrongRecord("email") from None
    if ends_before_it_begins(reach.since, reach.until):
        raise WrongRecord("order")
    return given

"""Contacts who can no longer be reached as they were: letters under way to them open nothing any more."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.countersign.actions.asking import revoke
from kembar.countersign.models import Request
from kembar.countersign.states import Channel
from kembar.people.actions import contacts
from kembar.people.actions.contacts import Reach
from kembar.people.actions.records import Version
from kembar.people.models import Contact


@transaction.atomic
def void_contact(contact: Contact, *, by: Actor, reason: str) -> int:
    """The contact is out of use; how many open questions to it were taken back. Raises ReasonMissing."""
    contacts.void_contact(contact, by=by, reason=reason)
    return _take_back(Request.objects.filter(contact=contact), by=by)


@transaction.atomic
def change_contact(contact: Contact, *, by: Actor, reach: Reach, seen: Version) -> int:
    """What went to an address that is no longer the contact's is taken back; how many open questions that were.

    Raises WrongRecord, ChangedMeanwhile, Voided.
    """
    now = contacts.change_contact(contact, by=by, reach=reach, seen=seen)
    return _take_back(Request.objects.filter(contact=now).exclude(email=now.email), by=by)


def _take_back(rows: QuerySet[Request], *, by: Actor) -> int:
    """Expired ones too, for a later letter would open them again; a sheet of paper waits for a hand, not a mailbox."""
    moment, open_ones = timezone.now(), 0
    for row in rows.filter(channel=Channel.LINK, revoked_at=None).order_by("id"):
        open_ones += row.closed(moment) is None
        revoke(row, by=by)
    return open_ones

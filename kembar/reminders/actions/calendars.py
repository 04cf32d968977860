"""Making and withdrawing secret calendar addresses."""

import secrets

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.journal.actions import record
from kembar.people.models import Account
from kembar.people.queries import NoSuchAccount
from kembar.people.rules import fingerprint
from kembar.reminders.models import CalendarAddress


@transaction.atomic
def open_calendar(*, by: Actor) -> str:
    """A new secret for one's own calendar, told this once; an address there was before leads nowhere from now on."""
    # Two clicks at a time wait for each other here.
    account = Account.objects.select_for_update().get(pk=_person(by))
    CalendarAddress.objects.filter(account=account, withdrawn_at=None).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    CalendarAddress.objects.create(account=account, fingerprint=fingerprint(token), made_at=timezone.now())
    record("calendar.opened", by=by, subject=f"account:{account.pk}", office_id=None)
    return token


@transaction.atomic
def withdraw_calendar(*, by: Actor) -> bool:
    """One's own address leads nowhere from now on; whether there was one."""
    there = CalendarAddress.objects.filter(account_id=_person(by), withdrawn_at=None)
    if not there.update(withdrawn_at=timezone.now()):
        return False
    record("calendar.withdrawn", by=by, subject=f"account:{by.person_id}", office_id=None)
    return True


def _person(by: Actor) -> int:
    """Who acts for themselves. Raises NoSuchAccount for visitors and the machine, who have no calendar."""
    if by.person_id is None:
        raise NoSuchAccount
    return by.person_id

"""Whose calendar an address is."""

from kembar.access.permissions import Actor
from kembar.people.models import Account
from kembar.people.queries import is_open, was_reset
from kembar.people.rules import fingerprint
from kembar.reminders.models import CalendarAddress


class NoSuchCalendar(Exception):
    """No calendar stands at this address, or no longer."""


def account_at(token: str) -> Account:
    """Whoever made this secret address. Raises NoSuchCalendar, also for one withdrawn, for a closed account and where
    the sign-in was set up anew since."""
    rows = CalendarAddress.objects.filter(fingerprint=fingerprint(token), withdrawn_at=None)
    found = rows.select_related("account").first()
    if found is None or not is_open(found.account) or was_reset(found.account, since=found.made_at):
        raise NoSuchCalendar
    return found.account


def address_of(by: Actor) -> CalendarAddress | None:
    """The address this person has; what stands in it is known to nobody any more."""
    rows = CalendarAddress.objects.filter(account_id=by.person_id or 0, withdrawn_at=None).select_related("account")
    found = rows.first()
    return None if found is None or was_reset(found.account, since=found.made_at) else found

"""One member's calendar, in their language: what they answer for, and what runs out in their offices."""

from django.conf import settings
from django.utils.translation import gettext, override

from kembar.journal.queries import changed_records
from kembar.lib.calendars import Entry, as_ics
from kembar.people.models import Account
from kembar.people.queries import actor, offices_of
from kembar.reminders.sources import SOURCES
from kembar.web.dates import written


def file(account: Account) -> bytes:
    """Changes only when something it tells of does, or with the days that pass."""
    with override(account.language):
        return as_ics(_entries(account), name=gettext("Kembar: what falls due"))


def _entries(account: Account) -> list[Entry]:
    host = settings.KEMBAR_SITE_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    found = []
    for own in offices_of(actor(account)):
        if not own.has_desk:
            continue
        due = [entry for source in SOURCES for entry in source(own.office, account_id=account.pk)]
        changed = changed_records({entry.subject for entry in due}, office_id=own.office.pk)
        found += [
            Entry(
                uid=f"{entry.subject.replace(':', '-')}-{entry.what}-for-{account.pk}@{host}",
                title=entry.title if entry.days.exact else f"{entry.title} ({written(entry.date)})",
                first=entry.days.first,
                last=entry.days.last,
                changed=changed[entry.subject].last,
                version=changed[entry.subject].times,
                note="\n".join(part for part in (entry.note, "" if entry.days.exact else _not_exact()) if part),
                address=settings.KEMBAR_SITE_ADDRESS + entry.address,
            )
            for entry in due
            if entry.subject in changed
        ]
    return found


def _not_exact() -> str:
    return gettext("The exact day is not known. The entry covers every day it may be, or stands on the last of them.")

"""The menu of the desk: one list for every page that an office's members see, whichever concept the page belongs to.

It names addresses, no code, so the frame knows nothing of what stands above it. A test compares each permission
with what the page itself asks for.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kembar.access.permissions import Permission, may
from kembar.web.entry import actor_of


@dataclass(frozen=True, slots=True)
class Entry:
    address: str  # the name of the page's address, which takes the office alone
    label: Promise
    permission: Permission
    daily: bool = False  # stands in the bar; the others under "More"


@dataclass(frozen=True, slots=True)
class Item:
    href: str
    label: str
    here: bool
    daily: bool


MENU = (
    Entry("desk:today", _("Today"), Permission.READ_DESK, daily=True),
    Entry("desk:partners", _("Partners"), Permission.READ_DESK, daily=True),
    Entry("desk:cases", _("Cases"), Permission.READ_DESK, daily=True),
    Entry("intake:texts", _("Texts"), Permission.READ_PRIVATE, daily=True),
    Entry("spreadsheets:list", _("Spreadsheets"), Permission.IMPORT_CLAIMS),
    Entry("desk:commitments", _("Promises"), Permission.READ_DESK, daily=True),
    Entry("desk:claims", _("Statements"), Permission.READ_DESK),
    Entry("desk:contradictions", _("Disagreements"), Permission.READ_DESK),
    Entry("desk:documents", _("Sources"), Permission.READ_DESK),
    Entry("desk:glossary", _("Glossary"), Permission.READ_DESK),
    Entry("desk:holders", _("Office-holders"), Permission.READ_DESK),
    Entry("papers:letters", _("Letter numbers"), Permission.READ_DESK),
    Entry("desk:reports", _("Reports"), Permission.READ_DESK),
    Entry("desk:letters", _("Letters"), Permission.READ_PRIVATE),
    Entry("desk:changes", _("Changes"), Permission.READ_DESK),
    Entry("desk:bring-in-template", _("Procedures"), Permission.MANAGE_TEMPLATES),
    Entry("people_members", _("Members"), Permission.MANAGE_MEMBERS),
    Entry("reminders:limits", _("Reminders"), Permission.SET_REMINDERS),
)


def items(request: HttpRequest) -> list[Item]:
    """The pages of the office in the address that whoever asks may open; none outside an office."""
    office = getattr(request, "office", None)
    if office is None:
        return []
    actor, addresses = actor_of(request), [(entry, reverse(entry.address, args=[office.slug])) for entry in MENU]
    return [
        Item(href, str(entry.label), here=href == request.path, daily=entry.daily)
        for entry, href in addresses
        if may(actor, entry.permission, office_id=office.pk)
    ]

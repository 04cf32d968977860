"""The digest as a letter."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kembar.people.models import Account
from kembar.reminders.digest import Section, Told
from kembar.reminders.rules import DAILY, LEAVE, WEEKLY
from kembar.web.dates import written_day


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as it is handed to the mailbox; `leave` is the address that ends these letters, "" where nothing does:
    what was passed on to somebody is theirs to do, however often they want a digest."""

    heading: str
    text: str
    leave: str


def digest(account: Account, told: Told, *, every: str) -> Notice:
    """`every`: how often this person gets it, "" for what could not wait for it.

    One line for each thing to do, with its address; sections under their headings, by office where there are two.
    """
    with override(account.language):
        several = len(told.parts) > 1
        blocks = [
            _("Dear %(name)s,") % {"name": account.name},
            _("What waits for you on %(day)s:") % {"day": written_day(told.on, weekday=True)},
        ]
        for part in told.parts:
            blocks += [part.office] if several else []
            blocks += [_block(section) for section in part.sections]
        blocks += [_why(every), _("This letter was written by Kembar. Nobody reads answers to it.")]
        leave = reverse("reminders:leave", args=[signing.dumps(account.pk, salt=LEAVE)])
        return Notice(told.heading, "\n\n".join(blocks), settings.KEMBAR_SITE_ADDRESS + leave if every else "")


def _why(every: str) -> str:
    """Why the letter comes, and what its reader can do about that."""
    if not every:
        return _("You get this letter because something was passed on to you. It comes once, whatever you chose.")
    rhythm = {DAILY: _("You get this letter every working day."), WEEKLY: _("You get this letter every week.")}[every]
    settings_page = settings.KEMBAR_SITE_ADDRESS + reverse("reminders:digest")
    return rhythm + "\n" + _("Choose how often, or none:") + " " + settings_page


def _block(section: Section) -> str:
    lines = [f"- {line.text} {line.href}" for line in section.lines]
    if section.more > 0:
        lines.append("- " + _("And %(count)d more:") % {"count": section.more} + f" {section.href}")
    return "\n".join([section.title, *lines])

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
    """A letter as it is handed to the mailbox; `leave` is the address that ends these letters."""

    heading: str
    text: str
    leave: str


def digest(account: Account, told: Told, *, every: str) -> Notice:
    """One line for each thing to do, with its address; sections under their headings, by office where there are two."""
    with override(account.language):
        several = len(told.parts) > 1
        blocks = [
            _("Dear %(name)s,") % {"name": account.name},
            _("What waits for you on %(day)s:") % {"day": written_day(told.on, weekday=True)},
        ]
        for part in told.parts:
            blocks += [part.office] if several else []
            blocks += [_block(section) for section in part.sections]
        leave = settings.KEMBAR_SITE_ADDRESS + reverse("reminders:leave", args=[signing.dumps(account.pk, salt=LEAVE)])
        settings_page = settings.KEMBAR_SITE_ADDRESS + reverse("reminders:digest")
        why = {DAILY: _("You get this letter every working day."), WEEKLY: _("You get this letter every week.")}
        rhythm = why.get(every, _("You get this letter because something was passed on to you."))
        blocks += [
            rhythm + "\n" + _("Choose how often, or none:") + " " + settings_page,
            _("This letter was written by Kembar. Nobody reads answers to it."),
        ]
        return Notice(told.heading, "\n\n".join(blocks), leave)


def _block(section: Section) -> str:
    lines = [f"- {line.text} {line.href}" for line in section.lines]
    if section.more > 0:
        lines.append("- " + _("And %(count)d more:") % {"count": section.more} + f" {section.href}")
    return "\n".join([section.title, *lines])

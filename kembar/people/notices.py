"""The letters about accounts: invitations, a forgotten password, and what changed about signing in."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kembar.cities.models import Office
from kembar.people.models import Account, Invitation
from kembar.web.templatetags.web import moment


class Change(StrEnum):
    """What changed about signing in; each is told to the person by letter."""

    PASSWORD = "password"  # noqa: S105 - the name of a change
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as it is handed to the mailbox, in the language of who reads it."""

    to: str
    subject: str
    text: str
    language: str
    kind: str
    office_id: int | None = None
    confidential: bool = False  # holds a link that opens something


def _page(name: str, **parts: str) -> str:
    """The address of a page in the language being written."""
    return settings.KEMBAR_SITE_ADDRESS + reverse(name, kwargs=parts)


def _notice(
    to: str, *, name: str, subject: str, lines: list[str], language: str, kind: str, office_id: int | None = None,
    confidential: bool = False,
) -> Notice:  # fmt: skip
    greeting = _("Dear %(name)s,") % {"name": name}
    closing = _("This letter was written by Kembar. Nobody reads answers to it.")
    text = "\n\n".join([greeting, *lines, closing])
    return Notice(to, subject, text, language, kind, office_id, confidential)


def invitation(letter: Invitation, *, token: str, language: str) -> Notice:
    """The way into an office, or back into an account whose second factor was lost."""
    with translation.override(language):
        city = letter.office.local_government.name_in(language)
        until = moment(letter.expires_at.astimezone(ZoneInfo(letter.office.local_government.time_zone or "UTC")))
        link = _page("people_invitation", token=token)
        if letter.account_id is None:
            subject = _("Invitation to the cooperation office of %(city)s") % {"city": city}
            why = _("%(who)s invites you to work in the cooperation office of %(city)s.")
            how = _("Open this address to set your password and your second factor:")
        else:
            subject = _("Set up your sign-in again")
            why = _("%(who)s of the cooperation office of %(city)s has reset your sign-in, because you lost your second factor.")  # fmt: skip # noqa: E501
            how = _("Open this address to set a new password and a new second factor:")
        lines = [
            why % {"who": letter.made_by, "city": city},
            f"{how}\n{link}",
            _("The address works once, until %(moment)s.") % {"moment": until},
            _("If you did not expect this letter, do nothing and tell the head of the office."),
        ]
        return _notice(letter.email, name=letter.name, subject=subject, lines=lines, language=language,
                       kind="invitation", office_id=letter.office_id, confidential=True)  # fmt: skip


def password_forgotten(account: Account, *, path: str, lasts: timedelta) -> Notice:
    """The way to a new password; `path` is the address of the page below the site's."""
    with translation.override(account.language):
        hours = int(lasts.total_seconds() // 3600)
        lines = [
            _("Somebody asked for a new password for your account."),
            _("Open this address to set one:") + "\n" + settings.KEMBAR_SITE_ADDRESS + path,
            _("The address works once, for %(hours)d hours. Your second factor stays as it is.") % {"hours": hours},
            _("If it was not you, do nothing: your password stays as it is."),
        ]
        return _notice(account.email, name=account.name, subject=_("A new password"), lines=lines,
                       language=account.language, kind="password_forgotten", confidential=True)  # fmt: skip


def sign_in_changed(account: Account, *, change: Change) -> Notice:
    """Tells the person, so that a change somebody else made does not stay unseen."""
    with translation.override(account.language):
        what = {
            Change.PASSWORD: _("Your password was changed."),
            Change.FACTOR_ADDED: _("A second factor was added to your account."),
            Change.FACTOR_REMOVED: _("A second factor was removed from your account."),
            Change.CODES: _("New recovery codes were made for your account; the old ones no longer work."),
        }[change]
        lines = [
            what,
            _("If it was not you, end all sessions on this page and tell the head of your office:")
            + "\n"
            + _page("people_sessions"),
        ]
        return _notice(account.email, name=account.name, subject=_("A change to your sign-in"), lines=lines,
                       language=account.language, kind="sign_in_changed")  # fmt: skip


def membership_ended(account: Account, *, office: Office) -> Notice:
    """Tells somebody that they no longer belong to an office."""
    with translation.override(account.language):
        city = office.local_government.name_in(account.language)
        lines = [_("Your membership in the cooperation office of %(city)s has ended.") % {"city": city}]
        return _notice(account.email, name=account.name, subject=_("Your membership has ended"), lines=lines,
                       language=account.language, kind="membership_ended", office_id=office.pk)  # fmt: skip

"""Letters to the other side, in its language: what to do, where, by when. No letter holds the content."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kembar.countersign.models import Request
from kembar.countersign.rules import CODE_LASTS
from kembar.web.dates import written_day


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as it is handed to the mailbox."""

    heading: str
    text: str
    kind: str


def _notice(asked: Request, *, heading: str, lines: list[str], kind: str) -> Notice:
    greeting = _("Dear %(name)s,") % {"name": asked.name}
    closing = _("This letter was written by Kembar. Nobody reads answers to it.")
    return Notice(heading, "\n\n".join([greeting, *lines, closing]), kind)


def _city(asked: Request) -> str:
    return asked.office.local_government.name_in(asked.language)


def _way_in(asked: Request, token: str) -> list[str]:
    path = reverse("public:confirmation", kwargs={"office": asked.office.slug, "token": token})
    return [
        _("What to do: open this address and have a code sent to you. No account is needed; it takes a minute.")
        + f"\n{settings.KEMBAR_SITE_ADDRESS}{path}",
        _("Please answer by %(day)s.") % {"day": written_day(asked.answer_by)},
        _(
            "The address opens for you alone: the code goes to this mail address only. If somebody else should "
            "answer, please tell the office."
        ),
    ]


def request(asked: Request, *, token: str, number: int) -> Notice:
    """The first question."""
    with translation.override(asked.language):
        city = {"city": _city(asked)}
        lines = [
            _(
                "The cooperation office of %(city)s has written down, in your language and in its own, what "
                "was promised between your cities. Please say whether it is right."
            )
            % city,
            _("Promises to look at: %(number)s") % {"number": number},
            *_way_in(asked, token),
        ]
        heading = _("%(city)s asks you to confirm what was promised") % city
        return _notice(asked, heading=heading, lines=lines, kind="confirmation_request")


def again(asked: Request, *, token: str, number: int) -> Notice:
    """The second question, after the first was met with silence; there is no third."""
    with translation.override(asked.language):
        zone = ZoneInfo(asked.office.local_government.time_zone or "UTC")
        facts = {"city": _city(asked), "day": written_day(asked.made_at.astimezone(zone).date())}
        lines = [
            _(
                "On %(day)s the cooperation office of %(city)s asked you to confirm what was promised between "
                "your cities. It has had no answer yet."
            )
            % facts,
            _("Promises to look at: %(number)s") % {"number": number},
            *_way_in(asked, token),
            _("This is the last letter about it. Without an answer the office notes that there was none."),
        ]
        heading = _("Second request: %(city)s asks you to confirm what was promised") % facts
        return _notice(asked, heading=heading, lines=lines, kind="confirmation_again")


def fell(asked: Request, *, token: str, number: int) -> Notice:
    """What the reader confirmed was changed."""
    with translation.override(asked.language):
        city = {"city": _city(asked)}
        lines = [
            _(
                "You confirmed to the cooperation office of %(city)s what was promised between your cities. "
                "The text has been changed since, and your confirmation no longer counts for it."
            )
            % city,
            _(
                "Promises that differ from what you confirmed: %(number)s. The page shows, word by word, what "
                "is different."
            )
            % {"number": number},
            *_way_in(asked, token),
        ]
        heading = _("What you confirmed has been changed")
        return _notice(asked, heading=heading, lines=lines, kind="confirmation_fell")


def replied(asked: Request, *, token: str) -> Notice:
    """The office has answered an objection."""
    with translation.override(asked.language):
        city = {"city": _city(asked)}
        lines = [
            _(
                "The cooperation office of %(city)s has answered what you objected to. Its answer stands "
                "beside the promise."
            )
            % city,
            *_way_in(asked, token),
        ]
        heading = _("%(city)s has answered your objection") % city
        return _notice(asked, heading=heading, lines=lines, kind="confirmation_replied")


def code(asked: Request, *, digits: str) -> Notice:
    """The code that opens the page, for as long as it lasts."""
    with translation.override(asked.language):
        minutes = int(CODE_LASTS.total_seconds() // 60)
        lines = [
            _("Your code: %(code)s") % {"code": digits},
            _(
                "Enter it on the page you opened, within %(minutes)d minutes. Give it to nobody: the office "
                "never asks for it."
            )
            % {"minutes": minutes},
            _("If you did not ask for it, do nothing: without the code nobody sees anything."),
        ]
        return _notice(asked, heading=_("Code to open your page"), lines=lines, kind="confirmation_code")

"""What a visitor can take along from a page: files, subscriptions, a card for another site."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from kembar.public import register
from kembar.public.day import AskedDay
from kembar.public.office import Office

TABLES = ("csv", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class File:
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Take:
    """The ways to take a page along. `calendar` is empty where there is none; `height` in pixels, of the card."""

    files: Sequence[File]
    feed: str
    card: str
    card_title: str
    height: int
    calendar: str = ""
    calendar_label: str = ""

    @property
    def site(self) -> str:
        return str(settings.KEMBAR_SITE_ADDRESS)

    @property
    def subscription(self) -> str:
        """The calendar under the scheme at which programs offer to subscribe to it."""
        return f"webcal://{self.site.partition('://')[2]}{self.calendar}"


def of_register(office: Office, files: Sequence[File]) -> Take:
    where = [office.slug]
    return Take(
        files=files,
        feed=reverse("public:feed", args=where),
        calendar=reverse("public:expiring", args=where),
        calendar_label=gettext("Which papers run out, in your own calendar"),
        card=reverse("public:register-card", args=where),
        card_title=register.heading(office),
        height=600,
    )


def of_partner(office: Office, slug: str, *, name: str, day: AskedDay) -> Take:
    where = [office.slug, slug]
    return Take(
        files=[File(reverse("public:timeline-file", args=[*where, end]) + day.suffix, end.upper()) for end in TABLES],
        feed=reverse("public:partner-feed", args=where),
        card=reverse("public:partner-card", args=where),
        card_title=f"{office.city} – {name}",
        height=320,
    )

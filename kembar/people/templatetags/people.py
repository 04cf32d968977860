"""How accounts and sessions are written. Formatting only."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext

from kembar.cities.models import LocalGovernment
from kembar.web.addresses import PREFIX_OF_LANGUAGE

register = template.Library()
# Names as the browsers write them, the more special first: Edge and Opera also say Chrome, Chrome also says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
            "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


@register.filter
def city_name(government: LocalGovernment) -> str:
    """The city's usual name in the language of the page."""
    return government.name_in(get_language() or "id")


@register.filter
def device(user_agent: str) -> str:
    """A browser and its system as a person would say it: Chrome · Windows."""
    found = [next((name for mark, name in marks.items() if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or gettext("unknown browser")


@register.filter
def my_clock(moment: datetime) -> datetime:
    """The moment by the clock of whoever is signed in."""
    return timezone.localtime(moment)


@register.filter
def my_day(moment: datetime) -> date:
    """The day of the moment by the clock of whoever is signed in."""
    return timezone.localdate(moment)


@register.simple_tag
def directory_name() -> str:
    """What the city calls its directory, in the language of the page; nothing where none is set."""
    if not settings.DIRECTORY.issuer:
        return ""
    names = settings.DIRECTORY.names
    return names[PREFIX_OF_LANGUAGE.get(get_language() or "", "")] or names[""] or gettext("the city's directory")

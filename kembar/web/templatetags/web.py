"""How numbers, days and languages are written. Formatting only: no rule, no table is read here."""

from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_datetime
from babel.numbers import format_decimal
from django import template
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kembar.lib.dates import EdtfDate
from kembar.web import addresses, dates, menu
from kembar.web.locales import locale_of

register = template.Library()


@register.filter
def number(value: int | Decimal | float) -> str:
    """1234567.5 → 1.234.567,5 in Indonesian."""
    return format_decimal(value, locale=locale_of())


@register.filter
def day(value: date) -> str:
    """A calendar day in full: 21 November 2026, 2026년 11월 21일."""
    return dates.written_day(value)


@register.filter
def weekday(value: date) -> str:
    """The day with its weekday: Sabtu, 21 November 2026."""
    return dates.written_day(value, weekday=True)


@register.filter
def written(value: EdtfDate | None) -> str:
    """A date as far as it is known: paling lambat 24 April 2024; "not known" for None."""
    return dates.written(value)


@register.filter
def moment(value: datetime) -> str:
    """A point in time, in the zone it carries, with the zone's name or offset: never a bare clock time.

    As the database gives it, in UTC, it is told by the clock of whoever reads.
    """
    if value.tzinfo is UTC:
        value = timezone.localtime(value)
    # Only Indonesian has short names for the zones of Indonesia: WIB, WITA, WIT.
    clock = "HH.mm z" if get_language() == "id" and _zone(value) in _NAMED_ZONES else "HH.mm ZZZZ"
    clock = clock if get_language() == "id" else clock.replace(".", ":")
    return f"{day(value)} {format_datetime(value, clock, locale=locale_of())}"


_NAMED_ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


def _zone(value: datetime) -> str:
    return str(getattr(value.tzinfo, "key", ""))


@register.filter
def country(code: str) -> str:
    """ISO 3166-1 alpha-2 → the country's name; the code itself when it is unknown."""
    return str(locale_of().territories.get(code, code))


@register.filter
def in_language(text: str, language: str) -> SafeString:
    """A text in a language other than the page's, marked so that it is read out and drawn rightly."""
    return format_html('<span lang="{}">{}</span>', addresses.html_language(language), text)


@register.simple_tag
def language_home() -> str:
    """The first page in the language being shown."""
    prefix = addresses.PREFIX_OF_LANGUAGE.get(get_language() or "")
    return get_script_prefix() + (f"{prefix}/" if prefix else "")


@register.simple_tag(takes_context=True)
def desk_menu(context: template.Context) -> list[menu.Item]:
    """The menu of the office in the address, for whoever asks."""
    return menu.items(context["request"])

"""A partner's timeline as a table, and the cards that stand in other sites' pages."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from kembar.agreements import queries as agreements
from kembar.agreements.spoken import in_words
from kembar.lib.tables import Column
from kembar.public import pages, partner, places, register
from kembar.public.cited import Cited
from kembar.public.day import AskedDay
from kembar.public.office import Reading

NEWEST = 3


def moments(sheet: agreements.PartnershipSheet, day: AskedDay) -> list[partner.Moment]:
    sheet = in_words(sheet)
    return partner.timeline(sheet, Cited(sheet.claims), day=day).moments


def columns() -> list[Column[partner.Moment]]:
    """The timeline of a partner, with codes for programs and words for people."""
    return [
        Column("date", gettext("Date"), lambda row: row.date.date_text, 14),
        Column("precision", gettext("Known to the"), lambda row: str(row.date.precision), 14),
        Column("date_words", gettext("Date, in words"), lambda row: row.when, 24),
        Column("earliest", gettext("First possible day"), lambda row: row.date.earliest, 14),
        Column("latest", gettext("Last possible day"), lambda row: row.date.latest, 14),
        Column("kind", gettext("Kind (code)"), lambda row: row.kind, 12),
        Column("what", gettext("What"), lambda row: capfirst(plain(row.what)), 60),
        Column("note", gettext("Note"), lambda row: row.note, 30),
    ]


def plain(text: str) -> str:
    """Words that may stand in marks telling their language, without them."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


def register_card(found: Reading, asked: register.Asked) -> dict[str, Any]:
    page = register.page(found.office, asked)
    return {
        "office": found.office,
        "heading": register.heading(found.office),
        "day": asked.day,
        "rows": page.items,
        "total": asked.overview.total,
        "has_next": page.has_next,
        "page_href": pages.register_address(found.office) + (f"?{asked.listing.query}" if asked.listing.query else ""),
    }


def partner_card(found: Reading, sheet: agreements.PartnershipSheet, day: AskedDay) -> dict[str, Any]:
    sheet = in_words(sheet)
    cited = Cited(sheet.claims)
    line = partner.timeline(sheet, cited, day=day)
    file = sheet.partnership
    return {
        "office": found.office,
        "name": places.partner_name(file),
        "day": day,
        "banner": partner.banner(sheet, cited),
        "moments": [moment for moment in line.moments if moment.kind != "end"][-NEWEST:][::-1],
        "page_href": register.partner_address(found.office, file.slug) + day.suffix,
    }

"""What a page says to search engines: schema.org in JSON-LD, a block of data that no browser runs."""

import json
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from kembar.lib.dates import EdtfDate, Precision
from kembar.public import places
from kembar.public.office import Office, Reading
from kembar.web.addresses import html_language

_FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "xml": "application/atom+xml",
}
# As a date of schema.org (ISO 8601) can say it; all others it would make look exact.
_SAYABLE = (Precision.DAY, Precision.MONTH, Precision.YEAR)
# What the moments of a timeline are, and the property that holds their date.
_TYPES = {
    "paper": ("CreativeWork", "dateCreated"),
    "intent": ("CreativeWork", "dateCreated"),
    "event": ("Event", "startDate"),
}
_AS_TEXT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def block(data: dict[str, Any]) -> SafeString:
    """The data as it stands between script marks: nothing in it can end the block. Empty values are left out."""
    told = {"@context": "https://schema.org", **_full(data)}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_AS_TEXT))


def register(found: Reading, *, name: str, page: str, files: Iterable[str], changed: Any) -> SafeString:
    """The register as a data set with the files it can be taken in."""
    site = settings.KEMBAR_SITE_ADDRESS
    return block(
        {
            "@type": "Dataset",
            "@id": f"{site}{page}#register",
            "name": name,
            "description": name,
            "url": site + page,
            "inLanguage": _language(),
            "dateModified": changed.isoformat() if changed else "",
            "isAccessibleForFree": True,
            "creator": _office(found.office),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": _FORMATS[address.rpartition(".")[2]],
                    "contentUrl": site + address,
                }
                for address in files
            ],
        }
    )


def partner(
    found: Reading, *, name: places.PartnerName, government: Any, institution: str, page: str, register: str,
    changed: Any, moments: Iterable[Any],
) -> SafeString:  # fmt: skip
    """The page of a partner: which city or institution it is about, and what was concluded or happened when."""
    site = settings.KEMBAR_SITE_ADDRESS
    return block(
        {
            "@type": "WebPage",
            "@id": site + page,
            "url": site + page,
            "name": name.shown,
            "inLanguage": _language(),
            "dateModified": changed.isoformat() if changed else "",
            "isPartOf": {"@type": "Dataset", "@id": f"{site}{register}#register"},
            "publisher": _office(found.office),
            "about": _counterpart(name, government, institution),
            "mentions": [_mentioned(moment) for moment in moments if moment.kind in _TYPES and not moment.note],
        }
    )


def date_text(value: EdtfDate | None) -> str:
    """2025-03-26, 2025-03 or 2025; empty for every date that is vaguer, so that none looks exact."""
    if value is None or value.precision not in _SAYABLE or value.approximate or value.uncertain:
        return ""
    return value.date_text


def _mentioned(moment: Any) -> dict[str, Any]:
    text = unescape(strip_tags(moment.what)) if isinstance(moment.what, SafeString) else moment.what
    kind, when = _TYPES[moment.kind]
    return _full({"@type": kind, "name": capfirst(text), when: date_text(moment.date)})


def _counterpart(name: places.PartnerName, government: Any, institution: str) -> dict[str, Any]:
    city = {
        "@type": "AdministrativeArea" if institution or government.level != "city" else "City",
        "name": places.Names([government]).shown(government.pk) if institution else name.shown,
        "alternateName": [] if institution else [text for text in (name.own, *(o.text for o in name.others)) if text],
        "containedInPlace": {
            "@type": "Country",
            "name": places.country_name(government.country),
            "identifier": government.country,
        },
        "sameAs": f"https://sws.geonames.org/{government.geonameid}/" if government.geonameid else "",
    }
    if government.latitude is not None:
        city["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": government.latitude,
            "longitude": government.longitude,
        }
    return {"@type": "Organization", "name": institution, "location": _full(city)} if institution else _full(city)


def _office(office: Office) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": office.name}


def _language() -> str:
    return html_language(get_language() or settings.LANGUAGE_CODE)


def _full(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], None)}

"""Partners' names as a visitor reads them, searches by name or country, and marks on the map."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kembar.cities import countries
from kembar.cities import queries as cities
from kembar.lib.text import clean, normalise
from kembar.web.locales import LOCALES, site_language

# The language in which a country's cities write their own names, where its script or reading matters.
OWN_LANGUAGES = {"KR": "ko", "KP": "ko", "CN": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "JP": "ja"}


@dataclass(frozen=True, slots=True)
class OtherName:
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class PartnerName:
    """`own` is the name in the partner's own script, empty where it is the one shown."""

    shown: str
    own: str
    own_language: str
    others: tuple[OtherName, ...] = ()


def own_language(country: str) -> str:
    return OWN_LANGUAGES.get(country, "")


@cache
def _searched(code: str) -> tuple[str, ...]:
    return tuple(normalise(name) for name in countries.country_names(code))


def countries_named(text: str, *, among: Iterable[str]) -> list[str]:
    """Codes of those countries whose name, in any language of the site, holds or is meant by this text."""
    key = normalise(clean(text))
    meant = countries.country_code(text)
    return [code for code in among if code == meant or (key and any(key in name for name in _searched(code)))]


def country_name(code: str) -> str:
    return countries.country_name(code, site_language())


def is_country(code: str) -> bool:
    return code in countries.codes()


def matching(text: str) -> list[int]:
    """Ids of the partners whose name holds this text; see `countries_named` for countries."""
    return cities.ids_named(text)


class Names:
    """The names of some local governments, read with one query."""

    def __init__(self, governments: Iterable[Any]) -> None:
        self._by_id = {government.pk: government for government in governments}
        self._usual = cities.usual_names(self._by_id)

    def shown(self, pk: int, language: str = "") -> str:
        """In the visitor's language, or in another of the site's."""
        usual = self._usual.get(pk, {})
        return usual.get((language or site_language())[:2]) or str(self._by_id[pk].english_name)

    def full(self, pk: int, *, institution: str = "") -> PartnerName:
        """With its names in the site's other languages, each once; of an institution, the city of its seat."""
        shown, government = self.shown(pk), self._by_id[pk]
        if institution:
            return PartnerName(institution, "", "", (OtherName(shown, site_language()),))
        own = government.native_name if government.native_name != shown else ""
        seen = {shown, own}
        others = []
        for language in LOCALES:
            text = self.shown(pk, language)
            if text not in seen:
                seen.add(text)
                others.append(OtherName(text, language))
        return PartnerName(shown, own, own_language(government.country) if own else "", tuple(others))


def partner_name(file: Any) -> str:
    """How a visitor reads the name of the counterpart of this file."""
    return str(file.institution or Names([file.partner]).shown(file.partner_id))

"""The world's cities and regions by name, in memory: plain Python over data/world.tsv.xz.

Loaded once per process at first use. `City` is what the file says; the governments an office works with are
tables (models.py), made from it.
"""

import csv
import lzma
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kembar.cities.name_index import NameIndex
from kembar.cities.rules import rank_of
from kembar.lib.text import normalise

DATA = Path(__file__).parent / "data"
NAME_COLUMNS = ("id", "ko", "zh", "ja", "latin")
_COLUMNS = ("geonameid", "name", "native", "country", "population", "latitude", "longitude", "zone", "level", "code",
            "parent_code", *NAME_COLUMNS)  # fmt: skip
_AT = {column: number for number, column in enumerate(_COLUMNS)}
_REGION_LEVELS = {
    "prefecture": "prefecture", "province": "province", "special region": "special_region", "state": "state",
    "land": "state", "autonomous region": "autonomous_region", "region": "region", "canton": "canton",
    "department": "department", "governorate": "governorate", "oblast": "province",
    "voivodship": "province", "autonomous community": "region", "special self-governing province": "province",
    "special self-governing city": "special_city", "special city": "special_city",
    "metropolitan city": "metropolitan_city", "municipality": "municipality", "country": "country_part",
    "territory": "territory", "union territory": "territory", "federal district": "state",
}  # fmt: skip


class _Text:
    """A column of the line, read each time it is asked for: forty thousand cities with every name taken apart would
    cost each worker tens of megabytes more than their lines."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.at = _AT[name]

    def __get__(self, city: "City", owner: type) -> str:
        return city.line.split(b"\t", self.at + 1)[self.at].decode()


class City:
    """A city or a region. `name` is the English one, `zone` an IANA name; what is not known is empty, 0 or None."""

    __slots__ = ("line",)

    name = _Text()
    native = _Text()
    country = _Text()
    zone = _Text()
    level = _Text()
    code = _Text()
    parent_code = _Text()

    def __init__(self, line: bytes) -> None:
        self.line = line

    def __repr__(self) -> str:
        return f"<City {self.name}, {self.country} {self.key}>"

    @property
    def geonameid(self) -> int | None:
        text = self.line.partition(b"\t")[0]
        return int(text) if text else None

    @property
    def population(self) -> int:
        return int(self.line.split(b"\t", 5)[4] or 0)

    @property
    def latitude(self) -> float | None:
        """Degrees, south is negative."""
        return self._degrees("latitude")

    @property
    def longitude(self) -> float | None:
        """Degrees, west is negative."""
        return self._degrees("longitude")

    def _degrees(self, column: str) -> float | None:
        text = self.line.split(b"\t", _AT[column] + 1)[_AT[column]]
        return float(text) if text else None

    @property
    def key(self) -> str:
        """One word that names the place for good: `geonames:1650357`, else `ID:32.04`, `JP:JP-26`."""
        return f"geonames:{self.geonameid}" if self.geonameid else f"{self.country}:{self.code}"

    @property
    def rank(self) -> int | None:
        """1 for a province and its equals, 2 for a city or regency below it, … ; None where not known."""
        return rank_of(self.level, country=self.country)

    def names(self, language: str) -> list[str]:
        """Its names in `language` (id, ko, zh, ja, en or latin: other names in Latin letters), the usual first."""
        if language == "en":
            return [self.name]
        column = language if language == "latin" else language[:2]
        text = self.line.split(b"\t")[_AT[column]].decode()
        return text.split("|") if text else []

    def name_in(self, language: str) -> str:
        """The usual name in a language of the site: id, en, ko, zh-hans; the English one where none is known."""
        if language == "id" and self.country == "ID" and self.native:
            return f"Kabupaten {self.native}" if self.level == "regency" else self.native
        return (self.names(language) or [self.name])[0]

    def spellings(self) -> list[tuple[str, str]]:
        """Every name with its language or script, the usual ones first; no spelling twice."""
        fields = self.line.decode().split("\t")
        found = {fields[_AT["name"]]: "en"}
        found.setdefault(fields[_AT["native"]], "native")
        for language in NAME_COLUMNS:
            for name in fields[_AT[language]].split("|"):
                found.setdefault(name, language)
        found.pop("", None)
        return list(found.items())


class Name(NamedTuple):
    text: str
    language: str  # en, native, id, ko, zh, ja or latin
    city: City


@cache
def cities() -> tuple[City, ...]:
    """Every row of the file: the world's cities, Indonesia's provinces, cities and regencies."""
    lines = lzma.decompress((DATA / "world.tsv.xz").read_bytes()).split(b"\n")
    return tuple(City(line) for line in lines[1:-1])


@cache
def regions() -> tuple[City, ...]:
    """The first level below the country for the rest of the world, from ISO 3166-2; no place, no population."""
    held = {(city.country, code) for city in cities() if (code := city.code)}
    import gettext  # here, not above: who only looks up cities starts without the tables of countries

    import pycountry

    chinese = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=["zh_CN"], fallback=True)
    given = _regions_by_hand()
    found = []
    for area in pycountry.subdivisions:
        if area.parent_code or area.country_code == "ID" or (area.country_code, area.code) in held:
            continue
        name, indonesian, korean, han = given.get(area.code, (area.name, "", "", ""))
        if not han:
            translated = chinese.gettext(area.name)
            han = translated if translated != area.name else ""
        level = _REGION_LEVELS.get(area.type.casefold(), "region")
        other = area.name if area.name != name else ""
        fields = ["", name, "", area.country_code, "", "", "", "", level, area.code, ""]
        found.append(City("\t".join([*fields, indonesian, korean, han, "", other]).encode()))
    return tuple(found)


def _regions_by_hand() -> dict[str, tuple[str, str, str, str]]:
    with (DATA / "regions.tsv").open(encoding="utf-8", newline="") as file:
        return {
            line["code"]: (line["name"], line["id"], line["ko"], line["zh"])
            for line in csv.DictReader(file, delimiter="\t")
        }


@cache
def _by_geonameid() -> dict[int, City]:
    return {geonameid: city for city in cities() if (geonameid := city.geonameid)}


@cache
def _by_code() -> dict[tuple[str, str], City]:
    return {(city.country, code): city for city in (*cities(), *regions()) if (code := city.code)}


@cache
def index() -> NameIndex[City]:
    """Every name of every city and region, for search: those with most people first, regions after cities."""
    places = sorted((*cities(), *regions()), key=lambda city: -city.population)
    return NameIndex((city, [name for name, _ in city.spellings()]) for city in places)


def by_geonameid(geonameid: int) -> City | None:
    return _by_geonameid().get(geonameid)


def by_code(country: str, code: str) -> City | None:
    """`by_code("ID", "32.04")` is Kabupaten Bandung, `by_code("JP", "JP-26")` Kyoto Prefecture."""
    return _by_code().get((country, code))


def by_key(key: str) -> City | None:
    """The place whose `City.key` this is."""
    scheme, _, rest = key.partition(":")
    if scheme == "geonames":
        return by_geonameid(int(rest)) if rest.isascii() and rest.isdigit() and len(rest) < 12 else None
    return by_code(scheme, rest)


def parent(city: City) -> City | None:
    return by_code(city.country, city.parent_code) if city.parent_code else None


def named(name: str, *, country: str | None = None) -> list[City]:
    """Every place with this name in any language, the most people first; regions after cities."""
    found = index().exact(normalise(name))
    return [city for city in found if country is None or city.country == country]


def names(*, with_regions: bool = False) -> Iterator[Name]:
    """Every spelling of every city (and region), as written in the file."""
    for city in (*cities(), *regions()) if with_regions else cities():
        for text, language in city.spellings():
            yield Name(text, language, city)

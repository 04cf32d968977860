"""The words of a text in Latin letters, each with what it may be beside a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kembar.intake.extract import names
from kembar.intake.extract.document import Document

LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
WORD = re.compile(f"[{LETTER}]+(?:['’`-][{LETTER}]+)*")
POSSESSIVE = ("'s", "’s")
DERIVED = re.compile(
    "(?:mem|meng|meny|pem|peng|peny|men|pen|ber|ter|per|ke|se)[a-z]{2,}(?:an|kan|nya)|(?:mem|meng|meny|peng|peny)[a-z]{4,}"
    "|[a-z]{4,}(?:kan|nya|nyalah)"
)
AGENCY = re.compile(
    "(?:dis|din|bap|kem|sat|bal|puj)[a-z]{2,12}|[a-z]{3,}(?:tbang|kominfo|naker|hub|kes|dik|perin|pora|kar)"
)

DEGREE = re.compile(r",?\s+((?:[A-Za-z]{1,5}\.){1,4}[A-Za-z]{0,4}\.?|[A-Z][A-Za-z]{1,4})(?=[\s,.;)]|$)")
OFFICE, TITLE, PLACE, BODY, COMMON, ACRONYM, NAME, MAYBE, LOWER, LINK = range(10)


@dataclass(slots=True)
class Word:
    """`lower` is without possessive and case; `kind` is one of the constants above; `office` counts the words of a
    whole office that begins here, `inside` says that the word stands inside one."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    kind: int = LOWER
    office: int = 0


def _places(document: Document) -> list[tuple[int, int]]:
    found = [(city.start, city.end) for city in document.cities]
    found += [(country.start, country.end) for country in document.countries]
    return sorted(found)


def words_of(document: Document) -> list[Word]:
    """All words with their kinds, in one pass over the text and a few over the words."""
    text = document.text
    listed: list[Word] = []
    for match in WORD.finditer(text):
        bare, (start, end) = match.group(), match.span()
        if bare.endswith(POSSESSIVE):
            bare, end = bare[:-2], end - 2
        listed.append(Word(start, end, bare, bare.casefold(), bare[0].isupper()))
    links = names.words("offices", "links")
    small = {word.lower for word in listed if not word.capital}
    for word in listed:
        word.kind = _kind(word, small) if word.capital else LINK if word.lower in links else LOWER
    _mark_places(listed, _places(document))
    mentioned = {document.text[city.start : city.end].casefold() for city in document.cities}
    for word in listed:
        if word.capital and word.lower in mentioned:
            word.kind = PLACE
    _mark_phrases(listed, "places", "regions", PLACE)
    _mark_phrases(listed, "places", "countries", PLACE)
    for word, after in zip(listed, listed[1:], strict=False):
        if not word.capital or "-" not in word.lower + after.lower:
            continue
        if names.is_korean([word.lower, after.lower]) and after.start == word.end + 1:
            word.kind = after.kind = NAME
    _mark_degrees(listed, text)
    _mark_offices(listed, text)
    _mark_titles(listed, text)
    return listed


def _mark_degrees(listed: list[Word], text: str) -> None:
    """The letters of "S.Sos., M.I.P." are no names."""
    degrees = names.phrases("offices", "degrees")
    inside = {
        position
        for match in DEGREE.finditer(text)
        if match.group(1).casefold().rstrip(".") in degrees
        for position in range(match.start(1), match.end(1))
    }
    for word in listed:
        if word.start in inside:
            word.kind = ACRONYM


def _kind(word: Word, small: set[str]) -> int:
    """Of a word with a capital; `small`: the words that the text writes without one."""
    lower = word.lower
    if lower in names.phrases("offices", "organisations") and (len(lower) > 2 or word.text.isupper()):
        return BODY
    if len(word.text) == 1:
        return MAYBE
    known = names.is_known(lower)
    if lower in names.words("common", "words") or (lower in small and lower not in names.words("offices", "links")):
        return MAYBE if known else COMMON
    if known:
        return NAME
    if word.text.isupper():
        return NAME if len(lower) > 2 and lower in names.words("names", "pinyin") else ACRONYM
    if DERIVED.fullmatch(lower) or AGENCY.fullmatch(lower):
        return MAYBE if names.sounds_indonesian(lower) else COMMON
    return NAME


def _mark_places(listed: list[Word], spans: list[tuple[int, int]]) -> None:
    at = 0
    for word in listed:
        while at < len(spans) and spans[at][1] <= word.start:
            at += 1
        if at < len(spans) and spans[at][0] < word.end and word.capital:
            word.kind = PLACE


def _matches(listed: list[Word], index: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    for entry in table.get(listed[index].lower, ()):
        stop = index + len(entry)
        if stop <= len(listed) and all(one.lower == part for one, part in zip(listed[index:stop], entry, strict=True)):
            return len(entry)
    return 0


def _mark_phrases(listed: list[Word], topic: str, key: str, kind: int) -> None:
    table = names.by_first_word(topic, key)
    for index, word in enumerate(listed):
        if not word.capital or word.kind in {BODY, PLACE}:
            continue
        length = _matches(listed, index, table)
        if length == 1 and (names.is_given(word.lower) or (len(word.lower) < 4 and not word.text.isupper())):
            continue
        for one in listed[index : index + length]:
            one.kind = kind


def _mark_offices(listed: list[Word], text: str) -> None:
    table = names.by_first_word("offices", "heads")
    german = tuple(names.words("offices", "german_endings"))
    for index, word in enumerate(listed):
        if word.office < 0:
            continue
        if word.lower not in table and not word.lower.endswith("nya") and not (word.capital and len(word.lower) > 8):
            continue
        length = _matches(listed, index, table)
        if not length and word.lower.endswith("nya") and (word.lower[:-3],) in table.get(word.lower[:-3], ()):
            length = 1
        if not length and word.capital and len(word.lower) > 8 and word.lower.endswith(german):
            length = 1
        if not length or _is_part_of_name(listed, index, length, text):
            continue
        word.office = length
        for one in listed[index : index + length]:
            one.kind = OFFICE
            if one is not word:
                one.office = -1


def _is_part_of_name(listed: list[Word], index: int, length: int, text: str) -> bool:
    """ "Adi Putra": a word of office or kin right after a part of a name, itself a part of names."""
    word = listed[index]
    if length > 1 or not word.capital or not names.is_known(word.lower):
        return False
    before = listed[index - 1] if index else None
    after = listed[index + 1] if index + 1 < len(listed) else None
    if before is not None and (before.lower,) in names.by_first_word("offices", "titles").get(before.lower, ()):
        return before.capital and after is not None and after.capital
    if before is not None and before.kind in {NAME, MAYBE} and text[before.end : word.start] == " ":
        return True
    return after is None or not after.capital or text[word.end : after.start] != " "


def _mark_titles(listed: list[Word], text: str) -> None:
    table = names.by_first_word("offices", "titles")
    for index, word in enumerate(listed):
        if word.kind in {PLACE, OFFICE} or not (word.capital or word.lower in {"pak", "bu", "ibu", "bapak"}):
            continue
        after = listed[index + 1] if index + 1 < len(listed) else None
        if after is None or not after.capital or "\n" in text[word.end : after.start]:
            continue
        gap = text[word.end : after.start].strip()
        if len(word.lower) == 1 and gap != ".":
            continue
        if gap in {"", "."} and (word.lower,) in table.get(word.lower, ()):
            if "-" in after.text and word.lower in names.words("names", "korean"):
                continue
            word.kind = TITLE


def gap(text: str, left: Word, right: Word) -> str:
    return text[left.end : right.start]

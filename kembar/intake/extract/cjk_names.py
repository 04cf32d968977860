"""Names of people in Hangul and Hanzi, beside their offices."""

from __future__ import annotations

import re
from dataclasses import replace

from kembar.intake.extract import chinese_names, korean_lines, korean_names
from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Person

HANGUL = re.compile("[가-힣]")
HANZI = re.compile("[\u4e00-\u9fff]")
EASTERN = re.compile("[가-힣\u4e00-\u9fff]")


def find(document: Document, wrote: list[tuple[int, int]]) -> list[Person]:
    """`wrote`: where the names of those stand who wrote in a chat."""
    found: list[Person] = []
    if HANGUL.search(document.text):
        listed = [*korean_names.find(document), *korean_lines.find(document), *_senders(document, wrote, HANGUL)]
        found += _merged(document, listed + list(korean_lines.in_rows(document, listed)))
    if document.language != "ja" and HANZI.search(document.text):
        found += _merged(document, [*chinese_names.find(document), *_senders(document, wrote, HANZI)])
    return found


def _senders(document: Document, wrote: list[tuple[int, int]], script: re.Pattern[str]) -> list[Person]:
    return [
        Person(start=start, end=end, rule="chat_sender", confidence=0.8, name=document.text[start:end])
        for start, end in wrote
        if script.match(document.text, start)
    ]


def _merged(document: Document, listed: list[Person]) -> list[Person]:
    """One person per name; a name that is the end or beginning of a longer one is the same person."""
    found: dict[str, Person] = {}
    for one in sorted(listed, key=lambda person: (person.rule == "zh_tagger", -len(person.name), person.start)):
        if one.rule == "zh_tagger" and any(one.start < other.end and other.start < one.end for other in found.values()):
            continue
        if not any(name == one.name or _short_of(one.name, name) for name in found):
            found[one.name] = one
    people = []
    for one in found.values():
        name = document.text[one.start : one.end]
        spans = tuple((match.start(), match.end()) for match in re.finditer(re.escape(name), document.text))
        people.append(replace(one, name=name, mentions=spans))
    return people


def _short_of(short: str, long: str) -> bool:
    return short in re.split("[ ·]", long) or (" " in short and long.endswith(short))

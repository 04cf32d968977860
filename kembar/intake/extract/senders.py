"""Who wrote in an exported chat: the name beside the time of each message, as four programs write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kembar.intake.extract import names

# "01/07/25 08.15 - Nia Kurniasih: …", "[11/3/25, 08.12] Nia Kurniasih: …", "[최은비] [오전 9:02] …", "宫晓彤 09:14"
_CLOCK = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AP]M)?"
MESSAGE = re.compile(
    rf"(?m)^\u200e?\[?\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}},?\s+{_CLOCK}\]?\s+(?:-\s+)?([^:\n\]]{{3,40}}):\s"
    rf"|^\[([^\]\n]{{2,24}})\] \[(?:오전|오후) {_CLOCK}\]\s"
    rf"|^([가-힣\u4e00-\u9fff· ]{{2,12}})\s+(?:\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\s+)?{_CLOCK}$"
)
LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]*(?: [A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]*){1,3}")
HAN = re.compile("[\u4e00-\u9fff]{2,3}")
HANGUL = re.compile("[가-힣]{3}|[가-힣]{1,4}(?: [가-힣]{1,5}){1,3}")
FEWEST = 2


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The first message of each person; nothing where fewer than two lines look like messages. A post or a nickname
    ("Bu Ratna Kabag", "팀장님") is no name."""
    messages = list(MESSAGE.finditer(text))
    if len(messages) < FEWEST:
        return
    seen: set[str] = set()
    for match in messages:
        group = match.lastindex or 1
        name = match.group(group).strip()
        if name not in seen and _is_a_name(name):
            seen.add(name)
            start = match.start(group) + match.group(group).index(name)
            yield start, start + len(name)


def _is_a_name(name: str) -> bool:
    if HANGUL.fullmatch(name):
        offices = names.words("ko", "offices") | names.words("ko", "roles")
        return not any(part.removesuffix("님") in offices for part in name.split()) and not name.endswith("님")
    if HAN.fullmatch(name):
        surnames = names.words("names", "hanzi")
        return name[0] in surnames or name[:2] in surnames
    if LATIN.fullmatch(name) is None:
        return False
    return _posts().isdisjoint(part.strip(".") for part in name.casefold().split())


@cache
def _posts() -> frozenset[str]:
    """Words of offices, bodies and address: "Bu Ratna Kabag" is how a telephone knows somebody."""
    listed = names.phrases("offices", "titles") | names.phrases("offices", "heads")
    listed |= names.phrases("offices", "organisations") | names.words("common", "words")
    return frozenset(word for phrase in listed for word in phrase.split())

"""Names of people in Hangul told by the line they stand in: labels, letters, rows, speech, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kembar.intake.extract import names
from kembar.intake.extract.document import Document
from kembar.intake.extract.korean_names import (
    BODIES,
    SYLLABLES,
    continues_foreign,
    foreign,
    gap_of,
    is_foreign_name,
    is_korean_name,
    is_place,
    korean_office,
    korean_person,
    sounds_foreign,
)
from kembar.intake.extract.reading import Person


def find(document: Document) -> Iterator[Person]:
    places = {document.text[one.start : one.end] for one in (*document.cities, *document.countries)}
    yield from _labelled(document, places)
    yield from _speaking(document, places)
    yield from _introduced(document, places)


AGED = re.compile("([가-힣]+)\\(\\d{1,2}(?:세|살)?[·,)]")
SELF = re.compile("(?:저는|담당|담당자|과|팀|주무관|,)\\s([가-힣]{3})(?:입니다|이라고 합니다|이에요|예요)")


def _introduced(document: Document, places: set[str]) -> Iterator[Person]:
    """ "와이리무 카마우(34)는", "국제교류과 담당 오한결입니다"."""
    for match in SELF.finditer(document.text):
        if is_korean_name(match.group(1)):
            yield korean_person(document, match.start(1), match.end(1), "", None, "ko_self")
    for match in AGED.finditer(document.text):
        sentence = document.sentence_at(match.start())
        if sentence is None or is_korean_name(match.group(1)):
            continue
        listed = list(SYLLABLES.finditer(document.text, sentence.start, match.end(1)))
        word = match.group(1)
        former = listed[-2].group() if len(listed) > 1 and gap_of(document, listed[-2], listed[-1]) == " " else ""
        if is_foreign_name(word, places) or (len(word) > 1 and sounds_foreign(former, places)):
            yield foreign(document, listed, len(listed) - 1, "", [], places)


SPEAKS = re.compile(
    '(?<![가-힣])([가-힣]{3})(?:은|는|이|가|도)(?: [가-힣]{1,8}){0,3} ?["“‘]'
    '|["”’](?:이라고|라고|고|라며|이라며|며|면서)? ([가-힣]{3})(?:은|는|이|가)'
    " (?:[가-힣]{1,6} )?(?:말|전했|전한|덧붙|웃|밝|강조|설명|소개|회상|털어|답|물|적었|적은|되물|떠올)"
)


def _speaking(document: Document, places: set[str]) -> Iterator[Person]:
    """ "표민서는 “…”라고": who speaks is a person, if the word can be a name and ends as no trade or body does."""
    for match in SPEAKS.finditer(document.text):
        group = match.lastindex or 1
        name = match.group(group)
        if name[-1] in "위자사가생회장측부관" or not is_korean_name(name) or is_place(name, places):
            continue
        yield korean_person(document, match.start(group), match.end(group), "", None, "ko_speaks")


ROW = re.compile("(?<![가-힣])[가-힣]{3}(?:(?:, ?| ?[·ㆍ、] ?)[가-힣]{3}(?![가-힣]))+")


def in_rows(document: Document, found: list[Person]) -> Iterator[Person]:
    """ "시의원 최현주, 김영태, 오수진": where one of a row is a person, those that can be names are too."""
    known = {one.name for one in found}
    for row in ROW.finditer(document.text):
        members = list(SYLLABLES.finditer(document.text, row.start(), row.end()))
        if any(one.group() in known for one in members):
            for one in members:
                if is_korean_name(one.group()):
                    yield korean_person(document, one.start(), one.end(), "", None, "ko_row")


@cache
def _labels() -> re.Pattern[str]:
    labels = "|".join(names.words("ko", "labels"))
    closings = "|".join(names.words("ko", "closings"))
    return re.compile(
        f"(?m)(?:{labels})\\s*[:=]\\s*([가-힣]+(?: [가-힣]+){{0,5}})(?=\\s*(?:[(,=/]|$))"
        f"|(?:^|[\\s,·])([가-힣]{{3}})(?=\\((?:\\d\\d|[^)]{{0,14}}(?:장|관|사|원|표|수|학년|세|살))[,)·])"
        f"|^[\\s○□·*-]*([가-힣]{{3}})(?=\\s?: )"
        f"|(?:^|\\s)([가-힣]{{3}})(?= (?:{closings})(?:$|[\\s.]))"
    )


def _labelled(document: Document, places: set[str]) -> Iterator[Person]:
    """ "받는사람: 카미유 르루아", "소유진 드림"."""
    for match in _labels().finditer(document.text):
        group = match.lastindex or 1
        parts = match.group(group).split()
        first = 0
        while len(parts) - first > 1 and (is_place(parts[first], places) or parts[first].endswith(BODIES)):
            first += 1
        last = len(parts) - (len(parts) > first + 1 and parts[-1] in names.words("ko", "closings"))
        start = match.start(group) + sum(len(part) + 1 for part in parts[:first])
        parts = parts[first:last]
        end = start + len(" ".join(parts))
        if len(parts) == 1 and not is_korean_name(parts[0]):
            continue
        if any(korean_office().match(part) for part in parts) and len(parts) > 1:
            continue
        if len(parts) > 1 and not all(continues_foreign(part, places, final=True) for part in parts):
            continue
        if len(parts) > 1 and not any(sounds_foreign(part, places) for part in parts):
            continue
        yield korean_person(document, start, end, "", None, "ko_label")

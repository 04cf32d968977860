"""Names of people in Hanzi: Chinese ones and those of other tongues spelled by sound, beside offices and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kembar.intake.extract import chinese_tagger, names
from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Person
from kembar.intake.extract.words import simplified

MOST_TAGGED = 1600
LONGEST_TAGGED = 120
CLAUSE = re.compile('[^，。；！？!?;,\n“”"：:（）()]+')
HANZI = re.compile("[\u4e00-\u9fff]")


@cache
def _office_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(names.words("zh", "offices"), key=len, reverse=True)))


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, names.words("zh", "after")), key=len, reverse=True)))


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset("".join(names.words("zh", key)))


def _ends(text: str, position: int) -> bool:
    """Whether a name can end here."""
    following = text[position : position + 1]
    return not HANZI.match(following) or _after().match(text, position) is not None


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Japanese ones, Chinese ones, and what any of them begins with."""
    japanese, listed = names.words("names", "kanji"), names.words("names", "hanzi")
    return japanese, listed, frozenset(name[0] for name in japanese | listed)


def _surname(text: str, position: int) -> int:
    """How many characters of a listed surname begin here; Japanese ones count."""
    japanese, listed, first = _surnames()
    if text[position : position + 1] not in first:
        return 0
    for length in (3, 2):
        if text[position : position + length] in japanese:
            return length
    for length in (2, 1):
        if text[position : position + length] in listed:
            return length
    return 0


def _given(text: str, position: int) -> int:
    length = 0
    while length < (3 if text[position - 2 : position] in names.words("names", "kanji") else 2) and HANZI.match(
        text[position + length : position + length + 1]
    ):
        if length and text[position + length] == "等":
            break
        length += 1
    return length


def _is_word(text: str, position: int) -> bool:
    return text[position : position + 2] in names.words("zh", "not_names")


def _name_after(text: str, position: int) -> int:
    """The end of a name that begins here, or `position`: surname and one or two characters, or a name of sounds."""
    transliterated = _transliterated(text, position)
    if transliterated:
        return transliterated
    surname = _surname(text, position)
    if _is_word(text, position) or not HANZI.match(text[position : position + 1]):
        return position
    if surname:
        most = _given(text, position + surname)
        for given in (2, 1, 3):
            end = position + surname + given
            if given > most:
                continue
            if _ends(text, end) and not _office_pattern().match(text, end - 1):
                return end
        return position
    for end in (position + 3, position + 2, position + 4):
        spelled = text[position:end]
        if all(letter in _set("sounds") for letter in spelled) and _ends(text, end) and text.count(spelled) > 1:
            return end
    return position


DOTS = "·•・‧"
DOTTED = re.compile("[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{1,8})+")


def _transliterated(text: str, position: int) -> int:
    match = DOTTED.match(text, position)
    if match is None or not (text[position] in _set("sounds") or _surname(text, position)):
        return 0
    last = max(text.rfind(dot, position, match.end()) for dot in "·•・‧") + 1
    end = last + 1
    while end < match.end() and text[end] in _set("sounds") and not _ends(text, end):
        if _office_pattern().match(text, end):
            break
        end += 1
    least = 0.3 if _office_pattern().search(text, max(0, position - 4), position) else 0.6
    return end if _sounds_foreign(text[position:end], least) else 0


def _sounds_foreign(spelled: str, least: float = 0.6) -> bool:
    """Whether most characters are those that names of other tongues are written with."""
    letters = [letter for letter in spelled if HANZI.match(letter)]
    return sum(letter in _set("sounds") for letter in letters) >= least * len(letters)


def find(document: Document) -> Iterator[Person]:
    """Looks at the text in simplified characters; names are given as they are printed."""
    text = simplified(document.text)
    spans = [(city.start, city.end) for city in document.cities]
    inside = {position for start, end in spans for position in range(start, end)}
    listed = [*_beside_offices(document, text, inside), *_chinese_openings(document, text, inside)]
    listed += _in_rows(text, listed, inside)
    yield from listed
    if document.language == "zh":
        yield from _tagged(document, text, inside, listed)


ROW = re.compile("[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})+(?![\u4e00-\u9fff])")


def _in_rows(text: str, listed: list[Person], inside: set[int]) -> list[Person]:
    """ "赵敏、钱进、孙丽": where one of a row is a person, those with a surname and the length of a name are too."""
    known = {one.start for one in listed}
    found = []
    for row in ROW.finditer(text):
        members = list(re.finditer("[^、]+", row.group()))
        places = [(row.start() + one.start(), row.start() + one.end()) for one in members]
        if known.isdisjoint(start for start, _ in places):
            continue
        for start, end in places:
            if start not in known | inside and 0 < end - start - _surname(text, start) < 3 and _surname(text, start):
                found.append(_chinese_person(text, start, end, "", "zh_row"))
    return found


def _beside_offices(document: Document, text: str, inside: set[int]) -> Iterator[Person]:
    for match in _office_pattern().finditer(text):
        sentence = document.sentence_at(match.start())
        if sentence is None or sentence.is_boilerplate:
            continue
        start = match.end()
        end = _name_after(text, start)
        if end > start and start not in inside and not text[start:end].startswith(tuple("和与及等们级的")):
            yield _chinese_person(text, start, end, match.group(), "zh_office_before")
            continue
        start = _name_before(text, match.start(), inside)
        if start < match.start():
            yield _chinese_person(text, start, match.start(), match.group(), "zh_office_after")


def _tagged(document: Document, text: str, inside: set[int], listed: list[Person]) -> Iterator[Person]:
    """What the trained tagger adds, asked only for clauses that may hold a person nobody found yet; a long text is
    tagged at its beginning."""
    known = {one.name for one in listed}
    taken = set(inside)
    for name in known:
        taken |= {at for match in re.finditer(re.escape(name), text) for at in range(match.start(), match.end())}
    spans = [
        (clause.start(), clause.end())
        for sentence in document.sentences
        if sentence.kind != "boilerplate"
        for clause in CLAUSE.finditer(text, sentence.start, sentence.end)
        if len(clause.group()) <= LONGEST_TAGGED and _may_hold_a_name(text, clause.start(), clause.end(), taken)
    ]
    sums = {at for one in document.money for at in range(one.start, one.end)}
    tagged = [span for span in chinese_tagger.people(text, spans[:MOST_TAGGED]) if not sums.intersection(span)]
    known |= {text[first:last] for first, last in tagged}
    for first, last in tagged:
        if first not in inside and text[first : last - 1] not in known and _is_plausible(text, first, last):
            yield _chinese_person(text, first, last, "", "zh_tagger")


def _may_hold_a_name(text: str, start: int, end: int, taken: set[int]) -> bool:
    """Whether a surname stands here with one or two letters and an end behind them, or a name of sounds, or an office
    that no known person holds."""
    for office in _office_pattern().finditer(text, start, end):
        if office.end() not in taken and office.start() - 1 not in taken:
            return True
    dotted, first = "·" in text[start : end + 8], _surnames()[2]
    for at in range(start, end):
        if not (dotted or text[at] in first) or at in taken or not HANZI.match(text, at):
            continue
        if dotted and text[at + 1 : at + 9].count("·") and DOTTED.match(text, at):
            return True
        surname = _surname(text, at)
        if surname and not _is_word(text, at) and _ends_as_name(text, at + surname, end, taken):
            return True
    return False


def _ends_as_name(text: str, given: int, end: int, taken: set[int]) -> bool:
    for last in (given + 2, given + 1):
        if last > end or not all(HANZI.match(text, at) and at not in taken for at in range(given, last)):
            continue
        if last == end or _after().match(text, last):
            return True
    return False


def _is_plausible(text: str, start: int, end: int) -> bool:
    """A surname and its length, or a name of sounds with its dot; others only right beside an office."""
    name = text[start:end]
    if name.strip("·•・‧") != name or _is_word(text, start) or _office_pattern().search(text[start : end + 1]):
        return False
    if any(dot in name for dot in "·•・‧"):
        return True
    surname = _surname(text, start)
    if surname and surname < len(name) <= surname + (3 if surname > 1 else 2):
        return True
    beside = _office_pattern().match(text, end) or any(
        match.end() == start for match in _office_pattern().finditer(text, max(0, start - 6), start)
    )
    return beside is not None and beside is not False and 2 <= len(name) <= 5


def _chinese_person(text: str, start: int, end: int, office: str, rule: str) -> Person:
    return Person(start=start, end=end, rule=rule, confidence=0.8, name=text[start:end], office=office or None)


def _name_before(text: str, position: int, inside: set[int]) -> int:
    """The beginning of a name that ends here, or `position`."""
    for length in (3, 2, 4, 5):
        start = position - length
        if start < 0 or any(at in inside for at in range(start, position)):
            continue
        surname = _surname(text, start)
        if not surname or _is_word(text, start) or not HANZI.match(text[start : start + 1]):
            continue
        fits = length - surname in ({1, 2} if surname < 2 or length < 5 else {3}) and all(
            map(HANZI.match, text[start:position])
        )
        if not fits:
            continue
        before = text[start - 1 : start]
        if before and before in DOTS:
            break  # the end of a longer name
        if not HANZI.match(before) or before in _set("before") or start - 1 in inside:
            return start
    dotted = next((m for m in DOTTED.finditer(text, max(0, position - 24), position) if m.end() == position), None)
    if dotted is None or not _sounds_foreign(dotted.group()) or _transliterated(text, dotted.start()) < position:
        return position
    start = dotted.start()
    first = min(at for at in (text.find(dot, start) for dot in "·•・‧") if at > 0)
    begin = first
    while begin > start and text[begin - 1] in _set("sounds") and begin - 1 not in inside:
        begin -= 1
    return begin


@cache
def _labels() -> re.Pattern[str]:
    labels = "|".join(sorted(names.words("zh", "labels"), key=len, reverse=True))
    return re.compile(f"(?:(?:{labels})(?:[:：]| |/|\u3000)|[日讯电]\\s*[（(])\\s*")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(names.words("zh", "verbs"), key=len, reverse=True)))


def _chinese_openings(document: Document, text: str, inside: set[int]) -> Iterator[Person]:
    """A name after a label ("记录:龚雪"), or at the head of a sentence before what only people do."""
    for match in _labels().finditer(text):
        end = _name_after(text, match.end())
        if end > match.end() and match.end() not in inside:
            yield _chinese_person(text, match.end(), end, match.group().strip(":： /"), "zh_label")
    for match in OPENING.finditer(text):
        start = match.end()
        if start in inside or _is_word(text, start):
            continue
        for end in (_name_after(text, start), start + 3, start + 2):
            if end > start and (_surname(text, start) or end - start > 4) and _is_said(text, start, end):
                sentence = document.sentence_at(start)
                if sentence is not None and not sentence.is_boilerplate:
                    yield _chinese_person(text, start, end, "", "zh_verb_after")
                break


OPENING = re.compile("(?:^|[。！？!?,，;；、\n”：:的]|记者)\\s*(?=[\u4e00-\u9fff])")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile("|".join(sorted(names.words("zh", "strong"), key=len, reverse=True)))


def _is_said(text: str, start: int, end: int) -> bool:
    """Speech makes a person of a name named once; other verbs want the name twice, with different words after it."""
    name = text[start:end]
    if len(name) < 2 or not all(HANZI.match(letter) or letter in "·•・‧" for letter in name):
        return False
    if _verbs().match(text, end) is None:
        return False
    other = text.find(name, end)
    other = text.find(name, 0, start) if other < 0 else other
    if other >= 0 and text[other + len(name) : other + len(name) + 2] != text[end : end + 2]:
        return text[start - 1 : start] != "的" or _strong().match(text, end) is not None
    return len(name) == 3 and _strong().match(text, end) is not None and name[2] not in "们市方人府会"

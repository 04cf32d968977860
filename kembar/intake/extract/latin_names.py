"""Names of people in Latin letters: runs of name parts, and the words around them that make them a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kembar.intake.extract import names
from kembar.intake.extract.document import Document, Sentence
from kembar.intake.extract.name_words import (
    ACRONYM,
    BODY,
    COMMON,
    DEGREE,
    LINK,
    LOWER,
    MAYBE,
    NAME,
    OFFICE,
    PLACE,
    TITLE,
    Word,
    gap,
    words_of,
)

REACH = 16
# Words that no office is made of.
STOPPING = frozenset(
    ["yang", "ini", "itu", "ia", "dia", "mereka", "kami", "kita", "adalah", "tidak", "agar", "karena", "jika", "para"]
    + ["that", "which", "when", "if", "they", "he", "she", "it", "not", "said", "this", "who", "as", "into", "than"]
    + ["dass", "wenn", "nicht", "sie", "er", "es", "mit", "ist", "war", "sind"]
)


@dataclass(slots=True)
class Candidate:
    """Words `first` to `last` (exclusive). `rule` is empty until something makes them a person."""

    first: int
    last: int
    parts: list[str]
    start: int
    end: int
    rule: str = ""
    confidence: float = 0.0
    office: str | None = None
    of: str | None = None


@dataclass(slots=True)
class Text:
    document: Document
    words: list[Word]

    def gap(self, index: int) -> str:
        """What stands between this word and the next; a line break at the end of the text."""
        if index < 0 or index + 1 >= len(self.words):
            return "\n"
        return gap(self.document.text, self.words[index], self.words[index + 1])

    def word(self, index: int) -> Word | None:
        return self.words[index] if 0 <= index < len(self.words) else None


def find(document: Document) -> list[Candidate]:
    """Every run that may be a person; those that are have a rule. Furniture of the page is left out."""
    seen = Text(document, words_of(document))
    found: list[Candidate] = []
    index = 0
    while index < len(seen.words):
        if seen.words[index].kind in {NAME, MAYBE} or _opens_as_place(seen, index):
            candidate = _run(seen, index)
            index = candidate.last
            sentence = document.sentence_at(candidate.start)
            if sentence is not None and not sentence.is_boilerplate:
                _judge(seen, candidate, sentence.kind == "heading" and not _has_label(document, sentence, candidate))
                found.append(candidate)
        else:
            index += 1
    return found


def _has_label(document: Document, sentence: Sentence, candidate: Candidate) -> bool:
    """ "Pimpinan : NAME", a row of a table: no heading, however short."""
    before = document.text[max(sentence.start, candidate.start - 200) : candidate.start]
    return ":" in before or "|" in document.text[sentence.start : sentence.end]


def _opens_as_place(seen: Text, index: int) -> bool:
    """ "Florence Nightingale": a given name that is also a place, before a surname or after "said"."""
    word = seen.words[index]
    if word.kind != PLACE or not names.is_given(word.lower):
        return False
    after, before = seen.word(index + 1), seen.word(index - 1)
    if after is not None and after.kind == NAME and seen.gap(index) == " ":
        return not (before is not None and before.kind == OFFICE and seen.gap(index - 1) == " ")
    return before is not None and (before.lower in names.words("offices", "verbs_before") or before.kind == TITLE)


def _run(seen: Text, first: int) -> Candidate:
    last = first + 1
    while last < len(seen.words):
        step = _step(seen, first, last)
        if not step:
            break
        last += step
    while last - 1 > first and seen.words[last - 1].kind == MAYBE and seen.words[last - 1].text.isupper() is False:
        if names.is_known(seen.words[last - 1].lower):
            break
        last -= 1
    listed = seen.words[first:last]
    end = listed[-1].end
    if seen.document.text[end : end + 1] == "." and len(listed[-1].text) == 1:
        end += 1
    return Candidate(first, last, [word.lower for word in listed], listed[0].start, end)


def _step(seen: Text, first: int, at: int) -> int:
    """How many words the run grows by from `at`: 1, 2 over a link, 0 at its end."""
    before, word = seen.words[at - 1], seen.words[at]
    between = seen.gap(at - 1)
    dotted = len(before.text) == 1 or before.lower in names.words("offices", "abbreviated")
    if between in {' "', " “", " ('", " '", " ‘"} and word.kind in {NAME, MAYBE}:
        return 1 if re.match("[\"”'’] ?[A-Z]", seen.document.text[word.end : word.end + 3]) else 0
    if between in {'" ', "” ", "' ", "’ "} and seen.document.text[before.start - 1] in "\"“'‘":
        return 1 if word.kind in {NAME, MAYBE} else 0
    if not (between in {" ", "  "} or (dotted and between in {". ", "."})):
        return 0
    if word.kind == NAME:
        return 1
    if word.kind == MAYBE or (word.kind in {PLACE, COMMON} and names.is_known(word.lower)):
        return 1
    if word.kind == TITLE and len(word.text) == 1:
        return 1
    if word.kind == LINK and before.kind in {NAME, MAYBE}:
        return _linked(seen, at)
    return 0


def _linked(seen: Text, at: int) -> int:
    """How many words a link and what it links are: "van der Merwe"; 0 where no name follows."""
    last = at
    while last + 1 < len(seen.words) and seen.gap(last) == " " and last - at < 3:
        last += 1
        if seen.words[last].kind in {NAME, PLACE}:
            return last - at + 1
        if seen.words[last].kind != LINK:
            return 0
    return 0


def _judge(seen: Text, candidate: Candidate, heading: bool) -> None:
    if _belongs_to_body(seen, candidate) or not _has_name(candidate):
        return
    if _signed_off(seen, candidate):
        return
    if heading:
        if len(candidate.parts) > 1 and all(map(names.is_known, candidate.parts)):
            candidate.rule, candidate.confidence = "heading_name", 0.6
        return
    _drop_unknown_place(seen, candidate)
    for test in (_office_before, _office_after, _titled, _speaks, _shaped, _labelled, _with_others, _alone):
        if test(seen, candidate):
            return


@cache
def _closing() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, names.phrases("offices", "closings")), key=len, reverse=True))
    return re.compile(rf"(?im)^\s*(?:{listed})\s*[,.:]?\s*\n\s*$")


def _signed_off(seen: Text, candidate: Candidate) -> bool:
    """ "Best regards,", and on the next line a name."""
    before = seen.document.text[max(0, candidate.start - 40) : candidate.start]
    if "\n" not in before or len(candidate.parts) < 2 or _beside_capital(seen, candidate):
        return False
    return _closing().search(before) is not None and _accept(candidate, "signed_off", 0.75)


def _has_name(candidate: Candidate) -> bool:
    return any(len(part) > 1 for part in candidate.parts) and len(candidate.parts) <= 8


def _belongs_to_body(seen: Text, candidate: Candidate) -> bool:
    """ "Universitas Padjadjaran", "Jalan Braga", "Carter Foundation"."""
    before, after = seen.word(candidate.first - 1), seen.word(candidate.last)
    if before is not None and before.lower in names.words("offices", "absorbing") and before.capital:
        close = seen.gap(candidate.first - 1) == " "
        if close and not _cut_to_given(seen, candidate):
            return True
    joined = after is not None and seen.gap(candidate.last - 1) == " " and after.capital
    return bool(joined and after and after.lower in names.words("offices", "bodies_after") and after.kind != OFFICE)


def _cut_to_given(seen: Text, candidate: Candidate) -> bool:
    """ "Rektor Universitas Padjadjaran Arief Kartasasmita": the person begins at the known given name, if any."""
    if not any(word.kind == OFFICE for word in seen.words[max(0, candidate.first - 6) : candidate.first]):
        return False
    for offset in range(1, len(candidate.parts) - 1):
        if names.is_given(candidate.parts[offset]):
            candidate.first += offset
            candidate.parts = candidate.parts[offset:]
            candidate.start = seen.words[candidate.first].start
            return True
    return False


def _drop_unknown_place(seen: Text, candidate: Candidate) -> None:
    """ "Bupati Garut Rudy Gunawan" where no list holds Garut."""
    before = seen.word(candidate.first - 1)
    if before is None or before.kind != OFFICE or seen.gap(candidate.first - 1) != " ":
        return
    at = candidate.first - 1
    while at > 0 and seen.words[at].office < 0:
        at -= 1
    head = " ".join(word.lower for word in seen.words[at : candidate.first])
    parts = candidate.parts
    if (
        head not in names.phrases("offices", "placed")
        or len(parts) < 2
        or names.is_known(parts[0])
        or len(parts[0]) == 1
    ):
        return
    if names.is_chinese(parts) or names.is_korean(parts):
        return
    if len(parts) > 2 or names.is_given(parts[1]):
        candidate.first += 1
        candidate.parts = parts[1:]
        candidate.start = seen.words[candidate.first].start


def _accept(candidate: Candidate, rule: str, confidence: float) -> bool:
    candidate.rule, candidate.confidence = rule, confidence
    return True


def _is_strong(candidate: Candidate) -> bool:
    """Whether the parts themselves say that this is a name."""
    parts = candidate.parts
    return (
        any(map(names.is_known, parts))
        or any(map(names.sounds_indonesian, parts))
        or (len(parts) > 1 and names.sounds_western(parts[-1]))
        or names.is_chinese(parts)
        or names.is_korean(parts)
    )


def _office_before(seen: Text, candidate: Candidate) -> bool:
    found = _head_before(seen, candidate)
    if found is None:
        return False
    at, comma, middle, loose = found
    before = seen.word(candidate.first - 1)
    if before is not None and before.lower in names.words("offices", "before_things"):
        return False
    single, strong = len(candidate.parts) == 1, _is_strong(candidate)
    if loose and not (strong and (comma or not single)):
        return False
    if single and not (strong or (middle and _ends_well(seen, candidate))):
        return False
    if comma and not (strong or _ends_well(seen, candidate)):
        return False
    while at > 0 and seen.words[at].office < 0:
        at -= 1
    _keep_office(seen, candidate, at, candidate.first)
    return _accept(candidate, "office_before", 0.85 if single or comma else 0.95)


def _head_before(seen: Text, candidate: Candidate) -> tuple[int, bool, bool, bool] | None:
    """The nearest word of office on the left with nothing but its place, body and field in between; whether a comma,
    whether any of these, and whether other small words stood there."""
    comma = middle = False
    lowers = 0
    for at in range(candidate.first - 1, max(candidate.first - 1 - REACH, -1), -1):
        word, between = seen.words[at], seen.gap(at)
        if between.strip(" ()&-–/.") == ",":
            if comma or (at < candidate.first - 1 and not middle):
                return None
            comma = True
        elif between.strip(" ()&-–/.'’s0123456789") != "" or "\n" in between:
            return None
        if word.kind == OFFICE:
            return at, comma, middle, lowers > 0
        if not _may_stand_between(word, comma):
            lowers += 1
            if word.kind != LOWER or lowers > 3 or _is_verb(word.lower):
                return None
        middle = middle or word.kind != TITLE
    return None


VERBAL = re.compile(r"(?:me|ber|di|ter)[a-z]{4,}|[a-z]+(?:ed|ing)")


@cache
def _is_verb(word: str) -> bool:
    """Whether a word in small letters ends a chain of office, field and body."""
    return (
        VERBAL.fullmatch(word) is not None
        or word in names.words("offices", "verbs_after")
        or word in names.words("offices", "verbs_before")
        or word in names.words("offices", "before_weak")
        or word in STOPPING
    )


def _may_stand_between(word: Word, comma: bool) -> bool:
    if word.kind in {TITLE, PLACE, BODY, COMMON, ACRONYM}:
        return True
    if word.kind in {LOWER, LINK}:
        return word.lower in names.words("offices", "small")
    return comma or word.kind == MAYBE or len(word.text) == 1


def _ends_well(seen: Text, candidate: Candidate) -> bool:
    """Whether a comma, a verb or the end of the sentence follows, as after a name set apart."""
    between = seen.gap(candidate.last - 1).strip()
    if between[:1] in {",", ".", "(", ";"}:
        return True
    after = seen.word(candidate.last)
    return between == "" and after is not None and after.lower in names.words("offices", "verbs_after")


def _keep_office(seen: Text, candidate: Candidate, at: int, stop: int) -> None:
    head = seen.words[at]
    length = max(head.office, 1)
    candidate.office = " ".join(word.text for word in seen.words[at : at + length])
    rest = [word for word in seen.words[at + length : stop] if word.kind != TITLE]
    if rest:
        candidate.of = " ".join(seen.document.text[rest[0].start : rest[-1].end].split())


def after_degrees(text: str, end: int) -> tuple[int, bool]:
    """Where the degrees after a name end, and whether there were any."""
    listed = names.phrases("offices", "degrees")
    position, any_found = end, False
    while match := DEGREE.match(text, position):
        word = match.group(1).casefold().rstrip(".")
        if word not in listed and not ("." in match.group(1) and word.replace(".", "") in listed):
            break
        position, any_found = match.end(), True
    return position, any_found


def _office_after(seen: Text, candidate: Candidate) -> bool:
    text = seen.document.text
    position, degrees = after_degrees(text, candidate.end)
    if degrees and (len(candidate.parts) > 1 or _is_strong(candidate)):
        _accept(candidate, "degrees_after", 0.9)
    at = candidate.last
    while at < len(seen.words) and seen.words[at].start < position:
        at += 1
    word = seen.word(at)
    if word is None:
        return bool(candidate.rule)
    between = text[position : word.start].strip(" )(")
    apart = between in {",", "–", "-", ",–"} or (word.lower in names.words("offices", "joining") and between == "")
    if apart and (len(candidate.parts) > 1 or _is_strong(candidate)) and _is_apposed(seen, candidate, at):
        return _accept(candidate, "office_after", 0.9)
    return bool(candidate.rule)


def _is_apposed(seen: Text, candidate: Candidate, at: int) -> bool:
    others = 0
    for distance in range(6):
        word = seen.word(at + distance)
        if word is None or (distance and seen.gap(at + distance - 1).strip(" '’s-&") != ""):
            return False
        if word.kind == OFFICE:
            stop = at + distance + max(word.office, 1)
            while stop < len(seen.words) and seen.gap(stop - 1) == " " and _may_stand_between(seen.words[stop], True):
                stop += 1
            _keep_office(seen, candidate, at + distance, stop)
            return True
        if word.lower in names.words("offices", "leading"):
            return True
        if word.kind not in {PLACE, COMMON, ACRONYM} and word.lower not in names.words("offices", "apposed"):
            others += 1
            if others > 2 or word.kind != LOWER or _is_verb(word.lower):
                return False
    return False


def _titled(seen: Text, candidate: Candidate) -> bool:
    before = seen.word(candidate.first - 1)
    if before is None or before.kind != TITLE or "\n" in seen.gap(candidate.first - 1):
        return False
    return _accept(candidate, "title_before", 0.85)


def _speaks(seen: Text, candidate: Candidate) -> bool:
    """ "kata NAME", "menurut NAME", "NAME said"; one unknown part is enough where only a person can stand."""
    before, after = seen.word(candidate.first - 1), seen.word(candidate.last)
    several, strong = len(candidate.parts) > 1, _is_strong(candidate)
    if not several and candidate.parts[0] in names.words("common", "words"):
        return False
    asked = before is not None and before.lower in names.words("offices", "verbs_before")
    if asked and seen.gap(candidate.first - 1) == " ":
        return _accept(candidate, "said_by", 0.85 if several or strong else 0.6)
    if after is None or seen.gap(candidate.last - 1) != " ":
        return False
    if after.lower in names.words("offices", "speech_after") and (several or strong):
        return _accept(candidate, "says", 0.8)
    if after.lower in names.words("offices", "verbs_after") and several and strong:
        return _accept(candidate, "acts", 0.75)
    return False


def _shaped(seen: Text, candidate: Candidate) -> bool:
    """A given name with more parts, a Chinese or a Korean name, needs nothing around it."""
    parts = [part for part in candidate.parts if len(part) > 1]
    if len(parts) < 2:
        return False
    if names.is_chinese(candidate.parts) or names.is_korean(candidate.parts):
        return _accept(candidate, "asian_name", 0.7)
    known = sum(map(names.is_known, parts))
    if known >= 2 or (names.is_given(parts[0]) and len(parts) > 1):
        return _accept(candidate, "known_parts", 0.75 if known >= 2 else 0.65)
    return False


def _with_others(seen: Text, candidate: Candidate) -> bool:
    before = seen.word(candidate.first - 1)
    if before is None or len(candidate.parts) < 2 or seen.gap(candidate.first - 1) != " ":
        return False
    if before.lower in names.words("offices", "before_weak") and _is_strong(candidate):
        return _accept(candidate, "with_others", 0.6)
    return False


def _labelled(seen: Text, candidate: Candidate) -> bool:
    """ "Hadir: NAME, NAME": in a line that opens with such a label."""
    if len(candidate.parts) < 2:
        return False
    text = seen.document.text
    line = text.rfind("\n", max(0, candidate.start - 200), candidate.start) + 1
    colon = text.find(":", line, candidate.start)
    if colon < 0 or colon - line > 30:
        return False
    label = text[line:colon].casefold().split()
    listed = any(word in names.words("offices", "labels") for word in label)
    if (listed or (len(label) < 3 and _is_strong(candidate))) and not _beside_capital(seen, candidate):
        return _accept(candidate, "labelled", 0.6)
    return False


def _beside_capital(seen: Text, candidate: Candidate) -> bool:
    before, after = seen.word(candidate.first - 1), seen.word(candidate.last)
    if before is not None and before.capital and seen.gap(candidate.first - 1) in {" ", "-", "–"}:
        return True
    return after is not None and after.capital and seen.gap(candidate.last - 1) in {" ", "-", "–", " & "}


WHO = re.compile(r", (?:who|whose|yang|der|die|a|an|now|then|formerly|its|his|her|their)\b|,? \(\d\d\)|, \d\d,")
PAST = re.compile(
    r" (?:also |then |later |pun |juga )?(?:[a-z]{3,}ed|said|told|wrote|took|came|went|led|met|won|spoke|thought)\b"
)


def _alone(seen: Text, candidate: Candidate) -> bool:
    """Two or three unknown parts that stand by themselves and do what people do."""
    before = seen.word(candidate.first - 1)
    if seen.document.language == "de" or not 2 <= len(candidate.parts) <= 3 or _beside_capital(seen, candidate):
        return False
    if before is not None and before.lower in names.words("offices", "before_things"):
        return False
    text = seen.document.text
    if any(word.kind not in {NAME, LINK} for word in seen.words[candidate.first : candidate.last]):
        return False
    if WHO.match(text, candidate.end):
        return _accept(candidate, "who", 0.6)
    if PAST.match(text, candidate.end):
        return _accept(candidate, "acts_alone", 0.5)
    return False

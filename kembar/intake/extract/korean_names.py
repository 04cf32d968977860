"""Names of people in Hangul: Korean ones and those of other tongues spelled in Hangul, beside their offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kembar.intake.extract import names
from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Person

# Offices that also end ordinary words ("공영주차장"): never glued to a name.
UNGLUED = frozenset(
    ["씨", "위원", "차장", "공사", "이사", "담당", "기자", "교사", "작가", "선수", "고문", "감사", "반장", "이장"]
)
SYLLABLES = re.compile("[가-힣]+")
PARTICLES = (
    "(?:은|는|이|가|을|를|의|에|에게|에게서|와|과|도|로|으로|께서|만|부터|까지|이며|이자|겸|등|님|님께|님이|님은|님의|님과"
    "|들|단|측|쪽|실|급|급의|인|일행)?"
)


@cache
def korean_office() -> re.Pattern[str]:
    offices = "|".join(sorted(names.words("ko", "offices") | names.words("ko", "roles"), key=len, reverse=True))
    return re.compile(f"([가-힣]*?)({offices}){PARTICLES}$")


def find(document: Document) -> Iterator[Person]:
    """A word that ends in an office, and the name in the words before it (or, for "시장 홍길동", after it)."""
    places = {document.text[one.start : one.end] for one in (*document.cities, *document.countries)}
    for sentence in document.sentences:
        if sentence.is_boilerplate:
            continue
        listed = list(SYLLABLES.finditer(document.text, sentence.start, sentence.end))
        for index, word in enumerate(listed):
            match = korean_office().match(word.group())
            if match is None:
                continue
            person = (
                _before_office(document, listed, index, match, places)
                or _before_place(document, listed, index, match, places)
                or _after_office(document, listed, index, places)
            )
            if person is not None:
                yield person


AGE = re.compile(r"\s?\(\d{1,3}\)\s?")


def gap_of(document: Document, left: re.Match[str], right: re.Match[str]) -> str:
    """What stands between two words; an age in brackets ("문가영(22) 씨") counts as a blank."""
    gap = document.text[left.end() : right.start()]
    return " " if AGE.fullmatch(gap) else gap


# Syllables that names of other tongues are full of, and that few Korean words are made of alone.
OPEN = frozenset(
    "가고구기나노누니다도두디라로루리마모무미바보부비사소수시아야오우유이자조주지차초추카코쿠키타토파포하호후히안인한란린만민빈산선신완용은잔진찬천판핀왕장황류펑"
)
ENVOYS = ("영사", "대사", "공사", "참사관", "영사관", "대사관")
SEATS = frozenset(["부산", "서울", "제주", "광주", "대구", "인천", "한국", "중국", "일본", "미국"])
BODIES = (
    "시",
    "과",
    "국",
    "부",
    "청",
    "회",
    "소",
    "원",
    "단",
    "실",
    "처",
    "팀",
    "교",
    "당",
    "터",
    "사",
    "군",
    "구",
    "도",
    "관",
)


def _before_office(
    document: Document, listed: list[re.Match[str]], index: int, match: re.Match[str], places: set[str]
) -> Person | None:
    glued = match.group(1)
    if (
        is_korean_name(glued)
        and len(glued) == 3
        and glued not in places
        and len(match.group(2)) > 1
        and match.group(2) not in UNGLUED
    ):
        start = listed[index].start()
        return korean_person(document, start, start + 3, match.group(2), None, "ko_glued")
    at = index - 1
    skipped: list[str] = [glued] if glued else []
    while at >= 0 and index - at <= 4 and gap_of(document, listed[at], listed[at + 1]) == " ":
        word = listed[at].group()
        if _holds_another_office(word):
            return None
        former = listed[at - 1].group() if at > 0 and gap_of(document, listed[at - 1], listed[at]) == " " else ""
        earlier = listed[at - 2].group() if at > 1 and former else ""
        native = match.group(2) in names.words("ko", "roles")
        if native and not is_korean_name(word):
            return None
        if not native and _ends_foreign(word, former, earlier, places):
            return foreign(document, listed, at, match.group(2), skipped, places)
        envoy = word[1:] in SEATS and word[0] == "주" and match.group(2).endswith(ENVOYS)
        if is_korean_name(word) and word not in places and not is_place(word, places) and not envoy:
            return korean_person(
                document, listed[at].start(), listed[at].end(), match.group(2), " ".join(skipped) or None, "ko_office"
            )
        ends = word.endswith(("와", "과", "은", "는", "을", "를", "의"))
        if (
            not ends
            and is_foreign_name(word, places, after_foreign=sounds_foreign(former, places))
            and len(skipped) <= 2
        ):
            return foreign(document, listed, at, match.group(2), skipped, places)
        if index - at == 1 and is_chinese_name(document, word):
            return korean_person(
                document, listed[at].start(), listed[at].end(), match.group(2), " ".join(skipped) or None, "ko_chinese"
            )
        if not (is_place(word, places) or word in names.words("ko", "between") or word.endswith(BODIES)):
            return None
        skipped.insert(0, word)
        at -= 1
    return None


MOST_BETWEEN = 3


def _before_place(
    document: Document, listed: list[re.Match[str]], index: int, match: re.Match[str], places: set[str]
) -> Person | None:
    """ "두랄리 아제르바이잔 대사", "오사마 알리 키갈리시 교통 자문관": what stands before the place is the name."""
    if match.group(2) in names.words("ko", "roles"):
        return None
    at = index if is_place(match.group(1), places) else index - 1
    while (
        at >= 0 and index - at <= MOST_BETWEEN and (at == index or gap_of(document, listed[at], listed[at + 1]) == " ")
    ):
        word = match.group(1) if at == index else listed[at].group()
        if is_place(word, places):
            break
        if not _without_particles(word):
            return None
        at -= 1
    else:
        return None
    while at > 0 and gap_of(document, listed[at - 1], listed[at]) == " " and is_place(listed[at - 1].group(), places):
        at -= 1
    if at <= 0 or gap_of(document, listed[at - 1], listed[at]) != " ":
        return None
    skipped = [one.group() for one in listed[at:index]]
    word = listed[at - 1].group()
    former = listed[at - 2].group() if at > 1 and gap_of(document, listed[at - 2], listed[at - 1]) == " " else ""
    if is_place(word, places) or not _may_be_a_name(document, word, former, places):
        return None
    return foreign(document, listed, at - 1, match.group(2), skipped, places)


def _may_be_a_name(document: Document, word: str, former: str, places: set[str]) -> bool:
    """Whether a word before a place can be a name: no particle, no ending of a body, not among the ordinary words."""
    if word in names.words("ko", "not_names") or word in names.words("ko", "between"):
        return False
    if word[0] == "주" and word[1:] in SEATS:
        return False
    if not _without_particles(word) or word.endswith((*BODIES, "국", "측", "시", "장", "성", "주", "현")):
        return False
    if len(word) == 2 and is_chinese_name(document, word):
        return True
    if len(word) < 3:
        return len(former) > (1 if len(word) == 2 else 2) and continues_foreign(former, places)
    return len(word) <= 6


def is_chinese_name(document: Document, word: str) -> bool:
    """ "왕징", "리밍위안", where the text speaks of China: a family name and one or two syllables of given names."""
    if not 2 <= len(word) <= 5 or word in names.words("ko", "not_names"):
        return False
    named = {one.country for one in document.cities} | {one.country for one in document.countries}
    if not named & {"CN", "TW", "HK", "MO"}:
        return False
    given = "|".join(sorted(names.words("ko", "sounds"), key=len, reverse=True))
    family = "|".join(sorted(names.words("ko", "chinese"), key=len, reverse=True))
    return re.fullmatch(f"(?:{family})(?:{given}){{1,2}}", word) is not None


def is_japanese_name(family: str, given: str) -> bool:
    return (
        family in names.words("ko", "japanese")
        and len(given) > 1
        and all(_is_open(one) or one in "신준켄겐린안진" for one in given)
    )


def _holds_another_office(word: str) -> bool:
    """ "왕훙샤오 부비서장이 단장을 맡았다": the name before belongs to that office."""
    match = korean_office().match(word)
    return match is not None and not match.group(1) and len(match.group(2)) > 2 and word != match.group(2)


def _ends_foreign(word: str, former: str, earlier: str, places: set[str]) -> bool:
    """Whether a name of several words of another tongue ends with this one: the words before it say so."""
    if is_japanese_name(former, word):
        return True
    if len(former) > 2 and former.endswith(BODIES) and is_korean_name(word):
        return False
    if len(former) == 1:
        if is_korean_name(word):
            return False
        if len(word) == 1 or (len(word) == 2 and len(earlier) == 1):
            return not is_place(word, places)
    if sounds_foreign(former, places):
        if word.endswith("시"):
            return len(word) > 1 and word[:-1] not in places and not is_place(word, places)
        return word[0] not in "김이박최정강조윤장임" and continues_foreign(word, places, final=True)
    rare = is_korean_name(word) and word[0] not in names.words("ko", "common")
    return rare and len(former) > 1 and not former.endswith(BODIES) and continues_foreign(former, places, final=True)


def _after_office(document: Document, listed: list[re.Match[str]], index: int, places: set[str]) -> Person | None:
    """ "수원시(시장 서태건)", "담양군수 곽진우": the office ends its word, the name its own or takes a particle."""
    if index + 1 >= len(listed) or gap_of(document, listed[index], listed[index + 1]).strip(" ") != "":
        return None
    following = listed[index + 1]
    name = following.group()[:3]
    rest = following.group()[3:]
    exact = korean_office().match(listed[index].group())
    if exact is None or not listed[index].group().endswith(exact.group(2)):
        return None
    if not is_korean_name(name):
        return _foreign_after(document, listed, index + 1, exact.group(2), places)
    after = document.text[following.end() : following.end() + 1]
    if rest not in {"은", "는", "이", "가", "의", "과", "와", "씨"} and not (
        rest == "" and after in {")", ",", "\n", "", "·", "(", ":"}
    ):
        return None
    return korean_person(document, following.start(), following.start() + 3, exact.group(2), None, "ko_office_first")


def _foreign_after(
    document: Document, listed: list[re.Match[str]], first: int, office: str, places: set[str]
) -> Person | None:
    """ "주지사 프라모노 아눙은": words spelled by sound up to one with a particle."""
    for last in range(first, min(first + 4, len(listed))):
        if last > first and gap_of(document, listed[last - 1], listed[last]) != " ":
            return None
        word = listed[last].group()
        bare = SUBJECT.sub("", word)
        if not continues_foreign(bare, places, final=bare != word):
            return None
        if bare != word:
            parts = [one.group() for one in listed[first:last]] + [bare]
            if not any(sounds_foreign(part, places) for part in parts) or len("".join(parts)) < 3:
                return None
            end = listed[last].start() + len(bare)
            return korean_person(document, listed[first].start(), end, office, None, "ko_office_first")
    return None


# Syllables of names spelled by sound that adjectives in -한 have not.
SPELLED = re.compile("[르즈츠크트프브쿠푸루]")
LINKING = (
    "하고",
    "되고",
    "이고",
    "히고",
    "라고",
    "다고",
    "자고",
    "려고",
    "지고",
    "리고",
    "우고",
    "았고",
    "었고",
    "했고",
    "였고",
)


def _spelled(word: str) -> bool:
    """A part of a name that ends as adjectives and verbs do: "누르자한", "도밍고"."""
    if word[-1] in "한인":
        return SPELLED.search(word) is not None
    return word[-1] == "고" and not word.endswith(LINKING)


SUBJECT = re.compile("(?<=..)(?:은|는|이|가|의|과|와)$")


def foreign(
    document: Document, listed: list[re.Match[str]], last: int, office: str, skipped: list[str], places: set[str]
) -> Person:
    first = last
    while (
        first > 0
        and last - first < 5
        and gap_of(document, listed[first - 1], listed[first]) == " "
        and (
            continues_foreign(listed[first - 1].group(), places)
            or is_japanese_name(listed[first - 1].group(), listed[first].group())
        )
        and not (len(listed[first - 1].group()) == 1 and _is_a_rest(document, listed[first - 1]))
    ):
        first -= 1
    return korean_person(
        document, listed[first].start(), listed[last].end(), office, " ".join(skipped) or None, "ko_foreign"
    )


def _is_a_rest(document: Document, word: re.Match[str]) -> bool:
    """ "인천시장(사진)은", "지난 3월 왕리쥔": the syllable after a bracket is a particle, after a figure a unit."""
    before = document.text[word.start() - 1 : word.start()]
    return before.isdigit() or before in {")", "]", "”", "’", '"', "'"}


def korean_person(document: Document, start: int, end: int, office: str, of: str | None, rule: str) -> Person:
    return Person(
        start=start,
        end=end,
        rule=rule,
        confidence=0.85 if rule == "ko_office" else 0.75,
        name=document.text[start:end],
        office=office,
        of=of,
    )


@cache
def is_korean_name(word: str) -> bool:
    """A surname and a given name of one or two syllables (two to four with a double surname)."""
    if word in names.words("ko", "not_names") or word in names.words("ko", "offices") or not 2 <= len(word) <= 4:
        return False
    surnames = names.words("names", "hangul")
    if len(word) == 4:
        return word[:2] in surnames and _is_sino(word)
    if len(word) == 2:
        return False
    if word[-1] in "시군과회청측단장급들는의에을를로와" or word.endswith(("구청", "정부", "한국")):
        return False
    return word[0] in surnames and _plausible_given(word[1:])


def _is_sino(word: str) -> bool:
    return all(letter in load_sino() for letter in word)


@cache
def load_sino() -> frozenset[str]:
    return frozenset("".join(names.words("ko", "sino")))


def _plausible_given(given: str) -> bool:
    return _is_sino(given) or given in {
        "가람",
        "나래",
        "슬기",
        "보람",
        "아름",
        "하늘",
        "빛나",
        "한솔",
        "다솜",
        "한별",
        "샛별",
        "으뜸",
        "미르",
    }


def is_place(word: str, places: set[str]) -> bool:
    return word in places or any(
        word.startswith(place) and len(word) - len(place) <= 4 for place in places if len(place) > 1
    )


def _without_particles(word: str) -> bool:
    return not word.endswith(tuple(names.words("ko", "endings")))


def is_foreign_name(word: str, places: set[str], *, after_foreign: bool = False) -> bool:
    """A word with a syllable that neither Chinese loans have nor a particle explains."""
    return (
        (2 <= len(word) <= 8 or (after_foreign and len(word) == 1))
        and word not in names.words("ko", "not_names")
        and not is_place(word, places)
        and (_without_particles(word) or after_foreign or sum(letter not in load_sino() for letter in word[:-1]) > 1)
        and not word.endswith(("시", "군", "현", "도시", "시의회", "주", "성"))
        and any(letter not in load_sino() for letter in word)
    )


def continues_foreign(word: str, places: set[str], *, final: bool = False) -> bool:
    """Earlier parts may be spelled with loan syllables only ("무하마드 파르한"), but carry no particle."""
    if word in names.words("ko", "not_names") or is_place(word, places):
        return False
    if len(word) == 1 or (not final and len(word) > 2 and _spelled(word)):
        return True
    if word.endswith(
        ("은", "는", "을", "를", "의", "에서", "와", "과") if final else tuple(names.words("ko", "particles"))
    ):
        return False
    if final:
        return not word.endswith(("국", "과", "실", "부", "원", "소"))
    if len(word) > 2 and word[-1] in "구주성현":
        return False
    if is_foreign_name(word, places):
        return True
    unlike = sum(not (letter in OPEN or (len(word) > 2 and _is_open(letter))) for letter in word)
    return len(word) <= 4 and unlike <= (1 if len(word) > 2 and not is_korean_name(word) else 0)


def _is_open(letter: str) -> bool:
    """Whether the syllable ends in a vowel."""
    return (ord(letter) - 0xAC00) % 28 == 0


def sounds_foreign(word: str, places: set[str]) -> bool:
    """Whether this is a part of a name of another tongue, one syllable or more."""
    return is_foreign_name(word, places) or (len(word) == 1 and word not in load_sino())

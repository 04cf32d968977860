"""Names of cities in Hangul and Chinese characters: what is glued to them tells a city from a word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from kembar.intake.extract.cities import places
from kembar.intake.extract.cities.beside import Regions
from kembar.intake.extract.cities.choose import SMALL_MARGIN, Choice, Proof, Surroundings, choose, size
from kembar.intake.extract.cities.sounds import sounding_like
from kembar.intake.extract.countries import CITY_STATES
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import CityMention
from kembar.intake.extract.words import HANGUL_OR_HAN, simplified

KOREAN_AFTER = re.compile(
    r"(?P<level>시|군|구)?(?:특별시|광역시|시장|시의회|시청|시민|군수|군청|시립)?"
    r"(?P<particle>(?:에서|에게|에|으로|로|은|는|이|가|을|를|의|와|과|도|까지|부터|만|측|현지|출신|행|발|산|항|공항|주재|대표단|방문|시내|지역|등|시)*"
    r"|교육\w*|문화\w*|국제\w*|경제\w*|산업\w*|관광\w*|청소년\w*|농업\w*|예술\w*|공무원\w*|학생\w*|주민\w*|기업\w*|업체\w*|소재|거주)"
    r"(?![가-힣])"
)
KOREAN_LEVEL = re.compile(
    r"(?:특별자치시|특별시|광역시|특례시|시(?!아|간|작|설|스|민주|도|험|절|급|행|기|장경|내버|나리)|군(?!사|인|산)|현(?!장|재|황))"
)
WITH_LEVEL = re.compile(r"(?<![가-힣])([가-힣]{2,8}?)(?:시(?![가-힣])|시(?:는|가|와|의|를|에|청|장))")
AFTER_COUNTRY = re.compile(r"\s?(?:\S{1,8}[주성현도]\s)?([가-힣]{3,8}?)(?=시|에|와|과|의|을|를|은|는|으?로|[\s,.·]|$)")
CHINESE_LEVEL = re.compile(r"(?:特别|直辖)?[市县區区](?!场|面)|省会")
CHINESE_NOT_AFTER = re.compile(
    r"大学|学院|中学|小学|日报|晚报|晨报|早报|商报|宣言|倡议|共识|精神|论坛|大会|会议|展览|博览会|机场|港口?|路|东路|西路|大桥|航空|时间|公园|银行|足球|俱乐部|队员|菜|话|湾|江|河|山(?!区)|湖|岛|州|县(?=[^市]{1,4}市)"
)
LOCATED = re.compile("(?:来自|[赴到往访抵飞在])$")
CHINESE_FINE_AFTER = re.compile(r"港|河北|江北|山东|湖南|湖北|州长")
KOREAN_NOT_AFTER = re.compile(r"대학교|대학|도지사|일보|신문|선언|포럼|협정|스틸러스|상공회의소|FC|은행|호텔|공원")


@cache
def _ambiguous(script: str) -> frozenset[str]:
    return frozenset(load("cities", "ambiguous")["korean" if script == "ko" else "chinese"].split())


@cache
def _never(script: str) -> frozenset[str]:
    return frozenset(load("cities", "ambiguous")["never_chinese" if script == "zh" else "never_korean"].split())


def find(document: Document, around: Surroundings, regions: Regions) -> list[CityMention]:
    found = []
    taken: set[int] = set()
    for script in ("ko", "zh"):
        if not re.search("[\uac00-\ud7a3]" if script == "ko" else "[\u4e00-\u9fff]", document.text):
            continue
        for mention in _in_script(document, around, regions, script):
            if not taken & set(range(mention.start, mention.end)):
                taken |= set(range(mention.start, mention.end))
                found.append(mention)
    return found


def _in_script(document: Document, around: Surroundings, regions: Regions, script: str) -> list[CityMention]:
    automaton, names, meanings = places.eastern(script)
    text = simplified(document.text) if script == "zh" else document.text
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, start, end in automaton.find_matches_as_indexes(text):
        held[names[number]].append((start, end))
    covered = [(c.start, c.end) for c in document.countries if c.country not in CITY_STATES]
    covered += [(start, end) for start, end, _ in regions if end - start > 2 and text[start:end] not in meanings]
    found: list[CityMention] = []
    left: dict[str, tuple[list[tuple[int, int]], Proof]] = {}
    for name, spans in held.items():
        spans = [span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in covered)]
        fits = [span for span in spans if _fits(text, *span, script)]
        if not fits:
            continue
        proof = _proof(document, fits, regions, script)
        choice = choose(meanings[name], around, proof)
        if choice is None or not _believed(name, choice, proof, script):
            left[name] = (fits, proof)
        else:
            found += [_mention(span, choice, proof) for span in fits]
    found += _listed(text, around, found, left, meanings, script)
    return found + (_by_sound(document, around, found) if script == "ko" else [])


JOINED = re.compile(r"(?:[시市]?(?:와|과|,|、|·|ㆍ|—|-|–|和|与|및|,\s|와\s|과\s|、\s|\s및\s)\s?)")


def _listed(
    text: str,
    around: Surroundings,
    found: list[CityMention],
    left: dict[str, tuple[list[tuple[int, int]], Proof]],
    meanings: dict[str, list[int]],
    script: str,
) -> list[CityMention]:
    """Names beside a known city in a list: less proof is enough, unless they are everyday words."""
    after = {match.end() for city in found if (match := JOINED.match(text, city.end))}
    starts = {city.start for city in found}
    wider = Surroundings(around.home, around.countries + Counter({city.country for city in found}), around.regions)
    more = []
    for name, (spans, proof) in left.items():
        beside = any(a in after or ((match := JOINED.match(text, b)) and match.end() in starts) for a, b in spans)
        if beside and name not in _ambiguous(script) and name not in _never(script):
            choice = choose(meanings[name], wider, proof)
            if choice is not None and size(choice.place) >= 1.3:
                more += [_mention(span, choice, proof) for span in spans]
    return more


def _by_sound(document: Document, around: Surroundings, found: list[CityMention]) -> list[CityMention]:
    """Cities of the countries the text names, that no list has in Hangul: "방글라데시 라지샤히시"."""
    foreign = [country for country, _ in around.countries.most_common() if country not in {"KR", "KP"}]
    if not foreign:
        return []
    covered = {place for one in (*found, *document.countries) for place in range(one.start, one.end)}
    meant: dict[str, int] = {}
    near = [AFTER_COUNTRY.match(document.text, one.end) for one in document.countries if one.country in foreign]
    for match in (*WITH_LEVEL.finditer(document.text), *filter(None, near)):
        if match.start(1) not in covered and match.group(1) not in meant:
            number = sounding_like(match.group(1), foreign)
            if number is not None:
                meant[match.group(1)] = number
    mentions = []
    for name, number in meant.items():
        place = places.place(number)
        for match in re.finditer(rf"(?<![가-힣]){name}", document.text):
            if match.start() not in covered and _fits(document.text, *match.span(), "ko"):
                mentions.append(
                    CityMention(start=match.start(), end=match.end(), rule="city_by_sound", confidence=0.6,
                                name=place.name, country=place.country, geonameid=place.geonameid)
                )  # fmt: skip
    return mentions


def _mention(span: tuple[int, int], choice: Choice, proof: Proof) -> CityMention:
    confidence = 0.95 if proof.strong else 0.8
    if choice.margin < SMALL_MARGIN:
        confidence = 0.45
    rule = "city_with_level" if proof.strong else "city_with_country" if proof.countries else "city_name"
    return CityMention(start=span[0], end=span[1], rule=rule, confidence=confidence, name=choice.place.name,
                       country=choice.place.country, geonameid=choice.place.geonameid,
                       alternatives=choice.others)  # fmt: skip


def _fits(text: str, start: int, end: int, script: str) -> bool:
    """Whether the name stands alone here, or with what may be glued to a city, and is no university, paper or event."""
    if script == "ko":
        if start and "\uac00" <= text[start - 1] <= "\ud7a3":
            return False
        if start and text[start - 1] == "#":
            return True
        if KOREAN_NOT_AFTER.match(text, end):
            return False
        return KOREAN_LEVEL.match(text, end) is not None or KOREAN_AFTER.match(text, end) is not None
    if start and text[start - 1] in "《·" and text[end : end + 4].find("》") >= 0:
        return False
    if start and text[start - 1] in "·•" and text[end : end + 1] in set('》”’"'):
        return False
    return CHINESE_NOT_AFTER.match(text, end) is None or CHINESE_FINE_AFTER.match(text, end) is not None


def _proof(document: Document, spans: list[tuple[int, int]], regions: Regions, script: str) -> Proof:
    proof = Proof()
    text = document.text
    level = KOREAN_LEVEL if script == "ko" else CHINESE_LEVEL
    for start, end in spans:
        proof.strong += level.match(text, end) is not None
        proof.located += LOCATED.search(text, max(0, start - 2), start) is not None
        proof.located += script == "ko" and text[end : end + 2] == "에서"
        reach = start
        for begin, stop, meanings in reversed(regions):
            if 0 <= reach - stop <= 2 and HANGUL_OR_HAN.match(text, begin):
                proof.regions.update(meanings)
                reach = begin
        for country in document.countries:
            if (
                0 <= reach - country.end <= 2
                and not set(text[country.end : reach]) & set("、，,。·")
                or 0 <= country.start - end <= 2
                and text[end : country.start] in {"(", " ("}
            ):
                proof.countries[country.country] += 1
    return proof


def _believed(name: str, choice: Choice, proof: Proof, script: str) -> bool:
    if name in _never(script):
        return False
    if proof.strong or proof.countries:
        return True
    if name in _ambiguous(script):
        return False
    if proof.regions:
        return True
    weight = size(choice.place) + (1.5 if choice.score - size(choice.place) >= 1.5 else 0.0)
    if len(name) >= 3:
        return weight >= 1.8
    enough = 2.2 if proof.located else 3.0
    home = choice.place.country == ("CN" if script == "zh" else "KR")
    if home and proof.located and script == "ko":
        return weight >= 2.6
    return weight >= 3.2 and (
        choice.place.country == ("CN" if script == "zh" else "KR") or size(choice.place) >= enough
    )

"""Dates in Korean, Chinese and Japanese: figures glued to 年/년, 月/월, 日/일."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kembar.intake.extract import numbers
from kembar.intake.extract.dates.spotted import Spotted, full_year, possible
from kembar.intake.extract.sieve import Sought

KOREAN_YEARS = {
    "재작년": -2,
    "작년": -1,
    "지난해": -1,
    "전년": -1,
    "올해": 0,
    "금년": 0,
    "올": 0,
    "연내": 0,
    "연말": 0,
    "연초": 0,
    "내년": 1,
    "이듬해": 1,
    "내후년": 2,
}
CHINESE_YEARS = {
    "前年": -2, "去年": -1, "昨年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0, "來年": 1, "来年": 1, "明年": 1,
    "次年": 1,    "翌年": 1, "后年": 2, "後年": 2, "年内": 0, "年初": 0,
}  # fmt: skip
KOREAN_MONTHS = {
    "지난달": -1,
    "지난 달": -1,
    "이달": 0,
    "이번 달": 0,
    "이번달": 0,
    "다음 달": 1,
    "다음달": 1,
    "내달": 1,
}
CHINESE_MONTHS = {
    "上个月": -1,
    "上個月": -1,
    "上月": -1,
    "先月": -1,
    "本月": 0,
    "这个月": 0,
    "今月": 0,
    "下个月": 1,
    "下個月": 1,
    "下月": 1,
    "来月": 1,
}
KOREAN_DAYS = {"그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2}
CHINESE_DAYS = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今日": 0,
    "今天": 0,
    "今晚": 0,
    "今早": 0,
    "今晨": 0,
    "本日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
KOREAN_WEEKDAYS = "월화수목금토일"
CHINESE_WEEKDAYS = "一二三四五六日"
KOREAN_DIRECTIONS = {"지난": "past", "오는": "future", "다가오는": "future", "이번": "this"}

_WEEK = r"(?:\s*\(?(?P<w>[월화수목금토일])(?:요일)?\)|\s+(?P<w2>[월화수목금토일])요일)?"
KOREAN = Sought(
    r"(?<![\d.])(?:(?P<way>지난|오는|다가오는|이번)\s?)?(?:"
    r"(?:(?P<y>1[6-9]\d\d|20\d\d)년?\s*|['’‘](?P<yy>\d\d)년\s*|(?P<ry>재작년|작년|지난해|올해|금년|내년|내후년|올|그해|그\s해|같은\s해|이듬해)\s*)?(?:"
    r"(?P<m>1[0-2]|0?[1-9])월(?!드|등|세|간)\s*(?:(?P<d>[12]\d|3[01]|0?[1-9])일(?!간|\s?동안|째|차)|"
    r"(?P<d0>[12]\d|3[01]|0?[1-9])\s*[~∼〜～\-–]\s*(?P<d2>[12]\d|3[01]|0?[1-9])일)?"
    + _WEEK
    + r"|(?P<m0>1[0-2]|0?[1-9])\s*[~∼〜～\-–]\s*(?P<m2>1[0-2]|0?[1-9])월)"
    r"|(?P<only>1[6-9]\d\d|20\d\d)년(?P<decade>대)?"
    r"|['’‘](?P<short>\d\d)년"
    r"|(?P<from>1[6-9]\d\d|20\d\d)\s*[~∼〜～\-–]\s*(?P<until>20\d\d|\d\d)년?(?!\d|\.\d)"
    r"|(?P<iy>20\d\d|19\d\d)[.\-/]\s?(?P<im>1[0-2]|0?[1-9])[.\-/]\s?(?P<id>[12]\d|3[01]|0?[1-9])\.?"
    + _WEEK.replace("<w", "<iw")
    + r"(?!\d)"
    r"|(?P<b0>[12]\d|3[01]|0?[1-9])\s*[~∼〜～\-–]\s*(?P<b2>[12]\d|3[01]|0?[1-9])일(?!간|\s?동안)"
    r"|(?<![\d.])(?P<sm>1[0-2]|0?[1-9])\.\s?(?P<sd>[12]\d|3[01]|0?[1-9])\.?\s?\((?P<sw>[월화수목금토일])\)"
    r"|(?<![\d.])(?P<nm>1[0-2]|[1-9])\.\s?(?P<nd>[12]\d|3[01]|[1-9])\.(?=\s?(?:까지|부터|자|자로|\)|~|\s|,))(?!\s?\d{1,2}[.%])"
    r"|(?<![박\d여주])(?<!박 )(?P<bare>[12]\d|3[01]|[1-9])일"
    r"(?!\s?(?:간|동안|째|차|정|에\s*한|이상|이내|이면|만에|가량|여|치|장|시장|일|반|\d))"
    + _WEEK.replace("<w", "<bw")
    + r")"
)
DOTTED = re.compile(r"\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.")
KOREAN_WORDS = Sought(
    "(?<![가-힣])(?P<year>재작년|작년|지난해|올해|금년|내년|내후년|연내|연말|이듬해|올(?=\\s?(?:상|하)반기))(?:\\s?(?P<half>상반기|하반기|[1-4]분기|초|말|중순|봄|여름|가을|겨울))?"
    "|(?P<month>지난\\s?달|이번\\s?달|이달|다음\\s?달|내달)(?:\\s?(?P<md>[12]\\d|3[01]|0?[1-9])일)?|(?<![가-힣])(?P<day>그저께|어제|오늘|내일|모레)(?![가-힣]{2})"
    "|(?<!매주 )(?<!매주)(?:(?P<week>지난|이번|오는|다음)\\s?(?:주\\s?)?)?(?P<wd>[월화수목금토일])(?:요일|욜)(?!마다)"
    "|(?P<n>\\d{1,2}|한|두|세)\\s?(?P<unit>년|달|개월|일)\\s?(?P<dir>전)(?![가-힣]{2})"
)
_CY = r"(?:1[6-9]\d\d|20\d\d|[一二][〇零○一二三四五六七八九]{3})"
_CM = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_CD = r"(?:[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_CW = (
    r"(?:\s*[（(]?(?:星期|周|週|礼拜|禮拜)(?P<w>[一二三四五六日天])[）)]?|"
    r"\s*[（(](?P<w2>[月火水木金土日一二三四五六])(?:曜日?)?[）)])?"
)
_CL = r"\s*(?:至|到|—+|－|–|~|～|-|、|から|和|与)\s*"
CHINESE = Sought(
    rf"(?:(?P<y>{_CY})\s*年|(?P<ry>前年|去年|昨年|上年|今年|本年|当年|来年|來年|明年|次年|翌年|同年|隔年)|"
    r"(?P<era>令和|平成|昭和|民国|民國)(?P<ey>\d{1,3}|元)年)?\s*"
    r"(?:(?P<roc>1[0-3]\d)年)?"
    rf"(?:(?P<m0>{_CM})\s*[—–~～\-至到]+\s*(?=(?:{_CM})\s*月))?(?P<m>{_CM})\s*月(?!球|亮|光|饼)(?:\s*份)?(?:\s*(?P<d>{_CD})\s*(?:日|号|號)?(?={_CL}(?P<d2>{_CD})\s*(?:日|号|號))"
    rf"|\s*(?P<d1>{_CD})\s*(?:日|号|號)(?!游|均))?{_CW}"
    rf"|(?P<only>{_CY})(?:\s*年(?P<decade>代)?|(?=\s*[—–~～\-至到]\s*{_CY}\s*年))(?:末|底|初|中|春|夏|秋|冬|度|上半年|下半年)?"
    r"|(?P<eo>令和|平成|昭和|民国|民國)(?P<eoy>\d{1,3}|元)年"
    r"|(?P<cent>(?:19|20|21|十九|二十|二十一))世纪(?P<dec>[1-9]0|[二三四五六七八九]十)年代"
    r"|(?P<iy>20\d\d|19\d\d)(?P<s>[.\-/])(?P<im>1[0-2]|0?[1-9])(?P=s)(?P<id>[12]\d|3[01]|0?[1-9])(?!\d)"
    rf"|(?<![\d第每近约前后共])(?<!每月)(?P<bare>[12]\d|3[01]|[1-9])\s*(?:日(?![本元内游均程圆报线]|\s?日)|[号號](?=[，。、；,]|上午|下午|晚|起|前|至|到|的?会))(?:\s*[（(](?:星期|周|週|礼拜|禮拜)(?P<bw>[一二三四五六日天])[）)])?"
)
CHINESE_WORDS = Sought(
    "(?P<year>前年|去年|昨年|今年|来年|來年|明年|次年|翌年|后年|(?<![\\d今去明前来〇零一二三四五六七八九十两几数半每])年[内初])(?:\\s*(?:上半年|下半年|初|底|末|年初|年底|年末|春天|夏天|秋天|冬天))?"
    "|(?P<month>上个月|上個月|上月|先月|本月|下个月|下個月|下月|来月)(?:\\s?(?P<md>[12]\\d|3[01]|0?[1-9])[日号號])?(?!\\s?\\d)|(?P<day>前天|昨天|昨日|今日|今天|今晨|本日|明天|明日)(?!电|报|讯)"
    "|(?P<end>今年|明年|去年|(?<![\\d〇零一二三四五六七八九十两几数半每])(?=年))年?(?:底|末)"
    "|(?P<rel>[昨今明])\\s?[(（](?P<rd>\\d{1,2})[)）]\\s?日"
    "|(?<![一二两三四五六七八九十每几至到])(?P<week>上|本|这|下)?(?:周|星期|週|礼拜)(?P<wd>[一二三四五六日天])(?!至|到|[个次年岁天])"
    "|(?<![\\d一二三四五六七八九十百几数])(?P<n>\\d{1,2}|[一二两三四五六七八九十])(?P<unit>年|个月|個月|天)(?P<dir>前)"
)
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}


def korean(text: str) -> Iterator[Spotted]:
    for match in KOREAN.finditer(text):
        yield from _korean(match)
    for match in KOREAN_WORDS.finditer(text):
        yield from _words(
            match, {**KOREAN_YEARS}, {k.replace(" ", ""): v for k, v in KOREAN_MONTHS.items()}, KOREAN_DAYS
        )


def _weekday(match: re.Match[str], prefix: str, letters: str) -> int | None:
    letter = match.group(prefix) or match.group(f"{prefix}2")
    return letters.index(letter) if letter and letter in letters else None


def _korean(match: re.Match[str]) -> Iterator[Spotted]:
    found = match.groupdict()
    way = KOREAN_DIRECTIONS.get(found["way"] or "")
    if found["only"] or found["short"] or found["from"]:
        yield from _korean_years(match, found)
    elif found["iy"] or found["nm"] or found["sm"]:
        yield from _korean_dotted(match, found, way)
    elif found["b0"] or found["bare"]:
        yield from _korean_days(match, found, way)
    else:
        if way is None and match.string[match.end() : match.end() + 2] == "부터":
            way = "future"
        yield from _korean_month(match, found, way)


def _korean_years(match: re.Match[str], found: dict[str, str | None]) -> Iterator[Spotted]:
    start, end = match.span()
    if found["only"]:
        yield Spotted(start=start, end=end, rule="year", year=int(found["only"]), decade=bool(found["decade"]))
    elif found["short"]:
        yield Spotted(start=start, end=end, rule="year", year=full_year(found["short"]))
    else:
        first, last = int(found["from"] or 0), found["until"] or ""
        closing = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if first < closing <= first + 100:
            yield Spotted(start=start, end=match.end("from"), rule="years", year=first, part="start")
            yield Spotted(start=match.start("until"), end=end, rule="years", year=closing, part="end")


def _korean_dotted(match: re.Match[str], found: dict[str, str | None], way: str | None) -> Iterator[Spotted]:
    """ "2025. 3. 25.(화)", "3.25.(화)"; "9. 6.까지" only where the text writes whole dates so."""
    start, end = match.span()
    if found["iy"]:
        year, month, day = (int(found[name] or 0) for name in ("iy", "im", "id"))
        if possible(month, day, year):
            yield Spotted(start=start, end=end, rule="iso", year=year, month=month, day=day,
                          weekday=_weekday(match, "iw", KOREAN_WEEKDAYS))  # fmt: skip
        return
    month, day = int(found["nm"] or found["sm"] or 0), int(found["nd"] or found["sd"] or 0)
    weekday = KOREAN_WEEKDAYS.index(found["sw"]) if found["sw"] else None
    if possible(month, day) and (weekday is not None or DOTTED.search(match.string)):
        yield Spotted(start=start, end=end, rule="day_month", month=month, day=day, weekday=weekday, direction=way)


def _korean_days(match: re.Match[str], found: dict[str, str | None], way: str | None) -> Iterator[Spotted]:
    start, end = match.span()
    if found["b0"]:
        last = int(found["b2"] or 0)
        yield Spotted(start=start, end=match.end("b0"), rule="day", day=int(found["b0"]), direction=way, part="start")
        yield Spotted(start=match.start("b2"), end=end, rule="day", day=last, direction=way, part="end")
        return
    if way is None and match.string[end : end + 2] == "까지":
        way = "future"
    yield Spotted(start=start, end=end, rule="day", day=int(found["bare"] or 0), direction=way,
                  weekday=_weekday(match, "bw", KOREAN_WEEKDAYS))  # fmt: skip


SAME_YEAR = {"그해": 0, "같은해": 0, "이듬해": 1, "同年": 0, "当年": 0, "次年": 1, "翌年": 1, "隔年": 1}


def _year_shift(written: str | None, years: dict[str, int]) -> tuple[str, int, str] | None:
    """ "지난해" counts from publication, "이듬해" from the year named before."""
    if not written:
        return None
    bare = written.replace(" ", "")
    if bare in SAME_YEAR:
        return "year", SAME_YEAR[bare], "previous"
    return "year", years[bare], "reference"


def _korean_month(match: re.Match[str], found: dict[str, str | None], way: str | None) -> Iterator[Spotted]:
    start, end = match.span()
    year = int(found["y"]) if found["y"] else full_year(found["yy"]) if found["yy"] else None
    shift = _year_shift(found["ry"], KOREAN_YEARS)
    direction = way
    if found["m0"]:
        yield Spotted(start=start, end=match.end("m0"), rule="month", year=year, month=int(found["m0"]), part="start",
                      shift=shift, direction=way)  # fmt: skip
        yield Spotted(start=match.start("m2"), end=end, rule="month", year=year, month=int(found["m2"] or 0),
                      part="end", shift=shift, direction=way)  # fmt: skip
        return
    month = int(found["m"] or 0)
    if found["d0"]:
        for name, part, begin, stop in (("d0", "start", start, match.end("d0")), ("d2", "end", match.start("d2"), end)):
            if possible(month, int(found[name] or 0), year):
                yield Spotted(start=begin, end=stop, rule="day_month", year=year, month=month,
                              day=int(found[name] or 0), part=part, shift=shift, direction=direction)  # fmt: skip
        return
    day = int(found["d"]) if found["d"] else None
    if day is not None and not possible(month, day, year):
        return
    yield Spotted(start=start, end=end, rule="day_month" if day else "month", year=year, month=month, day=day,
                  weekday=_weekday(match, "w", KOREAN_WEEKDAYS), shift=shift, direction=direction)  # fmt: skip


def _words(
    match: re.Match[str], years: dict[str, int], months: dict[str, int], days: dict[str, int]
) -> Iterator[Spotted]:
    found = match.groupdict()
    start, end = match.span()
    if found.get("end") is not None:
        shift = ("year", CHINESE_YEARS.get(found["end"], 0), "reference")
        yield Spotted(start=start, end=end, rule="end_of_year", month=12, shift=shift)
    elif found.get("rel"):
        yield Spotted(start=start, end=end, rule="day", day=int(found["rd"] or 0), direction="near")
    elif found.get("wd"):
        yield _weekday_word(start, end, found)
    elif found["year"]:
        counted = _year_shift(found["year"], years)
        yield Spotted(start=start, end=end, rule="relative_year", shift=counted)
    elif found["month"]:
        ahead = months[found["month"].replace(" ", "")]
        yield Spotted(start=start, end=end, rule="relative_month", shift=("month", ahead, "reference"),
                      day=int(found["md"]) if found.get("md") else None)  # fmt: skip
    elif found["day"]:
        yield Spotted(start=start, end=end, rule="relative_day", shift=("day", days[found["day"]], "reference"))
    else:
        number = _figure(found["n"] or "")
        unit = {"년": "year", "年": "year", "일": "day", "天": "day"}.get(found["unit"] or "", "month")
        past = found["dir"] in {"전", "前"}
        base = "reference" if past else "previous"
        yield Spotted(start=start, end=end, rule="counted", shift=(unit, -number if past else number, base))


def _weekday_word(start: int, end: int, found: dict[str, str | None]) -> Spotted:
    """ "지난 토요일", "本周五"."""
    letter = found["wd"] or ""
    letters = KOREAN_WEEKDAYS if letter in KOREAN_WEEKDAYS else CHINESE_WEEKDAYS
    weekday = 6 if letter == "天" else letters.index(letter)
    way = {"지난": "past", "上": "past", "오는": "future", "다음": "future", "下": "future"}.get(found["week"] or "")
    return Spotted(start=start, end=end, rule="weekday", weekday=weekday, direction=way)


def _figure(written: str) -> int:
    small = {"한": 1, "두": 2, "세": 3}
    if written in small:
        return small[written]
    return int(written) if written.isdigit() else _chinese(written)


def _chinese(written: str) -> int:
    written = written.replace("○", "〇").replace("廿", "二十")
    return int(written) if written.isdecimal() and written.isascii() else numbers.from_chinese(written) or 0


def chinese(text: str) -> Iterator[Spotted]:
    """Chinese and, since the figures are the same, Japanese."""
    for match in CHINESE.finditer(text):
        yield from _chinese_date(match)
    for match in CHINESE_WORDS.finditer(text):
        yield from _words(match, CHINESE_YEARS, CHINESE_MONTHS, CHINESE_DAYS)


def _era(name: str, number: str) -> int:
    return ERAS[name] + (1 if number == "元" else int(number))


def _chinese_date(match: re.Match[str]) -> Iterator[Spotted]:
    found = match.groupdict()
    start, end = match.span()
    if found["m"]:
        yield from _chinese_month(match, found)
    elif found["only"]:
        yield Spotted(start=start, end=end, rule="year", year=_chinese(found["only"]), decade=bool(found["decade"]))
    elif found["eo"]:
        yield Spotted(start=start, end=end, rule="era", year=_era(found["eo"], found["eoy"] or "1"))
    elif found["cent"]:
        year = (_chinese(found["cent"]) - 1) * 100 + _chinese(found["dec"] or "0")
        yield Spotted(start=start, end=end, rule="decade", year=year, decade=True)
    elif found["iy"]:
        year, month, day = (int(found[name] or 0) for name in ("iy", "im", "id"))
        if possible(month, day, year):
            yield Spotted(start=start, end=end, rule="iso", year=year, month=month, day=day)
    elif found["bare"]:
        letter = (found["bw"] or "").replace("天", "日")
        yield Spotted(start=start, end=end, rule="day", day=int(found["bare"]),
                      weekday=CHINESE_WEEKDAYS.index(letter) if letter else None)  # fmt: skip


def _chinese_month(match: re.Match[str], found: dict[str, str | None]) -> Iterator[Spotted]:
    year = _chinese(found["y"]) if found["y"] else None
    if found["era"]:
        year = _era(found["era"], found["ey"] or "1")
    shift = _year_shift(found["ry"], CHINESE_YEARS)
    if found["roc"]:
        year = int(found["roc"]) + ERAS["民国"]
    month = _chinese(found["m"] or "0")
    if found["m0"]:
        yield Spotted(start=match.start(), end=match.start("m") - 1, rule="month", year=year, shift=shift, part="start",
                      month=_chinese(found["m0"]))  # fmt: skip
    written = found["d"] or found["d1"]
    day = _chinese(written) if written else None
    if day is not None and not possible(month, day, year):
        return
    weekday = _weekday(match, "w", CHINESE_WEEKDAYS)
    if (found["w"] or "") == "天":
        weekday = 6
    elif found["w2"] and found["w2"] in "月火水木金土日":
        weekday = "月火水木金土日".index(found["w2"])
    start = match.start("m") if found["m0"] else match.start()
    yield Spotted(start=start, end=match.end(), rule="day_month" if day else "month", year=year, month=month,
                  day=day, weekday=weekday, shift=shift, part="start" if found["d"] else None)  # fmt: skip

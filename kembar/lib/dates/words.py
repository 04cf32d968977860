"""The words people use for dates, in Indonesian, English, German, Korean and Chinese, all in lower case."""

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january januar jan jän jänner",
            "februari pebruari february februar feb peb febr",
            "maret march märz maerz mar mrt mrz mär",
            "april apr",
            "mei may mai",
            "juni june jun",
            "juli july jul",
            "agustus august agt agu ags agust aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december dezember des dec dez",
        ),
        start=1,
    )
    for word in words.split()
}

# ISO numbers: Monday is 1.
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "senin sen monday mon montag 월요일 월 星期一 周一 週一 礼拜一",
            "selasa sel tuesday tue tues dienstag 화요일 화 星期二 周二 週二 礼拜二",
            "rabu rab wednesday wed mittwoch 수요일 수 星期三 周三 週三 礼拜三",
            "kamis kam thursday thu thur thurs donnerstag 목요일 목 星期四 周四 週四 礼拜四",
            "jumat jum'at jum friday fri freitag 금요일 금 星期五 周五 週五 礼拜五",
            "sabtu sab saturday sat samstag sonnabend 토요일 토 星期六 周六 週六 礼拜六",
            "minggu ahad min sunday sun sonntag 일요일 일 星期日 星期天 周日 週日 礼拜天",
        ),
        start=1,
    )
    for word in words.split()
}


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


ABOUT_BEFORE = _phrases(
    "sekitar, kira-kira, kurang lebih, lebih kurang, sekira, kl., ±, ~, about, around, circa, ca., ca, c., "
    "approximately, approx., etwa, um, ungefähr, rund, 약, 대략, 约, 約, 大约, 大約, 大概"
)
ABOUT_AFTER = _phrases("경, 쯤, 무렵, 左右, 前后, 前後")
PERHAPS_BEFORE = _phrases(
    "mungkin, perhaps, possibly, probably, vielleicht, vermutlich, 아마, 可能, 可能是, 可能为, 也许"
)
PERHAPS_AFTER = _phrases("(?), ?, (추정)")

# Parts of a year by their codes in EDTF; early, mid and late are its thirds.
EARLY, MIDDLE, LATE = 37, 38, 39
THIRDS_BEFORE = {
    **dict.fromkeys(_phrases("awal, early, anfang, beginning of, start of, the beginning of"), EARLY),
    **dict.fromkeys(_phrases("pertengahan, tengah, mid-, mid, middle of, the middle of, mitte"), MIDDLE),
    **dict.fromkeys(_phrases("akhir, penghujung, late, ende, end of, the end of"), LATE),
}
THIRDS_AFTER = {
    **dict.fromkeys(_phrases("초, 초반, 初"), EARLY),
    **dict.fromkeys(_phrases("중순, 중반, 中旬, 中期, 中"), MIDDLE),
    **dict.fromkeys(_phrases("말, 후반, 底, 末"), LATE),
}

# Words before the date, then words behind it; "before" and "after" exclude the date they name, the others include it.
BEFORE = _phrases("sebelum, before, prior to, vor, vor dem"), _phrases("이전에는, 전에, 전, 之前, 以前, 前")
BY = (
    _phrases(
        "paling lambat, selambat-lambatnya, selambatnya, sampai dengan, sampai, s.d., s.d, s/d, hingga, "
        "sebelum atau pada, by, until, till, before or on, on or before, in or before, not later than, no later than, "
        "bis, bis zum, spätestens, 截至"
    ),
    _phrases("이전, 까지, 为止, 或之前, 或以前, atau sebelumnya, or before, or earlier"),
)
AFTER = _phrases("sesudah, setelah, after, nach, nach dem"), _phrases("후에, 후, 之后, 以后, 之後, 以後, 后")
SINCE = (
    _phrases(
        "sejak, mulai, since, from, ab, seit, after or on, on or after, in or after, "
        "paling cepat, paling awal, pada atau sesudah, pada atau setelah, not before, 自, 从"
    ),
    _phrases("이후, 부터, 以来, 起, 或之后, 或以后, atau sesudahnya, or after, or later"),
)

BETWEEN = (("antara", "dan"), ("between", "and"), ("zwischen", "und"), ("zwischen dem", "und dem"))
BETWEEN_BEHIND = (("에서", "사이"), ("与", "之间"), ("和", "之间"), ("至", "之间"), ("到", "之间"))
FROM = _phrases("dari, dari tanggal, from, von, vom, 从, 自")
TO_BETWEEN_SPACES = _phrases("s.d., s.d, s/d, sampai dengan, sampai, hingga, to, until, till, bis, bis zum")
TO = _phrases("-, ~, 至, 到, 부터")
TO_THE_END = _phrases("까지, 为止, 止")

TODAY = {
    **dict.fromkeys(("hari ini", "today", "heute", "오늘", "今天"), 0),
    **dict.fromkeys(("kemarin", "yesterday", "gestern", "어제", "昨天"), -1),
    **dict.fromkeys(("besok", "tomorrow", "morgen", "내일", "明天"), 1),
}

SEASONS = {
    **dict.fromkeys(("spring", "frühling", "frühjahr", "musim semi", "봄", "春", "春季", "春天"), 21),
    **dict.fromkeys(("summer", "sommer", "musim panas", "여름", "夏", "夏季", "夏天"), 22),
    **dict.fromkeys(("autumn", "fall", "herbst", "musim gugur", "가을", "秋", "秋季", "秋天"), 23),
    **dict.fromkeys(("winter", "musim dingin", "겨울", "冬", "冬季", "冬天"), 24),
    **{
        f"{word} {number}": 32 + quarter
        for quarter, roman in enumerate(("i", "ii", "iii", "iv"), start=1)
        for word in ("triwulan", "kuartal", "quarter", "quartal")
        for number in (str(quarter), roman)
    },
    **{f"{word} quarter of": 33 + index for index, word in enumerate(("first", "second", "third", "fourth"))},
    **{f"q{quarter}": 32 + quarter for quarter in range(1, 5)},
    **{f"{quarter}분기": 32 + quarter for quarter in range(1, 5)},
    **{f"第{number}季度": 33 + index for index, number in enumerate("一二三四")},
    **{f"第{quarter}季度": 32 + quarter for quarter in range(1, 5)},
    **dict.fromkeys(
        ("semester i", "semester 1", "first half of", "the first half of", "上半年", "상반기", "1. halbjahr"), 40
    ),
    **dict.fromkeys(
        ("semester ii", "semester 2", "second half of", "the second half of", "下半年", "하반기", "2. halbjahr"), 41
    ),
}

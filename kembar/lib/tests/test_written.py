from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.lib.dates import Reason, UnreadableDate, parse_edtf, parse_written, weekday_mismatch

READ = {
    "1960-05-24": ["24 Mei 1960", "24/5/1960", "1960-05-24", "24. Mai 1960", "24.05.1960", "24-Mei-1960", "24 5 1960"],
    "1960-05": ["Mei 1960", "May, 1960", "1960 Mei", "5/1960", "1960.5", "bulan Mei 1960", "1960년 5월", "1960年5月"],
    "2025-03-25": [
        "25 Maret 2025",
        "tanggal 25 Maret 2025",
        "Selasa, 25 Maret 2025",
        "Selasa (25/3/2025)",
        "March 25, 2025",
        "Mar. 25th, 2025",
        "the 25th of March 2025",
        "Tuesday 25 March 2025",
        "Dienstag, 25. März 2025",
        "2025년 3월 25일",
        "2025. 3. 25.",
        "2025년 3월 25일(화)",
        "2025년 3월 25일 화요일",
        "2025年3月25日",
        "2025年3月25日（星期二）",
        "二〇二五年三月二十五日",
        "２０２５年３月２５日",
    ],
    "2005": ["2005", "tahun 2005", "pada tahun 2005", "in 2005", "im Jahr 2005", "2005년", "2005年"],
    "196X": ["1960-an", "tahun 1960-an", "1960s", "die 1960er", "1960년대", "1960年代"],
    "2005~": [
        "sekitar 2005",
        "±2005",
        "about 2005",
        "c. 2005",
        "etwa 2005",
        "2005년경",
        "약 2005년",
        "约2005年",
        "2005年左右",
    ],
    "2005?": ["2005?", "2005 (?)", "mungkin 2005", "perhaps 2005"],
    "2019-37~": ["awal 2019", "awal tahun 2019", "early 2019", "Anfang 2019", "2019년 초", "2019年初"],
    "2019-38~": ["pertengahan 2019", "mid-2019", "Mitte 2019", "2019년 중반", "2019年中"],
    "2019-39~": ["akhir 2019", "late 2019", "end of 2019", "Ende 2019", "2019년 말", "2019年底"],
    "2019-05": ["akhir Mei 2019", "early May 2019", "2019년 5월 말", "2019年5月底"],
    "2019-21": ["spring 2019", "Frühjahr 2019", "2019년 봄", "2019年春季"],
    "2026-34": ["triwulan II 2026", "Triwulan 2 tahun 2026", "Q2 2026", "2026 Q2", "2026년 2분기", "2026年第二季度"],
    "2026-40": ["semester I 2026", "first half of 2026", "2026년 상반기", "2026年上半年"],
    "[..2024-04-23]": ["sebelum 24 April 2024", "before 24 April 2024", "2024년 4월 24일 전", "2024年4月24日之前"],
    "[..2024-04-24]": [
        "paling lambat 24 April 2024",
        "sampai dengan 24 April 2024",
        "by 24 April 2024",
        "before or on 24 April 2024",
        "2024년 4월 24일 이전",
        "截至2024年4月24日",
    ],
    "[..2023]": ["sebelum 2024", "before 2024", "vor 2024", "2024年前"],
    "[..2004~]": ["sebelum sekitar 2005"],
    "[2024-04-25..]": ["sesudah 24 April 2024", "setelah 24 April 2024", "after 24 April 2024", "2024年4月24日之后"],
    "[2024-04..]": ["sejak April 2024", "since April 2024", "seit April 2024", "2024년 4월 이후", "2024年4月以来"],
    "[2030..]": ["after 2029"],
    "[..1959]": ["before the 1960s", "sebelum 1960-an"],
    "[2005..2007]": [
        "antara 2005 dan 2007",
        "between 2005 and 2007",
        "zwischen 2005 und 2007",
        "2005..2007",
        "2005년에서 2007년 사이",
        "2005年至2007年之间",
    ],
    "2005/2007": [
        "2005-2007",
        "2005–2007",
        "2005 s.d. 2007",
        "dari 2005 sampai 2007",
        "from 2005 to 2007",
        "2005年至2007年",
    ],
    "2025-05-24/2025-05-26": [
        "24-26 Mei 2025",
        "24 s.d. 26 Mei 2025",
        "24 Mei - 26 Mei 2025",
        "vom 24. bis 26. Mai 2025",
        "24/5/2025 - 26/5/2025",
        "2025-05-24 – 2025-05-26",
        "2025년 5월 24일부터 26일까지",
        "2025년 5월 24일～26일",
        "2025年5月24日至26日",
    ],
    "2025-05/2025-06": ["Mei–Juni 2025", "2025년 5월부터 6월까지"],
}

REFUSED = {
    Reason.NO_YEAR: ["24 Mei", "Mei", "24/5", "5월 24일", "3月25日", "May 24th", "24/5/60", "24-Mei-60", "25 일"],
    Reason.NO_SUCH_DAY: ["31 Februari 2025", "29/2/2025", "31.4.2025", "5/24/1960", "0/5/2025", "13/2025", "22/2025"],
    Reason.OUT_OF_RANGE: ["24 Mei 0960", "1/1/3025", "3025"],
    Reason.WRONG_ORDER: ["Mei 2025 - Maret 2025", "antara 2007 dan 2005", "28 Desember - 3 Januari 2026"],
    Reason.NOT_A_DATE: [
        "",
        "   ",
        "Selasa",
        "45678",
        "12",
        "belum diketahui",
        "umbrella 2005",
        "kemarin",
        "2005 to date",
        "24 Mai 1960 oder später im Jahr",
        "akhir",
        "sebelum",
        "-",
        "1-2-3-4-5-6-" * 20,
    ],
}


@pytest.mark.parametrize(("edtf", "text"), [(edtf, text) for edtf, texts in READ.items() for text in texts])
def test_dates_are_read_as_people_write_them(edtf, text):
    assert str(parse_written(text)) == edtf


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REFUSED.items() for text in texts])
def test_what_cannot_be_read_is_refused_with_the_text_and_the_reason(reason, text):
    with pytest.raises(UnreadableDate) as refused:
        parse_written(text)
    assert (refused.value.text, refused.value.reason) == (text, reason)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("24/5/60", "1960-05-24"),
        ("24-Mei-'36", "2036-05-24"),
        ("24 May 37", "1937-05-24"),
        ("hari ini", "2026-11-01"),
        ("어제", "2026-10-31"),
        ("tomorrow", "2026-11-02"),
    ],
)
def test_short_years_and_words_for_days_are_read_where_today_is_known(text, edtf):
    assert str(parse_written(text, today=date(2026, 11, 1))) == edtf


def test_a_weekday_that_contradicts_the_day_is_told():
    told = (date(2024, 3, 25), 2, 1)
    for text in ("Selasa, 25 Maret 2024", "Tuesday 25 March 2024", "2024년 3월 25일 (화)", "2024年3月25日星期二"):
        assert weekday_mismatch(text) == told
    for text in ("Senin, 25 Maret 2024", "25 Maret 2024", "Selasa, Maret 2024", "Selasa, 25 Maret", "Jum'at"):
        assert weekday_mismatch(text) is None


SENTENCES = {
    "Kedua kota menandatanganinya pada Senin, 3 Maret 2026.": True,
    "Pada hari Senin tanggal 3 Maret 2026 di Busan": True,
    "Wali Kota, Senin (3/3/2026), mengatakan": True,
    "It was signed on Monday, March 3, 2026, in Busan.": True,
    "Unterzeichnet am Montag, dem 3. März 2026, in Busan": True,
    "양 도시는 2026년 3월 3일 월요일에 서명하였다": True,
    "两市于2026年3月3日（星期一）签署意向书": True,
    "Kamis, 5 Maret 2026, setelah Senin (3/3/2026)": True,
    "Pada Selasa, 3 Maret 2026 dan Kamis (5/3/2026)": False,
    "Pada 3 Maret 2026 minat satu sekolah bertambah": False,
    "Sejak 3 Maret 2026; rapat berikutnya Senin depan": False,
    "Biaya lima sen pada 3 Maret 2026": False,
    "两市于2026年3月3日签署": False,
}


@pytest.mark.parametrize(("text", "told"), SENTENCES.items())
def test_a_weekday_is_checked_against_the_date_beside_it_in_a_whole_sentence(text, told):
    assert weekday_mismatch(text) == ((date(2026, 3, 3), 1, 2) if told else None)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(["{0.day}/{0.month}/{0.year:04}", "{0}"]))
def test_every_day_in_figures_is_read_day_first(day: date, pattern: str):
    assert parse_written(pattern.format(day)) == parse_edtf(day.isoformat())


@given(st.text(st.sampled_from("0123456789 -/.~?[]X年월mei부터sbdjanuari,()三"), max_size=30))
def test_any_text_is_a_date_or_unreadable(text: str):
    try:
        read = parse_written(text, today=date(2026, 11, 1))
    except UnreadableDate as refused:
        assert refused.text == text
    else:
        assert parse_edtf(str(read)) == read

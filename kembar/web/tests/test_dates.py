"""Dates in the four languages of the site."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from kembar.lib.dates import Reason, UnreadableDate, parse_edtf, parse_written
from kembar.web.dates import why_unreadable, written, written_day

LANGUAGES = ("id", "en", "ko", "zh-hans")

READ_BACK = [
    ("1960-05-24", "24 Mei 1960", "24 May 1960", "1960년 5월 24일", "1960年5月24日"),
    ("1960-05", "Mei 1960", "May 1960", "1960년 5월", "1960年5月"),
    ("1960", "1960", "1960", "1960년", "1960年"),
    ("196X", "tahun 1960-an", "the 1960s", "1960년대", "1960年代"),
    ("2005~", "sekitar 2005", "about 2005", "2005년경", "约2005年"),
    ("2005-08?", "mungkin Agustus 2005", "perhaps August 2005", "2005년 8월(추정)", "可能是2005年8月"),
    ("2005%", "mungkin sekitar 2005", "perhaps about 2005", "2005년경(추정)", "可能是约2005年"),
    (
        "[..2024-04-24]",
        "paling lambat 24 April 2024",
        "before or on 24 April 2024",
        "2024년 4월 24일 이전",
        "2024年4月24日或之前",
    ),
    ("[..2024]", "paling lambat 2024", "in or before 2024", "2024년 이전", "2024年或之前"),
    (
        "[2024-04-24..]",
        "pada atau sesudah 24 April 2024",
        "on or after 24 April 2024",
        "2024년 4월 24일 이후",
        "2024年4月24日或之后",
    ),
    ("[2024-04..]", "pada atau sesudah April 2024", "in or after April 2024", "2024년 4월 이후", "2024年4月或之后"),
    ("[2005..2007]", "antara 2005 dan 2007", "between 2005 and 2007", "2005년에서 2007년 사이", "2005年与2007年之间"),
    ("2005/2007", "2005 sampai 2007", "from 2005 to 2007", "2005년부터 2007년까지", "2005年至2007年"),
    ("2025-05-24/2025-05-26", "24–26 Mei 2025", "24–26 May 2025", "2025년 5월 24일~26일", "2025年5月24日至26日"),
    (
        "2025-05-24~/2025-05-26",
        "sekitar 24 Mei 2025 sampai 26 Mei 2025",
        "from about 24 May 2025 to 26 May 2025",
        "2025년 5월 24일경부터 2025년 5월 26일까지",
        "约2025年5月24日至2025年5月26日",
    ),
    ("2019-22", "musim panas 2019", "summer 2019", "2019년 여름", "2019年夏季"),
    ("2026-34", "triwulan II tahun 2026", "second quarter of 2026", "2026년 2분기", "2026年第二季度"),
    ("2019-37~", "awal 2019", "early 2019", "2019년 초", "2019年初"),
    ("2019-38~", "pertengahan 2019", "mid 2019", "2019년 중반", "2019年中"),
    ("2019-39~", "akhir 2019", "late 2019", "2019년 말", "2019年底"),
    ("2026-41", "semester II tahun 2026", "second half of 2026", "2026년 하반기", "2026年下半年"),
]

ONLY_WRITTEN = [
    ("2019-32", "musim dingin 2019", "winter 2019", "2019년 겨울", "2019年冬季"),
    ("../2024-04", "sampai dengan April 2024", "until April 2024", "2024년 4월까지", "截至2024年4月"),
    ("2024/..", "sejak 2024", "since 2024", "2024년부터", "2024年起"),
    (
        "XXXX-09-27",
        "27 September (tahun tidak diketahui)",
        "27 September (year not known)",
        "9월 27일(연도 미상)",
        "9月27日（年份不详）",
    ),
    (
        "XXXX-02-29~",
        "sekitar 29 Februari (tahun tidak diketahui)",
        "about 29 February (year not known)",
        "2월 29일경(연도 미상)",
        "约2月29日（年份不详）",
    ),
    (
        "XXXX-09",
        "September (tahun tidak diketahui)",
        "September (year not known)",
        "9월(연도 미상)",
        "9月（年份不详）",
    ),
]


@pytest.mark.parametrize("row", READ_BACK + ONLY_WRITTEN, ids=lambda row: row[0])
def test_a_date_is_written_as_its_readers_write_it(row):
    edtf, *texts = row
    assert [written(parse_edtf(edtf), language) for language in LANGUAGES] == texts


@pytest.mark.parametrize("row", READ_BACK, ids=lambda row: row[0])
def test_what_is_written_can_be_typed_in_again(row):
    edtf, *texts = row
    assert [str(parse_written(text)) for text in texts] == [edtf] * len(texts)


def test_no_date_is_said_to_be_not_known():
    assert [written(None, language) for language in LANGUAGES] == ["tidak diketahui", "not known", "미상", "不详"]


def test_a_day_with_its_weekday_has_no_zero_before_it_in_any_language():
    said = [written_day(date(2026, 11, 2), language, weekday=True) for language in LANGUAGES]
    assert said[:2] == ["Senin, 2 November 2026", "Monday, 2 November 2026"]
    assert said[2:] == ["2026년 11월 2일 월요일", "2026年11月2日星期一"]


def test_a_plain_day_may_carry_its_weekday():
    day = date(1960, 5, 24)
    assert written_day(day, "en") == "24 May 1960"
    assert [written_day(day, language, weekday=True) for language in LANGUAGES] == [
        "Selasa, 24 Mei 1960",
        "Tuesday, 24 May 1960",
        "1960년 5월 24일 화요일",
        "1960年5月24日星期二",
    ]


def test_the_language_of_the_page_is_used_where_none_is_given():
    with override("ko"):
        assert written(parse_edtf("2024/..")) == "2024년부터"
        assert Template("{{ date|written }}").render(Context({"date": parse_edtf("1960-05")})) == "1960년 5월"
    with override("id"):
        assert Template("{{ date|written }}").render(Context({"date": None})) == "tidak diketahui"


def test_each_reason_for_refusing_a_date_is_told_in_every_language():
    told = set()
    for language in LANGUAGES:
        with override(language):
            told |= {why_unreadable(UnreadableDate("31 Mei", reason)) for reason in Reason}
    assert len(told) == len(LANGUAGES) * len(Reason)
    with override("id"):
        assert (
            why_unreadable(UnreadableDate("24 Mei", Reason.NO_YEAR)) == "Tahunnya belum ada. Tulis dengan empat angka."
        )

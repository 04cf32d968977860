"""One table per language: what is written, the day it was published, and the dates it means."""

from datetime import date

import pytest

from kembar.intake.extract import document_of

PUBLISHED = date(2025, 6, 12)  # a Thursday
INDONESIAN = "Pemerintah kota dan para tamu yang datang itu "


def dates(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    document = document_of(text, published=published)
    return [(document.text[one.start : one.end], one.value) for one in document.dates]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("Selasa (10/6/2025)", ["2025-06-10"]),
        ("Selasa, 10 Juni 2025", ["2025-06-10"]),
        ("selasa 10 juni 2025", ["2025-06-10"]),
        ("Selasa (10/6)", ["2025-06-10"]),
        ("Selasa (10/06/25) malam", ["2025-06-10"]),
        ("Selasa pagi (10/6/2025)", ["2025-06-10"]),
        ("Selasa malam, 10 Juni 2025", ["2025-06-10"]),
        ("Selasa (10/6) kemarin", ["2025-06-10"]),
        ("Jum'at, 13 Juni 2025", ["2025-06-13"]),
        ("Jumat (13-06-2025)", ["2025-06-13"]),
        ("SENIN (9/6/2025)", ["2025-06-09"]),
        ("pada tanggal 5 Pebruari 2024", ["2024-02-05"]),
        ("pada 12 Nopember 2019", ["2019-11-12"]),
        ("pada 12 Agt 2019", ["2019-08-12"]),
        ("pada 12 Spetember 2019", ["2019-09-12"]),
        ("pada 12 Agusuts 2019", ["2019-08-12"]),
        ("pada 12-Mei-2019", ["2019-05-12"]),
        ("tertanggal 2024-11-03", ["2024-11-03"]),
        ("pada 18-22 Maret 2018", ["2018-03-18", "2018-03-22"]),
        ("pada 17 sampai 24 Juli 2007", ["2007-07-17", "2007-07-24"]),
        ("pada 3 s.d. 5 Juni 2024", ["2024-06-03", "2024-06-05"]),
        ("pada 30 April - 2 Mei 2024", ["2024-04-30", "2024-05-02"]),
        ("pada 28 Desember hingga 3 Januari 2025", ["2024-12-28", "2025-01-03"]),
        ("Senin-Rabu (2-4/6/2025)", ["2025-06-02", "2025-06-04"]),
        ("Sabtu-Minggu (31/5-1/6/2025)", ["2025-05-31", "2025-06-01"]),
        ("pada Maret 2024", ["2024-03"]),
        ("pada bulan Maret tahun 2024", ["2024-03"]),
        ("sejak Maret hingga Juni 2024", ["2024-03", "2024-06"]),
        ("pada 2005", ["2005"]),
        ("sejak 1960", ["1960"]),
        ("akhir 2019", ["2019"]),
        ("tahun anggaran 2024/2025", ["2024", "2025"]),
        ("periode 2024-2027", ["2024", "2027"]),
        ("dari 2019 hingga 2023", ["2019", "2023"]),
        ("era 1970-an", ["197X"]),
        ("tahun ini", ["2025"]),
        ("paruh kedua tahun ini", ["2025"]),
        ("tahun lalu", ["2024"]),
        ("tahun depan", ["2026"]),
        ("bulan lalu", ["2025-05"]),
        ("bulan depan", ["2025-07"]),
        ("kemarin", ["2025-06-11"]),
        ("Maret lalu", ["2025-03"]),
        ("November lalu", ["2024-11"]),
        ("September mendatang", ["2025-09"]),
        ("pada 25 Maret lalu", ["2025-03-25"]),
        ("pada 2016, lalu dua tahun kemudian", ["2016", "2018"]),
        ("April 2017. Sebulan kemudian", ["2017-04", "2017-05"]),
        ("tanggal dua puluh lima bulan Maret tahun dua ribu dua puluh lima", ["2025-03-25"]),
        ("menurut UU Nomor 23 Tahun 2014", []),
        ("bersama 2000 orang", []),
        ("senilai Rp 2.025 juta", []),
        ("selama tiga tahun", []),
        ("pukul 10.30 WIB", []),
        ("nomor 0812-2025-1999", []),
        ("24/7 siaga", []),
    ],
)
def test_indonesian(written: str, values: list[str]) -> None:
    assert [value for _, value in dates(INDONESIAN + written + ".")] == values


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("on Tuesday, June 10, 2025", ["2025-06-10"]),
        ("on 10 June 2025", ["2025-06-10"]),
        ("on the 10th of June 2025", ["2025-06-10"]),
        ("on June 10th", ["2025-06-10"]),
        ("on March 3-5, 2025", ["2025-03-03", "2025-03-05"]),
        ("from March 3 to 5, 2025", ["2025-03-03", "2025-03-05"]),
        ("on 3 and 5 March 2025", ["2025-03-03", "2025-03-05"]),
        ("on Monday", ["2025-06-09"]),
        ("on Thursday", ["2025-06-12"]),
        ("next Monday", ["2025-06-16"]),
        ("in July", ["2025-07"]),
        ("last November", ["2024-11"]),
        ("in November 2017", ["2017-11"]),
        ("in the 1980s", ["198X"]),
        ("between 2019 and 2023", ["2019", "2023"]),
        ("since 1989", ["1989"]),
        ("last year", ["2024"]),
        ("two years ago", ["2023"]),
        ("yesterday", ["2025-06-11"]),
        ("which will open in April", ["2026-04"]),
        ("on the 29th, the mayor spoke", ["2025-05-29"]),
        ("on the 15th floor", []),
        ("with 2000 students", []),
        ("may be the case", []),
        ("by Sept. 30, 2024", ["2024-09-30"]),
    ],
)
def test_english(written: str, values: list[str]) -> None:
    assert [value for _, value in dates(f"The city and its guests met {written}.")] == values


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("2025년 3월 25일", ["2025-03-25"]),
        ("2025년 3월", ["2025-03"]),
        ("지난 25일", ["2025-05-25"]),
        ("오는 25일", ["2025-06-25"]),
        ("지난 3월", ["2025-03"]),
        ("지난 6월 2일", ["2025-06-02"]),
        ("오는 9월 10일", ["2025-09-10"]),
        ("10일(화)", ["2025-06-10"]),
        ("지난해 12월", ["2024-12"]),
        ("올해", ["2025"]),
        ("내년 상반기", ["2026"]),
        ("2015년", ["2015"]),
        ("2023~2025년", ["2023", "2025"]),
        ("6월 3~5일", ["2025-06-03", "2025-06-05"]),
        ("2025. 3. 25.", ["2025-03-25"]),
        ("1980년대", ["198X"]),
        ("3일간", []),
        ("5년 동안", []),
        ("3박 4일", []),
    ],
)
def test_korean(written: str, values: list[str]) -> None:
    assert [value for _, value in dates(f"수원시는 {written} 대표단을 맞았다고 밝혔다.")] == values


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("2025年3月25日", ["2025-03-25"]),
        ("二〇二五年三月二十五日", ["2025-03-25"]),
        ("3月25日", ["2025-03-25"]),
        ("1月15日至18日", ["2025-01-15", "2025-01-18"]),
        ("去年10月", ["2024-10"]),
        ("去年", ["2024"]),
        ("本月15日", ["2025-06-15"]),
        ("2004年", ["2004"]),
        ("20世纪80年代", ["198X"]),
        ("2023年至2025年", ["2023", "2025"]),
        ("明年上半年", ["2026"]),
        ("昨日", ["2025-06-11"]),
        ("五年来", []),
    ],
)
def test_chinese(written: str, values: list[str]) -> None:
    assert [value for _, value in dates(f"南宁市代表团于{written}访问万隆。")] == values


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("am 25. März 2025", ["2025-03-25"]),
        ("vom 3. bis 5. Juni 2024", ["2024-06-03", "2024-06-05"]),
        ("am Dienstag, den 10. Juni", ["2025-06-10"]),
        ("am 10.06.2025", ["2025-06-10"]),
        ("im Februar", ["2025-02"]),
        ("im vergangenen Jahr", ["2024"]),
        ("vor zwei Jahren", ["2023"]),
        ("seit 1960", ["1960"]),
        ("in den 1970er Jahren", ["197X"]),
        ("seit 56 Jahren", []),
    ],
)
def test_german(written: str, values: list[str]) -> None:
    assert [value for _, value in dates(f"Die Stadt und ihre Gäste haben sich {written} getroffen.")] == values


def test_a_missing_year_stays_missing_where_nothing_tells_it() -> None:
    assert dates("Pertemuan dengan tamu itu dilakukan di balai kota, kemarin (27/9).", None)[-1] == (
        "(27/9)",
        "XXXX-09-27",
    )


def test_relative_dates_without_a_day_to_count_from_are_left_alone() -> None:
    assert dates("Kota itu akan dikunjungi tahun depan dan tamu datang pada Senin dengan rombongan.", None) == []


def test_a_weekday_that_does_not_fit_offers_the_year_in_which_it_does() -> None:
    document = document_of("Pada Selasa, 25 Maret 2024, kota itu dan para tamu bertemu.")
    assert [(one.value, one.corrected, one.weekday) for one in document.dates] == [("2024-03-25", "2025-03-25", 1)]


def test_the_day_of_a_byline_is_the_day_of_publication() -> None:
    text = (
        "Kota Menjalin Kerja Sama\n\nSelasa, 25 Mar 2025 21:24 WIB\n\nTahun ini kota itu dan para tamu akan bertemu.\n"
    )
    assert dates(text, None)[-1] == ("Tahun ini", "2025")

"""Sums as people write them."""

import pytest

from kembar.intake.extract import document_of


def sums(text: str) -> list[tuple[str, float, str]]:
    document = document_of(text)
    return [(document.text[one.start : one.end], one.amount, one.currency) for one in document.money]


ID = "Pemerintah kota menyiapkan dana sebesar {} untuk kerja sama itu."
EN = "The city will set aside {} for the exchange with its partner."
KO = "수원시는 예산 {}을 들여 교류 사업을 추진한다고 밝혔다."
ZH = "南宁市投入{}用于友好交流项目。"


@pytest.mark.parametrize(
    ("frame", "written", "amount", "currency"),
    [
        (ID, "Rp 2 triliun", 2e12, "IDR"),
        (ID, "Rp 1,812 miliar", 1_812_000_000, "IDR"),
        (ID, "Rp1.500.000", 1_500_000, "IDR"),
        (ID, "Rp. 112.500.000,-", 112_500_000, "IDR"),
        (ID, "Rp 2,5 juta", 2_500_000, "IDR"),
        (ID, "Rp 5 M", 5_000_000_000, "IDR"),
        (ID, "500 juta rupiah", 500_000_000, "IDR"),
        (ID, "lima ratus juta rupiah", 500_000_000, "IDR"),
        (ID, "Rp 420 ribu", 420_000, "IDR"),
        (ID, "setengah miliar rupiah", 500_000_000, "IDR"),
        (ID, "US$ 1,2 juta", 1_200_000, "USD"),
        (ID, "3 juta dolar AS", 3_000_000, "USD"),
        (ID, "EUR 2.400", 2400, "EUR"),
        (ID, "RM 4", 4, "MYR"),
        (ID, "20 juta yen", 20_000_000, "JPY"),
        (EN, "US$2.1 million", 2_100_000, "USD"),
        (EN, "A$145,000", 145_000, "AUD"),
        (EN, "$6,212.40", 6212.40, "USD"),
        (EN, "€260,000", 260_000, "EUR"),
        (EN, "350 million won", 350_000_000, "KRW"),
        (EN, "two million euros", 2_000_000, "EUR"),
        (EN, "CZK 180 000", 180_000, "CZK"),
        (EN, "60 million kip", 60_000_000, "LAK"),
        (KO, "4천200만 원", 42_000_000, "KRW"),
        (KO, "12억원", 1_200_000_000, "KRW"),
        (KO, "1억 2천만 원", 120_000_000, "KRW"),
        (KO, "3,500만원", 35_000_000, "KRW"),
        (KO, "2만 5천 달러", 25_000, "USD"),
        (ZH, "33亿元人民币", 3_300_000_000, "CNY"),
        (ZH, "19.7亿元", 1_970_000_000, "CNY"),
        (ZH, "11万3千元", 113_000, "CNY"),
        (ZH, "三百万元", 3_000_000, "CNY"),
        (ZH, "2700万欧元", 27_000_000, "EUR"),
        (ZH, "新臺幣45萬元", 450_000, "TWD"),
        (ZH, "20万泰铢", 200_000, "THB"),
        (ZH, "300余万元", 3_000_000, "CNY"),
        (ZH, "港币500万", 5_000_000, "HKD"),
        (KO, "삼백만 원", 3_000_000, "KRW"),
        (KO, "US$ 3만", 30_000, "USD"),
    ],
)
def test_a_sum_is_read(frame: str, written: str, amount: float, currency: str) -> None:
    assert sums(frame.format(written)) == [(written, amount, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "Kota itu memiliki 2,3 juta penduduk dan 30 ribu usahawan.",
        "Pertumbuhan ekonomi kota itu sebesar 8 persen.",
        "The team won 3-2 and the students won prizes.",
        "RM adalah singkatan dari rumah makan di kota ini.",
        "조사원 세 명과 공무원이 방문했다.",
        "대표단 20명이 원래 계획대로 방문했다.",
        "二〇二五年三月，代表团访问了该市。",
    ],
)
def test_what_is_no_sum_is_left(text: str) -> None:
    assert sums(text) == []


def test_a_dollar_is_that_of_the_country_the_text_speaks_of() -> None:
    assert sums("The council of Melbourne, Australia, paid $7,500 for the visit.")[0][2] == "AUD"


def test_a_range_is_two_sums() -> None:
    assert [(amount, currency) for _, amount, currency in sums(ID.format("Rp2-3 miliar"))] == [
        (2e9, "IDR"),
        (3e9, "IDR"),
    ]


def test_a_bound_is_kept() -> None:
    document = document_of("Kota itu dan mitranya menyiapkan dana lebih dari Rp 2 miliar.")
    assert [one.bound for one in document.money] == ["at_least"]

"""Agreements: kind and status of one sentence each, with two cities given."""

from __future__ import annotations

import re

import pytest

from kembar.intake.extract import agreements, read, text
from kembar.intake.extract.reading import CityMention

CITIES = {"Bandung": "ID", "Daegu": "KR", "대구": "KR", "반둥": "ID", "万隆": "ID", "南宁": "CN"}
TABLE = [
    ("Bandung dan Daegu menandatangani Letter of Intent kemarin.", "loi", "signed"),
    ("MoU sister city Bandung dan Daegu akan diteken bulan depan.", "mou", "planned"),
    ("Nota kesepahaman Bandung dan Daegu sudah tidak berlaku.", "mou", "expired"),
    ("Bandung menjajaki hubungan kota kembar dengan Daegu.", "sister_city", "explored"),
    ("Bandung dan Daegu menjalin hubungan sister city sejak 2022.", "sister_city", "signed"),
    ("The implementing arrangement of Bandung and Daegu was signed on Monday.", "ia", "signed"),
    ("Bandung and Daegu became sister cities in 2013.", "sister_city", "signed"),
    ("Bandung hopes to conclude a friendship-city agreement with Daegu.", "friendship", "planned"),
    ("Bandung akan memperbarui kerja samanya dengan Daegu.", "other", "planned"),
    ("반둥시와 대구시는 의향서에 서명했다고 밝혔다.", "loi", "signed"),
    ("대구시는 반둥시와 양해각서를 체결할 예정이다.", "mou", "planned"),
    ("대구시와 반둥시는 2019년 자매결연을 맺었다.", "sister_city", "signed"),
    ("南宁与万隆签署了友好合作备忘录。", "mou", "signed"),
    ("南宁与万隆签署合作备忘录，将在教育、旅游等方面开展交流，并计划互派教师。", "mou", "signed"),
    ("南宁与万隆1997年缔结友好城市，今后准备研究更多项目。", "sister_city", "signed"),
    ("南宁希望与万隆签署合作意向书。", "loi", "planned"),
    ("南宁与万隆拟签署合作备忘录。", "mou", "planned"),
    ("南宁与万隆的友好城市还在接触，没有签字。", "sister_city", "explored"),
    ("南宁与万隆建立友好交流城市关系。", "friendship", "signed"),
    ("双方就南宁与万隆结为友好城市交换了意见。", "sister_city", "explored"),
    ("南宁与万隆的合作备忘录将于年底到期，双方同意续签。", "mou", "planned"),
    ("南宁与万隆2018年签署的备忘录已于去年到期。", "mou", "expired"),
    ("南宁、万隆两市有关部门签署了2024至2026年交流合作计划。", "other", "signed"),
    ("万隆市长表示愿推动南宁与万隆签署教育合作协议。", "other", "planned"),
    ("南宁市人大常委会批准南宁与万隆缔结友好城市关系。", "sister_city", "planned"),
    ("以上内容将写入南宁与万隆的合作计划，12月签署。", "other", "planned"),
    ("대구시는 반둥시와의 우호도시 결연을 검토하고 있다.", "friendship", "explored"),
    ("대구시의회는 반둥시와의 자매결연 동의안을 가결했다.", "sister_city", "planned"),
    ("반둥시장은 대구시와 자매결연을 희망한다고 말했다.", "sister_city", "planned"),
    ("대구시와 반둥시는 공동선언문을 채택했다.", "other", "signed"),
    ("대구시는 자매도시인 반둥시와 '청소년 교류 합의서'를 체결했다.", "other", "signed"),
    ("대구시와 반둥시 시장이 양해각서에 나란히 이름을 적었다.", "mou", "signed"),
    ("대구시와 반둥시의 양해각서는 지난해 기한이 끝났다.", "mou", "expired"),
    ("Bandung dan Daegu memperpanjang nota kesepahaman hingga 2028.", "mou", "signed"),
    ("Bandung dan Daegu menyepakati rencana aksi bersama.", "other", "signed"),
    ("Bandung menargetkan penandatanganan LoI dengan Daegu akhir tahun ini.", "loi", "planned"),
    ("Pemkot Bandung tengah memproses MoU dengan Daegu.", "mou", "planned"),
    ("Daegu menawarkan kerja sama sister city kepada Bandung.", "sister_city", "explored"),
    ("Bandung dan Daegu mengikat hubungan kota kembar lewat sebuah piagam.", "sister_city", "signed"),
    ("Bandung and Daegu adopted a joint declaration on climate.", "other", "signed"),
    ("Bandung and Daegu agreed to sign a friendship agreement later.", "friendship", "planned"),
    ("The memorandum of Bandung and Daegu is no longer valid.", "mou", "expired"),
    ("The memorandum of Bandung and Daegu will expire in December, so they plan to renew it.", "mou", "planned"),
    ("南宁与万隆的备忘录仍在磋商,预计年内签署。", "mou", "planned"),
    (
        "The council voted unanimously on Monday to suspend the sister-city tie of Bandung and Daegu.",
        "sister_city",
        "expired",
    ),
    ("Bandung and Daegu signed a memorandum of understanding to replace the one that lapsed.", "mou", "signed"),
    ("Bandung and Daegu intend to conclude a twinning agreement.", "sister_city", "planned"),
    (
        "An ordinance authorizes the mayor of Bandung to enter into a sister-city agreement with Daegu.",
        "sister_city",
        "planned",
    ),
    ("Bandung and Daegu renewed their sister-city charter on the quay.", "sister_city", "signed"),
    ("Bandung has maintained friendship with Daegu since 2004.", "friendship", "signed"),
    ("Bandung explores a friendship link with Daegu.", "friendship", "explored"),
    ("The mayors of Bandung and Daegu signed a declaration of intent.", "loi", "signed"),
    ("A technical arrangement of Bandung and Daegu was formalised at noon.", "ia", "signed"),
    ("Bandung mulls a sister-city agreement with Daegu.", "sister_city", "explored"),
    ("Bandung and Daegu are poised to sign a memorandum.", "mou", "planned"),
]


def found(sentence: str) -> list[tuple[str, str, tuple[str, ...]]]:
    document = text.document_of(sentence, None)
    document.cities = [
        CityMention(
            start=m.start(),
            end=m.end(),
            rule="given",
            confidence=1,
            name=m.group(),
            country=CITIES[m.group()],
            geonameid=0,
        )
        for m in re.finditer("|".join(CITIES), sentence)
    ]
    return [(one.kind, one.status, one.parties) for one in agreements.find(document)]


@pytest.mark.parametrize(("sentence", "kind", "status"), TABLE)
def test_a_sentence_gives_the_kind_and_status_of_the_paper(sentence: str, kind: str, status: str) -> None:
    assert [one[:2] for one in found(sentence)] == [(kind, status)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Apakah MoU Bandung dan Daegu akan diteken?",
        "Bandung punya delapan kota kembar, di antaranya Daegu.",
        "Bandung dan Daegu membahas sampah.",
    ],
)
def test_a_question_a_list_and_a_plain_meeting_are_no_agreement(sentence: str) -> None:
    assert found(sentence) == []


def test_a_tie_with_its_own_year_counts_beside_a_paper() -> None:
    text = "Kota Bandung dan Kota Daegu, kota kembar sejak 2016, menandatangani MoU tentang sampah."
    assert [(one.kind, one.status) for one in read(text).agreements] == [("mou", "signed"), ("sister_city", "signed")]


def test_a_friendship_agreement_counts_beside_a_letter_of_intent() -> None:
    text = "문경시는 지난 3월 살라티가시와 우호도시 협력에 관한 협약을 맺었고, 이번에는 의향서에 서명했다."
    papers = [(one.kind, one.status) for one in read(text).agreements]
    assert papers == [("loi", "signed"), ("friendship", "signed")]


def test_an_agreement_that_points_back_is_no_paper_of_its_own() -> None:
    text = (
        "Kota Bandung dan Kota Daegu menandatangani MoU pada 2022. Perjanjian Bandung dan Daegu itu diteken di Seoul."
    )
    assert [(one.kind, one.status) for one in read(text).agreements] == [("mou", "signed")]


def test_the_parties_are_the_two_cities_of_the_sentence() -> None:
    assert found("Bandung dan Daegu meneken MoU.") == [("mou", "signed", ("Bandung", "Daegu"))]


def test_a_paper_that_is_only_pointed_back_at_is_not_another_one() -> None:
    assert found("Under the agreement, Bandung and Daegu will exchange guides each year.") == []
    assert found("As part of this agreement, Daegu will support Bandung.") == []


def test_the_agreement_named_after_its_memorandum_is_the_same_paper() -> None:
    first = "Bandung has signed a memorandum of understanding with Daegu."
    again = "The agreement of Bandung and Daegu was signed at City Hall on Wednesday 7 February 2024."
    assert [one[:2] for one in found(f"{first} {again}")] == [("mou", "signed")]
    assert [one[:2] for one in found(again)] == [("other", "signed")]

"""Agreements: kind and status of one sentence each, with two cities given."""

from __future__ import annotations

import re

import pytest

from kembar.intake.extract import agreements, text
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
    ("南宁与万隆的备忘录仍在磋商,预计年内签署。", "mou", "planned"),
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


def test_the_parties_are_the_two_cities_of_the_sentence() -> None:
    assert found("Bandung dan Daegu meneken MoU.") == [("mou", "signed", ("Bandung", "Daegu"))]

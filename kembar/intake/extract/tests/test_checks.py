"""What the reader asks a person to look at."""

from datetime import date

import pytest

from kembar.intake.extract import read


def kinds(text: str, published: date | None = None) -> list[tuple[str, dict[str, str]]]:
    return [(check.kind, check.details) for check in read(text, published=published).checks]


@pytest.mark.parametrize(
    ("text", "kind", "details"),
    [
        (
            "Pada Selasa, 25 Maret 2024, Kota Bandung bertemu tamu dari Kota Nanning untuk kerja sama.",
            "weekday_mismatch",
            {"printed": "2024-03-25", "offered": "2025-03-25", "weekday": "1"},
        ),
        (
            "Pertemuan dengan tamu Kota Chandler dilakukan di Kota Bandung, kemarin (27/9).",
            "missing_year",
            {"printed": "XXXX-09-27", "offered": ""},
        ),
        ("Ini merupakan kerja sama kota kembar ke-15 bagi Kota Bandung.", "count_claim", {"claimed": "15"}),
        ("Kota itu sudah memiliki delapan kota kembar di luar negeri.", "count_claim", {"claimed": "delapan"}),
        ("It would become the city's eighth sister city in Asia.", "count_claim", {"claimed": "eighth"}),
        ("수원시는 19번째 자매도시를 맺었다고 밝혔다.", "count_claim", {"claimed": "19"}),
        ("这是泉州结下的第12个国际友好城市。", "count_claim", {"claimed": "12"}),
        (
            "Hubungan sister city Bandung dan Suwon telah terjalin sejak 1997 dan akan dilanjutkan.",
            "since_claim",
            {"claimed": "1997"},
        ),
    ],
)
def test_a_check_is_raised(text: str, kind: str, details: dict[str, str]) -> None:
    assert [found for found in kinds(text) if found[0] == kind] == [(kind, details)]


def test_a_day_of_publication_settles_the_year() -> None:
    text = "Pertemuan dengan tamu Kota Chandler dilakukan di Kota Bandung, kemarin (27/9)."
    assert kinds(text, date(2016, 9, 28)) == []


def test_a_year_guessed_over_the_turn_of_the_year_is_asked_for() -> None:
    asked = ("missing_year", {"printed": "XXXX-12-14", "offered": "2024-12-14"})
    published = date(2025, 2, 3)
    assert kinds("Kota Bandung dan Kota Suwon bertemu pada 14 Desember di Suwon.", published) == [asked]
    assert kinds("The mayors of Bandung and Suwon met in Suwon on 14 December.", published) == [asked]
    assert kinds("수원시와 반둥시는 12월 14일 수원에서 만났다.", published) == [asked]
    assert kinds("苏州市与万隆市12月14日在苏州会面。", published) == [asked]


@pytest.mark.parametrize(
    "text",
    [
        "Kota Bandung dan Kota Suwon bertemu pada 14 Januari di Suwon.",
        "Kota Bandung dan Kota Suwon bertemu pada Sabtu, 14 Desember di Suwon.",
        "Kota Bandung dan Kota Suwon bertemu pada 14 Desember lalu di Suwon.",
        "Kota Bandung dan Kota Suwon bertemu pada 14 Desember 2024 di Suwon.",
    ],
)
def test_a_year_that_something_tells_is_not_asked_for(text: str) -> None:
    assert kinds(text, date(2025, 2, 3)) == []


def test_an_explainer_without_source_is_named() -> None:
    text = "Pernah dengar istilah sister city? Di artikel ini kita kupas tuntas, guys! Apa sih sister city itu?"
    assert [kind for kind, _ in kinds(text)] == ["unsourced"]

"""Whatever is pasted gets a clear answer."""

from datetime import date
from pathlib import Path

import pytest

from kembar.intake.extract import read
from kembar.intake.extract.__main__ import main
from kembar.intake.extract.encoding import decoded

FOOTBALL = (
    "Gol tunggal pada menit ke-89 membawa Persib menang di laga kandang. Pada babak kedua "
    "pelatih memasukkan striker muda. "
    "Wasit memberi penalti, tetapi kiper lawan menepisnya. Persib naik ke peringkat kedua klasemen liga."
)
SUNDANESE = (
    "Walikota Bandung jeung rombongan ti Suwon geus tepung di balé kota. Éta pasamoan téh pikeun gawé bareng anu anyar."
)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("", ("empty",)),
        ("  \n\t ", ("empty",)),
        ("\u200b\u200b\ufeff", ("empty",)),
        (
            "=== 12 ### 34 ... 56 | | | --- ___",
            ("no_text", "language_not_supported", "no_city_found", "no_cooperation_found"),
        ),
        (FOOTBALL, ("about_sport", "no_city_found", "no_cooperation_found")),
        (SUNDANESE, ("language_close",)),
        (
            "Kota Bandung dan Kota Suwon mulai bekerja sama dan kerja sama itu akan dilanjutkan tahun depan.",
            ("relative_dates_without_anchor",),
        ),
        (
            "Pada 1921 Kota Bandung didirikan dan pada 1930 kota itu memulai kerja sama dengan mitranya.",
            ("old_text",),
        ),
        ("Wali Kota Ban\u200bdung bekerja sama dengan Kota Su\u202ewon.", ("hidden_characters",)),
    ],
)
def test_a_note_says_why(text: str, notes: tuple[str, ...]) -> None:
    assert read(text).notes == notes


def test_a_football_report_gives_no_drafts() -> None:
    reading = read(FOOTBALL, published=date(2025, 5, 1))
    assert (reading.agreements, reading.commitments) == ((), ())


def test_letters_broken_by_a_wrong_character_set_are_named() -> None:
    broken = (
        "Bürgermeister Jürgen Müller überreichte der Stadt Köln und Nürnberg Geschenke für die Städtepartnerschaft."
    )
    assert "wrong_encoding" in read(broken.encode().decode("latin-1")).notes


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("수원시는 반둥시와 우호 교류 협약을 체결했다고 밝혔다.", "cp949"),
        ("南宁市与万隆市签署友好合作备忘录，双方将加强交流。", "gb18030"),
        ("Die Stadt Köln und ihre Partner grüßen.", "cp1252"),
        ("Kota Bandung", "utf-16"),
    ],
)
def test_old_code_pages_are_recognised(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (text, encoding)


def test_what_lies_beyond_the_limit_is_left_and_said() -> None:
    text = "Kota Bandung dan Kota Suwon bekerja sama. " * 120_000
    reading = read(text)
    assert ("cut_off" in reading.notes, reading.length) == (True, len(text))


def test_spans_fit_the_original_whatever_stands_before_them() -> None:
    text = "\u200e\u202aKota Ban\u00addung\u202c dan\r\nKota Suwon, ２０２５年 e\u0301\u200b: Rp\u00a02 miliar"
    text += " pada 25 Maret 2025"
    reading = read(text)
    assert [text[one.start : one.end] for one in reading.cities] == ["Ban\u00addung", "Suwon"]
    assert text[reading.money[0].start : reading.money[0].end] == "Rp\u00a02 miliar"
    assert text[reading.dates[-1].start : reading.dates[-1].end] == "25 Maret 2025"


def test_the_command_reads_a_file_and_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Kota Bandung dan Kota Suwon bekerja sama sejak 1997.", encoding="utf-8")
    assert main([str(tmp_path / "a.txt"), "--format", "text"]) == 0
    assert "city\tSuwon, KR\tSuwon" in capsys.readouterr().out.splitlines()
    assert main([str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.json"]


def test_an_empty_day_of_publication_is_no_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Kota Bandung bertemu tamu (27/9).", encoding="utf-8")
    for arguments in (["--published"], ["--published", ""], []):
        assert main([str(tmp_path / "a.txt"), "--format", "text", *arguments]) == 0
        assert "date\tXXXX-09-27\t(27/9)" in capsys.readouterr().out.splitlines()

"""Every cue of every language reads its own example; what voids a cue is tried beside it."""

from __future__ import annotations

from datetime import date

import pytest

from kembar.intake.extract import cues, document_of
from kembar.intake.extract.lexicon import languages, load

LANGUAGES = tuple(one for one in languages("promises") if one != "lists")
EXAMPLES = [(language, one) for language in LANGUAGES for one in load("promises", language)["cues"]]


def deciding(language: str, sentence: str) -> tuple[str, str] | None:
    table = cues.of(language)
    assert table is not None
    hits = list(table.hits(sentence))
    open_ones = [hit for hit in hits if hit.cue.modality != "done"] or hits
    hit = hits[-1] if table.last and hits else open_ones[0] if open_ones else table.fallback(sentence)
    return None if hit is None else (hit.cue.name, hit.cue.modality)


@pytest.mark.parametrize(("language", "cue"), EXAMPLES, ids=lambda one: one if isinstance(one, str) else one["name"])
def test_a_cue_reads_its_own_example(language: str, cue: dict[str, str]) -> None:
    assert deciding(language, cue["example"]) == (cue["name"], cue["modality"])


def modalities(text: str, published: date | None = None) -> list[str]:
    return [one.modality for one in document_of(text, published=published).commitments]


@pytest.mark.parametrize(
    "sentence",
    [
        "Pemerintah Kota Bandung tidak akan mengirim delegasi ke Daegu, kata Wali Kota.",
        "Apakah Pemerintah Kota Bandung akan mengirim delegasi ke Daegu tahun ini?",
        "Pemerintah kota harus membuka daftar hasil kunjungan itu kepada warganya.",
        "The council has not agreed to send a delegation to Perth, the mayor said.",
        "대구시는 올해 대표단을 파견하지 않기로 했다고 시장이 밝혔다.",
        "市长表示,双方没有计划签署协议,此事不在议程之内。",
    ],
)
def test_a_refusal_a_question_and_an_editorial_should_are_no_promises(sentence: str) -> None:
    assert modalities(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Wali Kota siap mengirim guru, sedangkan Daegu akan membayar tiketnya.", ["offered", "planned"]),
        ("Ia berharap kedua kota akan bertukar pelajar setiap tahun.", ["hoped"]),
        ("Rumah sakit itu telah melatih 20 perawat dan akan melatih 30 lagi.", ["done", "planned"]),
        ("The mayor hopes firms will invest, but the council will decide in May.", ["hoped", "planned"]),
        ("시장은 교류 확대를 기대하며, 내년 대표단을 보낼 예정이라고 밝혔다.", ["hoped", "planned"]),
        ("市长希望加强合作,并邀请代表团明年来访。", ["hoped", "offered"]),
    ],
)
def test_a_sentence_with_two_promises_gives_two(sentence: str, wanted: list[str]) -> None:
    assert modalities(sentence) == wanted


def test_a_condition_and_a_recurrence_are_marked() -> None:
    found = document_of("Jika anggaran cukup, Bandung akan mengirim guru setiap tahun ke Suwon.").commitments
    assert [(one.conditional, one.recurring) for one in found] == [(True, True)]


WHO = [
    ("Wali Kota Bandung Muhammad Farhan hadir. Ia berharap Daegu mengirim guru.", "Bandung", "Daegu"),
    ("Kota Daegu akan mengirim guru ke Bandung.", "Daegu", "Bandung"),
    (
        '"Kami siap menerima delapan guru dari Daegu tahun ini," kata Wali Kota Bandung Muhammad Farhan.',
        "Bandung",
        "Daegu",
    ),
    (
        "Konsul Jenderal Tiongkok di Medan, Zhang Min, mengundang Bandung ke Nanning.",
        "Konsul Jenderal Tiongkok di Medan",
        "Bandung",
    ),
    ("The mayor, Tom Tate, said Bandung was welcome. He hopes Daegu will join.", "Bandung", "Daegu"),
    ("대구시는 반둥시에 교사를 파견할 예정이다.", "Daegu", "Bandung"),
    ("南宁市将向万隆市派出三名教师。", "Nanning", "Bandung"),
]


@pytest.mark.parametrize(("text", "actor", "counterpart"), WHO)
def test_a_promise_knows_who_acts_and_with_whom(text: str, actor: str, counterpart: str) -> None:
    last = document_of(text).commitments[-1]
    assert (last.actor, last.counterpart) == (actor, counterpart)


def test_the_day_in_the_sentence_is_the_due_date() -> None:
    [found] = document_of("Bandung akan mengirim guru ke Daegu pada 3 Februari 2026.").commitments
    assert found.due == "2026-02-03"


def test_a_plain_verb_on_a_day_to_come_is_planned_and_on_a_day_gone_is_done() -> None:
    text = "Pemkot Bandung mengirim lima teknisi ke Daegu pada 4 Agustus 2025."
    assert (modalities(text, date(2025, 5, 6)), modalities(text, date(2025, 12, 6))) == (["planned"], ["done"])


@pytest.mark.parametrize(
    ("text", "wanted"), [("Nanning bersedia memberikan pelatihan.", ["offered"]), ("Daegu hosts us.", [])]
)
def test_a_text_too_short_for_its_language_is_still_read(text: str, wanted: list[str]) -> None:
    assert modalities(text) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Bandung dapat belajar dari pengolahan limbah yang telah sukses diterapkan di Nanning.",
        "Pemerintah Kota Bandung sedang menahan diri, kata wali kota itu kepada para tamunya.",
        "Pertemuan dengan tamu dari Kota Daegu itu berlangsung hangat di pendopo.",
        "双方在会上就教育合作交换了意见。",
    ],
)
def test_what_lies_in_a_relative_clause_a_mood_or_a_course_of_things_is_no_deed(sentence: str) -> None:
    assert modalities(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("会议决定成立两市联合工作组。", ["planned"]),
        ("万隆大学愿每年提供五个奖学金名额。", ["offered"]),
        ("该项目已培训60名万隆技术人员。", ["done"]),
    ],
)
def test_short_chinese_sentences_are_read(sentence: str, wanted: list[str]) -> None:
    assert modalities(sentence) == wanted


def test_hearsay_is_no_promise() -> None:
    assert modalities("Beredar kabar hoaks bahwa Bandung akan bergabung dengan Daegu.") == []


def test_a_match_report_holds_no_promise() -> None:
    text = (
        "Gol tunggal membawa tuan rumah menang. Wasit memberi tiga kartu kuning pada babak kedua laga itu. "
        "Kiper dan bek akan bermain lagi pekan depan. Klasemen tidak berubah setelah pertandingan."
    )
    assert modalities(text) == []


def test_an_explainer_without_a_source_holds_no_promise() -> None:
    text = "Apa itu kota kembar? Yuk, simak!\n\nDua kota sepakat untuk saling belajar. Mereka akan bertukar pelajar.\n"
    assert modalities(text) == []


def test_an_opinion_holds_no_promise() -> None:
    text = "OPINI\nJangan berhenti di seremoni\n\nSemoga pemerintah kota akan membuka laporan itu kepada warganya.\n"
    assert modalities(text) == []


def test_rows_under_what_is_to_be_done_are_planned() -> None:
    text = (
        "NOTULEN RAPAT\n\nTindak lanjut\n\nNo | Tindak lanjut | PIC | Batas waktu\n"
        "1 | Mengirim draf ke pihak Gumi | Bagian Kerja Sama | 31 Januari 2025\n"
        "2 | Seleksi sepuluh siswa SMK | Disdik | 14 Februari 2025\n"
    )
    assert modalities(text) == ["planned", "planned"]

"""Each field of cooperation, each cue of each language."""

import pytest

from kembar.intake.extract import document_of
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.sectors import CODES

FRAMES = {
    "id": "Kota itu dan mitranya sepakat untuk bekerja sama di bidang {} yang akan dikembangkan.",
    "en": "The city and its partner have agreed to cooperate in the field of {} with each other.",
    "de": "Die Stadt und ihre Partner haben eine Zusammenarbeit im Bereich {} vereinbart und sind froh.",
    "ko": "두 도시는 {} 분야에서 협력하기로 했다.",
    "zh": "两市将在{}领域开展合作。",
}


def strong_cues(language: str, code: str) -> list[str]:
    table = load("sectors", language)
    weak = set(table["weak"]["words"].split("|"))
    return [cue for cue in table["strong"][code].split("|") if cue not in weak]


def test_every_language_knows_every_field() -> None:
    assert [tuple(sorted(load("sectors", language)["strong"])) for language in FRAMES] == [tuple(sorted(CODES))] * 5


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", FRAMES)
def test_every_cue_names_its_field(language: str, code: str) -> None:
    cues = strong_cues(language, code)
    readings = [document_of(FRAMES[language].format(cue)) for cue in cues]
    silent = [
        cue for cue, read in zip(cues, readings, strict=True) if code not in {sector.code for sector in read.sectors}
    ]
    assert (len(cues) > 0, silent) == (True, [])


def test_one_weak_cue_is_no_field_and_two_are() -> None:
    alone = "Para tamu minum kopi di balai kota itu dan pulang dengan senang."
    both = "Kopi dan beras dari petani itu dibahas para tamu di balai kota dengan senang."
    assert [[sector.code for sector in document_of(text).sectors] for text in (alone, both)] == [[], ["agriculture"]]


def test_links_to_other_articles_name_no_field() -> None:
    text = "Kota itu bekerja sama dengan mitranya.\n\nBerita Terkait\nTips Kesehatan untuk Lansia\nBencana Banjir"
    assert document_of(text).sectors == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Duta Besar dan duta besar sebelumnya memuji kerja sama kedua kota itu."),
        ("en", "Of course the city council will agree to the plans of its partner, in due course."),
        ("ko", "두 도시는 협력 정책과 책임을 논의하고 대책을 세우기로 했다."),
        ("zh", "两市将推动合作发展，签署意向书，并由秘书长拓展全球伙伴。"),
    ],
)
def test_a_cue_inside_another_word_names_no_field(language: str, sentence: str) -> None:
    document = document_of(sentence)
    assert (document.language, [sector.code for sector in document.sectors]) == (language, [])


def test_a_cue_inside_a_name_names_no_field() -> None:
    passing = "Wali kota menerima Kepala Dinas Pendidikan dan tamu dari mitranya di balai kota itu dengan senang."
    spoken = "Wali kota dan tamu dari mitranya sepakat bahwa kerja sama di bidang pendidikan itu akan dimulai."
    assert [[sector.code for sector in document_of(text).sectors] for text in (passing, spoken)] == [[], ["education"]]


def test_a_report_on_a_match_names_no_field() -> None:
    text = "Laga itu imbang. Kiper dan gelandang mencetak gol di babak kedua, skor 2-1, kata wasit dan pelatih."
    assert document_of(text).sectors == []

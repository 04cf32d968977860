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
    weak = {word for tier in ("weak", "faint") for word in table.get(tier, {}).get("words", "").split("|")}
    return [cue for cue in table["strong"][code].split("|") if cue not in weak and not cue.startswith("*")]


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


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Kedua kota bekerja sama di bidang ekonomi, seni, dan riset.", ["culture", "trade_investment", "research"]),
        ("The mayors agreed to cooperate in the fields of trade, sports and science.",
         ["trade_investment", "sport", "research"]),
        ("두 도시는 경제·수소·연수 분야에서 협력하기로 했다.", ["green_economy", "vocational", "trade_investment"]),
        ("两市将在经济、足球、科技等领域开展合作。", ["trade_investment", "sport", "research"]),
    ],
)  # fmt: skip
def test_in_a_list_of_fields_a_weak_cue_is_enough(sentence: str, codes: list[str]) -> None:
    assert [sector.code for sector in document_of(sentence).sectors] == codes


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "id",
            "Kota itu dikenal sebagai penghasil beras, berpenduduk dua juta jiwa, dan memiliki petani serta nelayan.",
        ),
        ("en", "The city is known for its wine and has a population of two million residents, it said."),
        ("ko", "인구 20만 명가량이 사는 이 도시는 제조업과 농업이 이름나 있다."),
        ("zh", "该市位于沿海，人口两百万，以陶瓷闻名。"),
        ("zh", "市长向客人介绍了该市农业和医疗卫生的发展情况。"),
        ("zh", "代表团一行考察了市立医院和垃圾处理厂。"),
    ],
)
def test_what_a_city_is_known_for_is_no_field(language: str, sentence: str) -> None:
    document = document_of(sentence)
    assert (document.language, [sector.code for sector in document.sectors]) == (language, [])


def test_things_and_procedure_alone_are_no_field() -> None:
    text = "The council read the report of its officials and published the data on its website, staff said on Monday."
    assert document_of(text).sectors == []


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Pemkot mengirim dua belas pemagang dan menerima donor darah dari kota mitranya.", ["health", "vocational"]),
        ("The partner city will send fire engines and lend three puppeteers to the town next spring.",
         ["culture", "disaster_resilience"]),
        ("그 도시는 맹그로브와 양식장을 위해 전문가 두 명을 보내기로 했다.", ["agriculture", "green_economy"]),
        ("对方将派两名养蜂师傅，并送来一批消防车。", ["disaster_resilience"]),
    ],
)  # fmt: skip
def test_a_concrete_thing_names_its_field_as_its_name_does(sentence: str, codes: list[str]) -> None:
    assert [sector.code for sector in document_of(sentence).sectors] == codes


@pytest.mark.parametrize(
    "sentence",
    [
        "Penerbangan langsung tidak dibahas dalam kerja sama kedua kota itu, kata wali kota.",
        "A direct flight was not discussed by the partners, and the plan for a ferry link was dropped.",
        "두 도시의 협력에서 직항 노선은 논의되지 않았다.",
        "两市合作中没有讨论直航问题，暂不开通航线。",
    ],
)
def test_what_was_not_agreed_is_no_field(sentence: str) -> None:
    assert document_of(sentence).sectors == []


def test_a_field_in_the_name_of_a_body_is_passed_by() -> None:
    text = "Wali kota menerima tamu bersama Kepala Dinas Kebudayaan, Kepemudaan dan Olahraga di balai kota itu kemarin."
    assert document_of(text).sectors == []


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


def test_an_exchange_of_the_young_is_no_school_in_any_language() -> None:
    sentences = {"ko": "두 도시는 청소년 교류에 협력하기로 했다.", "zh": "两市将开展青少年交流合作。"}
    codes = {language: [one.code for one in document_of(text).sectors] for language, text in sentences.items()}
    assert codes == {"ko": ["youth"], "zh": ["youth"]}

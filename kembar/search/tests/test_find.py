"""What is found, in which order, and by whom: the same on both databases."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kembar.search import models, queries
from kembar.search.actions import Findable, forget, index, index_many
from kembar.search.models import Indexed

pytestmark = pytest.mark.django_db
OFFICE = 1

# Subject → title, other text. Words as they stand in papers of the cities.
RECORDS = {
    "a:1": ("Bandung – Suwon", "Perjanjian kota kembar 반둥시와 수원시의 자매결연 협정"),
    "a:2": ("스마트도시 협력 양해각서", "Kerja sama kota cerdas, menandatangani 2016"),
    "a:3": ("柳州市与万隆市友好城市备忘录", "文化 合作 与 城市 管理"),
    "a:4": ("川崎市 覚書", "カワサキ lingkungan hidup, mengelola sampah"),
    "a:5": ("Kerja sama pendidikan", "bekerjasama dengan universitas; 교육 협력; 教育合作"),
    "a:6": ("Braunschweig", "Partnerschaft seit 1960, Städtepartnerschaft, Büro"),
    "a:7": ("Anggaran", "sebesar Rp1.250.000.000 untuk kunjungan"),
}


def found(words: str, **more: object) -> list[str]:
    hits = queries.find(words, **{"office_ids": [OFFICE], "public_only": False, **more})
    return [hit.subject for hit in hits]


@pytest.fixture
def records() -> None:
    index_many(
        Findable(subject, "instrument", OFFICE, title, True, texts=(text,))
        for subject, (title, text) in RECORDS.items()
    )


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("협력", "a:2 a:5"),
        ("시", "a:2 a:1"),
        ("도시 협력", "a:2"),
        ("수원", "a:1"),
        ("스마트도시", "a:2"),
        ("자매결연 협정", "a:1"),
        ("合作", "a:5 a:3"),
        ("市", "a:4 a:3"),
        ("城市", "a:3"),
        ("備忘錄", "a:3"),
        ("备忘录", "a:3"),
        ("文化 合作", "a:3"),
        ("川崎", "a:4"),
        ("ｶﾜｻｷ", "a:4"),
        ("kota", "a:2 a:1"),
        ("kot", "a:2 a:1"),
        ("kota kem", "a:1"),
        ("kem kota", ""),
        ("kerja sama", "a:5 a:2"),
        ("KERJA-SAMA", "a:5 a:2"),
        ("janji", "a:1"),
        ("kelola", "a:4"),
        ("penandatanganan", "a:2"),
        ("tandatangan", "a:2"),
        ("pengelolaan", "a:4"),
        ("stadtepartnerschaft", "a:6"),
        ("Städte", "a:6"),
        ("buro", "a:6"),
        ("1960", "a:6"),
        ("19", "a:6"),
        ("1250000000", "a:7"),
        ("1.250.000.000", "a:7"),
        ("bandung 수원", "a:1"),
        ("bandung 万隆", ""),
        ("su", "a:1"),
        ("s", ""),
        ("tidak ada", ""),
    ],
)
def test_short_words_of_every_script_find_all_that_hold_them(words: str, expected: str) -> None:
    assert found(words) == expected.split()


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("subject", RECORDS)
def test_each_word_of_one_or_two_letters_in_a_record_finds_it(subject: str) -> None:
    title, text = RECORDS[subject]
    for run in f"{title} {text}".split():
        if not run.isascii():
            for width in (1, 2):
                for at in range(len(run) - width + 1):
                    word = run[at : at + width]
                    if word.isalpha() and not word.isascii() and ord(word[0]) > 0x3000:
                        assert subject in found(word), word


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    "words",
    [
        "", " ", "?!", "...", "—", "\u200b", "\u202e\u2066", "\x00", "\ufeff\u00ad", "''", '""', "\\", "*", "()", "&|!",
        ":*", "-", "^", "NEAR", "😀", "\ud800",
    ],
)  # fmt: skip
def test_nothing_to_look_for_finds_nothing(words: str) -> None:
    assert found(words) == []


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("suwon' OR 1=1 --", ""),
        ("'suwon'", "a:1"),
        ('"suwon"', "a:1"),
        ("suwon\\", "a:1"),
        ("suwon*", "a:1"),
        ("suwon:*", "a:1"),
        ("(suwon", "a:1"),
        ("suwon & | !", "a:1"),
        ("NOT suwon", ""),
        ("tokens:suwon", ""),
        ("{tokens} : suwon", ""),
        ("@o2 suwon", ""),
        ("@public", ""),
        ("#suwon", "a:1"),
        ("%s suwon", ""),
        ("su\u200bwon", "a:1"),
        ("\u202esuwon\u202c", "a:1"),
        ("ｓｕｗｏｎ", "a:1"),
        ("SUWŎN", "a:1"),
        ("su\x00won", ""),
    ],
)
def test_signs_and_invisible_characters_are_no_commands(words: str, expected: str) -> None:
    assert found(words) == expected.split()
    assert Indexed.objects.count() == len(RECORDS)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("words", ["suwon " * 2000, "도시" * 5000, "a b c d e f g h i j k l m n " * 500, "'\"" * 5000])
def test_ten_thousand_characters_are_answered(words: str) -> None:
    assert found(words) == (["a:1"] if words.startswith("suwon") else [])


def test_the_title_counts_more_and_the_whole_title_most() -> None:
    index("x:1", kind="event", office_id=OFFICE, title="Sungai dan kota", public=True)
    index("x:2", kind="event", office_id=OFFICE, title="Kota", public=True)
    index("x:3", kind="event", office_id=OFFICE, title="Kota kembar di Asia", public=True)
    index("x:4", kind="event", office_id=OFFICE, title="Lain", public=True, texts=["kota"])
    index("x:5", kind="event", office_id=OFFICE, title="Kota kembar", public=True)
    index("x:6", kind="event", office_id=OFFICE, title="Lain lagi", public=True, line="kota")
    assert found("kota") == ["x:2", "x:5", "x:3", "x:1", "x:6", "x:4"]
    assert found("kota", limit=3) == ["x:2", "x:5", "x:3"]
    assert found("kota", limit=0) == []


def test_of_many_matches_the_one_in_the_title_is_found_however_old(monkeypatch: pytest.MonkeyPatch) -> None:
    index("x:0", kind="event", office_id=OFFICE, title="Kota tua", public=True)
    index_many(Findable(f"y:{n}", "event", OFFICE, "Lain", True, texts=("kota",)) for n in range(600))
    hits = found("kota", limit=1000)
    assert (hits[0], hits[1], len(hits)) == ("x:0", "y:599", models.MOST_MATCHES + (1 if "y:100" in hits else 0))


@pytest.fixture
def three_offices() -> None:
    for office in (None, 1, 2, 3):
        for public in (True, False):
            index(f"{office}:{'public' if public else 'office'}", kind="note" if public else "person",
                  office_id=office, title="rahasia", public=public)  # fmt: skip


@pytest.mark.usefixtures("three_offices")
@pytest.mark.parametrize(
    ("office_ids", "public_only", "expected"),
    [
        ([1], False, {"1:public", "1:office", "None:public", "None:office"}),
        ([1], True, {"1:public", "None:public"}),
        ([1, 2], True, {"1:public", "2:public", "None:public"}),
        ([], True, {"None:public"}),
        (None, True, {"1:public", "2:public", "3:public", "None:public"}),
        (list(range(2, 400)), True, {"2:public", "3:public", "None:public"}),
    ],
)
def test_nobody_finds_what_they_may_not_see(
    office_ids: list[int] | None, public_only: bool, expected: set[str]
) -> None:
    assert set(found("rahasia", office_ids=office_ids, public_only=public_only)) == expected


def test_what_offices_keep_to_themselves_is_not_asked_of_all_offices() -> None:
    with pytest.raises(ValueError, match="named offices only"):
        found("rahasia", office_ids=None)


@pytest.mark.usefixtures("three_offices")
def test_the_columns_refuse_even_when_the_index_errs() -> None:
    """As after a restored backup whose index is of another day."""
    Indexed.objects.filter(subject="2:office").update(office_id=1, visibility="public")
    Indexed.objects.filter(subject="1:public").update(visibility="office")
    assert set(found("rahasia", office_ids=[1], public_only=True)) == {"None:public"}
    assert set(found("rahasia", office_ids=[2], public_only=False)) == {"2:public", "None:public", "None:office"}


@pytest.mark.usefixtures("three_offices")
def test_kinds_narrow_what_is_found() -> None:
    assert set(found("rahasia", kinds=["person"])) == {"1:office", "None:office"}
    assert found("rahasia", kinds=["story"]) == []
    with pytest.raises(ValueError, match="is no kind"):
        found("rahasia", kinds=["a' OR 'b"])


def test_a_record_is_found_as_it_is_now() -> None:
    index("x:1", kind="event", office_id=OFFICE, title="Kunjungan ke Daegu", public=True, line="2019", about="p:1")
    index("x:1", kind="visit", office_id=OFFICE, title="Kunjungan ke Toyota", public=False)
    assert (found("daegu"), found("2019"), found("toyota"), found("toyota", public_only=True)) == ([], [], ["x:1"], [])
    (hit,) = queries.find("toyota", office_ids=[OFFICE], public_only=False)
    assert (hit.kind, hit.title, hit.line, hit.about, hit.public, hit.office_id) == (
        "visit", "Kunjungan ke Toyota", "", "", False, OFFICE,
    )  # fmt: skip
    forget("x:1")
    assert found("toyota") == []
    forget("x:1")


def test_of_two_records_with_one_name_the_last_counts() -> None:
    index_many([Findable("x:1", "event", OFFICE, "satu", True), Findable("x:1", "event", OFFICE, "dua", True)])
    assert (found("satu"), found("dua")) == ([], ["x:1"])


def test_a_title_with_what_nobody_sees_is_kept_clean_and_short() -> None:
    index("x:1", kind="event", office_id=OFFICE, title="\u202eKo\x00ta\u200b\ud800 <b>" + "x" * 1000, public=True)
    (hit,) = queries.find("kota", office_ids=[OFFICE], public_only=False)
    assert hit.title == ("Kota <b>" + "x" * 1000)[:300]


def test_a_question_costs_two_queries_whatever_is_found() -> None:
    counts = []
    for number in (1, 30):
        index_many(Findable(f"x:{n}", "event", OFFICE, "Kota", True) for n in range(number))
        with CaptureQueriesContext(connection) as run:
            found("kota kembar merdeka")
            found("kota", limit=100)
        counts.append(len(run))
    assert counts == [4, 4]


def test_a_huge_record_is_found_by_its_beginning() -> None:
    index("x:1", kind="event", office_id=OFFICE, title="Risalah", public=True,
          texts=["pembukaan " + " ".join(f"kata{n:x} 협{chr(0xAC00 + n % 9000)}" for n in range(200_000))])  # fmt: skip
    assert found("pembukaan risalah") == ["x:1"]


@pytest.mark.django_db(transaction=True)
def test_the_index_can_be_unmade_and_made_again() -> None:
    call_command("migrate", "search", "zero", verbosity=0)
    call_command("migrate", "search", verbosity=0)
    index("x:1", kind="event", office_id=OFFICE, title="Kota", public=True)
    assert found("kota") == ["x:1"]

"""Which tokens a text gives, and what a question asks for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.search import tokens
from kembar.search.tokens import Part, Plan, question, words

# Numbers written in letters: words that nobody has written before.
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kota Kembar", ["kota", "kembar"]),
        ("perjanjian", ["perjanjian", "janji"]),
        ("mengelola", ["mengelola", "elola", "kelola"]),
        ("mengakhiri", ["mengakhiri", "akhir", "kakhir"]),
        ("menandatangani", ["menandatangani", "andatangan", "tandatangan"]),
        ("memantau", ["memantau", "pantau"]),
        ("Sister-City / MoU", ["sister", "city", "mou"]),
        ("협력", ["협", "력", "협력"]),
        ("도시 협력", ["도", "시", "도시", "협", "력", "협력"]),
        ("合作備忘錄", ["合", "作", "备", "忘", "录", "合作", "作备", "备忘", "忘录"]),
        ("カワサキ", ["カ", "ワ", "サ", "キ", "カワ", "ワサ", "サキ"]),
        ("ｶﾜ", ["カ", "ワ", "カワ"]),
        ("２０２６年", ["2026", "年"]),
        ("No. 25/2020", ["no", "25", "2020"]),
        ("Rp1.250.000", ["rp", "1250000"]),
        ("1.250.000 jiwa", ["1250000", "jiwa"]),
        ("1,250,000 people", ["1250000", "people", "ople"]),
        ("Suwŏn Çanakkale ØRESUND", ["suwon", "canakkale", "oresund"]),
        ("Covid19 A4", ["covid", "19", "a", "4"]),
        ("Jum'at", ["jumat"]),
        ("Москва", ["москва"]),
        ("", []),
        (" \t\n.,;!?…—「」", []),
        ("\u200b\u202e\ufeff", []),
        ("ko\u200bta", ["kota"]),
        ("\u202ekota\u202c", ["kota"]),
        ("\ud800kota", ["kota"]),
        ("a\x00b", ["a", "b"]),
        ("@public #kota kind:x", ["public", "kota", "kind", "x"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_a_text_gives_these_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("one", ["乾", "著", "後", "藉", "於"])
def test_a_character_is_simplified_alike_wherever_it_stands(one: str) -> None:
    assert words(one)[0] == words(f"康{one}隆")[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kota", [Part(("kota",), "kota")]),
        ("kota kem", [Part(("kota",)), Part(("kem",), "kem")]),
        ("perjanjian kota", [Part(("perjanjian", "janji")), Part(("kota",), "kota")]),
        ("k", [Part(("k",))]),
        ("협", [Part(("협",))]),
        ("스마트도시", [Part(("스마",)), Part(("마트",)), Part(("트도",)), Part(("도시",))]),
        ("備忘", [Part(("备忘",))]),
        ("kota 협력", [Part(("kota",)), Part(("협력",))]),
        ("kota kota", [Part(("kota",)), Part(("kota",), "kota")]),
        ("?!", []),
        ("", []),
        ("\u200b\u200f", []),
    ],
)
def test_a_question_asks_for_these_parts(text: str, expected: list[Part]) -> None:
    assert question(text) == expected


@pytest.mark.parametrize("text", ["kota kembar " * 1000, "도시협력" * 3000, "a" * 10_000, "\u202e" * 10_000 + "kota"])
def test_a_question_of_ten_thousand_characters_asks_for_few_and_short_parts(text: str) -> None:
    parts = question(text)
    assert len(parts) <= tokens.MOST_PARTS
    assert all(len(token) <= tokens.LONGEST_WORD for part in parts for token in part.tokens)


def test_a_huge_text_gives_no_more_than_an_index_takes() -> None:
    text = " ".join("kata" + f"{number:06x}".translate(LETTERS) for number in range(300_000))
    kept = tokens.of_record(marks=["@o1"], title="Judul", texts=[text])
    assert len(kept.encode()) <= tokens.MOST_BYTES
    assert kept.split(" ")[:4] == ["@o1", "#judul", "judul", "kataaaaaaa"]


def test_the_tokens_of_a_record_are_parted_by_single_spaces() -> None:
    assert tokens.of_record(marks=["@o1", "@public"], title="Kota  Kembar", texts=["", "kota", "협력"]) == (
        "@o1 @public #kota #kembar kota kembar 협 력 협력"
    )
    assert tokens.of_record(marks=[], title="", texts=[]) == ""


@pytest.mark.parametrize("kind", ["", "Kind", "a b", "a'b", "x" * 31, "협력", "a-b"])
def test_a_kind_is_a_plain_word(kind: str) -> None:
    with pytest.raises(ValueError, match="is no kind"):
        tokens.kind_token(kind)


def test_what_is_asked_is_quoted_for_each_database() -> None:
    plan = Plan((Part(("kota", "it's")), Part(('a"b\\',), "be")))
    assert plan.fts5() == '("kota" OR "it\'s") AND ("a""b\\" OR "be"*)'
    assert plan.tsquery() == "('kota' | 'it''s') & ('a\"b\\\\' | 'be':*)"


@given(st.text(alphabet=st.characters(exclude_categories=["Cn"]), max_size=200))
def test_a_token_holds_only_letters_and_digits(text: str) -> None:
    for token in words(text):
        assert all(unicodedata.category(char)[0] in "LN" for char in token)
        assert len(token) <= tokens.LONGEST_WORD
    assert len(question(text)) <= tokens.MOST_PARTS


@given(st.text(alphabet="kotambdgр협력도시合作備忘カナ 12.,-'", max_size=60), st.data())
def test_what_is_asked_with_words_of_a_text_is_in_the_text(text: str, data: st.DataObject) -> None:
    """Full recall: whichever whole words are taken out of a text, the text holds all that they ask for."""
    pieces = text.split()
    chosen = data.draw(st.lists(st.sampled_from(pieces), max_size=4)) if pieces else []
    held = set(words(text))
    for part in question(" ".join(chosen)):
        assert held & set(part.tokens)

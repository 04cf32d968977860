"""The glossary: which terms stand in a text, the longest first, in four scripts; terms of an office's own."""

import pytest

from kembar.access.permissions import NotAllowed
from kembar.journal.models import Entry
from kembar.languages.actions import LONGEST_TERM, ChangedMeanwhile, WrongTerm, add_term, change_term, remove_term
from kembar.languages.glossary import LANGUAGES, Term, mark_of, occurring, shipped, spelled, words_of
from kembar.languages.queries import NoSuchTerm, own_term, terms
from tests.personas import dewi, jihoon, pak_hadi


def said(text: str, language: str, into: str = "en") -> list[tuple[str, str]]:
    return [(found.said, found.words[0].text) for found in occurring(text, shipped(), language=language, into=into)]


def test_every_term_that_comes_with_kembar_has_a_word_in_each_language_and_a_name_of_its_own() -> None:
    assert [term.code for term in shipped() if set(term.words) != set(LANGUAGES)] == []
    assert len({term.code for term in shipped()}) == len(shipped()) == 58


@pytest.mark.parametrize(
    ("text", "language", "into", "found"),
    [
        ("Rencana kerja sama kota kembar", "id", "en", [("Rencana kerja sama", "cooperation plan"),
                                                        ("kota kembar", "sister city")]),
        ("penandatanganannya oleh wali kota", "id", "ko", [("penandatanganannya", "체결"), ("wali kota", "시장")]),
        ("wakil wali kota", "id", "zh-hans", [("wakil wali kota", "副市长")]),
        ("mengirim 20 pelajar", "id", "ko", [("pelajar", "학생")]),
        ("Both sister cities sign a letter of  intent.", "en", "id", [
            ("sister cities", "kota kembar"), ("letter of  intent", "Pernyataan Kehendak Kerja Sama")]),
        ("두 시는 교류협력의향서를 체결했다", "ko", "id", [
            ("교류협력의향서", "Pernyataan Kehendak Kerja Sama"), ("체결", "penandatanganan")]),
        ("자매도시와 자매결연을 맺다", "ko", "en", [("자매도시", "sister city")]),
        ("副市长率代表团来访友好城市", "zh-hans", "en", [
            ("副市长", "deputy mayor"), ("代表团", "delegation"), ("来访", "inbound visit"),
            ("友好城市", "sister city")]),
        ("友好交流城市", "zh-hans", "en", [("友好交流城市", "friendship city")]),
    ],
)  # fmt: skip
def test_the_longest_term_at_a_place_counts_and_each_stands_once(
    text: str, language: str, into: str, found: list[tuple[str, str]]
) -> None:
    assert said(text, language, into) == found


@pytest.mark.parametrize(
    ("text", "language"), [("memitrakan separuh parafrasa", "id"), ("grantee, extensional", "en"), ("", "ko")]
)
def test_a_part_of_a_longer_word_is_no_term(text: str, language: str) -> None:
    assert said(text, language, "zh-hans") == []


def test_signs_of_patterns_in_a_term_are_letters() -> None:
    odd = Term("own", {"id": words_of("a.b (c)*"), "en": words_of("x")}, own=1)
    assert [found.said for found in occurring("aXb a.b (c)*", [odd], language="id", into="en")] == ["a.b (c)*"]


def test_a_mark_says_which_words_a_native_speaker_has_yet_to_confirm() -> None:
    assert [(word.text, word.sure) for word in words_of("중소기업 / ?소상공인 / ")] == [
        ("중소기업", True),
        ("소상공인", False),
    ]


@pytest.mark.django_db
def test_a_term_of_the_office_stands_before_those_that_come_with_kembar_and_in_no_other_office() -> None:
    add_term({"id": "temu dagang", "ko": " 무역  상담회 "}, by=dewi(office_id=7), office_id=7, note="seperti 2023")
    first = occurring("temu dagang", terms(7), language="id", into="ko")[0]
    assert ([word.text for word in first.words], first.term.note) == (["무역 상담회"], "seperti 2023")
    assert [found.term.own for found in occurring("temu dagang", terms(8), language="id", into="ko")] == [0]
    with pytest.raises(NoSuchTerm):
        own_term(first.term.own, office_id=8)


@pytest.mark.django_db
def test_what_is_no_term_is_refused_with_the_reason() -> None:
    by = dewi(office_id=7)
    add_term({"id": "a", "en": "b"}, by=by, office_id=7)
    wrong = (
        ({"id": "a"}, "", "alone"), ({"id": "a", "en": " / "}, "", "alone"), ({"id": "a", "en": "b"}, "", "known"),
        ({"id": "a" * (LONGEST_TERM + 1), "en": "b"}, "", "id"), ({"id": "x", "en": "y"}, "n" * 201, "note"),
    )  # fmt: skip
    for words, note, reason in wrong:
        with pytest.raises(WrongTerm) as caught:
            add_term(words, by=by, office_id=7, note=note)
        assert caught.value.reason == reason
    for who in (pak_hadi(office_id=7), jihoon(office_id=8)):
        with pytest.raises(NotAllowed):
            add_term({"id": "x", "en": "y"}, by=who, office_id=7)


@pytest.mark.django_db
def test_a_term_reads_otherwise_from_now_on_and_the_journal_keeps_how_it_read() -> None:
    by = dewi(office_id=7)
    add_term({"id": "c", "en": "d"}, by=by, office_id=7)
    row = add_term({"id": "a", "en": "b"}, by=by, office_id=7, note="n")
    term = own_term(row.pk, office_id=7)
    same = {"id": "a", "en": "b"}
    assert change_term(term, by=by, office_id=7, words=same, note="n", seen=mark_of(term)) is False
    assert change_term(term, by=by, office_id=7, words=same | {"ko": "?가"}, note="", seen=mark_of(term)) is True
    changed = own_term(row.pk, office_id=7)
    assert ({code: spelled(words) for code, words in changed.words.items()}, changed.note) == (
        {"id": "a", "en": "b", "ko": "?가"}, "",
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        change_term(term, by=by, office_id=7, words={"id": "x", "en": "y"}, seen=mark_of(term))
    assert meanwhile.value.current == "a = b = ?가"
    with pytest.raises(WrongTerm, match="known"):
        change_term(changed, by=by, office_id=7, words={"id": "c", "en": "d"}, seen=mark_of(changed))
    with pytest.raises(NotAllowed):
        change_term(changed, by=jihoon(office_id=8), office_id=7, words=same, seen=mark_of(changed))
    with pytest.raises(NoSuchTerm):
        change_term(changed, by=dewi(office_id=8), office_id=8, words=same, seen=mark_of(changed))
    assert Entry.objects.get(verb="term.changed").facts == {
        "words": "a = b = ?가", "note": "", "before": "a = b", "note_before": "n",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_removed_term_stays_in_the_journal() -> None:
    by = dewi(office_id=7)
    row = add_term({"id": "a", "en": "b"}, by=by, office_id=7)
    term = own_term(row.pk, office_id=7)
    assert [remove_term(term, by=by, office_id=7), remove_term(term, by=by, office_id=7)] == [True, False]
    assert list(Entry.objects.order_by("id").values_list("verb", "facts__words")) == [
        ("term.added", "a = b"), ("term.removed", "a = b"),
    ]  # fmt: skip

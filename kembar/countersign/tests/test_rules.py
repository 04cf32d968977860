"""What counts in a content, what changed word by word, and in which language somebody is written to."""

import hashlib

import pytest

from kembar.countersign.rules import (
    Content,
    Line,
    Piece,
    as_plain,
    canonical,
    changes,
    digits,
    fingerprint,
    from_plain,
    language_of,
    word_by_word,
)


def line(code: str = "what", own: str = "mengirim 20 pelajar", theirs: str = "학생 20명 파견", **more: str) -> Line:
    return Line(code, {"id": "Janji", "ko": "약속"}, {"id": own, "ko": theirs}, **more)


def content(*lines: Line) -> Content:
    return Content("commitment:7", ("id", "ko"), lines or (line(),))


def test_the_canonical_form_holds_the_words_of_both_languages_and_nothing_else() -> None:
    assert canonical(content()) == (
        '{"languages":["id","ko"],"lines":[["what",{"id":"mengirim 20 pelajar","ko":"학생 20명 파견"}]],'
        '"subject":"commitment:7"}'
    )
    assert fingerprint(content()) == hashlib.sha256(canonical(content()).encode()).hexdigest()


def test_what_is_read_back_from_the_table_has_the_same_fingerprint() -> None:
    kept = from_plain(as_plain(content(line(), line("due", "2026", "2026년", meaning="2026"))))
    assert fingerprint(kept) == fingerprint(content(line(), line("due", "2026", "2026년", meaning="2026")))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (content(line(own=" mengirim 20 pelajar\u200b ")), True),
        (content(line(own="mengirim 21 pelajar")), False),
        (content(line(theirs="학생 21명 파견")), False),
        (Content("commitment:8", ("id", "ko"), (line(),)), False),
        (Content("commitment:7", ("id", "en"), (line(),)), False),
        (content(line(), line("to")), False),
    ],
)
def test_every_visible_difference_in_either_language_is_another_fingerprint(other: Content, same: bool) -> None:
    assert (fingerprint(other) == fingerprint(content())) is same


def test_a_date_in_other_words_is_the_same_date() -> None:
    first, other = (content(line("due", words, words, meaning="2026-05")) for words in ("Mei 2026", "bulan Mei 2026"))
    assert fingerprint(first) == fingerprint(other)
    assert changes(first, other) == []


def test_what_changed_is_told_word_by_word_in_each_language_in_which_it_did() -> None:
    [change] = changes(content(), content(line(own="mengirim 30 pelajar")))
    assert (change.code, list(change.pieces)) == ("what", ["id"])
    assert change.pieces["id"] == [
        Piece("same", "mengirim "), Piece("gone", "20"), Piece("new", "30"), Piece("same", " pelajar"),
    ]  # fmt: skip


def test_a_line_that_came_and_a_line_that_went_are_changes_too() -> None:
    with_due = content(line(), line("due", "2026", "2026년"))
    assert [(change.code, change.pieces["id"]) for change in changes(content(), with_due)] == [
        ("due", [Piece("new", "2026")])
    ]
    assert [(change.code, change.pieces["id"]) for change in changes(with_due, content())] == [
        ("due", [Piece("gone", "2026")])
    ]


def test_chinese_is_compared_by_character_and_korean_by_word() -> None:
    assert word_by_word("派遣20名学生", "派遣30名学生") == [
        Piece("same", "派遣"), Piece("gone", "20"), Piece("new", "30"), Piece("same", "名学生"),
    ]  # fmt: skip
    assert word_by_word("학생 20명 파견", "학생 30명 파견") == [
        Piece("same", "학생 "), Piece("gone", "20명"), Piece("new", "30명"), Piece("same", " 파견"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("country", "written", "code"),
    [
        ("KR", "", "ko"), ("CN", "", "zh-hans"), ("ID", "", "id"), ("DE", "", "en"), ("JP", "日本語", "en"),
        ("KR", "English", "en"), ("DE", "Bahasa Indonesia", "id"), ("US", "ko-KR", "ko"), ("US", "한국어", "ko"),
        ("US", "简体中文", "zh-hans"), ("US", "zh-Hans", "zh-hans"), ("CN", "inggris", "en"), ("KR", "Deutsch", "ko"),
    ],
)  # fmt: skip
def test_somebody_is_written_to_in_the_language_noted_else_in_that_of_the_country(
    country: str, written: str, code: str
) -> None:
    assert language_of(country, written=written) == code


@pytest.mark.parametrize(("typed", "read"), [("123456", "123456"), (" 123 456 ", "123456"), ("१२३४५६", "123456")])
def test_a_code_is_read_as_people_copy_it(typed: str, read: str) -> None:
    assert digits(typed) == read

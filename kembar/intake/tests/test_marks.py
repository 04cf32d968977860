"""The marks over a text: put together they are the text again, and no mark crosses another."""

from hypothesis import given
from hypothesis import strategies as st

from kembar.intake.marks import Mark, pieces

SPANS = st.tuples(st.integers(-3, 60), st.integers(-3, 60), st.sampled_from(["city", "date", "commitment"]))


@given(
    st.text(max_size=50), st.lists(SPANS, max_size=12), st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)))
)
def test_the_pieces_are_the_text_whatever_overlaps(
    body: str, spans: list[tuple[int, int, str]], grey: list[tuple[int, int]]
) -> None:
    marks = [Mark(start, end, kind, number) for number, (start, end, kind) in enumerate(spans, start=1)]
    assert "".join(piece.text for piece in pieces(body, marks, grey)) == body


def test_a_mark_inside_another_leads_to_the_narrower_draft() -> None:
    found = pieces("Bandung akan ke Nanning.", [Mark(0, 24, "commitment", 1), Mark(16, 23, "city", 2)], [])
    assert [(piece.text, piece.draft, piece.classes, piece.begins) for piece in found] == [
        ("Bandung akan ke ", 1, "m-commitment", (1,)),
        ("Nanning", 2, "m-city m-commitment", (2,)),
        (".", 1, "m-commitment", ()),
    ]


def test_marks_that_cross_are_cut_at_both_ends() -> None:
    found = pieces("abcdef", [Mark(0, 4, "date", 1), Mark(2, 6, "city", 2)], [])
    assert [(piece.text, piece.kinds) for piece in found] == [
        ("ab", ("date",)),
        ("cd", ("date", "city")),
        ("ef", ("city",)),
    ]


def test_adverts_are_greyed_also_inside_a_mark() -> None:
    found = pieces("Baca juga: Nanning", [Mark(11, 18, "city", 3)], [(0, 18)])
    assert [(piece.text, piece.classes) for piece in found] == [("Baca juga: ", "grey"), ("Nanning", "m-city grey")]


def test_a_mark_beyond_the_text_is_passed_over() -> None:
    assert [piece.text for piece in pieces("abc", [Mark(2, 9, "city", 1)], [(1, 99)])] == ["a", "bc"]


def test_only_the_first_mention_of_a_draft_is_an_anchor() -> None:
    found = pieces("Nanning, Nanning", [Mark(0, 7, "city", 5), Mark(9, 16, "city", 5, is_first=False)], [])
    assert [piece.begins for piece in found] == [(5,), (), ()]

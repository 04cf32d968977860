"""Lists whose state stands in the address."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from kembar.web.lists import Choice, Filter, Listing, ListPage, Sort, clean_search, shown
from kembar.web.page import Unclear

OFFER = ListPage(
    filters=[
        Filter("country", "Country", [Choice("KR", "South Korea"), Choice("JP", "Japan")]),
        Filter("state", "State", [Choice("in_force", "In force")]),
    ],
    sorts=[Sort("name", "Name"), Sort("since", "Since")],
    default_sort="name",
    extra=["on"],
    size=2,
)


def listing(query: str) -> Listing:
    return OFFER.read(QueryDict(query), path="/list/")


def test_the_state_of_the_address_is_read() -> None:
    state = listing("q=%EB%8C%80%EA%B5%AC&country=KR&on=2025-03-26&sort=-since&page=3")
    assert (state.search, state.chosen, state.extra, state.sort, state.number) == (
        "대구",
        {"country": "KR"},
        {"on": "2025-03-26"},
        "-since",
        3,
    )


def test_links_change_one_part_and_keep_the_rest_but_start_at_the_first_page() -> None:
    state = listing("q=a&country=KR&on=2025-03-26&page=2")
    assert state.with_filter("country", "") == "/list/?on=2025-03-26&q=a"
    assert state.with_filter("state", "in_force") == "/list/?on=2025-03-26&q=a&country=KR&state=in_force"
    assert state.with_extra("on", "") == "/list/?q=a&country=KR"
    assert state.at_page(3) == "/list/?on=2025-03-26&q=a&country=KR&page=3"
    assert state.at_page(1) == state.first_page == "/list/?on=2025-03-26&q=a&country=KR"
    assert state.clear_href == "/list/?on=2025-03-26"


def test_the_column_in_use_turns_round() -> None:
    links = listing("").sort_links
    assert (links["name"].href, links["name"].state) == ("/list/?sort=-name", "ascending")
    assert (links["since"].href, links["since"].state) == ("/list/?sort=since", "none")
    assert listing("sort=-name").sort_links["name"].href == "/list/"


def test_chips_name_what_narrows_the_list() -> None:
    assert [(chip.text, chip.href) for chip in listing("q=a&country=JP").chips] == [
        ("“a”", "/list/?country=JP"),
        ("Country: Japan", "/list/?q=a"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "country=XX",
        "country=kr",
        "colour=red",
        "country=KR&country=JP",
        "sort=colour",
        "page=0",
        "page=-1",
        "page=two",
        "page=٢",
        "page=1000000",
        "q=" + "a" * 201,
        "q=" + "a" * 10_000,
    ],
)
def test_what_the_list_does_not_know_is_answered_in_words(query: str) -> None:
    with pytest.raises(Unclear):
        listing(query)


def test_what_links_from_elsewhere_carry_along_is_ignored() -> None:
    assert listing("utm_source=wa&fbclid=x&country=KR").href == "/list/?country=KR"


def test_an_empty_choice_is_no_choice() -> None:
    assert listing("country=&q=&sort=&page=").narrowed is False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Tiongkok  \n kota ", "Tiongkok kota"),
        ("Nan\u200bning", "Nanning"),
        ("\u202egninnaN", "gninnaN"),
        ("Ｂａｎｄｕｎｇ", "Bandung"),
        ("\ud55c", "한"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\x00b", "ab"),
    ],
)
def test_searches_are_read_as_meant(typed: str, meant: str) -> None:
    assert clean_search(typed) == meant


def test_what_was_typed_is_repeated_safely() -> None:
    assert shown("a\u202eb\x07" + "c" * 100, longest=5) == "a�b�c…"


def test_pages_tell_what_follows_without_a_count() -> None:
    first, second = listing(""), listing("page=2")
    rows = ["a", "b", "c"]
    page = first.page(rows[first.bounds])
    assert (page.items, page.has_next, page.previous_href, page.next_href) == (["a", "b"], True, "", "/list/?page=2")
    page = second.page(rows[second.bounds])
    assert (page.items, page.has_next, page.previous_href, page.next_href) == (["c"], False, "/list/", "")


def test_a_page_beyond_the_end_is_answered_in_words_and_an_empty_list_is_a_page() -> None:
    with pytest.raises(Unclear):
        listing("page=3").cut(["a", "b", "c"])
    assert listing("").cut([]).items == []


def test_the_filter_bar_shows_the_state_and_sends_along_what_it_does_not_show() -> None:
    html = render_to_string("web/filters.html", {"listing": listing("q=%22%3E&country=JP&on=2025-03-26&sort=-since")})
    assert '<input type="hidden" name="on" value="2025-03-26"><input type="hidden" name="sort" value="-since">' in html
    assert 'value="&quot;&gt;"' in html
    assert '<option value="JP" selected>Japan</option>' in html

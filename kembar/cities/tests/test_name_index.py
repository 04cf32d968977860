from hypothesis import given
from hypothesis import strategies as st

from kembar.cities.name_index import NameIndex
from kembar.lib.text import normalise

NAMES = st.lists(st.lists(st.text("aAbé宁난 -", max_size=5), max_size=3), max_size=8)


@given(NAMES, st.text("ab宁난", min_size=1, max_size=3))
def test_it_answers_as_looking_at_every_name_would(names, wanted):
    index = NameIndex(enumerate(names))
    keys = [[normalise(name) for name in own] for own in names]
    assert index.exact(wanted) == [thing for thing, own in enumerate(keys) if wanted in own]
    assert index.prefix(wanted, limit=99) == [
        thing for thing, own in enumerate(keys) if any(key.startswith(wanted) for key in own)
    ]
    assert index.containing(wanted, limit=99) == [
        thing for thing, own in enumerate(keys) if any(wanted in key for key in own)
    ]


def test_things_given_first_come_first_and_no_more_than_asked():
    index = NameIndex([("large", ["Zan", "San Zan"]), ("small", ["San"]), ("least", ["Santa"])])
    assert index.prefix("san", limit=2) == ["large", "small"]
    assert index.containing("an", limit=2) == ["large", "small"]
    assert index.exact("san") == ["small"]


def test_an_index_of_nothing_finds_nothing():
    index: NameIndex[str] = NameIndex([("nameless", ["", " - "])])
    assert (len(index), index.exact("a"), index.prefix("a", limit=9), index.containing("a", limit=9)) == (0, [], [], [])
    assert index.containing("", limit=9) == []


def test_many_beginnings_and_few_are_answered_alike():
    index = NameIndex((number, [f"San {number}", f"Santa {number}"]) for number in range(2000))
    assert (index.prefix("san", limit=3), index.prefix("san 199", limit=3)) == ([0, 1, 2], [199, 1990, 1991])
    assert len(index.prefix("san", limit=5000)) == 2000

from datetime import UTC, datetime

import pytest

from kembar.access.permissions import SYSTEM
from kembar.cities import actions, queries
from kembar.cities.models import LocalGovernment, Office
from kembar.cities.queries import AmbiguousCity, UnknownCity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "country", "key"),
    [
        ("Bandung", "ID", "geonames:1650357"),
        ("Kabupaten Bandung", "ID", "ID:32.04"),
        ("Kota Bandung", None, "geonames:1650357"),
        ("Bangalore", "IN", "geonames:1277333"),
        ("Wroclaw", "PL", "geonames:3081368"),
        ("wrocław", None, "geonames:3081368"),
        ("Chandler", "US", "geonames:5289282"),
        ("Cuenca", "EC", "geonames:3658666"),
        ("Toyota", "JP", "geonames:1849814"),
        ("Kawasaki", "JP", "geonames:1859642"),
        ("Cebu", "PH", "geonames:1717512"),
        ("Namur", "BE", "geonames:2790471"),
        ("Melbourne", None, "geonames:2158177"),
        ("Kyoto", None, "geonames:1857910"),
        ("Kyoto\u200b", None, "geonames:1857910"),
        ("京都府", None, "JP:JP-26"),
        ("Solo", None, "geonames:1625812"),
        ("Jawa Barat", None, "ID:32"),
    ],
)
def test_a_name_finds_the_one_city_it_means(name, country, key):
    assert queries.find(name, country=country).key == key


def test_a_name_several_large_towns_share_is_not_decided_by_us():
    with pytest.raises(AmbiguousCity) as several:
        queries.find("Springfield", country="US")
    largest = several.value.candidates[:3]
    assert [(place.english_name, place.region) for place in largest] == [
        ("Springfield", "Missouri"),
        ("Springfield", "Massachusetts"),
        ("Springfield", "Illinois"),
    ]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Númenor", None),
        ("Bandung", "JP"),
        ("", None),
        ("\u202e\u200b", None),
        ("x" * 10_000, None),
        ("Bandung", "??"),
    ],
)
def test_a_name_that_no_city_has_is_unknown(name, country):
    with pytest.raises(UnknownCity) as unknown:
        queries.find(name, country=country)
    assert (unknown.value.name, unknown.value.country, type(unknown.value)) == (name, country, UnknownCity)


def test_the_same_name_comes_before_a_beginning_before_a_part():
    found = [place.english_name for place in queries.search("bari", country="IT", limit=100)]
    parts = [name for name in found if not name.startswith("Bari")]
    assert found[0] == "Bari"
    assert parts
    assert found.index("Barisciano" if "Barisciano" in found else "Bari") < found.index(parts[0])


def test_among_equally_good_answers_the_larger_city_comes_first():
    people = [place.population for place in queries.search("Cuenca", limit=3)]
    assert people == sorted(people, reverse=True)


@pytest.mark.parametrize("query", ["南宁", "난닝", "nanning", "NANNING", "Nan-ning", "南寧", "nann"])
def test_search_answers_in_any_script(query):
    assert "geonames:1799869" in [place.key for place in queries.search(query)]


def test_part_of_a_name_in_the_middle_is_found():
    assert queries.search("aunschwei")[0].english_name == "Braunschweig"


@pytest.mark.parametrize("query", ["", "   ", "\u200b\u202e", "-", "x" * 10_000, "南" * 10_000, "\x00", "%", "_", "\n"])
def test_a_query_that_is_no_name_is_answered_with_nothing(query):
    assert queries.search(query) == []


@pytest.mark.parametrize("limit", [1, 5, 50])
def test_search_gives_no_more_than_asked_and_each_place_once(limit):
    keys = [place.key for place in queries.search("san", limit=limit)]
    assert (len(keys), len(set(keys))) == (limit, limit)


def test_a_search_asks_the_tables_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.search("bandung")


def test_lists_show_names_with_the_same_number_of_queries(django_assert_num_queries):
    for name in ("Nanning", "Daegu", "Suwon"):
        actions.adopt(queries.find(name), by=SYSTEM)
    ids = list(LocalGovernment.objects.order_by("pk").values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(2):
            names = [city.name_in("ko") for city in queries.by_ids(some).values()]
        assert len(names) == len(some)


def test_kept_governments_are_found_by_part_of_a_name_in_any_script():
    nanning = actions.adopt(queries.find("Nanning"), by=SYSTEM)
    daegu = actions.adopt(queries.find("Daegu"), by=SYSTEM)
    assert [queries.ids_named(text) for text in ("南", "난닝", "NAN", "daeg", "")] == [
        [nanning.pk],
        [nanning.pk],
        [nanning.pk],
        [daegu.pk],
        [],
    ]


def test_the_day_at_the_office_is_that_of_its_city(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2025, 3, 24, 20, 0, tzinfo=UTC))
    days = [
        Office(slug=zone, local_government=LocalGovernment(time_zone=zone)).today().isoformat()
        for zone in ("Asia/Jakarta", "America/Chicago", "")
    ]
    assert days == ["2025-03-25", "2025-03-24", "2025-03-24"]

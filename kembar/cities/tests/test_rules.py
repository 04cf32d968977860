import pytest

from kembar.cities.rules import rank_of, stands_out


@pytest.mark.parametrize(
    ("level", "country", "rank"),
    [("city", "ID", 2), ("regency", "ID", 2), ("special_region", "ID", 1), ("prefecture", "JP", 1),
     ("town", "JP", 2), ("town", "CN", 3), ("county", "KR", 2), ("county", "CN", 3), ("", "DE", None)],
)  # fmt: skip
def test_a_level_has_its_rank_in_its_country(level, country, rank):
    assert rank_of(level, country=country) == rank


@pytest.mark.parametrize(
    ("people", "answer"),
    [([5], True), ([0], True), ([100, 10], True), ([100, 11], False), ([100, 0, 0], True), ([0, 0], False)],
)
def test_the_first_stands_out_with_ten_times_the_people(people, answer):
    assert stands_out(people) is answer

import pytest
from django.utils import translation

from kembar.cities import gazetteer
from kembar.cities.rules import LEVELS
from kembar.cities.states import Level, level_label


def test_every_level_has_a_rank_and_a_label():
    assert set(Level.values) == set(LEVELS)


def test_every_level_of_the_world_is_one_of_ours():
    assert {city.level for city in (*gazetteer.cities(), *gazetteer.regions())} - {""} <= set(Level.values)


@pytest.mark.parametrize(
    ("language", "label"), [("id", "kabupaten"), ("en", "regency"), ("ko", "군"), ("zh-hans", "县")]
)
def test_a_level_is_named_in_the_readers_language(language, label):
    with translation.override(language):
        assert (level_label("regency"), level_label("")) == (label, "")

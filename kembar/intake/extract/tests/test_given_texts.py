"""The texts given with their findings are read at least as well as when the rules were written."""

from datetime import date

import pytest

from bench import measure_reader
from kembar.intake.extract import read

FLOORS = {
    "cities": 0.98,
    "people": 0.93,
    "dates": 0.95,
    "money": 1.0,
    "sectors": 0.83,
    "agreements": 0.75,
    "commitments": 0.82,
}


@pytest.fixture(scope="module")
def figures() -> measure_reader.Figures:
    found = measure_reader.Figures()
    for _, _, gold, text in measure_reader.texts_of(None):
        published = date.fromisoformat(gold["published"]) if gold["published"] else None
        measure_reader.compare(found, gold, read(text, published=published).as_json())
    return found


@pytest.mark.parametrize("field", FLOORS)
def test_no_field_falls_below_its_floor(figures: measure_reader.Figures, field: str) -> None:
    reached = figures.tallies[field].f1
    assert reached is not None
    assert reached >= FLOORS[field]


def test_the_modality_of_a_promise_is_read(figures: measure_reader.Figures) -> None:
    reached = figures.modality.f1
    assert reached is not None
    assert reached >= 0.94

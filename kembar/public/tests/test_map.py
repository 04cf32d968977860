import re
from xml.etree import ElementTree

import pytest

from kembar.cities import gazetteer
from kembar.public import rebuild_land
from kembar.public.map import HEIGHT, WIDTH, project

SVG = "{http://www.w3.org/2000/svg}"
STEP = re.compile(r"-?(?:\d+\.\d+|\.\d+|\d+)")


def picture() -> ElementTree.Element:
    return ElementTree.fromstring(rebuild_land.PICTURE.read_text(encoding="ascii"))


def outlines() -> list[list[tuple[float, float]]]:
    """The rings of the picture, from its relative steps back to places."""
    found = []
    for ring in picture().find(f"{SVG}path").attrib["d"].split("z")[:-1]:
        start, steps = ring.removeprefix("M").split("l")
        x, y = map(float, start.split())
        numbers = list(map(float, STEP.findall(steps)))
        points = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def is_land(x: float, y: float) -> bool:
    inside = False
    for ring in outlines():
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("name", "country"),
    [("Bandung", "ID"), ("Braunschweig", "DE"), ("Fort Worth", "US"), ("Nanning", "CN"), ("Bangalore", "IN"),
     ("Namur", "BE"), ("Cuenca", "EC"), ("Wroclaw", "PL"), ("Chandler", "US"), ("Canberra", "AU")],
)  # fmt: skip
def test_an_inland_city_stands_on_land(name, country):
    city = gazetteer.named(name, country=country)[0]
    assert is_land(*project(city.latitude, city.longitude))


@pytest.mark.parametrize("place", [(0.0, -30.0), (-30.0, 80.0), (30.0, -150.0), (43.2, 33.0), (41.5, 51.0)])
def test_the_middle_of_a_sea_is_no_land(place):
    assert not is_land(*project(*place))


def test_no_coast_runs_across_the_picture():
    longest = max(
        abs(x1 - x2) for ring in outlines() for (x1, _), (x2, _) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    assert longest < WIDTH / 10


def test_every_city_of_the_world_is_on_the_picture():
    places = [project(city.latitude, city.longitude) for city in gazetteer.cities() if city.latitude is not None]
    assert [(x, y) for x, y in places if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT)] == []


def test_east_is_right_and_south_is_down():
    (bandung_x, bandung_y), (seoul_x, seoul_y) = project(-6.92, 107.61), project(37.57, 126.98)
    assert (bandung_x < seoul_x, bandung_y > seoul_y) == (True, True)
    assert project(10.0, 190.0) == project(10.0, -170.0)


def test_the_picture_has_the_size_places_are_reckoned_in():
    assert picture().attrib["viewBox"] == f"0 0 {WIDTH} {HEIGHT}"


def test_the_picture_asks_for_nothing_from_elsewhere():
    text = rebuild_land.PICTURE.read_text(encoding="ascii")
    assert (re.findall(r"href|url\(|<script|@import", text), len(text) < 16_000) == ([], True)


def test_fewer_points_keep_every_corner_that_can_be_seen():
    corner = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]
    assert rebuild_land.simplified(corner, 0.5) == [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert rebuild_land.simplified(corner, 0.05) == corner


def test_a_path_is_written_in_short_steps():
    assert rebuild_land.path_of([(1.0, 2.0), (1.5, 1.9), (11.5, 1.9)]) == "M1 2l.5-.1 10 0z"


def test_a_small_world_is_drawn_from_its_arcs():
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [20, 0], [0, 20]], [[0, 0], [0, 20], [20, 0]]],
        "objects": {"land": {"geometries": [{"arcs": [[[0, -2]]]}]}},
    }
    assert list(rebuild_land.rings(topology)) == [[(0, 0), (20, 0), (20, 20), (0, 20), (0, 0)]]
    path = ElementTree.fromstring(rebuild_land.build(topology)).find(f"{SVG}path").attrib["d"]
    assert path.count("M") == path.count("z") == 1

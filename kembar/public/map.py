"""Where a place stands on static/public/world.svg, the picture of the world's land (made by rebuild_land.py).

The projection is Natural Earth I (Tom Patterson; polynomial by Bojan Šavrič and others, 2011), turned so that its edge
runs through the Bering Strait and cuts no land, and cropped to where cities are.
"""

from math import pi, radians

WIDTH, HEIGHT = 1000, 436

_MIDDLE = 11.8  # degrees east: the edge is at 168.2° west, between the islands of both sides
# Half the width of the projected world on the unit sphere: x at the edge of the equator.
_HALF = 0.8707 * pi
_SCALE = WIDTH / 2 / _HALF
# The northern edge on the unit sphere; with HEIGHT, both Svalbard and Cape Horn are on the picture.
_TOP = 1.36


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to x and y in the view box, y downwards, one decimal. Also right for longitudes beyond ±180."""
    lam = radians((longitude - _MIDDLE + 180.0) % 360.0 - 180.0)
    phi = radians(latitude)
    two = phi * phi
    four = two * two
    x = lam * (0.8707 + two * (-0.131979 + two * (-0.013791 + four * (0.003971 - 0.001529 * two))))
    y = phi * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return round(WIDTH / 2 + _SCALE * x, 1), round(_SCALE * (_TOP - y), 1)

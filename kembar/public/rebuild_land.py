"""Rebuilds static/public/world.svg, land without borders: `python -m kembar.public.rebuild_land land-110m.json`.

The file named is land-110m.json of the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`): Natural Earth,
public domain. Antarctica is left out: no city governs there. Same input, same bytes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kembar.public.map import HEIGHT, WIDTH, project

PICTURE = Path(__file__).parent / "static" / "public" / "world.svg"
# The page cannot reach into a picture: it follows light and dark by itself, in the colours of the sheet's --land.
STYLE = "path{fill:#d9e0dc}@media(prefers-color-scheme:dark){path{fill:#2c3937}}"
Point = tuple[float, float]
# Units of the view box: a coast may be this far from the true one, an island smaller than this many square units goes.
TOLERANCE, SMALLEST = 0.9, 2.0


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Every ring of land as (longitude, latitude), taken from the arcs that rings share."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points: list[Point] = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    points += arc[1:] if points else arc
                yield points


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas–Peucker: the fewest of these points from which none of the others is farther than the tolerance."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, where = 0.0, 0
        for number in range(first + 1, last):
            distance = _distance(points[number], points[first], points[last])
            if distance > far:
                far, where = distance, number
        if far > tolerance:
            keep.add(where)
            spans += [(first, where), (where, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return float(((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5)


def area(points: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def path_of(points: list[Point]) -> str:
    """Relative steps in tenths kept exact, written as shortly as SVG allows."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    parts = [f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l"]
    steps = []
    for (x1, y1), (x2, y2) in zip(tenths, tenths[1:], strict=False):
        steps += [_tenth(x2 - x1), _tenth(y2 - y1)]
    for number, step in enumerate(steps):
        parts.append(step if number == 0 or step.startswith("-") else f" {step}")
    return "".join(parts) + "z"


def _tenth(value: int) -> str:
    """Tenths as SVG reads them: -3 is -.3, 20 is 2."""
    whole, rest = divmod(abs(value), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if value < 0 else text


def build(topology: dict[str, Any]) -> str:
    """The picture as SVG."""
    paths = []
    for ring in rings(topology):
        if min(latitude for _, latitude in ring) < -60:
            continue
        drawn = [project(latitude, longitude) for longitude, latitude in ring]
        half = len(drawn) // 2
        points = simplified(drawn[: half + 1], TOLERANCE)[:-1] + simplified(drawn[half:], TOLERANCE)[:-1]
        if len(points) > 2 and area(points) >= SMALLEST:
            paths.append(path_of(points))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<style>{STYLE}</style><path d="{"".join(paths)}"/></svg>\n'
    )


if __name__ == "__main__":
    picture = build(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(f"{PICTURE.write_text(picture, encoding='ascii')} bytes")  # noqa: T201

"""`python -m kembar.intake.extract FILE [--published DATE] [--format json|text]`, or a folder with `--out DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from kembar.intake.extract import read
from kembar.intake.extract.encoding import decoded
from kembar.intake.extract.reading import Reading


def reading_of(path: Path, published: date | None) -> tuple[str, Reading]:
    text, _ = decoded(path.read_bytes())
    return text, read(text, published=published)


def as_text(text: str, reading: Reading) -> str:
    """One line per finding, for people: kind, value, the words that show it."""
    lines = [f"language\t{reading.language}", *(f"note\t{note}" for note in reading.notes)]
    rows: list[tuple[str, str, int, int]] = []
    rows += [("city", f"{one.name}, {one.country}", one.start, one.end) for one in reading.cities]
    rows += [("person", one.name, one.start, one.end) for one in reading.people]
    rows += [("date", one.value, one.start, one.end) for one in reading.dates]
    rows += [("money", f"{one.amount:.2f} {one.currency}", one.start, one.end) for one in reading.money]
    rows += [("sector", one.code, one.start, one.end) for one in reading.sectors]
    rows += [("agreement", f"{one.kind} {one.status}: {', '.join(one.parties)}", one.start, one.end)
             for one in reading.agreements]  # fmt: skip
    rows += [("promise", f"{one.modality}: {one.actor or '?'}", one.start, one.end) for one in reading.commitments]
    rows += [("check", one.kind, one.start, one.end) for one in reading.checks]
    lines += [f"{kind}\t{value}\t{' '.join(text[start:end].split())}" for kind, value, start, end in rows]
    return "\n".join(lines)


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def main(arguments: list[str] | None = None) -> int:
    """0 when everything was read; 2 for a path that does not exist."""
    parser = argparse.ArgumentParser(prog="kembar read", description=__doc__)
    parser.add_argument("path", type=Path, help="a text file, or a folder of them")
    parser.add_argument("--published", type=_day, nargs="?", help="the day it was published, YYYY-MM-DD")
    parser.add_argument("--format", choices=("json", "text"), default="json")
    parser.add_argument("--out", type=Path, help="for a folder: where one JSON file per text goes")
    chosen = parser.parse_args(arguments)
    if not chosen.path.exists():
        parser.error(f"{chosen.path} does not exist")
    if chosen.path.is_dir():
        return _folder(chosen.path, chosen.out or Path(), chosen.published)
    text, reading = reading_of(chosen.path, chosen.published)
    answer = as_text(text, reading) if chosen.format == "text" else json.dumps(reading.as_json(), ensure_ascii=False)
    sys.stdout.write(answer + "\n")
    return 0


def _folder(folder: Path, out: Path, published: date | None) -> int:
    """Every .txt below `folder`, as a .json of the same path below `out`."""
    for path in sorted(folder.rglob("*.txt")):
        _, reading = reading_of(path, published)
        target = (out / path.relative_to(folder)).with_suffix(".json")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(reading.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

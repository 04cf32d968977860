"""`python -m kembar.intake.extract FILE [--published DATE] [--format json|text]`, or a folder with `--out`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from kembar.intake.extract import read


def _one(path: Path, published: date | None) -> dict[str, object]:
    return read(path.read_text(encoding="utf-8", errors="replace"), published=published).as_json()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kembar read", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--published", type=lambda value: date.fromisoformat(value) if value else None)
    parser.add_argument("--format", choices=("json", "text"), default="json")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(json.dumps(_one(chosen.path, chosen.published), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

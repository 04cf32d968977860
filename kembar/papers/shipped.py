"""The papers that come with the product."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kembar.papers.text import PaperText, read

DATA = Path(__file__).parent / "data"


@cache
def papers() -> Mapping[str, PaperText]:
    """Code → paper, in the order of the road (the files are numbered)."""
    found = [read(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("[0-9]*.toml"))]
    return {one.code: one for one in found}

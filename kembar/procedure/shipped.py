"""The templates that come with the product: files a lawyer reads, one version each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kembar.procedure.reading import read
from kembar.procedure.template import Template

DATA = Path(__file__).parent / "data"


@cache
def texts() -> Mapping[str, str]:
    """Key (id-ksdpl@1) → text of the file, those others build on first."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.toml"))}
    whole = {name: text for name, text in found.items() if "\nsteps_of" not in text}
    known: dict[str, Template] = {}
    kept: dict[str, str] = {}
    for text in [*whole.values(), *(text for name, text in found.items() if name not in whole)]:
        template = read(text, resolve=known.get)
        known[template.key] = template
        kept[template.key] = text
    return kept


@cache
def templates() -> Mapping[str, Template]:
    """Key → template, as the files are today."""
    known: dict[str, Template] = {}
    for key, text in texts().items():
        known[key] = read(text, resolve=known.get)
    return known

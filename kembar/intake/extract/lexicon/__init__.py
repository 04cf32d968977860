"""The words the rules look for: one folder per topic, one TOML file per language, no code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def load(topic: str, language: str) -> dict[str, Any]:
    """The file `topic/language.toml`; an empty table where there is none."""
    path = FOLDER / topic / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def languages(topic: str) -> tuple[str, ...]:
    """The languages that have a file for this topic, sorted."""
    return tuple(sorted(path.stem for path in (FOLDER / topic).glob("*.toml")))


@cache
def load_all(topic: str) -> dict[str, dict[str, Any]]:
    return {language: load(topic, language) for language in languages(topic)}

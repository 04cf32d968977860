"""The text cut into pieces for showing: every place where a finding begins or ends is a cut, so marks never cross."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that a finding covers. `draft` is 0 for what nobody decides on, such as a country."""

    start: int
    end: int
    kind: str
    draft: int = 0
    is_first: bool = True
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with the same marks. `draft` is the narrowest finding here; `begins`: anchors to set."""

    text: str
    kinds: tuple[str, ...]
    draft: int
    begins: tuple[int, ...]
    is_grey: bool
    is_question: bool

    @property
    def classes(self) -> str:
        """How the style sheet calls it; empty for plain text."""
        names = [f"m-{kind}" for kind in self.kinds]
        names += ["grey"] * self.is_grey + ["asks"] * self.is_question
        return " ".join(names)


def pieces(body: str, marks: Iterable[Mark], grey: Iterable[tuple[int, int]]) -> list[Piece]:
    """Pieces that put together give `body` again, character for character. Marks outside of it are passed over."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(body)]
    greyed = [(max(0, start), min(end, len(body))) for start, end in grey if start < min(end, len(body))]
    cuts = {0, len(body)}
    cuts.update(place for mark in inside for place in (mark.start, mark.end))
    cuts.update(place for span in greyed for place in span)
    places = sorted(cuts)
    beginning: dict[int, list[Mark]] = {}
    for mark in inside:
        beginning.setdefault(mark.start, []).append(mark)
    found: list[Piece] = []
    running: list[Mark] = []
    for start, end in zip(places, places[1:], strict=False):
        running = [mark for mark in running if mark.end > start] + beginning.get(start, [])
        is_grey = any(first <= start < last for first, last in greyed)
        found.append(_piece(body[start:end], running, beginning.get(start, []), is_grey))
    return found


def _piece(text: str, marks: Sequence[Mark], begin: Sequence[Mark], is_grey: bool) -> Piece:
    shown = [] if not text.strip() else sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start))
    anchors = tuple(mark.draft for mark in begin if mark.draft and mark.is_first)
    return Piece(
        text=text,
        kinds=tuple(dict.fromkeys(mark.kind for mark in shown)),
        draft=next((mark.draft for mark in shown if mark.draft), 0),
        begins=anchors,
        is_grey=is_grey,
        is_question=any(mark.is_question for mark in shown[:1]),
    )

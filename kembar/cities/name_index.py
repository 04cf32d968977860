"""Finds names by their beginning or any part, among hundreds of thousands, in a few megabytes, with no database."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from kembar.lib.text import normalise

T = TypeVar("T")


class NameIndex(Generic[T]):
    """Names of things, the things given in the order in which equally good answers shall come.

    All names stand in one run of bytes in that order, so that the first hit in it is the best; `_sorted` holds their
    numbers in the order of the alphabet, for whole names and beginnings.
    """

    def __init__(self, things: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._things: list[T] = []
        self._owners = array("I")
        keys: list[bytes] = []
        for thing, names in things:
            own = dict.fromkeys(normalise(name).encode() for name in names)
            own.pop(b"", None)
            keys += own
            self._owners.extend([len(self._things)] * len(own))
            self._things.append(thing)
        self._text = b"\n" + b"\n".join(keys) + b"\n"
        self._starts = array("I")
        position = 1
        for key in keys:
            self._starts.append(position)
            position += len(key) + 1
        self._sorted = array("I", sorted(range(len(keys)), key=keys.__getitem__))

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._owners)

    def exact(self, key: str) -> list[T]:
        """The things with this name; `key` is normalised."""
        wanted = key.encode()
        low = bisect_left(self._sorted, wanted, key=self._key)
        high = bisect_right(self._sorted, wanted, lo=low, key=self._key)
        return self._distinct(sorted(self._sorted[low:high]))

    def prefix(self, key: str, *, limit: int) -> list[T]:
        """Things with a name that begins so."""
        wanted = key.encode()
        low = bisect_left(self._sorted, wanted, key=self._key)
        high = bisect_left(self._sorted, wanted + b"\xff", lo=low, key=self._key)
        if high - low > _MANY:
            return self._distinct(self._holding(b"\n" + wanted), limit=limit)
        return self._distinct(sorted(self._sorted[low:high]), limit=limit)

    def containing(self, key: str, *, limit: int) -> list[T]:
        """Things with a name that holds this anywhere."""
        return self._distinct(self._holding(key.encode()), limit=limit) if key else []

    def _holding(self, wanted: bytes) -> Iterator[int]:
        position = self._text.find(wanted)
        while position >= 0:
            yield bisect_right(self._starts, position + 1) - 1
            position = self._text.find(wanted, self._text.index(b"\n", position + 1))

    def _key(self, number: int) -> bytes:
        start = self._starts[number]
        return self._text[start : self._text.index(b"\n", start)]

    def _distinct(self, numbers: Iterable[int], *, limit: int | None = None) -> list[T]:
        owners: dict[int, None] = {}
        for number in numbers:
            owners[self._owners[number]] = None
            if len(owners) == limit:
                break
        return [self._things[owner] for owner in owners]


# With more names than this to sort, it is quicker to go through all until enough are found.
_MANY = 500

"""Which sentence proves a finding, whether a text was read before, and what of a chat is nobody's business."""

import hashlib
import re
from collections.abc import Iterable, Sequence

SHINGLE = 5
SIGNATURE = 64
SAME_TEXT = 0.5
"""Two texts that share this part of their signatures are the same article, perhaps lightly edited."""

# Indonesian, Korean, Chinese and international numbers as chats write them; years and amounts are shorter or dotted.
_PHONE = re.compile(r"(?<![\d.,])(?:\+\d{1,3}[\s.-]?|0)(?:\(?\d{1,4}\)?[\s.-]?){2,4}\d{2,4}(?![\d.,]*\d)")
# 05.06.2025, 01-02-2025, 08.00-16.00: days and hours that begin with a nought as a telephone number does.
_DAY_OR_HOURS = re.compile(r"0?\d([-. ])\d{1,2}\1(?:1[89]|20)\d\d|[01]\d\.[0-5]\d ?- ?[012]\d\.[0-5]\d")


def masked_phones(text: str) -> str:
    """Every telephone number with its digits made dots, so that all places in the text stay where they were."""

    def dots(found: re.Match[str]) -> str:
        digits = sum(sign.isdigit() for sign in found[0])
        is_phone = 8 <= digits <= 15 and not _DAY_OR_HOURS.fullmatch(found[0].strip())
        return re.sub(r"\d", "•", found[0]) if is_phone else found[0]

    return _PHONE.sub(dots, text)


_SENTENCE_END = re.compile(r"(?<=[.!?。！？])[\"”’』」)]*\s+|\n+|(?<=[。！？])")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence, or sentences, that hold a finding."""
    first, last = 0, len(text)
    for found in _SENTENCE_END.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last


_BOTH = re.compile(
    r"\b(?:kedua(?: belah)? (?:kota|pihak|pemerintah)|both (?:cities|sides|parties|governments)|the two cities)\b"
    r"|양 ?(?:측|도시)|두 도시|双方|两市",
    re.IGNORECASE,
)


def promised_by_both(sentence: str, action: str) -> bool:
    """Whether the sentence says before the deed that both sides promised it ("Kedua kota sepakat …").

    "Bandung akan mempererat hubungan kedua kota" names both in the deed itself: that is Bandung's promise.
    """
    place = sentence.casefold().find(action.casefold())
    return _BOTH.search(sentence[:place] if place >= 0 else "") is not None


def signature(text: str) -> list[int]:
    """The smallest hashes of the text's runs of five words (or, without spaces, signs): alike for alike texts."""
    words = re.findall(r"[^\W_]", text.casefold()) if _is_unspaced(text) else re.findall(r"[^\W_]+", text.casefold())
    runs = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))} if words else set()
    hashes = sorted(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest(), "big") for run in runs)
    return hashes[:SIGNATURE]


def _is_unspaced(text: str) -> bool:
    han = len(re.findall(r"[一-鿿]", text))
    return han > len(text) * 0.3


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """How much two texts share, 0 to 1, from their signatures."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[:SIGNATURE]
    both = set(one) & set(other)
    return sum(1 for value in smallest if value in both) / len(smallest)


def most_alike(new: Sequence[int], known: Iterable[tuple[int, Sequence[int]]]) -> int | None:
    """The id of the known text that is the same article, None when there is none."""
    best, winner = SAME_TEXT, None
    for number, old in known:
        alike = likeness(new, old)
        if alike >= best:
            best, winner = alike, number
    return winner

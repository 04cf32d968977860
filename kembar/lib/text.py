"""Text as people paste it, made fit to store and to compare."""

import re
import unicodedata
from functools import cache

# Zero-width characters, soft hyphen, byte-order mark, every control that turns the reading direction, and halves of
# characters (surrogates), which no database can store.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0]
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + list(range(0xFFF9, 0xFFFC))
    + [point for point in range(0x20) if point not in (0x09, 0x0A, 0x0D)]
    + list(range(0x7F, 0xA0))
    + list(range(0xD800, 0xE000))
    + list(range(0xE0000, 0xE0080))
)
# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŀ": "l",
        "ʼ": "'",
    }
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʾʿ′"))
_SEPARATORS = dict.fromkeys(map(ord, "-‐‑‒–—−_./,;:()[]|·・"), " ")
_COMPARED = _APOSTROPHES | _SEPARATORS
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` in NFC, without characters nobody sees, surrounding space removed; line breaks stay."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip()


@cache
def _bare(char: str) -> str:
    """A Latin, Greek or Cyrillic letter without its marks; every other character as it is (a Hangul syllable
    or a voiced kana also comes apart, but what is left would be another word)."""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1 and ord(parts[0]) < 0x0530:
        return "".join(part for part in parts if not unicodedata.combining(part))
    return "" if 0x0300 <= ord(char) <= 0x036F else char


def normalise(text: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, no case, no diacritics, no apostrophes,
    hyphens and stops as single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().translate(_LETTERS)
        text = "".join([char if char.isascii() else _bare(char) for char in text])
    text = text.casefold().translate(_COMPARED)
    return _SPACES.sub(" ", text).strip()

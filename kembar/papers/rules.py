"""Letter numbers, lengths and names of regulations as Indonesian offices write them. Plain values in, answers out."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

PARTS = ("klasifikasi", "nomor", "unit", "bulan", "tahun")
USUAL_PATTERN = "{klasifikasi}/{nomor}/{unit}/{tahun}"
LONGEST_NUMBER = 100
HIGHEST_SERIAL = 999_999
_PART = re.compile(r"\{([^{}]*)\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ONES = ("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas").split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_LENGTH = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})D)?")
_UNITS: Mapping[str, tuple[str, str, str]] = {
    "id": ("tahun", "bulan", "hari"), "en": ("year", "month", "day"), "ko": ("년", "개월", "일"),
    "zh": ("年", "个月", "天"),
}  # fmt: skip
_REGULATIONS = {
    "UU": "Undang-Undang", "PP": "Peraturan Pemerintah", "Perpres": "Peraturan Presiden",
    "Permendagri": "Peraturan Menteri Dalam Negeri", "Permenlu": "Peraturan Menteri Luar Negeri",
    "Perda": "Peraturan Daerah", "Perwal": "Peraturan Wali Kota",
}  # fmt: skip
_SHORT = re.compile(r"([A-Z][A-Za-z]+) (\d+)/(\d{4})")


def pattern_fault(pattern: str) -> str:
    """What is wrong with a pattern of letter numbers: "", no_serial, no_year, unknown_part, braces, too_long."""
    parts = _PART.findall(pattern)
    if any(part not in PARTS for part in parts):
        return "unknown_part"
    if "{" in _PART.sub("", pattern) or "}" in _PART.sub("", pattern):
        return "braces"
    if parts.count("nomor") != 1:
        return "no_serial"
    if "tahun" not in parts:  # the count begins anew each year: without it two letters would have one number
        return "no_year"
    return "too_long" if len(pattern) > LONGEST_NUMBER else ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an office numbers its letters. `digits`: a shorter serial is filled with zeros."""

    pattern: str = USUAL_PATTERN
    unit: str = ""
    digits: int = 1


def number_text(scheme: Scheme, *, serial: int, classification: str, year: int, month: int) -> str:
    """The number as it stands on the letter, such as 000.8/12/Bag.KS/2026."""
    said = {
        "klasifikasi": classification, "nomor": str(serial).zfill(scheme.digits), "unit": scheme.unit,
        "bulan": _ROMAN[month - 1], "tahun": str(year),
    }  # fmt: skip
    return _PART.sub(lambda found: said[found[1]], scheme.pattern)


def gaps(serials: Collection[int]) -> list[tuple[int, int]]:
    """Runs of serials between the first of the year and the last given that nobody here gave: (first, last)."""
    found, expected = [], 1
    for serial in sorted(set(serials)):
        if serial > expected:
            found.append((expected, serial - 1))
        expected = serial + 1
    return found


def in_indonesian(number: int) -> str:
    """A whole number below a thousand in words: dua puluh lima."""
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    for size, word in ((100, "ratus"), (10, "puluh")):
        if number >= size:
            ahead, rest = divmod(number, size)
            head = "seratus" if size == 100 and ahead == 1 else f"{in_indonesian(ahead)} {word}"
            return f"{head} {in_indonesian(rest)}" if rest else head
    raise ValueError(number)


def counted(number: int, language: str) -> str:
    """A number with its words, as papers write it: 5 (lima); 5 (five); as digits where the words are not known."""
    if language == "id" and number < 1000:
        return f"{number} ({in_indonesian(number)})"
    if language == "en" and number < len(_ENGLISH):
        return f"{number} ({_ENGLISH[number]})"
    return str(number)


def term_words(length: str, language: str) -> str:
    """A length (ISO 8601, years, months, days) as a paper writes it; "" where it is none or the language is unknown."""
    found = _LENGTH.fullmatch(length)
    code = language[:2]
    if not found or code not in _UNITS:
        return ""
    parts = [
        _part(int(number), unit, code) for number, unit in zip(found.groups(), _UNITS[code], strict=True) if number
    ]
    return " ".join(parts)


def _part(number: int, unit: str, code: str) -> str:
    if code in ("ko", "zh"):
        return f"{number}{unit}"
    plural = "s" if code == "en" and number != 1 else ""
    return f"{counted(number, code)} {unit}{plural}"


def regulation_words(short: str) -> str:
    """UU 24/2000 → Undang-Undang Nomor 24 Tahun 2000; what is not written so stays as it is."""
    found = _SHORT.fullmatch(short)
    if not found or found[1] not in _REGULATIONS:
        return short
    return f"{_REGULATIONS[found[1]]} Nomor {found[2]} Tahun {found[3]}"


def marks(style: str, count: int) -> tuple[str, ...]:
    """What stands before each item of a list: a. b. c., 1. 2. 3. or a dash."""
    if style == "a":
        return tuple(f"{_letter(number)}." for number in range(count))
    return tuple(f"{number + 1}." for number in range(count)) if style == "1" else ("–",) * count


def _letter(number: int) -> str:
    ahead, last = divmod(number, 26)
    return (_letter(ahead - 1) if ahead else "") + chr(ord("a") + last)


def joined(words: Iterable[str], conjunction: str) -> str:
    """a, b dan c"""
    found = list(words)
    return ", ".join(found[:-1]) + f" {conjunction} {found[-1]}" if len(found) > 1 else "".join(found)

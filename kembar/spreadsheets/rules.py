"""What the words of an old table mean: headings, kinds of papers, events and cooperation, lengths of time.

Plain values. The words stand in data/*.tsv and are compared as `lib.text.normalise` writes them. Indonesian and English
are complete; Korean and Chinese hold what counterparts write in the lists they send.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kembar.lib.text import normalise

# --- headings ---------------------------------------------------------------------------------------------------------

PARTNER, COUNTRY, INSTITUTION, KIND, RECORD = "partner", "country", "institution", "kind", "record"
TITLE, DATE, EFFECTIVE, ENDS, TERM = "title", "date", "effective", "ends", "term"
SCOPE, STATUS, NUMBER = "scope", "status", "number"
FIELDS = (PARTNER, COUNTRY, INSTITUTION, KIND, RECORD, TITLE, DATE, EFFECTIVE, ENDS, TERM, SCOPE, STATUS, NUMBER)


_DATA = Path(__file__).parent / "data"


def _table(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """data/NAME.tsv: a code and the words for it, normalised."""
    lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    parts = (line.partition("\t") for line in lines)
    return tuple((code, tuple(normalise(word) for word in words.split(","))) for code, _, words in parts)


# Running numbers, and notes of the office for itself: what the register takes is read by everybody.
_LEFT_OUT = "left_out"


@cache
def _heading_words() -> dict[str, str]:
    return {word: field for field, words in _table("headings") for word in words}


def field_of_heading(heading: str) -> str:
    """The field a heading names: by the whole of it, else by the longest words it begins or ends with; "" for none."""
    plain = normalise(re.sub(r"\(.*?\)", " ", heading))
    known = _heading_words()
    if plain in known:
        return known[plain].replace(_LEFT_OUT, "")
    words = plain.split()
    for length in range(len(words) - 1, 0, -1):
        for part in (" ".join(words[-length:]), " ".join(words[:length])):
            if known.get(part, _LEFT_OUT) != _LEFT_OUT and (length > 1 or len(part) > 3):
                return known[part]
    return ""


def is_heading(text: str) -> bool:
    return bool(field_of_heading(text)) or normalise(text) in _heading_words()


# --- kinds ---------------------------------------------------------------------------------------------------------

_RECORDS, _COOPERATION = "records", "cooperation"
STATEMENT = "statement"  # a row that names a partner and says no more than how things stand


@cache
def _spelled(table: str) -> list[tuple[re.Pattern[str], str]]:
    found = []
    for code, words in _table(table):
        alternatives = sorted(words, key=len, reverse=True)
        latin = [re.escape(word) for word in alternatives if word.isascii()]
        signs = [re.escape(word) for word in alternatives if not word.isascii()]
        pattern = "|".join([rf"\b(?:{'|'.join(latin)})\b"] * bool(latin) + signs)
        found.append((re.compile(pattern), code))
    return found


def _first(text: str, table: str) -> str:
    plain = normalise(text)
    return next((code for pattern, code in _spelled(table) if pattern.search(plain)), "")


def record_of(words: str) -> str:
    """`paper:…`, `approval:…` or `event:…` of the words of a cell, "" where they name none."""
    return _first(words, _RECORDS)


def cooperation_of(words: str) -> str:
    """sister, friendship, thematic, institution or network; "" where the words name none."""
    return _first(words, _COOPERATION)


# --- names and lengths ----------------------------------------------------------------------------------------------

_TITLES = re.compile(
    r"^(?:pemerintah\s+(?:daerah\s+)?(?:kota|kabupaten|provinsi|daerah)|pemkot|pemkab|pemprov|kota|city of|the city of|"
    r"municipality of|city government of|town of|metropolitan city of)\s+(?=\S)", re.I
)  # fmt: skip
_BEHIND = re.compile(r"(?<=\S)\s+(?:city|municipality|metropolitan city|city government|town)$", re.I)


def bare_city(name: str) -> str:
    """ "Pemerintah Kota Suwon" and "Suwon City" are Suwon. A regency keeps its word, which tells it from the city."""
    return _BEHIND.sub("", _TITLES.sub("", name.strip())).strip(" .,-") or name.strip()


def parted(name: str) -> tuple[str, str]:
    """A city and what stands behind it in the same cell: "Suwon, Korea Selatan", "Suwon (Korea Selatan)"; else ""."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name) or re.fullmatch(r"(.+?)\s*[,/–]\s*([^,/–]+)", name)
    found = found or re.fullmatch(r"(.+?)\s+-\s+([^-]+)", name)
    return (found[1].strip(), found[2].strip()) if found else (name.strip(), "")


NOTHING = frozenset(
    normalise(word)
    for word in "-,–,—,?,n/a,na,nihil,tidak ada,belum ada,belum,tidak diketahui,belum diketahui,kosong,none,unknown,"
    "not known,tbd,nil,없음,无,不详,미상".split(",")
)  # fmt: skip


NO_END = frozenset(
    normalise(word)
    for word in "tidak terbatas,tak terbatas,tanpa batas,tanpa batas waktu,tidak ada batas waktu,seterusnya,selamanya,"
    "unlimited,indefinite,indefinitely,no end,open-ended,open,무기한,无限期,无期限".split(",")
)  # fmt: skip


def says_no_end(text: str) -> bool:
    """ "Tidak terbatas" for the last day: no day, and no fault. The words stay in what the source says."""
    return normalise(text) in NO_END


def says_nothing(text: str) -> bool:
    """A dash, "belum ada", "n/a": a cell filled in to say that there is nothing to fill in."""
    return normalise(text) in NOTHING


_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("satu se one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven", "delapan eight",
         "sembilan nine", "sepuluh ten"), start=1
    )
    for word in words.split()
}  # fmt: skip
_LENGTH = re.compile(
    rf"(?:selama\s+|for\s+)?(?P<figure>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*(?:\([^)]*\)\s*)?-?\s*"
    r"(?P<unit>tahun|thn|th|years?|yrs?|bulan|bln|months?|hari|days?|년|개월|年|个月)\b\.?.*", re.I | re.S
)  # fmt: skip
_UNITS = {"t": "Y", "y": "Y", "년": "Y", "年": "Y", "b": "M", "m": "M", "개": "M", "个": "M", "h": "D", "d": "D"}


def length_of(text: str) -> str:
    """ "5 tahun", "5 (lima) tahun", "lima tahun", "5 years", "6 bulan" as an ISO 8601 length; "" where it is none."""
    plain = text.strip()
    if re.fullmatch(r"P(?:\d+[YMWD])+", plain):
        return plain
    found = _LENGTH.fullmatch(plain)
    if found is None:
        return ""
    figure = found["figure"].lower()
    number = int(figure) if figure.isdigit() else _NUMBERS[figure]
    return f"P{number}{_UNITS[found['unit'][0].lower()]}" if number else ""


def listed(text: str) -> str:
    """Fields of cooperation as the register keeps them: parted by semicolons, whatever parted them in the cell."""
    items = re.split(
        r"\s*(?:;|\n|•|·|、|\s\d{1,2}[.)]\s|(?<!\d),(?!\d)|,\s|\s&\s|\s+(?:dan|and|serta)\s+)\s*", f" {text} "
    )
    found = [
        re.sub(r"^(?:\d{1,2}[.)]|[a-h][.)]|-|dan |and |serta )\s*", "", item.strip(" .")).strip() for item in items
    ]
    return "; ".join(dict.fromkeys(item[:300] for item in found if item))


def most_common(words: Iterable[str]) -> str:
    counted: dict[str, int] = {}
    for word in words:
        counted[word] = counted.get(word, 0) + 1
    return max(counted, key=lambda word: counted[word], default="")

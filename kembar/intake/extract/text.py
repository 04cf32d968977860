"""Makes a `Document` of raw text: cleaned letters with a way back, language, page furniture, sentences and quotes."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from kembar.intake.extract.document import Document, Quote, Sentence
from kembar.intake.extract.lexicon import load

# Soft hyphen, zero-width characters, marks and overrides of direction, byte order mark.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
ODD = re.compile(
    "[^\\S \n\t]|[\r\u0300-\u036f\u1100-\u11ff\u3099\u309a\uff02-\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5e"
    "\uffe0-\uffe6\u2010\u2011\x00-\x08]"
)
KEPT_WIDE = frozenset("\uff0c\uff01\uff1f\uff1b\uff1a")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` without tricks; `origin[i]` is where its character i stood, None where nothing moved."""

    text: str
    origin: array[int] | None
    original_length: int

    def start(self, offset: int) -> int:
        if self.origin is None:
            return offset
        return self.origin[offset] if offset < len(self.origin) else self.original_length

    def end(self, offset: int) -> int:
        if self.origin is None or offset <= 0:
            return offset
        return self.origin[offset - 1] + 1


def _narrow(character: str) -> str:
    """One character for one: wide digits and letters become plain, odd blanks a blank, Chinese punctuation stays."""
    if character in KEPT_WIDE:
        return character
    if character in "\u2010\u2011":
        return "-"
    if character == "\r" or character < " ":
        return " "
    if character.isspace():
        return "\n" if character in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def clean(raw: str) -> Cleaned:
    """Drops what cannot be seen, narrows wide letters, composes loose accents; remembers where each character stood."""
    if "\r" in raw and "\n" not in raw:
        raw = raw.replace("\r", "\n")
    if INVISIBLE.search(raw) is None and ODD.search(raw) is None:
        return Cleaned(raw, None, len(raw))
    letters: list[str] = []
    origin = array("q")
    position = 0
    for match in _special(raw).finditer(raw):
        start, end = match.span()
        letters.append(raw[position:start])
        origin.extend(range(position, start))
        piece = match.group()
        if end - start > 1:
            piece = unicodedata.normalize("NFC", piece)
        elif INVISIBLE.match(piece):
            piece = ""
        else:
            piece = _narrow(piece)
        letters.append(piece)
        origin.extend(min(start + index, end - 1) for index in range(len(piece) - 1))
        if piece:
            origin.append(end - 1)
        position = end
    letters.append(raw[position:])
    origin.extend(range(position, len(raw)))
    return Cleaned("".join(letters), origin, len(raw))


def _special(raw: str) -> re.Pattern[str]:
    """What needs a look: a letter with the marks behind it, and single letters that are odd or not seen at all."""
    marks = sorted(letter for letter in set(raw) if unicodedata.combining(letter) or "\u1160" <= letter <= "\u11ff")
    alone = f"{INVISIBLE.pattern}|{ODD.pattern}"
    return re.compile(f"(?s:.)[{re.escape(''.join(marks))}]+|{alone}" if marks else alone)


@cache
def _language_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in load("language", "words").items()}


def language_of(text: str) -> str:
    """ko, zh, ja, ru, ar, th by script; id, ms, en, de, su, jv and some more by their small words; "und" if neither."""
    sample = text if len(text) <= 20_000 else text[:12_000] + text[len(text) // 2 : len(text) // 2 + 8_000]
    scripts = {name: sum(map(len, pattern.findall(sample))) for name, pattern in _SCRIPTS.items()}
    latin = scripts.pop("latin")
    if scripts["ja"] * 10 > scripts["zh"] and scripts["ja"] > 5:
        return "ja"
    name, count = max(scripts.items(), key=lambda pair: pair[1])
    # A syllable block or ideograph says as much as three or four Latin letters.
    if count * 4 > latin and count >= 2:
        return name
    words = re.findall(r"[^\W\d_]+", sample.lower())
    tally = Counter(dict.fromkeys(_language_words(), 0))
    for code, cues in _language_words().items():
        tally[code] = sum(map(cues.__contains__, words))
    best = max(tally, key=lambda code: (tally[code], code == "id"))
    return best if tally[best] >= 2 or (tally[best] == 1 and len(words) < 30) else "und"


_SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7a3]+"),
    "ja": re.compile("[\u3041-\u30ff]+"),
    "zh": re.compile("[\u4e00-\u9fff]+"),
    "ru": re.compile("[\u0400-\u04ff]+"),
    "ar": re.compile("[\u0600-\u06ff]+"),
    "th": re.compile("[\u0e00-\u0e7f]+"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"),
}

LINE = re.compile(r"[^\n]+")
LIST_MARK = re.compile(r"\s*(?:[-–—•·▪■◆○●*]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
ENDS_A_SENTENCE = re.compile(r"[.!?。！？…:;：；][\"”’'»)\]」』]*\s*$")
SIGNATURE = re.compile(r"\s*\(?[a-z]{2,5}(?:/[a-z]{2,5})+\)?\s*$", re.IGNORECASE)
BYLINE = re.compile(r"\s*[^.!?]{3,45} [-–|] [\w.]{4,30}\s*$")
CLOCK_LINE = re.compile(
    r"[^.!?]{0,40}\b\d{4}\b[^.!?]{0,4}\d{1,2}[:.]\d{2}\s*(?:WIB|WITA|WIT|KST|am|pm)?\s*$", re.IGNORECASE
)
CREDIT = re.compile(
    r"\((?:foto|photo|dok|dokumentasi|sumber|ist|istimewa|antara|image|사진|图|bild)\b[^)]*\)?\s*$", re.IGNORECASE
)


@cache
def _boilerplate() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = load("boilerplate", "all")
    lines = frozenset(line.strip().lower() for line in table["lines"].splitlines() if line.strip())
    starts = tuple(line.rstrip("\n").lower() for line in table["starts"].splitlines() if line.strip())
    related = frozenset(line.strip().lower() for line in table["related"].splitlines() if line.strip())
    return lines, starts, related


def _kind_of_line(line: str, among_links: bool) -> str:
    lines, starts, related = _boilerplate()
    bare = line.strip().lower()
    core = bare.strip(" :*#>-–—|•.")
    if core in lines or core in related or bare.startswith(starts) or not any(c.isalnum() for c in bare):
        return "boilerplate"
    if SIGNATURE.match(line):
        return "boilerplate"
    ends = ENDS_A_SENTENCE.search(line) is not None
    if among_links and (not ends or len(bare) < 60):
        return "boilerplate"
    if CLOCK_LINE.match(line):
        return "byline"
    if CREDIT.search(line) and len(bare) < 250:
        return "caption"
    if LIST_MARK.match(line):
        return "list"
    if (
        not ends
        and len(bare) <= 45
        and BYLINE.match(line)
        and bare[-1].isalnum()
        and not any(c.isdigit() for c in bare)
    ):
        return "byline"
    if not ends and len(bare) < (60 if _SCRIPTS["zh"].search(bare) or _SCRIPTS["ko"].search(bare) else 150):
        return "heading"
    return "prose"


def _paragraphs(text: str) -> list[tuple[int, int, str]]:
    """Lines with their kind; a line that goes on in small letters on the next one is one paragraph with it."""
    found: list[tuple[int, int, str]] = []
    among_links = False
    for match in LINE.finditer(text):
        line = match.group()
        if not line.strip():
            continue
        first = line.lstrip()[0]
        if found and first.islower() and not ENDS_A_SENTENCE.search(text[found[-1][0] : found[-1][1]][-8:]):
            begin, end, kind = found[-1]
            # Only a hard-wrapped line goes on; a list of small words does not.
            if end - begin >= 40 and match.start() - end <= 2 and kind in {"heading", "prose", "list", "byline"}:
                whole = (begin, match.end())
                found[-1] = (*whole, kind if kind == "list" else _kind_of_line(text[begin : match.end()], among_links))
                continue
        kind = _kind_of_line(line, among_links)
        bare = line.strip().lower().strip(" :*#>-–—|•.")
        if bare in _boilerplate()[2]:
            among_links = True
        elif kind not in {"boilerplate", "byline"}:
            among_links = False
        found.append((match.start(), match.end(), kind))
    return found


BOUNDARY = re.compile(r"[.!?…]+[\"”’'»)\]“]*(?=\s)|[。！？]+[”’」』）)\"]*|[；;](?=\s|[\u4e00-\u9fff])")
LAST_WORD = re.compile(r"([^\s(\"“”]{1,12})\.$")
GERMAN_MONTHS = frozenset(["jan", "feb", "mär", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"])
OPENERS = "\"“”„«「『‘'([«"


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("sentences", "all")["abbreviations"].split())


def _is_end(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
    """Whether this mark ends a sentence: not after a short form, an initial or a number, not before a small letter."""
    mark = match.group()
    if mark[0] in "。！？；":
        return True
    if mark[0] == ";":
        return False
    rest = text[match.end() : min(limit, match.end() + 12)].lstrip()
    if not rest:
        return True
    following = rest[0]
    if following in OPENERS and len(rest) > 1:
        following = rest.lstrip(OPENERS + " ")[:1] or following
    if following.islower():
        return False
    if mark == ".":
        before = LAST_WORD.search(text, max(begin, match.start() - 14), match.start() + 1)
        word = before.group(1).lower() if before else ""
        if word in _abbreviations() or (len(word) == 1 and word.isalpha() and word.isascii()):
            return False
        # "25. März", "2025. 3. 25."; but "... tahun 2025. Pada 2026" ends.
        if word.isdigit() and len(word) <= 2 and (following.isdigit() or _month_follows(rest)):
            return False
        if word.isdigit() and len(word) == 4 and re.match(r"\d{1,2}\.", rest):
            return False
    return True


def _month_follows(rest: str) -> bool:
    return rest[:3].lower() in {
        "jan",
        "feb",
        "mär",
        "mar",
        "apr",
        "mai",
        "jun",
        "jul",
        "aug",
        "sep",
        "okt",
        "nov",
        "dez",
    }


def _sentences(text: str, paragraphs: list[tuple[int, int, str]]) -> list[Sentence]:
    found: list[Sentence] = []
    for number, (begin, end, kind) in enumerate(paragraphs):
        start = begin
        for match in BOUNDARY.finditer(text, begin, end):
            if _is_end(text, start, match, end):
                _append(found, text, start, match.end(), number, kind)
                start = match.end()
        _append(found, text, start, end, number, kind)
    return found


def _append(found: list[Sentence], text: str, start: int, end: int, number: int, kind: str) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Sentence(start, end, number, kind))


MARKS = re.compile('["“”„«»「」『』]')
CLOSERS = {"“": '”"', "”": '”"', '"': '"”', "„": '“”"', "«": "»", "»": "«", "「": "」", "『": "』"}
SHORTEST = {"ko": 10, "zh": 8, "ja": 8}


def _quotes(text: str, language: str, paragraphs: list[tuple[int, int, str]]) -> list[Quote]:
    """Direct speech; a title or a word between marks is too short to count."""
    found: list[Quote] = []
    shortest = SHORTEST.get(language, 25)
    for begin, end, _ in paragraphs:
        opened: tuple[int, str] | None = None
        for match in MARKS.finditer(text, begin, end):
            mark = match.group()
            if opened is None:
                if mark in CLOSERS:
                    opened = (match.end(), CLOSERS[mark])
            elif mark in opened[1]:
                if match.start() - opened[0] >= shortest:
                    found.append(Quote(opened[0], match.start()))
                opened = None
        if opened is not None and end - opened[0] >= shortest:
            found.append(Quote(opened[0], end))
    return found


@cache
def _speech(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    table = load("speech", "id" if language in {"ms", "su", "jv"} else language)
    if not table:
        return None, None
    edge = "" if language in {"ko", "zh"} else r"\b"
    after, before = ("|".join(map(re.escape, table[key].split())) for key in ("after", "before"))
    return re.compile(f"{edge}(?:{after}){edge}", re.IGNORECASE), re.compile(f"{edge}(?:{before}){edge}", re.IGNORECASE)


def _speaker(
    document: Document, quote: Quote, former: Quote | None, paragraph: tuple[int, int]
) -> tuple[int, int] | None:
    after, before = _speech(document.language)
    if after is None or before is None:
        return None
    text = document.text
    sentence = document.sentence_at(quote.end)
    stop = min(sentence.end if sentence else paragraph[1], quote.end + 160)
    if after.search(text, quote.end, stop):
        return quote.end + 1, stop
    first = max(paragraph[0], quote.start - 160)
    start = max(first, former.end + 1) if former and former.end > first else first
    if before.search(text, start, quote.start) or text[start : quote.start - 1].rstrip().endswith((":", "：", ",")):
        return start, max(start, quote.start - 1)
    if former is not None and former.speaker is not None and former.end >= paragraph[0]:
        return former.speaker
    return None


def document_of(cleaned: str, published: date | None) -> Document:
    """The document with everything but findings."""
    language = language_of(cleaned)
    paragraphs = _paragraphs(cleaned)
    document = Document(cleaned, language, published)
    document.sentences = _sentences(cleaned, paragraphs)
    document.boilerplate = [
        (begin, end, kind) for begin, end, kind in paragraphs if kind in {"boilerplate", "byline", "caption"}
    ]
    edges = iter(paragraphs)
    begin, end, _ = next(edges, (0, 0, ""))
    former: Quote | None = None
    for quote in _quotes(cleaned, language, paragraphs):
        while quote.start >= end:
            begin, end, _ = next(edges)
        former = Quote(quote.start, quote.end, _speaker(document, quote, former, (begin, end)))
        document.quotes.append(former)
    return document

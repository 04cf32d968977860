"""Dates in Latin letters: one grammar, the words of each language from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kembar.intake.extract import numbers
from kembar.intake.extract.dates.grammar import Grammar, grammar
from kembar.intake.extract.dates.spotted import Spotted, full_year, possible

TOKEN = re.compile(r"[^\W\d_]+(?:[’'`]at)?|\d+")
SUNDAY = re.compile(r"Minggu (?:kemarin|pagi|siang|sore|malam)\b")
EVERY = re.compile(r"(?:every|each|setiap|tiap|jeden|jede)\s+$", re.IGNORECASE)
UNITS = ("year", "month", "day")


def find(text: str, language: str) -> Iterator[Spotted]:
    """Every date in Latin letters, overlapping ones too, in no order."""
    known = grammar(language)
    for token in TOKEN.finditer(text):
        word = token.group()
        at = token.start()
        if word[0].isdigit():
            if len(word) <= 4 and (at == 0 or text[at - 1] not in ".,/$€£¥₩#@_+"):
                yield from _at_number(text, at, word, known)
            continue
        lower = word.lower()
        if lower not in known.openers and lower not in _OPENERS:
            continue
        if lower in known.months:
            yield from _at_month(text, at, word, known)
        if lower in known.weekdays:
            yield from _at_weekday(text, at, word, known)
        if lower in known.starters and not (lower == "kemarin" and text[:at].rstrip().endswith(")")):
            yield from _at_relative(text, at, known)
        if lower in known.numbers or lower in _GLUED:
            yield from _at_count(text, at, known)
        if lower in {"tanggal", "tgl", "vor"}:
            yield from _at_words(text, at, lower, known)


_GLUED = frozenset({"setahun", "sebulan", "sehari"})
_OPENERS = _GLUED | {"tanggal", "tgl", "vor"}


def _weekday_before(text: str, at: int, known: Grammar) -> tuple[int, int | None]:
    """Where the date begins with its weekday and bracket, and which weekday that is."""
    left = max(0, at - 34)
    match = known.patterns["before"].search(text, left, at)
    if match is None:
        return at, None
    if match.group("w") is None:
        opened = text[match.start() : at].find("(")
        return (match.start() + opened, None) if opened >= 0 else (at, None)
    return match.start("w"), known.weekdays[match.group("w").lower()]


def _closed(text: str, start: int, end: int) -> int:
    """One further where the bracket that was opened closes."""
    if "(" in text[start:end] and text[end : end + 2].lstrip()[:1] == ")":
        return text.index(")", end) + 1
    return end


def _span(text: str, at: int, end: int, known: Grammar) -> tuple[int, int, int | None]:
    start, weekday = _weekday_before(text, at, known)
    return start, _closed(text, start, end), weekday


def _plain_word(word: str) -> bool:
    """ "may", "mar" and "sun" in small letters are words before they are dates."""
    return word in {
        "may",
        "mar",
        "march",
        "sun",
        "sat",
        "sen",
        "min",
        "mac",
        "des",
        "di",
        "do",
        "so",
        "mi",
        "fr",
        "sa",
        "mo",
    }


def _at_number(text: str, at: int, word: str, known: Grammar) -> Iterator[Spotted]:
    if len(word) == 4:
        yield from _at_year(text, at, known)
    if len(word) > 2 and not text.startswith(("0", "1", "2", "3"), at):
        return
    match = known.patterns["day_month"].match(text, at)
    if match and not (_plain_word(match.group("mon")) and not match.group("y")):
        month = known.months[match.group("mon").lower()]
        year = full_year(match.group("y") or match.group("yy")) if match.group("y") or match.group("yy") else None
        yield from _days(text, at, match, month, year, known, "day_month")
    elif match is None and len(word) <= 2:
        yield from _slip(text, at, known)
    if len(word) <= 2:
        yield from _numeric(text, at, known)
        yield from _at_count(text, at, known)
        yield from _day_alone(text, at, known)
        decade = known.patterns["decade"].match(text, at)
        if decade and word[-1] == "0":
            yield Spotted(start=at, end=decade.end(), rule="decade", year=1900 + int(word), decade=True)


def _day_alone(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    """ "announced on the 29th", "tanggal 29"."""
    left = max(0, at - 9)
    match = known.patterns["ordinal"].match(text, at) if known.patterns["on_the"].search(text, left, at) else None
    if match is None and text[left:at].lower().endswith(("tanggal ", "tgl ", "tgl. ")):
        match = known.patterns["day"].match(text, at)
    if match is not None:
        yield Spotted(start=at, end=match.end(), rule="day", day=int(match.group("d")))


def _days(
    text: str, at: int, match: re.Match[str], month: int, year: int | None, known: Grammar, rule: str
) -> Iterator[Spotted]:
    day = int(match.group("d"))
    end = match.end()
    start, end, weekday = _span(text, at, end, known)
    direction = _direction(text, end, known) if year is None else None
    its = known.patterns["its_year"].match(text, end) if year is None else None
    if its and not match.group("d2") and possible(month, day):
        shift = ("year", _its_shift(its), "reference")
        yield Spotted(start=start, end=its.end(), rule=rule, month=month, day=day, weekday=weekday, shift=shift)
        return
    if match.group("d2"):
        last = int(match.group("d2"))
        if possible(month, day, year) and possible(month, last, year):
            middle = match.end("d")
            yield Spotted(start=start, end=middle, rule=rule, year=year, month=month, day=day, weekday=weekday,
                          direction=direction, part="start")  # fmt: skip
            yield Spotted(start=match.start("d2"), end=end, rule=rule, year=year, month=month, day=last,
                          direction=direction, part="end")  # fmt: skip
    elif possible(month, day, year):
        yield Spotted(start=start, end=end, rule=rule, year=year, month=month, day=day, weekday=weekday,
                      direction=direction)  # fmt: skip


def _direction(text: str, end: int, known: Grammar) -> str | None:
    for name in ("past", "future", "this"):
        if known.patterns[name].match(text, end):
            return name
    return None


def _numeric(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    both = known.patterns["numeric_range"].match(text, at)
    if both:
        yield from _numeric_range(text, at, both, known)
        return
    match = known.patterns["numeric"].match(text, at)
    if match is None:
        return
    day, month = int(match.group("d")), int(match.group("m"))
    start, end, weekday = _span(text, at, match.end(), known)
    year = full_year(match.group("y")) if match.group("y") else None
    bracketed = text[start:at].strip().endswith("(")
    if year is None and (match.group("s") != "/" or not (bracketed or weekday is not None)):
        return
    cued = bracketed or weekday is not None or known.patterns["day_cue"].search(text, max(0, at - 12), at) is not None
    if match.group("y") and len(match.group("y")) == 2 and not cued:
        return
    swappable = day <= 12 and month <= 12 and day != month
    if month > 12 and day <= 12:
        day, month = month, day
    if match.group("d2"):
        last = int(match.group("d2"))
        if possible(month, day, year) and possible(month, last, year) and day < last:
            yield Spotted(start=start, end=match.end("d"), rule="numeric", year=year, month=month, day=day,
                          weekday=weekday, part="start")  # fmt: skip
            yield Spotted(start=match.start("d2"), end=end, rule="numeric", year=year, month=month, day=last,
                          part="end")  # fmt: skip
    elif possible(month, day, year):
        yield Spotted(start=start, end=end, rule="numeric", year=year, month=month, day=day, weekday=weekday,
                      swappable=swappable)  # fmt: skip


def _numeric_range(text: str, at: int, match: re.Match[str], known: Grammar) -> Iterator[Spotted]:
    start, end, weekday = _span(text, at, match.end(), known)
    late = full_year(match.group("y2")) if match.group("y2") else None
    early = full_year(match.group("y")) if match.group("y") else late
    for name, year, begin, stop, part in (
        ("", early, start, match.start("d2") - 1, "start"),
        ("2", late, match.start("d2"), end, "end"),
    ):
        day, month = int(match.group("d" + name)), int(match.group("m" + name))
        if possible(month, day, year):
            yield Spotted(start=begin, end=stop, rule="numeric", year=year, month=month, day=day, part=part,
                          weekday=weekday if part == "start" else None)  # fmt: skip


def _slip(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    """A slip of the pen in the month: "25 Matet 2025"."""
    match = known.patterns["slip"].match(text, at)
    if match is None:
        return
    typed = match.group("mon").lower()
    near = {known.months[name] for name in known.months if len(name) >= 4 and one_slip(typed, name)}
    if len(near) == 1 and typed not in known.weekdays:
        yield from _days_of_slip(text, at, match, near.pop(), known)


def _days_of_slip(text: str, at: int, match: re.Match[str], month: int, known: Grammar) -> Iterator[Spotted]:
    start, end, weekday = _span(text, at, match.end(), known)
    day, year = int(match.group("d")), int(match.group("y"))
    if possible(month, day, year):
        yield Spotted(start=start, end=end, rule="month_misspelt", year=year, month=month, day=day, weekday=weekday)


def one_slip(typed: str, meant: str) -> bool:
    """One letter wrong, missing, doubled or two swapped; the first letter is right."""
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1:
        return False
    head = 0
    while head < min(len(typed), len(meant)) and typed[head] == meant[head]:
        head += 1
    rest, other = typed[head:], meant[head:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (len(rest) > 1 and rest[1] + rest[0] + rest[2:] == other)
    return rest[1:] == other or rest == other[1:]


def _at_year(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    iso = known.patterns["iso"].match(text, at)
    if iso:
        year, month, day = (int(iso.group(name)) for name in ("y", "m", "d"))
        start, end, weekday = _span(text, at, iso.end(), known)
        if possible(month, day, year):
            yield Spotted(start=start, end=end, rule="iso", year=year, month=month, day=day, weekday=weekday)
        return
    decade = known.patterns["decade"].match(text, at)
    if decade:
        yield Spotted(start=at, end=decade.end(), rule="decade", year=int(text[at : at + 4]), decade=True)
        return
    years = known.patterns["years"].match(text, at)
    if years and _is_span_of_years(years):
        begin = int(years.group("y"))
        last = years.group("y2")
        closing = int(last) if len(last) == 4 else begin // 100 * 100 + int(last)
        yield Spotted(start=at, end=at + 4, rule="years", year=begin, part="start")
        yield Spotted(start=years.start("y2"), end=years.end("y2"), rule="years", year=closing, part="end")
        return
    match = known.patterns["year"].match(text, at)
    if match and _is_year(text, at, match, known):
        part = known.patterns["part"].search(text, max(0, at - 30), at)
        yield Spotted(start=part.start() if part else at, end=match.end(), rule="year", year=int(match.group("y")))


def _is_span_of_years(match: re.Match[str]) -> bool:
    begin, last = int(match.group("y")), match.group("y2")
    if len(last) == 4:
        return begin < int(last) <= begin + 100
    return begin % 100 < int(last) <= begin % 100 + 30


def _is_year(text: str, at: int, match: re.Match[str], known: Grammar) -> bool:
    """Not a count ("2000 orang"), not the year of a law ("Nomor 23 Tahun 2014"), not a number on a label."""
    if at and text[at - 1] in "-–" and at > 1 and text[at - 2].isalnum() and not text[at - 2].isdigit():
        return False
    if "\u1100" <= text[match.end() : match.end() + 1] <= "\ud7ff" and text[match.end()] not in "년年":
        return False
    after = TOKEN.match(text, match.end() + 1)
    if after and after.group().lower() in known.not_years:
        return False
    if known.patterns["law"].search(text, max(0, at - 40), at):
        return False
    cued = known.patterns["part"].search(text, max(0, at - 30), at) is not None
    before = text[max(0, at - 14) : at].split()
    if before and not cued and before[-1].lower().strip(".:") in known.before_numbers:
        return False
    return cued or int(match.group("y")) >= 1900


def _at_month(text: str, at: int, word: str, known: Grammar) -> Iterator[Spotted]:
    month_day = known.patterns["month_day"].match(text, at)
    if month_day and not (_plain_word(word) and not month_day.group("y")):
        month = known.months[word.lower()]
        year = int(month_day.group("y")) if month_day.group("y") else None
        yield from _days(text, at, month_day, month, year, known, "month_day")
    match = known.patterns["month_year"].match(text, at)
    if match:
        year = int(match.group("y"))
        months = [(match.group("mon"), at, match.end("mon"))]
        if match.group("mon2"):
            months.append((match.group("mon2"), match.start("mon2"), match.end()))
        else:
            months[0] = (match.group("mon"), at, match.end())
        for number, (name, begin, end) in enumerate(months):
            part = None if len(months) == 1 else ("start", "end")[number]
            yield Spotted(
                start=begin, end=end, rule="month_year", year=year, month=known.months[name.lower()], part=part
            )
        return
    lower = word.lower()
    if lower not in known.own_months or len(word) < 3 or _plain_word(word) or (not word[0].isupper()):
        return
    yield from _month_alone(text, at, at + len(word), known.months[lower], known)


def _month_alone(text: str, at: int, end: int, month: int, known: Grammar) -> Iterator[Spotted]:
    """ "Maret lalu", "pada Maret", "last March", "im Februar": a month that needs a year from elsewhere."""
    left = max(0, at - 24)
    year = known.patterns["its_year"].match(text, end)
    if year:
        yield Spotted(start=at, end=year.end(), rule="month_with_year", month=month,
                      shift=("year", _its_shift(year), "reference"))  # fmt: skip
        return
    joined = known.patterns["next_month"].match(text, end)
    if joined and joined.group("mon").lower() in known.own_months:
        yield Spotted(start=at, end=end, rule="month", month=month, part="start")
        yield Spotted(start=joined.start("mon"), end=joined.end(), rule="month", part="end",
                      month=known.months[joined.group("mon").lower()])  # fmt: skip
        return
    for name in ("past", "future", "this"):
        after = known.patterns[name].match(text, end)
        if after:
            yield Spotted(start=at, end=after.end(), rule=f"month_{name}", month=month, direction=name)
            return
    if known.patterns["until_before"].search(text, left, at):
        yield Spotted(start=at, end=end, rule="month_until", month=month, direction="future")
        return
    for name in ("past", "future"):
        before = known.patterns[f"{name}_before"].search(text, left, at)
        if before:
            yield Spotted(start=before.start(), end=end, rule=f"month_{name}", month=month, direction=name)
            return
    if known.patterns["cue"].search(text, left, at) or _plainly_a_month(text, at, end):
        yield Spotted(start=at, end=end, rule="month", month=month)


def _its_shift(match: re.Match[str]) -> int:
    return -1 if match.group("before") else 1 if match.group("after") else 0


def _plainly_a_month(text: str, at: int, end: int) -> bool:
    """A month's full name inside a sentence, with no capital beside it that would make it a person's name."""
    before, after = text[max(0, at - 2) : at], text[end : end + 2]
    if end - at < 4 or text[at:end].lower() == "march" or not (before[:1].islower() or before[:1] in ",;"):
        return False
    return before[1:] == " " and not (after[:1] == " " and after[1:].isupper()) and not after[:1].isalnum()


def _at_weekday(text: str, at: int, word: str, known: Grammar) -> Iterator[Spotted]:
    shy = word.lower() in known.shy_weekdays and not SUNDAY.match(text, at)
    if not word[0].isupper() or shy or EVERY.search(text, max(0, at - 9), at):
        return
    end = at + len(word)
    direction = _direction(text, end, known)
    if direction is not None:
        after = known.patterns[direction].match(text, end)
        end = after.end() if after else end
    for name in ("past", "future", "until"):
        if direction is None and known.patterns[f"{name}_before"].search(text, max(0, at - 20), at):
            direction = "future" if name == "until" else name
    yield Spotted(start=at, end=end, rule="weekday", weekday=known.weekdays[word.lower()], direction=direction)


def _at_relative(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    for pattern, unit, shift, base in known.relatives:
        match = pattern.match(text, at)
        if match:
            before = known.patterns["prefix"].search(text, max(0, at - 26), at)
            start = before.start() if before else at
            yield Spotted(start=start, end=match.end(), rule=f"relative_{unit}", shift=(unit, shift, base))


def _at_count(text: str, at: int, known: Grammar) -> Iterator[Spotted]:
    match = known.patterns["counted"].match(text, at)
    if match is None:
        return
    if match.group("glued"):
        unit = {"setahun": "year", "sebulan": "month", "sehari": "day"}[match.group("glued").lower()]
        number: int | None = 1
    else:
        written = (match.group("n") or match.group("m")).lower()
        number = int(written) if written.isdigit() else known.numbers.get(written)
        unit = next((name for name in UNITS if match.groupdict().get(name)), None) or "year"
    if number is None:
        return
    if match.group("before"):
        unit = _unit_of(match.group("bunit"), known)
    past = match.group("before") or match.group("ago") or match.group("earlier")
    base = "previous" if match.group("later") or match.group("earlier") else "reference"
    yield Spotted(start=at, end=match.end(), rule="counted", shift=(unit, -number if past else number, base))


def _unit_of(word: str, known: Grammar) -> str:
    return {"j": "year", "m": "month", "t": "day"}.get(word[0].lower(), "year")


def _at_words(text: str, at: int, lower: str, known: Grammar) -> Iterator[Spotted]:
    if lower == "vor":
        yield from _at_count(text, at, known)
        return
    match = known.patterns["spelled"].match(text, at)
    if match is None:
        return
    day, year = numbers.from_words(match.group("d"), "id"), _spelled_year(match.group("y"))
    month = known.months[match.group("mon").lower()]
    if day is not None and year is not None and possible(month, day, year[0]):
        yield Spotted(start=at, end=match.start("y") + year[1], rule="spelled", year=year[0], month=month, day=day)


def _spelled_year(words: str) -> tuple[int, int] | None:
    """The longest run of number words at the front, and its length in characters."""
    end = len(words)
    while end > 0:
        number = numbers.from_words(words[:end], "id")
        if number is not None and 1900 <= number <= 2100:
            return number, end
        end = words.rstrip().rfind(" ", 0, end)
    return None

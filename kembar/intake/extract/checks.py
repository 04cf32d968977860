"""What a person must look at before believing the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from kembar.intake.extract.dates.resolve import GUESSED
from kembar.intake.extract.document import Document
from kembar.intake.extract.lexicon import load
from kembar.intake.extract.reading import Check, DateMention
from kembar.intake.extract.sieve import Sought

LIKELY, POSSIBLE = 0.9, 0.6


def find(document: Document) -> list[Check]:
    """Kinds: see `reading.KINDS_OF_CHECK`; in text order."""
    found = [
        *_weekdays(document),
        *_missing_years(document),
        *_counts(document),
        *_since(document),
        *_explainer(document),
    ]
    return sorted(found, key=lambda check: check.start)


def _weekdays(document: Document) -> Iterator[Check]:
    for mention in document.dates:
        if mention.corrected is not None and mention.weekday is not None:
            details = {"printed": mention.value, "offered": mention.corrected, "weekday": str(mention.weekday)}
            yield Check(start=mention.start, end=mention.end, rule="weekday_against_date", confidence=LIKELY,
                        kind="weekday_mismatch", details=details)  # fmt: skip


def _missing_years(document: Document) -> Iterator[Check]:
    """A day without a year that no day of publication settles, or that it would settle only as a guess, in another year
    than its own; `offered` is empty where the text suggests none."""
    for mention in document.dates:
        guessed = (
            mention.anchor is not None and mention.granularity == "day" and mention.rule in {"day_month", "numeric"}
        )
        if document.published is not None:
            guessed = guessed and mention.confidence == GUESSED and mention.corrected is None
        if mention.value.startswith("XXXX"):
            details = {"printed": mention.value, "offered": ""}
        elif guessed and not re.search(r"\d{4}", document.text[mention.start : mention.end]):
            details = {"printed": "XXXX" + mention.value[4:], "offered": mention.value}
        else:
            continue
        yield Check(start=mention.start, end=mention.end, rule="year_not_written", confidence=LIKELY,
                    kind="missing_year", details=details)  # fmt: skip


def _far(mention: DateMention) -> bool:
    """Two months or more from the day the text itself names: the year is a guess."""
    if mention.anchor is None:
        return False
    return abs((date.fromisoformat(mention.value) - date.fromisoformat(mention.anchor)).days) > 60


@cache
def _pattern(kind: str, language: str) -> Sought:
    return Sought(
        load("checks", "claims")[kind].get({"ms": "id", "su": "id", "ja": "zh"}.get(language, language), "(?!)")
    )


def _counts(document: Document) -> Iterator[Check]:
    for match in _pattern("count", document.language).finditer(document.text):
        number = next(
            (value for name, value in match.groupdict().items() if name in {"n", "n2", "n3", "w"} and value), ""
        )
        sentence = document.sentence_at(match.start())
        if sentence is not None and not sentence.is_boilerplate:
            yield Check(start=match.start(), end=match.end(), rule="counted_ties", confidence=POSSIBLE,
                        kind="count_claim", details={"claimed": number})  # fmt: skip


def _since(document: Document) -> Iterator[Check]:
    for match in _pattern("since", document.language).finditer(document.text):
        yield Check(start=match.start("y"), end=match.end("y"), rule="tie_since", confidence=POSSIBLE,
                    kind="since_claim", details={"claimed": match.group("y")})  # fmt: skip


def _explainer(document: Document) -> Iterator[Check]:
    """A text that explains and reports nothing: no day in its prose, no speaker, several explaining words."""
    matches = list(_pattern("explainer", document.language).finditer(document.text))
    days = [
        mention for mention in document.dates if mention.granularity == "day" and _in_prose(document, mention.start)
    ]
    speakers = [quote for quote in document.quotes if quote.speaker is not None]
    if len({match.group().lower() for match in matches}) >= 2 and not days and not speakers:
        yield Check(start=matches[0].start(), end=matches[0].end(), rule="explains_and_reports_nothing",
                    confidence=POSSIBLE, kind="unsourced", details={})  # fmt: skip


def _in_prose(document: Document, offset: int) -> bool:
    return not any(start <= offset < end for start, end, _ in document.boilerplate)

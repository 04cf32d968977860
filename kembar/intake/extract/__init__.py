"""Reads a text into findings with their span, rule and confidence. Plain Python: no Django, no clock, no network."""

from __future__ import annotations

from datetime import date

from kembar.intake.extract import (
    agreements,
    checks,
    cities,
    commitments,
    countries,
    dates,
    money,
    notes,
    people,
    sectors,
    text,
)
from kembar.intake.extract.document import Document
from kembar.intake.extract.reading import Any_Finding, Reading, moved

__all__ = ["Reading", "document_of", "read"]


def document_of(raw: str, *, published: date | None = None) -> Document:
    """The cleaned text with all findings; spans count the characters of `Document.text`."""
    return _found(text.document_of(text.clean(raw).text, published))


def _found(document: Document) -> Document:
    document.countries = countries.find(document)
    document.cities = cities.find(document)
    document.dates = dates.find(document)
    document.money = money.find(document)
    document.people = people.find(document)
    document.sectors = sectors.find(document)
    document.agreements = agreements.find(document)
    document.commitments = commitments.find(document)
    return document


def read(raw: str, *, published: date | None = None) -> Reading:
    """Everything found in `raw`; spans count its characters. Never raises on text, however odd: see `Reading.notes`."""
    cleaned = text.clean(raw[: notes.LONGEST])
    document = _found(text.document_of(cleaned.text, published))

    def back(findings: list[Any_Finding]) -> tuple[Any_Finding, ...]:
        if cleaned.origin is None:
            return tuple(findings)
        return tuple(moved(finding, cleaned.start, cleaned.end) for finding in findings)

    return Reading(
        language=document.language,
        length=len(raw),
        cities=back(document.cities),
        countries=back(document.countries),
        people=back(document.people),
        dates=back(document.dates),
        money=back(document.money),
        sectors=back(document.sectors),
        agreements=back(document.agreements),
        commitments=back(document.commitments),
        checks=back(checks.find(document)),
        boilerplate=tuple((cleaned.start(start), cleaned.end(end), kind) for start, end, kind in document.boilerplate),
        notes=tuple(notes.find(document, raw)),
    )

"""From what the reader found to what an officer is asked: one draft per thing, with its canonical value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kembar.intake.extract.reading import Reading
from kembar.intake.rules import sentence_around
from kembar.intake.states import DraftKind


@dataclass(frozen=True, slots=True)
class Found:
    """A draft before it is kept: place, proving sentence, value, and which rule found it how surely."""

    kind: str
    start: int
    end: int
    proof: tuple[int, int]
    value: dict[str, Any]
    rule: str
    confidence: float
    mentions: list[tuple[int, int]] = field(default_factory=list)


def drafts_of(reading: Reading, body: str) -> list[Found]:
    """Every finding once, in the order of the text; a city, person or field of cooperation at its first mention."""
    found = [*_papers(reading, body), *_facts(reading, body), *_names(reading, body)]
    return sorted(found, key=lambda item: (item.start, item.end, item.kind))


def _papers(reading: Reading, body: str) -> Iterator[Found]:
    for paper in reading.agreements:
        value: dict[str, Any] = {
            "kind": paper.kind,
            "parties": list(paper.parties),
            "status": paper.status,
            "date": paper.date or "",
        }
        yield _found(DraftKind.AGREEMENT, paper, value, body)
    for promise in reading.commitments:
        promised: dict[str, Any] = {
            "actor": promise.actor or "", "counterpart": promise.counterpart or "", "action": promise.action,
            "due": promise.due or "", "modality": promise.modality, "conditional": promise.conditional,
            "recurring": promise.recurring,
        }  # fmt: skip
        yield _found(DraftKind.COMMITMENT, promise, promised, body)


def _facts(reading: Reading, body: str) -> Iterator[Found]:
    for day in reading.dates:
        yield _found(DraftKind.DATE, day, {"value": day.value, "corrected": day.corrected or ""}, body)
    for money in reading.money:
        yield _found(DraftKind.MONEY, money, {"amount": money.amount, "currency": money.currency}, body)
    for sector in reading.sectors:
        yield _found(DraftKind.SECTOR, sector, {"code": sector.code}, body, mentions=sector.spans)


def _names(reading: Reading, body: str) -> Iterator[Found]:
    for person in reading.people:
        value: dict[str, Any] = {"name": person.name, "office": person.office or "", "of": person.of or ""}
        yield _found(DraftKind.PERSON, person, value, body, mentions=person.mentions)
    seen: dict[tuple[int, str], Found] = {}
    for city in reading.cities:
        # Places GeoNames lacks all bear the number 0.
        key = (city.geonameid, city.name)
        if key in seen:
            seen[key].mentions.append((city.start, city.end))
            continue
        place: dict[str, Any] = {"name": city.name, "country": city.country, "geonameid": city.geonameid,
                 "alternatives": list(city.alternatives)}  # fmt: skip
        seen[key] = _found(DraftKind.CITY, city, place, body, mentions=[(city.start, city.end)])
    yield from seen.values()


def _found(kind: str, finding: Any, value: dict[str, Any], body: str, mentions: Any = ()) -> Found:
    return Found(
        kind=kind,
        start=finding.start,
        end=finding.end,
        proof=sentence_around(body, finding.start, finding.end),
        value=value,
        rule=finding.rule,
        confidence=finding.confidence,
        mentions=list(mentions),
    )


def claim_text(kind: str, value: dict[str, Any]) -> str:
    """The canonical text of an accepted draft, as a claim holds it."""
    if kind == DraftKind.PERSON:
        return "; ".join(part for part in (value["name"], value["office"], value["of"]) if part)
    if kind == DraftKind.MONEY:
        return f"{value['amount']:.2f} {value['currency']}"
    if kind == DraftKind.CITY:
        return f"{value['name']}, {value['country']}"
    if kind == DraftKind.AGREEMENT:
        return f"{value['kind']} {value['status']}"
    only = {DraftKind.DATE: "value", DraftKind.SECTOR: "code", DraftKind.COMMITMENT: "action"}
    return str(value[only[DraftKind(kind)]])


PAPERS = {
    "loi": "letter_of_intent",
    "mou": "memorandum_of_understanding",
    "ia": "implementing_arrangement",
    "sister_city": "sister_agreement",
    "friendship": "friendship_agreement",
}
"""Kinds of papers as the reader names them, as the register does."""

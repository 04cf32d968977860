"""Bringing in a file of claims: all of it or nothing, and the same file again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.actions.placing import Placed, place_row
from kembar.agreements.actions.stepping import SupersessionCircle, bring_in_step
from kembar.agreements.claims_file import ClaimsFileRefused, Row, RowError, Topic, read, scope_of, source_of
from kembar.cities.actions import adopt
from kembar.cities.models import LocalGovernment, Office
from kembar.cities.queries import AmbiguousCity, Place, UnknownCity, find
from kembar.journal.actions import record
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.sources.actions import DocumentFacts, Statement, enter_claim, keep_document
from kembar.sources.models import Document


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, claims that are new, claims the office had already."""

    rows: int
    new: int
    known: int


@dataclass(slots=True)
class _Run:
    by: Actor
    office: Office
    documents: dict[str, Document] = field(default_factory=dict)
    new: int = 0
    known: int = 0


# Papers first, then what is said of them: a signature or a term looks for the paper it belongs to.
_ORDER = ("concluded", "date", "ends", "term", "scope", "supersedes")


@transaction.atomic
def import_claims(text: str, *, by: Actor, office: Office) -> Imported:
    """Enter every row of a claims file. Raises ClaimsFileRefused with all errors found; then nothing is written."""
    require(by, Permission.IMPORT_CLAIMS, office_id=office.pk)
    rows = read(text)
    partners = _partners(rows, by=by)
    files: dict[int, tuple[Partnership, list[Row]]] = {}
    for row in rows:
        partner = partners[row.city, row.country]
        file = open_file(by=by, office=office, partner=partner, kind=row.kind, institution=row.institution)
        files.setdefault(file.pk, (file, []))[1].append(row)
    run = _Run(by=by, office=office)
    for file, own in files.values():
        _import_file(file, rows=own, run=run)
    if run.new:
        record("claims.imported", by=by, subject=f"office:{office.pk}", office_id=office.pk,
               facts={"rows": len(rows), "new": run.new})  # fmt: skip
    return Imported(rows=len(rows), new=run.new, known=run.known)


def _partners(rows: Iterable[Row], *, by: Actor) -> dict[tuple[str, str], LocalGovernment]:
    found: dict[tuple[str, str], Place] = {}
    errors: list[RowError] = []
    for row in rows:
        key = (row.city, row.country)
        if key in found:
            continue
        try:
            found[key] = find(row.city, country=row.country)
        except AmbiguousCity as error:
            names = "; ".join(
                f"{place.english_name}, {place.region or place.country}" for place in error.candidates[:5]
            )
            errors.append(RowError(row.line, "ambiguous_city", {"city": row.city, "candidates": names}))
        except UnknownCity:
            errors.append(RowError(row.line, "unknown_city", {"city": row.city, "country": row.country}))
    if errors:
        raise ClaimsFileRefused(errors)
    return {key: adopt(place, by=by) for key, place in found.items()}


def _import_file(file: Partnership, *, rows: list[Row], run: _Run) -> None:
    explicit_scope = {(row.topic, row.record) for row in rows if row.attribute == "scope"}
    placed = Placed(file, office_city=run.office.local_government, by=run.by)
    before = run.new
    for row in sorted(rows, key=_turn):
        subject, attribute, value = place_row(row, placed=placed)
        for number, words in enumerate(row.sources):
            document = _document(words, run=run)
            _enter(file, row=row, stated=Stated(subject, attribute, value), document=document, run=run)
            items = scope_of(row.note)
            listed = number == 0 and attribute in ("concluded", "date") and row.topic in _WITH_SCOPE
            if listed and items and (row.topic, row.record) not in explicit_scope:
                _enter(file, row=row, stated=Stated(subject, "scope", "; ".join(items)), document=document, run=run)
    if run.new > before:
        try:
            bring_in_step(file, by=run.by)
        except SupersessionCircle:
            raise ClaimsFileRefused([RowError(rows[0].line, "supersession_circle", {"city": rows[0].city})]) from None


_WITH_SCOPE = frozenset({Topic.PAPER, Topic.APPROVAL})


@dataclass(frozen=True, slots=True)
class Stated:
    subject: str
    attribute: str
    value: str


def _turn(row: Row) -> tuple[int, bool, str]:
    place = _ORDER.index(row.attribute) if row.attribute in _ORDER else len(_ORDER)
    # An extension looks for the paper it extends, so within one turn papers come in the order of their dates.
    return place, row.date is None, row.date.edtf if row.date else ""


def _document(words: str, *, run: _Run) -> Document:
    if words not in run.documents:
        source = source_of(words)
        facts = DocumentFacts(title=source.title, publisher=source.publisher, published=source.published,
                              address=source.address, kind=source.kind)  # fmt: skip
        run.documents[words] = keep_document(facts, by=run.by, office_id=run.office.pk)
    return run.documents[words]


def _enter(file: Partnership, *, row: Row, stated: Stated, document: Document, run: _Run) -> None:
    dated = stated.attribute in ("concluded", "date", "ends", "effective", "lapsed", "paper_date", "since", "status")
    statement = Statement(
        about=file.key,
        subject=stated.subject,
        attribute=stated.attribute,
        value=stated.value,
        date=row.date if dated else None,
        said=row.said,
        confidence=row.confidence,
        decision=row.decision,
        reason=row.reason,
    )
    _, made = enter_claim(statement, by=run.by, document=document)
    run.new += made
    run.known += not made

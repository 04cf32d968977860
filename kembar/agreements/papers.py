"""The papers of an office, a page of them at a time, each with its state on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from kembar.agreements import queries, rules
from kembar.agreements.models import Instrument, ScopeItem, Signature
from kembar.agreements.queries import PaperSheet
from kembar.partnerships.models import Partnership
from kembar.partnerships.states import Standing


def papers_asked(
    office_id: int, *, kind: str = "", partnership: Partnership | None = None, number: int | None = None
) -> QuerySet[Instrument]:
    """The papers that were not rejected, by kind, of one file, or one of them; in the order of entry."""
    rows = Instrument.objects.filter(office_id=office_id).exclude(standing=Standing.REJECTED)
    if kind:
        rows = rows.filter(kind=kind)
    if partnership is not None:
        rows = rows.filter(partnership=partnership)
    if number is not None:
        rows = rows.filter(pk=number)
    return rows.select_related("partnership").order_by("id")


def sheets(papers: Sequence[Instrument], *, on: date) -> list[PaperSheet]:
    """Each paper with its state on a day, its signatures and fields of cooperation. Three queries for all."""
    files = {paper.partnership_id: paper.partnership for paper in papers}
    beside: dict[int, list[Instrument]] = {number: [] for number in files}
    for paper in Instrument.objects.filter(partnership_id__in=files).order_by("id"):
        beside[paper.partnership_id].append(paper)
    signed = _signatures(beside)
    scope: dict[int | None, list[str]] = {}
    items = ScopeItem.objects.filter(instrument_id__in=[paper.pk for paper in papers])
    for item in items.order_by("position", "id"):
        scope.setdefault(item.instrument_id, []).append(item.text)
    law = {number: _file(files[number], beside[number], signed) for number in files}
    by_id = {paper.id: paper for file in law.values() for paper in file.papers}
    return [
        PaperSheet(
            paper=paper,
            state=rules.paper_state(by_id[paper.pk], law[paper.partnership_id], on),
            signatures=signed.get(paper.pk, []),
            scope=scope.get(paper.pk, []),
            gap=None,
        )
        for paper in papers
    ]


def _signatures(files: Iterable[int]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = {}
    rows = Signature.objects.filter(instrument__partnership_id__in=list(files)).select_related("party").order_by("id")
    for row in rows:
        found.setdefault(row.instrument_id, []).append(row)
    return found


def _file(file: Partnership, papers: list[Instrument], signed: dict[int, list[Signature]]) -> rules.File:
    """As much of a file as the state of its papers follows from."""
    accepted = {
        number: sum(signature.standing == Standing.ACCEPTED for signature in group) for number, group in signed.items()
    }
    return rules.File(
        kind=file.kind,
        papers=tuple(queries.paper_of(paper, parties_signed=accepted.get(paper.pk, 0)) for paper in papers),
    )

"""The dated facts of an office, whatever file they stand in: what feeds tell of and calendars hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from kembar.access.offices import Offices, within
from kembar.agreements.models import Approval, Instrument, LegalSpan, Signature
from kembar.agreements.rules import MOU_CLASS
from kembar.agreements.states import ApprovalKind, InstrumentKind
from kembar.languages.queries import texts
from kembar.lib.dates import EdtfDate
from kembar.partnerships.models import Event, Partnership
from kembar.partnerships.states import Standing


@dataclass(frozen=True, slots=True)
class Fact:
    """One record with its date, in the words of the page's language where they were written in it.

    `accepted`: the office holds it for a fact; else some source only says so. `kind` is paper, approval or event.
    """

    key: str
    kind: str
    title: str
    date: EdtfDate | None
    accepted: bool
    partnership: Partnership


def facts(keys: Iterable[str], *, office_id: Offices) -> dict[str, Fact]:
    """The papers, approvals and events among these keys that were not rejected, by key. Five queries at most."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        kind, _, number = key.partition(":")
        wanted.setdefault(kind, []).append(int(number))
    found: list[Fact] = []
    for kind, table, shape in (
        ("instrument", Instrument, _paper), ("approval", Approval, _approval), ("event", Event, _event)
    ):  # fmt: skip
        rows: Any = table._default_manager.filter(within(office_id), pk__in=wanted.get(kind, []))
        rows = rows.exclude(standing=Standing.REJECTED).select_related("partnership__partner").order_by("pk")
        found += [shape(row) for row in rows] if kind in wanted else []
    words = texts([fact.key for fact in found], office_id=office_id, language=get_language() or "")
    return {fact.key: _told(fact, words.get((fact.key, "title"))) for fact in found}


def papers_of_signatures(keys: Sequence[str], *, office_id: int) -> dict[str, str]:
    """The paper each of these signatures stands under, key by key. One query."""
    numbers = [int(key.partition(":")[2]) for key in keys]
    rows = Signature.objects.filter(pk__in=numbers, office_id=office_id).order_by("pk")
    return {row.key: f"instrument:{row.instrument_id}" for row in rows} if numbers else {}


def papers_running_out(office_id: int, *, since: date) -> list[Fact]:
    """The accepted papers that bind both sides and end on that day or later, each with its last day in force."""
    rows = Instrument.objects.filter(
        office_id=office_id, standing=Standing.ACCEPTED, kind__in=MOU_CLASS, concluded__isnull=False,
        lapsed__isnull=True, ends_latest__gte=since,
    ).select_related("partnership__partner")  # fmt: skip
    return [
        Fact(row.key, "end", _paper_title(row), row.ends, True, row.partnership)
        for row in rows.order_by("ends_latest", "pk")
    ]


def newest_states(office_id: int, *, on: date, partnership: Partnership | None = None, limit: int) -> list[LegalSpan]:
    """The legal states that began last, up to a day, each still running on it; the newest first."""
    rows = LegalSpan.objects.filter(office_id=office_id, starts__lte=on).exclude(ends__lte=on)
    if partnership is not None:
        rows = rows.filter(partnership=partnership)
    return list(rows.select_related("partnership__partner").order_by("-starts", "-pk")[:limit])


def _told(fact: Fact, shown: Any) -> Fact:
    title = shown.text if shown and shown.text else fact.title
    return Fact(fact.key, fact.kind, title, fact.date, fact.accepted, fact.partnership)


def _paper_title(row: Instrument) -> str:
    return row.title or str(InstrumentKind(row.kind).label)


def _paper(row: Instrument) -> Fact:
    accepted = row.standing == Standing.ACCEPTED
    return Fact(row.key, "paper", _paper_title(row), row.concluded, accepted, row.partnership)


def _approval(row: Approval) -> Fact:
    accepted = row.standing == Standing.ACCEPTED
    return Fact(row.key, "approval", str(ApprovalKind(row.kind).label), row.date, accepted, row.partnership)


def _event(row: Event) -> Fact:
    return Fact(row.key, "event", row.title, row.date, row.standing == Standing.ACCEPTED, row.partnership)

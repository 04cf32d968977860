"""Bringing the record in step with its claims: the only place where dates, terms, scopes and standings are set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements import queries, rules
from kembar.agreements.actions.finding import make_papers_findable
from kembar.agreements.claims_file import scope_of, term_of
from kembar.agreements.models import Approval, Instrument, LegalSpan, ScopeItem, Signature
from kembar.agreements.states import WORDS, Attribute
from kembar.journal.actions import Line, record_all
from kembar.lib.dates import EdtfDate
from kembar.partnerships.actions import Settled, make_findable, reopen, settle_events
from kembar.partnerships.models import Event, Partnership
from kembar.search.actions import forget
from kembar.sources.queries import Said, by_attribute, claims_about
from kembar.sources.rules import settle_date, settle_value, standing
from kembar.sources.states import Decision


class SupersessionCircle(Exception):
    """A paper cannot take the place of one that, in the end, takes its own place."""


Groups = Mapping[tuple[str, str], list[Said]]


@transaction.atomic
def bring_in_step(partnership: Partnership, *, by: Actor) -> None:
    """Settle every record of a file from its claims and rebuild its runs of legal states.

    Call it in the transaction that changed a claim; it writes only what differs, each change with a journal line.
    """
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    claims = claims_about(partnership.key, office_id=partnership.office_id)
    groups = by_attribute(claims)
    changes = _Changes(scopes=_scopes(partnership))
    signatures: dict[int, list[Signature]] = {}
    for signature in Signature.objects.filter(instrument__partnership=partnership).order_by("id"):
        _settle_signature(signature, groups=groups, changes=changes)
        signatures.setdefault(signature.instrument_id, []).append(signature)
    papers = list(partnership.instruments.order_by("id"))
    older = _supersessions(papers, groups=groups)
    for paper in papers:
        _settle_paper(paper, signatures=signatures.get(paper.pk, []), older=older[paper.pk], groups=groups,
                      changes=changes)  # fmt: skip
    for approval in partnership.approvals.order_by("id"):
        _settle_approval(approval, groups=groups, changes=changes)
    changes.write(partnership, by=by)
    events = partnership.events.order_by("id")
    settle_events((_settled(event, groups=groups) for event in events), by=by, office_id=partnership.office_id)
    if partnership.withdrawn and any(claim.decision != Decision.REJECTED for claim in claims):
        reopen(partnership, by=by)
    if partnership.merged_into_id or partnership.withdrawn:
        partnership.spans.all().delete()
        for paper in papers:
            forget(paper.key)
        return
    make_papers_findable(papers)
    _rebuild_spans(partnership, claims=claims)
    make_findable(partnership, texts=queries.words_of(partnership))


@dataclass(slots=True)
class _Changes:
    """What differs in a file, written at its end with as many queries for a thousand records as for one.

    `scopes` holds the items of each paper and approval as they stand.
    """

    scopes: dict[str, list[str]]
    rows: list[Instrument | Signature | Approval] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    listed: list[tuple[Instrument | Approval, list[str]]] = field(default_factory=list)

    def settle(self, row: Instrument | Signature | Approval, *, values: Mapping[str, object]) -> None:
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return
        before = {name: _plain(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        self.rows.append(row)
        after = {name: _plain(value) for name, value in changed.items()}
        kind = row.key.partition(":")[0]
        self.lines.append(Line(f"{kind}.settled", subject=row.key, facts={"before": before, "after": after}))

    def list_scope(self, row: Instrument | Approval, *, text: str) -> None:
        wanted = scope_of(text)
        if self.scopes.get(row.key, []) != wanted:
            self.listed.append((row, wanted))

    def write(self, partnership: Partnership, *, by: Actor) -> None:
        for signature in self.rows:
            if isinstance(signature, Signature):
                signature.save()
        _save_all(Instrument, rows=[row for row in self.rows if isinstance(row, Instrument)])
        _save_all(Approval, rows=[row for row in self.rows if isinstance(row, Approval)])
        lines = [replace(line, about=partnership.key) for line in self.lines]
        record_all(lines, by=by, office_id=partnership.office_id)
        if not self.listed:
            return
        rows = [row for row, _ in self.listed]
        of_these = Q(instrument__in=[row for row in rows if isinstance(row, Instrument)])
        of_these |= Q(approval__in=[row for row in rows if isinstance(row, Approval)])
        ScopeItem.objects.filter(of_these).delete()
        ScopeItem.objects.bulk_create(
            ScopeItem(office_id=row.office_id, position=position, text=item,
                      **{"instrument" if isinstance(row, Instrument) else "approval": row})
            for row, items in self.listed
            for position, item in enumerate(items, start=1)
        )  # fmt: skip


Row = TypeVar("Row", Instrument, Approval)


def _save_all(table: type[Row], *, rows: Sequence[Row]) -> None:
    if rows:
        names = [each.name for each in table._meta.concrete_fields if not each.primary_key]
        table.objects.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=names
        )


def _scopes(partnership: Partnership) -> dict[str, list[str]]:
    mine = Q(instrument__partnership=partnership) | Q(approval__partnership=partnership)
    found: dict[str, list[str]] = {}
    for item in ScopeItem.objects.filter(mine).order_by("position", "id"):
        key = f"instrument:{item.instrument_id}" if item.instrument_id else f"approval:{item.approval_id}"
        found.setdefault(key, []).append(item.text)
    return found


def _of(groups: Groups, *attributes: str, subject: str) -> list[Said]:
    return [claim for attribute in attributes for claim in groups.get((subject, attribute), [])]


def _date(claims: list[Said]) -> EdtfDate | None:
    return settle_date([claim.stated for claim in claims])


def _value(claims: list[Said]) -> str:
    return settle_value([claim.stated for claim in claims])


def _words(key: str, *, groups: Groups, standing: str) -> dict[str, object]:
    """What is written on a record besides its dates, where somebody stated it; what nobody stated stays as it is.

    A voided record keeps its words: it has to be told apart from others that were voided.
    """
    found: dict[str, object] = {}
    if standing == "rejected":
        return found
    for attribute in WORDS[key.partition(":")[0]]:
        said = groups.get((key, attribute.value), [])
        if said:
            value = _value(said)
            copies = int(value) if value.isdecimal() else None
            found[attribute.value] = copies if attribute is Attribute.COPIES else value or _UNSAID.get(attribute, "")
    return found


_UNSAID = {Attribute.MODE: "not_known"}


def _standing(claims: list[Said]) -> str:
    return standing([claim.stated for claim in claims]) if claims else "open"


def _settle_signature(signature: Signature, *, groups: Groups, changes: "_Changes") -> None:
    said = _of(groups, "date", subject=signature.key)
    standing = _standing(_of(groups, "date", "kind", subject=signature.key))
    values = {"date": _date(said), "standing": standing, **_words(signature.key, groups=groups, standing=standing)}
    changes.settle(signature, values=values)


def _supersessions(papers: list[Instrument], *, groups: Groups) -> dict[int, int | None]:
    """Which paper each one takes the place of, by its accepted claim. Raises SupersessionCircle."""
    keys = {paper.key: paper.pk for paper in papers}
    links = {paper.pk: keys.get(_value(_of(groups, "supersedes", subject=paper.key))) for paper in papers}
    if any(target is not None and rules.would_circle(pk, target, links) for pk, target in links.items()):
        raise SupersessionCircle
    return links


def _settle_paper(
    paper: Instrument, *, signatures: list[Signature], older: int | None, groups: Groups, changes: "_Changes"
) -> None:
    own = _of(groups, "concluded", subject=paper.key)
    signing = [claim for signature in signatures for claim in _of(groups, "date", subject=signature.key)]
    concluded = _last_signature(signatures) or _date(own)
    effective = _date(_of(groups, "effective", subject=paper.key))
    term, from_effective, term_wording = term_of(_value(_of(groups, "term", subject=paper.key)))
    stated_end = _date(_of(groups, "ends", subject=paper.key))
    start = effective if from_effective and effective is not None else concluded
    standing = _standing(own + signing + _of(groups, "kind", subject=paper.key))
    ends = stated_end or rules.end_of_term(start, term, last_day_included=paper.last_day_included)
    values: dict[str, object] = {
        "concluded": concluded,
        "effective": effective,
        "term": term,
        "term_from": "effective" if from_effective else "signature",
        "term_wording": term_wording,
        "ends": ends,
        "lapsed": _date(_of(groups, "lapsed", subject=paper.key)),
        "standing": standing,
        "supersedes_id": older,
        **_words(paper.key, groups=groups, standing=standing),
    }
    changes.settle(paper, values=values)
    changes.list_scope(paper, text=_value(_of(groups, "scope", subject=paper.key)))


def _last_signature(signatures: list[Signature]) -> EdtfDate | None:
    """The last party's signature, once at least two parties' signatures are known."""
    dates = [s.date for s in signatures if s.standing == "accepted" and s.date is not None]
    return max(dates, key=lambda date: date.sort_key) if len(dates) > 1 else None


def _settle_approval(approval: Approval, *, groups: Groups, changes: "_Changes") -> None:
    said = _of(groups, "date", subject=approval.key)
    term, _, _ = term_of(_value(_of(groups, "term", subject=approval.key)))
    standing = _standing(_of(groups, "date", "kind", subject=approval.key))
    values: dict[str, object] = {"date": _date(said), "term": term, "standing": standing}
    values |= _words(approval.key, groups=groups, standing=standing)
    changes.settle(approval, values=values)
    changes.list_scope(approval, text=_value(_of(groups, "scope", subject=approval.key)))


def _settled(event: Event, *, groups: Groups) -> Settled:
    return Settled(
        event,
        date=_date(_of(groups, "date", subject=event.key)),
        standing=_standing(_of(groups, "date", "kind", subject=event.key)),
        title=_value(_of(groups, "title", subject=event.key)),
    )


def _plain(value: object) -> object:
    return value.edtf if isinstance(value, EdtfDate) else value


def _rebuild_spans(partnership: Partnership, *, claims: list[Said]) -> None:
    wanted = [
        LegalSpan(
            office_id=partnership.office_id, partnership=partnership, starts=span.starts, ends=span.ends,
            headline=span.state.headline, since=span.state.since, until=span.state.until,
            activity=span.state.activity, sister_city=span.state.sister_city, papers=span.state.papers,
        )
        for span in rules.spans(queries.legal_file(partnership, claims=claims))
    ]  # fmt: skip
    kept = list(partnership.spans.order_by("starts"))
    if [_compared(span) for span in kept] == [_compared(span) for span in wanted]:
        return
    partnership.spans.all().delete()
    LegalSpan.objects.bulk_create(wanted)


def _compared(span: LegalSpan) -> tuple[object, ...]:
    return (span.starts, span.ends, span.headline, span.since, span.until, span.activity, span.sister_city,
            span.papers)  # fmt: skip

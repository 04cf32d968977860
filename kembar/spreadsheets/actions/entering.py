"""Bringing the rows of a spreadsheet in: one transaction, one source, the same actions as the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.actions import NewPaper, add_approval, add_instruments, bring_in_step
from kembar.agreements.models import Instrument
from kembar.agreements.rules import EXTENSION
from kembar.agreements.states import DATES
from kembar.cities.actions import adopt
from kembar.journal.actions import record
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import Noted, add_events, open_file
from kembar.partnerships.models import Partnership
from kembar.sources import actions as sources
from kembar.sources.actions import DocumentFacts, Statement, keep_document
from kembar.sources.models import Document
from kembar.sources.states import Decision, DocumentKind
from kembar.spreadsheets import queries
from kembar.spreadsheets.actions.moving import locked
from kembar.spreadsheets.models import Entered, Spreadsheet
from kembar.spreadsheets.plan import AGAIN, DIFFERS, NEW, REPLACES, Fact, File, Planned, Record
from kembar.spreadsheets.states import BRINGS_SOMETHING, Made, State, Work


class NothingToEnter(Exception):
    """No row of the spreadsheet says anything the register does not have."""


@dataclass(slots=True)
class _Run:
    """What was made so far: the keys of the plan ("new:…") → what stands in the register."""

    by: Actor
    found: Spreadsheet
    document: Document
    decision: str
    files: dict[str, Partnership] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    entered: list[Entered] = field(default_factory=list)


@transaction.atomic
def enter(found: Spreadsheet, *, by: Actor, decision: str = Decision.ACCEPTED) -> Spreadsheet:
    """Brings in every row that says something and has no error. What contradicts another source is left open to decide.

    `decision` is what the office holds of the rest: accepted or open. Raises WrongMove, NothingToEnter.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=(State.PREVIEWED,))
    rows = [row for row in queries.planned(current) if row.outcome in BRINGS_SOMETHING]
    if not rows:
        raise NothingToEnter
    run = _Run(by, current, _document(current, by=by), Decision(decision))
    _files(rows, run=run)
    _records(rows, run=run)
    _claims(rows, run=run)
    for file in run.files.values():
        bring_in_step(file, by=by)
    Entered.objects.bulk_create(run.entered, batch_size=1000)
    current.document, current.state, current.work, current.work_since = run.document, State.ENTERED, Work.NONE, None
    current.entered_by, current.entered_at, current.broken_off = by.label, timezone.now(), ""
    claims = sum(each.made == Made.NEW for each in run.entered)
    current.counts |= {"opened": run.opened, "rows": len(rows), "claims": claims, "touched": len(run.files)}
    current.save()
    record("spreadsheet.entered", by=by, subject=current.key, office_id=current.office_id,
           facts={"name": current.name, "rows": len(rows), "claims": claims, "sha256": current.sha256})  # fmt: skip
    return current


def _document(found: Spreadsheet, *, by: Actor) -> Document:
    """The source of every claim: the file under its name and the beginning of its fingerprint, which tells versions
    of one file apart."""
    facts = DocumentFacts(title=f"{found.name} ({found.sha256[:8]})", kind=DocumentKind.OFFICE,
                          note=f"SHA-256 {found.sha256}")  # fmt: skip
    return keep_document(facts, by=by, office_id=found.office_id)


def _files(rows: Sequence[Planned], *, run: _Run) -> None:
    wanted: dict[str, File] = {}
    for row in rows:
        if row.file is not None:
            wanted.setdefault(row.file.key, row.file)
    numbers = [int(key.partition(":")[2]) for key, file in wanted.items() if not file.is_new]
    known = Partnership.objects.filter(office_id=run.found.office_id, pk__in=numbers).select_related("partner")
    run.files = {row.key: row for row in known.order_by("id")}
    run.opened = [row.key for row in run.files.values() if row.withdrawn]
    for key, file in wanted.items():
        if file.is_new:
            opened = open_file(by=run.by, office=run.found.office, partner=adopt(file.place, by=run.by),
                               kind=file.kind, institution=file.institution)  # fmt: skip
            run.files[key] = opened
            run.opened.append(opened.key)
        run.keys[key] = run.files[key].key


def _records(rows: Sequence[Planned], *, run: _Run) -> None:
    new: dict[str, Record] = {}
    for row in rows:
        if row.record is not None:
            run.keys.setdefault(row.record.key, row.record.key)
            if row.record.is_new:
                new.setdefault(row.record.key, row.record)
    extensions = [each for each in new.values() if each.record == f"paper:{EXTENSION}"]
    papers = [each for each in new.values() if each.record.startswith("paper:") and each not in extensions]
    _papers(papers, run=run)
    _papers(extensions, run=run)
    for each in new.values():
        if each.record.startswith("approval:"):
            approval = add_approval(by=run.by, partnership=run.files[each.file], kind=_kind(each))
            run.keys[each.key] = approval.key
    events = [each for each in new.values() if each.record.startswith("event:")]
    noted = [Noted(run.files[each.file], _kind(each), each.title, next(iter(each.dates), None)) for each in events]
    for each, event in zip(events, add_events(noted, by=run.by, office_id=run.found.office_id), strict=True):
        run.keys[each.key] = event.key


def _kind(each: Record) -> str:
    return each.record.partition(":")[2]


def _papers(papers: Sequence[Record], *, run: _Run) -> None:
    keys = [run.keys.get(each.parent, each.parent) for each in papers]
    numbers = {int(key.partition(":")[2]) for key in keys if key.startswith("instrument:")}
    parents = {row.key: row for row in Instrument.objects.filter(pk__in=numbers).order_by("id")}
    new = [
        NewPaper(run.files[each.file], _kind(each), parent=parents.get(key))
        for each, key in zip(papers, keys, strict=True)
    ]
    for each, paper in zip(papers, add_instruments(new, by=run.by, office_id=run.found.office_id), strict=True):
        run.keys[each.key] = paper.key


def _claims(rows: Sequence[Planned], *, run: _Run) -> None:
    wanted: list[tuple[Planned, Fact]] = []
    old: dict[str, list[tuple[int, int, str]]] = {AGAIN: [], REPLACES: []}
    for row in rows:
        for fact in row.facts:
            if fact.state in (NEW, DIFFERS, REPLACES):
                wanted.append((row, fact))
            if fact.state in (AGAIN, REPLACES):
                about = run.keys[row.file.key] if row.file else ""
                old[fact.state] += [(pk, row.entry.line, about) for pk in fact.claims]
    said = [_statement(row, fact=fact, run=run) for row, fact in wanted]
    made = sources.enter_claims(said, by=run.by, document=run.document)
    for (row, _), (claim, is_new) in zip(wanted, made, strict=True):
        if is_new:
            run.entered.append(_entered(run, line=row.entry.line, claim=claim.pk, about=claim.about, made=Made.NEW))
    file = f"{run.found.name} ({run.found.sha256[:8]})"
    back, newer = gettext("brought in again: %(file)s"), gettext("a newer version of the table: %(file)s")
    office_id = run.found.office_id
    again, replaced = old[AGAIN], old[REPLACES]
    sources.decide_all(
        [pk for pk, _, _ in again], by=run.by, office_id=office_id, decision=run.decision, reason=back % {"file": file}
    )
    sources.decide_all([pk for pk, _, _ in replaced], by=run.by, office_id=office_id, decision=Decision.REJECTED,
                       reason=newer % {"file": file})  # fmt: skip
    for how, claims in ((Made.AGAIN, again), (Made.REPLACED, replaced)):
        run.entered += [_entered(run, line=line, claim=pk, about=about, made=how) for pk, line, about in claims]


def _statement(row: Planned, *, fact: Fact, run: _Run) -> Statement:
    about = run.keys[row.file.key] if row.file else ""
    return Statement(
        about=about,
        subject=run.keys.get(fact.subject, fact.subject),
        attribute=fact.attribute,
        value=fact.value,
        date=parse_edtf(fact.value) if fact.attribute in DATES else None,
        said=row.entry.said,
        decision=Decision.OPEN if fact.state == DIFFERS else run.decision,
    )


def _entered(run: _Run, *, line: int, claim: int, about: str, made: Made) -> Entered:
    return Entered(
        office_id=run.found.office_id, spreadsheet=run.found, line=line, claim_id=claim, about=about, made=made
    )

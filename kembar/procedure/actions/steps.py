"""What is done on a step: finished with its paper, left out, sent back, reported by the partner.

What the register can hold (approvals, papers, signatures) is written there, from the step's own paper as its source.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.agreements import actions as agreements
from kembar.agreements.actions import Source
from kembar.agreements.claims_file import term_of
from kembar.agreements.queries import paper as paper_of
from kembar.agreements.rules import TERMINATION
from kembar.lib.dates import EdtfDate, parse_duration
from kembar.partnerships.queries import Partnership
from kembar.procedure import rules
from kembar.procedure.actions.done import Done, known_record, last_day
from kembar.procedure.actions.opening import note_aside, term
from kembar.procedure.actions.papers import Paper, keep_paper
from kembar.procedure.actions.refusing import Unusual, WrongStep, moved, saved, words
from kembar.procedure.actions.signing import check_signing
from kembar.procedure.models import Case, StepRun
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.templates import template_of
from kembar.procedure.states import Deed, Kind
from kembar.procedure.template import SIGNED, Step, Template
from kembar.sources.actions import DocumentFacts, keep_document
from kembar.sources.models import Document
from kembar.sources.queries import document as source_document

# What a signed paper is, by the kind of case; a new tie takes what its template says.
PAPER_OF = {Kind.EXTENSION: "extension", Kind.AMENDMENT: "amendment"}


@transaction.atomic
def finish(
    case: Case, *, by: Actor, step: str, done: Done, seen: int, confirmed: Collection[str] = (),
    paper: Paper | None = None,
) -> Case:  # fmt: skip
    """A step of our side is done. Raises WrongStep, Hindered (signing before the approvals, full powers void, scope not
    approved), Unusual (scope the plan never had), agreements' Doubtful, WrongMove, ChangedMeanwhile; what `keep_paper`
    raises, where the file comes along."""
    now = moved("done", case=case, by=by, seen=seen)
    road, runs = queries.road_of(now), queries.runs_of([now]).get(now.pk, [])
    at = _open_step(step, now=now, road=road, runs=runs)
    _check_day(done.on, at=at, now=now, runs=runs)
    if done.partner_on is not None:
        _check_day(done.partner_on, at=at, now=now, runs=runs, field="partner_on")
    if done.effective is not None and done.effective.certainly_before(done.on):
        raise WrongStep("effective", code="before_predecessor")
    term("term", text=done.term)
    if at.approval == "council_plenary":
        _check_plan(now, done=done, confirmed=confirmed)
    if at.reaches == SIGNED and now.kind != Kind.TERMINATION:
        check_signing(now, road=road, runs=runs, done=done, by=by)
    source = _source(now, at=at, done=done, by=by)
    key = _write(now, at=at, done=done, source=source, by=by, confirmed=confirmed)
    _run(now, at=at, done=done, source=source, key=key, road=road, runs=runs, by=by)
    if at.reaches == SIGNED:
        now.paper = key
    now.standing = "running"
    told = saved(now, verb="step_done", by=by, facts=_facts(at, done=done))
    if paper is not None:
        keep_paper(told, by=by, step=step, paper=paper)
    return told


def _facts(at: Step, *, done: Done) -> dict[str, object]:
    return {"step": at.code, "step_name": dict(at.name.texts), "on": done.on.edtf, "number": done.number}


def _open_step(step: str, *, now: Case, road: Template, runs: list[StepRun]) -> Step:
    found = next((one for one in queries.open_steps(now, runs=runs, road=road) if one.code == step), None)
    if found is None:
        raise WrongStep("step", code="not_open" if road.step(step) else "unknown")
    return found


def _check_day(day: EdtfDate, *, at: Step, now: Case, runs: list[StepRun], field: str = "on") -> None:
    """A step does not come before those before it, nor before what sent it back; nothing is of a day to come."""
    done = rules.finished(queries.plain(runs))
    back = [run.on for run in runs if run.deed == Deed.RETURNED and run.back_to == at.code]
    fault = rules.date_fault(day, before=[*(done.get(code) for code in at.after), *back], today=now.office.today())
    if fault:
        raise WrongStep(field, code=fault)


def _check_plan(now: Case, *, done: Done, confirmed: Collection[str]) -> None:
    """Approving what the plan never had is possible, and never by mistake."""
    if now.scope_items and done.scope:
        extra = {f"not_in_plan:{item}" for item in rules.difference(now.scope_items, done.scope).added}
        if extra and "not_in_plan" not in confirmed:
            raise Unusual(extra)


def _source(now: Case, *, at: Step, done: Done, by: Actor) -> Source | None:
    """What shows that the step is done: a source on file; else, where the register is written, the step's own paper."""
    if done.document_id is not None:
        return Source(document_id=done.document_id)
    if done.known or not at.records:
        return None
    name = at.name("id")
    mark = done.number or done.on.edtf
    kind = "paper" if at.paper else "letter"
    facts = DocumentFacts(title=f"{name}: {now.partnership.english_name}, {mark}"[:300], kind=kind, language="id")
    return Source(document_id=keep_document(facts, by=by, office_id=now.office_id).pk)


def _write(now: Case, *, at: Step, done: Done, source: Source | None, by: Actor, confirmed: Collection[str]) -> str:
    """The key of what the register holds of it now, "" where a step leaves nothing there."""
    file = now.partnership
    if done.known:
        return known_record(now, at=at, done=done)
    if source is None:
        return ""
    if at.approval:
        values = {"date": done.on.edtf, "number": done.number, "term": done.term, "scope": _items(done.scope),
                  "conditions": done.conditions}  # fmt: skip
        return agreements.record_approval(
            by=by, partnership=file, kind=at.approval, source=source, values=values, confirmed=confirmed
        ).key
    if not at.paper:
        return ""
    kind = PAPER_OF.get(Kind(now.kind), at.paper) if at.reaches == SIGNED else at.paper
    values = {
        "concluded": last_day(done).edtf, "term": done.term, "title": "",
        "scope": _items(done.scope), "languages": ", ".join(done.languages), "prevailing_language": done.prevailing,
    }  # fmt: skip
    if kind == TERMINATION:
        values["effective"] = _takes_effect(now, done=done)
    carries_on = now.renews and now.kind != Kind.NEW_TIE and at.reaches == SIGNED
    parent = paper_of(now.renews, office_id=now.office_id) if carries_on else None
    paper = agreements.record_paper(
        by=by, partnership=file, kind=kind, source=source, values=values, parent=parent, confirmed=confirmed
    )
    if kind != TERMINATION:
        _sign(paper.key, file=file, now=now, done=done, source=source, by=by, confirmed=confirmed)
    return paper.key


def _takes_effect(now: Case, *, done: Done) -> str:
    """When a notice ends the paper: the day said, else at the end of that paper's period of notice, else not known."""
    if done.effective is not None:
        return done.effective.edtf
    period = term_of(paper_of(now.renews, office_id=now.office_id).notice_period)[0] if now.renews else ""
    given = done.on.latest
    try:
        return parse_duration(period).after(given).isoformat() if period and given else ""
    except (ValueError, OverflowError):
        return ""


def _sign(
    key: str, *, file: Partnership, now: Case, done: Done, source: Source, by: Actor, confirmed: Collection[str]
) -> None:
    mode = "apart" if done.partner_on is not None and done.partner_on != done.on else "together"
    sides = ((now.office.local_government, done.on, done.signatory),
             (file.partner, done.partner_on or done.on, done.partner_signatory))  # fmt: skip
    for party, day, signatory in sides:
        agreements.record_signature(
            by=by, instrument=paper_of(key, office_id=now.office_id), party=party, source=source,
            values={"date": day.edtf, "signatory": signatory, "mode": mode}, confirmed=confirmed,
        )  # fmt: skip


def _items(scope: Collection[str]) -> str:
    items = [item.replace(";", ",") for item in scope if item.strip()]
    return f"{items[0]};" if len(items) == 1 else "; ".join(items)


def _document(source: Source | None, *, office_id: int) -> Document | None:
    return source_document(source.document_id, office_id=office_id) if source and source.document_id else None


def _run(
    now: Case, *, at: Step, done: Done, source: Source | None, key: str, road: Template, runs: list[StepRun], by: Actor
) -> None:
    began = rules.position(road, queries.plain(runs), opened=now.opened_on)
    before = [day for code, day in rules.finished(queries.plain(runs)).items() if code in at.after and day]
    StepRun.objects.create(
        office_id=now.office_id, case=now, step=at.code, deed=Deed.DONE, on=done.on,
        began=max(before, key=lambda day: day.sort_key) if before else began.since,
        number=words("number", text=done.number, longest=100, needed=False),
        note=words("note", text=done.note, needed=False),
        signatory=words("signatory", text=done.signatory, longest=200, needed=at.approval == rules.FULL_POWERS),
        document=_document(source, office_id=now.office_id), record=key,
        entered_by=by.label, entered_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def skip(case: Case, *, by: Actor, step: str, reason: str, on: EdtfDate, seen: int) -> Case:
    """A step is left out, with the reason; where its approval is required, everyone may read that reason.

    Raises WrongStep (the paper itself is never left out), WrongMove, ChangedMeanwhile.
    """
    now = moved("skip", case=case, by=by, seen=seen)
    road, runs = queries.road_of(now), queries.runs_of([now]).get(now.pk, [])
    at = _open_step(step, now=now, road=road, runs=runs)
    if at.reaches == SIGNED:
        raise WrongStep("step", code="not_optional")
    _check_day(on, at=at, now=now, runs=runs)
    told = words("reason", text=reason)
    if at.approval in road.required_approvals:
        note_aside(now, by=by, rule=at.approval, reason=told)
    StepRun.objects.create(office_id=now.office_id, case=now, step=at.code, deed=Deed.SKIPPED, on=on, note=told,
                           entered_by=by.label, entered_at=timezone.now())  # fmt: skip
    now.standing = "running"
    return saved(now, verb="step_skipped", by=by, facts=_facts(at, done=Done(on)) | {"reason": told})


@transaction.atomic
def send_back(case: Case, *, by: Actor, back_to: str, reason: str, on: EdtfDate, seen: int) -> Case:
    """Whoever holds the file sends it back to an earlier step, which and all after it are to be done again.

    What the register holds of them stays: it happened. Raises WrongStep, WrongMove, ChangedMeanwhile.
    """
    now = moved("send-back", case=case, by=by, seen=seen)
    road, runs = queries.road_of(now), queries.runs_of([now]).get(now.pk, [])
    done = rules.finished(queries.plain(runs))
    codes = [step.code for step in road.steps]
    if back_to not in done or back_to not in codes or now.paper:
        raise WrongStep("back_to", code="not_earlier")
    fault = rules.date_fault(on, before=done.values(), today=now.office.today())
    if fault:
        raise WrongStep("on", code=fault)
    told = words("reason", text=reason)
    undone = codes[codes.index(back_to) :]
    StepRun.objects.filter(case=now, step__in=undone, superseded=False).update(superseded=True)
    StepRun.objects.create(office_id=now.office_id, case=now, step=back_to, deed=Deed.RETURNED, on=on, back_to=back_to,
                           note=told, entered_by=by.label, entered_at=timezone.now())  # fmt: skip
    now.standing, now.reason, now.standing_since = "returned", told, on
    at = road.step(back_to)
    facts = {"step": back_to, "step_name": dict(at.name.texts) if at else {}, "reason": told, "on": on.edtf}
    return saved(now, verb="sent_back", by=by, facts=facts)


@transaction.atomic
def report(
    case: Case, *, by: Actor, step: str, done: Done, seen: int, confirmed: Collection[str] = (),
    paper: Paper | None = None,
) -> Case:  # fmt: skip
    """What the partner says it has done on its side: a fact with its source, which moves nothing here (R19).

    Raises WrongStep (source_missing), agreements' Doubtful, WrongMove, ChangedMeanwhile.
    """
    now = moved("chase", case=case, by=by, seen=seen)
    theirs = template_of(now.counterpart)
    at = theirs.step(step) or next((one for one in queries.road_of(now).steps
                                    if one.code == step and one.side == "partner"), None)  # fmt: skip
    if at is None:
        raise WrongStep("step", code="unknown")
    if done.document_id is None and rules.report_faults(day=done.on, source=done.note):
        raise WrongStep("note", code="source_missing")
    if rules.date_fault(done.on, before=[], today=now.office.today()):
        raise WrongStep("on", code="in_future")
    source = _source(now, at=at, done=done, by=by)
    key = _write(now, at=at, done=done, source=source, by=by, confirmed=confirmed)
    StepRun.objects.create(
        office_id=now.office_id, case=now, step=at.code, deed=Deed.REPORTED, on=done.on, number=done.number,
        note=words("note", text=done.note, needed=False), record=key, entered_by=by.label, entered_at=timezone.now(),
        document=_document(source, office_id=now.office_id),
    )  # fmt: skip
    told = saved(now, verb="reported", by=by, facts=_facts(at, done=done))
    if paper is not None:
        keep_paper(told, by=by, step=step, paper=paper)
    return told

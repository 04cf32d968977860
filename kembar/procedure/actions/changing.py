"""A running case goes over to another version of the law: by a decision with its day and reason, never by itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.procedure import crossing
from kembar.procedure.actions.opening import note_aside
from kembar.procedure.actions.refusing import Unusual, WrongMove, WrongStep, locked, saved, words
from kembar.procedure.actions.templates import adopt
from kembar.procedure.models import Case, RoadChange, StepRun
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries import changes
from kembar.procedure.states import OPEN
from kembar.procedure.template import Template


@dataclass(frozen=True, slots=True)
class Decision:
    """Onto which road, since when and why. `becomes`: step that is done → step of the new road it counts as, "" for
    none; a step left out counts as what `crossing.proposed` says."""

    road: Template
    reason: str
    on: date
    becomes: Mapping[str, str]


@transaction.atomic
def change_road(
    case: Case, *, by: Actor, decision: Decision, seen: int, confirmed: Collection[str] = ()
) -> Case:  # fmt: skip
    """What was done stays in the story and in the register; what counts on the new road is carried over.

    Raises WrongStep (road, on, reason, becomes), Unusual until what is lost (`lost:` and the step) and what the new law
    does not ask any more (`waived:` and the approval) are confirmed; WrongMove, ChangedMeanwhile.
    """
    now = locked(case, by=by, seen=seen)
    if now.standing not in OPEN:
        raise WrongMove(now)
    reason = words("reason", text=decision.reason)
    if decision.road.key not in {one.key for one in changes.roads_open_to(now)}:
        raise WrongStep("road", code="unknown")
    _check_day(now, on=decision.on)
    old, runs = queries.road_of(now), queries.runs_of([now]).get(now.pk, [])
    becomes = changes.proposal(now, road=decision.road, runs=runs) | dict(decision.becomes)
    if set(decision.becomes) - set(changes.done_on(old, runs=runs)):
        raise WrongStep("becomes", code="unknown")
    if crossing.fault(old, decision.road, becomes=becomes):
        raise WrongStep("becomes", code="unknown")
    found = crossing.difference(old, decision.road, becomes=becomes, recorded=queries.recorded(old, runs=runs))
    codes = {f"lost:{step.code}" for step in found.lost} | {f"waived:{kind}" for kind in found.waived}
    if codes - set(confirmed):
        raise Unusual(codes)
    for kind in found.waived:
        note_aside(now, by=by, rule=kind, reason=reason)
    return _go_over(now, by=by, decision=decision, becomes=becomes, runs=runs, reason=reason)


def _check_day(now: Case, *, on: date) -> None:
    if on > now.office.today():
        raise WrongStep("on", code="in_future")
    earlier = [one.on for one in changes.of_case(now)]
    began = now.opened_on.earliest
    if any(on < day for day in earlier) or (began is not None and on < began):
        raise WrongStep("on", code="before_predecessor")


def _go_over(
    now: Case, *, by: Actor, decision: Decision, becomes: Mapping[str, str], runs: list[StepRun], reason: str
) -> Case:
    before = now.template
    now.template = adopt(decision.road, by=by, office_id=now.office_id)
    change = RoadChange.objects.create(
        office_id=now.office_id, case=now, before=before, after=now.template, on=decision.on, reason=reason,
        becomes=dict(becomes), entered_by=by.label, entered_at=timezone.now(),
    )  # fmt: skip
    for run in runs:
        target = becomes.get(run.step, run.step)
        if target != run.step:
            StepRun.objects.filter(pk=run.pk).update(superseded=True)
            if target:
                _carry(run, change=change, target=target)
    facts = {"from": before.name, "to": decision.road.key, "on": decision.on.isoformat(), "reason": reason,
             "becomes": dict(becomes)}  # fmt: skip
    return saved(now, verb="road_changed", by=by, facts=facts)


def _carry(run: StepRun, *, change: RoadChange, target: str) -> None:
    run.pk, run._state.adding = None, True
    run.step, run.superseded, run.carried = target, False, change
    run.save()

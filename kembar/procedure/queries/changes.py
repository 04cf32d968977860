"""Onto which road a case may go over, what it would find there, and which decisions led it to where it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kembar.procedure import crossing, rules
from kembar.procedure.models import Case, RoadChange, StepRun
from kembar.procedure.queries.templates import roads, template_of
from kembar.procedure.template import Template


def roads_open_to(one: Case) -> list[Template]:
    """The versions in force today for a case of this kind, other than its own; of the office's country alone, where it
    has any."""
    office = one.office
    found = roads(one.kind, partner_kind=one.partnership.kind, country=office.local_government.country,
                  on=office.today())  # fmt: skip
    return [road for road in found if road.key != one.template.name]


def is_newer(road: Template, *, than: Template) -> bool:
    """Whether a new case would take this road rather than the one that is held."""
    if road.code == than.code:
        return road.version > than.version
    return road.valid_from > than.valid_from


def done_on(road: Template, *, runs: Iterable[StepRun]) -> list[str]:
    """The steps of a road that are done, left out or reported, in its order."""
    held = rules.finished([rules.Run(run.step, run.deed, run.on) for run in runs if not run.superseded])
    return [step.code for step in road.steps if step.code in held]


def proposal(one: Case, *, road: Template, runs: Sequence[StepRun]) -> dict[str, str]:
    """What each step that is done would count as on another road."""
    old = template_of(one.template)
    return crossing.proposed(old, road, done=done_on(old, runs=runs))


def of_case(one: Case) -> list[RoadChange]:
    """The decisions that led a case from road to road, the first one first."""
    return list(RoadChange.objects.filter(case=one).select_related("before", "after").order_by("on", "id"))


def of_office(office_id: int) -> dict[int, list[RoadChange]]:
    """Case id → its decisions, the first one first; one query for all cases."""
    found: dict[int, list[RoadChange]] = {}
    rows = RoadChange.objects.filter(office_id=office_id).select_related("before").order_by("on", "id")
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def as_known_on(
    day: date, *, road: Template, runs: Sequence[StepRun], decided: Sequence[RoadChange]
) -> tuple[Template, list[StepRun]]:
    """The road of that day, and the runs as they counted on it: what was carried over later did not count yet, what
    had been replaced did not count any more."""
    later = [change for change in decided if change.on > day]
    made = {change.pk: change for change in decided if change.on <= day}
    unseen = {change.pk for change in later}
    kept = [run for run in runs if run.carried_id not in unseen and not _replaced(run, made=made)]
    return (template_of(later[0].before) if later else road), kept


def _replaced(run: StepRun, *, made: Mapping[int, RoadChange]) -> bool:
    """Whether one of the decisions took this run over as something else, or as nothing."""
    return any(
        change.becomes.get(run.step, run.step) != run.step
        for change in made.values()
        if run.carried_id != change.pk and run.entered_at <= change.entered_at
    )

"""The page on which a running case goes over to another version of the law: what is kept and lost, shown before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from kembar.agreements.states import ApprovalKind
from kembar.desk.forms.crossing import Line
from kembar.lib.dates import parse_edtf
from kembar.procedure import crossing
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries import changes
from kembar.procedure.queries.templates import template_of
from kembar.procedure.template import Step, Template
from kembar.web.dates import written, written_day


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the comparison with its lines; `loss` where something no longer counts."""

    heading: str
    lines: list[str]
    loss: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that led the case onto another road."""

    on: str
    before: str
    after: str
    reason: str
    who: str


def _name(step: Step) -> str:
    return step.name(get_language() or "id")


def road_words(road: Template) -> str:
    facts = {"name": road.name(get_language() or "id"), "version": str(road.version)}
    named = gettext("%(name)s, version %(version)s") % facts
    if not road.valid_from:
        return named
    return named + ", " + gettext("in force from %(date)s") % {"date": written(parse_edtf(road.valid_from))}


def offered(case: queries.Case) -> list[tuple[str, str]]:
    """(key, words) of the roads a case may go over to."""
    return [(road.key, road_words(road)) for road in changes.roads_open_to(case)]


def chosen(case: queries.Case, key: str) -> Template | None:
    """The road the address names, or the only one there is; None where it names another one, or has to be chosen."""
    roads = changes.roads_open_to(case)
    if not key and len(roads) == 1:
        return roads[0]
    return next((road for road in roads if road.key == key), None)


def lines(case: queries.Case, road: Template, runs: Sequence[queries.StepRun]) -> list[Line]:
    """What the form asks of each step that is done."""
    old = template_of(case.template)
    said = {run.step: written(run.on) for run in runs if run.on}
    found = []
    for code, target in changes.proposal(case, road=road, runs=runs).items():
        step = old.step(code)
        if step is not None:
            choices = [(one.code, _name(one)) for one in crossing.targets(step, road)]
            words = gettext("%(step)s (%(date)s) counts as") % {"step": _name(step), "date": said.get(code, "–")}
            found.append((code, words, choices, target))
    return found


def groups(
    case: queries.Case, road: Template, runs: Sequence[queries.StepRun], becomes: Mapping[str, str]
) -> list[Group]:
    old = template_of(case.template)
    recorded = queries.recorded(old, runs=runs)
    found = crossing.difference(old, road, becomes=becomes, recorded=recorded)
    kept = [
        _name(one) if _name(one) == _name(other) else f"{_name(one)} → {_name(other)}" for one, other in found.carried
    ]
    shown = [
        Group(gettext("Counts on"), kept),
        Group(gettext("Counts no more; it stays in the story and in the register"), [*map(_name, found.lost)], True),
        Group(gettext("Still to do, although later steps are done"), [*map(_name, found.behind)]),
        Group(gettext("New on this road"), [*map(_name, found.added)]),
        Group(gettext("Approvals that are needed now"), [*map(_approval, found.asked)]),
        Group(
            gettext("Approvals that are not asked for any more; the reason is shown to everyone"),
            [*map(_approval, found.waived)],
            True,
        ),
    ]
    return [group for group in shown if group.lines]


def _approval(kind: str) -> str:
    return str(ApprovalKind(kind).label)


def decided(case: queries.Case) -> list[Decided]:
    return [
        Decided(written_day(one.on), road_words(template_of(one.before)), road_words(template_of(one.after)),
                one.reason, one.entered_by)
        for one in changes.of_case(case)
    ]  # fmt: skip


def unusual_words(code: str, case: queries.Case) -> str:
    """What has to be looked at before a road is changed. `lost:` and a step, `waived:` and an approval."""
    kind, _, item = code.partition(":")
    if kind == "waived":
        return gettext("The new version does not ask for this any more: %(approval)s") % {"approval": _approval(item)}
    step = template_of(case.template).step(item)
    return gettext("This was done and counts no more: %(step)s") % {"step": _name(step) if step else item}

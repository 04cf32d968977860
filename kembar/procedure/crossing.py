"""Going over from one version of the law to another: what counts on, what counts no more, what is still to do.

Plain values in, answers out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kembar.procedure.template import SIGNED, Step, Template


@dataclass(frozen=True, slots=True)
class Difference:
    """What a case finds on another road.

    `carried`: (step done on the old road, what it counts as); `lost`: done, and counts as nothing any more; `behind`:
    still to do although a later step is done; `added`: still to come, and unknown to the old road; `waived`: approvals
    the old road asks for, that are not on record, and that the new one does not ask for; `asked`: the other way round.
    """

    carried: tuple[tuple[Step, Step], ...]
    lost: tuple[Step, ...]
    behind: tuple[Step, ...]
    added: tuple[Step, ...]
    waived: tuple[str, ...]
    asked: tuple[str, ...]


def targets(step: Step, new: Template) -> list[Step]:
    """What a step that is done may count as: never another record than the one it left. A hearing is no approval."""
    return [
        one for one in new.steps
        if one.side == step.side and one.records in ("", step.records)
        and (one.reaches == SIGNED) == (step.reaches == SIGNED)
    ]  # fmt: skip


def proposed(old: Template, new: Template, *, done: Collection[str]) -> dict[str, str]:
    """Step that is done → the step of the same code, else the one that leaves the same record, else ""."""
    found = {}
    for step in old.steps:
        if step.code in done:
            fitting = targets(step, new)
            same = [one for one in fitting if one.code == step.code]
            alike = [one for one in fitting if one.records and one.records == step.records]
            found[step.code] = next((one.code for one in [*same, *alike]), "")
    return found


def fault(old: Template, new: Template, *, becomes: Mapping[str, str]) -> str:
    """The step of the old road that cannot count as what is said of it, "" where all can. A signature always counts."""
    for code, target in becomes.items():
        step = old.step(code)
        if step is None or (target and target not in {one.code for one in targets(step, new)}):
            return code
        if step.reaches == SIGNED and not target:
            return code
    return ""


def difference(
    old: Template, new: Template, *, becomes: Mapping[str, str], recorded: Collection[str]
) -> Difference:  # fmt: skip
    """`becomes`: step that is done → step of the new road, "" for none; `recorded`: approvals on record."""
    done = {target for target in becomes.values() if target}
    order = [step.code for step in new.steps]
    last = max((order.index(code) for code in done), default=-1)
    pairs = [(old.step(code), new.step(target)) for code, target in becomes.items()]
    open_steps = [step for step in new.steps if step.code not in done and not step.optional]
    before, after = set(old.required_approvals), set(new.required_approvals)
    return Difference(
        carried=tuple((one, other) for one, other in pairs if one and other),
        lost=tuple(one for one, other in pairs if one and not other),
        behind=tuple(step for step in open_steps if order.index(step.code) < last),
        added=tuple(step for step in open_steps if order.index(step.code) > last and not old.step(step.code)),
        waived=tuple(kind for kind in old.required_approvals if kind not in after and kind not in recorded),
        asked=tuple(kind for kind in new.required_approvals if kind not in before),
    )

"""What a case is to end in, as its page tells it, and what the register holds of a step already."""

from dataclasses import dataclass

from kembar.agreements.states import ApprovalKind, InstrumentKind
from kembar.desk.entering import paper_choices
from kembar.desk.words import length_words
from kembar.procedure.queries import cases as queries
from kembar.procedure.states import OPEN, Clause, Kind, Objects
from kembar.procedure.template import Step
from kembar.web.dates import written


@dataclass(frozen=True, slots=True)
class Plan:
    """`paper` is the one it carries on, changes or ends; `clause` what that says of running work, for a termination."""

    scope: list[str]
    objects: list[str]
    term: str
    paper: str
    clause: str
    may_change: bool


def plan_of(case: queries.Case) -> Plan:
    return Plan(
        scope=case.scope_items,
        objects=[str(Objects(code).label) for code in case.objects_of.split()],
        term=length_words(case.planned_term) if case.planned_term else "",
        paper=dict(paper_choices(case.partnership)).get(case.renews, "") if case.renews else "",
        clause=str(Clause(case.clause).label) if case.kind == Kind.TERMINATION else "",
        may_change=case.standing in OPEN and not case.paper,
    )


def as_typed(case: queries.Case) -> dict[str, object]:
    """The plan as its form shows it."""
    return {
        "subject": case.subject, "scope": items(case), "objects": case.objects_of.split(),
        "planned_term": case.planned_term, "renews": case.renews, "clause": case.clause,
    }  # fmt: skip


def items(case: queries.Case) -> str:
    """The planned fields as a form shows them."""
    found = case.scope_items
    return f"{found[0]};" if len(found) == 1 else "; ".join(found)


def held_choices(step: Step, case: queries.Case) -> list[tuple[str, str]]:
    """What the register holds of a step already: which paper, of which day."""
    kinds = {**dict(InstrumentKind.choices), **dict(ApprovalKind.choices)}
    found = []
    for one in queries.records_for(step, case=case):
        parts = (str(kinds[one.kind]), written(one.day) if one.day else "", one.name)
        found.append((one.key, ", ".join(part for part in parts if part)))
    return found

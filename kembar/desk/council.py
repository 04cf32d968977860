"""The council's page of a case: scope and period approved against what was signed, item by item."""

from dataclasses import dataclass

from django.utils.translation import gettext

from kembar.agreements.queries import values_of
from kembar.desk.place import Place
from kembar.desk.words import length_words
from kembar.lib.dates import days_between
from kembar.procedure import rules
from kembar.procedure.queries import cases as queries
from kembar.procedure.spoken import rule_words
from kembar.web.dates import written


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One field of cooperation: planned, approved, signed; `clearance` where it was signed without approval."""

    approved: str
    signed: str
    verdict: str
    clearance: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    planned: list[str]
    approved_on: str
    number: str
    approved_term: str
    signed_term: str
    conditions: str
    is_signed: bool
    items: list[ItemLine]
    aside: list[tuple[str, str, str]]
    days_with_council: int | None


def comparison(case: queries.Case, place: Place) -> Comparison:
    runs = queries.runs_of([case]).get(case.pk, [])
    plenary = next((run for run in runs if run.step == "council_plenary" and run.deed == "done"), None)
    held = values_of(plenary.record, office_id=place.id) if plenary and plenary.record else {}
    paper = values_of(case.paper, office_id=place.id) if case.paper else {}
    approved, signed = queries.approved_scope(runs, office_id=place.id), queries.signed_scope(case)
    overrides = queries.overrides_of(case)
    return Comparison(
        planned=case.scope_items,
        approved_on=written(plenary.on) if plenary and plenary.on else "",
        number=plenary.number if plenary else "",
        approved_term=_term(held.get("term", "")),
        signed_term=_term(paper.get("term", "")),
        conditions=held.get("conditions", ""),
        is_signed=bool(case.paper),
        items=_items(approved, signed, {one.rule: one.reason for one in overrides}, is_signed=bool(case.paper)),
        aside=[(rule_words(one.rule), one.reason, one.entered_by) for one in overrides],
        days_with_council=_days(runs),
    )


def _term(text: str) -> str:
    return length_words(text.split(" ")[0]) if text else gettext("not known")


def _items(approved: list[str], signed: list[str], aside: dict[str, str], *, is_signed: bool) -> list[ItemLine]:
    if not is_signed:
        return [ItemLine(item, "", gettext("approved, not signed yet"), "", differs=False) for item in approved]
    found = rules.difference(approved, signed)
    lines = [ItemLine(one, other, gettext("as approved"), "", differs=False) for one, other in found.kept]
    lines += [ItemLine(item, "", gettext("approved and not signed"), "", differs=True) for item in found.dropped]
    for item in found.added:
        lines.append(
            ItemLine("", item, gettext("signed and not approved"), aside.get(f"scope:{item}", ""), differs=True)
        )
    return lines


def _days(runs: list[queries.StepRun]) -> int | None:
    """From the commission to the plenary, in days; None where a day is not known."""
    on = {run.step: run.on for run in runs if run.deed == "done" and run.on}
    commission, plenary = on.get("council_commission"), on.get("council_plenary")
    return days_between(commission, plenary) if commission and plenary else None

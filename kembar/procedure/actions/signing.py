"""What stands in the way of a signature: all of it at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.lib.text import normalise
from kembar.procedure import rules
from kembar.procedure.actions.done import Done, signed_scope
from kembar.procedure.actions.opening import note_aside
from kembar.procedure.actions.refusing import Hindered, WrongStep, words
from kembar.procedure.models import Case, StepRun
from kembar.procedure.queries import cases as queries
from kembar.procedure.rules import Hindrance
from kembar.procedure.template import SIGNED, Template


@dataclass(frozen=True, slots=True)
class _Signing:
    now: Case
    road: Template
    runs: list[StepRun]
    done: Done
    checks: Mapping[str, str]

    def hindrances(self, scope: Collection[str]) -> list[Hindrance]:
        found = [*self._of_the_partner(), *self._of_the_object(scope), *self._of_the_signatory()]
        return found + rules.unmet(self.checks, besides=[one.code for one in found])

    def _of_the_partner(self) -> list[Hindrance]:
        """R4, R5."""
        file = self.now.partnership
        relation = rules.relation_hindrance(file.partner.country, relations=self.road.relations)
        found = [relation] if relation and relation.bar else []
        own, partner = self.now.office.local_government.rank, file.partner.rank
        equal = self.checks.get("equal_status") in ("met", "justified")
        if file.kind == rules.SISTER and rules.level_differs(own, partner) and not equal:
            found.append(Hindrance("R5", "level_differs"))
        return found

    def _of_the_object(self, scope: Collection[str]) -> list[Hindrance]:
        """R6, R7."""
        found = [Hindrance("R7", f"office_abroad:{item}", bar=True) for item in rules.barred_items(scope)]
        transferable = self.checks.get("transferable") in ("met", "justified")
        if rules.needs_transfer_plan(self.now.objects_of.split(), scope) and not transferable:
            found.append(Hindrance("R6", "transfer_plan"))
        return found

    def _of_the_signatory(self) -> list[Hindrance]:
        """R8: the full powers hold on that day, and name whoever signs."""
        fault = queries.powers_fault(self.now, runs=self.runs, day=self.done.on)
        named = next((run.signatory for run in self.runs if run.step == rules.FULL_POWERS and run.deed == "done"), "")
        if not fault and named and self.done.signatory and normalise(named) != normalise(self.done.signatory):
            fault = "other"
        return [Hindrance("R8", f"full_powers_{fault}")] if fault else []


@transaction.atomic
def check_signing(now: Case, *, road: Template, runs: list[StepRun], done: Done, by: Actor) -> None:
    """R1, R2, R4 to R8, R18; a clearance of what the council did not approve is noted. Raises Hindered, WrongStep."""
    require(by, Permission.MOVE_CASES, office_id=now.office_id)
    at = next(step for step in road.steps if step.reaches == SIGNED)
    aside = {row.rule for row in queries.overrides_of(now)}
    signed = signed_scope(now, at=at, done=done)
    checks = {code: row.result for code, row in queries.checks_of(now).items()}
    found = queries.missing(road, runs=runs, overridden=aside)
    found += _Signing(now, road, runs, done, checks).hindrances(signed or now.scope_items)
    found += _not_approved(now, runs=runs, signed=signed, done=done, by=by, aside=aside)
    found = [one for one in found if one.bar or one.code not in aside]
    if found:
        raise Hindered(found)
    if road.country == "ID" and done.languages:
        for code in rules.language_faults(done.languages, prevailing=done.prevailing):
            raise WrongStep("languages" if code == "indonesian_missing" else "prevailing", code=code)


def _not_approved(
    now: Case, *, runs: list[StepRun], signed: list[str], done: Done, by: Actor, aside: Collection[str]
) -> list[Hindrance]:  # fmt: skip
    """R2: what is signed and was not approved, item by item; a clearance is noted for each."""
    cleared = [rule.removeprefix("scope:") for rule in aside if rule.startswith("scope:")]
    new = rules.uncleared(queries.approved_scope(runs, office_id=now.office_id), signed, cleared=cleared)
    if done.clearance.strip():
        for item in new:
            note_aside(now, by=by, rule=f"scope:{item}", reason=words("clearance", text=done.clearance))
        return []
    return [Hindrance("R2", f"scope:{item}") for item in new]

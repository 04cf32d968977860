"""The papers of a case: what was signed comes back onto its step, as a document of the partner's file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.files.store import Arrived
from kembar.partnerships import actions as partnerships
from kembar.partnerships.actions import AttachmentFacts
from kembar.partnerships.queries import Attachment
from kembar.procedure.actions.refusing import WrongStep
from kembar.procedure.models import Case
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.templates import template_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that passed its checks, with what is said of it. `replaces`: the document whose place it takes, with the
    reason."""

    arrived: Arrived
    facts: AttachmentFacts
    replaces: Attachment | None = None
    reason: str = ""


@transaction.atomic
def keep_paper(case: Case, *, by: Actor, paper: Paper, step: str = "") -> Attachment:
    """Lays a file to a step of a case, or to the case itself; also once the case is over, since papers come late.

    It belongs to what the register holds of that step, so it stands beside the paper or the approval there too. Raises
    WrongStep, and what partnerships' `attach` and `replace_attachment` raise.
    """
    require(by, Permission.MOVE_CASES, office_id=case.office_id)
    road, theirs = queries.road_of(case), template_of(case.counterpart)
    if step and road.step(step) is None and theirs.step(step) is None:
        raise WrongStep("step", code="unknown")
    runs = queries.runs_of([case]).get(case.pk, [])
    facts = replace(paper.facts, subject=queries.paper_subject(case, runs=runs, step=step) if step else case.key)
    if paper.replaces is None:
        return partnerships.attach(paper.arrived, by=by, partnership=case.partnership, facts=facts)
    if paper.replaces.partnership_id != case.partnership_id:
        raise WrongStep("step", code="unknown")
    kept = replace(facts, subject=paper.replaces.subject)
    return partnerships.replace_attachment(
        paper.replaces, arrived=paper.arrived, by=by, facts=kept, reason=paper.reason
    )  # fmt: skip


@transaction.atomic
def keep_papers(case: Case, *, by: Actor, papers: Sequence[Paper], step: str = "") -> list[Attachment]:
    """Several files of one step, all or none. Raises what `keep_paper` raises."""
    require(by, Permission.MOVE_CASES, office_id=case.office_id)
    return [keep_paper(case, by=by, paper=one, step=step) for one in papers]

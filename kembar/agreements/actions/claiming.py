"""What sources say of a partnership's record, and what the office decides on it."""

from dataclasses import replace

from django.db import transaction

from kembar.access.permissions import Actor
from kembar.agreements.actions.placing import Placed
from kembar.agreements.actions.stepping import bring_in_step
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file_by_key
from kembar.sources import actions as sources
from kembar.sources.models import Claim, Document


@transaction.atomic
def decide_claim(claim: Claim, *, by: Actor, decision: str, reason: str) -> bool:
    """Accept, reject or reopen a claim and bring the record in step with it; whether anything changed.

    Raises sources.actions.ReasonMissing for a rejection without reason, NotAllowed.
    """
    changed = sources.decide(claim, by=by, decision=decision, reason=reason)
    if changed:
        bring_in_step(file_by_key(claim.about, office_id=claim.office_id), by=by)
    return changed


@transaction.atomic
def state_claim(
    partnership: Partnership, *, statement: sources.Statement, by: Actor, document: Document
) -> tuple[Claim, bool]:
    """Enter one claim about a record of this file and bring the record in step; the claim and whether it is new."""
    claim, made = sources.enter_claim(statement, by=by, document=document)
    if made:
        bring_in_step(partnership, by=by)
    return claim, made


@transaction.atomic
def state_paper(
    partnership: Partnership, *, kind: str, statement: sources.Statement, by: Actor, document: Document
) -> tuple[Claim, bool]:
    """Enter a claim that a paper of this kind was concluded: on the one of that kind and year, else on a new one.

    `statement` carries value, date and the source's words; its subject is set here.
    """
    placed = Placed(partnership, office_city=partnership.office.local_government, by=by)
    paper = placed.place_paper(kind, date=statement.date)
    stated = replace(statement, about=partnership.key, subject=paper.key, attribute="concluded")
    return state_claim(partnership, statement=stated, by=by, document=document)

"""Taking back as one what a spreadsheet brought: claims are rejected with the reason, nothing is deleted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.actions import StillNeeded, bring_in_step, withdraw_file
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.partnerships.models import Partnership
from kembar.sources.actions import ReasonMissing, decide_all
from kembar.sources.states import Decision
from kembar.spreadsheets import queries
from kembar.spreadsheets.actions.moving import locked
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.states import Made, State, Work


@transaction.atomic
def undo(found: Spreadsheet, *, by: Actor, reason: str) -> Spreadsheet:
    """Rejects every claim the spreadsheet brought, lets stand again what it replaced, and takes back the files it
    opened in which nothing else stands. What others decided or entered since stays as it is.

    Raises WrongMove, ReasonMissing.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    current = locked(found, states=(State.ENTERED,))
    made = list(current.entered.order_by("id"))
    decided, restorable = queries.decided_since(current), queries.restorable(current)
    facts = {"file": f"{current.name} ({current.sha256[:8]})", "reason": reason}
    why = gettext("taken back with %(file)s: %(reason)s") % facts
    back = [each.claim_id for each in made if each.made != Made.REPLACED and each.claim_id not in decided]
    replaced = sorted(restorable - decided)
    decide_all(back, by=by, office_id=current.office_id, decision=Decision.REJECTED, reason=why)
    decide_all(replaced, by=by, office_id=current.office_id, decision=Decision.ACCEPTED, reason=why)
    keys = {int(each.about.partition(":")[2]) for each in made}
    opened = queries.opened_by_tables(current.office_id) & {f"partnership:{number}" for number in keys}
    opened -= queries.used_files(opened, office_id=current.office_id)
    withdrawn = 0
    for file in Partnership.objects.filter(office_id=current.office_id, pk__in=keys).order_by("id"):
        bring_in_step(file, by=by)
        if file.key in opened:
            withdrawn += _withdraw(file, by=by, reason=why)
    current.state, current.work, current.work_since, current.broken_off = State.UNDONE, Work.NONE, None, ""
    current.undone_by, current.undone_at, current.undone_why = by.label, timezone.now(), reason
    current.counts |= {"undone": len(back), "kept": len(decided), "withdrawn": withdrawn}
    current.save()
    record("spreadsheet.undone", by=by, subject=current.key, office_id=current.office_id,
           facts={"name": current.name, "claims": len(back), "reason": reason})  # fmt: skip
    return current


def _withdraw(file: Partnership, *, by: Actor, reason: str) -> bool:
    try:
        withdraw_file(file, by=by, reason=reason)
    except StillNeeded:
        return False
    return True

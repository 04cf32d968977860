"""Which step of a spreadsheet may follow which, and the work the site does on it by itself."""

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.spreadsheets.hold import Held, hold, is_held
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.states import State, Work


class WrongMove(Exception):
    """The spreadsheet is not where this step begins, or is being worked on; somebody else may have been quicker."""


def locked(found: Spreadsheet, *, states: tuple[State, ...]) -> Spreadsheet:
    """The row as it stands now, held until the transaction ends. Raises WrongMove."""
    current = Spreadsheet.objects.select_for_update(of=("self",)).select_related("office__local_government").get(pk=found.pk)  # noqa: E501 # fmt: skip
    if current.state not in states:
        raise WrongMove(current.state)
    return current


def as_it_stands(found: Spreadsheet) -> Spreadsheet:
    """With work whose process died taken for broken off, which it is: it wrote in one transaction."""
    if found.work and not is_held(found.pk):
        found.refresh_from_db()  # it may have ended since it was read
        if found.work and not is_held(found.pk):
            found.work, found.broken_off = Work.NONE, "fault"
    return found


@transaction.atomic
def begin(found: Spreadsheet, *, by: Actor, work: str) -> Spreadsheet:
    """Marks that the site works on it, so that nobody starts the same twice; to be let go when the work is over.

    The mark of a process that died counts for nothing. Raises WrongMove.
    """
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    begins = {Work.PREVIEW: (State.DRAFT, State.PREVIEWED), Work.ENTER: (State.PREVIEWED,), Work.UNDO: (State.ENTERED,)}
    current = locked(found, states=begins[Work(work)])
    try:
        current.hold = hold(found.pk)
    except Held:
        raise WrongMove(current.work) from None
    current.work, current.work_since, current.broken_off = Work(work), timezone.now(), ""
    current.save(update_fields=["work", "work_since", "broken_off"])
    return current


@transaction.atomic
def broken_off(found: Spreadsheet, *, by: Actor, why: str) -> None:
    """The work ended without a result: nothing of it was written, and it may begin again."""
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    Spreadsheet.objects.filter(pk=found.pk).update(work=Work.NONE, work_since=None, broken_off=why)


@transaction.atomic
def drop(found: Spreadsheet, *, by: Actor) -> None:
    """Puts a spreadsheet aside that was not brought in; its file stays. Raises WrongMove."""
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    current = locked(found, states=(State.DRAFT, State.PREVIEWED))
    current.state = State.DROPPED
    current.save(update_fields=["state"])
    record("spreadsheet.dropped", by=by, subject=current.key, office_id=current.office_id,
           facts={"name": current.name})  # fmt: skip

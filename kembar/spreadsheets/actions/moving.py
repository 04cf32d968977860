"""Which step of a spreadsheet may follow which, and the work the site does on it by itself."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.states import State, Work

# Work of which nothing was heard for so long was broken off with the process that did it.
LONGEST_WORK = timedelta(minutes=15)


class WrongMove(Exception):
    """The spreadsheet is not where this step begins, or is being worked on; somebody else may have been quicker."""


def locked(found: Spreadsheet, *, states: tuple[State, ...]) -> Spreadsheet:
    """The row as it stands now, held until the transaction ends. Raises WrongMove."""
    current = Spreadsheet.objects.select_for_update(of=("self",)).select_related("office__local_government").get(pk=found.pk)  # noqa: E501 # fmt: skip
    if current.state not in states:
        raise WrongMove(current.state)
    return current


def is_at_work(found: Spreadsheet) -> bool:
    since = found.work_since
    return bool(found.work) and since is not None and timezone.now() - since < LONGEST_WORK


@transaction.atomic
def begin(found: Spreadsheet, *, by: Actor, work: str) -> Spreadsheet:
    """Marks that the site works on it, so that nobody starts the same twice. Raises WrongMove."""
    require(by, Permission.IMPORT_CLAIMS, office_id=found.office_id)
    begins = {Work.PREVIEW: (State.DRAFT, State.PREVIEWED), Work.ENTER: (State.PREVIEWED,), Work.UNDO: (State.ENTERED,)}
    current = locked(found, states=begins[Work(work)])
    if is_at_work(current):
        raise WrongMove(current.work)
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

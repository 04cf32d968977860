"""The documents of a partner's file as the desk shows them, and in words why one is not taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext

from kembar.agreements.spoken import plain
from kembar.desk.partner_file import PartnerFile, record_names
from kembar.desk.people import Outcome
from kembar.desk.place import Place
from kembar.desk.saving import reopen, versions
from kembar.files.actions import RefusedBefore
from kembar.files.rules import Refused
from kembar.files.states import FileState, Refusal
from kembar.files.store import NoRoom
from kembar.partnerships.actions import ChangedMeanwhile, OnFileAlready, Withdrawn, WrongAttachment
from kembar.partnerships.queries import Attachment, Partnership, attachments_of
from kembar.partnerships.states import AttachmentKind
from kembar.web.dates import written, written_day


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document as a row. `record` and `anchor` are "" where it belongs to the file as a whole."""

    number: int
    title: str
    kind: str | Promise
    date: str
    record: str
    anchor: str
    name: str
    size: int
    sha256: str
    waiting: bool
    by: str
    at: datetime
    source: int | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    reason: str


def attachments_in(
    file: Partnership, sheet: PartnerFile, place: Place
) -> tuple[list[AttachmentRow], list[AttachmentRow]]:
    """The documents that stand, and those that were withdrawn; one query."""
    names = record_names([*sheet.papers, *sheet.approvals, *sheet.events])
    rows = [_row(one, names, place) for one in attachments_of(file)]
    return [row for row in rows if row.withdrawn_at is None], [row for row in rows if row.withdrawn_at is not None]


def _row(one: Attachment, names: dict[str, str], place: Place) -> AttachmentRow:
    withdrawn = one.withdrawn_at.astimezone(place.zone) if one.withdrawn_at else None
    record = names.get(one.subject, "")
    return AttachmentRow(
        one.pk, one.title, AttachmentKind(one.kind).label, written(one.date) if one.date else "", record,
        one.subject.replace(":", "-") if record else "", one.file.name, one.file.size, one.file.sha256,
        one.file.state != FileState.RELEASED, one.attached_by, one.attached_at.astimezone(place.zone), one.source_id,
        one.withdrawn_by, withdrawn, one.reason,
    )  # fmt: skip


def record_choices(sheet: PartnerFile, *, also: str = "") -> list[tuple[str, str]]:
    """(instrument:7, its name and date) of every record a document can belong to; a voided one only as `also`."""
    return [
        (f"{row.kind}:{row.number}", " · ".join([plain(row.title), *(fact.value for fact in row.facts[:1])]))
        for row in [*sheet.papers, *sheet.approvals, *sheet.events]
        if not row.voided or f"{row.kind}:{row.number}" == also
    ]


def held(one: Attachment) -> dict[str, Any]:
    """What a form about a document begins with."""
    subject = "" if one.subject.startswith("partnership:") else one.subject
    return {
        "title": one.title, "kind": one.kind, "date": one.date.edtf if one.date else "", "subject": subject,
        "opened_with": one.version,
    }  # fmt: skip


def attempt(form: forms.Form, act: Callable[[], object], *, place: Place) -> Outcome:
    """Runs the deed when the form is in order; each refusal is said beside the field it is about."""
    if not form.is_valid():
        return Outcome()
    try:
        act()
    except ChangedMeanwhile as error:
        rows = versions(form, held(error.current))
        reopen(form, str(error.current.version), held(error.current))
        return Outcome(overtaken=True, rows=rows)
    except Withdrawn:
        return Outcome(voided=True)
    except WrongAttachment as error:
        form.add_error(error.field, gettext("This cannot be read."))
    except (Refused, RefusedBefore, OnFileAlready, NoRoom) as error:
        form.add_error("file", _why(error, place))
    else:
        return Outcome(saved=True)
    return Outcome()


def _why(error: Exception, place: Place) -> str:
    if isinstance(error, Refused):
        return str(Refusal(error.code).label)
    if isinstance(error, RefusedBefore):
        return gettext("Your office has refused this very file before: %(reason)s") % {"reason": error.reason}
    if isinstance(error, OnFileAlready):
        one = error.attachment
        return gettext("This very file is on file already: “%(title)s”, handed in by %(who)s on %(date)s.") % {
            "title": one.title, "who": one.attached_by,
            "date": written_day(one.attached_at.astimezone(place.zone).date()),
        }  # fmt: skip
    return gettext(
        "The file could not be stored and nothing of it is kept. Tell whoever runs Kembar: the disk may be full."
    )

"""The documents of a partner's file as the desk shows them, and in words why one is not taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from kembar.agreements.spoken import plain
from kembar.desk.partner_file import PartnerFile, record_names
from kembar.desk.people import Outcome
from kembar.desk.place import Place
from kembar.desk.saving import reopen, versions
from kembar.desk.signatures import Signed, signed_of
from kembar.files.rules import Refused
from kembar.files.states import Refusal
from kembar.files.store import NoRoom
from kembar.partnerships.actions import ChangedMeanwhile, OnFileAlready, Withdrawn, WrongAttachment
from kembar.partnerships.queries import Attachment, Partnership, attachments_of
from kembar.partnerships.states import AttachmentKind, Signing
from kembar.procedure.queries import cases
from kembar.procedure.queries.templates import template_of
from kembar.web.dates import written, written_day

# Why a file is not taken; `why_not_taken` has the words.
NOT_TAKEN = (Refused, OnFileAlready, NoRoom)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document as a row. `record` and `href` are "" where it belongs to the file as a whole."""

    number: int
    title: str
    kind: str | Promise
    date: str
    record: str
    href: str
    name: str
    size: int
    sha256: str
    by: str
    at: datetime
    source: int | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    reason: str
    paper_number: str
    signing: str | Promise
    signers: list[str]
    original_at: str
    replaces: str
    signed: Signed | None


def attachments_in(
    file: Partnership, sheet: PartnerFile, place: Place
) -> tuple[list[AttachmentRow], list[AttachmentRow]]:
    """The documents that stand, and those that were withdrawn; a fixed number of queries."""
    named = record_names([*sheet.papers, *sheet.approvals, *sheet.events])
    names = {subject: (words, "#" + subject.replace(":", "-")) for subject, words in named.items()}
    found = list(attachments_of(file))
    if any(one.subject.startswith(("case:", "steprun:")) for one in found):
        names |= step_names(file, place)
    rows = rows_of(found, names, place)
    return [row for row in rows if row.withdrawn_at is None], [row for row in rows if row.withdrawn_at is not None]


def step_names(file: Partnership, place: Place) -> dict[str, tuple[str, str]]:
    """(words, address) of every case of a file and of what was done on its steps, by the key of either. Two queries."""
    language = get_language() or "id"
    rows = list(cases.of_partnership(file.pk, office_id=place.id))
    at = {row.pk: reverse("desk:case", kwargs={"office": place.slug, "number": row.pk}) + "#papers" for row in rows}
    names = {row.key: (row.subject, at[row.pk]) for row in rows}
    for run in cases.runs_in(file.pk, office_id=place.id):
        step = template_of(run.case.template).step(run.step) or template_of(run.case.counterpart).step(run.step)
        names[run.key] = (f"{run.case.subject}: {step.name(language) if step else run.step}", at[run.case_id])
    return names


def rows_of(found: Iterable[Attachment], names: dict[str, tuple[str, str]], place: Place) -> list[AttachmentRow]:
    """Documents as rows; `names`: (words, address) of the records they can belong to. One query."""
    held = list(found)
    signed = signed_of([one.file_id for one in held], place)
    return [_row(one, names, signed.get(one.file_id), place) for one in held]


def _row(
    one: Attachment, names: dict[str, tuple[str, str]], signed: Signed | None, place: Place
) -> AttachmentRow:  # fmt: skip
    withdrawn = one.withdrawn_at.astimezone(place.zone) if one.withdrawn_at else None
    record, href = names.get(one.subject, ("", ""))
    return AttachmentRow(
        one.pk, one.title, AttachmentKind(one.kind).label, written(one.date) if one.date else "", record,
        href, one.file.name, one.file.size, one.file.sha256,
        one.attached_by, one.attached_at.astimezone(place.zone), one.source_id,
        one.withdrawn_by, withdrawn, one.reason, one.number, Signing(one.signing).label if one.signing else "",
        one.signers.splitlines(), one.original_at, one.replaces.title if one.replaces else "", signed,
    )  # fmt: skip


def record_choices(
    sheet: PartnerFile, *, file: Partnership, place: Place, also: str = ""
) -> list[tuple[str, str]]:  # fmt: skip
    """(instrument:7, its name and date) of every record a document can belong to, then the cases and their steps; a
    voided one only as `also`."""
    steps = [(subject, words) for subject, (words, _) in step_names(file, place).items()]
    records = [
        (f"{row.kind}:{row.number}", " · ".join([plain(row.title), *(fact.value for fact in row.facts[:1])]))
        for row in [*sheet.papers, *sheet.approvals, *sheet.events]
        if not row.voided or f"{row.kind}:{row.number}" == also
    ]
    return records + steps


def held(one: Attachment) -> dict[str, Any]:
    """What a form about a document begins with."""
    subject = "" if one.subject.startswith("partnership:") else one.subject
    return {
        "title": one.title, "kind": one.kind, "date": one.date.edtf if one.date else "", "subject": subject,
        "opened_with": one.version, "number": one.number, "signing": one.signing, "signers": one.signers,
        "original_at": one.original_at,
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
    except NOT_TAKEN as error:
        form.add_error("file", why_not_taken(error, zone=place.zone))
    else:
        return Outcome(saved=True)
    return Outcome()


def why_not_taken(error: Exception, *, zone: tzinfo | None) -> str:
    if isinstance(error, Refused):
        return str(Refusal(error.code).label)
    if isinstance(error, OnFileAlready):
        one = error.attachment
        return gettext("This very file is on file already: “%(title)s”, handed in by %(who)s on %(date)s.") % {
            "title": one.title, "who": one.attached_by,
            "date": written_day(one.attached_at.astimezone(zone).date()),
        }  # fmt: skip
    return gettext(
        "The file could not be stored and nothing of it is kept. Tell whoever runs Kembar: the disk may be full."
    )

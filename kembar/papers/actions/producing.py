"""Filling in what a paper asks, and keeping what was produced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.files.store import Arrived
from kembar.journal.actions import record
from kembar.lib.dates import UnreadableDate, on, parse_edtf
from kembar.papers import queries
from kembar.papers.actions.refusing import WrongPaper, words
from kembar.papers.fields import FIELDS
from kembar.papers.models import Detail, Produced
from kembar.papers.text import PaperText
from kembar.partnerships import actions as partnerships
from kembar.partnerships.models import Attachment
from kembar.procedure.models import Case

LONGEST = 5000


@transaction.atomic
def fill_in(case: Case, *, by: Actor, values: Mapping[tuple[str, str], str]) -> list[str]:
    """What a form said of the fields of a case, by (field, language); an emptied one is forgotten. The fields that
    changed. Raises WrongPaper."""
    require(by, Permission.MOVE_CASES, office_id=case.office_id)
    held = queries.details_of(case)
    changed: list[str] = []
    for (code, language), text in values.items():
        field = FIELDS.get(code)
        if field is None or not field.asked:
            raise WrongPaper(code, code="unknown")
        told = _fit(code, kind=field.kind, text=words(code, text=text, longest=LONGEST, needed=False))
        if told == held.get((code, language), ""):
            continue
        changed.append(code)
        Detail.objects.update_or_create(
            case=case, code=code, language=language,
            defaults={"office_id": case.office_id, "text": told, "entered_by": by.label, "entered_at": timezone.now()},
        )  # fmt: skip
    if changed:
        record("paper.filled_in", by=by, subject=case.key, about=case.partnership.key, office_id=case.office_id,
               facts={"subject": case.subject, "fields": sorted(set(changed))})  # fmt: skip
    return changed


def _fit(code: str, *, kind: str, text: str) -> str:
    if not text:
        return ""
    if kind == "date":
        try:
            return parse_edtf(text).edtf
        except UnreadableDate:
            raise WrongPaper(code, code="unknown") from None
    if kind == "number" and not (text.isdecimal() and len(text) < 4 and int(text) > 0):
        raise WrongPaper(code, code="unknown")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) if kind == "items" else text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as its files say it: in which languages, and what they lack (`code:language` each)."""

    text: PaperText
    languages: Sequence[str]
    missing: Sequence[str]


@transaction.atomic
def keep_produced(case: Case, *, by: Actor, drawn: Drawn, arrived: Sequence[Arrived]) -> Produced:
    """Keeps the files of a paper in the partner's file: the DOCX, then the PDF where there is one.

    Raises files.store.NoRoom.
    """
    require(by, Permission.MOVE_CASES, office_id=case.office_id)
    text, number = drawn.text, queries.number_of(case, paper=drawn.text.code)
    title = f"{text.name['id']}, {case.partnership.english_name}"[:200]
    facts = partnerships.AttachmentFacts(kind=text.kept_as, title=title, date=on(case.office.today()))
    docs = [_attached(one, case=case, by=by, facts=facts) for one in arrived]
    row = Produced.objects.create(
        office_id=case.office_id, case=case, paper=text.code, text_version=text.version, text_sha256=text.sha256,
        languages=" ".join(drawn.languages), number=number.text if number else "", missing="\n".join(drawn.missing),
        docx=docs[0], pdf=docs[1] if len(docs) > 1 else None, made_by=by.label, made_at=timezone.now(),
    )  # fmt: skip
    record("paper.produced", by=by, subject=case.key, about=case.partnership.key, office_id=case.office_id,
           facts={"paper": title, "version": text.version, "sha256": arrived[0].sha256})  # fmt: skip
    return row


def _attached(arrived: Arrived, *, case: Case, by: Actor, facts: partnerships.AttachmentFacts) -> Attachment:
    """The very same paper produced a second time is the document that lies there already."""
    try:
        return partnerships.attach(arrived, by=by, partnership=case.partnership, facts=facts)
    except partnerships.OnFileAlready as error:
        return error.attachment

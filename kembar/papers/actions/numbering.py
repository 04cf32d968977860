"""Giving a letter its number: once, in a row, never twice."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.papers import queries, rules
from kembar.papers.actions.refusing import WrongPaper, words
from kembar.papers.models import LetterNumber, NumberScheme
from kembar.procedure.models import Case


class NumberTaken(Exception):
    """The number was given before, or this letter has one; `number` is what stands in the way."""

    def __init__(self, number: LetterNumber) -> None:
        self.number = number
        super().__init__(number.text)


@transaction.atomic
def give_number(
    office: Office, *, by: Actor, day: date, subject: str, classification: str = "", serial: int | None = None,
    case: Case | None = None, paper: str = "",
) -> LetterNumber:  # fmt: skip
    """The next number of the year of `day`, or `serial` where the mail room gave one; for the paper of a case, or for a
    letter written elsewhere. Raises WrongPaper, NumberTaken."""
    require(by, Permission.MOVE_CASES, office_id=office.pk)
    NumberScheme.objects.get_or_create(office=office)
    scheme = NumberScheme.objects.select_for_update().get(office=office)
    told = words("subject", text=subject, longest=300)
    if day > office.today():
        raise WrongPaper("day", code="in_future")
    if case is not None and (held := queries.number_of(case, paper=paper)):
        raise NumberTaken(held)
    chosen = serial if serial is not None else queries.next_serial(office.pk, year=day.year)
    if not 1 <= chosen <= rules.HIGHEST_SERIAL:
        raise WrongPaper("serial", code="unknown")
    if taken := LetterNumber.objects.filter(office=office, year=day.year, serial=chosen).first():
        raise NumberTaken(taken)
    kind = words("classification", text=classification or scheme.classification, longest=30,
                 needed="{klasifikasi}" in scheme.pattern)  # fmt: skip
    text = rules.number_text(queries.plain(scheme), serial=chosen, classification=kind, year=day.year, month=day.month)
    row = LetterNumber.objects.create(
        office=office, year=day.year, serial=chosen, text=text, day=day, subject=told, case=case, paper=paper,
        given_by=by.label, given_at=timezone.now(),
    )  # fmt: skip
    _noted("letter.numbered", row=row, by=by)
    return row


@transaction.atomic
def void_number(number: LetterNumber, *, by: Actor, reason: str) -> bool:
    """The letter does not go out under it; nobody gets the number again. False when it was voided before."""
    require(by, Permission.MOVE_CASES, office_id=number.office_id)
    told = words("reason", text=reason, longest=2000)
    rows = LetterNumber.objects.filter(pk=number.pk, voided_at=None)
    if not rows.update(voided_at=timezone.now(), void_reason=told):
        return False
    _noted("letter.number_voided", row=number, by=by, reason=told)
    return True


def _noted(verb: str, *, row: LetterNumber, by: Actor, reason: str = "") -> None:
    about = row.case.partnership.key if row.case else ""
    facts = {"number": row.text, "letter": row.subject} | ({"reason": reason} if reason else {})
    subject = row.case.key if row.case else row.key
    if verb == "letter.numbered":
        record("letter.numbered", by=by, subject=subject, about=about, office_id=row.office_id, facts=facts)
    else:
        record("letter.number_voided", by=by, subject=subject, about=about, office_id=row.office_id, facts=facts)

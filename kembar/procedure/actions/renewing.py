"""A renewal case opens by itself in good time; a letter of intent that went stale is revived, parked or closed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.queries import NoSuchRecord, file_of
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.lib.dates import on as exactly
from kembar.partnerships.models import Partnership
from kembar.procedure import rules
from kembar.procedure.actions.opening import Planned, open_case
from kembar.procedure.actions.refusing import WrongStep, words
from kembar.procedure.models import Case, LetterChoice
from kembar.procedure.queries.renewals import endings
from kembar.procedure.states import Choice, Kind


@transaction.atomic
def open_renewals(office: Office, *, by: Actor, on: date, months: int = rules.RENEWAL_MONTHS) -> list[Case]:
    """Opens a renewal case for every paper in force that ends within so many months and has none, on the road in force.

    Told again, on the same day or any other, it opens none twice: also one that was withdrawn is not opened again.
    """
    require(by, Permission.MOVE_CASES, office_id=office.pk)
    opened = []
    known = set(Case.objects.filter(office=office, kind=Kind.EXTENSION).values_list("renews", flat=True))
    for ending in endings(office.pk, on=on, months=months):
        if ending.case is not None or not ending.renews or ending.renews in known:
            continue
        planned = Planned(
            kind=Kind.EXTENSION, subject=f"Perpanjangan: {ending.partnership.english_name}", opened_on=exactly(on),
            renews=ending.renews,
        )  # fmt: skip
        case = open_case(planned, by=by, partnership=ending.partnership, itself=True,
                         confirmed=("level_differs", "ask_ministry"))  # fmt: skip
        opened.append(case)
    return opened


@transaction.atomic
def decide_letter(
    partnership: Partnership, *, by: Actor, paper: str, choice: str, reason: str, until: date | None = None
) -> LetterChoice:
    """Revive opens a case for a new tie; park asks for a day to come; each with its reason. Raises WrongStep."""
    require(by, Permission.MOVE_CASES, office_id=partnership.office_id)
    today = partnership.office.today()
    if choice not in Choice.values:
        raise WrongStep("choice", code="unknown")
    try:
        mine = file_of(paper, office_id=partnership.office_id).pk == partnership.pk
    except NoSuchRecord:
        mine = False
    if not mine:
        raise WrongStep("paper", code="unknown")
    if choice == Choice.PARK and (until is None or until <= today):
        raise WrongStep("until", code="missing" if until is None else "in_past")
    told = words("reason", text=reason)
    row = LetterChoice.objects.create(
        office_id=partnership.office_id, partnership=partnership, paper=paper, choice=choice, reason=told,
        until=until if choice == Choice.PARK else None, entered_by=by.label, entered_at=timezone.now(),
    )  # fmt: skip
    record("letter_of_intent.decided", by=by, subject=paper, about=partnership.key, office_id=partnership.office_id,
           facts={"letter_choice": choice, "reason": told, "until": until.isoformat() if until else ""})  # fmt: skip
    return row

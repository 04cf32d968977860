"""Days on which an office's calendar differs from the holidays of a country, and the recesses of its council."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.procedure.actions.refusing import WrongStep, words
from kembar.procedure.models import DayOff, Recess
from kembar.procedure.queries.calendars import LONGEST_RECESS


@transaction.atomic
def set_day(office: Office, *, by: Actor, day: date, works: bool, name: str, country: str = "") -> DayOff:
    """A day off, or one that is worked after all; said again it replaces what was said of that day. `country`: of the
    office's city where left out. Raises WrongStep."""
    require(by, Permission.MOVE_CASES, office_id=office.pk)
    country = country or office.local_government.country
    if len(country) != 2 or not country.isalpha() or not country.isupper():
        raise WrongStep("country", code="unknown")
    told = words("name", text=name, longest=200)
    row, _ = DayOff.objects.update_or_create(
        office=office, country=country, day=day, defaults={"works": works, "name": told}
    )
    record("day.set", by=by, subject=f"day:{row.pk}", office_id=office.pk,
           facts={"day": day.isoformat(), "works": works, "name": told, "country": country})  # fmt: skip
    return row


@transaction.atomic
def set_recess(office: Office, *, by: Actor, first: date, last: date, name: str, source: str) -> Recess:
    """The council does not meet on these days: a file that lies there waits no working day meanwhile.

    Raises WrongStep: last before_predecessor, or unknown where it would last for more than half a year.
    """
    require(by, Permission.MOVE_CASES, office_id=office.pk)
    if last < first:
        raise WrongStep("last", code="before_predecessor")
    if last - first > LONGEST_RECESS:
        raise WrongStep("last", code="unknown")
    row = Recess.objects.create(
        office=office, first=first, last=last, name=words("name", text=name, longest=200),
        source=words("source", text=source, longest=300), entered_by=by.label, entered_at=timezone.now(),
    )  # fmt: skip
    facts = {"first": first.isoformat(), "last": last.isoformat(), "name": row.name, "source": row.source}
    record("recess.set", by=by, subject=row.key, office_id=office.pk, facts=facts)
    return row


@transaction.atomic
def withdraw_recess(recess: Recess, *, by: Actor, reason: str) -> None:
    """It was wrong, or moved: it counts no more, and stays with the reason. Raises WrongStep."""
    require(by, Permission.MOVE_CASES, office_id=recess.office_id)
    recess.withdrawn = words("reason", text=reason, longest=300)
    recess.save(update_fields=["withdrawn"])
    record("recess.withdrawn", by=by, subject=recess.key, office_id=recess.office_id,
           facts={"name": recess.name, "first": recess.first.isoformat(), "reason": recess.withdrawn})  # fmt: skip

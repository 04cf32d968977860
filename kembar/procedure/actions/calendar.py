"""Days on which an office's calendar differs from the holidays of a country."""

from datetime import date

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.procedure.actions.refusing import WrongStep, words
from kembar.procedure.models import DayOff


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

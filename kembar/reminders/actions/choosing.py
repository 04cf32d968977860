"""How often a member is told, and after how many days or months an office wants to know."""

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.people.queries import NoSuchAccount
from kembar.reminders.models import Choice, Setting
from kembar.reminders.queries import limits_of
from kembar.reminders.rules import Limits, wrong_limits
from kembar.reminders.states import Every


class WrongChoice(Exception):
    """This cannot be kept; `field` says which field of the form."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@transaction.atomic
def choose(every: str, *, by: Actor) -> None:
    """One's own rhythm. Chosen again, an address that letters came back from is tried anew. Raises WrongChoice,
    NoSuchAccount for visitors and the machine."""
    if by.person_id is None:
        raise NoSuchAccount
    if every not in Every.values:
        raise WrongChoice("every")
    row, is_new = Choice.objects.select_for_update().get_or_create(
        account_id=by.person_id, defaults={"every": every, "changed_at": timezone.now()}
    )
    if not is_new:
        Choice.objects.filter(pk=row.pk).update(every=every, changed_at=timezone.now())
    if is_new or row.every != every:
        record("digest.chosen", by=by, subject=f"account:{by.person_id}", office_id=None, facts={"every": every})


@transaction.atomic
def set_limits(office: Office, *, by: Actor, limits: Limits) -> bool:
    """From the next night on; False where nothing changed. Raises WrongChoice."""
    require(by, Permission.SET_REMINDERS, office_id=office.pk)
    if wrong := wrong_limits(limits):
        raise WrongChoice(wrong)
    before = limits_of(office.pk)
    if before == limits:
        return False
    alerts = " ".join(map(str, limits.alerts))
    given = {"soon": limits.soon, "deputy_after": limits.deputy_after, "head_after": limits.head_after,
             "renewal_months": limits.renewal_months, "alerts": alerts}  # fmt: skip
    Setting.objects.update_or_create(office=office, defaults=given)
    record("reminders.set", by=by, subject=f"office:{office.pk}", office_id=office.pk, facts=given)
    return True

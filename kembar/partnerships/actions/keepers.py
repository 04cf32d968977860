"""Who answers for a partner."""

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.partnerships.models import Partnership
from kembar.partnerships.rules import wrong_keepers


class WrongKeepers(Exception):
    """Nobody can answer for a partner so. `field` is owner or deputy, `code` as in rules.wrong_keepers."""

    def __init__(self, field: str, *, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(field, code)


class KeepersChanged(Exception):
    """A colleague named somebody first; `current` is the file as it is now."""

    def __init__(self, current: Partnership) -> None:
        self.current = current
        super().__init__(current.pk)


@transaction.atomic
def name_keepers(file: Partnership, *, by: Actor, owner: str, deputy: str, seen: str) -> None:
    """`owner` and `deputy` are `account:7`, a post (`post:…`), or "" for nobody; `seen` is what `file.keepers` was when
    the form was opened. Raises WrongKeepers, KeepersChanged."""
    require(by, Permission.KEEP_REGISTER, office_id=file.office_id)
    owner, deputy = clean(owner), clean(deputy)
    if wrong := wrong_keepers(owner, deputy=deputy):
        raise WrongKeepers(wrong[0], code=wrong[1])
    now = Partnership.objects.select_for_update().select_related("partner").get(pk=file.pk)
    if now.keepers != seen:
        raise KeepersChanged(now)
    if now.keepers == f"{owner}|{deputy}":
        return
    Partnership.objects.filter(pk=now.pk).update(owner=owner, deputy=deputy)
    facts = {"owner": owner, "deputy": deputy, "before": now.keepers}
    record("partnership.keepers_named", by=by, subject=now.key, about=now.key, office_id=now.office_id, facts=facts)


@transaction.atomic
def take_over_keepers(duplicate: Partnership, *, into: Partnership, by: Actor) -> None:
    """Of two files on one partner, what the one that stays does not say of who answers for it is taken from the other
    one."""
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    unsaid = Partnership.objects.filter(pk=into.pk, owner="")
    if duplicate.owner and unsaid.update(owner=duplicate.owner, deputy=duplicate.deputy):
        facts = {"owner": duplicate.owner, "deputy": duplicate.deputy, "before": "|", "from": duplicate.key}
        record("partnership.keepers_named", by=by, subject=into.key, about=into.key, office_id=into.office_id,
               facts=facts)  # fmt: skip

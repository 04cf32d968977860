"""Writing holders of public office."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import LocalGovernment, Office
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.people.actions.records import (
    ReasonMissing,
    Version,
    WrongRecord,
    changed_fields,
    current,
    end_with_reason,
    take_over,
)
from kembar.people.models import OfficeHolder
from kembar.people.rules import ends_before_it_begins
from kembar.people.states import Capacity
from kembar.search import actions as search


@dataclass(frozen=True, slots=True)
class Term:
    """Who held which post in which capacity; `until` is the last day, None is "not known"."""

    person: str
    post: str
    capacity: str = Capacity.UNKNOWN
    since: EdtfDate | None = None
    until: EdtfDate | None = None


@transaction.atomic
def name_holder(term: Term, *, by: Actor, office: Office, party: LocalGovernment) -> OfficeHolder:
    """Enters a holder of a public office. Raises WrongRecord (person, post, capacity, order)."""
    require(by, Permission.KEEP_REGISTER, office_id=office.pk)
    given = _checked(term)
    holder = OfficeHolder.objects.create(office=office, party=party, **given)
    _make_findable([holder])
    record("holder.named", by=by, subject=f"holder:{holder.pk}", office_id=office.pk,
           facts={"person": holder.person, "post": holder.post})  # fmt: skip
    return holder


@transaction.atomic
def change_holder(holder: OfficeHolder, *, by: Actor, term: Term, seen: Version) -> OfficeHolder:
    """Raises WrongRecord, ChangedMeanwhile, Voided."""
    require(by, Permission.KEEP_REGISTER, office_id=holder.office_id)
    given = _checked(term)
    now = current(holder, seen=seen)
    changed = changed_fields(now, given=given)
    if not changed:
        return now
    before = {field: str(getattr(now, field) or "") for field in changed}
    saved = take_over(now, given=given)
    saved.save()
    _make_findable([saved])
    record("holder.changed", by=by, subject=f"holder:{holder.pk}", office_id=holder.office_id,
           facts={"person": saved.person, "from": before,
                  "to": {field: str(getattr(saved, field) or "") for field in changed}})  # fmt: skip
    return saved


@transaction.atomic
def void_holder(holder: OfficeHolder, *, by: Actor, reason: str) -> bool:
    """The entry was wrong; it stays readable. False when it was voided before. Raises ReasonMissing."""
    require(by, Permission.KEEP_REGISTER, office_id=holder.office_id)
    reason = clean(reason)
    if not reason:
        raise ReasonMissing
    if not end_with_reason(holder, reason=reason):
        return False
    search.forget(f"holder:{holder.pk}")
    record("holder.voided", by=by, subject=f"holder:{holder.pk}", office_id=holder.office_id,
           facts={"person": holder.person, "post": holder.post, "reason": reason})  # fmt: skip
    return True


def index_holders(known: Collection[str]) -> int:
    """Holders not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = [
        row for row in OfficeHolder.objects.filter(voided_at=None).order_by("id") if f"holder:{row.pk}" not in known
    ]
    _make_findable(rows)
    return len(rows)


@transaction.atomic
def _make_findable(holders: Iterable[OfficeHolder]) -> None:
    search.index_many(
        search.Findable(
            subject=f"holder:{one.pk}", kind="holder", office_id=one.office_id, title=one.person, line=one.post,
            public=False,
        )
        for one in holders
    )  # fmt: skip


def _checked(term: Term) -> dict[str, object]:
    given = asdict(term) | {"since": term.since, "until": term.until}
    for field in ("person", "post"):
        given[field] = clean(given[field])
        if not given[field] or len(given[field]) > 200:
            raise WrongRecord(field)
    if term.capacity not in Capacity.values:
        raise WrongRecord("capacity")
    if ends_before_it_begins(term.since, term.until):
        raise WrongRecord("order")
    return given

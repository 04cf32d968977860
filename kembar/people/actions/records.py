"""What records of people have in common: a version two officers can disagree on, and an end with a reason."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F
from django.utils import timezone

from kembar.people.models import Contact, OfficeHolder

Record = TypeVar("Record", Contact, OfficeHolder)


@dataclass(frozen=True, slots=True)
class Version:
    """What a form was opened on: the number that stood in the record then."""

    number: int


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after the form was opened; `current` is the record as it is now."""

    def __init__(self, current: Contact | OfficeHolder) -> None:
        self.current = current
        super().__init__(f"{type(current).__name__} {current.pk} is at version {current.version}")


class Voided(Exception):
    """The record was voided; it can be read, not changed."""


class ReasonMissing(Exception):
    """A record is not voided without a reason."""


class WrongRecord(Exception):
    """A record cannot be kept so; `reason` is the field, or "order" for an end before the beginning."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def current(record: Record, *, seen: Version) -> Record:
    """The record as it is now, locked. Raises ChangedMeanwhile and Voided."""
    model = type(record)
    found = model.objects.select_for_update().get(pk=record.pk)
    if found.voided_at is not None:
        raise Voided
    if found.version != seen.number:
        raise ChangedMeanwhile(found)
    return found


def changed_fields(record: Contact | OfficeHolder, *, given: dict[str, Any]) -> list[str]:
    return [field for field, value in given.items() if getattr(record, field) != value]


def take_over(record: Record, *, given: dict[str, Any]) -> Record:
    """The record with these fields and the next number, to be saved by whoever asked."""
    for field, value in given.items():
        setattr(record, field, value)
    record.version += 1
    return record


def end_with_reason(record: Contact | OfficeHolder, *, reason: str) -> bool:
    """Voids the record; False when that was done before."""
    rows = type(record).objects.filter(pk=record.pk, voided_at=None)
    return bool(rows.update(voided_at=timezone.now(), void_reason=reason, version=F("version") + 1))

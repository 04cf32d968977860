"""Rows of one office, or of several in one question."""

from collections.abc import Collection

from django.db.models import Q

Offices = int | Collection[int]


def within(office_id: Offices) -> Q:
    """Narrows rows to that office, or to those."""
    return Q(office_id=office_id) if isinstance(office_id, int) else Q(office_id__in=list(office_id))

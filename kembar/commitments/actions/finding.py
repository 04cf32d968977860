"""Promises are found by the search box of the desk: by their words, their sentence and who promised to whom."""

from collections.abc import Collection, Iterable

from django.db import transaction

from kembar.commitments.models import Commitment
from kembar.search import actions as search


@transaction.atomic
def make_findable(promises: Iterable[Commitment]) -> None:
    """Brings what is found of these up to date; a voided one is found no more."""
    standing = []
    for one in promises:
        if one.voided_at is not None:
            search.forget(one.key)
        else:
            standing.append(_findable(one))
    search.index_many(standing)


def index_others(known: Collection[str]) -> int:
    """Promises not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = [row for row in Commitment.objects.filter(voided_at=None).order_by("id") if row.key not in known]
    make_findable(rows)
    return len(rows)


def _findable(one: Commitment) -> search.Findable:
    return search.Findable(
        subject=one.key, kind="commitment", office_id=one.office_id, title=one.what, public=False,
        line=" → ".join(part for part in (one.actor, one.counterpart) if part),
        about=f"partnership:{one.partnership_id}", texts=(one.sentence,),
    )  # fmt: skip

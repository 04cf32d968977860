"""One deed on many promises at once: every promise is answered, and none is left half changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.commitments import queries
from kembar.commitments.actions.entering import amend, as_promised
from kembar.commitments.actions.moving import Keepers, accept, start
from kembar.commitments.actions.refusing import ChangedMeanwhile, Voided, WrongMove, WrongPromise
from kembar.commitments.models import Commitment
from kembar.lib.dates import EdtfDate

MOST = 100  # as many as a person looks over before sending
ACCEPT, START = "accept", "start"


class NothingChosen(Exception):
    """No promise was chosen, or nothing to do with them."""


class TooMany(Exception):
    """More than MOST promises at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of each promise; what is empty stays as it is. `move` is ACCEPT, START or empty."""

    owner: str = ""
    deputy: str = ""
    side: str = ""
    due: EdtfDate | None = None
    move: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one promise. `refused`: why nothing of it was changed, empty where it was done: missing, unknown,
    voided, overtaken, wrong_move, unchanged, or a code of WrongPromise, with its `field`. `fell`: the confirmation of
    the other side fell with it. `now` is the promise as it stands, None for one this office does not have."""

    number: int
    now: Commitment | None
    refused: str = ""
    field: str = ""
    fell: bool = False


@transaction.atomic
def change_many(seen: Mapping[int, int], *, by: Actor, office_id: int, change: Change) -> list[Answer]:
    """Each promise wholly or not at all, all that can be done together, in the order given. `seen`: number → version
    that the officer had in sight. Raises NothingChosen, TooMany.

    A refused promise does not hold the others up; should the whole break off, nothing of it stays.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if not seen or change == Change():
        raise NothingChosen
    if len(seen) > MOST:
        raise TooMany
    # Always in one order, so that two officers who change the same promises wait for each other instead of for ever.
    done = {
        number: _answer(number, version=seen[number], change=change, by=by, office_id=office_id)
        for number in sorted(seen)
    }
    return [done[number] for number in seen]


def _answer(number: int, *, version: int, change: Change, by: Actor, office_id: int) -> Answer:
    try:
        before = queries.commitment(number, office_id=office_id)
    except queries.NoSuchCommitment:
        return Answer(number, None, refused="unknown")
    try:
        with transaction.atomic():
            after = _changed(before, version=version, change=change, by=by)
    except WrongPromise as error:
        return Answer(number, before, refused=error.code, field=error.field)
    except (ChangedMeanwhile, Voided, WrongMove) as error:
        return Answer(number, before, refused=_WHY[type(error)])
    if after.version == version:
        return Answer(number, before, refused="unchanged")
    return Answer(number, after, fell=bool(before.confirmed_at and not after.confirmed_at))


_WHY = {ChangedMeanwhile: "overtaken", Voided: "voided", WrongMove: "wrong_move"}


def _changed(row: Commitment, *, version: int, change: Change, by: Actor) -> Commitment:
    given = {name: value for name in ("owner", "deputy", "side", "due") if (value := getattr(change, name))}
    if given:
        promised = replace(as_promised(row), **given)
        # How old the promise is next to its source was looked at when it was entered, and is not changed here.
        row = amend(row, by=by, promised=promised, seen=version, confirmed={"made_long_before_source"})
        version = row.version
    if change.move == ACCEPT:
        row = accept(row, by=by, keepers=Keepers(row.owner, row.deputy, row.side), seen=version)
    if change.move == START:
        row = start(row, by=by, seen=version)
    return row

"""What an action on a promise refuses, and the shared first and last lines of every deed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.commitments import rules
from kembar.commitments.actions.finding import make_findable
from kembar.commitments.content import WORDS, content_of
from kembar.commitments.models import Commitment
from kembar.commitments.states import State
from kembar.countersign import queries as countersign
from kembar.countersign.actions.answering import fall
from kembar.countersign.actions.asking import close
from kembar.journal.actions import record
from kembar.languages import actions as languages
from kembar.lib.text import clean

LONGEST = 2000


class WrongPromise(Exception):
    """A promise cannot be kept on file so. `field` is where, `code` why: missing, too_long, unknown, not_a_keeper,
    same_keeper, due_before_made, made_after_source, settled_before_made, settled_later."""

    def __init__(self, field: str, *, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


class Doubtful(Exception):
    """Possible but unusual: to be confirmed by the officer with these codes (made_long_before_source)."""

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = frozenset(codes)
        super().__init__(", ".join(sorted(codes)))


class WrongMove(Exception):
    """The promise cannot go there from its state; somebody else may have moved it meanwhile."""

    def __init__(self, commitment: Commitment) -> None:
        self.commitment = commitment
        super().__init__(f"promise {commitment.pk} is {commitment.state}")


class ChangedMeanwhile(Exception):
    """Somebody else saved the promise after the form was opened; `current` is the promise as it is now."""

    def __init__(self, current: Commitment) -> None:
        self.current = current
        super().__init__(f"promise {current.pk} is at version {current.version}")


class Voided(Exception):
    """The promise was voided; it can be read, not changed."""


def locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "partnership__merged_into__partner", "partnership__partner", "document", "office__local_government"
    )
    now = rows.get(pk=commitment.pk)
    if now.voided_at is not None:
        raise Voided
    return now


@transaction.atomic
def current(commitment: Commitment, *, by: Actor, seen: int) -> Commitment:
    require(by, Permission.KEEP_REGISTER, office_id=commitment.office_id)
    now = locked(commitment)
    if now.version != seen:
        raise ChangedMeanwhile(now)
    return now


_REWORDED = ("amended", "voided")


@transaction.atomic
def saved(now: Commitment, *, done: str, by: Actor, facts: dict[str, object] | None = None) -> Commitment:
    now.version += 1
    now.save()
    if now.state in rules.SETTLED or now.voided_at is not None:
        close(now.key, office_id=now.office_id)
    record(f"commitment.{done}", by=by, subject=now.key, about=f"partnership:{now.partnership_id}",
           office_id=now.office_id, facts={"what": now.what, **(facts or {})})  # fmt: skip
    if done in _REWORDED:
        make_findable([now])
    return now


@transaction.atomic
def put_into_words(now: Commitment, *, by: Actor) -> None:
    """The original a translator works from."""
    languages.write_original(now.what, by=by, subject=now.key, field=WORDS, language=now.written_in,
                             office_id=now.office_id)  # fmt: skip


@transaction.atomic
def let_fall(now: Commitment, *, by: Actor) -> bool:
    """Whether a confirmation fell because the promise reads otherwise now; the caller saves the promise."""
    fallen = fall(now.key, by=by, office_id=now.office_id, now=lambda two: content_of(now, languages=two))
    if fallen and not countersign.standing_confirmations([now.key], office_id=now.office_id):
        set_confirmed(now, since=None)
    return bool(fallen)


def set_confirmed(now: Commitment, *, since: datetime | None) -> None:
    now.confirmed_at = since
    if since and now.state == State.ACCEPTED:
        now.state = State.CONFIRMED
    if not since and now.state == State.CONFIRMED:
        now.state = State.ACCEPTED


def words(field: str, *, text: str, longest: int = LONGEST, needed: bool = True) -> str:
    text = clean(text)
    if needed and not text:
        raise WrongPromise(field, code="missing")
    if len(text) > longest:
        raise WrongPromise(field, code="too_long")
    return text

"""A promise is taken on, begun, kept, dropped, taken up again. Nothing becomes overdue by a write."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, require
from kembar.commitments import rules
from kembar.commitments.actions.entering import check_keepers
from kembar.commitments.actions.refusing import WrongMove, WrongPromise, current, put_into_words, saved, words
from kembar.commitments.models import Commitment
from kembar.commitments.states import MOVES, State
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.sources.models import Document


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who answers for a promise, and in their stead; for the partner's promise: who follows it up."""

    owner: str
    deputy: str
    side: str = ""  # who promised, where that was not known yet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a promise: when, and what shows it; `document` where a source on file does."""

    on: EdtfDate
    evidence: str
    document: Document | None = None


@transaction.atomic
def accept(commitment: Commitment, *, by: Actor, keepers: Keepers, seen: int) -> Commitment:
    """The office takes the promise on: from now on it counts, and can be shown. Raises WrongPromise without owner and
    deputy or where nobody knows who promised; WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("accept", commitment=commitment, by=by, seen=seen)
    now.owner, now.deputy = clean(keepers.owner), clean(keepers.deputy)
    now.side = keepers.side or now.side
    check_keepers(now.owner, deputy=now.deputy, side=now.side, needed=True)
    now.accepted_by, now.accepted_at = by.label, timezone.now()
    put_into_words(now, by=by)
    return saved(now, done="accepted", by=by, facts={"owner": now.owner, "deputy": now.deputy})


@transaction.atomic
def start(commitment: Commitment, *, by: Actor, seen: int) -> Commitment:
    """Work on it has begun. Raises WrongMove, ChangedMeanwhile, Voided."""
    return saved(_moved("start", commitment=commitment, by=by, seen=seen), done="started", by=by)


@transaction.atomic
def keep(commitment: Commitment, *, by: Actor, outcome: Outcome, seen: int) -> Commitment:
    """It was kept, and this shows it. Raises WrongPromise, WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("keep", commitment=commitment, by=by, seen=seen)
    return saved(_with_outcome(now, outcome=outcome), done="kept", by=by, facts=_told(now))


@transaction.atomic
def keep_partly(commitment: Commitment, *, by: Actor, outcome: Outcome, reason: str, seen: int) -> Commitment:
    """Part of it was kept: what shows that, and why not all. Raises as `keep`."""
    now = _moved("keep-partly", commitment=commitment, by=by, seen=seen)
    now.reason = words("reason", text=reason)
    return saved(_with_outcome(now, outcome=outcome), done="partly_kept", by=by, facts=_told(now))


@transaction.atomic
def keep_round(commitment: Commitment, *, by: Actor, outcome: Outcome, seen: int) -> Commitment:
    """One round of a recurring promise was kept: the next falls due after its interval, else at a day not known.

    Raises WrongMove for a promise that does not recur, and as `keep`.
    """
    now = _moved("keep-round", commitment=commitment, by=by, seen=seen)
    if not now.recurring:
        raise WrongMove(commitment)
    now = _with_outcome(now, outcome=outcome)
    before = now.due.edtf if now.due else ""
    now.due = rules.next_due(now.due, now.every)
    now.rounds += 1
    facts = _told(now) | {"before": before, "due": now.due.edtf if now.due else ""}
    now.settled_on = None
    return saved(now, done="round_kept", by=by, facts=facts)


@transaction.atomic
def drop(commitment: Commitment, *, by: Actor, reason: str, on: EdtfDate, seen: int) -> Commitment:
    """It will not be kept, for this reason, which everyone may read. Raises WrongPromise, WrongMove,
    ChangedMeanwhile, Voided."""
    now = _moved("drop", commitment=commitment, by=by, seen=seen)
    now.reason = words("reason", text=reason)
    now.settled_on = _settled(now, on=on)
    return saved(now, done="dropped", by=by, facts={"reason": now.reason, "on": on.edtf})


@transaction.atomic
def reopen(commitment: Commitment, *, by: Actor, reason: str, seen: int) -> Commitment:
    """It was settled too early. Raises WrongPromise, WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("reopen", commitment=commitment, by=by, seen=seen)
    before = commitment.state
    now.reason, now.settled_on = "", None
    now.state = State.CONFIRMED if now.confirmed_at else State.ACCEPTED
    return saved(now, done="reopened", by=by, facts={"reason": words("reason", text=reason), "from": before})


def _moved(move: str, *, commitment: Commitment, by: Actor, seen: int) -> Commitment:
    now = current(commitment, by=by, seen=seen)
    require(by, MOVES[move].who, office_id=now.office_id)
    if now.state not in MOVES[move].begin:
        raise WrongMove(now)
    now.state = State(MOVES[move].to)
    return now


def _with_outcome(now: Commitment, *, outcome: Outcome) -> Commitment:
    now.evidence = words("evidence", text=outcome.evidence)
    now.settled_on = _settled(now, on=outcome.on)
    if outcome.document is not None and outcome.document.office_id != now.office_id:
        raise WrongPromise("document", code="unknown")
    now.evidence_key = f"document:{outcome.document.pk}" if outcome.document else ""
    return now


def _settled(now: Commitment, *, on: EdtfDate) -> EdtfDate:
    if now.made_on and on.certainly_before(now.made_on):
        raise WrongPromise("on", code="settled_before_made")
    if on.earliest is not None and on.earliest > now.office.today():
        raise WrongPromise("on", code="settled_later")
    return on


def _told(now: Commitment) -> dict[str, object]:
    on = now.settled_on.edtf if now.settled_on else ""
    return {"evidence": now.evidence, "document": now.evidence_key, "reason": now.reason, "on": on}

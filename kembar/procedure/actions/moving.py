"""Pausing, resuming, asking again and ending a case. Nothing leads out of withdrawn, rejected or closed."""

from datetime import date

from django.db import transaction

from kembar.access.permissions import Actor
from kembar.lib.dates import EdtfDate
from kembar.procedure import rules
from kembar.procedure.actions.papers import Paper, keep_paper
from kembar.procedure.actions.refusing import Hindered, WrongStep, moved, saved, words
from kembar.procedure.models import Case
from kembar.procedure.queries import cases as queries
from kembar.procedure.states import MOVES

PAUSES = ("wait-partner", "wait-ministry", "suspend")
ENDS = ("withdraw", "reject")


@transaction.atomic
def pause(case: Case, *, by: Actor, move: str, reason: str, on: EdtfDate, seen: int) -> Case:
    """It waits for the partner or a ministry, or is suspended; since when and why. Raises WrongStep, WrongMove,
    ChangedMeanwhile."""
    if move not in PAUSES:
        raise WrongStep("move", code="unknown")
    now = moved(move, case=case, by=by, seen=seen)
    now.reason, now.standing_since = words("reason", text=reason), _past(now, on=on)
    now.standing = MOVES[move].to
    return saved(now, verb="paused", by=by, facts={"standing_name": now.standing, "reason": now.reason, "on": on.edtf})


@transaction.atomic
def resume(case: Case, *, by: Actor, reason: str, on: EdtfDate, seen: int) -> Case:
    """It goes on. Raises WrongStep, WrongMove, ChangedMeanwhile."""
    now = moved("resume", case=case, by=by, seen=seen)
    told = words("reason", text=reason)
    now.standing_since, now.reason, now.standing = _past(now, on=on), "", MOVES["resume"].to
    return saved(now, verb="resumed", by=by, facts={"reason": told, "on": on.edtf})


@transaction.atomic
def chase(
    case: Case, *, by: Actor, note: str, on: date, seen: int, number: str = "", paper: Paper | None = None
) -> Case:
    """Somebody asked again where it lies: by letter (its number and file), by telephone. Raises WrongStep, WrongMove,
    ChangedMeanwhile, and what `keep_paper` raises."""
    now = moved("chase", case=case, by=by, seen=seen)
    if on > now.office.today():
        raise WrongStep("on", code="in_future")
    if now.chased_on is None or on > now.chased_on:
        now.chased_on = on
    number = words("number", text=number, longest=100, needed=False)
    told = " · ".join(part for part in (number, words("note", text=note, needed=False)) if part)
    facts = {"note": told, "number": number, "on": on.isoformat(), "holder": now.holder}
    told_of = saved(now, verb="chased", by=by, facts=facts)
    if paper is not None:
        keep_paper(told_of, by=by, paper=paper)
    return told_of


@transaction.atomic
def end(case: Case, *, by: Actor, move: str, reason: str, on: EdtfDate, seen: int) -> Case:
    """It was withdrawn by us, or rejected. It is not reopened: a new case is opened. Raises WrongStep, WrongMove,
    ChangedMeanwhile."""
    if move not in ENDS:
        raise WrongStep("move", code="unknown")
    now = moved(move, case=case, by=by, seen=seen)
    now.reason, now.over_on, now.standing = words("reason", text=reason), _past(now, on=on), MOVES[move].to
    now.standing_since = now.over_on
    facts = {"standing_name": now.standing, "reason": now.reason, "on": on.edtf}
    return saved(now, verb="ended", by=by, facts=facts)


@transaction.atomic
def close(case: Case, *, by: Actor, on: EdtfDate, seen: int) -> Case:
    """Signed, deposited, certified copies received (R9): the road is walked. Raises Hindered with what remains,
    WrongStep, WrongMove, ChangedMeanwhile."""
    now = moved("close", case=case, by=by, seen=seen)
    road = queries.road_of(now)
    done = rules.finished(queries.plain(queries.runs_of([now]).get(now.pk, [])))
    left = [step.code for step in road.steps if step.reaches == "signed" and step.code not in done]
    left += rules.after_signing(road, done=done)
    if left:
        raise Hindered([rules.Hindrance("R9", f"step:{code}", bar=True) for code in left])
    now.over_on, now.standing, now.standing_since = _past(now, on=on), MOVES["close"].to, on
    return saved(now, verb="closed", by=by, facts={"on": on.edtf})


def _past(now: Case, *, on: EdtfDate) -> EdtfDate:
    if rules.date_fault(on, before=[now.opened_on], today=now.office.today()):
        raise WrongStep("on", code=rules.date_fault(on, before=[now.opened_on], today=now.office.today()))
    return on

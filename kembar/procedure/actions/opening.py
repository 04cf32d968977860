"""Opening a case, looking at its requirements, setting a rule aside."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.queries import NoSuchRecord, file_of
from kembar.lib.dates import EdtfDate, parse_duration
from kembar.partnerships.models import Partnership
from kembar.procedure import rules
from kembar.procedure.actions.refusing import Hindered, Unusual, WrongMove, WrongStep, locked, saved, words
from kembar.procedure.actions.templates import adopt
from kembar.procedure.models import Case, Check, Override
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.templates import counterpart_for, road_for
from kembar.procedure.states import OPEN, Clause, Kind, Objects, Requirement, Result
from kembar.procedure.template import Template


@dataclass(frozen=True, slots=True)
class Planned:
    """What a case is to end in. `scope`: one planned item each; `objects`: codes of states.Objects; `road`: another
    template than the one in force (history); `renews`: the paper (`instrument:7`) an extension carries on."""

    kind: str
    subject: str
    opened_on: EdtfDate
    scope: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    planned_term: str = ""
    renews: str = ""
    clause: str = ""
    road: Template | None = None


@transaction.atomic
def open_case(
    planned: Planned, *, by: Actor, partnership: Partnership, confirmed: Collection[str] = (), itself: bool = False
) -> Case:
    """A case on the road in force that day. Raises WrongStep, Hindered (no diplomatic relations, an office abroad),
    Unusual until its codes are confirmed, queries.NoSuchTemplate."""
    office = partnership.office
    require(by, Permission.MOVE_CASES, office_id=office.pk)
    given = _checked(planned, partnership=partnership)
    country = office.local_government.country
    road = planned.road or _road(planned, partnership=partnership, country=country)
    _look(planned, partnership=partnership, road=road, confirmed=confirmed)
    case = Case.objects.create(
        office_id=office.pk, partnership=partnership, kind=planned.kind, opened_on=planned.opened_on,
        template=adopt(road, by=by, office_id=office.pk), opened_itself=itself,
        counterpart=adopt(counterpart_for(partnership.partner.country), by=by, office_id=office.pk), **given,
    )  # fmt: skip
    case.version = 0
    return saved(case, verb="opened", by=by, facts={"kind": case.kind, "template": road.key, "itself": itself})


def _road(planned: Planned, *, partnership: Partnership, country: str) -> Template:
    """The law of the day on which the case begins; of today where nobody described the law of that day."""
    today = partnership.office.today()
    day = min(planned.opened_on.latest or today, today)
    then = road_for(planned.kind, partner_kind=partnership.kind, country=country, on=day)
    if then.country == country:
        return then
    return road_for(planned.kind, partner_kind=partnership.kind, country=country, on=today)


def _checked(planned: Planned, *, partnership: Partnership) -> dict[str, str]:
    if planned.kind not in Kind.values:
        raise WrongStep("kind", code="unknown")
    if planned.opened_on.earliest and planned.opened_on.earliest > partnership.office.today():
        raise WrongStep("opened_on", code="in_future")
    if not set(planned.objects) <= set(Objects.values):
        raise WrongStep("objects", code="unknown")
    if planned.clause not in Clause.values:
        raise WrongStep("clause", code="unknown")
    if planned.renews:
        _check_paper(planned.renews, partnership=partnership)
    return {
        "subject": words("subject", text=planned.subject, longest=300),
        "scope": "\n".join(words("scope", text=item, longest=300) for item in planned.scope),
        "objects_of": " ".join(planned.objects),
        "planned_term": term("planned_term", text=planned.planned_term),
        "renews": planned.renews,
        "clause": planned.clause,
    }


@transaction.atomic
def plan_anew(
    case: Case, *, by: Actor, seen: int, subject: str, scope: Collection[str], objects: Collection[str] = (),
    planned_term: str = "", renews: str = "", clause: str = "",
) -> Case:  # fmt: skip
    """What the case is to end in, as it is known by now; until its paper is signed. The journal keeps what was planned
    before. Raises WrongStep, Hindered (an office abroad), WrongMove, ChangedMeanwhile."""
    now = locked(case, by=by, seen=seen)
    if now.standing not in OPEN or now.paper:
        raise WrongMove(now)
    planned = Planned(now.kind, subject, now.opened_on, tuple(scope), tuple(objects), planned_term, renews, clause)
    given = _checked(planned, partnership=now.partnership)
    barred = rules.barred_items(planned.scope)
    if barred:
        raise Hindered([rules.Hindrance("R7", f"office_abroad:{item}", bar=True) for item in barred])
    before = {name: getattr(now, name) for name, value in given.items() if getattr(now, name) != value}
    if not before:
        return now
    for name in before:
        setattr(now, name, given[name])
    change = "; ".join(f"{_flat(before[name])} → {_flat(given[name])}" for name in before)
    return saved(now, verb="planned_anew", by=by, facts={"before": before, "change": change})


def _flat(text: str) -> str:
    return ", ".join(text.splitlines()) or "–"


def _check_paper(key: str, *, partnership: Partnership) -> None:
    try:
        found = file_of(key, office_id=partnership.office_id)
    except NoSuchRecord:
        raise WrongStep("renews", code="unknown") from None
    if not key.startswith("instrument:") or found.pk != partnership.pk:
        raise WrongStep("renews", code="unknown")


def term(field: str, *, text: str) -> str:
    """A length of time as ISO 8601, "" for none. Raises WrongStep."""
    if not text:
        return ""
    try:
        parse_duration(text)
    except ValueError:
        raise WrongStep(field, code="unread_length") from None
    return text


def _look(planned: Planned, *, partnership: Partnership, road: Template, confirmed: Collection[str]) -> None:
    """R4, R5, R7: hard stops first, then what asks for a second look."""
    if planned.kind == Kind.TERMINATION:
        return
    relation = rules.relation_hindrance(partnership.partner.country, relations=road.relations)
    barred = [rules.Hindrance("R7", f"office_abroad:{item}", bar=True) for item in rules.barred_items(planned.scope)]
    if barred or (relation and relation.bar):
        raise Hindered([*([relation] if relation and relation.bar else []), *barred])
    unusual = {relation.code} if relation else set()
    own, partner = partnership.office.local_government.rank, partnership.partner.rank
    if partnership.kind == rules.SISTER and rules.level_differs(own, partner):
        unusual.add("level_differs")
    if unusual - set(confirmed):
        raise Unusual(unusual - set(confirmed))


@transaction.atomic
def check(case: Case, *, by: Actor, requirement: str, result: str, evidence: str, seen: int) -> Case:
    """What a look at one of the nine requirements found; evidence is needed for everything but "not checked yet".

    Raises WrongStep, WrongMove, ChangedMeanwhile.
    """
    now = locked(case, by=by, seen=seen)
    if now.standing not in OPEN:
        raise WrongMove(now)
    if requirement not in Requirement.values:
        raise WrongStep("requirement", code="unknown")
    if result not in Result.values:
        raise WrongStep("result", code="unknown")
    evidence = words("evidence", text=evidence, needed=result != Result.OPEN)
    Check.objects.update_or_create(
        case=now, requirement=requirement,
        defaults={"office_id": now.office_id, "result": result, "evidence": evidence, "checker": by.label,
                  "on": now.office.today()},
    )  # fmt: skip
    facts = {"requirement": requirement, "result": result, "evidence": evidence}
    return saved(now, verb="checked", by=by, facts=facts)


@transaction.atomic
def set_aside(case: Case, *, by: Actor, rule: str, reason: str, seen: int) -> Case:
    """A rule does not hold this case up, for a reason everyone may read. `rule`: the code of a hindrance that is no
    bar, or `scope:` and an item the council did not approve; any other is unknown. Raises WrongStep, WrongMove,
    ChangedMeanwhile."""
    now = locked(case, by=by, seen=seen)
    if now.standing not in OPEN:
        raise WrongMove(now)
    rule = words("rule", text=rule, longest=320)
    if not rules.may_be_set_aside(rule, approvals=queries.road_of(now).required_approvals):
        raise WrongStep("rule", code="unknown")
    note_aside(now, by=by, rule=rule, reason=words("reason", text=reason))
    return saved(now, verb="rule_set_aside", by=by, facts={"rule": rule, "reason": reason})


@transaction.atomic
def note_aside(now: Case, *, by: Actor, rule: str, reason: str) -> None:
    """The first reason stays: what everyone could read is not rewritten."""
    require(by, Permission.MOVE_CASES, office_id=now.office_id)
    Override.objects.get_or_create(
        case=now, rule=rule,
        defaults={"office_id": now.office_id, "reason": reason, "entered_by": by.label, "entered_at": timezone.now()},
    )  # fmt: skip

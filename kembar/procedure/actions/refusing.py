"""What an action of the legal road refuses, and the shared first lines of every deed on a case."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.procedure import rules
from kembar.procedure.actions.finding import make_findable
from kembar.procedure.models import Case
from kembar.procedure.queries import cases as queries
from kembar.procedure.states import MOVES


class WrongStep(Exception):
    """A deed cannot be recorded so. `field` is where, `code` why: missing, too_long, unknown, not_open, in_future,
    before_predecessor, source_missing, not_optional, not_earlier, unread_length, in_past, indonesian_missing,
    prevailing_missing."""

    def __init__(self, field: str, *, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


class Hindered(Exception):
    """A rule stands in the way; `hindrances` says which. Those that are no bar can be set aside with a reason."""

    def __init__(self, hindrances: Sequence[rules.Hindrance]) -> None:
        self.hindrances = tuple(hindrances)
        super().__init__(", ".join(f"{one.rule} {one.code}" for one in hindrances))


class Unusual(Exception):
    """Possible but to be confirmed: `codes` are level_differs, ask_ministry, not_in_plan: and the item (confirmed as
    not_in_plan), lost: and a step, waived: and an approval."""

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = frozenset(codes)
        super().__init__(", ".join(sorted(codes)))


class WrongMove(Exception):
    """The case cannot go there from where it stands: it is over, or somebody else moved it meanwhile."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(f"case {case.pk} is {case.standing}")


class ChangedMeanwhile(Exception):
    """Somebody else saved the case after the form was opened; `current` is the case as it is now."""

    def __init__(self, current: Case) -> None:
        self.current = current
        super().__init__(f"case {current.pk} is at version {current.version}")


@transaction.atomic
def locked(case: Case, *, by: Actor, seen: int) -> Case:
    """The case as it is now, locked until the transaction ends. Raises ChangedMeanwhile."""
    require(by, Permission.MOVE_CASES, office_id=case.office_id)
    rows = Case.objects.select_for_update(of=("self",)).select_related(
        *queries.WITH_ITS_FILE, "office__local_government", "template", "counterpart"
    )
    now = queries.in_its_file(rows.get(pk=case.pk))
    if now.version != seen:
        raise ChangedMeanwhile(now)
    return now


@transaction.atomic
def moved(move: str, *, case: Case, by: Actor, seen: int) -> Case:
    """As `locked`, where the move may begin. Raises WrongMove, ChangedMeanwhile."""
    now = locked(case, by=by, seen=seen)
    require(by, MOVES[move].who, office_id=now.office_id)
    if now.standing not in MOVES[move].begin:
        raise WrongMove(now)
    return now


@transaction.atomic
def saved(now: Case, *, verb: str, by: Actor, facts: Mapping[str, object] | None = None) -> Case:
    """Where the case stands follows from its runs; then the row and its line in the journal."""
    road = queries.road_of(now)
    runs = queries.runs_of([now]).get(now.pk, [])
    found = rules.position(road, queries.plain(runs), opened=now.opened_on)
    now.stage = found.stage
    now.step = found.step.code if found.step else ""
    now.holder = found.step.holder if found.step else ""
    now.since = found.since if found.step else None
    now.version += 1
    now.save()
    make_findable(now, runs=runs)
    _note(verb, now=now, by=by, facts=facts or {})
    return now


def _note(verb: str, *, now: Case, by: Actor, facts: Mapping[str, object]) -> None:
    told = {"subject": now.subject, **facts}
    # Each verb is written out: docs/language.md lists them, and a guard compares.
    record(f"case.{verb}", by=by, subject=now.key, about=now.partnership.key, office_id=now.office_id, facts=told)


def words(field: str, *, text: str, longest: int = 2000, needed: bool = True) -> str:
    text = clean(text)
    if needed and not text:
        raise WrongStep(field, code="missing")
    if len(text) > longest:
        raise WrongStep(field, code="too_long")
    return text

"""Cases are found by the search box of the desk: by their subject, planned fields, and the numbers of their papers."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from kembar.procedure.models import Case, StepRun
from kembar.procedure.queries import cases as queries
from kembar.search import actions as search

_AT_ONCE = 500


@transaction.atomic
def make_findable(case: Case, *, runs: Iterable[StepRun]) -> None:
    """Brings what is found of this case up to date. `runs`: all that was done on its steps."""
    search.index_many([_findable(case, runs=runs)])


def index_cases(known: Collection[str]) -> int:
    """Cases not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = [row for row in Case.objects.order_by("id") if row.key not in known]
    for start in range(0, len(rows), _AT_ONCE):
        _index(rows[start : start + _AT_ONCE])
    return len(rows)


@transaction.atomic
def _index(rows: Sequence[Case]) -> None:
    runs = queries.runs_of(rows)
    search.index_many(_findable(row, runs=runs.get(row.pk, [])) for row in rows)


def _findable(case: Case, *, runs: Iterable[StepRun]) -> search.Findable:
    """`line` is the code of what the case is to end in, which pages put into words."""
    return search.Findable(
        subject=case.key, kind="case", office_id=case.office_id, title=case.subject, public=False, line=case.kind,
        about=f"partnership:{case.partnership_id}", texts=(case.scope, *(run.number for run in runs)),
    )  # fmt: skip

"""Papers are found by the search box of the desk: by their titles, kinds, fields of cooperation, and numbers."""

from collections.abc import Collection, Sequence
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils import translation

from kembar.agreements.models import Approval, Instrument, ScopeItem
from kembar.agreements.states import InstrumentKind
from kembar.partnerships.states import Standing
from kembar.search import actions as search

_AT_ONCE = 500


@transaction.atomic
def make_papers_findable(papers: Sequence[Instrument]) -> None:
    """Brings what is found of these up to date; a voided one is found no more."""
    for paper in papers:
        if paper.standing == Standing.REJECTED:
            search.forget(paper.key)
    standing = [paper for paper in papers if paper.standing != Standing.REJECTED]
    if not standing:
        return
    words: dict[int, list[str]] = {paper.pk: [] for paper in standing}
    scope = ScopeItem.objects.filter(instrument__in=words).order_by("position", "id")
    approvals = Approval.objects.filter(instrument__in=words).exclude(standing=Standing.REJECTED).order_by("id")
    for number, text in [*scope.values_list("instrument", "text"), *approvals.values_list("instrument", "number")]:
        words[number].append(text)
    search.index_many(_findable(paper, texts=words[paper.pk]) for paper in standing)


def index_papers(known: Collection[str]) -> int:
    """Papers not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    rows = Instrument.objects.exclude(standing=Standing.REJECTED).filter(partnership__withdrawn="").order_by("id")
    new = [row for row in rows if row.key not in known]
    for start in range(0, len(new), _AT_ONCE):
        make_papers_findable(new[start : start + _AT_ONCE])
    return len(new)


@cache
def _kind_words(kind: str) -> tuple[str, ...]:
    found = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(InstrumentKind(kind).label))
    return tuple(found)


def _findable(paper: Instrument, *, texts: list[str]) -> search.Findable:
    """A paper often has no title: `line` is the code of its kind, which pages put into words."""
    signed = paper.concluded.edtf if paper.concluded else ""
    return search.Findable(
        subject=paper.key, kind="instrument", office_id=paper.office_id, title=paper.title, public=False,
        line=paper.kind, about=f"partnership:{paper.partnership_id}",
        texts=(*texts, *_kind_words(paper.kind), signed),
    )  # fmt: skip

"""A list somebody wants to come back to, for oneself or for the office."""

import pytest

from kembar.access.permissions import NotAllowed
from kembar.web import actions, queries
from tests.personas import dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db


def names(by: object) -> list[str]:
    return [view.name for view in queries.views_of("partners", by=by, office_id=1)]  # type: ignore[arg-type]


def test_own_views_are_ones_own_and_shared_ones_are_everybodys() -> None:
    kept = {"office_id": 1, "page": "partners", "query": "headline=loi"}
    mine = actions.save_view(by=dewi(office_id=1), name="Letters", shared=False, **kept)
    actions.save_view(by=sari(office_id=1), name="Office", shared=True, **kept)
    assert (names(dewi(office_id=1)), names(sari(office_id=1))) == (["Letters", "Office"], ["Office"])
    with pytest.raises(queries.NoSuchView):
        queries.saved_view(mine.pk, by=sari(office_id=1), office_id=1)
    actions.drop_view(mine, by=dewi(office_id=1))
    assert names(dewi(office_id=1)) == ["Office"]


def test_the_same_name_again_replaces_the_view() -> None:
    for query in ("a=1", "b=2"):
        kept = actions.save_view(
            by=sari(office_id=1), office_id=1, page="partners", name=" Due ", query=query, shared=True
        )
    assert (names(sari(office_id=1)), kept.query) == (["Due"], "b=2")


def test_who_may_not_is_refused_and_a_view_needs_a_name() -> None:
    for by, shared in ((pak_hadi(office_id=1), True), (jihoon(office_id=2), False)):
        with pytest.raises(NotAllowed):
            actions.save_view(by=by, office_id=1, page="partners", name="x", query="", shared=shared)
    with pytest.raises(actions.WrongView):
        actions.save_view(by=sari(office_id=1), office_id=1, page="partners", name=" ", query="", shared=False)

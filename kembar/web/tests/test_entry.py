"""Doors: closed until marked, open only to whom the mark names."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kembar.access.permissions import Actor, Permission, Role
from kembar.web.entry import ClosedByDefault, Entry, UnmarkedView, entry_of, needs, public

BANDUNG, SUWON = 1, 2


def page(request: HttpRequest, word: str = "") -> HttpResponseBase:
    return HttpResponse(f"inside {word}")


def request_of(actor: Actor | None, *, office_id: int | None = BANDUNG) -> HttpRequest:
    request = HttpRequest()
    if actor is not None:
        request.actor = actor
    request.office_id = office_id
    return request


OFFICER = Actor(person_id=7, label="Sari", roles={BANDUNG: frozenset({Role.OFFICER})})


def test_a_public_view_carries_its_reason() -> None:
    assert entry_of(public("The register is for everyone.")(page)) == Entry(None, "The register is for everyone.")


def test_a_public_view_without_a_reason_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        public("  ")


def test_who_holds_the_permission_enters_with_all_the_address_says() -> None:
    guarded = needs(Permission.KEEP_REGISTER)(page)
    answer = guarded(request_of(OFFICER), word="suwon")
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"inside suwon"
    assert entry_of(guarded) == Entry(Permission.KEEP_REGISTER)


@pytest.mark.parametrize(
    ("actor", "office_id"),
    [(None, BANDUNG), (OFFICER, SUWON), (OFFICER, None)],
    ids=["a stranger", "an officer of another office", "an officer on a page of no office"],
)
def test_for_all_others_the_page_does_not_exist(actor: Actor | None, office_id: int | None) -> None:
    with pytest.raises(Http404):
        needs(Permission.KEEP_REGISTER)(page)(request_of(actor, office_id=office_id))


def test_something_else_than_an_actor_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="not an Actor"):
        needs(Permission.KEEP_REGISTER)(page)(request_of("Sari"))


def test_an_unmarked_view_never_runs() -> None:
    def forgotten(request: HttpRequest) -> HttpResponseBase:
        return HttpResponse("open by accident")

    with pytest.raises(UnmarkedView, match="forgotten does not say who may enter"):
        ClosedByDefault(page).process_view(HttpRequest(), forgotten, (), {})


def test_a_marked_view_passes() -> None:
    marked = public("A test.")(page)
    assert ClosedByDefault(page).process_view(HttpRequest(), marked, (), {}) is None

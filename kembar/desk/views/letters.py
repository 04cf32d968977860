"""Letters of the office: what was written to whom, whether it went out, what to do with one that did not."""

from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.desk import named
from kembar.desk.place import Place, place_of
from kembar.desk.taking import exports_of
from kembar.mailbox import actions, queries
from kembar.mailbox.states import LetterState
from kembar.web import lists
from kembar.web.entry import needs

LETTERS = lists.ListPage(
    filters=[
        lists.Filter("state", gettext_lazy("State"), [lists.Choice(*one) for one in LetterState.choices]),
    ],
    search=False,
)


@needs(Permission.READ_PRIVATE)
@require_safe
def letters(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = LETTERS.read(request.GET, path=request.path)
    page = listing.page(list(queries.letters(place.id, state=listing.chosen.get("state", ""))[listing.bounds]))
    exports = exports_of(listing, "letters", place)
    context = lists.context(listing, page, office=place, place=place, exports=exports)
    return render(request, "desk/letters.html", context)


@needs(Permission.READ_PRIVATE)
@require_safe
def letter(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    found = _letter(place, number)
    link = named.file_links([found.about], place).get(found.about)
    unsent = found.state in (LetterState.WAITING, LetterState.FAILED)
    context = {"office": place, "place": place, "letter": found, "link": link, "unsent": unsent,
               "under_way": unsent and queries.is_under_way(found)}  # fmt: skip
    return render(request, "desk/letter.html", context)


@needs(Permission.KEEP_REGISTER)
@require_POST
def try_again(request: HttpRequest, office: str, number: int) -> HttpResponse:
    return _done(request, number, actions.try_again)


@needs(Permission.KEEP_REGISTER)
@require_POST
def drop(request: HttpRequest, office: str, number: int) -> HttpResponse:
    return _done(request, number, actions.drop)


def _done(request: HttpRequest, number: int, act: Callable[..., None]) -> HttpResponse:
    """A letter that went out in the meantime, or is going out, stays as it is: its page then says so."""
    place = place_of(request)
    found = _letter(place, number)
    with suppress(actions.NotWaiting, actions.UnderWay):
        act(found.pk, by=place.actor, office_id=place.id)
    return redirect("desk:letter", office=place.slug, number=found.pk)


def _letter(place: Place, number: int) -> queries.Letter:
    try:
        return queries.letter(number, office_id=place.id)
    except queries.NoSuchLetter:
        raise Http404 from None

"""Lists to come back to: kept for oneself or for the office."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kembar.access.permissions import Permission
from kembar.desk import cases, ledger, register
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.place import Place, place_of
from kembar.web import actions, queries
from kembar.web.entry import needs
from kembar.web.lists import Listing
from kembar.web.page import Unclear

# The name of a list's address → how its address is read. Views of one list ("commitments-board") share what is saved.
LISTS: Mapping[str, Callable[[QueryDict, Place, str], Listing]] = {
    "partners": lambda query, place, path: register.read(query, path=path),
    "cases": lambda query, place, path: cases.listing(query, place=place, path=path),
    "commitments": lambda query, place, path: ledger.listing(query, place=place, path=path),
    "commitments-board": lambda query, place, path: ledger.listing(query, place=place, path=path),
    "commitments-calendar": lambda query, place, path: ledger.listing(query, place=place, path=path),
}


@needs(Permission.READ_DESK)
@require_POST
def save(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    form = SaveViewForm(request.POST)
    name = form.data.get("page") or "partners"
    if name not in LISTS:
        raise Http404
    page = reverse(f"desk:{name}", kwargs={"office": office})
    if not form.is_valid():
        raise Unclear(" ".join(str(error) for errors in form.errors.values() for error in errors), back=page)
    given = form.cleaned_data
    listing = LISTS[name](QueryDict(given["query"]), place, page)
    actions.save_view(by=place.actor, office_id=place.id, page=name.partition("-")[0], name=given["name"],
                      query=listing.query, shared=given["shared"])  # fmt: skip
    return redirect(listing.href)


@needs(Permission.READ_DESK)
@require_POST
def drop(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    try:
        view = queries.saved_view(number, by=place.actor, office_id=place.id)
    except queries.NoSuchView:
        raise Http404 from None
    page = view.page
    actions.drop_view(view, by=place.actor)
    return redirect(f"desk:{page}", office=office)

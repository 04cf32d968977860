"""Lists to come back to: kept for oneself or for the office."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kembar.access.permissions import Permission
from kembar.desk import register
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.place import place_of
from kembar.web import actions, queries
from kembar.web.entry import needs
from kembar.web.page import Unclear


@needs(Permission.READ_DESK)
@require_POST
def save(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    page = reverse("desk:partners", kwargs={"office": office})
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        raise Unclear(" ".join(str(error) for errors in form.errors.values() for error in errors), back=page)
    given = form.cleaned_data
    listing = register.read(QueryDict(given["query"]), path=page)
    actions.save_view(by=place.actor, office_id=place.id, page="partners", name=given["name"],
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
    actions.drop_view(view, by=place.actor)
    return redirect("desk:partners", office=office)

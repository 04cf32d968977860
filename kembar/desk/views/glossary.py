"""The glossary of an office: its list, its file, and terms of the office's own."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.desk import glossary
from kembar.desk.forms.glossary import TermForm
from kembar.desk.place import Place, place_of
from kembar.desk.saving import reopen
from kembar.languages import actions, queries
from kembar.languages.glossary import Term
from kembar.web import lists
from kembar.web.downloads import addresses_of
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs

REFUSED: dict[str, str | Promise] = {
    "alone": gettext_lazy("A term needs its word in two languages at least."),
    "known": gettext_lazy("This very term is in the glossary already."),
}


@needs(Permission.READ_DESK)
@require_safe
def terms(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = glossary.listing(request.GET, path=request.path)
    page = listing.cut(glossary.rows_of(place, listing))
    context = lists.context(
        listing, page, office=place, place=place, saved="saved" in request.GET, wide=True,
        exports=addresses_of("desk:glossary-file", listing.query, office=office),
        headings=[glossary.name_of(code) for code in glossary.shown_languages(listing)],
    )  # fmt: skip
    return render(request, "desk/glossary.html", context)


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    place = place_of(request)
    listing = glossary.listing(request.GET, path=reverse("desk:glossary", args=[office]))
    name = (gettext("Glossary"), office, place.today.isoformat())
    return as_file(glossary.columns(), glossary.rows_of(place, listing), extension=extension, name=name)


@needs(Permission.TRANSLATE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    form = TermForm(request.POST or None)

    def save() -> object:
        return actions.add_term(form.words, by=place.actor, office_id=place.id, note=form.cleaned_data["note"])

    return _attempted(request, place, form, save, heading=gettext("Add a term"))


@needs(Permission.TRANSLATE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, office: str, term: int) -> HttpResponse:
    place = place_of(request)
    found = _term(place, term)
    form = TermForm(request.POST or None, initial=glossary.held(found))

    def save() -> object:
        given = form.cleaned_data
        return actions.change_term(found, by=place.actor, office_id=place.id, words=form.words, note=given["note"],
                                   seen=given["opened_with"])  # fmt: skip

    return _attempted(request, place, form, save, heading=gettext("Change the term"))


def _attempted(
    request: HttpRequest, place: Place, form: TermForm, save: Callable[[], object], *, heading: str
) -> HttpResponse:
    """Saved, or the form again with what was typed and why it could not be kept."""
    stands = ""
    if request.method == "POST" and form.is_valid():
        try:
            save()
            return redirect(reverse("desk:glossary", args=[place.slug]) + "?saved=1")
        except actions.WrongTerm as wrong:
            form.add_error(None, str(REFUSED.get(wrong.reason, gettext("This is too long."))))
        except actions.ChangedMeanwhile as changed:
            stands = changed.current
            reopen(form, str(form.initial["opened_with"]))
    context = {"office": place, "place": place, "form": form, "heading": heading, "stands": stands}
    return render(request, "desk/term_form.html", context)


@needs(Permission.TRANSLATE)
@require_POST
def remove(request: HttpRequest, office: str, term: int) -> HttpResponse:
    place = place_of(request)
    actions.remove_term(_term(place, term), by=place.actor, office_id=place.id)
    return redirect(reverse("desk:glossary", args=[office]) + "?saved=1")


def _term(place: Place, number: int) -> Term:
    try:
        return queries.own_term(number, office_id=place.id)
    except queries.NoSuchTerm:
        raise Http404 from None

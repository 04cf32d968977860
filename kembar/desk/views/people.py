"""Contacts of a partner, private to the office, and holders of public office at home and with the partners."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.countersign.actions import addressees
from kembar.desk import people
from kembar.desk.forms.people import ContactForm, HolderForm, ReasonForm
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.taking import exports_of
from kembar.desk.words import partner_name
from kembar.partnerships.queries import Partnership
from kembar.people import queries
from kembar.people.actions import contacts as contact_actions
from kembar.people.actions import holders as holder_actions
from kembar.web import lists
from kembar.web.downloads import addresses_of
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.READ_PRIVATE)
@require_safe
def contacts(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    context = {"office": place, "place": place, "file": file, "name": partner_name(file), "wide": True,
               "contacts": people.contacts_in(file, place), "voided": people.contacts_in(file, place, voided=True),
               "saved": "saved" in request.GET, "taken_back": "taken_back" in request.GET,
               "exports": addresses_of("desk:contacts-file", office=office, partner=file.slug)}  # fmt: skip
    return render(request, "desk/contacts.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def add_contact(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    form = ContactForm(request.POST or None)

    def add() -> None:
        contact_actions.add_contact(form.reach(), by=place.actor, office=place.office, about=file.key)

    heading = gettext("Add a contact: %(partner)s") % {"partner": partner_name(file)}
    return _done(request, place, form, add, back=_contacts(place, file), heading=heading)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def change_contact(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    place = place_of(request)
    file, contact = _contact(request, place, partner, number)
    form = ContactForm(request.POST or None, initial=people.held(contact, ContactForm))

    def change() -> int:
        return addressees.change_contact(contact, by=place.actor, reach=form.reach(), seen=form.seen)

    heading = gettext("Change: %(name)s") % {"name": contact.name}
    return _done(request, place, form, change, back=_contacts(place, file), heading=heading)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def void_contact(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    place = place_of(request)
    file, contact = _contact(request, place, partner, number)
    form = ReasonForm(request.POST or None)

    def void() -> int:
        return addressees.void_contact(contact, by=place.actor, reason=form.cleaned_data["reason"])

    heading = gettext("Void: %(name)s") % {"name": contact.name}
    lead = gettext(
        "The contact is out of use: it moves below the list, with your reason, which your office alone reads. "
        "Questions that wait for its answer are taken back."
    )
    return _done(
        request, place, form, void, back=_contacts(place, file), heading=heading, lead=lead, submit=gettext("Void")
    )


@needs(Permission.READ_DESK)
@require_safe
def holders(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = people.listing(request.GET, parties=people.party_choices(place), path=request.path)
    page = listing.cut(people.holders_in(listing, place))
    context = lists.context(listing, page, office=place, place=place, wide=True, saved="saved" in request.GET,
                            exports=exports_of(listing, "holders", place))  # fmt: skip
    return render(request, "desk/holders.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def name_holder(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    form = HolderForm(
        request.POST or None, parties=people.party_choices(place), initial={"party": request.GET.get("party", "")}
    )

    def name() -> None:
        party = people.governments(place)[int(form.cleaned_data["party"])]
        holder_actions.name_holder(form.term(), by=place.actor, office=place.office, party=party)

    return _done(request, place, form, name, back=_holders(place), heading=gettext("Enter an office-holder"))


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def change_holder(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    holder = _holder(request, place, number)
    form = HolderForm(request.POST or None, parties=None, initial=people.held(holder, HolderForm))

    def change() -> None:
        holder_actions.change_holder(holder, by=place.actor, term=form.term(), seen=form.seen)

    heading = gettext("Change: %(name)s") % {"name": holder.person}
    return _done(request, place, form, change, back=_holders(place), heading=heading)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def void_holder(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    holder = _holder(request, place, number)
    form = ReasonForm(request.POST or None)

    def void() -> None:
        holder_actions.void_holder(holder, by=place.actor, reason=form.cleaned_data["reason"])

    heading = gettext("Void: %(name)s") % {"name": f"{holder.person}, {holder.post}"}
    lead = gettext("Void an entry that was wrong. Whoever left office gets a last day instead.")
    return _done(request, place, form, void, back=_holders(place), heading=heading, lead=lead, submit=gettext("Void"))


def _contact(request: HttpRequest, place: Place, slug: str, number: int) -> tuple[Partnership, Any]:
    file = file_or_404(place, slug)
    try:
        found = queries.contact(number, office_id=place.id, by=place.actor)
    except queries.NoSuchContact:
        raise Http404 from None
    if found.about not in people.keys_of(file):
        raise Http404
    return file, _in_use(request, found)


def _holder(request: HttpRequest, place: Place, number: int) -> Any:
    try:
        return _in_use(request, queries.holder(number, office_id=place.id))
    except queries.NoSuchHolder:
        raise Http404 from None


def _in_use(request: HttpRequest, record: Any) -> Any:
    """A form for what was voided is not opened; one that was open already is answered in words."""
    if record.voided_at is not None and request.method != "POST":
        raise Http404
    return record


def _contacts(place: Place, file: Partnership) -> str:
    return reverse("desk:contacts", kwargs={"office": place.slug, "partner": file.slug})


def _holders(place: Place) -> str:
    return reverse("desk:holders", kwargs={"office": place.slug})


def _done(
    request: HttpRequest,
    place: Place,
    form: Any,
    act: Callable[[], int | None],
    *,
    back: str,
    heading: str,
    lead: str = "",
    submit: str = "",
) -> HttpResponse:
    done = people.attempt(form, act) if request.method == "POST" else people.Outcome()
    if done.saved:
        return redirect(f"{back}?saved=1" + (f"&taken_back={done.taken_back}" if done.taken_back else ""))
    context = {"office": place, "place": place, "form": form, "done": done, "back": back, "heading": heading,
               "lead": lead, "submit": submit or gettext("Save")}  # fmt: skip
    return render(request, "desk/person_form.html", context)

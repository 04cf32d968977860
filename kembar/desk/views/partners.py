"""A partner's file, its page to print, opening a file and joining two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission, may
from kembar.agreements import actions
from kembar.desk import responsible
from kembar.desk.attachments import attachments_in
from kembar.desk.cases import file_cases
from kembar.desk.forms.record import MergeForm
from kembar.desk.history import lines
from kembar.desk.notes import notes_in
from kembar.desk.partner_file import partner_file
from kembar.desk.people import Outcome, contact_count
from kembar.desk.place import file_or_404, place_of
from kembar.desk.promises import keepers_of, to_keep
from kembar.desk.relationship import health_of
from kembar.desk.saving import attempt
from kembar.desk.words import partner_name
from kembar.journal.queries import of_file
from kembar.partnerships import queries as partnerships
from kembar.web.entry import needs

SHOWN = 30
MOST_PRINTED = 10
"""Promises on the page to print, so that it stays one page."""


@needs(Permission.READ_DESK)
@require_safe
def show(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    if file.slug != partner:
        return redirect("desk:partner", office=office, partner=file.slug)
    entries = of_file(file.key, office_id=place.id, merged=partnerships.merged_keys(file))
    everything = "history" in request.GET
    deeds = list(entries[: None if everything else SHOWN + 1])
    more = not everything and len(deeds) > SHOWN
    sheet = partner_file(file, on=place.today)
    documents, withdrawn = attachments_in(file, sheet, place)
    context = {
        "office": place, "place": place, "file": file, "sheet": sheet, "documents": documents, "withdrawn": withdrawn,
        "history": lines(deeds[:SHOWN] if more else deeds, zone=place.zone), "more": more, "wide": True,
        "saved": "saved" in request.GET, "contacts": contact_count(file, place), "notes": notes_in(file, place),
        "health": health_of(file, sheet, place), "cases": file_cases(file.pk, place),
        "keepers": keepers_of(file, place), "may_move": may(place.actor, Permission.MOVE_CASES, office_id=place.id),
    }  # fmt: skip
    return render(request, "desk/partner.html", context)


@needs(Permission.READ_DESK)
@require_safe
def print_page(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    sheet = partner_file(file, on=place.today)
    promises, more = to_keep(file, place, most=MOST_PRINTED)
    context = {"office": place, "place": place, "file": file, "sheet": sheet, "promises": promises, "more": more,
               "health": health_of(file, sheet, place), "keepers": keepers_of(file, place)}  # fmt: skip
    return render(request, "desk/print.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def keepers(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """Who answers for this partner."""
    place = place_of(request)
    file = file_or_404(place, partner)
    form = responsible.form_of(request.POST or None, file, place)
    done = responsible.attempt(form, file, place) if request.method == "POST" else Outcome()
    address = reverse("desk:partner", kwargs={"office": office, "partner": file.slug})
    if done.saved:
        return redirect(f"{address}?saved=1")
    heading = gettext("Who answers for %(partner)s") % {"partner": partner_name(file)}
    lead = gettext("Whoever answers for a partner is proposed as owner of its new promises. When they leave the office, its head is told.")  # noqa: E501  # fmt: skip
    context = {"office": place, "place": place, "form": form, "done": done, "file": file, "back": address,
               "heading": heading, "lead": lead, "submit": gettext("Save")}  # fmt: skip
    return render(request, "desk/person_form.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """Joins this file to another one."""
    place = place_of(request)
    file = file_or_404(place, partner)
    rows = [row for row in partnerships.files_with_names(place.id) if row.pk != file.pk]
    form = MergeForm(request.POST or None, others=[(row.slug, f"{partner_name(row)} · {row.slug}") for row in rows])

    def join() -> None:
        into = file_or_404(place, form.cleaned_data["into"])
        actions.merge_files(file, into=into, by=place.actor, reason=form.cleaned_data["reason"])

    if request.method == "POST" and attempt(form, join).saved:
        target = reverse("desk:partner", kwargs={"office": office, "partner": form.cleaned_data["into"]})
        return redirect(f"{target}?saved=1")
    name = partner_name(file)
    context = {"office": place, "place": place, "file": file, "partner": name, "form": form, "what": name}
    return render(request, "desk/merge.html", context)

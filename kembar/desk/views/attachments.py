"""Documents in a partner's file: handing one in, having it, saying more of it, withdrawing it."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.desk import attachments
from kembar.desk.forms.attachment import AboutForm, AttachForm
from kembar.desk.forms.people import ReasonForm
from kembar.desk.partner_file import partner_file
from kembar.desk.people import Outcome
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.saving import sent
from kembar.desk.words import partner_name
from kembar.files.actions import check_signatures
from kembar.files.queries import ContentMissing, look_again, open_for_download
from kembar.files.store import receive
from kembar.partnerships import actions, queries
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def attach(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """Hands in a document for a file, or for one record in it."""
    place = place_of(request)
    file = file_or_404(place, partner)
    records = attachments.record_choices(partner_file(file, on=place.today), file=file, place=place)
    asked = {"subject": request.GET.get("for", "")}
    form = AttachForm(*sent(request), records=records, initial=asked)
    made: list[queries.Attachment] = []

    def keep() -> None:
        upload, given = form.cleaned_data["file"], form.facts()
        with receive(upload, name=upload.name) as arrived:
            made.append(actions.attach(arrived, by=place.actor, partnership=file, facts=given,
                                       as_source=form.cleaned_data["as_source"]))  # fmt: skip

    if request.method == "POST" and attachments.attempt(form, keep, place=place).saved:
        return redirect(_back(place, file.slug, made[0].pk))
    context = {"office": place, "place": place, "file": file, "form": form, "name": partner_name(file)}
    return render(request, "desk/attach.html", context)


@needs(Permission.READ_DESK)
@require_safe
def get(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponseBase:
    """The document as a file that is saved, never opened in the page."""
    place = place_of(request)
    file, one = _attachment(place, partner, number)
    if one.withdrawn_at is not None and not place.may_keep:
        raise Http404
    try:
        found = open_for_download(one.file_id, office_id=place.id)
    except ContentMissing:
        context = {"office": place, "place": place, "file": file, "attachment": one}
        return render(request, "desk/no_file.html", context, status=500)
    answer = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)
    for name, value in found.headers.items():
        answer.headers[name] = value
    return answer


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def change(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    place = place_of(request)
    file, one = _attachment(place, partner, number)
    sheet = partner_file(file, on=place.today)
    records = attachments.record_choices(sheet, file=file, place=place, also=one.subject)
    form = AboutForm(request.POST or None, records=records, initial=attachments.held(one))

    def say() -> None:
        actions.change_attachment(one, by=place.actor, facts=form.facts(), seen=form.seen)

    return _done(request, place, form, say, one=one, heading=gettext("Change: %(name)s") % {"name": one.title})


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    place = place_of(request)
    _, one = _attachment(place, partner, number)
    form = ReasonForm(request.POST or None)

    def take_back() -> None:
        actions.withdraw_attachment(one, by=place.actor, reason=form.cleaned_data["reason"])

    heading = gettext("Withdraw: %(name)s") % {"name": one.title}
    lead = gettext("The document leaves the list and is given to readers no more. It stays on file with your reason.")
    return _done(request, place, form, take_back, one=one, heading=heading, lead=lead, submit=gettext("Withdraw"))


@needs(Permission.KEEP_REGISTER)
@require_POST
def cite(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    """Enters the document as a source, so that statements can rest on it."""
    place = place_of(request)
    file, one = _attachment(place, partner, number)
    try:
        actions.cite_attachment(one, by=place.actor)
    except actions.Withdrawn:
        raise Http404 from None
    return redirect(_back(place, file.slug, number))


@needs(Permission.KEEP_REGISTER)
@require_POST
def check(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    """Looks at the signatures inside the document again, by the issuers that are trusted now."""
    place = place_of(request)
    file, one = _attachment(place, partner, number)
    try:
        looked = look_again(one.file_id, office_id=place.id)
        check_signatures(one.file_id, by=place.actor, office_id=place.id, looked=looked, about=file.key)
    except ContentMissing:
        context = {"office": place, "place": place, "file": file, "attachment": one, "waits": False}
        return render(request, "desk/no_file.html", context, status=500)
    return redirect(_back(place, file.slug, number, case=request.POST.get("case", "")))


def _attachment(place: Place, slug: str, number: int) -> tuple[queries.Partnership, queries.Attachment]:
    file = file_or_404(place, slug)
    try:
        found = queries.attachment(number, office_id=place.id)
    except queries.NoSuchAttachment:
        raise Http404 from None
    if found.partnership_id != file.pk:
        raise Http404
    return file, found


def _back(place: Place, slug: str, number: int, *, case: str = "") -> str:
    """The list the document stood in: of the file, or of the case from which somebody came."""
    address = reverse("desk:partner", kwargs={"office": place.slug, "partner": slug})
    if case.isdecimal() and len(case) < 10:
        address = reverse("desk:case", kwargs={"office": place.slug, "number": int(case)})
    return f"{address}?saved=1#attachment-{number}"


def _done(
    request: HttpRequest, place: Place, form: Any, act: Callable[[], None], *, one: queries.Attachment, heading: str,
    lead: str = "", submit: str = "",
) -> HttpResponse:  # fmt: skip
    done = attachments.attempt(form, act, place=place) if request.method == "POST" else Outcome()
    if done.saved:
        return redirect(_back(place, one.partnership.slug, one.pk, case=request.GET.get("case", "")))
    if one.withdrawn_at is not None and request.method != "POST":
        raise Http404
    back = _back(place, one.partnership.slug, one.pk, case=request.GET.get("case", "")).replace("?saved=1", "")
    context = {"office": place, "place": place, "form": form, "done": done, "back": back, "file": one.partnership,
               "case": "case" in request.GET, "heading": heading, "lead": lead,
               "submit": submit or gettext("Save")}  # fmt: skip
    return render(request, "desk/person_form.html", context)

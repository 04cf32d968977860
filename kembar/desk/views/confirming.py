"""Asking the partner to confirm promises, what went out, what came back, and what the office says to it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.commitments import actions as commitments
from kembar.commitments import queries as promises
from kembar.countersign import queries
from kembar.countersign.actions import answering, asking
from kembar.countersign.actions.answering import ContentChanged, Sheet, WrongAnswer
from kembar.countersign.actions.visiting import RequestClosed
from kembar.countersign.shown import language_name
from kembar.countersign.states import Channel
from kembar.desk import confirming
from kembar.desk.forms.confirming import AskForm, SettleForm, SheetForm
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.signing_sheet import document_of
from kembar.desk.words import partner_name
from kembar.files.queries import ContentMissing, NoSuchFile, open_for_download
from kembar.files.rules import Refused
from kembar.files.states import Refusal
from kembar.files.store import NoRoom
from kembar.lib.tables import file_name
from kembar.papers.drawing import TooMuch, drawn
from kembar.papers.pdf import MEDIA_TYPE, NoPango
from kembar.partnerships.queries import file_by_key
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def ask(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """First whom and what, then exactly what goes out, then it goes."""
    place = place_of(request)
    file = file_or_404(place, partner)
    rows = list(promises.to_ask_about(file))
    people = confirming.contacts(file, place)
    form = AskForm(request.POST or None, contacts=[(str(one.pk), _contact_words(one)) for one in people],
                   promises=[(str(row.pk), row.what) for row in rows],
                   initial={"promises": [request.GET.get("promise", "")]})  # fmt: skip
    context: dict[str, Any] = {"office": place, "place": place, "file": file, "name": partner_name(file), "form": form,
                               "rows": rows, "people": people, "previews": [], "letter": None,
                               "complete": False}  # fmt: skip
    if request.method == "POST" and form.is_valid():
        to = confirming.addressee(form.cleaned_data, file=file, place=place)
        chosen = [row for row in rows if str(row.pk) in form.cleaned_data["promises"]]
        if "send" in request.POST and (made := _sent(request, form, chosen, to, place)):
            return redirect(reverse("desk:confirmation", kwargs={"office": office, "number": made.pk}) + "?sent=1")
        context |= _preview(chosen, to)
    return render(request, "desk/ask.html", context)


def _contact_words(contact: Any) -> str:
    parts = (contact.name, contact.post, contact.organisation, contact.email or gettext("no mail address"))
    return ", ".join(part for part in parts if part)


def _preview(chosen: list[promises.Commitment], to: asking.Addressee) -> dict[str, Any]:
    previews = confirming.previews(chosen, to)
    return {
        "previews": previews, "complete": not any(one.lack for one in previews), "to": to,
        "tongue": language_name(to.language),
        "letter": asking.letter_for(to, number=len(chosen)) if to.channel == Channel.LINK else None,
    }  # fmt: skip


def _sent(
    request: HttpRequest, form: AskForm, chosen: list[promises.Commitment], to: asking.Addressee, place: Place
) -> queries.Request | None:
    """The request that went out; None where it did not, with the reason in the form."""
    seen = {row.key: request.POST.get(f"seen-{row.pk}", "") for row in chosen}
    try:
        return commitments.ask_partner(chosen, by=place.actor, to=to, seen=seen)
    except asking.WrongRequest as error:
        field, words = confirming.REFUSED[error.reason]
        form.add_error(field, str(words))
    except asking.NotComplete as error:
        form.add_error("promises", str(confirming.WHY_NOT[error.why]))
    except (ContentChanged, commitments.WrongMove, commitments.Voided):
        form.add_error(
            "promises", gettext("A promise was changed meanwhile. Nothing was sent; look at it again below.")
        )
    return None


@needs(Permission.READ_PRIVATE)
@require_safe
def waiting(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    context = {"office": place, "place": place, "rows": confirming.to_look_at(place), "saved": "saved" in request.GET}
    return render(request, "desk/confirmations.html", context)


@needs(Permission.READ_PRIVATE)
@require_safe
def show(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    asked = _request(place, number)
    file = file_by_key(asked.about, office_id=place.id)
    context = {
        "office": place, "place": place, "asked": asked, "file": file, "name": partner_name(file),
        "points": confirming.points_of(asked, place), "made_at": asked.made_at.astimezone(place.zone),
        "tongue": language_name(asked.language), "by_mail": asked.channel == Channel.LINK,
        "undelivered": asked.pk in queries.undelivered(place.id), "saved": "saved" in request.GET,
        "sent": "sent" in request.GET,
    }  # fmt: skip
    return render(request, "desk/confirmation.html", context)


@needs(Permission.KEEP_REGISTER)
@require_POST
def revoke(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    asking.revoke(_request(place, number), by=place.actor)
    return redirect(reverse("desk:confirmation", kwargs={"office": office, "number": number}) + "?saved=1")


@needs(Permission.READ_PRIVATE)
@require_safe
def sheet(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """The sheet to be printed, signed and sent back, in the partner's language with the office's beside it."""
    place = place_of(request)
    asked = _request(place, number)
    with translation.override(asked.language):
        city = place.office.local_government.name_in(asked.language)
        return render(request, "desk/sheet.html", {
            "office": place, "place": place, "asked": asked, "points": confirming.points_of(asked, place), "city": city,
        })  # fmt: skip


@needs(Permission.READ_PRIVATE)
@require_safe
def sheet_pdf(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """The same sheet as a PDF, where this machine can draw one."""
    place = place_of(request)
    asked = _request(place, number)
    try:
        with translation.override(asked.language):
            city = place.office.local_government.name_in(asked.language)
            [(_, made)] = drawn(document_of(asked, confirming.points_of(asked, place), city=city), "pdf")
    except (NoPango, TooMuch) as error:
        context = {"office": place, "place": place, "asked": asked, "too_much": isinstance(error, TooMuch)}
        return render(request, "desk/no_pdf.html", context, status=503)
    name = file_name(gettext("Confirmation"), place.slug, str(asked.pk), extension="pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type=MEDIA_TYPE, headers=headers)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def file_sheet(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    asked = _request(place, number)
    points = confirming.points_of(asked, place)
    choices = [(str(point.line.asked.pk), point.promise.what) for point in points if point.promise]
    form = SheetForm(request.POST or None, request.FILES or None, points=choices, initial={
        "name": asked.name, "post": asked.post, "points": [value for value, _ in choices],
    })  # fmt: skip
    if request.method == "POST" and form.is_valid() and _filed(form, asked, place):
        return redirect(reverse("desk:confirmation", kwargs={"office": office, "number": number}) + "?saved=1")
    context = {"office": place, "place": place, "asked": asked, "form": form, "points": points}
    return render(request, "desk/file_sheet.html", context)


def _filed(form: SheetForm, asked: queries.Request, place: Place) -> bool:
    given = form.cleaned_data
    signed = Sheet(file_key="", signed_on=given["signed_on"], name=given["name"], post=given["post"])
    try:
        confirming.file_scan(asked, place=place, upload=given["scan"], said=given["reply"], words=given["words"],
                             sheet=signed, points=[int(number) for number in given["points"]])  # fmt: skip
    except Refused as error:
        form.add_error("scan", str(Refusal(error.code).label))
    except NoRoom:
        form.add_error("scan", gettext("The file could not be kept. Try again, or ask the administrator."))
    except ContentChanged:
        form.add_error(None, gettext("The promise was changed after the sheet was printed: what was signed is no longer what stands here. Print a new sheet."))  # fmt: skip # noqa: E501
    except (commitments.WrongMove, commitments.Voided, RequestClosed):
        form.add_error(None, gettext("This promise was settled, or the question was taken back, meanwhile."))
    except asking.NotComplete as error:
        form.add_error(None, str(confirming.WHY_NOT[error.why]))
    except WrongAnswer as error:
        field = {"words": "words", "too_long": "words", "signed_on": "signed_on"}.get(error.reason, "scan")
        form.add_error(
            field, gettext("This day is still to come.") if field == "signed_on" else gettext("This is needed.")
        )
    return form.is_valid()


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def settle(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """The office's word on a dispute, a report, or a confirmation that fell."""
    place = place_of(request)
    try:
        row = queries.answer(number, office_id=place.id)
        promise = promises.by_key(row.subject, office_id=place.id)
    except (queries.NoSuchAnswer, promises.NoSuchCommitment):
        raise Http404 from None
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.settle(row, by=place.actor, words=form.cleaned_data["words"])
            return redirect(reverse("desk:confirmations", kwargs={"office": office}) + "?saved=1")
        except answering.SettledBefore:
            form.add_error(None, gettext("A colleague has answered this already. Your text is kept below."))
        except WrongAnswer as error:
            words = (
                gettext("This is too long.") if error.reason == "too_long" else gettext("An objection needs an answer.")
            )
            form.add_error("words", words)
    context = {"office": place, "place": place, "form": form, "line": confirming.answer_line(row, place),
               "promise": promise, "tongue": language_name(row.asked.request.language)}  # fmt: skip
    return render(request, "desk/settle.html", context)


@needs(Permission.READ_PRIVATE)
@require_safe
def scan(request: HttpRequest, office: str, number: int) -> HttpResponseBase:
    """The signed sheet an answer rests on."""
    place = place_of(request)
    try:
        row = queries.answer(number, office_id=place.id)
        kept = open_for_download(int(row.file_key.partition(":")[2] or 0), office_id=place.id)
    except (queries.NoSuchAnswer, NoSuchFile, ContentMissing):
        raise Http404 from None
    answer = FileResponse(kept.path.open("rb"), as_attachment=True, filename=kept.name)
    for name, value in kept.headers.items():
        answer.headers[name] = value
    return answer


def _request(place: Place, number: int) -> queries.Request:
    try:
        return queries.request(number, office_id=place.id)
    except queries.NoSuchRequest:
        raise Http404 from None

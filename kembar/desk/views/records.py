"""Entering, correcting, voiding and joining the records of a file."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kembar.access.permissions import Permission
from kembar.agreements import actions
from kembar.agreements import queries as agreements
from kembar.desk.entering import ENTERED, entry_form, overtaken_rows, record_title, shared_options
from kembar.desk.forms.record import AmendForm, MergeForm, VoidForm
from kembar.desk.forms.source import office_statement
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.saving import Attempt, attempt, confirmed, reopen
from kembar.desk.words import partner_name
from kembar.partnerships.queries import Partnership
from kembar.sources.queries import claims_on, seen
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def enter(request: HttpRequest, office: str, partner: str, record: str) -> HttpResponse:
    """A new paper, approval, event or statement of a file."""
    place = place_of(request)
    file = file_or_404(place, partner)
    form = entry_form(record, place=place, file=file, data=request.POST or None)
    done = Attempt()
    if request.method == "POST":
        done = attempt(form, lambda: ENTERED[record](form, place, file, confirmed(request.POST)))
    return _shown(request, place, file, form=form, done=done, record=record)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def sign(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """A party's signature under a paper."""
    place = place_of(request)
    paper, file = _record(place, "instrument", number)
    form = entry_form("signature", place=place, file=file, data=request.POST or None)
    done = Attempt()
    if request.method == "POST":
        done = attempt(form, lambda: ENTERED["signature"](form, place, paper, confirmed(request.POST)))
    return _shown(request, place, file, form=form, done=done, record="signature", about=f"instrument:{number}")


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def correct(request: HttpRequest, office: str, record: str, number: int) -> HttpResponse:
    """What a source says now beside what was said before; a second officer is shown both versions."""
    place = place_of(request)
    key = f"{record}:{number}"
    _, file = _record(place, record, number)
    held = agreements.values_of(key, office_id=place.id)
    now = seen(claims_on(key, office_id=place.id))
    options = shared_options(record, place=place, file=file, without=key)
    form = AmendForm(request.POST or None, record=record, held={**held, "opened_with": now}, **options)
    done = Attempt()
    if request.method == "POST":
        done = attempt(form, lambda: _amend(form, place, key, confirmed(request.POST)))
    rows = overtaken_rows(form, held) if done.overtaken else []
    if done.overtaken:
        reopen(form, now)
    return _shown(request, place, file, form=form, done=done, record=record, about=key, rows=rows)


def _amend(form: AmendForm, place: Place, key: str, codes: frozenset[str]) -> None:
    given = form.cleaned_data
    actions.amend(key, by=place.actor, office_id=place.id, source=form.source(), values=form.values(),
                  reason=given["reason"], opened_with=given["opened_with"], confirmed=codes)  # fmt: skip


@needs(Permission.DECIDE_CLAIMS)
@require_http_methods(FORM)
def void(request: HttpRequest, office: str, record: str, number: int) -> HttpResponse:
    place = place_of(request)
    key = f"{record}:{number}"
    _, file = _record(place, record, number)
    now = seen(claims_on(key, office_id=place.id))
    form = VoidForm(request.POST or None, initial={"opened_with": now})

    def take_back() -> None:
        statement = office_statement(place.name, place.today, place.actor.label)
        actions.void(key, by=place.actor, office_id=place.id, reason=form.cleaned_data["reason"],
                     opened_with=form.cleaned_data["opened_with"], statement=statement)  # fmt: skip

    done = attempt(form, take_back) if request.method == "POST" else Attempt()
    if done.saved:
        return _back(place, file, anchor=key.replace(":", "-"))
    if done.overtaken:
        reopen(form, now)
    context = {"office": place, "place": place, "file": file, "partner": partner_name(file), "form": form, "done": done}
    return render(request, "desk/void.html", {**context, "what": record_title(key, place)})


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def merge(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """Joins a paper to another entry of the same paper."""
    place = place_of(request)
    paper, file = _record(place, "instrument", number)
    options = shared_options("instrument", place=place, file=file, without=f"instrument:{number}")
    form = MergeForm(request.POST or None, others=options["papers"])

    def join() -> None:
        into = agreements.paper(form.cleaned_data["into"], office_id=place.id)
        actions.merge_papers(paper, into=into, by=place.actor, reason=form.cleaned_data["reason"])

    if request.method == "POST" and attempt(form, join).saved:
        return _back(place, file, anchor=form.cleaned_data["into"].replace(":", "-"))
    what = record_title(f"instrument:{number}", place)
    context = {"office": place, "place": place, "file": file, "partner": partner_name(file), "form": form, "what": what}
    return render(request, "desk/merge.html", context)


def _record(place: Place, kind: str, number: int) -> tuple[Any, Partnership]:
    try:
        key = f"{kind}:{number}"
        return agreements.record(key, office_id=place.id), agreements.file_of(key, office_id=place.id)
    except agreements.NoSuchRecord:
        raise Http404 from None


def _back(place: Place, file: Partnership, *, anchor: str = "") -> HttpResponse:
    address = reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug})
    return redirect(f"{address}?saved=1" + (f"#{anchor}" if anchor else ""))


HEADINGS: dict[str, Callable[[], str]] = {
    "instrument": lambda: gettext("Paper"),
    "signature": lambda: gettext("Signature"),
    "approval": lambda: gettext("Approval"),
    "event": lambda: gettext("Event"),
    "partnership": lambda: gettext("Statement about the cooperation"),
}


def _shown(
    request: HttpRequest, place: Place, file: Partnership, *, form: Any, done: Attempt, record: str, about: str = "",
    rows: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    if done.saved:
        return _back(place, file, anchor=about.replace(":", "-"))
    context = {"office": place, "place": place, "file": file, "partner": partner_name(file), "form": form,
               "done": done, "rows": rows or [], "heading": HEADINGS[record](),
               "what": record_title(about, place) if about else ""}  # fmt: skip
    return render(request, "desk/record.html", context)

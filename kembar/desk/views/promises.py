"""One promise: its page, entering and amending it, and one address for each deed."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.commitments import actions, queries
from kembar.commitments.states import MOVES
from kembar.desk import confirming, promises, translating
from kembar.desk.entering import paper_choices
from kembar.desk.forms.promise import KeepersForm, NewPromiseForm, OutcomeForm, PromiseForm
from kembar.desk.forms.source import office_statement
from kembar.desk.history import lines
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.saving import Attempt, confirmed, reopen
from kembar.journal.queries import of_record
from kembar.sources import queries as sources
from kembar.sources.actions import keep_document
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


def _promise(place: Place, number: int) -> queries.Commitment:
    try:
        return queries.commitment(number, office_id=place.id)
    except queries.NoSuchCommitment:
        raise Http404 from None


@needs(Permission.READ_DESK)
@require_safe
def show(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    [row] = promises.rows_of([_promise(place, number)], place)
    context = {
        "office": place, "place": place, "row": row, "promise": row.promise, "facts": promises.facts(row, place.zone),
        "moves": promises.moves(row, place), "saved": "saved" in request.GET,
        "said": confirming.said_of(row.promise, place), "theirs": translating.in_their_language(row.promise, place),
        "history": lines(of_record(row.promise.key, office_id=place.id), zone=place.zone),
    }  # fmt: skip
    return render(request, "desk/promise.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def enter(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """A promise by hand, with its source."""
    place = place_of(request)
    file = file_or_404(place, partner)
    documents = sources.document_choices(place.id, about=file.key)
    members = promises.keeper_choices(place)
    form = NewPromiseForm(
        request.POST or None, keepers=members, papers=paper_choices(file),
        documents=documents, statement=office_statement(place.name, place.today, place.actor.label),
        initial={"origin": "known" if documents else "new", **promises.keepers_to_begin_with(file, members)},
    )  # fmt: skip
    made: list[queries.Commitment] = []

    @transaction.atomic
    def add() -> None:
        """A new source stays on file with its promise alone."""
        document = _source(form, place)
        codes = confirmed(request.POST)
        made.append(actions.add(form.promised(), by=place.actor, partnership=file, document=document, confirmed=codes))

    done = promises.attempt(form, add) if request.method == "POST" else Attempt()
    if done.saved:
        return _back(place, made[0])
    return _form(request, place, form, done, heading=gettext("Enter a promise"), file=file)


def _source(form: NewPromiseForm, place: Place) -> sources.Document:
    source = form.source()
    if source.facts is not None:
        return keep_document(source.facts, by=place.actor, office_id=place.id)
    return sources.document(source.document_id or 0, office_id=place.id)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def amend(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    promise = _promise(place, number)
    file = promise.partnership.merged_into or promise.partnership
    held = asdict(actions.as_promised(promise)) | {"opened_with": promise.version}
    held |= {name: day.edtf if (day := getattr(promise, name)) else "" for name in ("made_on", "due", "condition_met")}
    form = PromiseForm(request.POST or None, keepers=promises.keeper_choices(place),
                       papers=paper_choices(file), initial=held)  # fmt: skip

    def save() -> None:
        codes = confirmed(request.POST)
        actions.amend(promise, by=place.actor, promised=form.promised(), seen=form.seen, confirmed=codes)

    return _done(request, place, promise, form, save, heading=gettext("Amend the promise"))


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def accept(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """The office takes it on: with owner and deputy."""
    place = place_of(request)
    promise = _promise(place, number)
    held = {"owner": promise.owner, "deputy": promise.deputy, "side": promise.side, "opened_with": promise.version}
    members = promises.keeper_choices(place)
    if not (promise.owner or promise.deputy):
        held |= promises.keepers_to_begin_with(promise.partnership.merged_into or promise.partnership, members)
    form = KeepersForm(request.POST or None, keepers=members, initial=held)

    def save() -> None:
        actions.accept(promise, by=place.actor, keepers=form.keepers(), seen=form.seen)

    return _done(request, place, promise, form, save, heading=gettext("Accept the promise"))


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def move(request: HttpRequest, office: str, number: int, deed: str) -> HttpResponse:
    """One deed on a promise: begun, kept, dropped, taken up again, voided."""
    place = place_of(request)
    promise = _promise(place, number)
    held = {"opened_with": promise.version, "on": place.today.isoformat()}
    documents = sources.document_choices(place.id, about=promise.partnership.key)
    form = OutcomeForm(request.POST or None, deed=deed, documents=documents, initial=held)
    heading = str(MOVES[deed].label) if deed in MOVES else gettext("Void the promise")
    return _done(request, place, promise, form, lambda: _DEEDS[deed](promise, form, place), heading=heading)


def _keeping(act: Callable[..., object]) -> Callable[[queries.Commitment, OutcomeForm, Place], object]:
    def keep(promise: queries.Commitment, form: OutcomeForm, place: Place) -> object:
        outcome = form.outcome(lambda number: sources.document(number, office_id=place.id))
        more = {"reason": form.cleaned_data["reason"]} if "reason" in form.fields else {}
        return act(promise, by=place.actor, outcome=outcome, seen=form.seen, **more)

    return keep


_DEEDS: dict[str, Callable[[queries.Commitment, OutcomeForm, Place], object]] = {
    "start": lambda promise, form, place: actions.start(promise, by=place.actor, seen=form.seen),
    "keep": _keeping(actions.keep),
    "keep-round": _keeping(actions.keep_round),
    "keep-partly": _keeping(actions.keep_partly),
    "drop": lambda promise, form, place: actions.drop(
        promise, by=place.actor, reason=form.cleaned_data["reason"], on=form.day, seen=form.seen
    ),
    "reopen": lambda promise, form, place: actions.reopen(
        promise, by=place.actor, reason=form.cleaned_data["reason"], seen=form.seen
    ),
    "void": lambda promise, form, place: actions.void(
        promise, by=place.actor, reason=form.cleaned_data["reason"], seen=form.seen
    ),
}


def _back(place: Place, promise: queries.Commitment) -> HttpResponse:
    return redirect(reverse("desk:commitment", kwargs={"office": place.slug, "number": promise.pk}) + "?saved=1")


def _done(
    request: HttpRequest,
    place: Place,
    promise: queries.Commitment,
    form: Any,
    act: Callable[[], object],
    *,
    heading: str,
) -> HttpResponse:
    done = promises.attempt(form, act) if request.method == "POST" else Attempt()
    if done.saved:
        return _back(place, promise)
    if done.overtaken:
        reopen(form, str(_promise(place, promise.pk).version))
    [row] = promises.rows_of([_promise(place, promise.pk)], place)
    return _form(request, place, form, done, heading=heading, row=row)


def _form(
    request: HttpRequest, place: Place, form: forms.Form, done: Attempt, *, heading: str, **more: object
) -> HttpResponse:
    context = {"office": place, "place": place, "form": form, "done": done, "heading": heading, "row": None,
               "file": None, "has_source": isinstance(form, NewPromiseForm)} | more  # fmt: skip
    return render(request, "desk/promise_form.html", context)

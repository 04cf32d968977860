"""Cases on the legal road: the list, one case, opening it, and one address for each deed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission, may
from kembar.desk import cases
from kembar.desk.council import comparison
from kembar.desk.entering import paper_choices
from kembar.desk.forms.case import AsideForm, CaseForm, CheckForm, DoneForm, MoveForm, PlanForm
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.history import lines
from kembar.desk.papers import received
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.planned import as_typed, held_choices, items
from kembar.desk.saving import confirmed, reopen, sent
from kembar.desk.waiting import recess_note
from kembar.papers.queries import wanted_now
from kembar.procedure import actions, rules
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.templates import template_of
from kembar.procedure.spoken import rule_words
from kembar.procedure.states import MOVES, Kind, Requirement
from kembar.procedure.template import Step
from kembar.sources.queries import document_choices
from kembar.web import lists
from kembar.web.downloads import addresses_of
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs
from kembar.web.queries import views_of

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.READ_DESK)
@require_safe
def listed(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = cases.listing(request.GET, place=place, path=request.path)
    exports = addresses_of("desk:cases-file", listing.query, office=office)
    context = lists.context(
        listing, cases.page_of(place, listing), office=place, place=place, wide=True, desks=cases.desks(place),
        may_move=_may_move(place), exports=exports, views=views_of("cases", by=place.actor, office_id=place.id),
        form=SaveViewForm(initial={"query": listing.query, "page": "cases"}),
    )  # fmt: skip
    return render(request, "desk/cases.html", context)


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    """What the list shows, every page of it."""
    place = place_of(request)
    listing = cases.listing(request.GET, place=place, path=reverse("desk:cases", kwargs={"office": office}))
    name = (gettext("Cases"), office, place.today.isoformat())
    return as_file(cases.columns(), cases.every_row(place, listing), extension=extension, name=name)


def _case(place: Place, number: int) -> queries.Case:
    try:
        return queries.case(number, office_id=place.id)
    except queries.NoSuchCase:
        raise Http404 from None


@needs(Permission.READ_DESK)
@require_safe
def show(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    case = _case(place, number)
    sheet = cases.sheet(case, place)
    context = {"office": place, "place": place, "case": case, "sheet": sheet, "wide": True,
               "saved": "saved" in request.GET, "may_move": _may_move(place), "papers": wanted_now(case),
               "unknown_years": cases.missing_holidays(case, place),
               "file": case.partnership,
               "history": lines(cases.story(case, sheet, place), zone=place.zone)}  # fmt: skip
    return render(request, "desk/case.html", context)


def _may_move(place: Place) -> bool:
    return may(place.actor, Permission.MOVE_CASES, office_id=place.id)


@needs(Permission.READ_DESK)
@require_safe
def council(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """What the council approved against what was signed, item by item."""
    place = place_of(request)
    case = _case(place, number)
    context = {"office": place, "place": place, "case": case, "sheet": comparison(case, place),
               "row": cases.head_of(case, place), "recess": recess_note(place, place.today)}  # fmt: skip
    return render(request, "desk/council.html", context)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def open_case(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    held = {"opened_on": place.today.isoformat()} | _taken_from(request.GET.get("from", ""), file=file, place=place)
    if renews := request.GET.get("renews", ""):
        held |= {"kind": Kind.EXTENSION.value, "renews": renews}
    form = CaseForm(request.POST or None, papers=paper_choices(file), initial=held)
    made: list[queries.Case] = []

    def act() -> None:
        codes = confirmed(request.POST)
        made.append(actions.open_case(form.planned(), by=place.actor, partnership=file, confirmed=codes))

    done = cases.attempt(form, act) if request.method == "POST" else cases.Tried()
    if done.saved:
        return _back(place, made[0])
    context = {"office": place, "place": place, "form": form, "done": done, "heading": gettext("Open a case"),
               "case": None, "file": file, "row": None}  # fmt: skip
    return render(request, "desk/case_form.html", context)


def _taken_from(number: str, *, file: cases.Partnership, place: Place) -> dict[str, object]:
    """The plan of a case that is over: it is not reopened, a new one begins with what it was to end in."""
    try:
        old = queries.case(int(number), office_id=place.id) if number.isdecimal() and len(number) < 10 else None
    except queries.NoSuchCase:
        old = None
    return as_typed(old) | {"kind": old.kind} if old and old.partnership_id == file.pk else {}


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def plan(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """What a running case is to end in, as it is known by now."""
    place = place_of(request)
    case = _case(place, number)
    held = as_typed(case) | {"opened_with": case.version}
    ends = case.kind == Kind.TERMINATION
    form = PlanForm(request.POST or None, papers=paper_choices(case.partnership), ends=ends, initial=held)

    def act() -> None:
        actions.plan_anew(case, by=place.actor, seen=form.seen, **form.plan())

    return _deed(request, place, case, form, act, heading=gettext("Change what is planned"))


def _back(place: Place, case: queries.Case) -> HttpResponse:
    return redirect(reverse("desk:case", kwargs={"office": place.slug, "number": case.pk}) + "?saved=1")


def _step(case: queries.Case, code: str) -> Step:
    found = template_of(case.template).step(code) or template_of(case.counterpart).step(code)
    if found is None:
        raise Http404
    return found


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def done(request: HttpRequest, office: str, number: int, step: str) -> HttpResponse:
    """A step of our side is done, or the partner reports one of its own."""
    place = place_of(request)
    case = _case(place, number)
    at = _step(case, step)
    theirs = at.side == "partner" or template_of(case.template).step(step) is None
    held = {"opened_with": case.version, "on": place.today.isoformat(), "scope": items(case)}
    documents = document_choices(place.id, about=case.partnership.key)
    known = held_choices(at, case)
    form = DoneForm(*sent(request), step=at, documents=documents, known=known, initial=held)
    deed = actions.report if theirs else actions.finish

    def act() -> None:
        with received(form.cleaned_data["paper"]) as arrived:
            deed(case, by=place.actor, step=step, done=form.done(), seen=form.seen, confirmed=confirmed(request.POST),
                 paper=actions.Paper(arrived, form.paper_facts()) if arrived else None)  # fmt: skip

    return _deed(request, place, case, form, act, heading=cases.step_heading(at, theirs=theirs))


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def skip(request: HttpRequest, office: str, number: int, step: str) -> HttpResponse:
    place = place_of(request)
    case = _case(place, number)
    at = _step(case, step)
    held = {"opened_with": case.version, "on": place.today.isoformat()}
    form = MoveForm(request.POST or None, move="skip", steps=[], initial=held)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.skip(case, by=place.actor, step=step, reason=reason, on=form.day, seen=form.seen)

    return _deed(request, place, case, form, act, heading=cases.skip_heading(at))


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def move(request: HttpRequest, office: str, number: int, deed: str) -> HttpResponse:
    """Sent back, paused, resumed, asked again, withdrawn, rejected, closed."""
    place = place_of(request)
    case = _case(place, number)
    if deed not in _MOVES:
        raise Http404
    held = {"opened_with": case.version, "on": place.today.isoformat()}
    form = MoveForm(*sent(request), move=deed, steps=cases.done_steps(case), initial=held)
    letter = cases.letter_words(case, place) if deed == "chase" else ""
    return _deed(request, place, case, form, lambda: _MOVES[deed](case, form, place), heading=str(MOVES[deed].label),
                 letter=letter)  # fmt: skip


def _pause(deed: str) -> Callable[[queries.Case, MoveForm, Place], object]:
    return lambda case, form, place: actions.pause(
        case, by=place.actor, move=deed, reason=form.cleaned_data["reason"], on=form.day, seen=form.seen
    )


def _end(deed: str) -> Callable[[queries.Case, MoveForm, Place], object]:
    return lambda case, form, place: actions.end(
        case, by=place.actor, move=deed, reason=form.cleaned_data["reason"], on=form.day, seen=form.seen
    )


def _chase(case: queries.Case, form: MoveForm, place: Place) -> object:
    given = form.cleaned_data
    with received(given["paper"]) as arrived:
        return actions.chase(
            case, by=place.actor, note=given["reason"], on=form.day.earliest or place.today, seen=form.seen,
            number=given["number"], paper=actions.Paper(arrived, form.paper_facts()) if arrived else None,
        )  # fmt: skip


_MOVES: dict[str, Callable[[queries.Case, MoveForm, Place], object]] = {
    "send-back": lambda case, form, place: actions.send_back(
        case, by=place.actor, back_to=form.cleaned_data["back_to"], reason=form.cleaned_data["reason"], on=form.day,
        seen=form.seen,
    ),
    "wait-partner": _pause("wait-partner"),
    "wait-ministry": _pause("wait-ministry"),
    "suspend": _pause("suspend"),
    "resume": lambda case, form, place: actions.resume(
        case, by=place.actor, reason=form.cleaned_data["reason"], on=form.day, seen=form.seen
    ),
    "chase": _chase,
    "withdraw": _end("withdraw"),
    "reject": _end("reject"),
    "close": lambda case, form, place: actions.close(case, by=place.actor, on=form.day, seen=form.seen),
}  # fmt: skip


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def check(request: HttpRequest, office: str, number: int, requirement: str) -> HttpResponse:
    place = place_of(request)
    case = _case(place, number)
    if requirement not in Requirement.values:
        raise Http404
    row = queries.checks_of(case).get(requirement)
    held = {
        "opened_with": case.version,
        "result": row.result if row else "met",
        "evidence": row.evidence if row else "",
    }
    form = CheckForm(request.POST or None, initial=held)

    def act() -> None:
        given = form.cleaned_data
        actions.check(case, by=place.actor, requirement=requirement, result=given["result"],
                      evidence=given["evidence"], seen=form.seen)  # fmt: skip

    return _deed(request, place, case, form, act, heading=str(Requirement(requirement).label))


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def set_aside(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """A rule does not hold this case up; `rule` in the address names it."""
    place = place_of(request)
    case = _case(place, number)
    rule = request.GET.get("rule", "")
    if not rules.may_be_set_aside(rule, approvals=template_of(case.template).required_approvals):
        raise Http404
    form = AsideForm(request.POST or None, initial={"opened_with": case.version})

    def act() -> None:
        actions.set_aside(case, by=place.actor, rule=rule, reason=form.cleaned_data["reason"], seen=form.seen)

    heading = gettext("Set a rule aside: %(rule)s") % {"rule": rule_words(rule)}
    return _deed(request, place, case, form, act, heading=heading)


def _deed(
    request: HttpRequest,
    place: Place,
    case: queries.Case,
    form: Any,
    act: Callable[[], object],
    *,
    heading: str,
    letter: str = "",
) -> HttpResponse:
    tried = cases.attempt(form, act, zone=place.zone) if request.method == "POST" else cases.Tried()
    if tried.saved:
        return _back(place, case)
    if tried.overtaken:
        reopen(form, str(_case(place, case.pk).version))
    row = cases.head_of(_case(place, case.pk), place)
    context = {"office": place, "place": place, "form": form, "done": tried, "heading": heading, "case": case,
               "row": row, "file": case.partnership, "letter": letter}  # fmt: skip
    return render(request, "desk/case_form.html", context)

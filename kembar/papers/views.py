"""The pages of papers: preparing and producing one, the register of letter numbers, the letterhead."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.cities.queries import Office
from kembar.files.rules import Refused
from kembar.files.states import Refusal
from kembar.files.store import NoRoom, receive
from kembar.papers import actions, letters_list, pages, queries
from kembar.papers.drawing import TooMuch
from kembar.papers.forms import HeadForm, LetterForm, NumberForm, ReasonForm, SchemeForm
from kembar.papers.produce import produce
from kembar.papers.states import Whose
from kembar.papers.text import PaperText
from kembar.procedure.queries import cases
from kembar.procedure.queries.cases import Case
from kembar.web import lists
from kembar.web.downloads import download
from kembar.web.entry import actor_of, needs

FORM = ["GET", "HEAD", "POST"]


def _office(request: HttpRequest) -> Office:
    """Whoever signs people in has read the office from the address before the view runs."""
    office = getattr(request, "office", None)
    if not isinstance(office, Office):
        raise Http404
    return office


def _case(request: HttpRequest, number: int) -> Case:
    try:
        return cases.case(number, office_id=_office(request).pk)
    except (cases.NoSuchCase, OverflowError):
        raise Http404 from None


def _paper(code: str, case: Case) -> PaperText:
    try:
        return queries.paper(code, case=case)
    except queries.NoSuchPaper:
        raise Http404 from None


def _numbers(case: Case, data: Any = None) -> NumberForm:
    held = {"day": case.office.today().isoformat(), "classification": queries.scheme_of(case.office).classification}
    return NumberForm(data, initial=held)


@needs(Permission.READ_DESK)
@require_safe
def listing(request: HttpRequest, office: str, number: int) -> HttpResponse:
    context = pages.list_page(_case(request, number), actor_of(request)) | {"saved": "saved" in request.GET}
    return render(request, "papers/list.html", context)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def paper(request: HttpRequest, office: str, number: int, paper: str) -> HttpResponse:
    """A paper before it is produced: what is missing, what is asked, how it reads; and then it is produced."""
    case, by = _case(request, number), actor_of(request)
    text = _paper(paper, case)
    column = pages.column_of(text, case, (request.POST or request.GET).get("column", ""))
    form = pages.paper_form(text, case, column, request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.fill_in(case, by=by, values=form.values())
        if "produce" in request.POST:
            produce(case, by=by, text=text, column=column)

    if request.method == "POST" and _done(form, act):
        said = "produced" if "produce" in request.POST else "saved"
        return redirect(
            f"{pages.address(case, paper)}?column={column}&{said}=1#{'made' if said == 'produced' else 'missing'}"
        )
    context = pages.paper_page(text, case, by, column=column, form=form, numbers=_numbers(case))
    return render(
        request, "papers/paper.html", context | {"saved": "saved" in request.GET, "produced": "produced" in request.GET}
    )


def _done(form: Any, act: Any) -> bool:
    """With what the store of files may refuse."""
    try:
        return pages.attempt(form, act)
    except TooMuch:
        form.add_error(None, str(pages.TOO_MUCH))
    except NoRoom:
        form.add_error(None, gettext("The file could not be kept. Try again, or ask the administrator."))
    except Refused as error:
        form.add_error("picture" if "picture" in form.fields else None, str(Refusal(error.code).label))
    return False


@needs(Permission.MOVE_CASES)
@require_POST
def give_number(request: HttpRequest, office: str, number: int, paper: str) -> HttpResponse:
    case, by = _case(request, number), actor_of(request)
    text = _paper(paper, case)
    column = pages.column_of(text, case, "")
    form = _numbers(case, request.POST)
    subject = f"{text.name['id']}: {case.subject}"[:300]

    def act() -> None:
        given = form.cleaned_data
        actions.give_number(case.office, by=by, day=given["day"], subject=subject, serial=given["serial"],
                            classification=given["classification"], case=case, paper=paper)  # fmt: skip

    if text.numbered and _done(form, act):
        return redirect(f"{pages.address(case, paper)}?saved=1#number")
    context = pages.paper_page(text, case, by, column=column, form=pages.paper_form(text, case, column), numbers=form)
    return render(request, "papers/paper.html", context)


@needs(Permission.READ_DESK)
@require_safe
def letters(request: HttpRequest, office: str) -> HttpResponse:
    """Every number given in a year, and the gaps between them."""
    place = _office(request)
    listing = letters_list.listing(request.GET, office=place, path=request.path)
    year = letters_list.year_of(listing, place)
    page = listing.page(list(letters_list.asked(place, listing)[listing.bounds]))
    more = {
        "saved": "saved" in request.GET, "year": year, "exports": letters_list.exports(place, listing),
        "gaps": [pages.gap_words(*gap) for gap in queries.gaps(place.pk, year=year)],
    }  # fmt: skip
    frame = pages.frame(place, actor_of(request))
    return render(request, "papers/letters.html", lists.context(listing, page, wide=True, **frame, **more))


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    place = _office(request)
    listing = letters_list.listing(request.GET, office=place, path=reverse("papers:letters", args=[office]))
    name = (gettext("Letter numbers"), office, str(letters_list.year_of(listing, place)))
    return download(letters_list.columns(), letters_list.asked(place, listing), extension=extension, name=name)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def give(request: HttpRequest, office: str) -> HttpResponse:
    """A number for a letter that was written elsewhere."""
    place, by = _office(request), actor_of(request)
    scheme = queries.scheme_of(place)
    held = {"day": place.today().isoformat(), "classification": scheme.classification}
    form = LetterForm(request.POST or None, initial=held)

    def act() -> None:
        actions.give_number(place, by=by, **form.cleaned_data)

    heading = gettext("Give a letter its number")
    return _form(request, place, form, act, back=reverse("papers:letters", args=[office]), heading=heading)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def void(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place, by = _office(request), actor_of(request)
    try:
        found = queries.number(number, office_id=place.pk)
    except (queries.NoSuchNumber, OverflowError):
        raise Http404 from None
    form = ReasonForm(request.POST or None)

    def act() -> None:
        actions.void_number(found, by=by, reason=form.cleaned_data["reason"])

    heading = gettext("Void the number %(number)s") % {"number": found.text}
    lead = gettext("Nobody gets this number again. It stays in the register with your reason.")
    back = reverse("papers:letters", args=[office])
    return _form(request, place, form, act, back=back, heading=heading, lead=lead)


@needs(Permission.READ_DESK)
@require_safe
def letterheads(request: HttpRequest, office: str) -> HttpResponse:
    context = pages.heads_page(_office(request), actor_of(request)) | {"saved": "saved" in request.GET}
    return render(request, "papers/letterheads.html", context)


@needs(Permission.SET_LETTERHEAD)
@require_http_methods(FORM)
def letterhead(request: HttpRequest, office: str, whose: str) -> HttpResponse:
    place, by = _office(request), actor_of(request)
    if whose not in Whose.values:
        raise Http404
    row = queries.letterheads(place.pk).get(whose)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HeadForm(*sent, whose=whose, row=row)

    def act() -> None:
        given = form.cleaned_data
        known = {"by": by, "whose": whose, "heading": form.heading(), "seen": given["opened_with"] or 0,
                 "without_picture": given.get("without_picture", False)}  # fmt: skip
        if not given["picture"]:
            actions.set_letterhead(place, **known)
            return
        with receive(given["picture"], name=given["picture"].name) as arrived:
            actions.set_letterhead(place, **known, picture=arrived)

    heading = gettext("Letterhead: %(whose)s") % {"whose": Whose(whose).label}
    return _form(request, place, form, act, back=reverse("papers:letterheads", args=[office]), heading=heading)


@needs(Permission.SET_LETTERHEAD)
@require_http_methods(FORM)
def numbering(request: HttpRequest, office: str) -> HttpResponse:
    place, by = _office(request), actor_of(request)
    form = SchemeForm(request.POST or None, scheme=queries.scheme_of(place))

    def act() -> None:
        actions.set_scheme(place, by=by, scheme=form.scheme(), classification=form.cleaned_data["classification"])

    back = reverse("papers:letterheads", args=[office])
    return _form(request, place, form, act, back=back, heading=gettext("How letters are numbered"))


def _form(
    request: HttpRequest, place: Office, form: Any, act: Any, *, back: str, heading: str, lead: str = ""
) -> HttpResponse:
    if request.method == "POST" and _done(form, act):
        return redirect(f"{back}?saved=1")
    context = pages.frame(place, actor_of(request)) | {"form": form, "back": back, "heading": heading, "lead": lead}
    return render(request, "papers/form.html", context)

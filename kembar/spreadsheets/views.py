"""The pages of a spreadsheet on its way in: each translates the request, calls once, and translates back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.cities.queries import Office
from kembar.files.store import NoRoom
from kembar.spreadsheets import actions, pages, queries, samples, words, work
from kembar.spreadsheets.forms import AnswersForm, EnterForm, SheetForm, UndoForm, UploadForm
from kembar.spreadsheets.queries import Spreadsheet
from kembar.spreadsheets.states import State, Work
from kembar.web.downloads import download
from kembar.web.entry import actor_of, needs

form_methods = require_http_methods(["GET", "HEAD", "POST"])
CONFLICT = 409
LOOK_AGAIN = "3"  # seconds


def _office(request: HttpRequest) -> Office:
    """Whoever signs people in has read the office from the address before the view runs."""
    office = getattr(request, "office", None)
    if not isinstance(office, Office):
        raise Http404
    return office


def _found(request: HttpRequest, number: int) -> Spreadsheet:
    try:
        return actions.as_it_stands(queries.spreadsheet(number, office_id=_office(request).pk))
    except (queries.NoSuchSpreadsheet, OverflowError):
        raise Http404 from None


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def listing(request: HttpRequest, office: str) -> HttpResponse:
    return render(request, "spreadsheets/list.html", pages.list_page(request, _office(request)))


@needs(Permission.IMPORT_CLAIMS)
@form_methods
def new(request: HttpRequest, office: str) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            taken = actions.take(given.read(), name=given.name, by=actor_of(request), office=_office(request))
            return redirect(pages.address(taken))
        except actions.FileRefused as refused:
            sheet = f" ({refused.sheet})" if refused.sheet else ""
            form.add_error("file", words.refused(refused.code) + sheet)
        except NoRoom:
            form.add_error("file", gettext("The disk of the site is full; nothing was kept. Tell its administrator."))
    return render(request, "spreadsheets/new.html", {"form": form} | pages.frame(_office(request)))


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def show(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """Where the spreadsheet stands: being worked on, its columns, its preview, or what it brought."""
    found = _found(request, number)
    if found.work:
        answer = render(request, "spreadsheets/working.html", pages.working_page(found))
        answer["Refresh"] = LOOK_AGAIN
        return answer
    if found.state == State.DRAFT:
        step = "sheet" if len(queries.sheets_of(found)) > 1 or not found.header_row else "columns"
        return redirect(pages.address(found, step))
    if found.state == State.PREVIEWED:
        return render(request, "spreadsheets/preview.html", pages.preview_page(request, found))
    return render(request, "spreadsheets/result.html", pages.result_page(found))


@needs(Permission.IMPORT_CLAIMS)
@form_methods
def sheet(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found = _found(request, number)
    form = SheetForm(request.POST, sheets=queries.sheets_of(found)) if request.method == "POST" else None
    if form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.choose_sheet(found, by=actor_of(request), position=given["sheet"], row=given["row"] or 0,
                                 height=2 if given["double"] else 1)  # fmt: skip
            return redirect(pages.address(found, "columns"))
        except actions.NoSuchSheet:
            form.add_error("row", gettext("This sheet has no row of this number that holds anything."))
        except actions.WrongMove:
            return redirect(pages.address(found))
    return render(request, "spreadsheets/sheet.html", pages.sheet_page(found, form))


@needs(Permission.IMPORT_CLAIMS)
@form_methods
def columns(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found = _found(request, number)
    form = pages.columns_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        settle = partial(actions.settle_columns, found, by=actor_of(request), fields=form.chosen, kind=given["kind"],
                         record=given["record"], carry_down=given["carry_down"])  # fmt: skip
        return _moved(request, found, lambda: _look_through(request, settle()))
    return render(request, "spreadsheets/columns.html", pages.columns_page(found, form))


def _look_through(request: HttpRequest, found: Spreadsheet) -> None:
    by = actor_of(request)
    rows = queries.size_of(found)
    work.do(found, by=by, work=Work.PREVIEW, rows=rows, deed=lambda: actions.preview(found, by=by))


def _moved(request: HttpRequest, found: Spreadsheet, move: Callable[[], Any]) -> HttpResponse:
    """Makes the move and shows where the spreadsheet stands then, also where somebody was quicker."""
    try:
        move()
    except (actions.WrongMove, actions.NothingToEnter):
        now = _found(request, found.pk)
        notice = pages.overtaken(now)
        return render(request, "spreadsheets/overtaken.html", notice, status=CONFLICT)
    return redirect(pages.address(found))


@needs(Permission.IMPORT_CLAIMS)
@require_POST
def answer(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found = _found(request, number)
    form = AnswersForm(request.POST, asked=queries.asked_of(found))
    if not form.is_valid():
        return render(request, "spreadsheets/preview.html", pages.preview_page(request, found, form=form))

    def move() -> None:
        by = actor_of(request)
        _look_through(request, actions.answer(found, by=by, cities=form.cities, words=form.words))

    return _moved(request, found, move)


@needs(Permission.IMPORT_CLAIMS)
@require_POST
def enter(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found = _found(request, number)
    form = EnterForm(request.POST)
    decision = form.cleaned_data["decision"] if form.is_valid() else "open"
    by = actor_of(request)
    deed = partial(actions.enter, found, by=by, decision=decision)
    rows = queries.size_of(found)
    return _moved(request, found, lambda: work.do(found, by=by, work=Work.ENTER, rows=rows, deed=deed))


@needs(Permission.IMPORT_CLAIMS)
@form_methods
def undo(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found, by = _found(request, number), actor_of(request)
    if found.state != State.ENTERED:
        return redirect(pages.address(found))
    built = queries.built_on(found)
    form = UndoForm(request.POST or None, built_on=bool(built))
    if form.is_valid():
        deed = partial(actions.undo, found, by=by, reason=form.cleaned_data["reason"])
        rows = queries.size_of(found)
        return _moved(request, found, lambda: work.do(found, by=by, work=Work.UNDO, rows=rows, deed=deed))
    return render(request, "spreadsheets/undo.html", pages.undo_page(found, form, built))


@needs(Permission.IMPORT_CLAIMS)
@require_POST
def drop(request: HttpRequest, office: str, number: int) -> HttpResponse:
    found = _found(request, number)
    try:
        actions.drop(found, by=actor_of(request))
    except actions.WrongMove:
        return redirect(pages.address(found))
    return redirect("spreadsheets:list", office)


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def errors(request: HttpRequest, office: str, number: int) -> HttpResponseBase:
    found = _found(request, number)
    name = (gettext("Errors"), found.name.rsplit(".", 1)[0])
    return download(pages.error_columns(found), queries.faulty_rows(found), extension="xlsx", name=name,
                    sheet=gettext("Errors"))  # fmt: skip


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def original(request: HttpRequest, office: str, number: int) -> HttpResponseBase:
    """As it came: saved, never opened in the page."""
    try:
        found = queries.original(_found(request, number))
    except queries.NoOriginal:
        raise Http404 from None
    answer = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)
    for name, value in found.headers.items():
        answer.headers[name] = value
    return answer


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def template(request: HttpRequest, office: str) -> HttpResponseBase:
    return samples.template_file()


@needs(Permission.IMPORT_CLAIMS)
@require_safe
def sample(request: HttpRequest, office: str, name: str) -> HttpResponseBase:
    found = samples.sample_file(name)
    if found is None:
        raise Http404
    return found

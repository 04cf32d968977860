"""The pages of the reader: each translates the request, calls once, and translates back."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.cities.queries import Office
from kembar.intake import actions, pages, queries
from kembar.intake.forms import PasteForm, edit_form
from kembar.intake.queries import Draft, Text
from kembar.intake.states import DraftKind
from kembar.intake.words import REFUSED
from kembar.lib.tables import FORMATS
from kembar.partnerships import queries as partnerships
from kembar.web.downloads import download
from kembar.web.entry import actor_of, needs

form_methods = require_http_methods(["GET", "HEAD", "POST"])
CONFLICT = 409


def _office(request: HttpRequest) -> Office:
    """Whoever signs people in has read the office from the address before the view runs."""
    office = getattr(request, "office", None)
    if not isinstance(office, Office):
        raise Http404
    return office


def _text(request: HttpRequest, number: int) -> Text:
    try:
        return queries.text(number, office_id=_office(request).pk)
    except queries.NoSuchText:
        raise Http404 from None


def _draft(request: HttpRequest, number: int | str) -> Draft:
    try:
        return queries.draft(int(number), office_id=_office(request).pk)
    except (queries.NoSuchText, ValueError, OverflowError):
        raise Http404 from None


@needs(Permission.READ_PRIVATE)
@require_safe
def texts(request: HttpRequest, office: str) -> HttpResponse:
    return render(request, "intake/texts.html", pages.list_page(request, _office(request)))


@needs(Permission.KEEP_REGISTER)
@form_methods
def paste(request: HttpRequest, office: str) -> HttpResponse:
    form = PasteForm(request.POST or None, request.FILES or None, initial={"kind": "article"})
    known = None
    if form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("title", "kind", "published", "publisher", "address")}
        pasted = actions.Pasted(body=form.text, **given)
        try:
            text = actions.paste(
                pasted, by=actor_of(request), office=_office(request), again=form.cleaned_data["again"]
            )
            return redirect(pages.address(text))
        except actions.TextRefused as refused:
            known = refused.known
            if known is None:
                form.add_error("body", str(REFUSED[refused.code]))
    form.keep_words()
    return render(request, "intake/paste.html", pages.paste_page(request, _office(request), form, known=known))


@needs(Permission.READ_PRIVATE)
@require_safe
def text(request: HttpRequest, office: str, text: int) -> HttpResponse:
    return render(request, "intake/reading.html", pages.reading_page(request, _office(request), _text(request, text)))


@needs(Permission.KEEP_REGISTER)
@require_POST
def choose_file(request: HttpRequest, office: str, text: int) -> HttpResponse:
    found = _text(request, text)
    try:
        key = f"partnership:{request.POST.get('file', '')}"
        file = partnerships.file_by_key(key, office_id=found.office_id)
    except partnerships.NoSuchPartnership:
        return _conflict(request, found, pages.no_file())
    try:
        actions.choose_file(found, by=actor_of(request), partnership=file)
    except actions.WrongValue:
        return _conflict(request, _text(request, text), pages.wrong_value())
    return redirect(f"{pages.address(found)}#drafts")


def _conflict(request: HttpRequest, text: Text, notice: pages.Notice) -> HttpResponse:
    context = pages.reading_page(request, _office(request), text, notice=notice)
    return render(request, "intake/reading.html", context, status=CONFLICT)


def _decide(
    request: HttpRequest, draft: Draft, move: Callable[[], object], *, typed: Form | None = None
) -> HttpResponse:
    """Moves and goes on to the next draft; where it cannot be made the page says why and keeps what was typed."""
    try:
        move()
    except actions.WrongMove:
        notice = pages.overtaken(_draft(request, draft.pk), typed)
    except actions.NoFile:
        notice = pages.no_file(draft.pk, typed)
    except actions.WrongValue:
        notice = pages.wrong_value(draft.pk, typed)
    else:
        return redirect(pages.next_after(draft))
    return _conflict(request, _text(request, draft.text_id), notice)


@needs(Permission.KEEP_REGISTER)
@require_POST
def accept(request: HttpRequest, office: str, draft: int) -> HttpResponse:
    found = _draft(request, draft)
    return _decide(request, found, lambda: actions.accept(found, by=actor_of(request)))


@needs(Permission.KEEP_REGISTER)
@require_POST
def drop(request: HttpRequest, office: str, draft: int) -> HttpResponse:
    found = _draft(request, draft)
    return _decide(request, found, lambda: actions.drop(found, by=actor_of(request)))


@needs(Permission.KEEP_REGISTER)
@require_POST
def reopen(request: HttpRequest, office: str, draft: int) -> HttpResponse:
    found = _draft(request, draft)
    answer = _decide(request, found, lambda: actions.reopen(found, by=actor_of(request)))
    return answer if answer.status_code == CONFLICT else redirect(f"{pages.address(found.text)}#d{found.pk}")


@needs(Permission.KEEP_REGISTER)
@require_POST
def merge(request: HttpRequest, office: str, draft: int) -> HttpResponse:
    found, into = _draft(request, draft), _draft(request, request.POST.get("into", ""))
    return _decide(request, found, lambda: actions.merge(found, by=actor_of(request), into=into))


@needs(Permission.KEEP_REGISTER)
@form_methods
def edit(request: HttpRequest, office: str, draft: int) -> HttpResponse:
    found = _draft(request, draft)
    form = edit_form(found, request.POST or None)
    if not form.is_valid():
        return render(request, "intake/edit.html", pages.edit_page(request, _office(request), found, form))
    value = form.cleaned_data
    return _decide(request, found, lambda: actions.accept(found, by=actor_of(request), value=value), typed=form)


@needs(Permission.KEEP_REGISTER)
@require_POST
def accept_kind(request: HttpRequest, office: str, text: int, kind: str) -> HttpResponse:
    found = _text(request, text)
    try:
        actions.accept_kind(found, by=actor_of(request), kind=kind)
    except actions.NoFile:
        return _conflict(request, found, pages.no_file())
    except (actions.WrongMove, actions.WrongValue):
        return _conflict(request, found, pages.wrong_value())
    return redirect(f"{pages.address(found)}#{_group(kind)}")


@needs(Permission.KEEP_REGISTER)
@require_POST
def drop_kind(request: HttpRequest, office: str, text: int, kind: str) -> HttpResponse:
    found = _text(request, text)
    actions.drop_kind(found, by=actor_of(request), kind=kind)
    return redirect(f"{pages.address(found)}#{_group(kind)}")


def _group(kind: str) -> str:
    return f"kind-{kind}" if kind in DraftKind else "drafts"


@needs(Permission.READ_PRIVATE)
@require_safe
def corrections(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    if extension not in FORMATS:
        raise Http404
    where = _office(request)
    rows = queries.corrections_of(where.pk).select_related("text")
    return download(pages.correction_columns(), rows, extension=extension,
                    name=(gettext("Corrections"), where.slug, where.today().isoformat()))  # fmt: skip

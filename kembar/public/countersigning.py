"""The other side of a partnership answers without an account: a link from a letter, and a code sent to its address."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kembar.commitments.actions import Voided, WrongMove
from kembar.countersign import queries
from kembar.countersign.actions import visiting
from kembar.countersign.actions.answering import ContentChanged, Said, WrongAnswer
from kembar.countersign.actions.asking import NotComplete
from kembar.countersign.rules import CODE_LASTS, VISIT_LASTS, Closed, Tried
from kembar.public import asked, pages
from kembar.public.office import Reading, reading
from kembar.web.entry import public

OPEN = "Whoever was asked by letter answers without an account; a code sent to their address lets them in."
_VISITS = "confirmation-visits"


@public(OPEN)
@never_cache
@require_safe
def show(request: HttpRequest, office: str, token: str) -> HttpResponseBase:
    found = _reading(request)
    opened = _opened(found, token)
    if isinstance(opened, str):
        return _closed(request, found, opened)
    if not _is_visiting(request, opened):
        return _door(request, found, opened, token)
    return _page(request, found, opened, token)


@public(OPEN)
@never_cache
@require_POST
def send(request: HttpRequest, office: str, token: str) -> HttpResponseBase:
    """Has a code sent to the address the letter went to."""
    found = _reading(request)
    opened = _opened(found, token)
    if isinstance(opened, str):
        return _closed(request, found, opened)
    try:
        visiting.send_code(opened, now=timezone.now())
    except visiting.RequestClosed as error:
        return _closed(request, found, error.why)
    except visiting.Locked:
        return _door(request, found, opened, token, trouble=Tried.LOCKED, status=429)
    except visiting.TooManyCodes:
        return _door(request, found, opened, token, trouble="too_many", status=429)
    return redirect("public:confirmation", office, token)


@public(OPEN)
@never_cache
@require_POST
def enter(request: HttpRequest, office: str, token: str) -> HttpResponseBase:
    """Lets in whoever has the code, for the whole visit."""
    found = _reading(request)
    opened = _opened(found, token)
    if isinstance(opened, str):
        return _closed(request, found, opened)
    tried = visiting.enter_code(opened, text=request.POST.get("code", "")[:40], now=timezone.now())
    if tried is Tried.CLOSED:
        return _closed_now(request, found, token)
    if tried is not Tried.IN:
        return _door(request, found, opened, token, trouble=tried, status=429 if tried is Tried.LOCKED else 400)
    request.session.cycle_key()
    visits = {number: until for number, until in request.session.get(_VISITS, {}).items() if _is_ahead(until)}
    request.session[_VISITS] = visits | {str(opened.pk): (timezone.now() + VISIT_LASTS).isoformat()}
    return redirect("public:confirmation", office, token)


@public(OPEN)
@never_cache
@require_POST
def leave(request: HttpRequest, office: str, token: str) -> HttpResponseBase:
    """Closes the page in this browser, as one does on a device others use too."""
    found = _reading(request)
    opened = _opened(found, token)
    if not isinstance(opened, str):
        request.session[_VISITS] = {
            number: until for number, until in request.session.get(_VISITS, {}).items() if number != str(opened.pk)
        }
    return redirect("public:confirmation", office, token)


@public(OPEN)
@never_cache
@require_POST
def say(request: HttpRequest, office: str, token: str, number: int) -> HttpResponseBase:
    """One answer to one point."""
    found = _reading(request)
    opened = _opened(found, token)
    if isinstance(opened, str):
        return _closed(request, found, opened)
    if not _is_visiting(request, opened):
        return _door(request, found, opened, token, trouble="visit_over", status=403)
    try:
        one = queries.asked(number, request=opened)
    except queries.NoSuchRequest:
        raise Http404 from None
    given = request.POST
    said = Said(reply=given.get("reply", ""), seen=given.get("seen", ""), words=given.get("words", "")[:5000])
    trouble = _taken(one, said)
    if trouble is None:
        return redirect(reverse("public:confirmation", args=[office, token]) + f"#point-{number}")
    return _page(request, found, opened, token, troubles={number: (trouble[1], said.words)}, status=trouble[0])


def _taken(one: queries.Asked, said: Said) -> tuple[int, str] | None:
    """Why the answer was not taken, with the status to answer by; None when it was."""
    try:
        asked.take(one, said)
    except ContentChanged:
        return 409, gettext("The text was changed while you were reading. Nothing was noted. Below stands what is different now; please read it and answer again.")  # fmt: skip # noqa: E501
    except NotComplete as error:
        return 409, str(asked.LACKING[error.why])
    except (WrongMove, Voided):
        return 409, gettext("The office has settled or taken back this promise meanwhile. Nothing was noted; you can still object in words.")  # fmt: skip # noqa: E501
    except WrongAnswer as error:
        if error.reason == "too_long":
            return 400, gettext("This is too long.")
        return 400, gettext("Please write what is not right, so that the office can answer.")
    return None


def _reading(request: HttpRequest) -> Reading:
    found = reading(request)
    if found is None:
        raise Http404
    return found


def _opened(found: Reading, token: str) -> queries.Request | str:
    """The request a link leads to, or why it leads nowhere: unknown, or a word of Closed."""
    try:
        opened = queries.request_of_link(token, office_id=found.office.id)
    except queries.NoSuchRequest:
        return "unknown"
    return opened.closed(timezone.now()) or opened


def _closed_now(request: HttpRequest, found: Reading, token: str) -> HttpResponse:
    opened = _opened(found, token)
    return _closed(request, found, opened if isinstance(opened, str) else Closed.EXPIRED)


def _closed(request: HttpRequest, found: Reading, why: str) -> HttpResponse:
    context = {**pages.frame(request, found, here=""), "why": str(why), "canonical": ""}
    return render(request, "public/confirmation_closed.html", context, status=404 if why == "unknown" else 410)


def _door(
    request: HttpRequest, found: Reading, opened: queries.Request, token: str, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    opened.refresh_from_db(fields=["code_hash", "code_sent_at", "locked_until", "wrong_in_a_row"])
    now = timezone.now()
    sent_at = opened.code_sent_at
    waiting = bool(opened.code_hash and sent_at and sent_at + CODE_LASTS > now)
    locked = opened.locked_until if opened.locked_until and opened.locked_until > now else None
    context = _frame(request, found, opened, token) | {
        "waiting": waiting and not locked, "trouble": str(trouble), "minutes": int(CODE_LASTS.total_seconds() // 60),
        "locked": locked.astimezone(found.office.zone) if locked else None,
    }  # fmt: skip
    return render(request, "public/confirmation_door.html", context, status=status)


def _page(
    request: HttpRequest, found: Reading, opened: queries.Request, token: str, *,
    troubles: dict[int, tuple[str, str]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    points = asked.points(opened, troubles=troubles)
    context = _frame(request, found, opened, token) | {
        "points": points, "left": sum(point.waits for point in points if not point.gone),
    }  # fmt: skip
    return render(request, "public/confirmation.html", context, status=status)


def _frame(request: HttpRequest, found: Reading, opened: queries.Request, token: str) -> dict[str, Any]:
    context = {**pages.frame(request, found, here=""), "canonical": "", "report_error": ""}
    return context | {"asked": opened, "token": token, "nav": []}


def _is_visiting(request: HttpRequest, opened: queries.Request) -> bool:
    return _is_ahead(request.session.get(_VISITS, {}).get(str(opened.pk), ""))


def _is_ahead(until: str) -> bool:
    moment: datetime | None = parse_datetime(until) if until else None
    return moment is not None and timezone.now() < moment

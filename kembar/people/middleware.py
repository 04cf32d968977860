"""Who asks: read anew on each request, so that a right that was withdrawn is gone with the next click."""

import re
from collections.abc import Callable
from time import time
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from kembar.access.permissions import ANONYMOUS, NotAllowed
from kembar.cities.queries import NoSuchOffice, office
from kembar.people import queries
from kembar.people.actions.limits import count_asked
from kembar.people.actions.tokens import note_use
from kembar.people.models import Account
from kembar.people.rules import HANDED_IN, LONG_FORM
from kembar.web import kept
from kembar.web.entry import entry_of
from kembar.web.page import not_found, too_many_requests

GetResponse = Callable[[HttpRequest], HttpResponseBase]


# Where programs ask: who they are stands in the header Authorization, never in a cookie.
PROGRAMS = "/api/v1"
_SHOWN = re.compile(r"Bearer +([\w.~+/=-]{1,200})", re.ASCII | re.IGNORECASE)


class who_asks:  # noqa: N801 - named in settings beside functions
    """Sets `request.account` (None for a visitor) and `request.actor`; reads the office of a closed page.

    A visitor without a session costs no query. A closed page sends a visitor to sign in, and a member without a second
    factor to set one up; what they had typed is kept for them. Where programs ask, `request.program` holds whose access
    token was shown, and `request.wrong_token` says that something else was; no cookie counts there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account, request.actor = None, ANONYMOUS  # type: ignore[attr-defined]
        if request.path_info.startswith(PROGRAMS):
            _program(request)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(user := _user(request), Account):
            account = user
            request.actor = queries.actor(account, with_rights=is_strong(request, account))  # type: ignore[attr-defined]
        request.account = account  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(account.time_zone) if account else None):
            answer = self.get_response(request)
        if account is not None:
            # The next person at this computer finds nothing in its memory; views may say otherwise.
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        entry = entry_of(view)
        if entry is None or entry.by_token or not entry.is_closed:
            return None
        account: Account | None = request.account  # type: ignore[attr-defined]
        if account is None:
            return _first(request, "account_login")
        if entry.permission is not None and not is_strong(request, account):
            return _first(request, "mfa_index")
        if request.method == "POST" and _hands_something_in(request) and _hands_in_too_much(account):
            return too_many_requests(request)
        if "office" in kwargs and entry.permission is not None:
            try:
                request.office = office(kwargs["office"])  # type: ignore[attr-defined]
            except NoSuchOffice:
                return not_found(request, NoSuchOffice())
            request.office_id = request.office.pk  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return not_found(request, error) if isinstance(error, NotAllowed) else None


def _hands_something_in(request: HttpRequest) -> bool:
    """Files come in forms of this kind alone, and so do texts to be read; a text that a program sends in another form
    is known by its length."""
    return request.content_type == "multipart/form-data" or int(request.META.get("CONTENT_LENGTH") or 0) > LONG_FORM


def _hands_in_too_much(account: Account) -> bool:
    """Each costs more than a page."""
    return count_asked(f"account {account.pk}", at=time(), most=HANDED_IN) > 0


def _program(request: Any) -> None:
    shown = request.META.get("HTTP_AUTHORIZATION")
    request.program, request.wrong_token = None, False
    if shown is None:
        return
    written = _SHOWN.fullmatch(shown.strip())
    try:
        request.program = queries.program(written[1] if written else "")
    except queries.NoSuchToken:
        request.wrong_token = True
        return
    request.actor, request.office = request.program.actor, request.program.office
    request.office_id = request.office.pk
    today = timezone.now().date()
    if request.program.last_used_on != today:
        note_use(request.program.token_id, on=today)


def is_strong(request: HttpRequest, account: Account) -> bool:
    """Whether this session was opened, or confirmed, with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, account))


def is_confirmed_by(request: HttpRequest, account: Account, *, kind: str) -> bool:
    """Whether the second factor of this session was of this kind."""
    records = get_authentication_records(request, account)
    return any((record.get("method"), record.get("type")) == ("mfa", kind) for record in records)


def _user(request: HttpRequest) -> object:
    """The account itself: `request.user` is only a promise of it."""
    user = request.user
    return getattr(user, "_wrapped", user) if user.is_authenticated else None


def _first(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """To the page that has to come first, and back here afterwards; what was typed waits in the session."""
    back = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        kept.keep(request)
        back = reverse("people_kept")
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")

"""The frame around every page, and the pages shown when something went wrong."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from kembar.web import addresses, kept

log = logging.getLogger(__name__)


class Unclear(Exception):
    """The request cannot be understood; `message` says why, in the visitor's language, in one or two sentences.

    `back` is the address of the nearest page that works (the same path without its query when not given).
    """

    def __init__(self, message: str, *, back: str = "") -> None:
        super().__init__(message)
        self.message = str(message)
        self.back = back


@dataclass(frozen=True)
class LanguageLink:
    code: str  # as HTML writes it
    name: str  # in the language itself
    href: str
    here: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """What web/page.html needs and no view has to give.

    A view's own context overrides each of these: `office` (anything with `name` and `slug`), `updated` (a date or
    None), `sources` (address of the page about sources), `report_error` (address), `description`, `canonical`.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "site_name": "Kembar",
        "html_language": addresses.html_language(language),
        "language": language,
        "languages": [
            LanguageLink(
                code=addresses.html_language(code),
                name=name,
                href=addresses.same_page_in(request, code),
                here=code == language,
            )
            for code, name in settings.LANGUAGES
        ],
        "site_address": settings.KEMBAR_SITE_ADDRESS,
        "here": request.get_full_path(),
        "here_path": request.path,
        "office": None,
        "updated": None,
        "sources": "",
        "report_error": "",
        "description": "",
        "canonical": "",
        "wide": False,
        "entrance": _entrance(request),
    }


@dataclass(frozen=True)
class Entrance:
    """The way in for who works here, or to their own account once they are in."""

    href: str
    name: str


def _entrance(request: HttpRequest) -> Entrance | None:
    account = getattr(request, "account", None)
    try:
        href = reverse(settings.ACCOUNT_PAGE if account else settings.LOGIN_URL)
    except NoReverseMatch:  # a site of a few pages, in tests
        return None
    return Entrance(href, str(account) if account else gettext("Sign in"))


@dataclass(frozen=True)
class Trouble:
    """One error page: what happened, what is kept, what to do."""

    status: int
    title: str
    what: str
    todo: str
    back: str = ""


def unclear_page(request: HttpRequest, error: Unclear) -> HttpResponse:
    return _show(
        request,
        Trouble(
            status=400,
            title=gettext("We did not understand this request"),
            what=error.message,
            todo=gettext("Nothing has been changed. Correct the address, or start again from the page below."),
            back=error.back or request.path,
        ),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _show(
        request,
        Trouble(
            status=400,
            title=gettext("We did not understand this request"),
            what=gettext("The address or the form sent to us contains something this site cannot read."),
            todo=gettext("Nothing has been changed. Go back and try again, or start from the first page."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _show(
        request,
        Trouble(
            status=403,
            title=gettext("This page is not open to you"),
            what=gettext("You may be signed out, or the page belongs to another office."),
            todo=gettext("Nothing has been changed. Sign in with the right account, or start from the first page."),
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _show(
        request,
        Trouble(
            status=404,
            title=gettext("There is no page at this address"),
            what=gettext("The address may contain a typing error, or the page has been moved."),
            todo=gettext("Check the address, or look for what you need from the first page."),
        ),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF refusal: nearly always a form left open for long, or cookies switched off."""
    return _show(
        request,
        Trouble(
            status=403,
            title=gettext("This form is no longer valid"),
            what=gettext("The form was open for too long, or your browser does not accept cookies."),
            todo=gettext("Nothing has been saved. Go back, reload the page and send the form again."),
        ),
    )


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(
        request,
        Trouble(
            status=429,
            title=gettext("Too many requests"),
            what=gettext("This page was asked for very often in a short time."),
            todo=gettext("Nothing has been changed. Wait a few minutes and try again."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    trouble = Trouble(
        status=500,
        title=gettext("Something went wrong on our side"),
        what=gettext("The page could not be made. The fault has been written to the log."),
        todo=gettext("What was saved before is kept. Try again in a few minutes."),
    )
    try:
        return _show(request, trouble)
    except Exception:
        # The fault may lie in the frame itself; a page without it still has to reach the visitor.
        log.exception("the error page failed too")
        text = render_to_string("web/error_bare.html", {"trouble": trouble, "html_language": get_language()})
        return HttpResponse(text, status=500)


def _show(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    context = {"trouble": trouble, "typed": kept.typed(request)}
    return render(request, "web/error.html", context, status=trouble.status)

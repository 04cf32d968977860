"""What an API answers instead of what was asked: problem details as RFC 9457 has them, in the caller's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header

from kembar.web.addresses import html_language

MEDIA_TYPE = "application/problem+json"
# Status → (the end of the problem's address, its title, what to say where nothing closer is known).
KINDS: Mapping[int, tuple[str, str | Promise, str | Promise]] = {
    400: (
        "unclear",
        gettext_lazy("The request cannot be read"),
        gettext_lazy("The address, a header or the body holds something that cannot be read."),
    ),
    401: (
        "token-needed",
        gettext_lazy("An access token is needed"),
        gettext_lazy("Send “Authorization: Bearer” with an access token. Members make one on their account page."),
    ),
    403: (
        "not-allowed",
        gettext_lazy("The access token does not allow this"),
        gettext_lazy("Its scopes, or the roles of its person in the office, are not enough."),
    ),
    404: (
        "not-found",
        gettext_lazy("There is nothing at this address"),
        gettext_lazy("It may never have been there, or belong to another office."),
    ),
    405: (
        "method",
        gettext_lazy("This address does not know this method"),
        gettext_lazy("The header Allow names those it knows."),
    ),
    409: (
        "conflict",
        gettext_lazy("This does not fit what is on file"),
        gettext_lazy("Somebody changed it meanwhile. Read it again and decide anew; nothing was saved."),
    ),
    413: (
        "too-large",
        gettext_lazy("The body is too large"),
        gettext_lazy("Send at most 2.5 MB. Nothing was saved."),
    ),
    415: (
        "media-type",
        gettext_lazy("The body is not JSON"),
        gettext_lazy("Send “Content-Type: application/json”, in UTF-8."),
    ),
    422: (
        "invalid",
        gettext_lazy("Something in the request is not right"),
        gettext_lazy("Each fault is named under “errors”. Nothing was saved."),
    ),
    429: (
        "too-many",
        gettext_lazy("Too many requests"),
        gettext_lazy("Wait as many seconds as the header Retry-After says, then go on more slowly."),
    ),
    500: (
        "fault",
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy("The fault has been written to the log. What was saved before is kept."),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`where`: a JSON pointer into the body (`#/title`), or a parameter of the address (`?on`). `code`: what to put
    into `confirmed` where a doubt can be confirmed."""

    where: str
    detail: str
    code: str = ""


class Problem(Exception):
    """Ends an operation with a problem; raised anywhere below it."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.detail, self.faults, self.headers = status, detail, faults, headers or {}
        super().__init__(f"{status} {detail}")


class Refused(Problem, Http404):
    """At the door: no token, one that opens nothing or not this, or a method nobody knows. Whoever runs the view
    without what stands around it finds nothing, as behind every closed door."""


def invalid(faults: Sequence[Fault]) -> Problem:
    return Problem(422, faults=faults)


def not_found() -> Problem:
    return Problem(404)


def language_of(request: HttpRequest) -> str:
    """The caller's language: from Accept-Language alone, never from a cookie or the address."""
    for asked, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500].lower()):
        if asked == "*":
            break
        try:
            return translation.get_supported_language_variant(asked)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as JSON. What an unknown status is called follows from its hundred."""
    status = problem.status if problem.status in KINDS else (400 if problem.status < 500 else 500)
    with translation.override(language_of(request)):
        slug, title, usual = KINDS[status]
        body: dict[str, object] = {
            "type": f"{settings.KEMBAR_SITE_ADDRESS}/api/docs/#{slug}",
            "title": str(title),
            "status": problem.status,
            "detail": problem.detail or str(usual),
            "instance": request.path,
        }
        if problem.faults:
            body["errors"] = [_fault(fault) for fault in problem.faults]
        response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=problem.status)
        response.headers["Content-Language"] = html_language(translation.get_language() or settings.LANGUAGE_CODE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    return response


def _fault(fault: Fault) -> dict[str, str]:
    told = {"where": fault.where, "detail": fault.detail}
    return told | {"code": fault.code} if fault.code else told

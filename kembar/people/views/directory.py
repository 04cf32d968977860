"""Signing in with the city's own directory: away to it, back from it, and why somebody was not let in."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kembar.people import directory
from kembar.web.entry import public

_TRY_AGAIN = _("Begin again on the page for signing in.")
_ASK = _("Ask the head of your office.")
_ADMINISTRATOR = _("Nothing of yours is lost. Tell whoever runs this site; they find the cause in its log.")
# Why → status, what happened, what to do.
CLOSED: dict[str, tuple[int, str | Promise, str | Promise]] = {
    "unreachable": (503, _("The directory does not answer, or not in a way that can be read."), _ADMINISTRATOR),
    "clock": (503, _("The clocks of the directory and of this site do not agree."), _ADMINISTRATOR),
    "untrusted": (403, _("The answer of the directory cannot be trusted."), _ADMINISTRATOR),
    "refused": (403, _("The directory did not let you in."), _("Ask the administrators of the directory.")),
    "cancelled": (403, _("You broke off, or the directory did not let you in."), _TRY_AGAIN),
    "again": (
        403,
        _("This way in was used before, belongs to another browser, or took longer than ten minutes."),
        _TRY_AGAIN,
    ),
    "unverified": (
        403,
        _("The directory does not vouch for an e-mail address of yours."),
        _("Ask the administrators of the directory."),
    ),
    "elsewhere": (
        403,
        _("This directory does not speak for your e-mail address."),
        _("Sign in with your password, or ask the head of your office."),
    ),
    "unknown": (
        403,
        _("The directory knows you, but you are not a member of a cooperation office."),
        _("The head of the office can invite you, at the e-mail address by which the directory knows you."),
    ),
    "invited": (
        403,
        _("You are invited, but have not accepted yet."),
        _("Open the letter in your mailbox and follow its link."),
    ),
    "left": (403, _("You are no longer a member of a cooperation office."), _ASK),
    "taken": (
        403,
        _("In the directory, the account with your e-mail address belongs to somebody else."),
        _("If it is yours, the head of your office can reset your sign-in; then the directory opens it."),
    ),
    "only": (
        403,
        _("This account is opened by the directory of the city alone."),
        _("On the page for signing in, choose the button of the directory."),
    ),
}
_LANGUAGE = "directory_language"


@public("Whoever is known to the city's directory signs in with it.")
@never_cache
@require_GET
def start(request: Any) -> HttpResponse:
    if not settings.DIRECTORY.issuer:
        raise Http404
    request.session[_LANGUAGE] = request.LANGUAGE_CODE
    try:
        return directory.lead_away(
            request, back_to=get_next_redirect_url(request), token=request.GET.get("invitation", "")[:200],
            language=request.LANGUAGE_CODE,
        )  # fmt: skip
    except directory.BROKEN as fault:
        return _broken(fault)


@public("The directory leads people back here; what it says is the proof.")
@never_cache
@require_GET
def back(request: Any, provider_id: str) -> HttpResponse:
    if not settings.DIRECTORY.issuer:
        raise Http404
    request.LANGUAGE_CODE = request.session.get(_LANGUAGE, settings.LANGUAGE_CODE)
    with translation.override(request.LANGUAGE_CODE):
        try:
            return directory.come_back(request)
        except directory.BROKEN as fault:
            return _broken(fault)


@public("Whoever is not let in learns why; the page says nothing about anybody.")
@require_GET
def closed(request: Any, why: str) -> HttpResponse:
    if why not in CLOSED:
        raise Http404
    status, heading, advice = CLOSED[why]
    context = {"heading": heading, "advice": advice}
    return render(request, "people/directory_closed.html", context, status=status)


def _broken(fault: Exception) -> HttpResponse:
    why = directory.why_of(fault)
    directory.log.warning(
        "signing in with the directory ended: %s (%s: %s)", why, type(fault).__name__, directory.line(fault)
    )
    return redirect("people_directory_closed", why)

"""One's own calendar and digest, and what an office sets about reminders."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kembar.access.permissions import Permission
from kembar.lib.calendars import MEDIA_TYPE
from kembar.people.queries import actor
from kembar.reminders import actions, preview, queries
from kembar.reminders.calendar import file
from kembar.reminders.forms import EveryForm, LimitsForm
from kembar.reminders.states import Every
from kembar.web.entry import actor_of, needs, public, signed_in

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@signed_in("One's own calendar.")
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/calendar.html", {"there": queries.address_of(actor_of(request)), "address": ""})


@signed_in("One's own calendar.")
@never_cache
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    token = actions.open_calendar(by=actor_of(request))
    address = settings.KEMBAR_SITE_ADDRESS + reverse("reminders:file", args=[token])
    context = {"there": None, "address": address, "subscription": f"webcal://{address.partition('://')[2]}"}
    return render(request, "reminders/calendar.html", context)


@signed_in("One's own calendar.")
@require_POST
def withdrawn(request: HttpRequest) -> HttpResponse:
    actions.withdraw_calendar(by=actor_of(request))
    return redirect("reminders:calendar")


@public("Calendar programs cannot sign in; whoever holds the secret address reads the calendar, and may withdraw it.")
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        content = file(queries.account_at(token))
    except queries.NoSuchCalendar:
        raise Http404 from None
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    answer = HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@signed_in("One's own digest.")
@never_cache
@form_methods
def digest(request: Any) -> HttpResponse:
    by = actor_of(request)
    history = queries.history_of(by)
    form = EveryForm(request.POST if request.method == "POST" else None, initial={"every": history.every})
    if form.is_valid():
        actions.choose(form.cleaned_data["every"], by=by)
        return redirect(f"{reverse('reminders:digest')}?saved=1")
    context = {"form": form, "history": history, "next": preview.next_of(request.account, history),
               "letters": preview.letters_of(by), "person": request.account,
               "saved": "saved" in request.GET}  # fmt: skip
    return render(request, "reminders/digest.html", context)


@signed_in("One's own digest, as it would read now.")
@never_cache
@require_safe
def digest_preview(request: Any) -> HttpResponse:
    by = actor_of(request)
    history = queries.history_of(by)
    context = {"told": preview.digest_now(request.account, by, history), "person": request.account,
               "next": preview.next_of(request.account, history), "offices": bool(by.roles)}  # fmt: skip
    return render(request, "reminders/preview.html", context)


@csrf_exempt
@public("The signed link in a letter is the proof; mail programs follow it for their reader, without signing in.")
@never_cache
@form_methods
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ends somebody's digests with one click (RFC 8058)."""
    try:
        account = queries.account_of_link(token)
    except queries.NoSuchLink:
        raise Http404 from None
    if request.method == "POST":
        actions.choose(Every.NEVER, by=actor(account, with_rights=False))
    return render(request, "reminders/leave.html", {"done": request.method == "POST"})


@needs(Permission.SET_REMINDERS)
@form_methods
def limits(request: Any, office: str) -> HttpResponse:
    form = LimitsForm(request.POST or None, initial=LimitsForm.start(queries.limits_of(request.office.pk)))
    if form.is_valid():
        try:
            actions.set_limits(request.office, by=actor_of(request), limits=form.limits)
        except actions.WrongChoice as wrong:
            form.add_error(wrong.field, _("This cannot be kept. Choose something else."))
        else:
            return redirect(f"{reverse('reminders:limits', args=[office])}?saved=1")
    context = {"form": form, "office": preview.named(request.office), "saved": "saved" in request.GET}
    return render(request, "reminders/limits.html", context)

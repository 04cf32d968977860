"""One's own calendar: the page that makes its address, and the file behind the address."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kembar.lib.calendars import MEDIA_TYPE
from kembar.reminders import actions, queries
from kembar.reminders.calendar import file
from kembar.web.entry import actor_of, public, signed_in


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

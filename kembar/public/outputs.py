"""What other programs read of the public register: feeds, a calendar, a map of the site, cards for other sites."""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from kembar.agreements import queries as agreements
from kembar.lib.calendars import MEDIA_TYPE
from kembar.public import cards, following, pages, places, sitemap
from kembar.public import expiring as calendar
from kembar.public import feed as feeds
from kembar.public import register as registers
from kembar.public.cache import kept
from kembar.public.day import AskedDay, asked_day
from kembar.public.views import OPEN, PROMISED, file_of, reading_or_404
from kembar.web.downloads import download
from kembar.web.entry import public

_ATOM = "application/atom+xml; charset=utf-8"
# A card is made to stand in other sites' pages; nothing else of Kembar may.
_IN_OTHER_PAGES: dict[str, Any] = {
    "frame-ancestors": ["*"],
    **dict.fromkeys(["script-src", "connect-src", "form-action"], [NONE]),
}


@public(OPEN)
@require_safe
@kept
def feed(request: HttpRequest, office: str) -> HttpResponse:
    found = reading_or_404(request)
    title, page = registers.heading(found.office), pages.register_address(found.office)
    text = feeds.as_atom(feeds.entries(found), found, key="register", title=title, page=page, own=request.path)
    return HttpResponse(text, content_type=_ATOM)


@public(OPEN)
@require_safe
@kept
def partner_feed(request: HttpRequest, office: str, partner: str) -> HttpResponseBase:
    found = reading_or_404(request)
    file = file_of(found, partner)
    if file.slug != partner:
        return redirect("public:partner-feed", office=office, partner=file.slug)
    title = f"{places.partner_name(file)} · {found.office.name}"
    page = registers.partner_address(found.office, file.slug)
    told = feeds.entries(found, partnership=file)
    return HttpResponse(
        feeds.as_atom(told, found, key=file.key, title=title, page=page, own=request.path), content_type=_ATOM
    )


@public(OPEN)
@require_safe
@kept
def expiring(request: HttpRequest, office: str) -> HttpResponse:
    return HttpResponse(calendar.file(reading_or_404(request)), content_type=MEDIA_TYPE)


@public(OPEN)
@require_safe
def timeline_file(request: HttpRequest, office: str, partner: str, extension: str) -> HttpResponseBase:
    found = reading_or_404(request)
    day = asked_day(request.GET, today=found.today, path=request.path)
    file = file_of(found, partner)
    rows = cards.moments(agreements.sheet(file, on=day.on), day)
    name = (found.office.slug, file.slug, day.on.isoformat())
    return download(cards.columns(), rows, extension=extension, name=name, sheet=gettext("Timeline"))


@public(OPEN)
@require_safe
@xframe_options_exempt
@csp_replace(_IN_OTHER_PAGES)
@kept
def register_card(request: HttpRequest, office: str) -> HttpResponse:
    found = reading_or_404(request)
    path = pages.register_address(found.office)
    asked = registers.read(request.GET, found, path=path)
    return render(request, "public/register_card.html", cards.register_card(found, asked))


@public(OPEN)
@require_safe
@xframe_options_exempt
@csp_replace(_IN_OTHER_PAGES)
@kept
def partner_card(request: HttpRequest, office: str, partner: str) -> HttpResponseBase:
    found = reading_or_404(request)
    file = file_of(found, partner)
    if file.slug != partner:
        return redirect("public:partner-card", office=office, partner=file.slug)
    day = asked_day(request.GET, today=found.today, path=request.path)
    sheet = agreements.sheet(file, on=day.on)
    return render(request, "public/partner_card.html", cards.partner_card(found, sheet, day))


@public(PROMISED)
@require_safe
@kept
def promises_feed(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    found = reading_or_404(request)
    file = file_of(found, partner)
    text = feeds.as_atom(
        following.entries(found, file), found, key=f"{file.key}:promises", title=following.heading(found, file),
        page=following.address(found, file), own=request.path,
    )  # fmt: skip
    return HttpResponse(text, content_type=_ATOM)


@public(PROMISED)
@require_safe
@kept
def promises_calendar(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    found = reading_or_404(request)
    return HttpResponse(following.calendar(found, file_of(found, partner)), content_type=MEDIA_TYPE)


@public(PROMISED)
@require_safe
@kept
def promises_text(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    found = reading_or_404(request)
    file = file_of(found, partner)
    text = following.short_text(found, file, following.lines(found, file))
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")


@public(PROMISED)
@require_safe
@xframe_options_exempt
@csp_replace(_IN_OTHER_PAGES)
@kept
def promises_card(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    found = reading_or_404(request)
    file = file_of(found, partner)
    today = AskedDay(on=found.today, today=found.today, path=request.path)
    return render(request, "public/promises_card.html", following.card(found, file, today))


@public(OPEN)
@require_safe
@kept
def office_sitemap(request: HttpRequest, office: str) -> HttpResponse:
    part = request.GET.get("part", "1")
    told = sitemap.pages(reading_or_404(request), part=int(part) if part.isdecimal() and len(part) < 6 else 0)
    if told is None:
        raise Http404
    return render(request, "public/sitemap.xml", {"pages": told}, content_type="application/xml")


@public("Search engines are told which pages there are; all of them are public.")
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return render(request, "public/sitemaps.xml", {"files": sitemap.files()}, content_type="application/xml")


@public("Search engines are told what not to walk through.")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"site_address": settings.KEMBAR_SITE_ADDRESS}
    return render(request, "public/robots.txt", context, content_type="text/plain; charset=utf-8")

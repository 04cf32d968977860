"""The public pages. Each reads the address, asks once, and hands over to a template."""

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kembar.agreements import queries as agreements
from kembar.partnerships import queries as partnerships
from kembar.public import exports, following, pages, places, world
from kembar.public import promises as promised
from kembar.public import register as registers
from kembar.public.cache import kept
from kembar.public.day import asked_day
from kembar.public.office import Reading, reading
from kembar.web.downloads import download as as_file
from kembar.web.entry import public

OPEN = "The register of a city's cooperation is public record."
PROMISED = "What an office has promised and accepted as its own is for everyone to follow."


def reading_or_404(request: HttpRequest) -> Reading:
    found = reading(request)
    if found is None:
        raise Http404
    return found


def file_of(found: Reading, slug: str) -> partnerships.Partnership:
    try:
        return partnerships.file(slug, office_id=found.office.id)
    except partnerships.NoSuchPartnership:
        raise Http404 from None


@public(OPEN)
@require_safe
@kept
def home(request: HttpRequest) -> HttpResponse:
    found = reading(request)
    if found is None:
        return render(request, "public/no_office.html", pages.no_office())
    return render(request, "public/register.html", pages.register_page(request, found))


@public(OPEN)
@require_safe
@kept
def register(request: HttpRequest, office: str) -> HttpResponseBase:
    found = reading_or_404(request)
    if found.office.is_home:
        query = request.META.get("QUERY_STRING", "")
        return redirect(pages.register_address(found.office) + (f"?{query}" if query else ""))
    return render(request, "public/register.html", pages.register_page(request, found))


@public(OPEN)
@require_safe
def download(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    found = reading_or_404(request)
    asked = registers.read(request.GET, found, path=pages.register_address(found.office))
    rows = registers.everything(found.office, asked)
    return as_file(
        exports.columns(site_address=settings.KEMBAR_SITE_ADDRESS),
        rows,
        extension=extension,
        name=(found.office.slug, "register", asked.day.on.isoformat()),
        sheet=registers.heading(found.office),
    )


@public(OPEN)
@require_safe
@kept
def partner(request: HttpRequest, office: str, partner: str) -> HttpResponseBase:
    found = reading_or_404(request)
    day = asked_day(request.GET, today=found.today, path=request.path)
    file = file_of(found, partner)
    if file.slug != partner:
        return redirect(registers.partner_address(found.office, file.slug) + day.suffix)
    sheet = agreements.sheet(file, on=day.on)
    return render(request, "public/partner.html", pages.partner_page(request, found, sheet, day))


@public(PROMISED)
@require_safe
@kept
def promises(request: HttpRequest, office: str, partner: str) -> HttpResponseBase:
    found = reading_or_404(request)
    file = file_of(found, partner)
    if file.slug != partner:
        return redirect("public:promises", office=office, partner=file.slug)
    return render(request, "public/promises.html", pages.promises_page(request, found, file))


@public(PROMISED)
@require_safe
def promises_file(request: HttpRequest, office: str, partner: str, extension: str) -> HttpResponseBase:
    found = reading_or_404(request)
    file = file_of(found, partner)
    title = (gettext("Promises"), places.partner_name(file), found.today.isoformat())
    page = settings.KEMBAR_SITE_ADDRESS + following.address(found, file)
    return as_file(promised.columns(page=page), following.lines(found, file), extension=extension, name=title)


@public(OPEN)
@require_safe
@csp_exempt()  # a picture; its colours stand in it, since a picture can load no sheet
@kept
def marks(request: HttpRequest, office: str) -> HttpResponse:
    found = reading_or_404(request)
    day = asked_day(request.GET, today=found.today, path=request.path)
    return HttpResponse(world.drawing(found.office, on=day.on), content_type="image/svg+xml")


@public(OPEN)
@require_safe
@kept
def how_many(request: HttpRequest, office: str) -> HttpResponse:
    found = reading_or_404(request)
    day = asked_day(request.GET, today=found.today, path=request.path)
    return render(request, "public/how_many.html", pages.how_many(request, found, day))


@public(OPEN)
@require_safe
@kept
def about(request: HttpRequest, office: str) -> HttpResponse:
    found = reading_or_404(request)
    return render(request, "public/about.html", pages.about(request, found))

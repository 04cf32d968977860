"""A visitor reports an error on a public page and comes back for the answer, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import ANONYMOUS
from kembar.partnerships import queries as partnerships
from kembar.public import pages
from kembar.public.forms import ReportForm
from kembar.public.office import Reading, reading
from kembar.sources import actions
from kembar.sources import queries as sources
from kembar.web.addresses import split
from kembar.web.entry import public

OPEN = "Whoever reads the register may say what is wrong in it."


def _reading(request: HttpRequest) -> Reading:
    found = reading(request)
    if found is None:
        raise Http404
    return found


@public(OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, office: str) -> HttpResponseBase:
    found = _reading(request)
    form = ReportForm(request.POST or None, initial={"page": request.GET.get("page", "")[:300]})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and not form.cleaned_data["website"]:
            try:
                token = _keep(request, form, found)
            except actions.TooManyReports:
                form.add_error(None, gettext("Several reports came from here within the hour. Please try again later."))
                status = 429
            else:
                return redirect("public:report-answer", office, token)
    context = {**pages.frame(request, found, here=""), "form": form}
    return render(request, "public/report.html", context, status=status)


def _keep(request: HttpRequest, form: ReportForm, found: Reading) -> str:
    page = form.cleaned_data["page"]
    kept = actions.report_error(
        by=ANONYMOUS,
        office_id=found.office.id,
        page=page,
        text=form.cleaned_data["text"],
        language=get_language() or "",
        sender=str(request.META.get("REMOTE_ADDR", "")),
        about=_file_key(page, found),
    )
    return kept.token


def _file_key(page: str, found: Reading) -> str:
    """The file that a partner's page, or its promises, is about; "" for other pages."""
    parts = split(page.partition("#")[0].partition("?")[0])[1].strip("/").split("/")
    if len(parts) not in (3, 4) or parts[:2] != [found.office.slug, "partners"] or parts[3:] not in ([], ["promises"]):
        return ""
    try:
        return partnerships.file(parts[2], office_id=found.office.id).key
    except partnerships.NoSuchPartnership:
        return ""


@public(OPEN)
@never_cache
@require_safe
def answer(request: HttpRequest, office: str, token: str) -> HttpResponse:
    found = _reading(request)
    try:
        kept = sources.report_by_token(token, office_id=found.office.id)
    except sources.NoSuchReport:
        raise Http404 from None
    context = {
        **pages.frame(request, found, here=""),
        "report": kept,
        "outcome": kept.get_outcome_display(),
        "address": request.build_absolute_uri(reverse("public:report-answer", args=[office, token])),
    }
    return render(request, "public/report_answer.html", context)

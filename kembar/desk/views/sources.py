"""Sources, what they say, what the office holds of it, and what visitors found wrong."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.agreements import actions as agreements
from kembar.desk import feeding, named
from kembar.desk.forms.decision import AnswerForm, DecideForm
from kembar.desk.forms.record import MergeForm
from kembar.desk.forms.source import DocumentForm, held_of
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.saving import Attempt, attempt, reopen, versions
from kembar.desk.taking import exports_of
from kembar.desk.today import ENTERED, is_mine
from kembar.desk.words import partner_name
from kembar.partnerships.queries import attachments_behind
from kembar.sources import actions, queries
from kembar.sources.states import Confidence, Decision, DocumentKind, Outcome
from kembar.web import lists
from kembar.web.downloads import addresses_of
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]
CLAIMS = lists.ListPage(
    filters=[
        lists.Filter("decision", gettext_lazy("Decision"), [lists.Choice(*one) for one in Decision.choices]),
        lists.Filter("confidence", gettext_lazy("Confidence"), [lists.Choice(*one) for one in Confidence.choices]),
        ENTERED,
    ],
)
DOCUMENTS = lists.ListPage(
    filters=[
        lists.Filter("kind", gettext_lazy("Kind of source"), [lists.Choice(*one) for one in DocumentKind.choices])
    ],
    sorts=[lists.Sort("title", gettext_lazy("Title")), lists.Sort("claims", gettext_lazy("Statements"))],
    default_sort="title",
)
REPORTS = lists.ListPage(
    filters=[lists.Filter("outcome", gettext_lazy("Outcome"), [lists.Choice(*one) for one in Outcome.choices])],
    search=False,
)


@needs(Permission.READ_DESK)
@require_safe
def claims(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = CLAIMS.read(request.GET, path=request.path)
    asked = queries.claims_asked(
        place.id,
        search=listing.search,
        decision=listing.chosen.get("decision", ""),
        confidence=listing.chosen.get("confidence", ""),
        entered_by=place.actor.person_id if "whose" in listing.chosen else None,
    )
    found = queries.page_of_claims(asked, bounds=listing.bounds)
    page = listing.page(named.claim_lines([said for said, _ in found], [about for _, about in found], place))
    context = lists.context(listing, page, office=place, place=place, claims=page.items, wide=True,
                            exports=exports_of(listing, "claims", place))  # fmt: skip
    return render(request, "desk/claims.html", context)


@needs(Permission.READ_DESK)
@require_safe
def contradictions(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    mine = is_mine(request.GET, path=request.path)
    groups = queries.disputed(place.id, entered_by=place.actor.person_id if mine else None)
    abouts = queries.files_of_subjects({subject for subject, _ in groups}, office_id=place.id)
    context = {"office": place, "place": place, "disputes": named.disputes(groups, abouts, place), "wide": True,
               "mine": mine}  # fmt: skip
    return render(request, "desk/contradictions.html", context)


@needs(Permission.DECIDE_CLAIMS)
@require_http_methods(FORM)
def decide(request: HttpRequest, office: str, claim: int) -> HttpResponse:
    """The office's decision on one claim, beside everything else that is said on the same thing."""
    place = place_of(request)
    try:
        row = queries.claim(claim, office_id=place.id)
    except queries.NoSuchClaim:
        raise Http404 from None
    beside = [said for said in queries.claims_on(row.subject, office_id=place.id) if said.attribute == row.attribute]
    form = DecideForm(request.POST or None, held=row, seen=queries.seen(beside))
    done = Attempt()
    if request.method == "POST":
        done = attempt(form, lambda: form.decide(row, by=place.actor, now=queries.seen(beside)))
    link = named.file_links([row.about], place).get(row.about)
    if done.saved:
        return redirect(f"{link.href}?saved=1#said" if link else reverse("desk:claims", kwargs={"office": office}))
    lines = named.claim_lines(beside, [row.about] * len(beside), place)
    if done.overtaken:
        reopen(form, queries.seen(beside))
    context = {"office": place, "place": place, "form": form, "done": done, "claims": lines, "link": link,
               "claim": next(line for line in lines if line.id == row.pk)}  # fmt: skip
    return render(request, "desk/decide.html", context)


@needs(Permission.READ_DESK)
@require_safe
def documents(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = DOCUMENTS.read(request.GET, path=request.path)
    rows = queries.documents_asked(
        place.id, search=listing.search, kind=listing.chosen.get("kind", ""), sort=listing.sort
    )
    page = listing.page(list(rows[listing.bounds]))
    exports = exports_of(listing, "documents", place)
    context = lists.context(listing, page, office=place, place=place, wide=True, exports=exports)
    return render(request, "desk/documents.html", context)


@needs(Permission.READ_DESK)
@require_safe
def feeding_file(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    """Which sources feed a partner's file: what was taken from each, refused, or waits."""
    place = place_of(request)
    file = file_or_404(place, partner)
    listing = feeding.listing(request.GET, path=request.path)
    items = feeding.everything(file, place)
    page = listing.cut(feeding.fed_by(items, place, asked=listing))
    exports = addresses_of("desk:file-sources-file", listing.query, office=office, partner=file.slug)
    context = lists.context(listing, page, office=place, place=place, file=file, name=partner_name(file),
                            tiles=feeding.tiles(items, request.path), wide=True,
                            exports=exports)  # fmt: skip
    return render(request, "desk/feeding.html", context)


@needs(Permission.READ_DESK)
@require_safe
def feeding_export(request: HttpRequest, office: str, partner: str, extension: str) -> HttpResponseBase:
    """What the page shows, every source of it."""
    place = place_of(request)
    file = file_or_404(place, partner)
    listing = feeding.listing(request.GET, path=reverse("desk:file-sources", args=[office, file.slug]))
    rows = feeding.told(feeding.fed_by(feeding.everything(file, place), place, asked=listing))
    name = (gettext("Sources"), file.slug, place.today.isoformat())
    return as_file(feeding.columns(site=settings.KEMBAR_SITE_ADDRESS), rows, extension=extension, name=name)


def _document(place: Place, number: int) -> queries.Document:
    try:
        return queries.document(number, office_id=place.id)
    except queries.NoSuchDocument:
        raise Http404 from None


@needs(Permission.READ_DESK)
@require_safe
def document(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    row = _document(place, number)
    found = queries.page_of_claims(queries.claims_asked(place.id, document=row.pk), bounds=slice(0, 500))
    lines = named.claim_lines([said for said, _ in found], [about for _, about in found], place)
    context = {"office": place, "place": place, "document": row, "claims": lines, "saved": "saved" in request.GET,
               "files": attachments_behind(row.pk, office_id=place.id)}  # fmt: skip
    return render(request, "desk/document.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def correct_document(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    row = _document(place, number)
    form = DocumentForm(request.POST or None, initial=held_of(row))

    def save() -> None:
        opened_with = form.cleaned_data["opened_with"]
        actions.correct_document(row, by=place.actor, facts=form.facts(), opened_with=opened_with)

    done = attempt(form, save) if request.method == "POST" else Attempt()
    if done.saved:
        return redirect(f"{reverse('desk:document', kwargs={'office': office, 'number': row.pk})}?saved=1")
    rows: list[tuple[str, str, str]] = []
    if done.overtaken:
        now = held_of(_document(place, number))
        rows = versions(form, now)
        reopen(form, now["opened_with"], now)
    context = {"office": place, "place": place, "form": form, "document": row, "done": done, "rows": rows}
    return render(request, "desk/correct_document.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def merge_document(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    row = _document(place, number)
    others = [(str(pk), title) for pk, title in queries.document_choices(place.id) if pk != row.pk]
    form = MergeForm(request.POST or None, others=others)
    form.fields.pop("reason")

    def join() -> None:
        agreements.merge_documents(row, into=_document(place, int(form.cleaned_data["into"])), by=place.actor)

    if request.method == "POST" and attempt(form, join).saved:
        target = reverse("desk:document", kwargs={"office": office, "number": int(form.cleaned_data["into"])})
        return redirect(f"{target}?saved=1")
    context = {"office": place, "place": place, "form": form, "what": row.title, "file": None}
    return render(request, "desk/merge.html", context)


@needs(Permission.READ_DESK)
@require_safe
def reports(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = REPORTS.read(request.GET, path=request.path)
    rows = queries.reports_of(place.id, outcome=listing.chosen.get("outcome", ""))
    page = listing.page(list(rows[listing.bounds]))
    promises = named.promise_links(page.items, place)
    lines = [(report, promises.get(report.pk)) for report in page.items]
    context = lists.context(listing, page, office=place, place=place, lines=lines,
                            exports=exports_of(listing, "reports", place))  # fmt: skip
    return render(request, "desk/reports.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def answer(request: HttpRequest, office: str, number: int) -> HttpResponse:
    place = place_of(request)
    try:
        report = queries.report(number, office_id=place.id)
    except queries.NoSuchReport:
        raise Http404 from None
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        done = attempt(form, lambda: actions.answer_report(report, by=place.actor, **form.cleaned_data))
        if done.saved:
            return redirect("desk:reports", office=office)
    link = named.file_links([report.about], place).get(report.about)
    context = {"office": place, "place": place, "form": form, "report": report, "link": link,
               "promise": named.promise_links([report], place).get(report.pk)}  # fmt: skip
    return render(request, "desk/answer.html", context)

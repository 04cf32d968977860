"""The ledger of promises: list, board and calendar of one query, its files, and one change to many of them."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.desk import ledger as shown
from kembar.desk import many
from kembar.desk.forms.many import ManyForm
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.place import Place, place_of
from kembar.desk.promises import keeper_choices, rows_of
from kembar.web import lists
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs
from kembar.web.queries import views_of


def _around(place: Place, listing: lists.Listing, *, here: str) -> dict[str, object]:
    """What every view of the ledger has around it."""
    return {
        "office": place, "place": place, "wide": True, "listing": listing, "here": here,
        "exports": shown.exports(listing, place), "tabs": shown.ways(listing, place, here=here),
        "views": views_of("commitments", by=place.actor, office_id=place.id),
        "form": SaveViewForm(initial={"query": listing.query, "page": here}),
    }  # fmt: skip


@needs(Permission.READ_DESK)
@require_safe
def ledger(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = shown.listing(request.GET, place=place, path=request.path)
    page = listing.page(shown.page(place, listing))
    context = _around(place, listing, here="commitments") | lists.context(listing, page)
    context |= {"total": shown.counted(place, listing), "all_here": many.address(page.items, place, listing)}
    return render(request, "desk/promises.html", context)


@needs(Permission.READ_DESK)
@require_safe
def board(request: HttpRequest, office: str) -> HttpResponse:
    """The same promises by state."""
    place = place_of(request)
    listing = shown.listing(request.GET, place=place, path=request.path)
    columns = shown.board(place, listing)
    context = _around(place, listing, here="commitments-board")
    context |= {"columns": columns, "total": sum(column.number for column in columns)}
    return render(request, "desk/promises_board.html", context)


@needs(Permission.READ_DESK)
@require_safe
def calendar(request: HttpRequest, office: str) -> HttpResponse:
    """The same promises by the day on which, or the time in which, they fall due."""
    place = place_of(request)
    listing = shown.listing(request.GET, place=place, path=request.path)
    month = shown.month(place, listing)
    context = _around(place, listing, here="commitments-calendar")
    context |= {"month": month, "total": month.number, "exports": shown.exports(listing, place, of_month=month.code)}
    return render(request, "desk/promises_calendar.html", context)


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    """What the list shows, every page of it."""
    place = place_of(request)
    path = reverse("desk:commitments", kwargs={"office": office})
    listing = shown.listing(request.GET, place=place, path=path)
    rows = rows_of(shown.asked(place, listing), place)
    name = (gettext("Promises"), office, place.today.isoformat())
    return as_file(shown.columns(), rows, extension=extension, name=name)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, office: str) -> HttpResponse:
    """Owner, deputy, due day or the next step of all that were chosen; each is answered."""
    place = place_of(request)
    given = request.POST if request.method == "POST" else request.GET
    path = reverse("desk:commitments", kwargs={"office": office})
    listing = shown.listing(QueryDict(given.get("list", "")), place=place, path=path)
    seen = many.chosen(given, back=listing.href)
    form = ManyForm(request.POST or None, keepers=keeper_choices(place), initial={})
    done = many.attempt(form, seen, place) if request.method == "POST" else many.Done()
    context = {"office": place, "place": place, "listing": listing, "form": form, "done": done,
               "rows": many.rows(seen, done, place), "codes": None}  # fmt: skip
    return render(request, "desk/many.html", context)

"""Today, the list of partners, what changed."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.agreements.queries import due
from kembar.desk import register
from kembar.desk import today as shown
from kembar.desk.cases import longest_waiting
from kembar.desk.forms.partner import PartnerForm, open_partner
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.named import changes_asked, history_lines
from kembar.desk.place import place_of
from kembar.desk.saving import Attempt, attempt, confirmed
from kembar.desk.taking import exports_of
from kembar.web import lists
from kembar.web.downloads import addresses_of
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs
from kembar.web.queries import views_of

CHANGES = lists.ListPage(
    filters=[
        lists.Filter(
            "who",
            gettext_lazy("By whom"),
            [lists.Choice("mine", gettext_lazy("by me")), lists.Choice("others", gettext_lazy("by colleagues"))],
        )
    ],
    search=False,
)


@needs(Permission.READ_DESK)
@require_safe
def today(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    context = {"office": place, "place": place, "wide": True, "left": [], "waiting": []}
    mine = shown.is_mine(request.GET, path=request.path)
    if mine:
        context |= {"due": shown.own_due(place), "due_more": 0, "counts": shown.own_counts(place)}
    else:
        pressing, left = due(place.id, on=place.today), shown.left_behind(place)
        context |= {"waiting": longest_waiting(place, shown.MOST_WAITING)}
        context |= {"due": shown.office_due(pressing, place), "counts": shown.office_counts(place, len(pressing), left),
                    "left": left if shown.is_head(place) else [],
                    "due_more": len(pressing) if len(pressing) > shown.MOST_DUE else 0}  # fmt: skip
    return render(request, "desk/today.html", context | {"mine": mine, "history": shown.deeds(place, mine=mine)})


@needs(Permission.READ_DESK)
@require_safe
def partners(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = register.read(request.GET, path=request.path)
    page = listing.cut(register.rows_of(place, listing))
    exports = addresses_of("desk:partners-file", listing.query, office=office)
    views = views_of("partners", by=place.actor, office_id=place.id)
    form = SaveViewForm(initial={"query": listing.query, "page": "partners"})
    context = lists.context(listing, page, office=place, place=place, wide=True, exports=exports)
    context |= {"views": views, "form": form}
    return render(request, "desk/partners.html", context)


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    """What the list shows, every page of it."""
    place = place_of(request)
    listing = register.read(request.GET, path=reverse("desk:partners", kwargs={"office": office}))
    rows = register.rows_of(place, listing)
    name = (gettext("Partners"), office, place.today.isoformat())
    return as_file(register.columns(), rows, extension=extension, name=name)


@needs(Permission.READ_DESK)
@require_safe
def changes(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = CHANGES.read(request.GET, path=request.path)
    page = listing.page(history_lines(changes_asked(listing, place)[listing.bounds], place))
    context = lists.context(listing, page, office=place, place=place, history=page.items,
                            exports=exports_of(listing, "changes", place))  # fmt: skip
    return render(request, "desk/changes.html", context)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def open_file(request: HttpRequest, office: str) -> HttpResponse:
    """A new partner: found by name in any script, with the decision why and by whom."""
    place = place_of(request)
    form = PartnerForm(request.POST or request.GET or None, place=place)
    done = Attempt()
    if request.method == "POST":
        done = attempt(form, lambda: open_partner(form, place, confirmed(request.POST)))
    if done.saved:
        return redirect(f"{reverse('desk:partner', kwargs={'office': office, 'partner': form.opened})}?saved=1")
    context = {"office": place, "place": place, "form": form, "done": done, "asked": bool(form.name_asked)}
    return render(request, "desk/new_partner.html", context)

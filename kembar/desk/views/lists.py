"""Today, the list of partners, what changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.agreements.queries import due
from kembar.commitments.queries import how_many as promises_in
from kembar.desk import register
from kembar.desk.forms.partner import PartnerForm, open_partner
from kembar.desk.forms.view import SaveViewForm
from kembar.desk.history import FOLLOWED
from kembar.desk.named import history_lines
from kembar.desk.partner_file import due_words, is_urgent
from kembar.desk.place import Place, place_of
from kembar.desk.saving import Attempt, attempt, confirmed
from kembar.desk.words import partner_name
from kembar.intake import queries as intake
from kembar.journal.queries import Entry, of_office
from kembar.sources import queries as sources
from kembar.web import lists
from kembar.web.downloads import download as as_file
from kembar.web.entry import needs
from kembar.web.queries import views_of

MOST_DUE = 12
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


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that opens the list it counts."""

    number: int
    label: str
    href: str


@needs(Permission.READ_DESK)
@require_safe
def today(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    pressing = due(place.id, on=place.today)
    due_lines = [
        {
            "name": partner_name(item.span.partnership),
            "href": reverse("desk:partner", kwargs={"office": office, "partner": item.span.partnership.slug}),
            "text": due_words(item.due),
            "urgent": is_urgent(item.due),
        }
        for item in pressing[:MOST_DUE]
    ]
    context = {"office": place, "place": place, "due": due_lines, "wide": True, "counts": _counts(place, len(pressing)),
               "due_more": len(pressing) if len(pressing) > MOST_DUE else 0,
               "history": history_lines(_deeds(place), place)}  # fmt: skip
    return render(request, "desk/today.html", context)


def _deeds(place: Place) -> list[Entry]:
    """The newest deeds of people; what followed from them by itself is left to the list of changes."""
    return [entry for entry in of_office(place.id, people_only=True)[:60] if entry.verb not in FOLLOWED][:15]


def _counts(place: Place, pressing: int) -> list[Count]:
    def to(name: str, query: str = "") -> str:
        return reverse(f"desk:{name}", kwargs={"office": place.slug}) + query

    drafts = Count(intake.waiting(place.id), gettext("drafts from texts to decide"),
                   reverse("intake:texts", kwargs={"office": place.slug}) + "?state=waiting")  # fmt: skip
    return [
        *([drafts] if place.may_keep else []),
        Count(pressing, gettext("partners where something presses"), to("partners", "?due=any")),
        Count(len(sources.disputed(place.id)), gettext("disagreements to decide"), to("contradictions")),
        Count(sources.waiting_claims(place.id), gettext("statements to decide"), to("claims", "?decision=open")),
        Count(promises_in(place.id, state="claimed", on=place.today), gettext("promises to accept"),
              to("commitments", "?state=claimed")),
        Count(promises_in(place.id, state="overdue", on=place.today), gettext("promises overdue"),
              to("commitments", "?state=overdue")),
        Count(sources.waiting_reports(place.id), gettext("reports to answer"), to("reports", "?outcome=open")),
    ]  # fmt: skip


@needs(Permission.READ_DESK)
@require_safe
def partners(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    listing = register.read(request.GET, path=request.path)
    page = listing.cut(register.rows_of(place, listing))
    exports = [
        (extension.upper(), reverse(f"desk:export-{extension}", kwargs={"office": office}) + f"?{listing.query}")
        for extension in ("csv", "xlsx", "json")
    ]
    views = views_of("partners", by=place.actor, office_id=place.id)
    form = SaveViewForm(initial={"query": listing.query})
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
    who = listing.chosen.get("who", "")
    entries = of_office(place.id, by=place.actor.person_id if who else None, others=who == "others")
    page = listing.page(history_lines(entries[listing.bounds], place))
    context = lists.context(listing, page, office=place, place=place, history=page.items)
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

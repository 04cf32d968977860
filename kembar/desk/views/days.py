"""Working days: what an office's calendars know, days of its own, and the recesses of its council."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kembar.access.permissions import Permission
from kembar.desk import cases, waiting
from kembar.desk.forms.days import DayForm, RecessForm, WithdrawForm
from kembar.desk.place import Place, place_of
from kembar.procedure import actions
from kembar.procedure.queries.calendars import recess as recess_of
from kembar.procedure.queries.calendars import recesses
from kembar.procedure.queries.cases import days_off
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def days(request: HttpRequest, office: str) -> HttpResponse:
    """The days on which the calendar of a country differs for this office."""
    place = place_of(request)
    form = DayForm(request.POST or None, countries=waiting.countries_of(place))

    def act() -> None:
        given = form.cleaned_data
        actions.set_day(place.office, by=place.actor, day=given["day"], works=given["works"], name=given["name"],
                        country=given["country"])  # fmt: skip

    if request.method == "POST" and cases.attempt(form, act).saved:
        return _back(office)
    return _page(request, place, form=form)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def recess(request: HttpRequest, office: str) -> HttpResponse:
    """The council does not meet on these days."""
    place = place_of(request)
    form = RecessForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        actions.set_recess(place.office, by=place.actor, name=given["name"], source=given["source"], **form.span)

    if request.method == "POST" and cases.attempt(form, act).saved:
        return _back(office)
    return _page(request, place, recess_form=form)


@needs(Permission.MOVE_CASES)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """A recess that was wrong, or moved."""
    place = place_of(request)
    found = recess_of(number, office_id=place.id)
    if found is None:
        raise Http404
    form = WithdrawForm(request.POST or None)

    def act() -> None:
        actions.withdraw_recess(found, by=place.actor, reason=form.cleaned_data["reason"])

    if request.method == "POST" and cases.attempt(form, act).saved:
        return _back(office)
    return render(request, "desk/withdraw_recess.html", {"office": place, "place": place, "form": form, "one": found})


def _back(office: str) -> HttpResponse:
    return redirect(reverse("desk:working-days", kwargs={"office": office}) + "?saved=1")


def _page(
    request: HttpRequest, place: Place, *, form: DayForm | None = None, recess_form: RecessForm | None = None
) -> HttpResponse:
    context = {
        "office": place, "place": place, "days": days_off(place.id), "saved": "saved" in request.GET,
        "form": recess_form or form, "day_form": form or DayForm(countries=waiting.countries_of(place)),
        "recess_form": recess_form or RecessForm(), "recesses": recesses(place.id), "years": waiting.years(place),
        "in_recess": waiting.recess_note(place, place.today),
    }  # fmt: skip
    return render(request, "desk/working_days.html", context)

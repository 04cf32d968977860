"""What ends soon and what went stale: renewals with their cases, letters of intent that ask for a decision."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission, may
from kembar.agreements.queries import NoSuchRecord, file_of
from kembar.desk import cases
from kembar.desk.forms.letter import LetterForm
from kembar.desk.place import Place, place_of
from kembar.desk.words import partner_name
from kembar.procedure import actions
from kembar.procedure.queries import renewals
from kembar.procedure.states import Choice
from kembar.reminders.queries import limits_of
from kembar.web.entry import needs


@needs(Permission.READ_DESK)
@require_safe
def show(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    limits = limits_of(place.id)
    ends = renewals.endings(place.id, on=place.today, months=limits.renewal_months, alerts=limits.alerts)
    context = {
        "office": place, "place": place, "wide": True, "saved": "saved" in request.GET,
        "endings": [(partner_name(one.partnership), one) for one in ends], "months": limits.renewal_months,
        "letters": [
            (partner_name(one.partnership), one, one.paper.removeprefix("instrument:"))
            for one in renewals.stale_letters(place.id, on=place.today)
        ],
        "may_move": may(place.actor, Permission.MOVE_CASES, office_id=place.id),
    }  # fmt: skip
    return render(request, "desk/renewals.html", context)


@needs(Permission.MOVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """Revive, park or close a letter of intent that went stale."""
    place = place_of(request)
    paper = f"instrument:{number}"
    file = _file(place, paper)
    form = LetterForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        actions.decide_letter(file, by=place.actor, paper=paper, choice=given["choice"], reason=given["reason"],
                              until=form.day)  # fmt: skip

    done = cases.attempt(form, act) if request.method == "POST" else cases.Tried()
    if done.saved and form.cleaned_data["choice"] == Choice.REVIVE:
        return redirect("desk:open-case", office=office, partner=file.slug)
    if done.saved:
        return redirect(reverse("desk:renewals", kwargs={"office": office}) + "?saved=1")
    context = {"office": place, "place": place, "form": form, "done": done, "case": None, "file": file, "row": None,
               "heading": partner_name(file)}  # fmt: skip
    return render(request, "desk/case_form.html", context)


def _file(place: Place, paper: str) -> cases.Partnership:
    try:
        return file_of(paper, office_id=place.id)
    except NoSuchRecord:
        raise Http404 from None

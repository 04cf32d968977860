"""A running case goes over to another version of the law: chosen, compared, decided."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kembar.access.permissions import Permission
from kembar.desk import cases, crossing
from kembar.desk.forms.crossing import CrossingForm
from kembar.desk.place import Place, place_of
from kembar.desk.saving import confirmed, reopen
from kembar.procedure import actions
from kembar.procedure.queries import cases as queries
from kembar.procedure.template import Template
from kembar.web.entry import needs


@needs(Permission.MOVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """`road` in the address names the version; without it the choice is shown."""
    place = place_of(request)
    try:
        case = queries.case(number, office_id=place.id)
    except queries.NoSuchCase:
        raise Http404 from None
    asked = request.GET.get("road", "")
    road = crossing.chosen(case, asked)
    if road is None and asked:
        raise Http404
    context = {"office": place, "place": place, "case": case, "row": cases.head_of(case, place), "road": road,
               "heading": gettext("Move to another version of the procedure"), "file": case.partnership,
               "roads": crossing.offered(case)}  # fmt: skip
    if road is None:
        return render(request, "desk/road_choice.html", context)
    return _compared(request, place, case, road, context)


def _compared(
    request: HttpRequest, place: Place, case: queries.Case, road: Template, context: dict[str, object]
) -> HttpResponse:
    runs = queries.runs_of([case]).get(case.pk, [])
    held = {"opened_with": case.version, "on": place.today.isoformat()}
    form = CrossingForm(request.POST or None, lines=crossing.lines(case, road, runs), initial=held)

    def act() -> None:
        given = form.cleaned_data
        decision = actions.Decision(road, given["reason"], given["on"], form.becomes)
        actions.change_road(case, by=place.actor, decision=decision, seen=form.seen, confirmed=confirmed(request.POST))

    words = lambda code: crossing.unusual_words(code, case)  # noqa: E731
    done = cases.attempt(form, act, unusual=words) if request.method == "POST" else cases.Tried()
    if done.saved:
        return redirect(reverse("desk:case", kwargs={"office": place.slug, "number": case.pk}) + "?saved=1")
    if done.overtaken:
        reopen(form, str(queries.case(case.pk, office_id=place.id).version))
    context |= {"form": form, "done": done, "road_words": crossing.road_words(road),
                "groups": crossing.groups(case, road, runs, form.becomes)}  # fmt: skip
    return render(request, "desk/road_change.html", context)

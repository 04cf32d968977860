"""Procedure templates: the list, one version to read and print, its text, and bringing in a new version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission, may
from kembar.desk import procedures
from kembar.desk.forms.procedure import TemplateForm
from kembar.desk.place import Place, place_of
from kembar.procedure import actions, queries
from kembar.procedure.spoken import fault_words
from kembar.procedure.template import Template
from kembar.web.entry import needs


@needs(Permission.READ_DESK)
@require_safe
def templates(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    context = {"office": place, "place": place, "rows": procedures.listed(place), "may_bring": _may_bring(place)}
    return render(request, "desk/procedures.html", context)


def _may_bring(place: Place) -> bool:
    return may(place.actor, Permission.MANAGE_TEMPLATES, office_id=None)


def _template(code: str, version: int) -> Template:
    try:
        return queries.template(code, version=version)
    except queries.NoSuchTemplate:
        raise Http404 from None


@needs(Permission.READ_DESK)
@require_safe
def show(request: HttpRequest, office: str, code: str, version: int) -> HttpResponse:
    place = place_of(request)
    found = _template(code, version)
    context = {"office": place, "place": place, "sheet": procedures.sheet(found, on=place.today), "wide": True,
               "others": [one for one in queries.versions(code) if one.version != version]}  # fmt: skip
    return render(request, "desk/procedure.html", context)


@needs(Permission.READ_DESK)
@require_safe
def text(request: HttpRequest, office: str, code: str, version: int) -> HttpResponse:
    """The version as it was brought in: to read, to change, to bring in again."""
    found = _template(code, version)
    answer = HttpResponse(queries.text_of(found.key), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{version}.toml"'
    return answer


@needs(Permission.MANAGE_TEMPLATES)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    begun = {"text": procedures.text_to_change(request.GET.get("of", ""))}
    form = TemplateForm(request.POST or None, request.FILES or None, initial=begun)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.bring_in(form.cleaned_data["text"], by=place.actor)
        except actions.TemplateRefused as refused:
            faults = [fault_words(fault) for fault in refused.faults]
        else:
            return redirect(reverse("desk:bring-in-template", kwargs={"office": office}) + f"?kept={row.name}")
    context = {"office": place, "place": place, "form": form, "faults": faults, "kept": request.GET.get("kept", ""),
               "rows": procedures.listed(place)}  # fmt: skip
    return render(request, "desk/bring_in_template.html", context)

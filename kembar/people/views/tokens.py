"""Access tokens for other programs: one's own, and those of the office for whoever manages its members."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kembar.access.permissions import NotAllowed, Permission
from kembar.people import queries
from kembar.people.actions import tokens as actions
from kembar.people.forms import TokenForm
from kembar.web.entry import actor_of, needs, signed_in

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@signed_in("One's own access tokens.")
@require_GET
def tokens(request: Any) -> HttpResponse:
    by = actor_of(request)
    context = {"tokens": _lines(queries.own_tokens(by)), "may_make": bool(queries.token_offices(by))}
    return render(request, "people/tokens.html", context)


@signed_in("One's own access tokens.")
@never_cache
@form_methods
def new_token(request: Any) -> HttpResponse:
    by = actor_of(request)
    offices = {office.slug: office for office in queries.token_offices(by)}
    form = TokenForm(request.POST or None, offices=offices.values())
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make_token(request.account, by=by, office=offices[given["office"]], name=given["name"],
                                      scopes=given["scopes"], days=given["days"])  # fmt: skip
        except actions.WrongToken as wrong:
            form.add_error(wrong.reason, _("This cannot be kept. Choose something else."))
        else:
            return render(request, "people/new_token.html", {"made": made})
    lead = _("A program that shows the token acts in your name in this office, and may no more than you and no more "
             "than you choose here.")  # fmt: skip
    if not offices:
        lead = _("You are not a member of any office, or have not shown your second factor.")
    words = {"heading": _("New access token"), "submit": _("Make the token"), "lead": lead}
    return render(request, "people/form.html", {"form": form, **words})


@signed_in("One's own access tokens.")
@form_methods
def revoke(request: Any, token: int) -> HttpResponse:
    by = actor_of(request)
    try:
        made = queries.own_token(token, by=by)
    except queries.NoSuchToken:
        raise Http404 from None
    return _revoke(request, made, back=reverse("people_tokens"))


@needs(Permission.MANAGE_MEMBERS)
@require_GET
def office_tokens(request: Any, office: str) -> HttpResponse:
    rows = queries.tokens_of(request.office, by=actor_of(request))
    return render(request, "people/office_tokens.html", {"tokens": _lines(rows)})


@needs(Permission.MANAGE_MEMBERS)
@form_methods
def revoke_of_office(request: Any, office: str, token: int) -> HttpResponse:
    try:
        made = queries.token_of(token, office=request.office, by=actor_of(request))
    except (queries.NoSuchToken, NotAllowed):
        raise Http404 from None
    return _revoke(request, made, back=reverse("people_office_tokens", args=[office]))


def _revoke(request: Any, made: queries.AccessToken, *, back: str) -> HttpResponse:
    if request.method == "POST":
        actions.revoke_token(made, by=actor_of(request))
        return redirect(back)
    context = {"heading": _("Revoke the access token “%(name)s”") % {"name": made.name}, "submit": _("Revoke"),
               "lead": _("Programs that use it are refused from now on. This cannot be undone.")}  # fmt: skip
    return render(request, "people/form.html", context)


def _lines(rows: Any) -> list[dict[str, object]]:
    now = timezone.now()
    return [{"row": row, "state": row.state(now), "valid": row.state(now) == "valid"} for row in rows]

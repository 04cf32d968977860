"""Where somebody lands who has just signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kembar.people.queries import offices_of
from kembar.web.entry import actor_of, signed_in


@signed_in("Leads to the desk of one's own office, and to one's account where there is none.")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    for own in offices_of(actor_of(request)):
        if own.has_desk:
            return redirect("desk:today", office=own.office.slug)
    return redirect("people_account")

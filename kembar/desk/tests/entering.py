"""Stands where sign-in stands: says who asks, and reads the office of a closed page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kembar.access.permissions import ANONYMOUS, Actor, NotAllowed
from kembar.cities.queries import NoSuchOffice, office
from kembar.web.entry import entry_of
from kembar.web.page import not_found

WHO: list[Actor] = []


class Door:
    """Each test puts the person who asks into WHO."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = WHO[-1] if WHO else ANONYMOUS  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        entry = entry_of(view)
        if "office" in kwargs and entry is not None and entry.permission is not None:
            try:
                request.office = office(kwargs["office"])  # type: ignore[attr-defined]
            except NoSuchOffice as error:
                return not_found(request, error)
            request.office_id = request.office.pk  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return not_found(request, error) if isinstance(error, NotAllowed) else None

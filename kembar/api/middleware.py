"""Stands around everything under /api/v1: whatever goes wrong there, also outside of an operation, is a problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from kembar.api import problems

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ROOT = "/api/v1"
# Headers that belong to the page which the problem replaces.
NOT_CARRIED = frozenset({"content-type", "content-length", "content-language", "location", "vary", "cache-control"})


class ProblemsNotPages:
    """Never an HTML page, never a redirect, never a cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_programs(request):
            return self.get_response(request)
        response = _refused_method(request) or self.get_response(request)
        if response.status_code < 300 or response.status_code == 304:
            return response
        if response.headers.get("Content-Type") == problems.MEDIA_TYPE:
            return response
        carried = {name: value for name, value in response.items() if name.lower() not in NOT_CARRIED}
        status = response.status_code if response.status_code >= 400 else 404
        return problems.answer(request, problems.Problem(status, headers=carried))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return problems.answer(request, error) if isinstance(error, problems.Problem) else None


def is_for_programs(request: HttpRequest) -> bool:
    return request.path_info == ROOT or request.path_info.startswith(f"{ROOT}/")


def _refused_method(request: HttpRequest) -> HttpResponse | None:
    """TRACE is refused before anything else runs; here with what the address does know."""
    if request.method != "TRACE":
        return None
    try:
        allow = getattr(resolve(request.path_info).func, "allow", "")
    except Resolver404:
        return problems.answer(request, problems.not_found())
    return problems.answer(request, problems.Problem(405, headers={"Allow": allow}))

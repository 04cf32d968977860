"""What happens around every page: its language, and mistakes answered in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation

from kembar.web import addresses
from kembar.web.page import Unclear, unclear_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def refuse_trace(get_response: GetResponse) -> GetResponse:
    """TRACE would echo a visitor's headers back."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return get_response(request)

    return answer


def language_from_address(get_response: GetResponse) -> GetResponse:
    """The address alone decides: the same address shows everyone the same page, and caches may keep it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        language = addresses.split(request.path_info)[0]
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", addresses.html_language(language))
        return response

    return answer


class UnclearRequests:
    """`raise Unclear(…)` anywhere below a view becomes a calm page with status 400."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unclear_page(request, error) if isinstance(error, Unclear) else None

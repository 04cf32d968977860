"""A few pages for the tests of the frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language

from kembar.web.addresses import localised
from kembar.web.entry import public
from kembar.web.page import Unclear


@public("A page of the tests.")
def here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


@public("A page of the tests.")
def framed(request: HttpRequest) -> HttpResponse:
    return render(request, "web/page.html")


@public("A page of the tests.")
def unclear(request: HttpRequest) -> HttpResponse:
    raise Unclear("<b>No such day</b>", back="/en/there/")


@public("A page of the tests.")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = localised(
    [
        path("here/", here, name="here"),
        path("framed/", framed),
        path("unclear/", unclear),
        path("broken/", broken),
    ]
)
handler400 = "kembar.web.page.bad_request"
handler403 = "kembar.web.page.forbidden"
handler404 = "kembar.web.page.not_found"
handler500 = "kembar.web.page.server_error"

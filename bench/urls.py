"""The product's addresses and the empty views."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product
from kembar.access.permissions import Permission
from kembar.web.entry import needs, public


@public("measures the framework alone")
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs(Permission.READ_DESK)
def empty_desk(request: HttpRequest, office: str) -> HttpResponse:
    """What signing in and standing in one's office costs, with nothing shown."""
    return HttpResponse("")


urlpatterns = [path("empty/", empty), path("<slug:office>/desk/empty/", empty_desk), *product]

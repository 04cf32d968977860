"""The description of the API: OpenAPI for programs, a page for people."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kembar.api import description as described
from kembar.api.v1.operations import OPERATIONS
from kembar.web.entry import public

OPEN = "How other programs ask is no secret."


@public(OPEN)
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    text = json.dumps(described.openapi(OPERATIONS, site=settings.KEMBAR_SITE_ADDRESS), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


@public(OPEN)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    groups = described.groups(OPERATIONS, site=settings.KEMBAR_SITE_ADDRESS)
    context = {"groups": groups, "problems": described.problem_lines(), "scopes": described.scope_lines(),
               "api": f"{settings.KEMBAR_SITE_ADDRESS}/api/v1", "canonical": request.path}  # fmt: skip
    return render(request, "api/docs.html", context)

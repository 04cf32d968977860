"""Addresses: every page under the address of each language; what has no language stands beside."""

from django.urls import URLPattern, URLResolver, include, path

from kembar.api import urls as api
from kembar.people.urls import of_site as of_directory
from kembar.public.urls import of_site
from kembar.web.addresses import localised

urlpatterns: list[URLPattern | URLResolver] = [
    *api.urlpatterns,
    *of_site,
    *of_directory,
    *localised(
        [
            path("", include(api.pages)),
            path("", include("kembar.people.urls")),
            path("", include("kembar.reminders.urls")),
            path("", include("kembar.desk.urls")),
            path("", include("kembar.intake.urls")),
            path("", include("kembar.spreadsheets.urls")),
            path("", include("kembar.papers.urls")),
            path("", include("kembar.public.urls")),
        ]
    ),
]

handler400 = "kembar.web.page.bad_request"
handler403 = "kembar.web.page.forbidden"
handler404 = "kembar.web.page.not_found"
handler429 = "kembar.web.page.too_many_requests"
handler500 = "kembar.web.page.server_error"

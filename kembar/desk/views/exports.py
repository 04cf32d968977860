"""What a list shows, as a file; its address is that of the list with the ending of the format."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from kembar.access.permissions import Permission
from kembar.desk import taking
from kembar.desk.people import contacts_in
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.views.letters import LETTERS
from kembar.desk.views.lists import CHANGES
from kembar.desk.views.sources import CLAIMS, DOCUMENTS, REPORTS
from kembar.lib.tables import Column
from kembar.web.downloads import download
from kembar.web.entry import needs

LISTS = {"claims": CLAIMS, "documents": DOCUMENTS, "reports": REPORTS, "changes": CHANGES}


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, listed: str, extension: str) -> HttpResponseBase:
    """`listed` is one of LISTS, or holders."""
    place = place_of(request)
    path = reverse(f"desk:{listed}", kwargs={"office": office})
    if listed == "holders":
        listing = taking.holders_asked(request.GET, place, path=path)
    else:
        listing = LISTS[listed].read(request.GET, path=path)
    return _file(listed, *taking.TABLES[listed](listing, place), place=place, extension=extension)


@needs(Permission.READ_PRIVATE)
@require_safe
def letters(request: HttpRequest, office: str, extension: str) -> HttpResponseBase:
    place = place_of(request)
    listing = LETTERS.read(request.GET, path=reverse("desk:letters", kwargs={"office": office}))
    return _file("letters", *taking.letters(listing, place), place=place, extension=extension)


@needs(Permission.READ_PRIVATE)
@require_safe
def contacts(request: HttpRequest, office: str, partner: str, extension: str) -> HttpResponseBase:
    place = place_of(request)
    file = file_or_404(place, partner)
    rows = contacts_in(file, place)
    return _file("contacts", taking.contact_columns(), rows, file.slug, place=place, extension=extension)


def _file(
    listed: str, columns: list[Column[Any]], rows: Iterable[Any], whose: str = "", *, place: Place, extension: str
) -> HttpResponseBase:
    name = (str(taking.NAMES[listed]), whose or place.slug, place.today.isoformat())
    return download(columns, rows, extension=extension, name=name)

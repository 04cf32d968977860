"""What a list shows, as a file; its address is that of the list with the ending of the format."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from kembar.access.permissions import Permission
from kembar.desk import taking
from kembar.desk.place import place_of
from kembar.desk.views.sources import CLAIMS, DOCUMENTS
from kembar.web.downloads import download
from kembar.web.entry import needs


@needs(Permission.READ_DESK)
@require_safe
def export(request: HttpRequest, office: str, listed: str, extension: str) -> HttpResponseBase:
    """`listed` is claims, documents or holders."""
    place = place_of(request)
    path = reverse(f"desk:{listed}", kwargs={"office": office})
    if listed == "holders":
        listing = taking.holders_asked(request.GET, place, path=path)
    else:
        listing = (CLAIMS if listed == "claims" else DOCUMENTS).read(request.GET, path=path)
    columns, rows = taking.TABLES[listed](listing, place)
    return download(
        columns, rows, extension=extension, name=(str(taking.NAMES[listed]), office, place.today.isoformat())
    )

"""One box over everything the office may see."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kembar.access.permissions import Permission, may
from kembar.desk.named import Link, file_links
from kembar.desk.place import Place, place_of
from kembar.search.queries import Hit, find
from kembar.web.entry import needs
from kembar.web.lists import clean_search

MOST = 50
KINDS: dict[str, str | Promise] = {
    "partnership": gettext_lazy("partner"),
    "event": gettext_lazy("event"),
    "document": gettext_lazy("source"),
    "attachment": gettext_lazy("document"),
    "commitment": gettext_lazy("promise"),
    "holder": gettext_lazy("office-holder"),
}
# Found by those alone who may read what is private to the office.
PRIVATE: dict[str, str | Promise] = {"contact": gettext_lazy("contact"), "note": gettext_lazy("note")}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its address; `name` is the partner it is about, "" for a partner itself."""

    kind: str
    title: str
    line: str
    name: str
    href: str


@needs(Permission.READ_DESK)
@require_safe
def search(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    words = clean_search(request.GET.get("q", ""))
    private = may(place.actor, Permission.READ_PRIVATE, office_id=place.id)
    kinds = [*KINDS, *(PRIVATE if private else ())]
    hits = find(words, office_ids=[place.id], public_only=False, kinds=kinds, limit=MOST, private=private)
    links = file_links({hit.about for hit in hits if hit.about}, place)
    found = [_found(hit, links.get(hit.about), place) for hit in hits]
    context = {"office": place, "place": place, "words": words, "found": found}
    return render(request, "desk/search.html", context)


def _found(hit: Hit, link: Link | None, place: Place) -> Found:
    kind = str((KINDS | PRIVATE)[hit.kind])
    if hit.kind == "document":
        number = int(hit.subject.partition(":")[2])
        href = reverse("desk:document", kwargs={"office": place.slug, "number": number})
        return Found(kind, hit.title, hit.line, "", href)
    if hit.kind == "partnership":
        return Found(kind, link.name if link else hit.title, hit.line, "", link.href if link else "")
    if hit.kind == "commitment":
        number = int(hit.subject.partition(":")[2])
        href = reverse("desk:commitment", kwargs={"office": place.slug, "number": number})
        return Found(kind, hit.title, hit.line, link.name if link else "", href)
    if hit.kind == "holder":
        href = reverse("desk:holders", kwargs={"office": place.slug})
        return Found(kind, hit.title, hit.line, "", f"{href}?{urlencode({'q': hit.title})}")
    anchor = hit.subject.replace(":", "-")
    if hit.kind == "contact" and link:
        return Found(kind, hit.title, hit.line, link.name, f"{link.href}contacts/#{anchor}")
    return Found(kind, hit.title, hit.line, link.name if link else "", f"{link.href}#{anchor}" if link else "")

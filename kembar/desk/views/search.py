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
from kembar.desk.partner_file import paper_title
from kembar.desk.place import Place, place_of
from kembar.procedure.states import Kind
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
    "instrument": gettext_lazy("paper"),
    "case": gettext_lazy("case"),
}
# Found by those alone who may read what is private to the office.
PRIVATE: dict[str, str | Promise] = {
    "contact": gettext_lazy("contact"),
    "note": gettext_lazy("note"),
    "text": gettext_lazy("text"),
}
# What has a page of its own: its address and the name of the number in it.
_PAGES = {
    "document": ("desk:document", "number"),
    "commitment": ("desk:commitment", "number"),
    "case": ("desk:case", "number"),
    "text": ("intake:text", "text"),
}
_NAMED_ALREADY = ("partnership", "document", "holder")


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
    title, line = hit.title, hit.line
    if hit.kind == "partnership" and link:
        title = link.name
    elif hit.kind == "instrument":
        title, line = paper_title(hit.line, hit.title), ""
    elif hit.kind == "case":
        line = str(Kind(hit.line).label)
    name = link.name if link and hit.kind not in _NAMED_ALREADY else ""
    return Found(str((KINDS | PRIVATE)[hit.kind]), title, line, name, _address(hit, link, place))


def _address(hit: Hit, link: Link | None, place: Place) -> str:
    """Its own page, or its place in the file of its partner; "" where there is neither."""
    if hit.kind in _PAGES:
        address, argument = _PAGES[hit.kind]
        return reverse(address, kwargs={"office": place.slug, argument: int(hit.subject.partition(":")[2])})
    if hit.kind == "holder":
        return reverse("desk:holders", kwargs={"office": place.slug}) + "?" + urlencode({"q": hit.title})
    if link is None or hit.kind == "partnership":
        return link.href if link else ""
    anchor = hit.subject.replace(":", "-")
    return f"{link.href}contacts/#{anchor}" if hit.kind == "contact" else f"{link.href}#{anchor}"

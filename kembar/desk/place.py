"""Where an officer stands: which office, who asks, what day it is there, and what they may do."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext

from kembar.access.permissions import Actor, Permission, may
from kembar.cities.queries import Office
from kembar.partnerships import queries as partnerships
from kembar.web.entry import actor_of


@dataclass(frozen=True, slots=True)
class Place:
    """One request at the desk. `name` and `slug` are what the frame of a page shows of an office."""

    office: Office
    actor: Actor
    today: date
    name: str
    may_keep: bool
    may_decide: bool
    may_read_private: bool
    may_translate: bool

    @property
    def id(self) -> int:
        return self.office.pk

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.local_government.time_zone or "UTC")

    @property
    def slug(self) -> str:
        return self.office.slug


def place_of(request: HttpRequest) -> Place:
    """Whoever signs people in has read the office from the address before the view runs."""
    office = getattr(request, "office", None)
    if not isinstance(office, Office):
        raise Http404
    actor = actor_of(request)
    city = office.local_government.name_in(get_language() or "id")
    return Place(
        office=office,
        actor=actor,
        today=office.today(),
        name=gettext("Cooperation office of %(city)s") % {"city": city},
        may_keep=may(actor, Permission.KEEP_REGISTER, office_id=office.pk),
        may_decide=may(actor, Permission.DECIDE_CLAIMS, office_id=office.pk),
        may_read_private=may(actor, Permission.READ_PRIVATE, office_id=office.pk),
        may_translate=may(actor, Permission.TRANSLATE, office_id=office.pk),
    )


def file_or_404(place: Place, slug: str) -> partnerships.Partnership:
    try:
        return partnerships.file(slug, office_id=place.id)
    except partnerships.NoSuchPartnership:
        raise Http404 from None

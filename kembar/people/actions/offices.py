"""Opening an office with somebody who can let the others in."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, Role, require
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import Place, has_office_at
from kembar.people.actions.members import invite
from kembar.people.models import Invitation
from kembar.people.queries import is_member_today


@dataclass(frozen=True, slots=True)
class Opening:
    """What came of opening an office. Without a `letter` the head was a member, or had an open invitation, before."""

    office: Office
    is_new: bool
    letter: Invitation | None
    is_member: bool = False


@transaction.atomic
def open_with_head(city: Place, *, by: Actor, slug: str, name: str, email: str, language: str = "id") -> Opening:
    """The office of a city of the world and the letter that lets its head in: both or neither. Again it changes
    nothing. Without a `slug` the office stands under the city's own. Raises WrongOffice, WrongInvitation.
    """
    require(by, Permission.MANAGE_CITIES, office_id=None)
    government = adopt(city, by=by)
    slug = slug or government.slug
    is_new = not has_office_at(slug)
    office = open_office(by=by, slug=slug, local_government=government)
    email = email.strip().lower()
    if is_member_today(email, office=office, role=Role.HEAD):
        return Opening(office, is_new, letter=None, is_member=True)
    waiting = Invitation.objects.filter(office=office, email=email, role=Role.HEAD, used_at=None, withdrawn_at=None)
    if waiting.filter(expires_at__gt=timezone.now()).exists():
        return Opening(office, is_new, letter=None)
    return Opening(
        office, is_new, letter=invite(office, by=by, name=name, email=email, role=Role.HEAD, language=language)
    )

"""Letting in whom the city's directory vouches for. It says who somebody is; what they may do stands here alone."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.journal.actions import record
from kembar.people.actions.members import InvitationClosed, OfAnotherAccount, accept
from kembar.people.models import Account, DirectoryIdentity
from kembar.people.queries import (
    NoSuchInvitation,
    account_in_directory,
    account_named,
    actor,
    invitation_of_link,
    is_invited,
    is_open,
    roles_of,
)
from kembar.people.rules import FromDirectory, is_address_in
from kembar.people.states import Purpose


class Why(StrEnum):
    """Why somebody the directory knows does not come in."""

    UNVERIFIED = "unverified"  # no address, or one the directory has not made sure of
    ELSEWHERE = "elsewhere"  # an address of another house
    UNKNOWN = "unknown"  # neither member nor invited
    INVITED = "invited"  # the link in the letter comes first
    LEFT = "left"  # was a member
    TAKEN = "taken"  # the account belongs to somebody else in the directory


class NotLetIn(Exception):
    """`why` says what stands in the way."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


@transaction.atomic
def admit(
    person: FromDirectory, *, by: Actor, mail_domains: tuple[str, ...], token: str = "", language: str = "id"
) -> Account:
    """The account of whoever the directory vouches for; bound to it at first use. Raises NotLetIn.

    `token` is what stands in the link of an invitation: who holds it, and owns the address it was sent to, joins.
    Nobody else gets an account, and nobody gets a right from the directory.
    """
    bound = account_in_directory(person.issuer, subject=person.subject)
    if bound is not None:
        return _member(bound)
    if not person.email:
        raise NotLetIn(Why.UNVERIFIED)
    if not is_address_in(person.email, mail_domains):
        raise NotLetIn(Why.ELSEWHERE)
    account = account_named(person.email)
    if account is None:
        account = _joined(person, by=by, token=token, language=language)
    _member(account)
    _, is_new = DirectoryIdentity.objects.get_or_create(
        account=account, issuer=person.issuer, defaults={"subject": person.subject, "bound_at": timezone.now()}
    )
    if not is_new:
        raise NotLetIn(Why.TAKEN)
    record("directory.bound", by=actor(account), subject=f"account:{account.pk}", office_id=None)
    return account


def _joined(person: FromDirectory, *, by: Actor, token: str, language: str) -> Account:
    refused = NotLetIn(Why.INVITED if is_invited(person.email) else Why.UNKNOWN)
    try:
        letter, _ = invitation_of_link(token)
        if (letter.purpose, letter.email) != (Purpose.JOIN, person.email):
            raise refused
        return accept(token, by=by, name=letter.name, language=language, password="")
    except (NoSuchInvitation, InvitationClosed, OfAnotherAccount):
        raise refused from None


def _member(account: Account) -> Account:
    if not (is_open(account) and roles_of(account.pk)):
        raise NotLetIn(Why.LEFT)
    return account

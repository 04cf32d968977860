"""Who belongs to an office: invited, admitted, given roles, let go, helped after losing a second factor."""

import secrets
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, Role, may_give, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.mailbox.actions import withdraw
from kembar.people import notices
from kembar.people.actions.letters import hand_on
from kembar.people.actions.tokens import revoke_tokens_of
from kembar.people.models import Account, DirectoryIdentity, Invitation, Membership
from kembar.people.queries import (
    account_named,
    actor,
    invitation_of_link,
    is_member_today,
    is_of_directory_alone,
    member_account,
)
from kembar.people.rules import INVITATION_LASTS, fingerprint
from kembar.people.states import InvitationState, Purpose


class WrongInvitation(Exception):
    """Nobody can be invited so; `reason` is name, email, role or member (they are that already)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class InvitationClosed(Exception):
    """The link was used before, was withdrawn, or has run out; `state` says which."""

    def __init__(self, state: InvitationState) -> None:
        self.state = state
        super().__init__(state.value)


class DirectoryAlone(Exception):
    """An account of this address is opened by the city's directory alone: no password can be set for it."""


class OfAnotherAccount(Exception):
    """The invitation is for the account of another address than the one signed in."""


class ReasonMissing(Exception):
    """A second factor is not reset without saying how it was confirmed who asks."""


class LastHead(Exception):
    """An office is never left without anybody who can manage its members."""


@transaction.atomic
def invite(office: Office, *, by: Actor, name: str, email: str, role: str, language: str = "id") -> Invitation:
    """Writes a letter with a link that works once within seven days. Raises WrongInvitation.

    An older open invitation of the same person to the same role is withdrawn by it.
    """
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    name, email = clean(name), email.strip().lower()
    if not name or len(name) > 200:
        raise WrongInvitation("name")
    try:
        validate_email(email)
    except ValidationError:
        raise WrongInvitation("email") from None
    if role not in Role.values or not may_give(by, Role(role)):
        raise WrongInvitation("role")
    if is_member_today(email, office=office, role=role):
        raise WrongInvitation("member")
    open_ones = Invitation.objects.filter(office=office, email=email, role=role, used_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=timezone.now())
    letter = _write(office, by=by, name=name, email=email, language=language, purpose=Purpose.JOIN, role=role)
    record("member.invited", by=by, subject=f"invitation:{letter.pk}", office_id=office.pk,
           facts={"name": name, "role": role})  # fmt: skip
    return letter


@transaction.atomic
def withdraw_invitation(letter: Invitation, *, by: Actor) -> bool:
    """The link no longer works; False when it did not any more."""
    require(by, Permission.MANAGE_MEMBERS, office_id=letter.office_id)
    open_one = Invitation.objects.filter(pk=letter.pk, used_at=None, withdrawn_at=None)
    if not open_one.update(withdrawn_at=timezone.now()):
        return False
    record("invitation.withdrawn", by=by, subject=f"invitation:{letter.pk}", office_id=letter.office_id,
           facts={"name": letter.name, "role": letter.role})  # fmt: skip
    return True


@transaction.atomic
def accept(token: str, *, by: Actor, name: str, language: str, password: str) -> Account:
    """Whoever holds the link joins the office, or gets back into their account.

    Somebody without an account gets one with this password; somebody with one must be signed in as it. Raises
    NoSuchInvitation, InvitationClosed, OfAnotherAccount, DirectoryAlone.
    """
    letter, state = invitation_of_link(token)
    if password and is_of_directory_alone(letter.email):
        raise DirectoryAlone
    now = timezone.now()
    used = Invitation.objects.filter(pk=letter.pk, used_at=None, withdrawn_at=None, expires_at__gt=now)
    # Two who follow the link at the same moment: one of them updates the row.
    if state != InvitationState.OPEN or not used.update(used_at=now):
        raise InvitationClosed(invitation_of_link(token)[1])
    if letter.purpose == Purpose.RECOVER:
        return _recover(letter, password=password)
    account = account_named(letter.email)
    if account is not None and by.person_id != account.pk:
        raise OfAnotherAccount
    if account is None:
        account = Account(email=letter.email, name=clean(name) or letter.name, language=language, made_at=now,
                          time_zone=letter.office.local_government.time_zone or "UTC")  # fmt: skip
        if password:
            account.set_password(password)
        else:  # the city's directory vouches for them instead
            account.set_unusable_password()
        account.save()
        record("account.opened", by=actor(account), subject=f"account:{account.pk}", office_id=None)
    Membership.objects.get_or_create(
        office=letter.office, account=account, role=letter.role, until=None, voided=False,
        defaults={"since": letter.office.today()},
    )  # fmt: skip
    record("member.joined", by=actor(account), subject=f"account:{account.pk}", office_id=letter.office_id,
           facts={"name": account.name, "role": letter.role})  # fmt: skip
    return account


@transaction.atomic
def give_role(account: Account, *, by: Actor, office: Office, role: str, since: date | None = None) -> Membership:
    """One more role for somebody who has an account. Raises WrongInvitation for a role `by` may not give."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    if not may_give(by, Role(role)):
        raise WrongInvitation("role")
    held, is_new = Membership.objects.get_or_create(
        office=office, account=account, role=Role(role), until=None, voided=False,
        defaults={"since": since or office.today()},
    )  # fmt: skip
    if is_new:
        record("role.given", by=by, subject=f"account:{account.pk}", office_id=office.pk,
               facts={"name": account.name, "role": held.role})  # fmt: skip
    return held


@transaction.atomic
def end_membership(held: Membership, *, by: Actor) -> bool:
    """The role ends now. With the last one the person leaves: sessions end, open links of theirs stop working.

    False when it had ended before. Raises LastHead.
    """
    require(by, Permission.MANAGE_MEMBERS, office_id=held.office_id)
    today = held.office.today()
    others = Membership.objects.select_for_update().filter(office_id=held.office_id, until=None, voided=False)
    if held.role == Role.HEAD and not others.filter(role=Role.HEAD).exclude(pk=held.pk).exists():
        raise LastHead
    if not others.filter(pk=held.pk).update(until=max(today, held.since)):
        return False
    record("member.left", by=by, subject=f"account:{held.account_id}", office_id=held.office_id,
           facts={"name": held.account.name, "role": held.role})  # fmt: skip
    if not others.filter(account_id=held.account_id).exists():
        # What was written by the rights they had, and has not left yet.
        withdraw(f"account:{held.account_id}", office_id=None)
        _sign_out_everywhere(held.account)
        revoke_tokens_of(held.account, by=by, office=held.office)
        Invitation.objects.filter(
            office_id=held.office_id, email=held.account.email, used_at=None, withdrawn_at=None
        ).update(withdrawn_at=timezone.now())
        hand_on(notices.membership_ended(held.account, office=held.office))
    return True


@transaction.atomic
def reset_second_factor(account_id: int, *, by: Actor, office: Office, confirmed_how: str) -> Invitation:
    """After confirming who asks (`confirmed_how` says how): the way back in is a letter with a link that works once.

    The old second factor, password, sessions and the tie to the city's directory are void at once. Raises
    NoSuchAccount for anybody who is not a member today, ReasonMissing.
    """
    account = member_account(account_id, office=office, by=by)
    confirmed_how = clean(confirmed_how)
    if not confirmed_how:
        raise ReasonMissing
    Authenticator.objects.filter(user_id=account.pk).delete()
    DirectoryIdentity.objects.filter(account=account).delete()
    account.set_unusable_password()
    account.save(update_fields=["password"])
    _sign_out_everywhere(account)
    revoke_tokens_of(account, by=by)
    letter = _write(office, by=by, name=account.name, email=account.email, language=account.language,
                    purpose=Purpose.RECOVER, account=account)  # fmt: skip
    record("second_factor.reset", by=by, subject=f"account:{account.pk}", office_id=office.pk,
           facts={"name": account.name, "confirmed_how": confirmed_how})  # fmt: skip
    return letter


def _write(
    office: Office, *, by: Actor, name: str, email: str, language: str, purpose: Purpose, role: str = "",
    account: Account | None = None,
) -> Invitation:  # fmt: skip
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    letter = Invitation.objects.create(
        office=office, purpose=purpose, email=email, name=name, role=role, account=account,
        fingerprint=fingerprint(token), made_at=now, made_by=by.label, expires_at=now + INVITATION_LASTS,
    )  # fmt: skip
    letter.token = token
    hand_on(notices.invitation(letter, token=token, language=language))
    return letter


def _recover(letter: Invitation, *, password: str) -> Account:
    assert letter.account is not None  # noqa: S101 - a letter of this purpose always names its account
    account = letter.account
    account.set_password(password)
    account.save(update_fields=["password"])
    record("account.recovered", by=actor(account), subject=f"account:{account.pk}", office_id=letter.office_id,
           facts={"name": account.name})  # fmt: skip
    return account


def _sign_out_everywhere(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(sessions_epoch=F("sessions_epoch") + 1)
    for session in UserSession.objects.filter(user_id=account.pk).order_by("id"):
        session.end()

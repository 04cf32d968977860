"""Reading accounts, members, invitations, holders of public office and contacts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from kembar.access.offices import Offices, within
from kembar.access.permissions import ROLE_PERMISSIONS, SCOPE_PERMISSIONS, Actor, Permission, Role, Scope, may, require
from kembar.cities.models import Office
from kembar.lib.dates import EdtfDate
from kembar.lib.text import normalise
from kembar.people.models import AccessToken as AccessToken  # pages name its type, never its table
from kembar.people.models import Account, Contact, DirectoryIdentity, Invitation, Membership, OfficeHolder, WrongTries
from kembar.people.rules import (
    Covers,
    covers,
    fingerprint,
    is_address_in,
    is_locked,
    is_member,
    sample_secret,
    together,
)
from kembar.people.states import InvitationState, Purpose, TokenState


class NoSuchAccount(Exception):
    """There is no such account, or it has nothing to do with this office."""


class NoSuchMembership(Exception):
    """There is no such membership in this office."""


class NoSuchInvitation(Exception):
    """There is no such invitation in this office, or no invitation with this link."""


class NoSuchToken(Exception):
    """There is no such access token among one's own or in this office; or nothing may be done with the one shown."""


class NoSuchHolder(Exception):
    """This office's register has no such holder of a public office."""


class NoSuchContact(Exception):
    """There is no such contact in this office."""


# Accounts and who they are


def account(account_id: int) -> Account:
    """Raises NoSuchAccount."""
    found = Account.objects.filter(pk=account_id).first()
    if found is None:
        raise NoSuchAccount(account_id)
    return found


def account_named(email: str) -> Account | None:
    """The account that signs in with this address, in any spelling of its letters."""
    return Account.objects.filter(email=email.strip().lower()).first()


def roles_of(account_id: int) -> Mapping[int, frozenset[Role]]:
    """Office id → roles held there today, by the clock of each office. One query; rights are read on each request."""
    roles: dict[int, set[Role]] = defaultdict(set)
    rows = Membership.objects.filter(account_id=account_id, voided=False)
    for row in rows.select_related("office__local_government").order_by("id"):
        if is_member(row.office.today(), since=row.since, until=row.until, voided=row.voided):
            roles[row.office_id].add(Role(row.role))
    return {office_id: frozenset(held) for office_id, held in roles.items()}


def actor(account: Account, *, with_rights: bool = True) -> Actor:
    """The account as the product sees it. Without rights before the second factor was shown."""
    roles = roles_of(account.pk) if with_rights and is_open(account) else {}
    return Actor(person_id=account.pk, label=account.name, roles=roles)


def account_in_directory(issuer: str, *, subject: str) -> Account | None:
    """The account bound to this person of the city's directory."""
    found = DirectoryIdentity.objects.filter(issuer=issuer, subject=subject).select_related("account").first()
    return found.account if found else None


def enters_by_directory_alone(account: Account) -> bool:
    """Whether a password or passkey does not open this account: the city's directory decides whether it may enter."""
    return is_of_directory_alone(account.email)


def is_of_directory_alone(email: str) -> bool:
    """Whether an account of this address is opened by the city's directory and by nothing else."""
    return settings.DIRECTORY.only and is_address_in(email, settings.DIRECTORY.mail_domains)


class NoSample(Exception):
    """This is no sample instance on this machine, or the account is no sample account."""


def is_open(account: Account) -> bool:
    """Whether the account may sign in. A sample account, whose password is printed, may on a sample instance only."""
    return account.is_active and (settings.KEMBAR_SAMPLE or not account.is_sample)


def was_reset(account: Account, *, since: datetime) -> bool:
    """Whether an administrator has had this person's sign-in set up anew: what was opened before is void."""
    rows = Invitation.objects.filter(account=account, purpose=Purpose.RECOVER, made_at__gte=since)
    return rows.exists()


def sample_accounts() -> list[Account]:
    """The accounts of the sample story, in the order they were made."""
    return list(Account.objects.filter(is_sample=True).order_by("id")) if settings.KEMBAR_SAMPLE else []


def sample_code(email: str) -> str:
    """The code a sample account's authenticator app shows now. Raises NoSample.

    Only on a sample instance whose own address is on this machine: elsewhere the code would be a key for strangers.
    """
    loopback = urlsplit(settings.KEMBAR_SITE_ADDRESS).hostname in {"localhost", "127.0.0.1", "::1"}
    found = account_named(email)
    if not (settings.KEMBAR_SAMPLE and loopback and found is not None and found.is_sample):
        raise NoSample(email)
    secret = sample_secret(found.email)
    now = int(timezone.now().timestamp()) // mfa_settings.TOTP_PERIOD
    return str(totp.format_hotp_value(totp.hotp_value(secret, now)))


def has_second_factor(account: Account) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=kinds).exists())


def passkeys_of(account: Account) -> list[str]:
    """The names of the account's passkeys, the oldest first."""
    rows = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN).order_by("id")
    return [row.wrap().name for row in rows]


def sessions_of(account: Account) -> list[UserSession]:
    """Where the account is signed in, the newest first. Reads only: what has run out is left out, not deleted."""
    rows = UserSession.objects.filter(user_id=account.pk).order_by("-created_at", "-id")
    return [row for row in rows if row.exists()]


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """An office of the person signed in, with their roles there."""

    office: Office
    roles: list[Role]
    manages_members: bool

    @property
    def has_desk(self) -> bool:
        """Whether one of the roles opens the desk; an administrator alone has no business there."""
        return any(Permission.READ_DESK in ROLE_PERMISSIONS[role] for role in self.roles)


def offices_of(by: Actor) -> list[OwnOffice]:
    """Every office in which this person has a role."""
    rows = Office.objects.filter(pk__in=by.roles).select_related("local_government").order_by("slug")
    return [
        OwnOffice(row, sorted(by.roles[row.pk]), may(by, Permission.MANAGE_MEMBERS, office_id=row.pk)) for row in rows
    ]


def is_shut(door: str, *, now: datetime | None = None) -> bool:
    """Whether so many tries in a row went wrong on this door (an address, an account's code) that it is shut."""
    tries = WrongTries.objects.filter(pk=fingerprint(door)).first()
    return tries is not None and is_locked(tries.failures, last=tries.last_at, now=now or timezone.now())


# Members


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an office, with everything they are there."""

    account_id: int
    name: str
    email: str
    memberships: list[Membership]
    second_factor: bool  # their own, or one that the city's directory asks for
    here: bool  # still a member today


def members_of(office: Office, *, by: Actor) -> list[Member]:
    """Everyone who is or was a member, by name, those of today first. Four queries however many there are."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    rows = Membership.objects.filter(office=office, voided=False).select_related("account")
    held: dict[Account, list[Membership]] = defaultdict(list)
    for row in rows.order_by("account__name", "account_id", "since", "id"):
        held[row.account].append(row)
    secured, today = _secured(held) | _secured_by_directory(held), office.today()
    members = [
        Member(account.pk, account.name, account.email, rows, account.pk in secured, _any_today(rows, today=today))
        for account, rows in held.items()
    ]
    return sorted(members, key=lambda member: not member.here)


def _any_today(rows: list[Membership], *, today: date) -> bool:
    return any(is_member(today, since=row.since, until=row.until, voided=row.voided) for row in rows)


def membership(membership_id: int, *, office: Office, by: Actor) -> Membership:
    """Raises NoSuchMembership, also for one of another office."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    found = Membership.objects.filter(pk=membership_id, office=office, voided=False).select_related("account", "office")
    row = found.first()
    if row is None:
        raise NoSuchMembership(membership_id)
    return row


def member_account(account_id: int, *, office: Office, by: Actor) -> Account:
    """The account of somebody who is a member of this office today. Raises NoSuchAccount."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    today = office.today()
    rows = Membership.objects.filter(office=office, account_id=account_id, voided=False).select_related("account")
    for row in rows.order_by("id"):
        if is_member(today, since=row.since, until=row.until, voided=row.voided):
            return row.account
    raise NoSuchAccount(account_id)


def is_member_today(email: str, *, office: Office, role: str) -> bool:
    """Whether the account of this address has this role in the office today, without an end in sight."""
    return Membership.objects.filter(
        office=office, account__email=email, role=role, until=None, voided=False, since__lte=office.today()
    ).exists()


def office_members(office: Office) -> list[tuple[int, str]]:
    """(account id, name) of everyone who is a member today, by name: whom a task can be given to."""
    today = office.today()
    rows = Membership.objects.filter(office=office, voided=False, since__lte=today)
    rows = rows.filter(Q(until=None) | Q(until__gt=today)).order_by("account__name", "account_id")
    return list(dict.fromkeys(rows.values_list("account_id", "account__name")))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of an office on a day. `enters`: may sign in and has a second factor, their own or one the city's
    directory asks for, so the desk is open to them."""

    account: Account
    roles: frozenset[Role]
    enters: bool


def colleagues(office: Office, *, on: date) -> list[Colleague]:
    """Everyone who is a member that day, in the order of their accounts. Three queries however many there are."""
    return colleagues_of([office], on=on)[office.pk]


def colleagues_of(offices: Collection[Office], *, on: date) -> dict[int, list[Colleague]]:
    """The same of several offices, by number. Three queries however many there are."""
    held: dict[int, dict[Account, set[Role]]] = {office.pk: defaultdict(set) for office in offices}
    rows = Membership.objects.filter(office__in=list(held), voided=False, since__lte=on).select_related("account")
    for row in rows.filter(Q(until=None) | Q(until__gt=on)).order_by("account_id", "id"):
        held[row.office_id][row.account].add(Role(row.role))
    everybody = {account for members in held.values() for account in members}
    secured = _secured(everybody) | _secured_by_directory(everybody)
    return {
        number: [
            Colleague(account, frozenset(roles), enters=is_open(account) and account.pk in secured)
            for account, roles in members.items()
        ]
        for number, members in held.items()
    }


def _secured(accounts: Iterable[Account]) -> set[int]:
    """Those of these accounts that have an authenticator app or a passkey, by number. One query."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    rows = Authenticator.objects.filter(user_id__in=[account.pk for account in accounts], type__in=kinds).order_by()
    return set(rows.values_list("user_id", flat=True))


def _secured_by_directory(accounts: Iterable[Account]) -> set[int]:
    """Those of these accounts, by number, that come in through a directory which asks for the second factor itself. One
    query, none where no directory does."""
    directory = settings.DIRECTORY
    if not (directory.issuer and directory.strong):
        return set()
    numbers = [account.pk for account in accounts]
    rows = DirectoryIdentity.objects.filter(account_id__in=numbers, issuer=directory.issuer).order_by()
    return set(rows.values_list("account_id", flat=True))


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The names of accounts, also of those who have left. One query."""
    rows = Account.objects.filter(pk__in=list(account_ids)).order_by()
    return dict(rows.values_list("pk", "name"))


# Invitations


def invitations_of(office: Office, *, by: Actor) -> QuerySet[Invitation]:
    """The letters of this office that led or lead to an account, newest first."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    return Invitation.objects.filter(office=office).order_by("-id")


def open_invitations(office: Office, *, by: Actor) -> list[Invitation]:
    """Those nobody has answered yet: open, or run out."""
    return list(invitations_of(office, by=by).filter(used_at=None, withdrawn_at=None))


def invitation(invitation_id: int, *, office: Office, by: Actor) -> Invitation:
    """Raises NoSuchInvitation, also for one of another office."""
    found = invitations_of(office, by=by).filter(pk=invitation_id).first()
    if found is None:
        raise NoSuchInvitation(invitation_id)
    return found


def invitation_of_link(token: str) -> tuple[Invitation, InvitationState]:
    """What the link in a letter leads to, and what has become of it. Raises NoSuchInvitation."""
    found = Invitation.objects.filter(fingerprint=fingerprint(token)).select_related("office", "account").first()
    if found is None:
        raise NoSuchInvitation
    return found, found.state(timezone.now())


def is_invited(email: str) -> bool:
    """Whether a link that still works waits in this mailbox."""
    waiting = Invitation.objects.filter(email=email, purpose=Purpose.JOIN, used_at=None, withdrawn_at=None)
    return waiting.filter(expires_at__gt=timezone.now()).exists()


# Access tokens


@dataclass(frozen=True, slots=True)
class Program:
    """Who acts with an access token: the person, in the token's office alone and within its scopes."""

    token_id: int
    actor: Actor
    office: Office
    last_used_on: date | None


def program(text: str) -> Program:
    """Whose access token this is. Two queries. Raises NoSuchToken also for one that is revoked, has run out, or whose
    person may not sign in any more or has left the office."""
    rows = AccessToken.objects.filter(fingerprint=fingerprint(text))
    found = rows.select_related("account", "office__local_government").first()
    if found is None or found.state(timezone.now()) != TokenState.VALID:
        raise NoSuchToken
    roles = roles_of(found.account_id).get(found.office_id) if is_open(found.account) else None
    if not roles:
        raise NoSuchToken
    only = frozenset[Permission]().union(*(SCOPE_PERMISSIONS[Scope(code)] for code in found.scopes.split()))
    label = f"{found.account.name} ({found.name})"
    actor = Actor(person_id=found.account_id, label=label, roles={found.office_id: roles}, only=only)
    return Program(found.pk, actor, found.office, found.last_used_on)


def own_tokens(by: Actor) -> QuerySet[AccessToken]:
    """The access tokens of this person, newest first."""
    rows = AccessToken.objects.filter(account_id=by.person_id or 0).select_related("office__local_government")
    return rows.prefetch_related("office__local_government__names").order_by("-id")


def token_offices(by: Actor) -> list[Office]:
    """The offices in which this person may make access tokens."""
    able = [number for number in by.roles if may(by, Permission.MAKE_TOKENS, office_id=number)]
    rows = Office.objects.filter(pk__in=able).select_related("local_government")
    return list(rows.prefetch_related("local_government__names").order_by("slug"))


def own_token(token_id: int, *, by: Actor) -> AccessToken:
    """Raises NoSuchToken, also for one of somebody else."""
    found = own_tokens(by).filter(pk=token_id).first()
    if found is None:
        raise NoSuchToken(token_id)
    return found


def tokens_of(office: Office, *, by: Actor) -> QuerySet[AccessToken]:
    """Every access token with which programs act in this office, newest first."""
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    return AccessToken.objects.filter(office=office).select_related("account").order_by("-id")


def token_of(token_id: int, *, office: Office, by: Actor) -> AccessToken:
    """Raises NoSuchToken, also for one of another office."""
    found = tokens_of(office, by=by).filter(pk=token_id).first()
    if found is None:
        raise NoSuchToken(token_id)
    return found


# Holders of public office


def holder(holder_id: int, *, office_id: int) -> OfficeHolder:
    """One holder of this office's register, also a voided one. Raises NoSuchHolder, also for one of another office."""
    found = OfficeHolder.objects.filter(pk=holder_id, office_id=office_id).select_related("party").first()
    if found is None:
        raise NoSuchHolder(holder_id)
    return found


def holders_of(party_id: int, *, office_id: int) -> list[OfficeHolder]:
    """Who held which post of a government, the newest term first."""
    rows = OfficeHolder.objects.filter(party_id=party_id, office_id=office_id, voided_at=None)
    return sorted(rows.order_by("-id"), key=lambda row: row.since.sort_key if row.since else (date.min,), reverse=True)


def register_of(office_id: int, *, voided: bool = False) -> QuerySet[OfficeHolder]:
    """Every holder in this office's register with the names of the governments, by person; two queries.

    With `voided` those alone whose entry was voided.
    """
    rows = OfficeHolder.objects.filter(office_id=office_id, voided_at__isnull=not voided).select_related("party")
    return rows.prefetch_related("party__names").order_by("person", "id")


def in_office_on(day: EdtfDate | None, *, person: str, party_id: int, office_id: int) -> Covers:
    """Whether this office's register knows the person, by any spelling of the name, in a post of that government then.

    NO is what flags a signature: terms are known and none of them can cover the day. UNKNOWN where no term is entered.
    """
    name = normalise(person)
    terms = [row for row in holders_of(party_id, office_id=office_id) if name and normalise(row.person) == name]
    return together(covers(day, since=row.since, until=row.until) for row in terms)


# Contacts


def contact(contact_id: int, *, office_id: int, by: Actor) -> Contact:
    """One contact of this office. Raises NoSuchContact, also for one of another office; NotAllowed."""
    require(by, Permission.READ_PRIVATE, office_id=office_id)
    found = Contact.objects.filter(pk=contact_id, office_id=office_id).first()
    if found is None:
        raise NoSuchContact(contact_id)
    return found


def contact_languages(abouts: Iterable[str], *, office_id: Offices) -> dict[str, list[str]]:
    """What is noted of the languages of each file's contacts, without naming anybody. One query."""
    rows = Contact.objects.filter(within(office_id), about__in=list(abouts), voided_at=None).exclude(language="")
    found: dict[str, list[str]] = defaultdict(list)
    for about, language in rows.order_by("id").values_list("about", "language"):
        found[about].append(language)
    return dict(found)


def has_contact(about: Iterable[str], *, office_id: int) -> bool:
    """Whether the office knows anybody to write to in these files; nothing of who it is."""
    return Contact.objects.filter(office_id=office_id, about__in=list(about), voided_at=None).exists()


def contacts_about(
    about: str, *, office_id: int, by: Actor, also: Iterable[str] = (), voided: bool = False
) -> QuerySet[Contact]:
    """The contacts of one file by name; with `voided` those alone who were taken out of use. Raises NotAllowed.

    `also`: how files are named whose content moved to this one.
    """
    require(by, Permission.READ_PRIVATE, office_id=office_id)
    rows = Contact.objects.filter(office_id=office_id, about__in=[about, *also], voided_at__isnull=not voided)
    return rows.order_by("name", "id")

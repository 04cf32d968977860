"""Tables of accounts, memberships, holders of public office and contacts."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kembar.access.permissions import Role, Scope
from kembar.access.privacy import Privacy
from kembar.cities.models import LocalGovernment, Office
from kembar.lib.fields import EdtfField
from kembar.people.states import Capacity, InvitationState, Purpose, TokenState


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do stands in their memberships, never here."""

    # Small letters always: two spellings of one address are one account.
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="id")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Jakarta")
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # Part of what each session proves; raising it ends them all.
    sessions_epoch = models.PositiveIntegerField(default=0)
    last_login = None
    privacy = {"email": Privacy.DUTY, "name": Privacy.DUTY}

    objects = BaseUserManager["Account"]()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_small_email"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return salted_hmac(
            "kembar.people.session", f"{self.password}|{self.sessions_epoch}", algorithm="sha256"
        ).hexdigest()


class Membership(models.Model):
    """What an account is in an office. `until` is the first day on which it no longer is."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True)
    voided = models.BooleanField(default=False)
    privacy = {"account": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "account", "role"],
                condition=models.Q(until=None, voided=False),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="membership_ends_after"
            ),
        ]


class Invitation(models.Model):
    """A mailed link that works once. Only the fingerprint of what stands in the link is kept."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.JOIN)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    # The account whose sign-in is to be set up again; None while nobody has answered an invitation to join.
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    privacy = {"email": Privacy.DUTY, "name": Privacy.DUTY, "account": Privacy.DUTY, "made_by": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["office", "-id"], name="invitation_office")]

    # What stands in the link; known only to whoever has just written the invitation.
    token = ""

    def state(self, now: datetime) -> InvitationState:
        if self.used_at:
            return InvitationState.USED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= now else InvitationState.OPEN


class AccessToken(models.Model):
    """With it a program acts in somebody's name, in one office. Only the fingerprint of what the program shows is kept.

    `scopes` are codes of access.Scope with spaces between; `ending` are the last signs, by which its person knows it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    scopes = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # The day by the clock of UTC: a token that is used all day costs one write.
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    privacy = {"account": Privacy.DUTY, "name": Privacy.INTERNAL, "revoked_by": Privacy.DUTY}

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="access_token_account"),
            models.Index(fields=["office", "-id"], name="access_token_office"),
        ]

    # What the program shows; known only to whoever has just made the token.
    token = ""

    def state(self, now: datetime) -> TokenState:
        if self.revoked_at:
            return TokenState.REVOKED
        return TokenState.EXPIRED if self.expires_at <= now else TokenState.VALID

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(code).label) for code in self.scopes.split()]


class DirectoryIdentity(models.Model):
    """Who an account is in the city's directory, bound at first use. `subject` never changes and is never given to
    somebody else there, as an e-mail address may be.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()
    privacy = {"account": Privacy.DUTY, "subject": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="directory_identity_subject"),
            models.UniqueConstraint(fields=["account", "issuer"], name="directory_identity_account"),
        ]


class WrongTries(models.Model):
    """How often in a row a password or code was wrong, under the fingerprint of what was tried.

    In the database, so that all processes of the site count together, and counted for addresses without an account
    as well: the answer then tells nobody which accounts exist.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()


class Counted(models.Model):
    """What the sign-in library counts and notes for some minutes, in the columns of Django's cache in a database."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)


class Asked(models.Model):
    """How much somebody asked for within one minute since 1970, under the fingerprint of who and when."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    minute = models.PositiveIntegerField(db_index=True)
    amount = models.PositiveIntegerField()


class OfficeHolder(models.Model):
    """A person in a public office for a term: who signed as mayor, regent, head of an agency.

    `office` is the cooperation office whose register says so; `party` the government the post belongs to.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(LocalGovernment, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("person's name"), max_length=200)
    post = models.CharField(_("post"), max_length=200)
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity, blank=True, default=Capacity.UNKNOWN)
    since = EdtfField(_("since"), null=True, blank=True)
    until = EdtfField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)
    privacy = {"person": Privacy.PUBLIC_OFFICE, "void_reason": Privacy.INTERNAL}

    class Meta:
        indexes = [models.Index(fields=["office", "party"], name="office_holder_party")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""), name="office_holder_void_reason"
            ),
        ]


class Contact(models.Model):
    """Somebody on the other side and how to reach them. `about` names the file (`partnership:7`)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=200)
    post = models.CharField(_("post"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    chat = models.CharField(_("chat"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    since = EdtfField(_("since"), null=True, blank=True)
    until = EdtfField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)
    privacy = {
        "name": Privacy.CONTACT, "post": Privacy.CONTACT, "organisation": Privacy.CONTACT, "email": Privacy.CONTACT,
        "phone": Privacy.CONTACT, "chat": Privacy.CONTACT, "language": Privacy.CONTACT, "note": Privacy.INTERNAL,
        "void_reason": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["office", "about"], name="contact_about")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""), name="contact_void_reason"
            ),
        ]

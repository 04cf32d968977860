"""Access tokens: with one a program acts in somebody's name, in one office, within named bounds."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, Scope, require
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.people.models import AccessToken, Account
from kembar.people.rules import TOKEN_LASTS, fingerprint

# What begins a token: whoever finds one in a log or a repository sees what it is.
BEGINS = "kembar_"


class WrongToken(Exception):
    """A token cannot be made so; `reason` is name, scopes or days."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@transaction.atomic
def make_token(
    account: Account, *, by: Actor, office: Office, name: str, scopes: Collection[str], days: int
) -> AccessToken:
    """A new token for one's own programs; what they show stands in `token` of the answer and nowhere else.

    Raises WrongToken, NotAllowed.
    """
    require(by, Permission.MAKE_TOKENS, office_id=office.pk)
    name, known = clean(name), set(scopes) & set(Scope.values)
    if not name or len(name) > 100:
        raise WrongToken("name")
    if not known or known != set(scopes):
        raise WrongToken("scopes")
    if days not in TOKEN_LASTS:
        raise WrongToken("days")
    text, now = BEGINS + secrets.token_urlsafe(32), timezone.now()
    made = AccessToken.objects.create(
        office=office, account=account, name=name, scopes=" ".join(scope for scope in Scope.values if scope in known),
        fingerprint=fingerprint(text), ending=text[-4:], made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    made.token = text
    record("token.made", by=by, subject=f"token:{made.pk}", office_id=office.pk,
           facts={"name": name, "scopes": made.scopes, "days": days})  # fmt: skip
    return made


@transaction.atomic
def revoke_token(made: AccessToken, *, by: Actor) -> bool:
    """The token is void for good: one's own, or as who manages the members of its office. False when it was before."""
    if by.person_id != made.account_id:
        require(by, Permission.MANAGE_MEMBERS, office_id=made.office_id)
    rows = AccessToken.objects.filter(pk=made.pk, revoked_at=None)
    if not rows.update(revoked_at=timezone.now(), revoked_by=by.label):
        return False
    record("token.revoked", by=by, subject=f"token:{made.pk}", office_id=made.office_id, facts={"name": made.name})
    return True


@transaction.atomic
def revoke_tokens_of(account: Account, *, by: Actor, office: Office | None = None) -> int:
    """Every token of a member who leaves the office, or whose sign-in is set up anew (then `office` is None)."""
    rows = AccessToken.objects.filter(account=account, revoked_at=None)
    if office is not None:
        rows = rows.filter(office=office)
    return sum(_voided(made, by=by) for made in rows.select_for_update().order_by("id"))


def _voided(made: AccessToken, *, by: Actor) -> bool:
    AccessToken.objects.filter(pk=made.pk).update(revoked_at=timezone.now(), revoked_by=by.label)
    record("token.revoked", by=by, subject=f"token:{made.pk}", office_id=made.office_id, facts={"name": made.name})
    return True


def note_use(token_id: int, *, on: date) -> None:
    """The day on which a token was last used; written once a day."""
    AccessToken.objects.filter(pk=token_id).update(last_used_on=on)

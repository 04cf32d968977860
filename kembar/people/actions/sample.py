"""The people of the sample story, who exist on sample instances only."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, Role, require
from kembar.cities.models import Office
from kembar.people.actions.members import give_role
from kembar.people.models import Account
from kembar.people.queries import NoSample, account_named
from kembar.people.rules import sample_secret


@transaction.atomic
def make_sample_member(
    email: str, *, by: Actor, office: Office, name: str, role: Role, password: str, language: str
) -> Account:
    """The invented member of the sample with this address, made the first time. Raises NoSample elsewhere.

    The secret of the second factor is the same on every sample instance, so that `kembar code` can show its code.
    """
    require(by, Permission.MANAGE_MEMBERS, office_id=office.pk)
    account = account_named(email)
    if not settings.KEMBAR_SAMPLE or (account is not None and not account.is_sample):
        raise NoSample(email)
    if account is None:
        zone = office.local_government.time_zone or "UTC"
        account = Account(email=email, name=name, language=language, time_zone=zone, is_sample=True,
                          made_at=timezone.now())  # fmt: skip
        account.set_password(password)
        account.save()
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, sample_secret(email))
    give_role(account, by=by, office=office, role=role)
    return account

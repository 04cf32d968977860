"""People who really have an account, for tests that sign in; the personas of tests/personas.py are enough elsewhere."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.mailbox.models import Letter
from kembar.people.actions.members import give_role
from kembar.people.models import Account

PASSWORD = "tiga kucing tidur di tangga"
_HASHED = make_password(PASSWORD)  # hashing is slow on purpose: once is enough for all tests
_CITIES = {"bandung": ("Bandung", "ID"), "daegu": ("Daegu", "KR")}


def office(slug: str = "bandung") -> Office:
    """The office of Bandung, or of Daegu."""
    name, country = _CITIES[slug]
    return open_office(by=SYSTEM, slug=slug, local_government=adopt(find(name, country=country), by=SYSTEM))


def account(name: str, *, password: str = "") -> Account:
    """Sari → sari@example.org. Without a password they sign in by `sign_in` alone."""
    person = Account(email=f"{name.lower().replace(' ', '.')}@example.org", name=name, made_at=timezone.now())
    if password:
        person.password = _HASHED if password == PASSWORD else make_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return person


def member(name: str, role: Role, *, office: Office, password: str = "") -> Account:
    """Somebody with an account and a role in an office."""
    person = account(name, password=password)
    give_role(person, by=SYSTEM, office=office, role=role)
    return person


def sign_in(client: Client, person: Account, *, second_factor: bool = True) -> None:
    """Signs in without the pages, by password and, unless told otherwise, a second factor."""
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    methods = [{"method": "password", "at": time.time()}]
    if second_factor:
        methods.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1", user_agent="test")


def letters() -> list[Letter]:
    """Every letter the product has written, the oldest first."""
    return list(Letter.objects.order_by("id"))

"""People who sit down at the desk of an office: each signs in, with a second factor."""

from django.test import Client

from kembar.access.permissions import Role
from kembar.cities.models import Office
from tests import members

ROLES = {"Sari": Role.OFFICER, "Dewi": Role.TRANSLATOR, "Hadi": Role.READER, "Togar": Role.ADMINISTRATOR}


def seat(client: Client, who: str, office: Office) -> Client:
    """Signs one of `ROLES` in; Ji-hoon is the officer of another office, and nobody is a visitor."""
    client.logout()
    if who == "Ji-hoon":
        members.sign_in(client, members.member(who, Role.OFFICER, office=members.office("daegu")))
    elif who:
        members.sign_in(client, members.member(who, ROLES[who], office=office))
    return client

"""A case with nothing filled in, and somebody who signs in."""

import pytest
from django.test import Client

from kembar.access.permissions import Role
from kembar.papers.tests.writing import begun
from kembar.procedure.models import Case
from kembar.procedure.queries.cases import case as loaded
from tests import members


@pytest.fixture
def case() -> Case:
    made = begun()
    return loaded(made.pk, office_id=made.office_id)


@pytest.fixture
def officer(client: Client, case: Case) -> Client:
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=case.office))
    return client


@pytest.fixture
def head(case: Case) -> Client:
    found = Client()
    members.sign_in(found, members.member("Kepala", Role.HEAD, office=case.office))
    return found

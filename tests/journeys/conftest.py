"""Who sits at the desk in more than one journey."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from kembar.access.permissions import Role
from tests import members


@pytest.fixture
def sari(page: Page, live_server: object, sample: Callable[[str], None]) -> None:
    """She is at the desk of the sample office, signed in with her second factor."""
    sample("register")
    client = Client()
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=members.office()))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])  # type: ignore[attr-defined]

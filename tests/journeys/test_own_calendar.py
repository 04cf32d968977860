"""A member makes the secret address of their calendar, and withdraws it."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from tests import members
from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_member_makes_and_withdraws_the_address(page: Page, live_server: Any, language: str) -> None:
    client, name = Client(), settings.SESSION_COOKIE_NAME
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=members.office()))
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"/{LANGUAGE_PREFIXES[language]}account/")
    follow(page.locator("a[href$='/account/calendar/']"))
    axe(page)
    follow(page.locator("form[action$='/open/'] button"))
    expect(page.locator("code")).to_have_text(re.compile(r"/account/calendar/[\w-]{43}\.ics$"))
    axe(page)
    fits_the_width(page)
    follow(page.locator("form[action$='/withdraw/'] button"))
    expect(page.locator("form[action$='/withdraw/']")).to_have_count(0)

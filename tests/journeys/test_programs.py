"""A member gives a program an access token, the program asks with it, and the description of the API is read."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from kembar.access.permissions import Role
from kembar.api.v1.operations import OPERATIONS
from tests.browser import LANGUAGE_PREFIXES, Watch, axe, fits_the_width, follow
from tests.members import member, office, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def as_head(page: Page, watch: Watch) -> None:
    client = Client()
    sign_in(client, member("Ratna", Role.HEAD, office=office("bandung")))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": watch.home}])


def status_of(page: Page, token: str) -> int:
    """What a program with this token gets; the cookies of the browser go along and count for nothing."""
    answer = page.request.get("/api/v1/partnerships", headers={"Authorization": f"Bearer {token}"})
    return int(answer.status)


def test_a_token_is_made_used_seen_and_revoked(page: Page, watch: Watch) -> None:
    as_head(page, watch)
    page.goto("/account/")
    follow(page.get_by_role("link", name="Token akses untuk program lain"))
    follow(page.get_by_role("link", name="Buat token"))
    looked_at(page)
    page.get_by_label("Nama").fill("Situs web kota")
    page.get_by_label("Membacakan naskah").check()
    follow(page.get_by_role("button", name="Buat token ini"))
    looked_at(page)
    token = page.get_by_label("Situs web kota").input_value()
    assert status_of(page, token) == 200
    follow(page.get_by_role("link", name="Sudah saya salin"))
    looked_at(page)
    page.goto("/bandung/desk/members/")
    follow(page.get_by_role("link", name="Token akses untuk program lain"))
    looked_at(page)
    follow(page.get_by_role("link", name="Cabut Situs web kota"))
    looked_at(page)
    follow(page.get_by_role("button", name="Cabut"))
    assert page.get_by_text("dicabut", exact=True).count() == 1
    assert status_of(page, token) == 401


def test_the_description_for_people_is_read_in_every_language(page: Page, language: str) -> None:
    office("bandung")
    page.goto(f"/{LANGUAGE_PREFIXES[language]}api/docs/")
    looked_at(page)
    assert page.get_by_role("heading", level=3).count() == len(OPERATIONS)

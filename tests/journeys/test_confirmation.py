"""Every page about confirmations at the desk, on a phone, in four languages. The story they tell, from the pasted
article to the promise page, is in test_five_articles.py."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from kembar.countersign.models import Answer, Request
from tests import members
from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_every_page_about_confirmations_can_be_used_by_everyone(
    page: Page, sample: Callable[[str], None], live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in four languages; by rule one of them is looked at, the next at each page: all four are built the same."""
    monkeypatch.setattr(settings, "KEMBAR_SAMPLE", True)
    sample("desk")
    client = Client()
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=members.office()))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}  # type: ignore[attr-defined]
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    question = Request.objects.order_by("id")[0].pk
    objection = Answer.objects.get(reply="dispute").pk
    pages = (
        "confirmations/", f"confirmations/{question}/", f"confirmations/{question}/sheet/file/", "translations/",
        f"answers/{objection}/settle/", "partners/daegu/confirmations/ask/", "partners/daegu/sources/",
        "glossary/", "glossary/add/",
    )  # fmt: skip
    for number, where in enumerate(pages):
        for place, (language, prefix) in enumerate(LANGUAGE_PREFIXES.items()):
            page.goto(f"/{prefix}bandung/desk/{where}")
            expect(page.locator("html")).to_have_attribute("lang", language)
            fits_the_width(page)
            if number % len(LANGUAGE_PREFIXES) == place:
                axe(page)

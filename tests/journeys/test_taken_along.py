"""A visitor takes the register along: into a feed reader, a calendar, and the city's own site."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width, tap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_says_how_it_is_taken_along(page: Page, language: str, sample: Callable[[str], None]) -> None:
    sample("register")
    for address in ("", "bandung/partners/daegu/"):
        page.goto(f"/{LANGUAGE_PREFIXES[language]}{address}")
        expect(page.locator("section.take a[type='application/atom+xml']")).to_have_count(1)
        expect(page.locator("head script[type='application/ld+json']")).to_have_count(1)
        tap(page.locator("section.take summary"))
        expect(page.locator("section.take pre")).to_contain_text("<iframe src=")
        axe(page)
        fits_the_width(page)


def show_in_another_page(page: Page, address: str) -> None:
    other = f'<title>Dinas</title><iframe src="{address}" title="Kembar" width="100%" height="500"></iframe>'
    page.route("**/other-site.html", lambda route: route.fulfill(body=other, content_type="text/html"))
    page.goto("/other-site.html")


def test_a_card_is_shown_inside_another_page(page: Page, sample: Callable[[str], None]) -> None:
    sample("register")
    for address in ("/bandung/card/", "/zh/bandung/partners/daegu/card/", "/ko/bandung/partners/daegu/promises/card/"):
        page.goto(address)
        axe(page)
        fits_the_width(page)
        show_in_another_page(page, address)
        expect(page.frame_locator("iframe").locator("h1")).to_have_count(1)

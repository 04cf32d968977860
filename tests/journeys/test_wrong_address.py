"""Somebody follows an old link or a way in that is closed: the page says so, and everything on it can be used."""

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page

from tests.browser import LANGUAGE_PREFIXES, Watch, axe, fits_the_width, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS = {
    "id": "Tidak ada halaman di alamat ini",
    "en": "There is no page at this address",
    "ko": "이 주소에는 페이지가 없습니다",
    "zh-Hans": "此网址没有页面",
}


def test_an_address_that_leads_nowhere_is_answered_in_words(page: Page, watch: Watch, language: str) -> None:
    watch.expected_status = {404}
    page.goto(f"/{LANGUAGE_PREFIXES[language]}no-such-page/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() == HEADINGS[language]
    axe(page)
    fits_the_width(page)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_directory_that_is_away_leads_to_a_page_that_says_so(
    page: Page, watch: Watch, settings: LazySettings
) -> None:
    names = {"": "Direktori Kota Bandung", "en": "", "ko": "", "zh": ""}
    settings.DIRECTORY = settings.DIRECTORY._replace(issuer="http://127.0.0.1:9", names=names)  # nothing listens there
    watch.expected_status = {403, 503}
    page.goto("/account/sign-in/")
    fits_the_width(page)
    follow(page.locator("main a[href*='/account/directory/']"))
    assert page.locator("h1").inner_text() == "Belum masuk"
    axe(page)
    for prefix in LANGUAGE_PREFIXES.values():
        page.goto(f"/{prefix}account/directory/closed/unknown/")
        fits_the_width(page)

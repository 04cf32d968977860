"""Somebody follows an old link: the page says so in the language of the address, and everything on it can be used."""

import pytest
from playwright.sync_api import Page

from tests.browser import LANGUAGE_PREFIXES, Watch, axe, fits_the_width

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

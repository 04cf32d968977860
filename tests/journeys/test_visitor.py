"""A visitor reads the public register: on a phone and on a desk, in four languages, without an account."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "id": ("Berapa kota kembar Kota Bandung?", "Nanning", "Baru Pernyataan Kehendak (LoI)"),
    "en": ("How many sister cities does Bandung have?", "Nanning", "Letter of intent only"),
    "ko": ("반둥의 자매도시는 몇 곳인가요?", "난닝", "의향서 단계"),
    "zh-Hans": ("万隆有多少个友好城市？", "南宁", "仅有意向书"),
}


def test_the_register_answers_what_a_visitor_came_for(page: Page, language: str, sample: Callable[[str], None]) -> None:
    sample("register")
    prefix = LANGUAGE_PREFIXES[language]
    question, nanning, state = WORDS[language]
    page.goto(f"/{prefix}?on=2026-11-01")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("table.register tbody tr")).to_have_count(23)
    axe(page)
    fits_the_width(page)

    follow(page.locator("nav.nav a").nth(1))
    expect(page.locator("h1")).to_have_text(question)
    expect(page.locator("table.answer tbody tr").first.locator("td.num")).to_have_text("6")
    axe(page)
    fits_the_width(page)

    page.goto(f"/{prefix}?on=2026-11-01")
    page.locator("#q").fill("南宁")
    follow(page.locator("form.filters button"))
    expect(page.locator("table.register tbody tr")).to_have_count(1)
    follow(page.locator("table.register tbody a"))
    expect(page.locator("h1")).to_contain_text(nanning)
    expect(page.locator("#legal")).to_have_text(state)
    expect(page).to_have_url(re.compile(r"/bandung/partners/nanning/\?on=2026-11-01$"))
    axe(page)
    fits_the_width(page)


def test_another_day_and_another_language_keep_the_page(page: Page, sample: Callable[[str], None]) -> None:
    sample("register")
    page.goto("/bandung/partners/daegu/")
    page.locator("#on").fill("2023-03-15")
    follow(page.locator("form.day button"))
    expect(page.locator("#legal")).to_have_text("Baru Pernyataan Kehendak (LoI)")
    follow(page.get_by_role("link", name="한국어"))
    expect(page).to_have_url(re.compile(r"/ko/bandung/partners/daegu/\?on=2023-03-15$"))
    expect(page.locator("h1")).to_contain_text("대구")


def test_a_mistaken_address_is_answered_and_leads_back(
    page: Page, watch: object, sample: Callable[[str], None]
) -> None:
    sample("register")
    watch.expected_status.add(400)  # type: ignore[attr-defined]
    page.goto("/en/?state=nonsense")
    expect(page.locator("h1")).to_have_text("We did not understand this request")
    axe(page)
    follow(page.get_by_role("link", name="The page without these choices"))
    expect(page.locator("table.register tbody tr")).to_have_count(23)


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_the_dark_pages_are_as_readable(page: Page, sample: Callable[[str], None]) -> None:
    sample("register")
    page.emulate_media(color_scheme="dark")
    for address in (
        "/",
        "/bandung/partners/melbourne/",
        "/bandung/partners/suwon/",
        "/bandung/how-many/",
        "/bandung/about/",
        "/bandung/reports/new/",
    ):
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_the_list_and_all_it_loads_is_light(page: Page, sample: Callable[[str], None]) -> None:
    """At most 60 KB on the wire in 8 requests; a phone on a village's network is the measure."""
    sample("register")
    sizes: dict[str, int] = {}

    def weigh(request: object) -> None:
        size = request.sizes()  # type: ignore[attr-defined]
        sizes[request.url] = size["responseBodySize"] + size["responseHeadersSize"]  # type: ignore[attr-defined]

    page.on("requestfinished", weigh)
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 8
    assert sum(sizes.values()) <= 60_000

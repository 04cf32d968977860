"""The watch over the journeys bites: each fault is planted here and must be caught.

Why: a journey that passes because nobody looked is worse than none.
"""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from playwright.sync_api import Error, Page

from kembar.web.entry import public
from tests.browser import Watch, axe, fits_the_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = {
    "fine": '<h1>Fine</h1><p lang="id">Baik</p>',
    "foreign": '<h1>Foreign</h1><img alt="" src="http://127.0.0.1:9/pixel.png">',
    "inline": '<h1>Inline</h1><p style="color: red">red</p>',
    "missing": '<h1>Missing</h1><img alt="" src="/missing.png">',
    "unlabelled": '<h1>Unlabelled</h1><input type="text">',
    "wide": f"<h1>Wide</h1><pre>{'x' * 2000}</pre>",
}


@public("Planted: pages with a fault each.")
def planted(request: HttpRequest, name: str) -> HttpResponse:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title>'
    head += '<link rel="icon" href="data:,">'
    return HttpResponse(
        f'<!doctype html><html lang="en"><head>{head}</head><body><main>{BODY[name]}</main></body></html>'
    )


urlpatterns = [path("planted/<str:name>/", planted, name="planted")]
handler404 = "kembar.web.page.not_found"


@pytest.fixture(autouse=True)
def _planted_pages() -> object:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def faults_of(page: Page, watch: Watch, name: str) -> list[str]:
    """What the watch saw on a planted page, taken from it so that the test itself may pass."""
    page.goto(f"/planted/{name}/", wait_until="networkidle")
    faults, watch.faults = watch.faults, []
    return faults


def test_a_page_without_fault_passes_everything(page: Page, watch: Watch) -> None:
    assert faults_of(page, watch, "fine") == []
    axe(page)
    fits_the_width(page)


@pytest.mark.parametrize("page", ["desk"], indirect=True)
@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("foreign", "console: Loading the image 'http://127.0.0.1:9/pixel.png' violates"),
        ("inline", "console: Applying inline style violates"),
        ("missing", "answered 404: "),
    ],
)
def test_the_watch_sees_what_nobody_sees(page: Page, watch: Watch, name: str, begins: str) -> None:
    faults = faults_of(page, watch, name)
    assert [fault[: len(begins)] for fault in faults[:1]] == [begins]


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_a_step_off_the_site_is_seen(page: Page, watch: Watch) -> None:
    with pytest.raises(Error, match="net::"):
        page.goto("http://127.0.0.1:9/")
    faults, watch.faults = watch.faults, []
    assert faults[:1] == ["left the site: http://127.0.0.1:9/"]


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_an_input_without_label_is_not_accessible(page: Page, watch: Watch) -> None:
    assert faults_of(page, watch, "unlabelled") == []
    with pytest.raises(AssertionError, match=r"label \(critical\): .*\n +input: <input type=\"text\">"):
        axe(page)


def test_a_page_that_is_too_wide_does_not_fit(page: Page, watch: Watch) -> None:
    assert faults_of(page, watch, "wide") == []
    with pytest.raises(AssertionError, match="pixels wider than the screen"):
        fits_the_width(page)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_page_that_is_too_wide_on_a_desk_alone_is_found_on_a_phone(page: Page, watch: Watch) -> None:
    assert faults_of(page, watch, "fine") == []
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync("@media (min-width: 1000px) { h1 { width: 2000px } }")
        document.adoptedStyleSheets = [sheet]
    }""")
    with pytest.raises(AssertionError, match="pixels wider than the screen"):
        fits_the_width(page)

"""Chromium for the journeys: real pages, a phone and a desk, and nothing that leaves the site."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

# Each window would draw the suggestions of its address bar, which nobody sees, at the price of a page. The rest is what
# Playwright turns off: of two lists Chromium takes the last.
WITHOUT = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "LensOverlay", "MediaRouter", "OptimizationHints"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "NetworkTimeServiceQuerying", "PaintHolding"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect", "DestroyProfileOnBrowserClose"),
    *("ThirdPartyStoragePartitioning", "PreconnectToSearch"),
]
FLAGS = [
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
LANGUAGE_PREFIXES = {"id": "", "en": "en/", "ko": "ko/", "zh-Hans": "zh/"}
PATIENCE = 30_000  # milliseconds: how long a busy machine may take; nothing waits longer than the page needs
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a phone in four languages, on a desk in one: `fits_the_width` holds the phone's page against both screens, and
    what a page says to axe does not hang on screen and language at once."""
    given = [getattr(getattr(item, "callspec", None), "params", {}) for item in items]
    twice = [params.get("page") == "desk" and params.get("language", "id") != "id" for params in given]
    config.hook.pytest_deselected(items=[item for item, left in zip(items, twice, strict=True) if left])
    items[:] = [item for item, left in zip(items, twice, strict=True) if not left]


@dataclass
class Watch:
    """What went wrong on a page without anybody seeing it."""

    home: str
    faults: list[str] = field(default_factory=list)
    expected_status: set[int] = field(default_factory=set)  # a test that visits an error page names its status here

    def on_request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and f"{address.scheme}://{address.netloc}" != self.home:
            self.faults.append(f"left the site: {request.url}")

    def on_response(self, response: Any) -> None:
        if response.status >= 400 and response.status not in self.expected_status:
            self.faults.append(f"answered {response.status}: {response.url}")

    def on_console(self, message: Any) -> None:
        # The browser repeats every failed answer here; on_response has judged those already.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def on_page_error(self, error: Any) -> None:
        self.faults.append(f"script: {error}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("KEMBAR_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("the journeys need Chromium: install it, or name it in KEMBAR_CHROMIUM")
    # Playwright's synchronous calls keep an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server: Any) -> Watch:
    return Watch(home=live_server.url)


@pytest.fixture(params=["phone", "desk"])
def page(request: pytest.FixtureRequest, chromium: Browser, live_server: Any, watch: Watch) -> Iterator[Page]:
    """A page of the live site, once on a phone and once on a desk; the test fails when anything on it went wrong.

    Addresses are relative: `page.goto("/en/")`. `@pytest.mark.parametrize("page", ["desk"], indirect=True)` takes one.
    """
    context = chromium.new_context(
        base_url=live_server.url,
        viewport=PHONE if request.param == "phone" else DESK,  # type: ignore[arg-type]
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    context.on("request", watch.on_request)
    context.on("response", watch.on_response)
    page.on("console", watch.on_console)
    page.on("pageerror", watch.on_page_error)
    yield page
    context.close()
    assert watch.faults == []


@pytest.fixture(params=list(LANGUAGE_PREFIXES))
def language(request: pytest.FixtureRequest) -> str:
    """Each of the four languages, as HTML writes it; `LANGUAGE_PREFIXES[language]` begins its addresses."""
    return str(request.param)


def follow(target: Locator) -> None:
    """Presses a link or button that leads somewhere and waits for the page it leads to.

    A bare click comes back before the next page has begun: what is read then is the old page on a busy machine.
    """
    with target.page.expect_navigation():
        target.click()


def tap(target: Locator) -> None:
    """Presses what changes the page without leaving it; what it changes is then waited for with `expect`."""
    target.click()


def by_menu(page: Page, name: str) -> None:
    """Goes to a page of the desk by its menu: a phone opens all of it first, a desk what is not for every day."""
    link = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
    for summary in (page.locator(".menu > summary"), page.locator(".more > summary")):
        if not link.is_visible() and summary.is_visible():
            tap(summary)
    follow(link)


def axe(page: Page) -> None:
    """Fails with a readable list where the page breaks a rule of WCAG 2.2 AA that a machine can see."""
    asked = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    results = Axe().run(page, options=asked).response
    broken = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
        + "\n    ".join(f"{' '.join(node['target'])}: {node['html'][:160]}" for node in rule["nodes"])
        for rule in results["violations"]
    ]
    assert not broken, f"{page.url} is not accessible:\n" + "\n".join(broken)


def fits_the_width(page: Page) -> None:
    """Fails when the page has to be pushed sideways to be read; what a phone shows is held against a desk as well."""
    _fits(page)
    if page.viewport_size == PHONE:
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        _fits(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def _fits(page: Page) -> None:
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0, f"{page.url} is {too_wide} pixels wider than the screen"

"""Signing in with an OpenID-certified provider, as people do it: each step in Chromium, its end read off the page."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.drills import Instance, free_port

PROVIDER = Path(__file__).resolve().parent.parent / ".check/directory"
SECRET = "a-secret-of-two-and-long-enough-for-everybody"
BACK = "/account/directory/back/"
CHROMIUM = os.environ.get("KEMBAR_CHROMIUM", "/usr/bin/chromium")


@contextmanager
def directory(site: Instance, port: int, *, secret: str = SECRET, alg: str = "RS256") -> Iterator[None]:
    """With new keys each time, under the same name."""
    given = {"PORT": str(port), "SITE": f"http://127.0.0.1:{site.port}", "SECRET": secret, "ALG": alg}
    with subprocess.Popen(
        ["node", "provider.mjs"], cwd=PROVIDER, env=os.environ | given, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        try:
            while line := running.stdout.readline():
                if line.strip() == "ready":
                    break
            else:
                raise SystemExit("the directory did not start")
            yield
        finally:
            running.terminate()


def at_the_directory(page: Page, person: str) -> None:
    """Gives a name there, and agrees to what is asked."""
    with page.expect_navigation():
        page.wait_for_selector("input[name=login]")
        page.fill("input[name=login]", person)
        page.fill("input[name=password]", "anything")
        page.click("button[type=submit]")
    if page.locator("a[href$='/abort']").count():
        with page.expect_navigation():
            page.click("button[type=submit]")


def begin(page: Page) -> None:
    page.goto("/en/account/sign-in/")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Sign in with")).click()


def is_in(page: Page) -> None:
    page.goto("/en/account/")
    expect(page.get_by_text("head@example.org").first).to_be_visible()


def is_told(page: Page, why: str) -> None:
    page.wait_for_url(f"**/account/directory/closed/{why}/")


class Walk:
    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base, self.failed = browser, base, 0

    def step(self, name: str, deed: Callable[[Page], None]) -> None:
        context = self.browser.new_context(base_url=self.base)
        page = context.new_page()
        try:
            deed(page)
            print(f"  good  {name}", flush=True)
        except Exception as fault:
            self.failed += 1
            print(f"  BAD   {name}: at {page.url}: {str(fault).splitlines()[0]}", flush=True)
        context.close()


def comes_back(page: Page) -> None:
    """Signs in, out, and in again; the second time the directory still knows who it is."""
    begin(page)
    at_the_directory(page, "head-1")
    is_in(page)
    page.goto("/en/account/sign-out/")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    begin(page)
    is_in(page)


def refused(person: str, why: str) -> Callable[[Page], None]:
    def deed(page: Page) -> None:
        begin(page)
        at_the_directory(page, person)
        is_told(page, why)

    return deed


def breaks_off(page: Page) -> None:
    begin(page)
    with page.expect_navigation():
        page.click("a[href$='/abort']")
    is_told(page, "cancelled")


def takes_the_same_way_again(page: Page) -> None:
    ways = []
    page.on("request", lambda request: ways.append(request.url) if BACK in request.url else None)
    begin(page)
    at_the_directory(page, "head-1")
    is_in(page)
    page.goto(ways[0])
    is_told(page, "again")


def is_not_answered(page: Page) -> None:
    page.goto("/en/account/directory/")
    is_told(page, "unreachable")


def walk(site: Instance, link: str, port: int, steps: Walk) -> None:
    def joins(page: Page) -> None:
        page.goto(link)
        with page.expect_navigation():
            page.locator("main a[href*='directory']").click()
        at_the_directory(page, "head-1")
        is_in(page)

    with directory(site, port):
        steps.step("whoever was invited joins without a password", joins)
        steps.step("signs in, out, and in again", comes_back)
        steps.step("a stranger is told that they are no member", refused("stranger-1", "unknown"))
        steps.step("an address nobody verified does not count", refused("careless-1", "unverified"))
        steps.step("an address of another house does not count", refused("guest-1", "elsewhere"))
        steps.step("who breaks off there is told so", breaks_off)
        steps.step("a way that was used is not taken again", takes_the_same_way_again)
    steps.step("a directory that is away is said to be", is_not_answered)
    for alg in ("ES256", "PS256"):
        with directory(site, port, alg=alg):
            steps.step(f"new keys, {alg}: comes in", comes_back)
    with directory(site, port, secret="another-secret-than-the-one-that-was-given"):
        steps.step("a secret that is not right lets nobody in", refused("head-1", "unreachable"))


def main() -> int:
    port = free_port()
    os.environ.update(
        KEMBAR_OIDC_ISSUER=f"http://127.0.0.1:{port}", KEMBAR_OIDC_CLIENT="kembar", KEMBAR_OIDC_SECRET=SECRET,
        KEMBAR_OIDC_MAIL_DOMAINS="example.org",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Instance(Path(folder), "")
        words = ("open-office", "Bandung", "--country", "ID", "--head-mail", "head@example.org", "--head-name", "Head")
        link = re.search(r"http\S+/account/invitation/\S+", site.run("-m", "kembar", *words).stdout)
        if link is None:
            raise SystemExit("no invitation was written")
        site.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        steps = Walk(browser, f"http://127.0.0.1:{site.port}")
        try:
            walk(site, link.group(), port, steps)
        finally:
            browser.close()
            with suppress(ProcessLookupError):
                site.kill()
    return 1 if steps.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Takes the pictures of the guide anew: `.venv/bin/python docs/pictures/make.py [NAME …]`.

Fills an instance of its own with the sample story in a temporary folder, serves it, signs in as the sample's people and
looks at the pages in Chromium, in Indonesian. Needs what `./check` needs.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent.parent))
KEMBAR = Path(sys.executable).parent / "kembar"
WIDTH = 900
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as `who` sees it (nobody where empty), from the element `at` on, this many pixels high. `click` first."""

    name: str
    path: str
    height: int
    who: str = "petugas"
    at: str = "main"
    click: str = ""


PICTURES = (
    Picture("masuk", "/account/sign-in/", 420, who=""),
    Picture("hari-ini", "/bandung/desk/", 640, at="body"),
    Picture("milik-saya", "/bandung/desk/?whose=mine", 560),
    Picture("berkas-mitra", "/bandung/desk/partners/melbourne/", 620),
    Picture("disetujui-dan-ditandatangani", "/bandung/desk/partners/melbourne/", 420, at="table:has(caption)"),
    Picture("pernyataan", "/bandung/desk/claims/?decision=open", 560),
    Picture("pertentangan", "/bandung/desk/contradictions/", 560),
    Picture("memutuskan", "/bandung/desk/contradictions/", 640, click="main a[href*='/decide/']"),
    Picture("narahubung", "/bandung/desk/partners/suwon/contacts/", 480),
    Picture("pejabat", "/bandung/desk/holders/", 600),
    Picture("janji", "/bandung/desk/commitments/", 640),
    Picture("membaca", "/bandung/desk/intake/", 900, click="main a[href*='/intake/']:has-text('Berita rekaan')"),
    Picture("anggota", "/bandung/desk/members/", 470, who="kepala"),
)


def main(names: list[str]) -> None:
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    chromium = os.environ.get("KEMBAR_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sample() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for who in dict.fromkeys(picture.who for picture in wanted):
            page = signed_in(browser, site, who)
            for picture in wanted:
                if picture.who == who:
                    take(page, picture)
                    print(f"{picture.name}.png {(FOLDER / f'{picture.name}.png').stat().st_size // 1024} KB")
        browser.close()


@contextmanager
def sample() -> Iterator[str]:
    """The address of a sample instance that only this run knows; gone at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as folder:
        unset = {name: value for name, value in os.environ.items() if not name.startswith("KEMBAR_")}
        os.environ.clear()
        os.environ.update(unset, KEMBAR_DATA_DIR=folder, KEMBAR_SAMPLE="1", KEMBAR_SITE_ADDRESS=site)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        subprocess.run([KEMBAR, "demo", "--stage", "desk"], check=True)
        server = subprocess.Popen([KEMBAR, "serve", "--port", str(port), "--workers", "1"], stdout=subprocess.DEVNULL)
        try:
            wait_for(site)
            yield site
        finally:
            server.terminate()
            server.wait()


def wait_for(site: str) -> None:
    for _ in range(240):
        try:
            urlopen(site).close()
            return
        except URLError:
            time.sleep(0.5)
    raise SystemExit(f"{site} does not answer")


def signed_in(browser: Browser, site: str, who: str) -> Page:
    """A page of somebody of the sample, or of a visitor."""
    page = browser.new_page(base_url=site, viewport={"width": WIDTH, "height": 900}, locale="id-ID")
    page.set_default_timeout(60_000)
    if who:
        email = f"{who}@bandung.example"
        page.goto("/account/sign-in/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", password())
        with page.expect_navigation():
            page.click("main form button")
        code = subprocess.run([KEMBAR, "code", email], check=True, capture_output=True, text=True).stdout.strip()
        page.fill("[name=code]", code)
        with page.expect_navigation():
            page.click("main form:has([name=code]) button")
    return page


def password() -> str:
    """Of every sample account; `kembar serve` prints it too."""
    import django

    django.setup()
    from kembar.demo.stages import PASSWORD

    return PASSWORD


def take(page: Page, picture: Picture) -> None:
    page.goto(picture.path)
    if picture.click:
        with page.expect_navigation():
            page.locator(picture.click).first.click()
    spot = page.locator(picture.at).first
    spot.scroll_into_view_if_needed()
    box = spot.bounding_box()
    assert box is not None, picture.name
    top = box["y"] + page.evaluate("window.scrollY")
    clip = {"x": 0, "y": top, "width": WIDTH, "height": min(picture.height, box["height"])}
    page.screenshot(path=FOLDER / f"{picture.name}.png", clip=clip, full_page=True, animations="disabled")  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1:])

"""A letter arrives by post: scanned, handed in, refused once, used as a source, withdrawn."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from kembar.files.tests import samples
from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("#id_file").set_input_files(FilePayload(name=name, mimeType="application/pdf", buffer=content))


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form.entry .button").click()


@pytest.mark.parametrize("language", ["id", "ko"], indirect=True)
def test_a_letter_is_handed_in_used_as_a_source_and_withdrawn(page: Page, sari: None, language: str) -> None:
    file = f"/{LANGUAGE_PREFIXES[language]}bandung/desk/partners/suwon/"
    page.goto(f"{file}documents/attach/")
    page.locator("#id_title").fill("Surat tawaran Suwon 2024")
    choose(page, "surat.pdf", b"MZ a program")
    send(page)
    expect(page.locator("#id_file_error")).to_have_count(1)
    expect(page.locator("#id_title")).to_have_value("Surat tawaran Suwon 2024")
    axe(page)
    fits_the_width(page)
    choose(page, "surat.pdf", samples.pdf())
    page.locator("#id_kind").select_option("letter")
    page.locator("#id_date").fill("2024-05-02")
    send(page)
    row = page.locator("tr[id^=attachment-]")
    expect(row.locator("th a")).to_have_text("Surat tawaran Suwon 2024")
    axe(page)
    fits_the_width(page)
    with page.expect_download() as download:
        row.locator("th a").click()
    assert download.value.path().read_bytes() == samples.pdf()
    with page.expect_navigation():
        row.locator("form button").click()
    expect(row.locator("form")).to_have_count(0)
    with page.expect_navigation():
        row.locator("td a[href$='/withdraw/']").click()
    page.locator("#id_reason").fill("Surat untuk kota lain.")
    axe(page)
    send(page)
    expect(row).to_have_count(0)
    expect(page.locator("li[id^=attachment-]")).to_contain_text("Surat untuk kota lain.")

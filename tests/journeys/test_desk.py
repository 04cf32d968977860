"""An officer at the desk: a disagreement found, decided and seen on the public page; an entry by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from kembar.partnerships.models import Event
from tests.browser import LANGUAGE_PREFIXES, axe, fits_the_width, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_disagreement_is_found_decided_and_seen_on_the_public_page(page: Page, sari: None) -> None:
    page.goto("/bandung/partners/suwon/")
    expect(page.locator(".banner .facts")).to_contain_text("Agustus 1997")
    expect(page.locator(".banner .facts")).not_to_contain_text("25 Agustus 1997")

    for day, decision in (("27 Agustus 1997", "ditolak"), ("25 Agustus 1997", "diterima")):
        page.goto("/bandung/desk/")
        follow(page.get_by_role("link", name="pertentangan untuk diputuskan"))
        if decision == "diterima":
            page.goto("/bandung/desk/partners/suwon/#disagree")
        row = page.locator("tr", has_text=day).first
        follow(row.get_by_role("link", name="Putuskan"))
        axe(page)
        fits_the_width(page)
        page.get_by_label(decision, exact=True).check()
        page.locator("#id_reason").fill("Naskah menyebut 25 Agustus.")
        follow(page.get_by_role("button", name="Simpan"))
        expect(page.locator(".note.good")).to_have_text("Tersimpan.")
        expect(page.locator("#history ~ .history")).to_contain_text("Naskah menyebut 25 Agustus.")

    page.goto("/bandung/partners/suwon/")
    expect(page.locator(".banner .facts")).to_contain_text("25 Agustus 1997")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key never reaches {selector}")


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_an_event_is_entered_by_keyboard_alone(page: Page, sari: None) -> None:
    page.goto("/en/bandung/desk/partners/suwon/")
    tab_to(page, "a[href$='/events/enter/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Event")
    tab_to(page, "#id_title")
    page.keyboard.type("Youth football in Suwon")
    tab_to(page, "#id_date")
    page.keyboard.type("32 May 2024")
    tab_to(page, "[name=origin]")
    page.keyboard.press("ArrowUp")
    tab_to(page, "form.entry button")
    page.keyboard.press("Enter")
    expect(page.locator(".summary li")).to_have_count(1)
    axe(page)
    expect(page.locator("#id_title")).to_have_value("Youth football in Suwon")
    tab_to(page, "#id_date")
    page.keyboard.press("Control+A")
    page.keyboard.type("12 May 2024")
    tab_to(page, "form.entry button")
    page.keyboard.press("Enter")
    expect(page.locator("#events ~ .record").first).to_contain_text("Youth football in Suwon")
    assert Event.objects.get(title="Youth football in Suwon").standing == "accepted"


PAGES = (
    "", "partners/", "partners/melbourne/", "partners/melbourne/print/", "partners/suwon/papers/enter/", "claims/",
    "contradictions/", "sources/", "reports/", "changes/", "search/?q=suwon", "partners/open/?name=osaka",
)  # fmt: skip


def test_every_page_of_the_desk_can_be_used_by_everyone(page: Page, sari: None, language: str) -> None:
    for address in PAGES:
        page.goto(f"/{LANGUAGE_PREFIXES[language]}bandung/desk/{address}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        fits_the_width(page)


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_a_partner_fits_on_one_sheet_of_a4(page: Page, sari: None) -> None:
    for partner in ("melbourne", "suwon", "braunschweig", "hamamatsu"):
        page.goto(f"/bandung/desk/partners/{partner}/print/")
        assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1, partner

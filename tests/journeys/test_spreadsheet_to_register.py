"""An officer hands in a strange old list; the register has it; the list was the wrong one, and it is taken back."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from kembar.spreadsheets.samples import DATA
from tests.browser import LANGUAGE_PREFIXES, axe, by_menu, fits_the_width, follow
from tests.members import member, office, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = DATA / "contoh-daftar-lama.xlsx"


@pytest.fixture
def officer(page: Page) -> Page:
    """Sari, signed in, on her first day: the office has nothing in its register."""
    client = Client()
    sign_in(client, member("Sari", Role.OFFICER, office=office("bandung")))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    return page


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def hand_in(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(LIST)
    follow(page.locator("main form button").first)
    page.wait_for_url(re.compile(r"/desk/spreadsheets/\d+/sheet/$"))


def test_from_the_old_list_to_the_register_and_back(officer: Page) -> None:
    page = officer
    page.goto("/en/bandung/desk/")
    by_menu(page, "Spreadsheets")
    expect(page.get_by_text("No spreadsheet has been handed in yet")).to_be_visible()
    looked_at(page)
    follow(page.get_by_role("link", name="Hand in a spreadsheet"))
    looked_at(page)
    hand_in(page)
    expect(page.get_by_label("Row of the headings")).to_have_value("5")
    looked_at(page)
    follow(page.get_by_role("button", name="Go on to the columns"))
    expect(page.get_by_label("B Kota Mitra")).to_have_value("partner")
    looked_at(page)
    follow(page.get_by_role("button", name="Look the rows through"))
    expect(page.get_by_text("25 March 2024 was a Monday, not a Tuesday.")).to_be_visible()
    expect(page.get_by_text("“31 September 2017”: The calendar has no such day.")).to_be_visible()
    looked_at(page)
    page.get_by_label("What is it?").select_option("paper:letter_of_intent")
    follow(page.get_by_role("button", name="Look through again with these answers"))
    expect(page.get_by_role("heading", name="Bring in 13 rows")).to_be_visible()
    follow(page.get_by_role("button", name="Bring in", exact=True))
    expect(page.get_by_text("Brought in")).to_be_visible()
    looked_at(page)

    # The public register has what the list said, and what follows from it.
    page.goto("/en/")
    expect(page.get_by_role("link", name="Braunschweig")).to_be_visible()
    page.go_back()

    follow(page.get_by_role("link", name="Take it back as one"))
    looked_at(page)
    page.get_by_label("Why is it taken back?").fill("It was the list of another year")
    follow(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_text("by Sari: It was the list of another year")).to_be_visible()
    looked_at(page)
    page.goto("/en/")
    expect(page.get_by_role("link", name="Braunschweig")).to_have_count(0)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_every_step_can_be_read_in_every_language_on_a_phone(officer: Page, language: str) -> None:
    page = officer
    page.goto(f"/{LANGUAGE_PREFIXES[language]}bandung/desk/spreadsheets/")
    looked_at(page)
    follow(page.locator("main a.button"))
    looked_at(page)
    hand_in(page)
    looked_at(page)
    follow(page.locator("main form button").first)
    looked_at(page)
    follow(page.locator("main form button").first)
    page.wait_for_url(re.compile(r"/desk/spreadsheets/\d+/$"))
    looked_at(page)
    follow(page.locator("#bring + form button, section[aria-labelledby=bring] button"))
    expect(page.locator("main .note.good")).to_be_visible()
    looked_at(page)

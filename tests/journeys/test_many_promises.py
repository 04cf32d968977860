"""An officer goes from the board to the list, ticks what waits and accepts it together: by keyboard alone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import accepted, claimed
from kembar.lib.dates import parse_edtf
from tests import members
from tests.browser import axe, fits_the_width, follow
from tests.journeys.test_desk import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEDGER = "/bandung/desk/commitments/"


@pytest.fixture
def kept(page: Page, live_server: object) -> None:
    """Two claims, one promise overdue, one due in a month; Sari at the desk."""
    office = members.office()
    for what, due in (("mengirim 20 pelajar", "2026"), ("membuka pameran batik bersama di balai kota", "2950-03")):
        claimed(office, what=what, due=parse_edtf(due), made_on=None)
    accepted(office, what="menerima delegasi guru", due=parse_edtf("2020-05-04"), made_on=None, conditional=False)
    accepted(office, what="berbagi data mutu air", due=parse_edtf("2950-03-14"), made_on=None, recurring=True)
    client = Client()
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=office))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_claims_are_found_on_the_board_and_accepted_together_by_keyboard_alone(page: Page, kept: None) -> None:
    page.goto(f"{LEDGER}board/")
    expect(page.locator(".board .state-overdue h2 b")).to_have_text("1")
    tab_to(page, ".board .state-claimed h2 a")
    page.keyboard.press("Enter")
    expect(page.locator(".chips li").first).to_contain_text("Keadaan: tercatat")
    boxes = page.locator("[name=chosen]")
    for number in range(2):
        tab_to(page, "[name=chosen]")
        page.keyboard.press("Space")
        expect(boxes.nth(number)).to_be_checked()
    tab_to(page, "#many button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ubah banyak janji sekaligus")
    tab_to(page, "#id_owner_post")
    page.keyboard.type("Dinas Pendidikan")
    tab_to(page, "#id_deputy_post")
    page.keyboard.type("Bagian Kerja Sama")
    tab_to(page, "#id_move")
    page.keyboard.press("ArrowDown")
    tab_to(page, "form.entry .ways button")
    page.keyboard.press("Enter")
    expect(page.locator(".note.good")).to_contain_text("Selesai: 2. Tidak diubah: 0.")
    expect(page.locator(".success")).to_have_count(2)
    assert list(Commitment.objects.order_by("id").values_list("state", flat=True)) == ["accepted"] * 4


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_every_view_of_the_ledger_can_be_read_on_a_phone(page: Page, kept: None) -> None:
    month = "calendar/?month=2950-03"
    views = (
        ("board/?partner=nanning", ".board section"),
        (month, ".month li:not(.free) a"),
        (month, ".band"),
        ("", "tr"),
    )
    for path, seen in views:
        page.goto(LEDGER + path)
        expect(page.locator(f"main {seen}").last).to_be_visible()
        axe(page)
        fits_the_width(page)
    follow(page.locator("#many a"))
    expect(page.locator("form.entry [name=chosen]")).to_have_count(4)
    axe(page)
    fits_the_width(page)

"""An officer opens a case and walks the first steps of the legal road, in Indonesian; the council's page is read."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.actions import adopt
from kembar.cities.queries import find
from kembar.partnerships.actions import open_file
from kembar.partnerships.states import Kind
from tests.browser import Watch, axe, fits_the_width, follow
from tests.members import member, office, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def as_officer(page: Page, watch: Watch) -> None:
    bandung = office("bandung")
    open_file(by=SYSTEM, office=bandung, partner=adopt(find("Nanning", country="CN"), by=SYSTEM), kind=Kind.SISTER)
    client = Client()
    sign_in(client, member("Sari", Role.OFFICER, office=bandung))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": watch.home}])


def test_a_case_is_opened_and_its_first_steps_are_done(page: Page, watch: Watch) -> None:
    as_officer(page, watch)
    page.goto("/bandung/desk/partners/nanning/")
    follow(page.get_by_role("link", name="Buka proses"))
    looked_at(page)
    page.get_by_label("Perihal").fill("Kota kembar Bandung dan Nanning")
    page.get_by_label("Dibuka pada").fill("2 Januari 2025")
    page.get_by_label("Ruang lingkup yang direncanakan").fill("kota cerdas\nkebudayaan")
    follow(page.get_by_role("button", name="Simpan"))
    looked_at(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kota kembar Bandung dan Nanning")
    for step, day in (("Prakarsa", "3 Januari 2025"), ("Penjajakan", "4 Februari 2025")):
        follow(page.get_by_role("link", name="Catat sudah selesai"))
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Selesai: {step}")
        looked_at(page)
        page.get_by_label("Kapan", exact=True).fill(day)
        follow(page.get_by_role("button", name="Simpan"))
    expect(page.locator("#next + .lead b")).to_have_text("Pernyataan Kehendak Kerja Sama (LoI)")
    follow(page.get_by_role("link", name="Untuk DPRD"))
    looked_at(page)
    for address in ("/bandung/desk/cases/", "/bandung/desk/renewals/", "/bandung/desk/procedures/"):
        page.goto(address)
        looked_at(page)
    page.goto("/bandung/desk/procedures/id-ksdpl/1/")
    looked_at(page)

"""An officer enters whom to call and who held office, on a phone and at a desk."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

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
    open_file(by=SYSTEM, office=bandung, partner=adopt(find("Suwon", country="KR"), by=SYSTEM), kind=Kind.SISTER)
    client = Client()
    sign_in(client, member("Sari", Role.OFFICER, office=bandung))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": watch.home}])


def test_contacts_and_office_holders_are_entered(page: Page, watch: Watch) -> None:
    as_officer(page, watch)
    page.goto("/account/desk/")
    page.wait_for_url("**/bandung/desk/")
    page.goto("/bandung/desk/partners/suwon/")
    follow(page.get_by_role("link", name="Narahubung: 0"))
    looked_at(page)
    follow(page.get_by_role("link", name="Tambah narahubung"))
    looked_at(page)
    page.get_by_label("Nama").fill("Kim Minji")
    page.get_by_label("Alamat surel").fill("minji@example.org")
    page.get_by_label("Telepon").fill("+82 31 000 0000")
    page.get_by_label("Pada jabatan ini sejak").fill("Maret 2024")
    follow(page.get_by_role("button", name="Simpan", exact=True))
    assert page.get_by_role("rowheader").all_inner_texts() == ["Kim Minji"]
    looked_at(page)

    page.goto("/bandung/desk/holders/")
    follow(page.get_by_role("link", name="Catat pejabat"))
    page.get_by_label("Pemerintah daerah").select_option("Suwon")
    page.get_by_label("Nama").fill("Budi Contoh")
    page.get_by_label("Jabatan", exact=True).fill("Wali Kota")
    page.get_by_label("Menjabat sejak").fill("31 Februari 2018")
    follow(page.get_by_role("button", name="Simpan", exact=True))
    looked_at(page)
    page.get_by_label("Menjabat sejak").fill("2018")
    follow(page.get_by_role("button", name="Simpan", exact=True))
    assert page.get_by_role("rowheader").all_inner_texts() == ["Budi Contoh"]
    looked_at(page)
    follow(page.get_by_role("link", name="Batalkan"))
    looked_at(page)

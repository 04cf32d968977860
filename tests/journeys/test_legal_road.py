"""An officer carries a new tie from the offer to the deposit, in Indonesian; the council's page and the partner's side
are read on the way, and the paper comes back signed."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.actions import adopt
from kembar.cities.queries import find
from kembar.files.tests import samples
from kembar.files.tests.signing import signed, signer, with_text_added
from kembar.lib.dates import parse_written
from kembar.partnerships.actions import open_file
from kembar.partnerships.states import Kind
from kembar.procedure.models import Case
from kembar.procedure.tests.walking import GATES, TO_COUNCIL, walk
from tests.browser import Watch, axe, fits_the_width, follow
from tests.members import member, office, sign_in

MAYOR = "Muhammad Farhan"
MOU = signed(samples.pdf(), signer(MAYOR))

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


def test_a_new_tie_is_carried_from_the_offer_to_the_deposit(page: Page, watch: Watch) -> None:
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
        page.get_by_label("Kapan", exact=True).fill(day)
        follow(page.get_by_role("button", name="Simpan"))
    here = page.url.partition("?")[0]
    for number, step in enumerate((*TO_COUNCIL[2:], *GATES), start=1):
        by_hand(page, here, step, f"{number} Maret 2025")
    page.goto(here)
    expect(page.locator("#next + .lead b")).to_have_text("Penandatanganan")
    scan = {"name": "mou.pdf", "mimeType": "application/pdf", "buffer": with_text_added(MOU)}
    page.goto(f"{here}steps/signing/done/")
    looked_at(page)
    page.get_by_label("Kapan", exact=True).fill("2 April 2025")
    page.get_by_label("Penanda tangan dari kita").fill(MAYOR)
    page.get_by_label("Bahasa naskah").fill("id zh")
    page.get_by_label("Bahasa yang berlaku apabila").fill("id")
    page.get_by_label("Naskahnya sendiri").set_input_files(scan)  # type: ignore[arg-type]
    follow(page.get_by_role("button", name="Simpan"))
    expect(page.locator("#id_paper_error")).to_have_text(
        "Ada yang ditambahkan pada PDF ini setelah ditandatangani. "
        "Unggah berkas sebagaimana adanya saat ditandatangani."
    )
    page.get_by_label("Naskahnya sendiri").set_input_files(scan | {"buffer": MOU})  # type: ignore[arg-type]
    follow(page.get_by_role("button", name="Simpan"))
    expect(page.locator("#papers ~ ul a[download]")).to_have_text("mou.pdf")
    expect(page.locator("#papers ~ ul .tag")).to_have_text("Tanda tangan elektronik")
    looked_at(page)
    done(page, here, "partner_filing", "20 April 2025", "Catatan", "wsb.gxzf.gov.cn")
    expect(page.locator("#theirs ~ ul li").last).to_contain_text("20 April 2025")
    for step in ("deposit", "certified_copies"):
        done(page, here, step, "5 Mei 2025")
    page.goto(f"{here}moves/close/")
    page.get_by_label("Kapan", exact=True).fill("6 Mei 2025")
    follow(page.get_by_role("button", name="Simpan"))
    expect(page.locator("#next + p")).to_have_text("Selesai: 6 Mei 2025")
    follow(page.get_by_role("link", name="Untuk DPRD"))
    looked_at(page)
    expect(page.locator("tbody tr")).to_have_count(2)
    for address in ("/bandung/desk/cases/", "/bandung/desk/renewals/", "/bandung/desk/procedures/"):
        page.goto(address)
        looked_at(page)
    page.goto("/bandung/desk/procedures/id-ksdpl/1/")
    looked_at(page)


def by_hand(page: Page, here: str, step: str, day: str) -> None:
    """As `done`; a phone has shown its forms by now, and takes the steps in between without them."""
    if page.viewport_size and page.viewport_size["width"] > 600:
        done(page, here, step, day)
    else:
        named = {"signatory": MAYOR} if step == "full_powers" else {}
        walk(Case.objects.get(), step, on=parse_written(day).edtf, **named)


def done(page: Page, here: str, step: str, day: str, label: str = "", words: str = "") -> None:
    """The step is done on that day; everything asked for besides is what the form offers."""
    page.goto(f"{here}steps/{step}/done/")
    page.get_by_label("Kapan", exact=True).fill(day)
    if step == "full_powers":
        label, words = "Penanda tangan dari kita", MAYOR
    if label:
        page.get_by_label(label).fill(words)
    follow(page.get_by_role("button", name="Simpan"))
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")

"""What an office lives through: a partner from first contact to signed on two days, a colleague who leaves."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from tests.browser import Watch, axe, fits_the_width, follow
from tests.members import member, office, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def let_in(page: Page, client: Client, home: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": home}])


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def save(page: Page) -> None:
    page.locator("[name=origin][value=office]").check()
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".note.good")).to_have_text("Saved.")


def test_a_new_partner_from_the_first_contact_to_signed_apart(
    page: Page, watch: Watch, sample: Callable[[str], None]
) -> None:
    sample("register")
    client = Client()
    sign_in(client, member("Sari", Role.OFFICER, office=office()))
    let_in(page, client, watch.home)

    page.goto("/en/bandung/desk/partners/")
    follow(page.get_by_role("link", name="New partner"))
    page.locator("main input[name=name]").first.fill("大阪")
    follow(page.locator("main").get_by_role("button", name="Search", exact=True))
    looked_at(page)
    page.locator("[name=place]").first.check()
    page.locator("#id_why").fill("Waste and water, asked for by Osaka.")
    page.locator("#id_decider").fill("The mayor")
    follow(page.get_by_role("button", name="Open the file"))
    expect(page.locator("h1")).to_contain_text("Osaka")
    file = page.url.split("?")[0]

    page.goto(f"{file}events/enter/")
    page.locator("#id_kind").select_option("contact")
    page.locator("#id_title").fill("A letter from Osaka")
    page.locator("#id_date").fill("January 2026")
    save(page)
    page.goto(f"{file}papers/enter/")
    page.locator("#id_kind").select_option("memorandum_of_understanding")
    page.locator("#id_term").fill("5 years")
    save(page)
    expect(page.locator("main")).to_contain_text("memorandum of understanding")

    for party, day in (("Bandung", "3 March 2026"), ("Osaka", "10 April 2026")):
        follow(page.get_by_role("link", name="Add a signature").first)
        page.locator("#id_party").select_option(label=party)
        page.locator("#id_date").fill(day)
        save(page)
    looked_at(page)

    page.goto(f"/en/bandung/partners/{file.rstrip('/').rsplit('/', 1)[1]}/")
    expect(page.locator("#legal")).to_have_text("In force")
    expect(page.locator(".banner .facts")).to_contain_text("10 April 2026")
    looked_at(page)


def test_a_colleague_leaves_and_the_file_stays(page: Page, watch: Watch, sample: Callable[[str], None]) -> None:
    sample("register")
    watch.expected_status = {404}
    bandung = office()
    head, leaver = Client(), Client()
    sign_in(head, member("Rudi", Role.HEAD, office=bandung))
    sign_in(leaver, member("Sari", Role.OFFICER, office=bandung))

    let_in(page, leaver, watch.home)
    page.goto("/en/bandung/desk/partners/suwon/events/enter/")
    page.locator("#id_kind").select_option("visit")
    page.locator("#id_title").fill("Students in Suwon")
    page.locator("#id_date").fill("May 2026")
    save(page)

    let_in(page, head, watch.home)
    page.goto("/en/bandung/desk/members/")
    follow(page.get_by_role("link", name="End: cooperation officer Sari"))
    looked_at(page)
    follow(page.locator("main form button").first)
    looked_at(page)
    expect(page.get_by_role("link", name="End: cooperation officer Sari")).to_have_count(0)

    let_in(page, leaver, watch.home)
    page.goto("/en/bandung/desk/")
    assert page.locator("h1").inner_text() != "Today"
    let_in(page, head, watch.home)
    page.goto("/en/bandung/desk/partners/suwon/")
    expect(page.locator("#history ~ .history")).to_contain_text("Sari")

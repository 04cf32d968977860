"""An officer pastes an article, decides on its drafts by keyboard alone, and finds the facts in the partner's file."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kembar.access.permissions import Role
from kembar.cities.models import Office
from kembar.intake.models import Draft, Text
from tests.browser import axe, by_menu, fits_the_width, follow, tap
from tests.members import member, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = """Bandung dan Nanning Menjajaki Kerja Sama

BANDUNG – Pemerintah Kota Bandung menerima delegasi Kota Nanning, Tiongkok, pada Selasa, 25 Maret 2024.
Wali Kota Bandung Muhammad Farhan mengatakan, ini merupakan kerja sama sister city ke-15 bagi Kota Bandung.
Pemkot Bandung akan mengirim 20 pelajar ke Nanning pada September 2025.

Baca juga: Jadwal Kereta Hari Ini
"""


@pytest.fixture
def officer(page: Page, sample: Callable[[str], None]) -> Page:
    """Sari, signed in, in this browser."""
    sample("register")
    client = Client()
    sign_in(client, member("Sari", Role.OFFICER, office=Office.objects.get(slug="bandung")))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    return page


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def paste(page: Page) -> None:
    page.get_by_label("The text").fill(ARTICLE)
    follow(page.get_by_role("button", name="Read", exact=True))
    page.wait_for_url(re.compile(r"/desk/intake/\d+/$"))


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_from_the_article_to_the_partners_file(officer: Page) -> None:
    page = officer
    page.goto("/en/bandung/desk/")
    by_menu(page, "Texts")
    expect(page.get_by_text("No text has been read yet")).to_be_visible()
    looked_at(page)
    follow(page.locator("main").get_by_role("link", name="Read a text"))
    looked_at(page)
    paste(page)
    looked_at(page)
    expect(page.get_by_text("but 25 March 2024 was a Monday")).to_be_visible()
    follow(page.get_by_role("button", name="Use Tuesday, 25 March 2025"))
    expect(page.get_by_text("Decided: 25 March 2025.")).to_be_visible()

    # From here on the keyboard alone: everything that waits is accepted, one draft after the other.
    for _ in range(Draft.objects.filter(state="waiting").count()):
        page.wait_for_load_state()
        before = page.url
        page.keyboard.press("j") if "#d" not in before else None
        with page.expect_navigation():
            page.keyboard.press("a")
    expect(page.get_by_text("Every draft is decided.")).to_be_visible()
    assert set(Draft.objects.values_list("state", flat=True)) == {"accepted"}

    follow(page.get_by_role("link", name="Open the partner’s file"))
    expect(page.locator("h1")).to_contain_text("Nanning")
    expect(page.get_by_text("Pemerintah Kota Bandung menerima delegasi Kota Nanning").first).to_be_visible()


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_each_key_does_what_the_help_says(officer: Page) -> None:
    page = officer
    page.goto("/en/bandung/desk/intake/new/")
    paste(page)
    first = page.locator(".draft").first
    page.keyboard.press("?")
    expect(page.get_by_text("next and previous draft")).to_be_visible()
    looked_at(page)
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(first).to_be_focused()
    expect(page.locator(".body .here")).to_have_count(1)
    page.keyboard.press("t")
    expect(page.locator(".body a:focus")).to_have_count(1)
    page.keyboard.press("t")
    promise = page.locator(".draft:has(textarea)").first
    promise.focus()
    page.keyboard.press("e")
    expect(promise.locator("textarea")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("adej")  # letters in a field are letters
    assert "adej" in promise.locator("textarea").input_value()
    looked_at(page)
    page.keyboard.press("Escape")
    expect(promise).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("d")
    assert Draft.objects.filter(state="dropped").count() == 1

    tap(page.get_by_text("By keyboard"))
    page.get_by_label("These keys are switched on").uncheck()
    page.locator(".draft.is-waiting").first.focus()
    page.keyboard.press("d")
    page.keyboard.press("D")
    page.reload()
    assert Draft.objects.filter(state="dropped").count() == 1


@pytest.mark.parametrize("page", ["desk"], indirect=True)
@pytest.mark.parametrize(("key", "state"), [("A", "accepted"), ("D", "dropped")])
def test_one_key_decides_on_all_of_a_kind(officer: Page, key: str, state: str) -> None:
    page = officer
    page.goto("/en/bandung/desk/intake/new/")
    paste(page)
    cities = Draft.objects.filter(kind="city")
    assert set(cities.values_list("state", flat=True)) == {"waiting"}
    page.locator("section:has(> #kind-city) .draft").first.focus()
    with page.expect_navigation():
        page.keyboard.press(f"Shift+{key}")
    expect(page.locator("section:has(> #kind-city) .draft.is-waiting")).to_have_count(0)
    assert set(cities.values_list("state", flat=True)) == {state}
    expect(page.locator(".draft.is-waiting").first).to_be_focused()  # and the next key has a draft to decide on
    assert Draft.objects.filter(state="waiting").exclude(kind="city").exists()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_everything_works_without_keys(officer: Page) -> None:
    """In the default language; test_five_articles.py reads a text in the other three."""
    page = officer
    page.goto("/bandung/desk/intake/new/")
    page.locator("#id_body").fill(ARTICLE)
    follow(page.locator("form.paste .button").last)
    page.wait_for_url(re.compile(r"/desk/intake/\d+/$"))
    looked_at(page)
    draft = Draft.objects.filter(kind="city").order_by("start").last()
    assert draft is not None
    tap(page.locator(f"#d{draft.pk} a.to-text"))
    expect(page).to_have_url(re.compile(rf"#t{draft.pk}$"))
    tap(page.locator(f".body a[href='#d{draft.pk}']").first)
    expect(page).to_have_url(re.compile(rf"#d{draft.pk}$"))
    follow(page.locator(f"#d{draft.pk} [data-key=d] button"))
    page.wait_for_url(re.compile(r"#(d\d+|decided)$"))
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by, Text.objects.count()) == ("dropped", "Sari", 1)
    page.goto("/bandung/desk/intake/")
    looked_at(page)

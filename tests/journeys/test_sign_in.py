"""Somebody invited sets a password, an app and a passkey, and comes back with each; all of it on phone and desk."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from kembar.access.permissions import SYSTEM, Role
from kembar.people.actions.members import invite
from tests.browser import LANGUAGE_PREFIXES, Watch, axe, fits_the_width, follow, tap
from tests.members import PASSWORD, letters, member, office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name, exact=True))


def looked_at(page: Page) -> None:
    axe(page)
    fits_the_width(page)


def with_authenticator(page: Page) -> None:
    """A device with a lock of its own, which says yes to whoever holds it."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                     "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip


def test_from_the_letter_to_the_passkey(page: Page, watch: Watch) -> None:
    bandung = office("bandung")
    member("Rudi", Role.HEAD, office=bandung)
    invite(bandung, by=SYSTEM, name="Ratna", email="ratna@example.org", role=Role.HEAD, language="en")
    [link] = re.findall(r"http://localhost:8000(/en/account/invitation/\S+/)", letters()[0].text)
    with_authenticator(page)

    page.goto(link)
    looked_at(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    press(page, "Accept")

    follow(page.get_by_role("link", name="Set up an app"))
    looked_at(page)
    page.get_by_label("Code").fill(code_now(page.locator("code.secret").inner_text()))
    press(page, "Set up")
    assert page.locator("h1").inner_text() == "Recovery codes"
    looked_at(page)

    page.goto("/en/account/second-factor/")
    follow(page.get_by_role("link", name="Add a passkey"))
    assert page.get_by_label("Name of this passkey").input_value() == "Passkey 1"
    looked_at(page)
    press(page, "Add")
    page.wait_for_url("**/account/second-factor/")
    assert page.get_by_role("listitem").filter(has_text="Passkey 1").count() == 1
    looked_at(page)

    page.goto("/en/bandung/desk/members/")
    assert page.locator("h1").inner_text() == "Members of the office"
    looked_at(page)
    page.goto("/en/account/")
    press(page, "Sign out")

    press(page, "Sign in with a passkey")
    page.wait_for_url("**/en/bandung/desk/")
    assert page.locator("h1").inner_text().split()[0] == "Today"
    page.goto("/en/bandung/desk/members/")
    assert page.locator("h1").inner_text() == "Members of the office"


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_a_browser_without_the_passkey_says_so_on_the_page(page: Page, watch: Watch) -> None:
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    page.goto("/en/account/sign-in/")
    assert page.get_by_role("alert").count() == 0
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                     "isUserVerified": False, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    tap(page.get_by_role("button", name="Sign in with a passkey", exact=True))
    words = "The passkey could not be used. Try again, or choose another way."
    page.get_by_role("alert").filter(has_text=words).wait_for()


def test_the_door_can_be_used_in_every_language(page: Page, watch: Watch, language: str) -> None:
    words = {"id": "Masuk", "en": "Sign in", "ko": "로그인", "zh-Hans": "登录"}
    prefix = LANGUAGE_PREFIXES[language]
    page.goto(f"/{prefix}account/sign-in/")
    assert page.locator("h1").inner_text() == words[language]
    looked_at(page)
    page.locator("#id_login").fill("nobody@example.org")
    page.locator("#id_password").fill("wrong")
    press(page, words[language])
    expect(page.get_by_role("alert").filter(visible=True)).to_have_count(1)
    looked_at(page)
    for path in ("password/forgotten/", "password/forgotten/sent/"):
        page.goto(f"/{prefix}account/{path}")
        looked_at(page)


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_the_way_in_needs_no_mouse(page: Page, watch: Watch) -> None:
    member("Rudi", Role.READER, office=office("bandung"), password=PASSWORD)
    page.goto("/en/account/sign-in/")
    page.locator("#id_login").focus()
    page.keyboard.type("rudi@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/account/")
    assert page.locator("h1").inner_text() == "Rudi"

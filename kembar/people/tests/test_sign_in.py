"""Signing in takes a password and a second factor; wrong ones shut the door without telling which accounts exist."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kembar.access.permissions import Role
from kembar.cities.models import Office
from kembar.people.models import Account, Counted, Membership, WrongTries
from kembar.people.rules import TRIES
from tests.members import PASSWORD, letters, member, office, sign_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIGN_IN = "/en/account/sign-in/"
CODE = "/en/account/sign-in/code/"
MEMBERS = "/en/bandung/desk/members/"
HOUR = 3600


def code_at(moment: float, secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(moment) // 30)))


def wrong_code() -> str:
    """A code that is none of those around now."""
    right = {code_at(time.time() + shift) for shift in range(-90, 120, 30)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777") if code not in right)  # fmt: skip # noqa: E501


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


@pytest.fixture
def ratna(bandung: Office) -> Account:
    person = member("Ratna", Role.HEAD, office=bandung, password=PASSWORD)
    TOTP.activate(person, SECRET)
    return person


def give_password(client: Client, password: str = PASSWORD, email: str = "ratna@example.org") -> object:
    return client.post(SIGN_IN, {"login": email, "password": password})


def errors(answer: object) -> list[str]:
    return [str(error) for error in re.findall(r'<p class="error" id="[^"]*_error">(.*?)</p>', answer.content.decode())]  # type: ignore[attr-defined]


def summary(answer: object) -> str:
    found = re.search(r'role="alert" tabindex="-1">.*?</div>', answer.content.decode(), re.S)  # type: ignore[attr-defined]
    return found[0] if found else ""


def test_password_and_code_open_the_pages_of_the_office(client: Client, ratna: Account) -> None:
    assert give_password(client).headers["Location"] == CODE  # type: ignore[attr-defined]
    assert client.get(MEMBERS).status_code == 302
    assert client.post(CODE, {"code": code_at(time.time())}).headers["Location"] == "/en/account/desk/"
    assert "<h1>Members of the office</h1>" in client.get(MEMBERS).content.decode()


def test_a_page_asked_for_before_signing_in_comes_after_it(client: Client, ratna: Account) -> None:
    answer = client.get(MEMBERS)
    assert answer.headers["Location"] == f"{SIGN_IN}?next=%2Fen%2Fbandung%2Fdesk%2Fmembers%2F"
    client.post(SIGN_IN, {"login": "ratna@example.org", "password": PASSWORD, "next": MEMBERS})
    assert client.post(CODE, {"code": code_at(time.time())}).headers["Location"] == MEMBERS


@pytest.mark.parametrize("elsewhere", ["https://example.net/", "//example.net/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client: Client, ratna: Account, elsewhere: str) -> None:
    client.post(SIGN_IN, {"login": "ratna@example.org", "password": PASSWORD, "next": elsewhere})
    assert client.post(CODE, {"code": code_at(time.time())}).headers["Location"] == "/en/account/desk/"


def test_a_member_without_a_second_factor_sets_one_up_before_any_page_of_the_office(
    client: Client, bandung: Office
) -> None:
    member("Sari", Role.HEAD, office=bandung, password=PASSWORD)
    assert give_password(client, email="SARI@example.org").headers["Location"] == "/en/account/desk/"  # type: ignore[attr-defined]
    back = "?next=%2Fen%2Fbandung%2Fdesk%2Fmembers%2F"
    assert client.get(MEMBERS).headers["Location"] == f"/en/account/second-factor/{back}"
    page = client.get("/en/account/second-factor/app/").content.decode()
    [secret] = re.findall(r'<code class="secret">(\w+)</code>', page)
    answer = client.post("/en/account/second-factor/app/", {"code": code_at(time.time(), secret)})
    assert answer.headers["Location"] == "/en/account/second-factor/codes/"
    assert len(re.findall(r"<li><code>\d+</code></li>", client.get(answer.headers["Location"]).content.decode())) == 10
    assert client.get(MEMBERS).status_code == 200


def test_the_secret_of_an_app_is_not_readable_in_the_database(ratna: Account) -> None:
    assert SECRET not in str(Authenticator.objects.get().data)


def test_a_code_works_once(client: Client, ratna: Account) -> None:
    code = code_at(time.time())
    give_password(client)
    client.post(CODE, {"code": code})
    client.post("/en/account/sign-out/")
    give_password(client)
    assert errors(client.post(CODE, {"code": code}))[0].startswith("This code is not right.")


def test_a_clock_off_by_an_hour_is_answered_with_what_to_do(client: Client, ratna: Account) -> None:
    give_password(client)
    [error] = errors(client.post(CODE, {"code": code_at(time.time() - HOUR)}))
    assert error == (
        "This code is not right. Use the code shown now, and check that the clock of your phone sets itself: "
        "a clock that is wrong makes wrong codes. "
    )


def test_a_clock_off_by_half_a_minute_is_forgiven(client: Client, ratna: Account) -> None:
    give_password(client)
    assert client.post(CODE, {"code": code_at(time.time() - 30)}).status_code == 302


def test_a_recovery_code_signs_in_once(client: Client, ratna: Account) -> None:
    [first, *_] = RecoveryCodes.activate(ratna).get_unused_codes()
    give_password(client)
    assert client.post(CODE, {"code": first}).status_code == 302
    client.post("/en/account/sign-out/")
    give_password(client)
    assert len(errors(client.post(CODE, {"code": first}))) == 1


def test_twenty_wrong_codes_shut_the_door_also_for_the_right_one(client: Client, ratna: Account) -> None:
    give_password(client)
    for _ in range(TRIES):
        assert errors(client.post(CODE, {"code": wrong_code()}))[0].startswith("This code is not right.")
    [error] = errors(client.post(CODE, {"code": code_at(time.time())}))
    assert error.startswith("Too many wrong tries.")
    WrongTries.objects.update(last_at=timezone.now() - timedelta(minutes=31))
    assert client.post(CODE, {"code": code_at(time.time())}).status_code == 302
    assert WrongTries.objects.count() == 0


@pytest.mark.parametrize("email", ["ratna@example.org", "nobody@example.org"])
def test_wrong_passwords_shut_the_door_of_an_address_whether_it_has_an_account_or_not(
    client: Client, ratna: Account, email: str
) -> None:
    for count in (0, TRIES - 1):
        WrongTries.objects.update(failures=count)
        answer = client.post(SIGN_IN, {"login": email, "password": "wrong"})
        assert "This address and password do not belong together." in summary(answer)
    [tries] = WrongTries.objects.all()
    assert (tries.failures, email in tries.fingerprint) == (TRIES, False)
    assert "Too many wrong tries." in summary(client.post(SIGN_IN, {"login": email.upper(), "password": PASSWORD}))


def test_a_forgotten_password_is_answered_alike_for_every_address(client: Client, ratna: Account) -> None:
    pages = []
    for email in ("ratna@example.org", "nobody@example.org"):
        answer = client.post("/en/account/password/forgotten/", {"email": email}, follow=True)
        pages.append((answer.status_code, answer.redirect_chain, re.sub(r'"\w{64}"', "", answer.content.decode())))
    assert pages[0] == pages[1]
    assert [letter.to_address for letter in letters()] == ["ratna@example.org"]


def test_a_new_password_does_not_spare_the_second_factor(client: Client, ratna: Account) -> None:
    client.post("/en/account/password/forgotten/", {"email": "ratna@example.org"}, HTTP_HOST="localhost")
    [link] = re.findall(r"http://localhost:8000(/account/password/forgotten/\S+)", letters()[0].text)
    form = client.get(link, follow=True)
    new = "lima kucing pulang sore"
    answer = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer.headers["Location"] == "/account/password/forgotten/done/"
    assert client.get("/en/account/").status_code == 302
    assert give_password(client, password=new).headers["Location"] == CODE  # type: ignore[attr-defined]
    assert "Tautan ini tidak berlaku lagi" in client.get(link).content.decode()


def test_nobody_signs_up_alone(client: Client, ratna: Account) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert re.findall(r'href="([^"]*sign-?up[^"]*)"', page) == []
    assert client.get("/en/account/sign-up/").status_code == 404


def test_sessions_are_seen_and_ended(client: Client, ratna: Account) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    for browser in (client, other):
        give_password(browser)
        Authenticator.objects.update(last_used_at=None)
    for browser, shift in ((client, 0), (other, -30)):
        assert browser.post(CODE, {"code": code_at(time.time() + shift)}).status_code == 302
    page = client.get("/en/account/sessions/").content.decode()
    assert re.findall(r"<b>(.*?)</b>", page.split("<main")[1]) == ["Firefox · Windows", "unknown browser"]
    [theirs] = UserSession.objects.filter(user_agent__contains="Firefox")
    assert client.post(f"/en/account/sessions/{theirs.pk}/end/").status_code == 302
    assert (client.get(MEMBERS).status_code, other.get(MEMBERS).status_code) == (200, 302)


def test_a_session_of_somebody_else_cannot_be_ended(client: Client, ratna: Account, bandung: Office) -> None:
    give_password(client)
    client.post(CODE, {"code": code_at(time.time())})
    stranger = Client()
    sign_in(stranger, member("Sari", Role.OFFICER, office=bandung))
    theirs = UserSession.objects.get(user=ratna)
    assert stranger.post(f"/en/account/sessions/{theirs.pk}/end/").status_code == 404
    assert client.get(MEMBERS).status_code == 200


def test_who_left_is_signed_out_with_the_next_click(client: Client, ratna: Account, bandung: Office) -> None:
    sari, head = Client(), client
    sign_in(head, ratna)
    sign_in(sari, member("Sari", Role.OFFICER, office=bandung))
    assert sari.get("/en/account/").status_code == 200
    held = Membership.objects.get(role=Role.OFFICER)
    assert head.post(f"{MEMBERS}{held.pk}/end/").headers["Location"] == MEMBERS
    assert sari.get("/en/account/").headers["Location"] == f"{SIGN_IN}?next=%2Fen%2Faccount%2F"


def test_changing_how_one_signs_in_asks_for_the_password_again_after_a_while(client: Client, ratna: Account) -> None:
    sign_in(client, ratna)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - HOUR, "type": "totp"}]
    session.save()
    answer = client.get("/en/account/second-factor/keys/new/")
    back = "?next=%2Fen%2Faccount%2Fsecond-factor%2Fkeys%2Fnew%2F"
    assert answer.headers["Location"] == f"/en/account/confirm/{back}"
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert client.get("/en/account/second-factor/keys/new/").status_code == 200


def test_letters_cannot_be_asked_for_without_end(client: Client) -> None:
    for _ in range(5):
        assert client.post("/en/account/password/forgotten/", {"email": "ratna@example.org"}).status_code == 302
    caches["memory"].clear()  # as another worker has it, or the same one started anew
    answer = client.post("/en/account/password/forgotten/", {"email": "ratna@example.org"})
    assert (answer.status_code, "<h1>Too many requests</h1>" in answer.content.decode()) == (429, True)
    keys = Counted.objects.order_by("cache_key").values_list("cache_key", flat=True)
    assert [key for key in keys if not re.fullmatch("[0-9a-f]{64}", key)] == []  # nobody's address is written down


def test_files_cannot_be_handed_in_without_end(client: Client, ratna: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kembar.people.middleware.HANDED_IN", 2)
    monkeypatch.setattr("kembar.people.middleware.time", lambda: 1_000_000.0)
    sign_in(client, ratna)
    form = f"{MEMBERS}invite/"
    answers = [client.post(form, {"name": ""}).status_code for _ in range(3)]
    assert (answers, client.get(form).status_code) == ([200, 200, 429], 200)
    plain = "application/x-www-form-urlencoded"
    lengths = [client.post(form, text, content_type=plain).status_code for text in ("name=", f"name=&x={'x' * 4000}")]
    assert lengths == [200, 429]  # a long text is not let through for being sent in another form
    monkeypatch.setattr("kembar.people.middleware.time", lambda: 1_000_060.0)
    assert client.post(form, {"name": ""}).status_code == 200

"""Signing in with the city's own directory, against an OpenID provider that runs beside the tests."""

import copy
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.test import Client

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.people.actions.members import end_membership, invite, reset_second_factor
from kembar.people.directory import line
from kembar.people.models import Account, DirectoryIdentity, Membership
from kembar.people.queries import colleagues, members_of
from kembar.people.tests.provider import CLIENT, SECRET, Directory, Person, running
from kembar.people.tests.test_sign_in import CODE, SIGN_IN
from kembar.people.tests.test_sign_in import SECRET as APP
from tests.members import PASSWORD, account, member, office

pytestmark = pytest.mark.django_db
START = "/en/account/directory/"
DESK = "/en/account/desk/"


@pytest.fixture(scope="module")
def _served() -> Iterator[Directory]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with running() as directory:
            yield directory


@pytest.fixture
def directory(_served: Directory, settings: LazySettings) -> Directory:
    _served.off, _served.forged, _served.about, _served.issuer_said = 0, False, "", ""
    _served.now = Person("sari-1", {"email": "Sari@example.org", "email_verified": True})
    configure(settings, _served)
    return _served


def configure(settings: LazySettings, directory: Directory, **more: Any) -> None:
    names = {"": "Direktori Kota", "en": "the City Directory", "ko": "", "zh": ""}
    given: dict[str, Any] = {"names": names, "mail_domains": ("example.org",)} | more
    settings.DIRECTORY = settings.DIRECTORY._replace(issuer=directory.issuer, client=CLIENT, secret=SECRET, **given)
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0] |= {"client_id": CLIENT, "secret": SECRET}
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = directory.issuer
    settings.SOCIALACCOUNT_PROVIDERS = providers


@pytest.fixture
def bandung() -> Office:
    return office()


@pytest.fixture
def sari(bandung: Office) -> Account:
    member("Ratna", Role.HEAD, office=bandung)
    return member("Sari", Role.OFFICER, office=bandung, password=PASSWORD)


def to_the_directory(client: Client, start: str = START) -> str:
    """Where the directory leads the browser back to."""
    away = client.get(start)
    assert away.status_code == 302
    answer = requests.get(away.headers["Location"], allow_redirects=False, timeout=5)
    assert answer.status_code == 302
    return answer.headers["Location"].removeprefix("http://localhost:8000")


def enter(client: Client, start: str = START) -> str:
    """The address the person stands at in the end."""
    return str(client.get(to_the_directory(client, start)).headers["Location"])


def refused(why: str) -> str:
    return f"/en/account/directory/closed/{why}/"


def test_a_member_signs_in_and_shows_their_own_second_factor(
    client: Client, directory: Directory, sari: Account
) -> None:
    TOTP.activate(sari, APP)
    assert enter(client) == CODE
    assert client.get(DESK).status_code == 302
    code = format_hotp_value(hotp_value(APP, int(time.time()) // 30))
    assert client.post(CODE, {"code": code}).headers["Location"] == DESK
    assert client.get("/en/account/").status_code == 200
    assert [(one.account, one.issuer, one.subject) for one in DirectoryIdentity.objects.all()] == [
        (sari, directory.issuer, "sari-1")
    ]
    assert Entry.objects.filter(verb="directory.bound").count() == 1


def test_the_page_that_was_asked_for_comes_after_signing_in(
    client: Client, directory: Directory, sari: Account
) -> None:
    page = client.get(f"{SIGN_IN}?next=/en/account/sessions/").content.decode()
    assert (
        '<a class="button" href="/en/account/directory/?next=/en/account/sessions/">Sign in with the City Directory</a>'
        in page
    )
    assert enter(client, f"{START}?next=/en/account/sessions/") == "/en/account/sessions/"
    assert enter(Client(), f"{START}?next=https://example.net/") == DESK


def test_without_a_second_factor_of_either_the_desk_stays_closed(
    client: Client, directory: Directory, sari: Account
) -> None:
    directory.now.amr = ["pwd", "mfa"]
    assert enter(client) == DESK
    back = "?next=%2Fen%2Fbandung%2Fdesk%2F"
    assert client.get("/en/bandung/desk/").headers["Location"] == f"/en/account/second-factor/{back}"


def test_a_second_factor_the_directory_has_seen_counts_where_the_settings_say_so(
    client: Client, directory: Directory, sari: Account, settings: LazySettings
) -> None:
    configure(settings, directory, strong=("mfa",))
    TOTP.activate(sari, APP)
    assert enter(Client()) == CODE
    directory.now.amr = ["pwd", "mfa"]
    assert enter(client) == DESK
    assert client.get("/en/bandung/desk/").status_code == 200


def test_who_needs_no_second_factor_of_their_own_counts_as_one_who_can_enter(
    client: Client, directory: Directory, sari: Account, bandung: Office, settings: LazySettings
) -> None:
    directory.now.amr = ["mfa"]
    assert enter(client) == DESK
    told = {}
    for strong in ((), ("mfa",)):
        configure(settings, directory, strong=strong)
        known = [one.name for one in members_of(bandung, by=SYSTEM) if one.second_factor]
        told[strong] = known, [one.account.name for one in colleagues(bandung, on=bandung.today()) if one.enters]
    assert told == {(): ([], []), ("mfa",): (["Sari"], ["Sari"])}


def test_who_was_bound_is_known_again_under_a_new_address(client: Client, directory: Directory, sari: Account) -> None:
    assert enter(Client()) == DESK
    directory.now.claims = {"email": "sari.new@example.org", "email_verified": False}
    assert enter(client) == DESK
    assert client.get("/en/account/").context["person"] == sari


def test_an_address_given_on_to_somebody_else_does_not_open_the_account(
    client: Client, directory: Directory, sari: Account
) -> None:
    assert enter(Client()) == DESK
    directory.now = Person("another", {"email": "sari@example.org", "email_verified": True})
    assert enter(client) == refused("taken")
    assert client.get("/en/account/").status_code == 302


def test_after_a_reset_the_account_is_bound_anew(
    client: Client, directory: Directory, sari: Account, bandung: Office
) -> None:
    assert enter(Client()) == DESK
    reset_second_factor(sari.pk, by=SYSTEM, office=bandung, confirmed_how="in person")
    directory.now.subject = "sari-2"
    assert enter(client) == DESK


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({}, "unverified"),
        ({"email": "sari@example.org"}, "unverified"),
        ({"email": "sari@example.org", "email_verified": False}, "unverified"),
        ({"email": ["sari@example.org"], "email_verified": True}, "unverified"),
        ({"email": "sari@elsewhere.org", "email_verified": True}, "elsewhere"),
        ({"email": "sari@sub.example.org", "email_verified": True}, "elsewhere"),
        ({"email": "stranger@example.org", "email_verified": True}, "unknown"),
        ({"email": "guest@example.org", "email_verified": True}, "invited"),
    ],
)
def test_who_is_not_known_for_sure_is_not_let_in_and_told_why(
    client: Client, directory: Directory, sari: Account, bandung: Office, claims: dict[str, object], why: str
) -> None:
    invite(bandung, by=SYSTEM, name="Guest", email="guest@example.org", role=Role.OFFICER)
    directory.now = Person("x", claims)
    before = Account.objects.count()
    assert enter(client) == refused(why)
    assert (Account.objects.count(), DirectoryIdentity.objects.count()) == (before, 0)
    answer = client.get(refused(why))
    assert (answer.status_code, "<h1>Not signed in</h1>" in answer.content.decode()) == (403, True)
    assert client.get("/en/account/").status_code == 302


def test_an_address_counts_unverified_where_the_settings_trust_the_directory(
    client: Client, directory: Directory, sari: Account, settings: LazySettings
) -> None:
    configure(settings, directory, trusts_mail=True)
    directory.now.claims = {"email": "sari@example.org"}
    assert enter(client) == DESK


def test_an_invited_person_joins_without_a_password(client: Client, directory: Directory, bandung: Office) -> None:
    letter = invite(bandung, by=SYSTEM, name="Sari", email="sari@example.org", role=Role.OFFICER)
    page = client.get(f"/en/account/invitation/{letter.token}/").content.decode()
    link = f"/en/account/directory/?invitation={letter.token}"
    assert f'<a class="button" href="{link}">Accept with the City Directory</a>' in page
    assert enter(client, link) == DESK
    person = Account.objects.get(email="sari@example.org")
    assert (person.name, person.language, person.has_usable_password()) == ("Sari", "en", False)
    assert [(one.office, one.role) for one in Membership.objects.all()] == [(bandung, Role.OFFICER)]


def test_the_link_of_somebody_elses_invitation_gives_nothing(
    client: Client, directory: Directory, bandung: Office
) -> None:
    letter = invite(bandung, by=SYSTEM, name="Guest", email="guest@example.org", role=Role.HEAD)
    assert enter(client, f"{START}?invitation={letter.token}") == refused("unknown")
    assert Account.objects.count() == 0


def test_what_anybody_writes_into_the_way_back_adds_no_line_to_the_log(
    client: Client, directory: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    back = to_the_directory(client).replace("code=", "error=x%0Aforged+line&was=")
    assert client.get(back).headers["Location"] == refused("refused")
    told = [one.getMessage() for one in caplog.records if one.name == "kembar.people.directory"]
    assert told == ["signing in with the directory ended: refused ('x\\nforged line')"]


def test_what_a_directory_writes_is_one_short_line_of_the_log() -> None:
    assert line("no\r\nsuch\x1b[31mcode\u2028here\x00") == "no  such [31mcode here "
    assert line(ValueError("x" * 10_000)) == "x" * 200


def test_who_left_the_office_or_the_city_does_not_come_in(client: Client, directory: Directory, sari: Account) -> None:
    directory.now.disabled = True
    assert enter(client) == refused("cancelled")
    directory.now.disabled = False
    assert enter(Client()) == DESK
    end_membership(Membership.objects.get(account=sari), by=SYSTEM)
    assert enter(client) == refused("left")


def test_a_password_no_longer_opens_an_account_of_the_city_where_the_directory_alone_does(
    client: Client, directory: Directory, sari: Account, settings: LazySettings, bandung: Office
) -> None:
    configure(settings, directory, only=True)
    elsewhere = account("Guest", password=PASSWORD)
    Account.objects.filter(pk=elsewhere.pk).update(email="guest@elsewhere.org")
    given = {"login": "sari@example.org", "password": PASSWORD}
    assert client.post(SIGN_IN, given).headers["Location"] == refused("only")
    assert client.get("/en/account/").status_code == 302
    assert enter(client) == DESK
    given["login"] = "guest@elsewhere.org"
    assert Client().post(SIGN_IN, given).headers["Location"] == DESK
    letter = invite(bandung, by=SYSTEM, name="New", email="new@example.org", role=Role.OFFICER)
    link = f"/en/account/invitation/{letter.token}/"
    assert "password1" not in Client().get(link).content.decode()
    by_hand = {"name": "New", "language": "en", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post(link, by_hand).headers["Location"] == refused("only")
    assert not Account.objects.filter(email="new@example.org").exists()
    way_back = reset_second_factor(sari.pk, by=SYSTEM, office=bandung, confirmed_how="in person")
    link = f"/en/account/invitation/{way_back.token}/"
    assert Client().get(link).headers["Location"] == Client().post(link, by_hand).headers["Location"] == refused("only")
    sari.refresh_from_db()
    assert not sari.has_usable_password()


def test_the_way_back_works_once_and_in_one_browser(client: Client, directory: Directory, sari: Account) -> None:
    back = to_the_directory(client)
    stranger = Client()
    assert stranger.get(back).headers["Location"] == "/account/directory/closed/again/"
    assert client.get(back).headers["Location"] == DESK
    client.post("/en/account/sign-out/")
    assert client.get(back).headers["Location"] == "/account/directory/closed/again/"
    assert client.get("/en/account/").status_code == 302


def test_a_code_of_another_way_in_is_not_taken(client: Client, directory: Directory, sari: Account) -> None:
    theirs = to_the_directory(Client())
    ours = to_the_directory(client)
    swapped = ours.replace(ours.split("code=")[1].split("&")[0], theirs.split("code=")[1].split("&")[0])
    assert client.get(swapped).headers["Location"] == refused("unreachable")
    assert client.get("/en/account/").status_code == 302


@pytest.mark.parametrize(("off", "ends_at"), [(-3600, refused("clock")), (3600, refused("clock")), (30, DESK)])
def test_clocks_that_disagree_are_said_to(
    client: Client, directory: Directory, sari: Account, off: int, ends_at: str
) -> None:
    directory.off = off
    assert enter(client) == ends_at


@pytest.mark.parametrize("fault", [{"forged": True}, {"about": "somebody else"}])
def test_an_answer_that_does_not_fit_is_not_believed(
    client: Client, directory: Directory, sari: Account, fault: dict[str, Any]
) -> None:
    vars(directory).update(fault)
    assert enter(client) == refused("untrusted")


def test_a_directory_that_does_not_answer_is_said_to(
    client: Client, directory: Directory, sari: Account, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    back = to_the_directory(client)
    directory.issuer_said = "https://other.example/" + "x" * 500
    assert client.get(START).headers["Location"] == refused("unreachable")
    assert client.get(back).headers["Location"] == refused("unreachable")
    told = [one.getMessage() for one in caplog.records if one.name == "kembar.people.directory"]
    assert [len(one) for one in told] == [
        len("signing in with the directory ended: unreachable (Untrusted: )") + 200
    ] * 2
    directory.issuer_said = ""
    gone = copy.copy(directory)
    gone.issuer = "http://127.0.0.1:9"
    configure(settings, gone)
    assert client.get(START).headers["Location"] == refused("unreachable")
    assert client.get(refused("unreachable")).status_code == 503


def test_without_a_directory_nothing_of_it_is_there(client: Client) -> None:
    assert (client.get(START).status_code, client.get("/account/directory/back/").status_code) == (404, 404)
    assert "directory" not in client.get(SIGN_IN).content.decode()
    assert client.get(refused("anything")).status_code == 404

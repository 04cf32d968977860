"""Who reaches which page of people/, by role, office, address and method; and what happens to what they typed."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.models import Office
from kembar.people import urls
from kembar.people.actions.members import invite
from kembar.people.actions.tokens import make_token
from kembar.people.models import Account, Invitation, Membership
from kembar.people.queries import actor
from kembar.web.entry import entry_of
from tests.members import PASSWORD, letters, member, office, sign_in

pytestmark = pytest.mark.django_db
MEMBERS = "/en/bandung/desk/members/"
WHO = ("visitor", "reader", "officer", "translator", "administrator", "head", "head without second factor", "stranger")
MANAGES = {"administrator", "head"}
# Name of a page of the office → its GET and POST for whoever manages members (POST with an empty form).
OF_THE_OFFICE = {
    "people_members": (200, 405),
    "people_invite": (200, 200),
    "people_end_membership": (200, 302),
    "people_reset": (200, 200),
    "people_withdraw": (200, 302),
    "people_office_tokens": (200, 405),
    "people_revoke_office_token": (200, 302),
}
# Pages of one's own account → GET and POST for whoever is signed in.
OWN = {
    "people_account": (200, 405),
    "people_profile": (200, 200),
    "people_sessions": (200, 405),
    "people_end_session": (405, 404),
    "people_end_other_sessions": (405, 302),
    "people_kept": (200, 302),
    "people_permissions": (200, 405),
    "people_tokens": (200, 405),
    "people_new_token": (200, 200),
    "people_revoke_token": (404, 404),
    "account_reauthenticate": (200, 200),
    "mfa_reauthenticate": (302, 302),
    "mfa_reauthenticate_webauthn": (302, 302),
    "account_change_password": (200, 200),
    "mfa_index": (200, 405),
    "mfa_activate_totp": (200, 200),
    "mfa_deactivate_totp": (404, 404),
    "mfa_add_webauthn": (200, 200),
    "mfa_remove_webauthn": (404, 404),
    "mfa_view_recovery_codes": (404, 405),
    "mfa_generate_recovery_codes": (200, 200),
    "mfa_download_recovery_codes": (404, 404),
}
# Open to everyone → GET and POST for a visitor.
OPEN = {
    "account_login": (200, 200),
    "mfa_authenticate": (302, 302),
    "mfa_login_webauthn": (302, 200),
    "account_logout": (302, 302),
    "account_inactive": (200, 405),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 405),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 405),
    "people_invitation": (404, 404),
    "people_directory": (404, 405),  # no directory is set
    "people_directory_closed": (403, 405),
}


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def person(who: str, bandung: Office) -> Account | None:
    if who == "visitor":
        return None
    if who == "stranger":
        return member(who, Role.HEAD, office=office("daegu"), password=PASSWORD)
    return member(who, Role(who.split()[0]), office=bandung, password=PASSWORD)


def client_of(who: str, bandung: Office) -> Client:
    client, account = Client(), person(who, bandung)
    if account is not None:
        sign_in(client, account, second_factor="without" not in who)
    return client


def address(pattern: URLPattern, bandung: Office) -> str:
    """The pattern with real records of Bandung in it."""
    helper = member("Helper", Role.OFFICER, office=bandung)
    letter = invite(bandung, by=SYSTEM, name="Guest", email="guest@example.org", role=Role.READER)
    made = make_token(helper, by=actor(helper), office=bandung, name="Site", scopes=["read"], days=7)
    given = {
        "office": "bandung", "membership": str(Membership.objects.filter(account=helper).get().pk),
        "account": str(helper.pk), "invitation": str(letter.pk), "session": "999999", "pk": "1",
        "why": "unknown",
        "token": "no-such-link" if pattern.name == "people_invitation" else str(made.pk),
    }  # fmt: skip
    if pattern.name == "account_reset_password_from_key":
        return "/en/account/password/forgotten/1-abc-def/"
    return "/en/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: given[found[1]], str(pattern.pattern))


def test_every_address_has_its_row() -> None:
    assert sorted(pattern.name or "" for pattern in urls.urlpatterns) == sorted([*OF_THE_OFFICE, *OWN, *OPEN])


def expected(name: str, who: str) -> tuple[int, int] | None:
    """GET and POST; None where it depends on what the person does with the open page."""
    if name in OPEN:
        return OPEN[name] if who == "visitor" else None
    if who == "visitor":
        return 302, 302
    if name in OWN:
        return OWN[name]
    if "without" in who:
        return 302, 302
    return OF_THE_OFFICE[name] if who in MANAGES else (404, 404)


@pytest.mark.either_database
@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_each_page_is_open_to_whom_it_should_be(pattern: URLPattern, bandung: Office) -> None:
    path = address(pattern, bandung)
    wrong = {}
    for who in WHO:
        client = client_of(who, bandung)
        answers = (client.get(path).status_code, client.post(path).status_code)
        if answers != (expected(str(pattern.name), who) or answers) or 500 in answers:
            wrong[who] = answers
    assert wrong == {}


def test_a_visitor_without_a_session_costs_no_query(client: Client, bandung: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/en/account/password/forgotten/sent/")
    assert (answer.status_code, [query["sql"] for query in queries.captured_queries]) == (200, [])
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_pages_of_somebody_signed_in_stay_in_no_memory(client: Client, bandung: Office) -> None:
    assert "no-store" not in client.get("/en/account/password/forgotten/sent/").headers.get("Cache-Control", "")
    sign_in(client, member("Dewi", Role.OFFICER, office=bandung))
    assert client.get("/en/account/permissions/").headers["Cache-Control"] == "private, no-store"


def test_a_member_costs_three_queries_on_every_page(client: Client, bandung: Office) -> None:
    sign_in(client, member("Dewi", Role.OFFICER, office=bandung))
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/account/permissions/")
    assert [re.findall(r'FROM "(\w+)"', query["sql"]) for query in queries.captured_queries] == [
        ["django_session"],
        ["people_account"],
        ["people_membership"],
    ]


def test_text_sent_after_the_session_ended_comes_back_after_signing_in(client: Client, bandung: Office) -> None:
    ratna = member("Ratna", Role.HEAD, office=bandung)
    typed = {"name": "Dewi", "email": "dewi@example.org", "role": "translator", "language": "ko"}
    answer = client.post(f"{MEMBERS}invite/", typed)
    assert answer.headers["Location"] == "/en/account/sign-in/?next=%2Fen%2Faccount%2Fkept%2F"
    assert "What you typed is kept" in client.get(answer.headers["Location"]).content.decode()
    sign_in(client, ratna)
    page = client.get("/en/account/kept/").content.decode()
    assert re.findall(r'<textarea id="kept-\d" name="(\w+)">(.*?)</textarea>', page) == list(typed.items())
    assert f'action="{MEMBERS}invite/"' in page
    assert client.post(f"{MEMBERS}invite/", typed).status_code == 302
    client.post("/en/account/kept/")
    assert "Nothing is waiting" in client.get("/en/account/kept/").content.decode()


def test_a_right_withdrawn_while_the_form_is_open_keeps_the_text(client: Client, bandung: Office) -> None:
    sign_in(client, member("Ratna", Role.HEAD, office=bandung))
    assert client.get(f"{MEMBERS}invite/").status_code == 200
    Membership.objects.update(until=bandung.today())
    answer = client.post(f"{MEMBERS}invite/", {"name": "Dewi <b>", "email": "dewi@example.org"})
    page = answer.content.decode()
    assert (answer.status_code, Invitation.objects.count()) == (404, 0)
    assert re.findall(r"<textarea[^>]* readonly>(.*?)</textarea>", page) == ["Dewi &lt;b&gt;", "dewi@example.org"]


def test_a_form_without_its_token_keeps_the_text_but_no_password(bandung: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, member("Ratna", Role.HEAD, office=bandung))
    answer = client.post(f"{MEMBERS}invite/", {"name": "Dewi", "password1": "secret", "code": "123456"})
    assert re.findall(r"<textarea[^>]* readonly>(.*?)</textarea>", answer.content.decode()) == ["Dewi"]


def test_the_head_invites_and_the_invited_joins_through_the_pages(client: Client, bandung: Office) -> None:
    sign_in(client, member("Ratna", Role.HEAD, office=bandung))
    typed = {"name": "Park", "email": "park@example.org", "role": "translator", "language": "ko"}
    assert client.post(f"{MEMBERS}invite/", typed).headers["Location"] == MEMBERS
    [letter] = letters()
    assert letter.heading == "반둥 교류 부서 초대"
    [link] = re.findall(r"http://localhost:8000(/ko/account/invitation/\S+/)", letter.text)
    visitor = Client()
    given = {"name": "Park", "language": "ko", "password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post(link, given).headers["Location"] == "/ko/account/second-factor/"
    assert visitor.get("/ko/account/").status_code == 200
    again = Client().post(link, given)
    assert (again.status_code, "이미 사용되어 계정이 만들어졌습니다." in again.content.decode()) == (410, True)


@pytest.mark.parametrize("password", ["kucing", "password1234", "park@example.org"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, bandung: Office, password: str) -> None:
    invite(bandung, by=SYSTEM, name="Park", email="park@example.org", role=Role.READER)
    [link] = re.findall(r"http://localhost:8000(/account/invitation/\S+/)", letters()[0].text)
    answer = client.post(link, {"name": "Park", "language": "id", "password1": password, "password2": password})
    assert re.findall(r'<p class="error" id="id_(\w+)_error">', answer.content.decode()) == ["password1"]
    assert Account.objects.count() == 0


def test_an_invitation_for_somebody_else_is_not_taken_by_whoever_is_signed_in(client: Client, bandung: Office) -> None:
    member("Park", Role.READER, office=bandung)
    sari = member("Sari", Role.OFFICER, office=bandung)
    invite(bandung, by=SYSTEM, name="Park", email="park@example.org", role=Role.TRANSLATOR)
    [link] = re.findall(r"http://localhost:8000(/account/invitation/\S+/)", letters()[0].text)
    assert client.post(link).headers["Location"] == f"/account/sign-in/?next={link}"
    sign_in(client, sari)
    assert client.post(link).status_code == 403
    assert Invitation.objects.get().used_at is None


def test_the_members_page_costs_the_same_for_one_and_for_three(
    client: Client, bandung: Office, same_queries: Callable[..., None]
) -> None:
    sign_in(client, member("Ratna", Role.HEAD, office=bandung))
    names = iter(["Dewi", "Sari", "Hadi"])
    same_queries(MEMBERS, lambda: member(next(names), Role.OFFICER, office=bandung))


def test_the_page_of_permissions_says_what_the_product_obeys(client: Client, bandung: Office) -> None:
    sign_in(client, member("Sari", Role.OFFICER, office=bandung))
    page = client.get("/en/account/permissions/").content.decode()
    [row] = re.findall(r"<tr><th scope=\"row\">read contacts and internal notes of the office</th>(.*?)</tr>", page)
    cells = [re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row)]
    assert cells == ["yes", "yes", "yes", "no", "no"]


def test_every_closed_page_of_an_office_asks_for_a_permission() -> None:
    of_the_office = [pattern for pattern in urls.urlpatterns if "<slug:office>" in str(pattern.pattern)]
    assert [pattern.name for pattern in of_the_office if entry_of(pattern.callback).permission is None] == []  # type: ignore[union-attr]


@override_settings(SESSION_COOKIE_NAME="kembar-session")
def test_a_cookie_that_is_no_session_is_a_visitor(client: Client) -> None:
    client.cookies["kembar-session"] = "x" * 32
    assert client.get("/en/account/").headers["Location"] == "/en/account/sign-in/?next=%2Fen%2Faccount%2F"

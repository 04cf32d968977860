"""Access tokens: made for a program, shown once, bounded, void with the membership, seen by the head."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kembar.access.permissions import SYSTEM, Actor, NotAllowed, Permission, Role, may
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.people import queries
from kembar.people.actions import members, tokens
from kembar.people.models import AccessToken, Account, Membership
from kembar.people.rules import fingerprint
from tests.members import member, office, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office()


@pytest.fixture
def sari(bandung: Office) -> Account:
    return member("Sari", Role.OFFICER, office=bandung)


def made(person: Account, office: Office, **given: object) -> AccessToken:
    asked = {"name": "Situs kota", "scopes": ["read", "sources"], "days": 90, **given}
    return tokens.make_token(person, by=queries.actor(person), office=office, **asked)  # type: ignore[arg-type]


def verbs(subject: str) -> list[str]:
    return list(Entry.objects.filter(subject=subject).order_by("id").values_list("verb", flat=True))


def test_a_program_acts_in_the_name_of_its_person_within_its_scopes(sari: Account, bandung: Office) -> None:
    token = made(sari, bandung)
    program = queries.program(token.token)
    assert (program.actor.person_id, program.actor.label, program.office) == (sari.pk, "Sari (Situs kota)", bandung)
    allowed = {one for one in Permission if may(program.actor, one, office_id=bandung.pk)}
    assert allowed == {Permission.VIEW_REGISTER, Permission.READ_DESK, Permission.KEEP_REGISTER}


def test_only_the_fingerprint_of_a_token_is_kept(sari: Account, bandung: Office) -> None:
    token = made(sari, bandung)
    [kept] = AccessToken.objects.values()
    assert (kept["fingerprint"], kept["ending"]) == (fingerprint(token.token), token.token[-4:])
    assert token.token not in str(kept)
    assert AccessToken.objects.get().token == ""
    assert verbs(f"token:{token.pk}") == ["token.made"]


def test_a_program_counts_only_in_the_office_its_token_was_made_for(sari: Account, bandung: Office) -> None:
    daegu = office("daegu")
    members.give_role(sari, by=SYSTEM, office=daegu, role=Role.HEAD)
    program = queries.program(made(sari, bandung).token)
    assert not may(program.actor, Permission.READ_DESK, office_id=daegu.pk)


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"name": " "}, "name"), ({"name": "x" * 101}, "name"), ({"scopes": []}, "scopes"),
     ({"scopes": ["read", "all"]}, "scopes"), ({"days": 366}, "days"), ({"days": 0}, "days")],
)  # fmt: skip
def test_a_token_without_name_scope_or_end_is_not_made(
    sari: Account, bandung: Office, given: dict[str, object], reason: str
) -> None:
    with pytest.raises(tokens.WrongToken) as refused:
        made(sari, bandung, **given)
    assert (refused.value.reason, AccessToken.objects.count()) == (reason, 0)


def test_nobody_makes_a_token_where_they_have_no_business(sari: Account, bandung: Office) -> None:
    togar = member("Togar", Role.ADMINISTRATOR, office=bandung)
    with pytest.raises(NotAllowed):
        made(togar, bandung)
    with pytest.raises(NotAllowed):
        made(sari, office("daegu"))


def test_a_token_that_was_never_made_has_run_out_or_was_revoked_opens_nothing(sari: Account, bandung: Office) -> None:
    old, revoked = made(sari, bandung), made(sari, bandung)
    AccessToken.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tokens.revoke_token(revoked, by=queries.actor(sari)) is True
    assert tokens.revoke_token(revoked, by=queries.actor(sari)) is False
    for text in ("", "kembar_wrong", old.token, revoked.token):
        with pytest.raises(queries.NoSuchToken):
            queries.program(text)
    assert verbs(f"token:{revoked.pk}") == ["token.made", "token.revoked"]


def test_a_token_is_void_for_good_when_its_person_leaves_the_office(sari: Account, bandung: Office) -> None:
    token, other = made(sari, bandung), office("daegu")
    members.give_role(sari, by=SYSTEM, office=other, role=Role.OFFICER)
    elsewhere = made(sari, other)
    members.end_membership(Membership.objects.get(account=sari, office=bandung), by=SYSTEM)
    members.give_role(sari, by=SYSTEM, office=bandung, role=Role.OFFICER)
    with pytest.raises(queries.NoSuchToken):
        queries.program(token.token)
    assert queries.program(elsewhere.token).office == other


def test_a_token_stops_on_the_day_its_persons_role_ends(sari: Account, bandung: Office) -> None:
    token = made(sari, bandung)
    today = bandung.today()
    Membership.objects.filter(account=sari).update(since=today - timedelta(days=2), until=today)
    with pytest.raises(queries.NoSuchToken):
        queries.program(token.token)


def test_a_token_is_void_when_its_persons_sign_in_is_reset_or_their_account_is_closed(
    sari: Account, bandung: Office
) -> None:
    one = made(sari, bandung)
    members.reset_second_factor(sari.pk, by=SYSTEM, office=bandung, confirmed_how="met")
    other = made(sari, bandung)
    Account.objects.filter(pk=sari.pk).update(is_active=False)
    for token in (one, other):
        with pytest.raises(queries.NoSuchToken):
            queries.program(token.token)


def test_a_member_makes_a_token_reads_it_once_and_revokes_it(client: Client, sari: Account, bandung: Office) -> None:
    sign_in(client, sari)
    given = {"name": "Situs kota", "office": "bandung", "scopes": ["read"], "days": "30"}
    answer = client.post("/en/account/tokens/new/", given)
    [token] = AccessToken.objects.all()
    shown = answer.content.decode().partition('readonly value="')[2].partition('"')[0]
    assert queries.program(shown).token_id == token.pk
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    page = client.get("/en/account/tokens/").content.decode()
    assert (f"… {token.ending}" in page, shown in page) == (True, False)
    assert client.post(f"/en/account/tokens/{token.pk}/revoke/").headers["Location"] == "/en/account/tokens/"
    with pytest.raises(queries.NoSuchToken):
        queries.program(shown)


def test_without_a_second_factor_no_token_is_made(client: Client, sari: Account) -> None:
    sign_in(client, sari, second_factor=False)
    given = {"name": "Situs kota", "office": "bandung", "scopes": ["read"], "days": "30"}
    page = client.post("/en/account/tokens/new/", given).content.decode()
    assert "You are not a member of any office, or have not shown your second factor." in page
    assert AccessToken.objects.count() == 0


def test_nobody_sees_or_revokes_the_token_of_a_colleague_on_their_own_page(
    client: Client, sari: Account, bandung: Office
) -> None:
    token = made(sari, bandung)
    sign_in(client, member("Budi", Role.OFFICER, office=bandung))
    assert "Situs kota" not in client.get("/en/account/tokens/").content.decode()
    assert client.post(f"/en/account/tokens/{token.pk}/revoke/").status_code == 404
    assert client.get("/en/bandung/desk/members/tokens/").status_code == 404


def test_the_head_sees_and_revokes_the_tokens_of_the_office_and_no_others(
    client: Client, sari: Account, bandung: Office
) -> None:
    token, daegu = made(sari, bandung), office("daegu")
    foreign = made(member("Jihoon", Role.OFFICER, office=daegu), daegu, name="Daegu portal")
    ratna = member("Ratna", Role.HEAD, office=bandung)
    sign_in(client, ratna)
    page = client.get("/en/bandung/desk/members/tokens/").content.decode()
    assert ("Situs kota" in page, "Daegu portal" in page) == (True, False)
    assert client.post(f"/en/bandung/desk/members/tokens/{foreign.pk}/revoke/").status_code == 404
    client.post(f"/en/bandung/desk/members/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert (token.revoked_by, AccessToken.objects.filter(revoked_at=None).get()) == ("Ratna", foreign)
    with pytest.raises(NotAllowed):
        tokens.revoke_token(foreign, by=queries.actor(ratna))


def test_the_lists_of_tokens_cost_the_same_however_many_there_are(
    client: Client, sari: Account, bandung: Office, same_queries: Callable[..., None]
) -> None:
    sign_in(client, sari)
    same_queries("/account/tokens/", lambda: made(sari, bandung))
    sign_in(client, member("Ratna", Role.HEAD, office=bandung))
    same_queries("/bandung/desk/members/tokens/", lambda: made(sari, bandung))


def test_a_stranger_may_revoke_nothing(sari: Account, bandung: Office) -> None:
    with pytest.raises(NotAllowed):
        tokens.revoke_token(made(sari, bandung), by=Actor(person_id=999, label="?"))

"""People are invited by letter, join once, get roles, leave, and are helped after losing their second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from kembar.access.permissions import ANONYMOUS, SYSTEM, NotAllowed, Role, may_give
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.people import queries
from kembar.people.actions import members
from kembar.people.models import Account, Invitation, Membership
from kembar.people.states import InvitationState
from tests.members import PASSWORD, account, letters, member, office
from tests.personas import bu_ratna, jihoon, sari
from tests.personas import togar as as_togar

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def invited(bandung: Office, **more: str) -> str:
    """Invites Dewi and gives back what stands in the link of the letter."""
    given = {"name": "Dewi", "email": "Dewi@Example.org", "role": Role.TRANSLATOR} | more
    members.invite(bandung, by=bu_ratna(office_id=bandung.pk), **given)
    [link] = re.findall(r"/account/invitation/(\S+)/", letters()[-1].text)
    return str(link)


def join(token: str, **more: object) -> Account:
    given = {"by": ANONYMOUS, "name": "Dewi", "language": "id", "password": PASSWORD} | more
    return members.accept(token, **given)  # type: ignore[arg-type]


def test_the_link_in_the_letter_makes_an_account_with_the_role(bandung: Office) -> None:
    token = invited(bandung)
    dewi = join(token)
    assert (dewi.email, dewi.check_password(PASSWORD)) == ("dewi@example.org", True)
    assert queries.roles_of(dewi.pk) == {bandung.pk: frozenset({Role.TRANSLATOR})}
    told = Entry.objects.filter(office_id=bandung.pk, verb__startswith="member.").order_by("id")
    assert [entry.verb for entry in told] == ["member.invited", "member.joined"]


def test_what_stands_in_the_link_is_not_kept_with_the_invitation(bandung: Office) -> None:
    token = invited(bandung)
    [row] = Invitation.objects.values()
    assert [value for value in row.values() if token in str(value)] == []


def test_an_invitation_works_once(bandung: Office) -> None:
    token = invited(bandung)
    join(token)
    with pytest.raises(members.InvitationClosed) as closed:
        join(token, name="Somebody else")
    assert closed.value.state is InvitationState.USED
    assert Account.objects.count() == 1


def test_an_invitation_runs_out_after_seven_days(bandung: Office) -> None:
    token = invited(bandung)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(members.InvitationClosed) as closed:
        join(token)
    assert (closed.value.state, Account.objects.count()) == (InvitationState.EXPIRED, 0)


def test_a_newer_invitation_takes_the_place_of_the_older(bandung: Office) -> None:
    older = invited(bandung)
    newer = invited(bandung)
    with pytest.raises(members.InvitationClosed) as closed:
        join(older)
    assert closed.value.state is InvitationState.WITHDRAWN
    assert join(newer).name == "Dewi"


def test_a_withdrawn_invitation_no_longer_works(bandung: Office) -> None:
    token = invited(bandung)
    head = bu_ratna(office_id=bandung.pk)
    [letter] = queries.open_invitations(bandung, by=head)
    assert members.withdraw_invitation(letter, by=head) is True
    assert members.withdraw_invitation(letter, by=head) is False
    with pytest.raises(members.InvitationClosed):
        join(token)


def test_somebody_with_an_account_joins_as_themselves_only(bandung: Office) -> None:
    dewi = account("Dewi")
    token = invited(bandung)
    with pytest.raises(members.OfAnotherAccount):
        join(token)
    assert join(token, by=queries.actor(dewi), password="") == dewi
    assert queries.roles_of(dewi.pk) == {bandung.pk: frozenset({Role.TRANSLATOR})}


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"name": " \u200b"}, "name"), ({"email": "dewi"}, "email"), ({"role": "mayor"}, "role")],
)
def test_nobody_is_invited_without_name_address_and_role(bandung: Office, given: dict[str, str], reason: str) -> None:
    whole = {"name": "Dewi", "email": "dewi@example.org", "role": "officer"} | given
    with pytest.raises(members.WrongInvitation) as wrong:
        members.invite(bandung, by=SYSTEM, **whole)
    assert (wrong.value.reason, Invitation.objects.count()) == (reason, 0)


def test_a_member_is_not_invited_to_what_they_are(bandung: Office) -> None:
    member("Dewi", Role.TRANSLATOR, office=bandung)
    with pytest.raises(members.WrongInvitation) as wrong:
        members.invite(bandung, by=SYSTEM, name="Dewi", email="DEWI@example.org", role=Role.TRANSLATOR)
    assert wrong.value.reason == "member"


def test_only_the_head_and_the_administrator_manage_members(bandung: Office) -> None:
    for stranger in (sari(office_id=bandung.pk), jihoon(office_id=bandung.pk + 1), ANONYMOUS):
        with pytest.raises(NotAllowed):
            members.invite(bandung, by=stranger, name="Dewi", email="dewi@example.org", role=Role.READER)
        with pytest.raises(NotAllowed):
            queries.members_of(bandung, by=stranger)


def test_who_leaves_loses_rights_sessions_and_open_links(bandung: Office) -> None:
    dewi = member("Dewi", Role.TRANSLATOR, office=bandung)
    before = dewi.get_session_auth_hash()
    token = invited(bandung, role=Role.OFFICER)
    [held] = Membership.objects.all()
    assert members.end_membership(held, by=bu_ratna(office_id=bandung.pk)) is True
    assert queries.roles_of(dewi.pk) == {}
    assert Account.objects.get().get_session_auth_hash() != before
    with pytest.raises(members.InvitationClosed):
        join(token, by=queries.actor(dewi))
    assert members.end_membership(held, by=bu_ratna(office_id=bandung.pk)) is False


def test_an_office_keeps_a_head(bandung: Office) -> None:
    member("Ratna", Role.HEAD, office=bandung)
    [held] = Membership.objects.all()
    with pytest.raises(members.LastHead):
        members.end_membership(held, by=SYSTEM)
    member("Rudi", Role.HEAD, office=bandung)
    assert members.end_membership(held, by=SYSTEM) is True


def test_a_lost_second_factor_is_reset_with_the_reason_and_a_letter(bandung: Office) -> None:
    dewi = member("Dewi", Role.TRANSLATOR, office=bandung, password=PASSWORD)
    Authenticator.objects.create(user=dewi, type="totp", data={"secret": "x"})
    head = bu_ratna(office_id=bandung.pk)
    with pytest.raises(members.ReasonMissing):
        members.reset_second_factor(dewi.pk, by=head, office=bandung, confirmed_how=" ")
    members.reset_second_factor(dewi.pk, by=head, office=bandung, confirmed_how="came in person")
    now = Account.objects.get()
    assert (queries.has_second_factor(now), now.has_usable_password()) == (False, False)
    assert Entry.objects.get(verb="second_factor.reset").facts["confirmed_how"] == "came in person"
    [letter] = letters()
    [token] = re.findall(r"/account/invitation/(\S+)/", letter.text)
    assert letter.to_address == "dewi@example.org"
    assert join(token, password="empat kucing bangun pagi").pk == dewi.pk
    assert Account.objects.get().check_password("empat kucing bangun pagi")


def test_the_head_of_another_office_resets_nothing(bandung: Office) -> None:
    dewi = member("Dewi", Role.TRANSLATOR, office=bandung)
    daegu = office("daegu")
    with pytest.raises(queries.NoSuchAccount):
        members.reset_second_factor(dewi.pk, by=bu_ratna(office_id=daegu.pk), office=daegu, confirmed_how="by phone")


def test_records_of_another_office_do_not_exist(bandung: Office) -> None:
    member("Dewi", Role.TRANSLATOR, office=bandung)
    members.invite(bandung, by=SYSTEM, name="Sari", email="sari@example.org", role=Role.OFFICER)
    daegu, by = office("daegu"), bu_ratna(office_id=office("daegu").pk)
    with pytest.raises(queries.NoSuchMembership):
        queries.membership(Membership.objects.get().pk, office=daegu, by=by)
    with pytest.raises(queries.NoSuchInvitation):
        queries.invitation(Invitation.objects.get().pk, office=daegu, by=by)


def test_rights_are_those_of_today(bandung: Office) -> None:
    dewi = member("Dewi", Role.TRANSLATOR, office=bandung)
    Membership.objects.update(since=bandung.today() + timedelta(days=1))
    assert queries.actor(dewi).roles == {}
    Membership.objects.update(since=bandung.today())
    assert queries.actor(dewi).roles == {bandung.pk: frozenset({Role.TRANSLATOR})}
    assert queries.actor(dewi, with_rights=False).roles == {}


def test_a_head_gives_nobody_what_counts_for_every_office(bandung: Office) -> None:
    head, togar = bu_ratna(office_id=bandung.pk), as_togar(office_id=bandung.pk)
    sari_ = account("Sari")
    for refused in (
        lambda: invited(bandung, role=Role.ADMINISTRATOR),
        lambda: members.give_role(sari_, by=head, office=bandung, role=Role.ADMINISTRATOR),
    ):
        with pytest.raises(members.WrongInvitation, match="role"):
            refused()
    assert [role for role in Role if not may_give(head, role)] == [Role.ADMINISTRATOR]
    assert [role for role in Role if not may_give(togar, role)] == []
    assert (Invitation.objects.count(), Membership.objects.count()) == (0, 0)
    assert members.give_role(sari_, by=togar, office=bandung, role=Role.ADMINISTRATOR).role == Role.ADMINISTRATOR

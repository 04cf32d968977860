"""The pages: how often, what the next digest will say, leaving with one click, what an office sets."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client

from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.journal.models import Entry
from kembar.people.models import Account
from kembar.reminders.models import Choice, Digest, Found, Setting
from kembar.reminders.queries import limits_of
from kembar.reminders.rules import LEAVE, Limits
from kembar.reminders.tests.conftest import mails, night
from tests.members import sign_in

pytestmark = pytest.mark.django_db
Make = Callable[..., Commitment]
GIVEN = {"soon": 14, "deputy_after": 3, "head_after": "", "renewal_months": 30, "alerts": "30 12 1"}


def day_in(days: int, office: Office) -> str:
    return (office.today() + timedelta(days=days)).isoformat()


def test_the_preview_says_what_the_next_digest_will_say_and_writes_nothing(
    client: Client, bandung: Office, sari: Account, ratna: Account, promise: Make
) -> None:
    row = promise(ratna, deputy=sari, due=day_in(-8, bandung))
    sign_in(client, sari)
    html = client.get("/en/account/digest/preview/").content.decode()
    link = f'<li><a href="http://localhost:8000/en/bandung/desk/commitments/{row.pk}/">Mengirim 20 pelajar (Nanning).'
    assert (html.count("Passed on to you"), html.count(link)) == (1, 1)
    assert (Digest.objects.count(), Found.objects.count(), mails()) == (0, 0, [])


def test_who_has_not_shown_a_second_factor_sees_nothing_of_it(
    client: Client, bandung: Office, sari: Account, promise: Make
) -> None:
    promise(sari, due=day_in(3, bandung))
    sign_in(client, sari, second_factor=False)
    html = client.get("/en/account/digest/preview/").content.decode()
    assert (html.count("pelajar"), html.count("have not shown your second factor")) == (0, 1)


def test_a_member_chooses_how_often_and_reads_the_last_letters(client: Client, sari: Account, promise: Make) -> None:
    promise(sari, due="2026-11-30")
    night()
    sign_in(client, sari)
    html = client.get("/en/account/digest/").content.decode()
    assert (html.count("Kembar – Due within 30 days: 1"), html.count("waiting to be sent")) == (1, 1)
    answer = client.post("/en/account/digest/", {"every": "daily"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/account/digest/?saved=1")
    assert Choice.objects.get(account=sari).every == "daily"
    assert client.post("/en/account/digest/", {"every": "hourly"}).status_code == 200
    assert Choice.objects.get(account=sari).every == "daily"


def test_nobody_reads_the_letters_of_somebody_else(
    client: Client, sari: Account, ratna: Account, promise: Make
) -> None:
    promise(sari, due="2026-11-30")
    night()
    sign_in(client, ratna)
    assert client.get("/en/account/digest/").content.decode().count("Due within 30 days") == 0


def test_one_click_ends_the_digest_and_opening_the_link_does_not(sari: Account) -> None:
    path = f"/en/account/digest/leave/{signing.dumps(sari.pk, salt=LEAVE)}/"
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert Choice.objects.filter(account=sari).count() == 0
    answers = [program.post(path, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    assert (answers, Choice.objects.get(account=sari).every) == ([200, 200], "never")
    assert Entry.objects.filter(verb="digest.chosen", actor_id=sari.pk).count() == 1


@pytest.mark.parametrize(
    "token",
    ["x", "MQ:1:x", signing.dumps(1, salt="elsewhere"), signing.dumps(999999, salt=LEAVE)],
    ids=["no token", "no signature", "of another page", "of nobody"],  # a signature holds the time: no name for a test
)
def test_a_link_that_is_none_leads_nowhere(token: str) -> None:
    assert Client().post(f"/en/account/digest/leave/{token}/").status_code == 404


def test_the_head_sets_when_promises_are_passed_on(client: Client, bandung: Office, ratna: Account) -> None:
    sign_in(client, ratna)
    address = "/en/bandung/desk/reminders/"
    assert client.get(address).content.decode().count('value="24 18 12 6 3 1"') == 1
    assert client.post(address, GIVEN).status_code == 302
    assert limits_of(bandung.pk) == Limits(14, 3, None, 30, (30, 12, 1))
    assert client.post(address, GIVEN).status_code == 302
    assert Entry.objects.filter(verb="reminders.set", office_id=bandung.pk).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"soon": 0}, {"head_after": 2}, {"alerts": "soon"}, {"alerts": "99"}, {"renewal_months": ""}]
)
def test_what_cannot_be_set_is_refused_and_kept_on_the_page(
    client: Client, bandung: Office, ratna: Account, wrong: dict[str, object]
) -> None:
    sign_in(client, ratna)
    answer = client.post("/en/bandung/desk/reminders/", GIVEN | wrong)
    assert (answer.status_code, Setting.objects.count()) == (200, 0)
    assert answer.content.decode().count('id="id_soon_error"' if "soon" in wrong else 'class="error"') == 1


def test_an_officer_does_not_set_whom_the_head_hears_from(client: Client, sari: Account) -> None:
    sign_in(client, sari)
    assert client.post("/en/bandung/desk/reminders/", GIVEN).status_code == 404


def test_the_command_tells_what_the_night_did(bandung: Office, sari: Account, promise: Make) -> None:
    promise(sari, due=day_in(-30, bandung))
    told = StringIO()
    call_command("remind", stdout=told)
    call_command("remind", stdout=told)
    first, second = told.getvalue().splitlines()
    assert (first[:8], second) == ("1 found,", "0 found, 0 digests, 0 urgent letters, 0 without news")

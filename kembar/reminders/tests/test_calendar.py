"""A member's own calendar: what stands in it, and that nobody reads it who was not given its address."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kembar.access.permissions import SYSTEM, Actor, Role
from kembar.agreements.actions import import_claims
from kembar.cities.models import Office
from kembar.commitments.actions import Keepers, accept
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import UNIT, claimed, file
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.people.actions.members import reset_second_factor
from kembar.people.models import Account, Membership
from kembar.procedure.actions import Done, Planned, finish, open_case
from kembar.reminders.models import CalendarAddress
from kembar.reminders.queries import address_of
from tests.members import member, office, sign_in

pytestmark = pytest.mark.django_db
CLAIMS = (
    "city,country,partnership_kind,event,date,precision,edtf,instrument,sectors_or_note,source,confidence,decision,"
    "reason\n"
    "Nanning,CN,sister,MoU signed,2025-06-01,day,2025-06-01,MoU,,a page,high,accepted,\n"
    "Nanning,CN,sister,term of the 2025 MoU,,,,MoU,P5Y,a page,high,accepted,\n"
)


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


@pytest.fixture
def sari(bandung: Office) -> Account:
    return member("Sari", Role.OFFICER, office=bandung)


def promise(office: Office, *, owner: str, due: str, **given: Any) -> Commitment:
    row = claimed(office, due=parse_edtf(due), **given)
    return accept(row, by=SYSTEM, keepers=Keepers(owner=owner, deputy=UNIT), seen=1)


def open_address(client: Client, person: Account) -> str:
    """The path of a new address, as the page shows it."""
    if settings.SESSION_COOKIE_NAME not in client.cookies:
        sign_in(client, person)
    html = client.post("/en/account/calendar/open/").content.decode()
    address = html.partition("<code>http://localhost:8000")[2].partition("</code>")[0]
    assert address.startswith("/en/account/calendar/")
    return address


def events(address: str) -> dict[str, Any]:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = icalendar.Calendar.from_ical(answer.content)
    assert read.errors == []
    return {str(event["SUMMARY"]): event for event in read.walk("VEVENT")}


def test_it_holds_the_promises_one_answers_for_and_no_others(client: Client, bandung: Office, sari: Account) -> None:
    mine = promise(bandung, owner=f"account:{sari.pk}", due="2027-05")
    promise(bandung, owner="post:Bappelitbang", due="2027-06-01", sentence="Pemkot Bandung akan hadir.")
    Account.objects.filter(pk=sari.pk).update(language="en")
    [(title, event)] = events(open_address(client, sari)).items()
    assert title == f"Promise due: {mine.what} (Nanning) (May 2027)"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 5, 1), date(2027, 6, 1))
    assert event["UID"] == f"commitment-{mine.pk}-due-for-{sari.pk}@localhost"
    assert event["URL"] == f"http://localhost:8000/en/bandung/desk/commitments/{mine.pk}/"


def test_each_kind_of_due_date_stands_where_no_day_looks_exact_that_is_not(
    client: Client, bandung: Office, sari: Account
) -> None:
    for due, given in {
        "2028": {}, "[..2027-04-24]": {}, "2027-04-24/..": {}, "2027/2029": {},
        "2028-03-01": {"recurring": True, "every": "P1Y6M"}, "2028-03": {"recurring": True, "every": ""},
    }.items():  # fmt: skip
        promise(bandung, owner=f"account:{sari.pk}", due=due, sentence=due, what=due, **given)
    Account.objects.filter(pk=sari.pk).update(language="ko")
    found = events(open_address(client, sari)).values()
    told = {
        str(event["SUMMARY"]).split(" ")[2].partition("(")[0]: (
            event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(),
            str(event.get("DESCRIPTION", "")).partition("정확")[0].strip(),
        )
        for event in found
    }  # fmt: skip
    assert told == {
        "2028": ("2028-01-01", "2029-01-01", ""),
        "[..2027-04-24]": ("2027-04-24", "2027-04-25", ""),
        "2027/2029": ("2029-12-31", "2030-01-01", ""),
        "2028-03-01": ("2028-03-01", "2028-03-02", "2028년 3월 1일, 이후 1년 6개월마다"),
        "2028-03": ("2028-03-01", "2028-04-01", "2028년 3월, 이후 반복"),
    }


def test_it_says_when_a_paper_runs_out_and_when_its_renewal_should_begin(
    client: Client, bandung: Office, sari: Account
) -> None:
    import_claims(CLAIMS, by=SYSTEM, office=bandung)
    Account.objects.filter(pk=sari.pk).update(language="zh-hans")
    found = {title: event["DTSTART"].dt for title, event in events(open_address(client, sari)).items()}
    ends = date(2030, 6, 1)
    assert found == {
        "南宁：“谅解备忘录”有效期最后一日": ends,
        "南宁：启动“谅解备忘录”续签": date(2028, 6, 1),
    }


def test_it_holds_the_steps_and_the_likely_signature_of_open_cases(
    client: Client, bandung: Office, sari: Account
) -> None:
    today = bandung.today()
    planned = Planned(kind="new_tie", subject="Kota kembar", opened_on=parse_edtf("2020-01-05"))
    case = open_case(planned, by=SYSTEM, partnership=file(bandung), confirmed=("level_differs",))
    day = parse_edtf((today - timedelta(days=30)).isoformat())
    finish(case, by=SYSTEM, step="initiative", done=Done(on=day), seen=case.version)
    Account.objects.filter(pk=sari.pk).update(language="en")
    [(title, event)] = events(open_address(client, sari)).items()
    assert (title, event["DTSTART"].dt) == ("Nanning: Initiative done", day.earliest)
    assert event["URL"] == f"http://localhost:8000/en/bandung/desk/cases/{case.pk}/"


def test_the_address_is_the_key_and_a_new_one_ends_the_old(client: Client, bandung: Office, sari: Account) -> None:
    first = open_address(client, sari)
    second = open_address(client, sari)
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    token = second.rpartition("/")[2].removesuffix(".ics")
    kept = "".join(map(str, CalendarAddress.objects.order_by("id").values_list()))
    assert (len(token) >= 43, token in kept) == (True, False)
    assert client.post("/en/account/calendar/withdraw/").status_code == 302
    assert Client().get(second).status_code == 404
    verbs = Entry.objects.filter(verb__startswith="calendar.").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["calendar.opened", "calendar.opened", "calendar.withdrawn"]
    assert token not in "".join(str(facts) for facts in Entry.objects.order_by("id").values_list("facts", flat=True))


def test_nobody_keeps_it_private_for_somebody_else(client: Client, bandung: Office, sari: Account) -> None:
    headers = Client().get(open_address(client, sari)).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-cache", "noindex")


def test_a_calendar_that_did_not_change_is_not_sent_again(client: Client, bandung: Office, sari: Account) -> None:
    promise(bandung, owner=f"account:{sari.pk}", due="2027-05-01")
    address = open_address(client, sari)
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content, first.headers["ETag"]) == (304, b"", again.headers["ETag"])


def test_who_left_the_office_or_was_shut_out_reads_nothing_of_it(
    client: Client, bandung: Office, sari: Account
) -> None:
    import_claims(CLAIMS, by=SYSTEM, office=bandung)
    address = open_address(client, sari)
    assert len(events(address)) == 2
    Membership.objects.filter(account=sari).update(
        until=timezone.localdate() - timedelta(days=2), since=date(2020, 1, 1)
    )
    assert events(address) == {}
    Account.objects.filter(pk=sari.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_an_address_from_before_the_sign_in_was_set_up_anew_leads_nowhere(
    client: Client, bandung: Office, sari: Account
) -> None:
    address = open_address(client, sari)
    reset_second_factor(sari.pk, by=SYSTEM, office=bandung, confirmed_how="Came to the office")
    assert (Client().get(address).status_code, address_of(Actor(sari.pk, sari.name))) == (404, None)
    sari.refresh_from_db()
    assert Client().get(open_address(Client(), sari)).status_code == 200


def test_a_visitor_makes_no_calendar(client: Client, bandung: Office) -> None:
    for answer in (client.get("/account/calendar/"), client.post("/account/calendar/open/")):
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/account/sign-in/")
    assert CalendarAddress.objects.count() == 0
    assert client.get("/account/calendar/guess.ics").status_code == 404

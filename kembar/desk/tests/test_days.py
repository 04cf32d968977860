"""Working days at the desk: days of one's own, what is not known, and the recesses of the council."""

from datetime import date

from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.desk.tests.test_cases import desk, opened, send
from kembar.procedure.actions import set_recess
from kembar.procedure.models import Recess
from kembar.procedure.queries.calendars import Calendars
from kembar.procedure.tests.walking import TO_COUNCIL, walk


def test_an_office_sets_days_of_its_own_and_waiting_is_counted_by_them(bandung: Office, client: Client) -> None:
    day = {"country": "ID", "day": "2026-09-25", "name": "Hari Jadi Kota Bandung"}
    assert client.post(desk("working-days"), day).status_code == 302
    own = Calendars(bandung.pk, country="ID").of("office", partner="")
    assert [own.works(date(2026, 9, 25)), own.between(date(2026, 9, 24), date(2026, 9, 25))] == [False, 0]
    client.post(desk("working-days"), day | {"works": "on"})
    assert Calendars(bandung.pk, country="ID").of("office", partner="").works(date(2026, 9, 25))
    page = client.post("/en" + desk("working-days"), {"country": "KR", "day": "2026-02-30", "name": ""})
    assert sorted(page.context["form"].errors) == ["country", "day", "name"]


def test_the_page_says_of_which_years_the_holidays_are_known(bandung: Office, client: Client) -> None:
    opened(bandung)
    known = {line.country: line for line in client.get("/en" + desk("working-days")).context["years"]}
    assert sorted(known) == ["CN", "ID"]
    year = bandung.today().year
    assert [line.year for line in client.get(desk("working-days")).context["years"]] == [str(year), str(year + 1)] * 2


def test_a_recess_is_entered_with_its_source_told_to_the_council_and_withdrawn(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    walk(case, *TO_COUNCIL[:4], on="2021-02-03")
    today = bandung.today().isoformat()
    typed = {"first": today, "last": today, "name": "Masa reses", "source": "Jadwal DPRD"}
    assert sorted(client.post(desk("set-recess"), {**typed, "source": ""}).context["form"].errors) == ["source"]
    assert client.post(desk("set-recess"), typed).status_code == 302
    told = client.get("/en" + desk("case-council", number=case.pk)).context["recess"]
    assert told.startswith("In recess until ")
    assert told.endswith(": Masa reses. Source: Jadwal DPRD")
    [note] = client.get("/en" + desk("case", number=case.pk)).context["sheet"].notes
    assert note.startswith("The council is in recess until ")
    number = Recess.objects.get().pk
    assert client.get(desk("withdraw-recess", number=number)).status_code == 200
    assert client.post(desk("withdraw-recess", number=number), {"reason": "Digeser"}).status_code == 302
    assert client.get("/en" + desk("case-council", number=case.pk)).context["recess"] == ""
    assert client.get(desk("withdraw-recess", number=number)).status_code == 404


def test_what_waits_for_the_partner_is_counted_by_its_calendar(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    send(client, case, "case-move", deed="wait-partner", on="1 September 2025", reason="Menunggu jawaban")
    page = client.get("/en" + desk("cases"))
    [row] = page.context["rows"]
    assert row.paused.startswith("waiting for the partner: ")
    assert row.paused.endswith(" working days, by the calendar of China")
    set_recess(bandung, by=SYSTEM, first=date(2025, 9, 1), last=date(2025, 9, 30), name="x", source="x")
    assert client.get("/en" + desk("cases")).context["rows"][0].paused == row.paused

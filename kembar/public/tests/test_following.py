"""Promises in a feed, a calendar, a card and a short text, read by programs that nobody here wrote."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import icalendar
import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments.actions import Outcome, drop, keep
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file
from kembar.public.tests import reading
from kembar.public.tests import test_countersigning as partner
from kembar.public.tests.test_promises import SENTENCE, accepted, claimed

pytestmark = pytest.mark.django_db
PAGE = "bandung/partners/suwon/promises"
SITE = "http://localhost:8000"
DONE = Outcome(on=parse_edtf("2026-08-17"), evidence="Ibu Contoh melihatnya")
OUTPUTS = ("/", ".xml", ".ics", ".txt", "/card/", ".csv", ".json")


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return file("suwon", office_id=bandung.pk)


def entries(client: Client, prefix: str = "en/") -> Any:
    answer = client.get(f"/{prefix}{PAGE}.xml")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.version) == (False, "atom10")
    return read


def events(client: Client, prefix: str = "en/") -> dict[str, Any]:
    answer = client.get(f"/{prefix}{PAGE}.ics")
    read = icalendar.Calendar.from_ical(answer.content)
    found = read.walk("VEVENT")
    assert (read.errors, [event.errors for event in found]) == ([], [[] for _ in found])
    return {str(event["SUMMARY"]): event for event in found}


def text(client: Client, prefix: str = "en/") -> list[str]:
    answer = client.get(f"/{prefix}{PAGE}.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode().splitlines()


def everything(client: Client) -> dict[str, str]:
    answers: dict[str, Any] = {ending: client.get(f"/en/{PAGE}{ending}") for ending in OUTPUTS}
    return {ending: answer.getvalue().decode() for ending, answer in answers.items()}


# --- what nobody outside may read -------------------------------------------------------------------------------------


def test_what_no_officer_accepted_is_in_none_of_them_though_it_was_marked_to_be_shown(
    client: Client, suwon: Partnership
) -> None:
    claimed(suwon, "secret promise", shown_unconfirmed=True)
    assert {ending: told.count("secret promise") for ending, told in everything(client).items()} == dict.fromkeys(
        OUTPUTS, 0
    )


def test_what_the_partner_has_part_in_is_hidden_until_it_confirms(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "their promise", side="partner")
    accepted(suwon, "joint promise", side="both")
    told = everything(client)
    assert {ending: re.findall("their promise|joint promise", words) for ending, words in told.items()} == (
        dict.fromkeys(OUTPUTS, [])
    )


def test_what_is_shown_though_not_confirmed_is_marked_in_all_of_them(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "joint promise", side="both", shown_unconfirmed=True)
    doubt = "Not yet confirmed by the partner."
    assert entries(client).entries[0].summary.count(doubt) == 1
    assert [str(event["DESCRIPTION"]).count(doubt) for event in events(client).values()] == [1]
    told = everything(client)
    assert [told[ending].count(doubt) for ending in ("/", "/card/")] == [1, 1]
    [row] = csv.DictReader(io.StringIO(told[".csv"].removeprefix("\ufeff")))
    assert (row["Not yet confirmed by the partner"], row["Confirmed by the partner"]) == ("true", "false")


def test_what_the_partner_confirmed_is_not_marked_any_more(client: Client, suwon: Partnership) -> None:
    row = partner.promise(suwon, side="both")
    assert len(entries(client).entries) == 0
    letter = partner.asked(suwon, row)
    partner.enter(client, letter)
    assert partner.say(client, letter, "confirm").status_code == 302
    [entry] = entries(client).entries
    assert (entry.title, entry.summary.count("Not yet confirmed")) == (f"Confirmed by the partner: {partner.WHAT}", 0)


# --- the feed ---------------------------------------------------------------------------------------------------------


def test_the_feed_tells_each_promise_with_date_and_sentence_and_leads_to_it(client: Client, suwon: Partnership) -> None:
    row = accepted(suwon, "send 20 pupils")
    [entry] = entries(client).entries
    assert entry.title == "Accepted: send 20 pupils"
    assert entry.summary == (
        f"promised by Bandung · due: 2950 · Not yet confirmed by the partner. · “{SENTENCE}” (Antara, 26 March 2025)"
    )
    assert entry.link == f"{SITE}/en/{PAGE}/#promise-{row.pk}"
    assert re.fullmatch(rf"tag:localhost,2026:en:bandung:commitment:{row.pk}", entry.id)


def test_an_entry_keeps_its_name_and_comes_to_the_top_with_the_next_deed(client: Client, suwon: Partnership) -> None:
    first = accepted(suwon, "first")
    accepted(suwon, "second")
    names = {entry.id for entry in entries(client).entries}
    keep(first, by=SYSTEM, outcome=DONE, seen=2)
    read = entries(client)
    assert [entry.title for entry in read.entries] == ["Kept: first", "Accepted: second"]
    assert {entry.id for entry in read.entries} == names
    assert read.entries[0].summary.count("Ibu Contoh") == 0


def test_a_promise_that_is_overdue_by_itself_says_since_when(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "late", due=parse_edtf("2025"))
    [entry] = entries(client).entries
    assert entry.title == "Overdue: late"
    assert entry.updated >= "2026-01-01T00:00:00"


@pytest.mark.parametrize(("prefix", "title"), [("", "Diterima: a"), ("ko/", "채택: a"), ("zh/", "已采纳: a")])
def test_each_language_has_a_feed_of_its_own(client: Client, suwon: Partnership, prefix: str, title: str) -> None:
    accepted(suwon, "a")
    [entry] = entries(client, prefix).entries
    assert entry.title == title


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_the_calendar_holds_what_is_due_and_covers_every_day_it_may_be(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "exact", due=parse_edtf("2950-05-06"))
    accepted(suwon, "within a month", due=parse_edtf("2950-07"))
    accepted(suwon, "some day", due=None)
    drop(accepted(suwon, "gone", due=parse_edtf("2950-05-06")), by=SYSTEM, reason="no budget",
         on=parse_edtf("2026"), seen=2)  # fmt: skip
    found = events(client)
    assert list(found) == ["Promised by Bandung: exact", "Promised by Bandung: within a month (July 2950)"]
    days = [(event["DTSTART"].dt, event["DTEND"].dt) for event in found.values()]
    assert days == [(date(2950, 5, 6), date(2950, 5, 7)), (date(2950, 7, 1), date(2950, 8, 1))]
    first, second = found.values()
    assert [str(one["DESCRIPTION"]).count("The exact day is not known.") for one in (first, second)] == [0, 1]
    assert first["URL"].startswith(f"{SITE}/en/{PAGE}/#promise-")
    assert (first["DTSTAMP"].dt.utcoffset(), re.fullmatch(r"commitment-\d+-due@localhost", first["UID"]) is None) == (
        timedelta(0), False,
    )  # fmt: skip


def test_the_same_promise_is_the_same_entry_in_every_language(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "a")
    found = [events(client, prefix) for prefix in ("", "en/", "ko/", "zh/")]
    assert len({event["UID"] for several in found for event in several.values()}) == 1
    assert len({title for several in found for title in several}) == 4


def test_an_empty_calendar_and_an_empty_feed_are_still_whole(client: Client, suwon: Partnership) -> None:
    assert (events(client), entries(client).entries) == ({}, [])


# --- the card and the short text --------------------------------------------------------------------------------------


def test_the_card_may_stand_in_any_page_and_runs_nothing(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "late", due=parse_edtf("2025"))
    keep(accepted(suwon, "done"), by=SYSTEM, outcome=DONE, seen=2)
    answer = client.get(f"/en/{PAGE}/card/")
    rules = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert (rules["frame-ancestors"], rules["script-src"], "X-Frame-Options" in answer.headers) == (
        "*", "'none'", False,
    )  # fmt: skip
    words = reading.text(answer.content.decode().split("<main>")[1])
    assert words.startswith(
        "Promises: Bandung and Suwon Overdue: 1 Under way: 0 Kept: 1 Dropped: 0 "
        "Late Overdue · promised by Bandung · due: 2025 · Not yet confirmed by the partner."
    )
    assert words.count("Done") == 0


def test_the_short_text_is_plain_and_names_the_most_pressing_promise(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "send <20> & more", due=parse_edtf("2949"))
    accepted(suwon, "late", due=parse_edtf("2025"))
    heading, counted, most, where = text(client)
    assert re.fullmatch(r"Promises: Bandung and Suwon \(\d+ \w+ \d{4}\)", heading)
    assert (counted, most) == ("Overdue: 1 · Under way: 1", "Most pressing: late (due: 2025)")
    assert where == f"Each promise with its source: {SITE}/en/{PAGE}/"


def test_the_short_text_stands_on_the_page_to_be_copied_and_passed_on(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "send <20> & more")
    html = client.get(f"/ko/{PAGE}/").content.decode()
    [shown] = re.findall(r"<textarea[^>]* readonly>(.*?)</textarea>", html, re.S)
    assert reading.unescape(shown).splitlines() == text(client, "ko/")
    [passed_on] = re.findall(r'href="(https://wa\.me/[^"]+)"', html)
    assert parse_qs(urlsplit(reading.unescape(passed_on)).query)["text"][0].splitlines() == text(client, "ko/")
    assert re.findall(rf'href="(/[^"]*{PAGE}\.txt)"', html) == [
        f"/{prefix}{PAGE}.txt" for prefix in ("", "en/", "ko/", "zh/")
    ]


@pytest.mark.parametrize("ending", [".xml", ".ics", ".txt", "/card/"])
def test_what_did_not_change_is_not_sent_again_and_nobody_unknown_has_any(
    client: Client, suwon: Partnership, ending: str
) -> None:
    first = client.get(f"/en/{PAGE}{ending}")
    again = client.get(f"/en/{PAGE}{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/en/bandung/partners/atlantis/promises{ending}").status_code == 404


@pytest.mark.parametrize("ending", [".xml", ".ics", "/card/"])
def test_many_promises_cost_as_many_queries_as_one(
    client: Client, suwon: Partnership, same_queries: Any, ending: str
) -> None:
    same_queries(f"/en/{PAGE}{ending}", lambda: accepted(suwon, "one more"))

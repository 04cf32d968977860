"""What other programs read of the register, read by programs that nobody here wrote."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import feedparser
import icalendar
import pytest
from django.test import Client
from lxml import etree
from pyld import jsonld

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import import_claims
from kembar.cities.models import Office
from kembar.partnerships.queries import file
from kembar.public.tests.test_promises import accepted, claimed
from kembar.public.tests.test_register import HEADER

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def feed(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.version) == (False, "atom10")
    return read


def events(client: Client, address: str) -> dict[str, Any]:
    read = icalendar.Calendar.from_ical(client.get(address).content)
    found = read.walk("VEVENT")
    assert (read.errors, [event.errors for event in found]) == ([], [[] for _ in found])
    return {str(event["SUMMARY"]): event for event in found}


# --- the feed ---------------------------------------------------------------------------------------------------------


def test_a_feed_tells_of_every_dated_fact_and_every_legal_state(client: Client, bandung: Office) -> None:
    read = feed(client, "/en/bandung/partners/daegu/changes.xml")
    assert sorted((entry.title, entry.summary) for entry in read.entries) == [
        ("Daegu: Approval by the council plenary", "25 March 2025"),
        (
            "Daegu: Approved by the council, not signed",
            "The city council has approved; the paper itself is not signed.",
        ),
        ("Daegu: Letter of intent", "26 October 2022"),
        ("Daegu: Meeting of the council commission", "11 November 2024"),
    ]
    assert {entry.link.partition("#")[0] for entry in read.entries} == {
        "http://localhost:8000/en/bandung/partners/daegu/"
    }
    assert read.feed.author == "Cooperation office of Bandung"
    assert read.feed.language == "en"


@pytest.mark.parametrize(
    ("prefix", "language", "title"),
    [
        ("", "id", "Register kerja sama luar negeri Kota Bandung"),
        ("en/", "en", "Register of the international cooperation of Bandung"),
        ("ko/", "ko", "반둥 국제교류 등록부"),
        ("zh/", "zh-Hans", "万隆国际合作登记册"),
    ],
)
def test_each_language_has_a_feed_of_its_own(
    client: Client, bandung: Office, prefix: str, language: str, title: str
) -> None:
    read = feed(client, f"/{prefix}bandung/changes.xml")
    assert (read.feed.title, read.feed.language.lower(), len(read.entries)) == (title, language.lower(), 50)
    assert len({entry.id for entry in read.entries}) == 50
    code = {"zh-Hans": "zh-hans"}.get(language, language)
    assert {entry.id.rpartition(":bandung:")[0] for entry in read.entries} == {f"tag:localhost,2026:{code}"}
    links = {link.rel: link.href for link in read.feed.links}
    assert links == {
        "alternate": f"http://localhost:8000/{prefix}",
        "self": f"http://localhost:8000/{prefix}bandung/changes.xml",
    }


def test_an_entry_keeps_its_name_and_comes_to_the_top_when_it_changes(client: Client, bandung: Office) -> None:
    before = feed(client, "/en/bandung/changes.xml")
    rows = "Surabaya,ID,friendship,agreement,2001,year,2001,MoU,,a page,high,accepted,\n"
    import_claims(HEADER + rows, by=SYSTEM, office=bandung)
    after = feed(client, "/en/bandung/changes.xml")
    assert [entry.title.partition(":")[0] for entry in after.entries][:2] == ["Surabaya", "Surabaya"]
    assert after.feed.updated > before.feed.updated
    names = {entry.title: entry.id for entry in before.entries}
    kept = {entry.title: entry.id for entry in after.entries if entry.title in names}
    assert kept == {title: names[title] for title in kept}


def test_a_feed_that_did_not_change_is_not_sent_again(client: Client, bandung: Office) -> None:
    first = client.get("/bandung/changes.xml")
    again = client.get("/bandung/changes.xml", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_a_paper_that_ends_at_the_latest_on_a_day_stands_there_and_says_so(client: Client, bandung: Office) -> None:
    [(title, event)] = events(client, "/en/bandung/expiring.ics").items()
    assert re.fullmatch(r".+: last day in force of “.+” \(before or on 24 April 2028\)", title)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2028, 4, 24), date(2028, 4, 25))
    assert event["DESCRIPTION"].startswith("The exact day is not known.")
    assert re.fullmatch(r"instrument-\d+-end@localhost", event["UID"])
    assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    assert event["URL"].startswith("http://localhost:8000/en/bandung/partners/")


def test_the_same_paper_is_the_same_entry_in_every_language(client: Client, bandung: Office) -> None:
    addresses = [f"/{prefix}bandung/expiring.ics" for prefix in ("", "en/", "ko/", "zh/")]
    assert len({event["UID"] for address in addresses for event in events(client, address).values()}) == 1
    assert len({title for address in addresses for title in events(client, address)}) == 4


def test_a_calendar_is_the_same_file_until_something_changes(client: Client, bandung: Office) -> None:
    first = client.get("/bandung/expiring.ics")
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    again = client.get("/bandung/expiring.ics", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


KHAL = """
[calendars]
[[kembar]]
path = {folder}/kept
[locale]
local_timezone = Asia/Jakarta
default_timezone = Asia/Jakarta
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
timeformat = %H:%M
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = kembar
"""


def test_somebodys_own_calendar_takes_it_in(client: Client, bandung: Office, tmp_path: Path) -> None:
    (tmp_path / "in.ics").write_bytes(client.get("/en/bandung/expiring.ics").content)
    (tmp_path / "kept").mkdir()
    (tmp_path / "khal.conf").write_text(KHAL.format(folder=tmp_path))
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(tmp_path / "khal.conf")]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    subprocess.run([*khal, "import", "--batch", str(tmp_path / "in.ics")], check=True, env=environment, timeout=60)
    listed = subprocess.run(
        [*khal, "list", "--format", "{start-date} {title}", "--day-format", "", "2028-04-24", "2d"],
        check=True, env=environment, timeout=60, capture_output=True, text=True,
    )  # fmt: skip
    assert "(before or on 24 April 2028)" in listed.stdout


# --- what search engines read -----------------------------------------------------------------------------------------


def data_of(client: Client, address: str) -> dict[str, Any]:
    """The page's statements, expanded by a JSON-LD processor that knows schema.org's names only as a vocabulary."""
    html = client.get(address).content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(text)
    assert data.pop("@context") == "https://schema.org"
    [expanded] = jsonld.expand(data, {"expandContext": {"@vocab": "https://schema.org/"}})
    return expanded  # type: ignore[no-any-return]


def said(of: dict[str, Any], name: str) -> list[Any]:
    return [value.get("@value", value) for value in of.get(f"https://schema.org/{name}", [])]


def test_a_partners_page_says_what_it_is_about(client: Client, bandung: Office) -> None:
    told = data_of(client, "/en/bandung/partners/daegu/")
    assert (told["@id"], told["@type"]) == (
        "http://localhost:8000/en/bandung/partners/daegu/", ["https://schema.org/WebPage"],
    )  # fmt: skip
    [about] = said(told, "about")
    assert (said(about, "name"), said(about, "sameAs")) == (["Daegu"], ["https://sws.geonames.org/1835329/"])
    [letter] = said(told, "mentions")
    assert (letter["@type"], said(letter, "name"), said(letter, "dateCreated")) == (
        ["https://schema.org/CreativeWork"], ["Letter of intent"], ["2022-10-26"]
    )  # fmt: skip


def test_a_date_that_is_not_exact_is_said_as_far_as_it_is_known(client: Client, bandung: Office) -> None:
    told = data_of(client, "/en/bandung/partners/seoul/")
    assert {date for one in said(told, "mentions") for date in said(one, "dateCreated")} <= {"2015-05", "2016-04", ""}


def test_the_register_is_a_data_set_with_its_files(client: Client, bandung: Office) -> None:
    told = data_of(client, "/en/")
    assert told["@type"] == ["https://schema.org/Dataset"]
    files = {said(file, "encodingFormat")[0]: said(file, "contentUrl")[0] for file in said(told, "distribution")}
    assert list(files.values()) == [
        *(f"http://localhost:8000/en/bandung/register.{ending}" for ending in ("csv", "xlsx", "json")),
        "http://localhost:8000/en/bandung/changes.xml",
    ]
    kinds = []
    for address in files.values():
        answer = client.get(address.removeprefix("http://localhost:8000"))
        assert answer.getvalue()
        kinds.append(answer.headers["Content-Type"].partition(";")[0])
    assert kinds == list(files)


def test_nothing_that_is_said_can_end_the_block_of_data(client: Client, bandung: Office) -> None:
    from kembar.public.linked import block

    written = block({"name": "</script><script>alert(1)</script><!--&"})
    assert "<" not in written
    assert json.loads(written)["name"] == "</script><script>alert(1)</script><!--&"


def test_the_map_of_the_site_names_every_page_in_every_language(client: Client, bandung: Office) -> None:
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = index.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert files == ["http://localhost:8000/bandung/sitemap.xml"]
    told = etree.fromstring(client.get("/bandung/sitemap.xml").content)
    pages = told.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert len(pages) == len(set(pages)) == 4 * (3 + 23)
    alternates = {
        url.find("s:loc", SITEMAP).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)
        }
        for url in told.findall("s:url", SITEMAP)
    }
    daegu = {
        language: f"http://localhost:8000/{prefix}bandung/partners/daegu/"
        for language, prefix in {"id": "", "en": "en/", "ko": "ko/", "zh-Hans": "zh/", "x-default": ""}.items()
    }
    assert [alternates[address] for address in set(daegu.values())] == [daegu] * 4
    for address in pages[:: len(pages) // 10]:
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200
    assert [client.get(f"/bandung/sitemap.xml?part={part}").status_code for part in ("2", "x", "-1")] == [404] * 3


def test_the_map_of_the_site_names_each_promise_page_that_says_something(client: Client, bandung: Office) -> None:
    suwon = file("suwon", office_id=bandung.pk)
    claimed(suwon, "nobody has accepted this")
    path = "/bandung/partners/suwon/promises/"
    assert mapped(client, path) == []
    accepted(suwon, "send 20 pupils")
    assert mapped(client, path) == [f"http://localhost:8000{prefix}{path}" for prefix in ("", "/en", "/ko", "/zh")]


def mapped(client: Client, path: str) -> list[str]:
    told = etree.fromstring(client.get("/bandung/sitemap.xml").content)
    found = told.xpath("//s:loc/text()", namespaces=SITEMAP)
    return [address for address in found if "/promises/" in address and address.endswith(path)]


def test_crawlers_are_kept_from_the_desk_and_from_every_other_day(client: Client, bandung: Office) -> None:
    rules = RobotFileParser()
    text = client.get("/robots.txt").content.decode()
    rules.parse(text.splitlines())
    assert rules.site_maps() == ["http://localhost:8000/sitemap.xml"]
    assert [rules.can_fetch("x", f"http://localhost:8000{path}") for path in ("/", "/account/sign-in/")] == [
        True,
        False,
    ]
    assert "Disallow: /*/desk/" in text


# --- cards in other sites' pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/en/bandung/card/", "/bandung/partners/daegu/card/", "/ko/bandung/card/?state=loi"]
)
def test_a_card_may_stand_in_any_page_and_runs_nothing(client: Client, bandung: Office, address: str) -> None:
    for _ in ("made anew", "kept"):
        answer = client.get(address)
        assert "X-Frame-Options" not in answer.headers
        rules = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert (rules["frame-ancestors"], rules["default-src"], rules["script-src"]) == ("*", "'none'", "'none'")
        assert not answer.cookies


def test_no_other_page_may_stand_in_a_frame(client: Client, bandung: Office) -> None:
    for address in ("/", "/bandung/partners/daegu/", "/bandung/about/", "/bandung/changes.xml", "/account/sign-in/"):
        headers = client.get(address).headers
        assert (headers["X-Frame-Options"], "frame-ancestors 'none'" in headers["Content-Security-Policy"]) == (
            "DENY", True,
        )  # fmt: skip


def taken(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_timeline_is_a_table_to_take_away(client: Client, bandung: Office) -> None:
    read = list(csv.DictReader(io.StringIO(taken(client, "/en/bandung/partners/daegu/timeline.csv"))))
    assert [(row["Date"], row["What"]) for row in read] == [
        ("2022-10-26", "Letter of intent"),
        ("2024-11-11", "Meeting of the council commission"),
        ("2025-03-25", "Approval by the council plenary"),
    ]
    told = json.loads(taken(client, "/en/bandung/partners/daegu/timeline.json"))
    assert [row["precision"] for row in told] == ["day", "day", "day"]

"""A partner's page: what was signed, what was intended, where sources disagree, and a source for each figure."""

import json
import re

import pytest
from django.core.cache import caches
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import merge_files
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.partnerships.queries import file
from kembar.procedure.actions import Planned, open_case, set_aside
from kembar.public import world
from kembar.public.tests import reading

pytestmark = pytest.mark.django_db


def section(html: str, heading: str) -> str:
    found = re.search(rf'<h2 id="{heading}".*?</h2>(.*?)(?:<section|</main>|<footer)', html, re.S)
    return reading.text(found.group(1)) if found else ""


def sheet(client: Client, slug: str, *, on: str = "2026-11-01", prefix: str = "en/") -> str:
    answer = client.get(f"/{prefix}bandung/partners/{slug}/?on={on}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_suwon_is_dated_as_exactly_as_its_sources_agree(client: Client, bandung: Office) -> None:
    html = sheet(client, "suwon")
    assert section(html, "legal").startswith(
        "A signed paper of this cooperation is in force. Since August 1997 Source 1 Source 2 Until end not known"
    )
    disputes = section(html, "disputes")
    assert "Date of conclusion" not in disputes
    assert "25 August 1997" in disputes
    assert "27 August 1997" in disputes
    assert "Rejected The Suwon International Exchange Center and a study state 1997" in disputes


def test_nanning_is_an_intention_and_its_wrong_date_stays_visible(client: Client, bandung: Office) -> None:
    html = sheet(client, "nanning")
    assert "<title>Nanning: letter of intent only, 1 November 2026 · Cooperation office of Bandung</title>" in html
    assert section(html, "signed") == ""
    assert "Letter of intent Signed Concluded 25 March 2025" in section(html, "intended")
    assert "Rejected 25 March 2024 was a Monday, the text says Tuesday" in section(html, "disputes")


def test_melbourne_shows_two_signatures_the_term_and_what_became_of_the_approved_fields(
    client: Client, bandung: Office
) -> None:
    html = sheet(client, "melbourne")
    signed = section(html, "signed")
    assert "Term 4 years Source 2 counted from the day of entry into force" in signed
    assert "Last day in force before or on 24 April 2028" in signed
    assert re.findall(r"(Melbourne|Bandung) : signatory not known; \1; before or on 24 April 2024", signed) == [
        "Melbourne",
        "Bandung",
    ]
    approvals = section(html, "approvals")
    assert "child-friendly city not in the paper startup not in the paper not approved liveable city" in approvals


def test_a_page_of_the_past_leaves_out_what_came_later(client: Client, bandung: Office) -> None:
    html = sheet(client, "melbourne", on="2023-03-15")
    assert "Letter of intent only" in reading.text(html)
    assert section(html, "signed") == ""
    assert "2 later facts are not shown for this day." in section(html, "timeline")
    nothing_yet = sheet(client, "nanning", on="2023-03-15")
    assert "On 15 March 2023 this partner was not in the register yet." in nothing_yet


def test_hamamatsu_warns_of_a_gap_and_shows_the_undecided_term_it_follows_from(client: Client, bandung: Office) -> None:
    html = sheet(client, "hamamatsu")
    assert "If the undecided term is right, no paper was in force between" in section(html, "signed")
    assert "26 June 2024 and 11 August 2025. Source 2" in section(html, "signed")
    assert "Memorandum of understanding: term" in section(html, "undecided")
    assert "Open" in section(html, "undecided")


def test_the_page_shows_every_undecided_statement_the_list_counts(client: Client, bandung: Office) -> None:
    listed = json.loads(b"".join(client.get("/bandung/register.json")))
    counted = {line["partner"]: line["open_claims"] for line in listed}
    assert sum(counted.values()) >= 10
    shown = {
        line["partner"]: client.get(line["address"].removeprefix("http://localhost:8000"))
        .content.decode()
        .count('<span class="decision open">')
        for line in listed
    }
    assert shown == counted


def test_interns_after_the_paper_ran_out_are_marked(client: Client, bandung: Office) -> None:
    html = sheet(client, "petaling-jaya", on="2023-05-01")
    assert "Expired, still active" in reading.text(html)
    assert "No paper was in force on this day." in section(html, "timeline")


def test_every_figure_has_its_source(client: Client, bandung: Office) -> None:
    slugs = re.findall(r'href="/en/bandung/partners/([^/"]+)/', client.get("/en/").content.decode())
    assert len(set(slugs)) == 23
    for slug in sorted(set(slugs)):
        html = sheet(client, slug)
        numbers = {int(number) for number in re.findall(r'<li id="s(\d+)">', html)}
        cited = {int(number) for number in re.findall(r'href="#s(\d+)"', html)}
        assert cited <= numbers
        dated = re.findall(r"<dt>(?:Since|Concluded|Date|Term)</dt><dd>(.*?)</dd>", html, re.S)
        unsourced = [reading.text(fact) for fact in dated if "#s" not in fact and "not known" not in fact]
        assert (slug, unsourced) == (slug, [])


def test_how_many_is_answered_by_state_for_any_day(client: Client, bandung: Office) -> None:
    html = client.get("/en/bandung/how-many/?on=2026-11-01").content.decode()
    counts = [(row[0].split(" Of ")[0].split(" A ")[0], int(row[1])) for row in reading.rows(html)][:2]
    assert counts == [("Sister cities", 6), ("Thematic", 1)]
    assert sum(int(row[1]) for row in reading.rows(html)) == 23
    before = client.get("/en/bandung/how-many/?on=1990-04-01").content.decode()
    assert reading.rows(before)[0][1:] == ["1", "Braunschweig"]


def test_names_stand_in_their_own_script_and_in_the_visitors_language(client: Client, bandung: Office) -> None:
    headings = {}
    for prefix in ("", "ko/", "zh/"):
        found = re.search(r"<h1>(.*?)</h1>", sheet(client, "suwon", prefix=prefix), re.S)
        headings[prefix] = reading.text(found.group(1)) if found else ""
    assert headings == {"": "Suwon 수원", "ko/": "수원", "zh/": "水原 수원"}
    assert 'lang="ko">수원</span>' in sheet(client, "suwon")


def test_the_address_of_a_file_opened_twice_leads_to_the_one_kept(client: Client, bandung: Office) -> None:
    kept, duplicate = (file(slug, office_id=bandung.pk) for slug in ("daegu", "seoul"))
    merge_files(duplicate, into=kept, by=SYSTEM, reason="a test")
    answer = client.get("/ko/bandung/partners/seoul/?on=2025-03-26")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ko/bandung/partners/daegu/?on=2025-03-26")


def test_a_large_office_shows_its_marks_as_one_picture(
    client: Client, bandung: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = client.get("/?on=2026-11-01").content.decode()
    assert len(re.findall(r'<a href="/bandung/partners/[^"]*" tabindex="-1">', linked)) == 23
    monkeypatch.setattr(world, "LINKED", 5)
    caches["pages"].clear()
    page = client.get("/?on=2026-11-01").content.decode()
    assert '<img class="marks" src="/bandung/marks.svg?on=2026-11-01"' in page
    picture = client.get("/bandung/marks.svg?on=2026-11-01")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content.decode().count("<use ") == 23


def test_a_rule_that_was_set_aside_is_read_by_everyone_with_its_reason(client: Client, bandung: Office) -> None:
    nanning = file("nanning", office_id=bandung.pk)
    assert section(sheet(client, "nanning"), "aside") == ""
    planned = Planned(kind="new_tie", subject="Bandung–Nanning", opened_on=parse_edtf("2025"))
    case = open_case(planned, by=SYSTEM, partnership=nanning)
    set_aside(case, by=SYSTEM, rule="council_plenary", reason="Lanjutan kerja sama pusat", seen=case.version)
    told = section(sheet(client, "nanning"), "aside")
    assert re.sub(r"\s*:\s*", ": ", told) == "approval by the council plenary: Lanjutan kerja sama pusat"

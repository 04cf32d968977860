"""The public list: counts, filters, search in any script, any day, downloads, and what it never says."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import import_claims
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.public.tests import reading

pytestmark = pytest.mark.django_db
DAY = "on=2026-11-01"
HEADER = (
    "city,country,partnership_kind,event,date,precision,edtf,instrument,sectors_or_note,source,confidence,decision,"
    "reason\n"
)
# What a city is called only while such a paper is in force.
LABELS = {
    "": ["kota kembar", "kota bersaudara", "sister city", "twin"],
    "en/": ["sister cit", "twin"],
    "ko/": ["자매"],
    "zh/": ["友好城市", "姐妹城市"],
}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2023-03-15", {"in_force": 6, "loi": 5, "exploring": 4, "expired_active": 1, "unverified": 5}),
        ("2026-11-01", {"in_force": 7, "council_approved": 1, "loi": 4, "exploring": 4, "expired": 1, "unverified": 6}),
    ],
)
def test_partners_are_counted_by_legal_state_and_each_count_leads_to_its_list(
    client: Client, bandung: Office, day: str, counts: dict[str, int]
) -> None:
    html = page(client, f"/?on={day}")
    assert reading.tiles(html) == counts
    for state, count in counts.items():
        assert f'href="/?on={day}&amp;state={state}#list"' in html
        assert len(reading.names(page(client, f"/?on={day}&state={state}"))) == count


def test_a_row_says_what_is_known_and_not_more(client: Client, bandung: Office) -> None:
    rows = {row[0]: row[1:] for row in reading.rows(page(client, f"/en/?{DAY}"))}
    assert rows["Suwon 수원"] == [
        "South Korea", "Sister city", "In force", "August 1997", "end not known", "1", "3",
    ]  # fmt: skip
    assert rows["Nanning 南宁"] == [
        "China", "City with city", "Letter of intent only", "25 March 2025", "", "1", "1",
    ]  # fmt: skip
    assert rows["Petaling Jaya"][2:5] == ["Expired", "2015", "2020"]
    assert rows["Melbourne"][3:5] == ["before or on 24 April 2024", "before or on 24 April 2028"]


@pytest.mark.parametrize("word", ["Tiongkok", "중국", "中国", "China", "chin\u200ba"])
def test_a_country_is_found_in_any_language(client: Client, bandung: Office, word: str) -> None:
    html = page(client, f"/en/?{DAY}&q={word}")
    assert reading.names(html) == ["Hangzhou", "Liuzhou", "Nanning", "Shenzhen", "Yingkou"]


@pytest.mark.parametrize("word", ["nanning", "南宁", "난닝", "NANN"])
def test_a_partner_is_found_in_any_script(client: Client, bandung: Office, word: str) -> None:
    assert reading.names(page(client, f"/ko/?{DAY}&q={word}")) == ["난닝"]


def test_filters_narrow_together_and_the_order_can_be_chosen(client: Client, bandung: Office) -> None:
    assert reading.names(page(client, f"/?{DAY}&country=JP&state=in_force&sort=-name")) == ["Kawasaki", "Hamamatsu"]
    assert reading.names(page(client, f"/?{DAY}&kind=thematic")) == ["Kawasaki"]
    oldest = reading.names(page(client, f"/?{DAY}&state=in_force&sort=since"))
    assert oldest == ["Braunschweig", "Fort Worth", "Suwon", "Liuzhou", "Kawasaki", "Hamamatsu", "Melbourne"]


def test_a_country_without_a_partner_is_an_answer_and_not_a_mistake(client: Client, bandung: Office) -> None:
    html = page(client, f"/en/?{DAY}&country=FR")
    assert reading.names(html) == []
    assert "No partner fits these choices on this day." in html


def test_the_register_of_a_day_lists_only_who_was_named_by_then(client: Client, bandung: Office) -> None:
    assert "Nanning" not in reading.names(page(client, "/?on=2023-03-15"))
    assert reading.names(page(client, "/?on=1900-01-01&state=in_force")) == []


BAD = [
    "on=2025-02-31",
    "on=banana",
    "on=9999-01-01",
    "on=1899-12-31",
    "on=2025-3-26",
    "on=२०२५-०३-२६",
    "country=ZZ",
    "country=japan",
    "state=sister",
    "kind=city",
    "colour=red",
    "page=0",
    "page=99",
    "sort=colour",
    "on=2025-03-26&on=2025-03-27",
    "q=" + "a" * 10_000,
]


@pytest.mark.parametrize("query", BAD)
def test_what_cannot_be_understood_is_answered_in_words(client: Client, bandung: Office, query: str) -> None:
    answer = client.get(f"/ko/?{query}")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<h1>요청을 이해하지 못했습니다</h1>" in html
    assert '<a class="button" href="/ko/">' in html or '<a class="button" href="/ko/?' in html


def test_a_bad_day_is_named_and_the_way_out_shown(client: Client, bandung: Office) -> None:
    said = [
        reading.text(client.get(f"/en/?on={day}").content.decode()) for day in ("2025-02-31", "banana", "9999-01-01")
    ]
    assert "There is no day 2025-02-31 in the calendar." in said[0]
    assert "“banana” is not a day. Write the day as year-month-day, for example 2025-03-26." in said[1]
    assert "The register can be asked for days from 1 January 1900 to 31 December" in said[2]


@pytest.mark.parametrize("prefix", LABELS)
@pytest.mark.parametrize("day", ["2023-03-15", "2026-11-01"])
def test_only_a_sister_city_is_called_one(client: Client, bandung: Office, prefix: str, day: str) -> None:
    listed = json.loads(b"".join(client.get(f"/bandung/register.json?on={day}")))
    others = [line for line in listed if not line["sister_city"]]
    assert len(others) >= 14
    table = re.search(r"<tbody>.*?</tbody>", page(client, f"/{prefix}?on={day}"), re.S)
    assert table is not None
    rows = re.findall(r"<tr>.*?</tr>", table.group(0), re.S)
    for line in others:
        slug = line["address"].split("/partners/")[1].split("/")[0]
        # What a source is quoted with stays a quotation.
        sheet = re.sub(r"<q>.*?</q>", "", page(client, f"/{prefix}bandung/partners/{slug}/?on={day}"), flags=re.S)
        row = next(row for row in rows if f"/partners/{slug}/" in row)
        for label in LABELS[prefix]:
            assert (slug, label, label in sheet.lower(), label in row.lower()) == (slug, label, False, False)


def test_the_downloads_hold_what_the_visitor_sees(client: Client, bandung: Office) -> None:
    query = f"{DAY}&country=JP&sort=since"
    listed = json.loads(b"".join(client.get(f"/en/bandung/register.json?{query}")))
    assert [line["partner"] for line in listed] == ["Kawasaki", "Toyota", "Hamamatsu"]
    assert {key: listed[2][key] for key in listed[2] if not key.endswith("name")} == {
        "partner": "Hamamatsu", "country": "JP", "kind": "sister", "headline": "in_force",
        "since": "2019-06-26", "since_precision": "day", "until": None, "sister_city": True, "instruments": 3,
        "open_claims": 1, "address": "http://localhost:8000/en/bandung/partners/hamamatsu/?on=2026-11-01",
    }  # fmt: skip
    table = b"".join(client.get(f"/en/bandung/register.csv?{query}"))
    lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(f"/en/bandung/register.xlsx?{query}"))))
    sheet = book.get_sheet_by_index(0).to_python()
    assert lines[0] == sheet[0]
    assert [line[:5] for line in lines[1:]] == [row[:5] for row in sheet[1:]]
    assert lines[1][:9] == [
        "Kawasaki",
        "Kawasaki",
        "川崎",
        "JP",
        "Japan",
        "thematic",
        "Thematic",
        "in_force",
        "In force",
    ]


@pytest.mark.parametrize("prefix", LABELS)
def test_a_download_is_named_after_office_and_day_in_every_language(
    client: Client, bandung: Office, prefix: str
) -> None:
    answer = client.get(f"/{prefix}bandung/register.csv?on=2025-03-26")
    b"".join(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="bandung-register-2025-03-26.csv"'


def test_a_name_in_its_own_script_is_never_the_english_one_where_the_page_shows_it(
    client: Client, bandung: Office
) -> None:
    for prefix in ("", "zh/"):
        listed = json.loads(b"".join(client.get(f"/{prefix}bandung/register.json?on=2026-11-01")))
        assert {line["partner"]: line["own_name"] for line in listed}["Nanning"] == "南宁"


def test_the_title_names_the_day_when_it_is_not_today(client: Client, bandung: Office) -> None:
    titles = [
        re.findall("<title>(.*?)</title>", page(client, address))[0]
        for address in ("/en/?on=2025-03-26", "/en/bandung/how-many/?on=2025-03-26", "/en/")
    ]
    assert titles == [
        "Register of the international cooperation of Bandung, 26 March 2025 · Cooperation office of Bandung",
        "How many sister cities does Bandung have? 26 March 2025",
        "Register of the international cooperation of Bandung · Cooperation office of Bandung",
    ]


def test_downloads_say_no_like_pages(client: Client, bandung: Office) -> None:
    assert [client.get(f"/bandung/register.{form}?state=x").status_code for form in ("csv", "xlsx", "json")] == [
        400
    ] * 3
    assert client.get("/bandung/register.exe").status_code == 404


def test_what_a_source_writes_is_shown_as_text(client: Client, bandung: Office) -> None:
    evil = "<script>alert(1)</script>"
    rows = f'Daegu,KR,sister,"claim ""{evil}""",,unknown,,claim,"{evil}","javascript:alert(1)",low,open,\n'
    import_claims(HEADER + rows, by=SYSTEM, office=bandung)
    html = page(client, "/bandung/partners/daegu/") + page(client, "/bandung/about/")
    assert (evil in html, "&lt;script&gt;alert(1)&lt;/script&gt;" in html) == (False, True)
    assert re.findall(r'href="javascript', html) == []


def test_each_office_shows_its_own_partners_only(client: Client, bandung: Office) -> None:
    suwon = open_office(by=SYSTEM, slug="suwon", local_government=adopt(find("Suwon", country="KR"), by=SYSTEM))
    rows = "Bandung,ID,sister,agreement,1997-08-25,day,1997-08-25,MoU,,a page of Suwon,high,accepted,\n"
    import_claims(HEADER + rows, by=SYSTEM, office=suwon)
    assert reading.names(page(client, "/en/suwon/")) == ["Bandung"]
    assert "<h1>Register of the international cooperation of Suwon</h1>" in page(client, "/en/suwon/")
    assert len(reading.names(page(client, "/en/"))) == 23
    strange = ["/suwon/partners/daegu/", "/bandung/partners/bandung/", "/seoul/", "/seoul/partners/daegu/", "/BANDUNG/"]
    assert [client.get(address).status_code for address in strange] == [404] * 5


def test_the_home_office_has_one_address(client: Client, bandung: Office) -> None:
    answer = client.get("/en/bandung/?on=2025-03-26")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/?on=2025-03-26")


def test_a_list_costs_the_same_with_one_partner_and_with_three(
    bandung: Office, same_queries: Callable[[str, Callable[[], object]], None]
) -> None:
    cities = iter(["Surabaya", "Medan", "Semarang", "Makassar", "Denpasar", "Palembang"])

    def one_more() -> None:
        city = next(cities)
        rows = f"{city},ID,friendship,agreement,2001,year,2001,MoU,,a page of {city},high,accepted,\n"
        import_claims(HEADER + rows, by=SYSTEM, office=bandung)

    same_queries("/?country=ID", one_more)
    same_queries("/bandung/about/", one_more)

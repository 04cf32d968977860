"""Every page of the desk as somebody sees it who works there, and as nobody sees it who does not."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, Role
from kembar.agreements.actions import Source, record_event
from kembar.agreements.models import Instrument
from kembar.cities.actions import adopt
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Event, Partnership
from kembar.sources.actions import DocumentFacts, report_error
from kembar.sources.models import Claim, Document
from tests import members
from tests.personas import dewi, jihoon, pak_hadi

pytestmark = pytest.mark.django_db
PRESS = Source(facts=DocumentFacts(title="Antara"))


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed when it has been sent
    return answer.status_code


def addresses() -> list[str]:
    """Every page of the desk, with a record that exists in each address."""
    paper, event, claim = (table.objects.order_by("pk")[0].pk for table in (Instrument, Event, Claim))
    document = Document.objects.order_by("pk")[0].pk
    report = report_error(
        by=ANONYMOUS, office_id=Office.objects.get().pk, page="/", text="x", language="id", sender="y"
    )
    file = {"partner": "suwon"}
    return [
        *(desk(name) for name in ("today", "changes", "partners")),
        *(desk("partners-file", extension=extension) for extension in ("csv", "xlsx", "json")),
        *(desk(name) for name in ("claims", "contradictions", "documents", "reports", "open-file")),
        *(desk(name, **file) for name in ("partner", "print", "merge-file", "enter-paper", "enter-approval")),
        *(desk(name, **file) for name in ("enter-event", "enter-statement")),
        *(desk(name, number=paper) for name in ("sign", "merge-paper")),
        *(desk(name, record="instrument", number=paper) for name in ("correct", "void")),
        *(desk(name, record="event", number=event) for name in ("correct", "void")),
        *(desk(name, number=document) for name in ("document", "correct-document", "merge-document")),
        desk("decide", claim=claim),
        desk("answer", number=report.pk),
    ]


EDITS = ("merge", "enter", "sign", "correct", "void", "decide", "answer", "open")


@pytest.mark.parametrize("prefix", ["", "/en", "/ko", "/zh"])
def test_every_page_opens_for_an_officer_in_every_language(bandung: Office, client: Client, prefix: str) -> None:
    answers = {address: status(client, prefix + address) for address in addresses()}
    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("reader", [dewi, pak_hadi])
def test_who_only_reads_finds_no_form(
    story: Office, as_person: Callable[[Actor], None], client: Client, reader: Callable[..., Actor]
) -> None:
    as_person(reader(office_id=story.pk))
    found = {address: status(client, address) for address in addresses()}
    assert found == {
        address: 404 if any(part.startswith(EDITS) for part in address.strip("/").split("/")[2:]) else 200
        for address in found
    }
    page = client.get(desk("partner", partner="suwon")).content.decode()
    assert [word for word in ("/enter/", "/correct/", "/void/", "/decide/", "/merge/") if word in page] == []


def test_a_record_that_does_not_exist_is_not_found(bandung: Office, client: Client) -> None:
    for address in (
        desk("correct", record="instrument", number=999_999), desk("void", record="city", number=1),
        desk("sign", number=999_999), desk("decide", claim=999_999), desk("document", number=999_999),
        desk("answer", number=999_999), desk("partner", partner="atlantis"),
    ):  # fmt: skip
        assert status(client, address) == 404


CITIES = """Osaka Nagoya Kyoto Kobe Sapporo Fukuoka Sendai Busan Incheon Daejeon Ulsan Lyon Lille Bordeaux Toulouse
Marseille Berlin Hamburg Munich Cologne Rotterdam Utrecht"""


def one_more_partner(office: Office, names: list[str]) -> Callable[[], None]:
    def add() -> None:
        name = names.pop()
        partner = adopt(find(name), by=SYSTEM)
        file = open_file(by=SYSTEM, office=office, partner=partner, kind="sister")
        record_event(by=SYSTEM, partnership=file, kind="contact", source=PRESS,
                     values={"title": f"Letter to {name}", "date": "2024-05"})  # fmt: skip

    return add


def test_each_list_costs_as_many_queries_with_three_rows_as_with_one(
    bandung: Office, client: Client, same_queries: Callable[..., None]
) -> None:
    add = one_more_partner(bandung, CITIES.split())

    def more() -> None:
        add()
        report_error(by=SYSTEM, office_id=bandung.pk, page="/", text="x", language="id", sender=next(senders))

    senders = (str(number) for number in range(100))
    same_queries(desk("today"), more)
    same_queries(desk("partners"), more)
    same_queries(desk("claims"), more)
    same_queries(desk("documents"), more)
    same_queries(desk("changes"), more)
    same_queries(desk("reports"), more)
    same_queries(desk("contradictions"), more)


def test_a_file_costs_as_many_queries_with_three_events_as_with_one(
    bandung: Office, suwon: Partnership, client: Client, same_queries: Callable[..., None]
) -> None:
    years = iter(("2001", "2002", "2003"))

    def more() -> None:
        values = {"title": "Visit", "date": next(years)}
        record_event(by=SYSTEM, partnership=suwon, kind="visit", source=PRESS, values=values)

    same_queries(desk("partner", partner="suwon"), more)


def test_the_list_is_filtered_sorted_and_exported_as_it_is_seen(bandung: Office, client: Client) -> None:
    query = "?headline=loi&sort=-since"
    rows = client.get(desk("partners-file", extension="json") + query)
    exported = json.loads(b"".join(rows.streaming_content))
    names = [row["partner"] for row in exported]
    page = client.get(desk("partners") + query).content.decode()
    assert len(names) > 2
    assert sorted(names, key=page.index) == names
    assert {row["headline"] for row in exported} == {"baru Pernyataan Kehendak (LoI)"}
    assert status(client, desk("partners") + "?headline=married") == 400


def test_today_counts_what_its_lists_hold(bandung: Office, client: Client) -> None:
    page = client.get("/en" + desk("today"))
    counts = {count.href: count.number for count in page.context["counts"]}
    due = client.get("/en" + desk("partners") + "?due=any").context["page"].total
    assert counts["/en" + desk("partners") + "?due=any"] == due > 0
    assert counts["/en" + desk("claims") + "?decision=open"] == Claim.objects.filter(decision="open").count() > 0
    disputes = client.get("/en" + desk("contradictions")).context["disputes"]
    assert counts["/en" + desk("contradictions")] == len(disputes) > 0
    assert page.context["place"].today == date.fromisoformat(bandung.today().isoformat())


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("수원", "partners/suwon/"),
        ("suwon", "partners/suwon/"),
        ("smart city", "partners/melbourne/"),
        ("Antara 2023", "sources/"),
    ],
)
def test_one_box_finds_partners_events_and_sources_in_any_script(
    bandung: Office, client: Client, words: str, href: str
) -> None:
    page = client.get(desk("search"), {"q": words})
    assert page.context["found"][0].href.startswith(f"/bandung/desk/{href}")


def test_the_box_finds_nothing_of_another_office(
    bandung: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    theirs = Office.objects.create(slug="suwon", local_government=Partnership.objects.get(slug="suwon").partner)
    as_person(jihoon(office_id=theirs.pk))
    assert client.get("/suwon/desk/search/", {"q": "suwon"}).context["found"] == []


def test_from_ones_account_it_is_one_click_to_the_desk_and_back(story: Office, client: Client) -> None:
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=story))
    account = client.get("/account/").content.decode()
    assert f'<a href="{desk("today")}"><b>' in account
    today = client.get(desk("today"))
    assert (today.status_code, '<a href="/account/">Sari</a>' in today.content.decode()) == (200, True)


def test_an_administrator_alone_is_not_sent_to_the_desk(story: Office, client: Client) -> None:
    members.sign_in(client, members.member("Togar", Role.ADMINISTRATOR, office=story))
    assert f'<a href="{desk("today")}"><b>' not in client.get("/account/").content.decode()
    assert client.get(desk("today")).status_code == 404

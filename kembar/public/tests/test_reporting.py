"""A visitor says what is wrong, and reads the answer later under an address nobody can guess."""

import re

import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.partnerships.queries import file
from kembar.public.tests import reading
from kembar.sources.actions import answer_report
from kembar.sources.queries import reports_of

pytestmark = pytest.mark.django_db
TEXT = "The year is 1998 according to the printed agreement in the city archive."


def send(client: Client, **fields: str) -> str:
    answer = client.post("/en/bandung/reports/new/", {"text": TEXT, "page": "", "website": "", **fields})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_each_page_leads_to_the_form_which_knows_where_the_visitor_came_from(client: Client, bandung: Office) -> None:
    page = client.get("/en/bandung/partners/suwon/?on=2025-03-26").content.decode()
    link = re.search(r'href="(/en/bandung/reports/new/\?page=[^"]*)"', page)
    assert link is not None
    form = client.get(link.group(1)).content.decode()
    assert 'name="page" value="/en/bandung/partners/suwon/?on=2025-03-26"' in form


def test_a_report_is_kept_with_the_file_it_is_about_and_nothing_about_the_sender(
    client: Client, bandung: Office
) -> None:
    send(client, page="/en/bandung/partners/suwon/?on=2025-03-26")
    kept = reports_of(bandung.pk).get()
    assert (kept.text, kept.language, kept.about) == (TEXT, "en", file("suwon", office_id=bandung.pk).key)
    assert "127.0.0.1" not in kept.sender


def test_the_answer_is_read_under_the_address_given_back(client: Client, bandung: Office) -> None:
    address = send(client)
    assert "Not answered yet" in reading.text(client.get(address).content.decode())
    answer_report(reports_of(bandung.pk).get(), by=SYSTEM, outcome="corrected", reply="Corrected, thank you.")
    page = client.get(address)
    assert "Answer of the office Corrected Corrected, thank you." in reading.text(page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]


def test_a_report_of_one_office_is_not_read_under_another(client: Client, bandung: Office) -> None:
    address = send(client)
    open_office(by=SYSTEM, slug="suwon", local_government=adopt(find("Suwon", country="KR"), by=SYSTEM))
    assert client.get(address.replace("/bandung/", "/suwon/")).status_code == 404
    assert [client.get(f"/bandung/reports/{guess}/").status_code for guess in ("guess", "a%00b")] == [404, 404]


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": "too short"}, {"text": "a" * 2001}, {"website": "spam"}])
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    client: Client, bandung: Office, fields: dict[str, str]
) -> None:
    answer = client.post("/en/bandung/reports/new/", {"text": TEXT, **fields})
    assert answer.status_code == 400
    assert reports_of(bandung.pk).count() == 0
    assert fields.get("text", TEXT) in answer.content.decode()


def test_a_flood_from_one_place_has_to_wait(client: Client, bandung: Office) -> None:
    for _ in range(5):
        send(client)
    answer = client.post("/en/bandung/reports/new/", {"text": TEXT})
    assert answer.status_code == 429
    assert "Please try again later." in answer.content.decode()
    assert reports_of(bandung.pk).count() == 5


def test_a_page_elsewhere_is_neither_kept_nor_linked(client: Client, bandung: Office) -> None:
    for page in ("https://elsewhere.example/", "//elsewhere.example/", "/\t/elsewhere.example/", "javascript:alert(1)"):
        assert "elsewhere" not in client.get(send(client, page=page)).content.decode()
    assert [report.page for report in reports_of(bandung.pk)] == ["", "", "", ""]

"""The words of the register's sources and decisions come in the visitor's language, marked as what they are."""

from collections.abc import Callable

import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import decide_claim
from kembar.cities.models import Office
from kembar.languages.actions import remove, translate, write_original
from kembar.partnerships.models import Event
from kembar.sources.models import Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.get(slug="bandung")


@pytest.mark.parametrize(
    ("prefix", "told"),
    [
        ("", ["Pertukaran pelajar"]),
        ("/en", ["Student exchange"]),
        ("/ko", ["학생 교류"]),
        ("/zh", ["学生交流"]),
    ],
)
def test_events_are_told_in_the_language_of_the_page(
    client: Client, office: Office, prefix: str, told: list[str]
) -> None:
    page = client.get(f"{prefix}/bandung/partners/cotabato/").content.decode()
    assert [text for text in told if text in page] == told


def test_reasons_and_fields_of_cooperation_are_told_so_too(client: Client, office: Office) -> None:
    nanning = client.get("/bandung/partners/nanning/").content.decode()
    melbourne = client.get("/ko/bandung/partners/melbourne/").content.decode()
    assert "25 Maret 2024 hari Senin, sedangkan teks menyebut Selasa" in nanning
    assert "아동친화도시" in melbourne
    assert "child-friendly city" not in melbourne


def test_a_text_nobody_translated_is_marked_with_its_language(client: Client, office: Office) -> None:
    event = Event.objects.get(title="student exchange")
    remove(event.key, by=SYSTEM, office_id=office.pk)
    write_original("Schüleraustausch", by=SYSTEM, subject=event.key, field="title", language="de", office_id=office.pk)
    page = client.get("/ko/bandung/partners/cotabato/").content.decode()
    assert '<span lang="de">Schüleraustausch</span>' in page


def test_a_machines_translation_says_so(client: Client, office: Office) -> None:
    event = Event.objects.get(title="interest")
    remove(event.key, by=SYSTEM, office_id=office.pk)
    write_original("minat", by=SYSTEM, subject=event.key, field="title", language="id", office_id=office.pk)
    translate(
        "interest", by=SYSTEM, subject=event.key, field="title", language="en", office_id=office.pk, state="machine"
    )
    page = client.get("/en/bandung/partners/bangalore/").content.decode()
    assert "Interest (machine translation)" in page


def test_a_new_decision_is_shown_with_its_own_reason_and_not_with_words_about_the_old_one(
    client: Client, office: Office
) -> None:
    claim = next(c for c in Claim.objects.filter(decision="open") if c.date and c.date.date_text == "1997-08-25")
    old = "dua sumber, dua tanggal"
    assert client.get("/bandung/partners/suwon/").content.decode().count(old) == 3
    decide_claim(claim, by=SYSTEM, decision="rejected", reason="naskah aslinya menyebut 27 Agustus")
    page = client.get("/bandung/partners/suwon/").content.decode()
    assert page.count("naskah aslinya menyebut 27 Agustus") == 1
    assert page.count(old) == 2

"""What the desk lists is taken along as it is listed."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor
from kembar.lib.dates import parse_edtf
from kembar.mailbox.actions import drop, post
from kembar.partnerships.actions import write_note
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.actions.holders import Term, name_holder
from kembar.sources.actions import answer_report, report_error
from kembar.sources.queries import waiting_claims
from tests.personas import pak_hadi, sari

pytestmark = pytest.mark.django_db


def taken(client: Client, name: str, query: str = "", **parts: str) -> str:
    listed, _, extension = name.rpartition("-")
    address = reverse(f"desk:{listed}-file", kwargs={"office": "bandung", "extension": extension, **parts})
    answer = client.get(f"/en{address}{query}")
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_the_file_of_statements_holds_what_the_filters_leave(suwon: Partnership, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(taken(client, "claims-csv", "?decision=rejected&q=2013"))))
    assert [(row["About"], row["Decision"], row["Source"][:9]) for row in rows] == [
        ("Suwon: cooperation", "rejected", "explainer")
    ]
    assert len(json.loads(taken(client, "claims-json", "?decision=open"))) == waiting_claims(suwon.office_id)


def test_sources_and_holders_are_taken_in_the_order_of_their_lists(suwon: Partnership, client: Client) -> None:
    for person in ("Budi Contoh", "Ari Contoh"):
        term = Term(person=person, post="Mayor", since=parse_edtf("2025-02"))
        name_holder(term, by=SYSTEM, office=suwon.office, party=suwon.partner)
    rows = json.loads(taken(client, "holders-json", f"?party={suwon.partner_id}"))
    assert [(row["person"], row["since"], row["until"]) for row in rows][:2] == [
        ("Ari Contoh", "2025-02", ""), ("Budi Contoh", "2025-02", ""),
    ]  # fmt: skip
    titles = [row["title"] for row in json.loads(taken(client, "documents-json", "?sort=title"))]
    listed = client.get(reverse("desk:documents", kwargs={"office": "bandung"})).context["rows"]
    assert titles[: len(listed)] == [row.title for row in listed]


def test_letters_reports_and_changes_are_taken_as_the_filter_in_the_address_leaves_them(
    suwon: Partnership, client: Client
) -> None:
    me = sari(office_id=suwon.office_id)
    letters = [
        post("kim@suwon.example", office_id=suwon.office_id, language="ko", heading=heading, text="Isi", kind="x")
        for heading in ("=1+1", "Surat")
    ]
    drop(letters[1].pk, by=me, office_id=suwon.office_id)
    rows = list(csv.DictReader(io.StringIO(taken(client, "letters-csv", "?state=waiting"))))
    assert [(row["Letter"], row["To"], row["Sent on"]) for row in rows] == [("'=1+1", "kim@suwon.example", "")]
    reports = [
        report_error(by=ANONYMOUS, office_id=suwon.office_id, page="/", text=text, language="id", sender=text)
        for text in ("salah hari", "salah nama")
    ]
    answer_report(reports[0], by=me, outcome="corrected", reply="Sudah benar.")
    assert [row["text"] for row in json.loads(taken(client, "reports-json", "?outcome=open"))] == ["salah nama"]
    assert [row["reply"] for row in json.loads(taken(client, "reports-json"))] == ["", "Sudah benar."]
    for text in ("satu", "dua"):
        write_note(text, by=me, partnership=suwon)
    mine = json.loads(taken(client, "changes-json", "?who=mine"))
    assert [(row["what"], row["partner"]) for row in mine[:2]] == [("wrote a note", "Suwon")] * 2
    others = json.loads(taken(client, "changes-json", "?who=others"))
    assert {row["who"] for row in mine} & {row["who"] for row in others} == set()


def test_contacts_are_taken_by_who_may_read_them(
    suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    reach = Reach(name="Kim Contoh", email="kim@suwon.example", language="ko", since=parse_edtf("2024"))
    add_contact(reach, by=SYSTEM, office=suwon.office, about=suwon.key)
    (row,) = json.loads(taken(client, "contacts-json", partner="suwon"))
    assert (row["name"], row["email"], row["language"], row["since"]) == (
        "Kim Contoh", "kim@suwon.example", "Korean", "2024",
    )  # fmt: skip
    address = reverse("desk:contacts-file", kwargs={"office": "bandung", "partner": "suwon", "extension": "csv"})
    as_person(pak_hadi(office_id=suwon.office_id))
    assert client.get(address).status_code == 404

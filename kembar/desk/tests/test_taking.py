"""Statements, sources and office-holders are taken along as they are listed."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.people.actions.holders import Term, name_holder
from kembar.sources.queries import waiting_claims

pytestmark = pytest.mark.django_db


def taken(client: Client, name: str, query: str = "") -> str:
    answer = client.get("/en" + reverse(f"desk:{name}", kwargs={"office": "bandung"}) + query)
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

"""The sources of a partner's file: what was taken from each, what was refused and why, what waits."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.agreements.actions import merge_files
from kembar.cities.models import Office
from kembar.commitments.actions import void
from kembar.intake.actions import Pasted, choose_file, drop, paste
from kembar.intake.models import Draft
from kembar.intake.tests.conftest import ARTICLE
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file
from kembar.public.tests.test_promises import SENTENCE, accepted, claimed
from tests.personas import pak_hadi

pytestmark = pytest.mark.django_db
Asked = Callable[..., Any]


def page(partner: str = "suwon", **query: str) -> str:
    return reverse("desk:file-sources", args=["bandung", partner], query=query)


def told(client: Client, **query: str) -> list[tuple[str, str, str]]:
    """(what, outcome, reason) of everything on the page."""
    rows = client.get(page(**query)).context["rows"]
    return [(item.what, item.outcome, item.reason) for row in rows for item in row.items]


def test_what_was_taken_and_what_was_decided_against_stand_with_their_source(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    accepted(suwon, "send 20 pupils")
    refused = told(client, outcome="refused")
    assert {outcome for _, outcome, _ in refused} == {"refused"}
    assert [reason != "" for _, _, reason in refused] == [True] * len(refused)
    assert sum("2013" in what for what, _, _ in refused) == 1
    everything = told(client)
    assert {outcome for _, outcome, _ in everything} == {"taken", "refused", "waiting"}
    assert sorted(refused) == sorted(one for one in everything if one[1] == "refused")
    tiles = {code: number for code, _, number, _ in client.get(page()).context["tiles"]}
    assert tiles == {code: len(told(client, outcome=code)) for code in ("taken", "refused", "waiting")}


def test_files_merged_into_one_cost_no_further_query(bandung: Office, client: Client, same_queries: Any) -> None:
    others = iter(["daegu", "nanning", "liuzhou", "cuenca", "surabaya"])

    def another() -> None:
        first, second = (file(name, office_id=bandung.pk) for name in (next(others), "suwon"))
        merge_files(first, by=SYSTEM, into=second, reason="satu berkas")

    another()
    same_queries(page(), another)


def test_promises_stand_beside_statements_and_lead_to_the_ledger(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    ours, voided = accepted(suwon, "send 20 pupils"), claimed(suwon, "send 200 pupils")
    claimed(suwon, "send guides")
    void(voided, by=SYSTEM, reason="misread", seen=1)
    [row] = [row for row in client.get(page()).context["rows"] if row.document.title == "Antara"]
    assert [(item.what, item.outcome, item.reason, item.said) for item in row.items] == [
        ("send 20 pupils", "taken", "diterima", SENTENCE),
        ("send 200 pupils", "refused", "misread", SENTENCE),
        ("send guides", "waiting", "", SENTENCE),
    ]
    assert row.items[0].href == reverse("desk:commitment", args=["bandung", ours.pk])
    assert [number for _, _, number in row.counts] == [1, 1, 1]


def test_what_the_reader_found_and_an_officer_dropped_is_told_to_who_may_read_the_text(
    bandung: Office, client: Client, as_person: Callable[[Actor], None]
) -> None:
    text = paste(Pasted(title="Nanning", body=ARTICLE, published=date(2025, 3, 26)), by=SYSTEM, office=bandung)
    choose_file(text, by=SYSTEM, partnership=file("nanning", office_id=bandung.pk))
    wrong = Draft.objects.filter(kind="person").order_by("id")[0]
    drop(wrong, by=SYSTEM)
    rows = client.get(page("nanning", outcome="refused")).context["rows"]
    [found] = [item for row in rows for item in row.items if row.document.title == "Nanning"]
    assert (found.what.startswith("Muhammad Farhan"), found.by) == (True, "Kembar")
    assert found.said.startswith("BANDUNG – Wali Kota Bandung Muhammad Farhan")
    assert found.href == f"{reverse('intake:text', args=['bandung', text.pk])}#d{wrong.pk}"
    as_person(pak_hadi(office_id=bandung.pk))
    html = client.get(page("nanning")).content.decode()
    assert [html.count(words) for words in ("BANDUNG – Wali Kota Bandung", f"#d{wrong.pk}")] == [0, 0]


def test_the_file_holds_what_the_page_shows(bandung: Office, suwon: Partnership, client: Client) -> None:
    answer: Any = client.get(
        reverse("desk:file-sources-file", args=["bandung", "suwon", "csv"], query={"outcome": "refused"})
    )
    read = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    shown = told(client, outcome="refused")
    assert [(row["Isinya"], row["Hasil (kode)"], row["Alasan"]) for row in read] == shown
    assert all(row["Halaman"].startswith("http://localhost:8000/bandung/desk/") for row in read)


def test_a_file_without_sources_says_what_to_do(bandung: Office, suwon: Partnership, client: Client) -> None:
    html = client.get(page(outcome="waiting", kind="letter")).content.decode()
    assert html.count(f'href="{page()}"') >= 1
    assert client.get(page(outcome="lost")).status_code == 400


def test_many_sources_cost_as_many_queries_as_one(
    bandung: Office, suwon: Partnership, client: Client, same_queries: Any
) -> None:
    same_queries(page(), lambda: accepted(suwon, "one more"))

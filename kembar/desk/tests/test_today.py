"""Today is the office's or one's own, and every figure on it is the length of the list it opens."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.agreements.actions import Source, record_event
from kembar.agreements.models import Instrument
from kembar.cities.models import Office
from kembar.commitments.actions import Keepers, Promised, accept, add
from kembar.desk.history import SENTENCES, TOGETHER, lines
from kembar.intake.actions import Pasted, paste
from kembar.journal.queries import of_office
from kembar.languages.actions import translate, write_original
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.sources.actions import DocumentFacts, Statement, enter_claim, keep_document
from tests.personas import bu_ratna, pak_hadi, sari

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today", kwargs={"office": "bandung"})


def own_things(file: Partnership, *, by: Actor) -> None:
    """A text with drafts, an open claim against the register, an overdue promise and one due soon."""
    office = file.office
    body = "Pemkot Bandung akan mengirim 20 pelajar ke Suwon pada 2026."
    paste(Pasted(title="Antara", body=body, published=date(2025, 3, 26)), by=by, office=office)
    document = keep_document(DocumentFacts(title="Antara", published=parse_edtf("2025-03-26")), by=by,
                             office_id=office.pk)  # fmt: skip
    paper = Instrument.objects.filter(partnership=file).order_by("pk")[0]
    disputed = Statement(about=file.key, subject=paper.key, attribute="concluded", value="1998-01-01",
                         date=parse_edtf("1998-01-01"))  # fmt: skip
    enter_claim(disputed, by=by, document=document)
    soon = (office.today() + timedelta(days=30)).isoformat()
    later = (office.today() + timedelta(days=200)).isoformat()
    for what, due in (("send pupils", "2025-06"), ("print a guide", soon), ("build a park", later)):
        promised = Promised(what=what, sentence=body, due=parse_edtf(due), side="own")
        row = add(promised, by=by, partnership=file, document=document)
        accept(row, by=by, keepers=Keepers(owner=f"account:{by.person_id}", deputy="post:Sekda"), seen=1)


def lengths(client: Client, page: object) -> tuple[dict[str, int], dict[str, int]]:
    """What Today counts, and how much stands in each list it opens."""
    counts = {count.href: count.number for count in page.context["counts"]}  # type: ignore[attr-defined]
    found = {}
    for href in counts:
        context = client.get(href).context
        rows = next((context[name] for name in ("disputes", "works", "rows") if name in context), None)
        found[href] = len(rows if rows is not None and "page" not in context else context["page"].items)
        if "/intake/" in href:
            found[href] = sum(row.waiting for row in context["page"].items)
    return counts, found


def test_ones_own_figures_count_what_one_answers_for_had_read_and_entered(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    own_things(suwon, by=sari(office_id=bandung.pk))
    counts, found = lengths(client, client.get("/en" + TODAY + "?whose=mine"))
    assert (counts, min(found.values())) == (found, 0)
    named = {href.partition("/desk/")[2]: number for href, number in counts.items()}
    drafts = named.pop("intake/?state=waiting&whose=mine")
    assert drafts > 0
    assert named == {
        "commitments/?state=overdue&whose=mine": 1,
        "commitments/?state=claimed&whose=mine": 0,
        "commitments/?state=open&whose=mine": 3,
        "contradictions/?whose=mine": 1,
        "claims/?decision=open&whose=mine": 1,
        "partners/?whose=mine": 0,
    }


def test_the_figures_of_the_office_count_everybodys(bandung: Office, suwon: Partnership, client: Client) -> None:
    own_things(suwon, by=bu_ratna(office_id=bandung.pk))
    counts, found = lengths(client, client.get("/en" + TODAY))
    assert counts == found
    mine, of_mine = lengths(client, client.get("/en" + TODAY + "?whose=mine"))
    assert (mine, set(mine.values())) == (of_mine, {0})


def test_ones_own_promises_press_before_they_are_due(bandung: Office, suwon: Partnership, client: Client) -> None:
    own_things(suwon, by=sari(office_id=bandung.pk))
    page = client.get("/en" + TODAY + "?whose=mine")
    assert [(line.name, line.urgent) for line in page.context["due"]] == [
        ("send pupils", True),
        ("print a guide", False),
    ]


def test_whoever_keeps_nothing_has_a_page_of_their_own_all_the_same(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    as_person(pak_hadi(office_id=story.pk))
    page = client.get("/en" + TODAY + "?whose=mine")
    assert "No promise of yours is due within three months." in page.content.decode()
    counts, found = lengths(client, page)
    assert (counts, set(counts.values())) == (found, {0})


def test_ones_own_page_costs_the_same_with_more_in_it(
    bandung: Office, suwon: Partnership, client: Client, same_queries: Callable[..., None]
) -> None:
    own_things(suwon, by=sari(office_id=bandung.pk))
    years = iter(range(1990, 2000))

    def more() -> None:
        source = Source(facts=DocumentFacts(title="Antara"), decision="open")
        record_event(by=sari(office_id=bandung.pk), partnership=suwon, kind="visit", source=source,
                     values={"title": "Visit", "date": str(next(years))})  # fmt: skip

    same_queries(TODAY + "?whose=mine", more)
    for name, query in (("claims", "?whose=mine"), ("contradictions", "?whose=mine")):
        same_queries(reverse(f"desk:{name}", kwargs={"office": "bandung"}) + query, more)


def test_an_address_that_asks_for_something_else_is_answered_in_words(bandung: Office, client: Client) -> None:
    assert client.get(TODAY + "?whose=yours").status_code == 400


def test_many_alike_deeds_of_one_person_on_one_day_are_one_sentence_that_opens(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    by = sari(office_id=bandung.pk)
    for number in (1, 2, 3):
        write_original(f"Visit {number}", by=by, subject=f"event:{number}", field="note", language="en",
                       office_id=bandung.pk)  # fmt: skip
        translate(f"Kunjungan {number}", by=by, subject=f"event:{number}", field="note", language="id",
                  office_id=bandung.pk)  # fmt: skip
    page = client.get("/en" + TODAY)
    told = [(line.who, line.what, [part.what for part in line.parts]) for line in page.context["history"]]
    assert told == [
        ("Sari", "translated 3 texts", [f"translated a text: “Kunjungan {number}”" for number in (3, 2, 1)]),
        ("Sari", "wrote 3 texts", [f"wrote the text “Visit {number}”" for number in (3, 2, 1)]),
    ]
    assert page.content.decode().count("<details><summary><b>Sari</b> translated 3 texts</summary>") == 1


def test_what_two_people_did_or_one_did_in_two_files_stays_apart(bandung: Office, suwon: Partnership) -> None:
    other = Partnership.objects.get(slug="melbourne")
    for by, file in ((SYSTEM, suwon), (sari(office_id=bandung.pk), suwon), (sari(office_id=bandung.pk), other)):
        record_event(by=by, partnership=file, kind="visit", source=Source(facts=DocumentFacts(title="Antara")),
                     values={"title": f"{by.label} in {file.slug}", "date": "2001"})  # fmt: skip
    entries = [entry for entry in of_office(bandung.pk)[:30] if entry.verb == "event.noted"][:3]
    told = lines(entries, zone=ZoneInfo("Asia/Jakarta"))
    assert [(line.who, line.parts) for line in told] == [("Sari", ()), ("Sari", ()), ("Kembar", ())]


def test_every_sentence_for_several_deeds_has_one_for_a_single_deed() -> None:
    assert set(TOGETHER) - set(SENTENCES) == set()
    assert [words for words in TOGETHER.values() if "%(count)s" not in str(words)] == []

"""From a pasted article to drafts, and from drafts to claims: nothing counts before a person accepts it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from kembar.access.permissions import ANONYMOUS, SYSTEM, NotAllowed
from kembar.agreements import queries as agreements
from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.intake import queries
from kembar.intake.actions import (
    NoFile,
    Pasted,
    TextRefused,
    WrongMove,
    WrongValue,
    accept,
    choose_file,
    drop,
    merge,
    paste,
    reopen,
)
from kembar.intake.models import Draft, Text
from kembar.intake.tests.conftest import ARTICLE
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.sources.models import Claim

pytestmark = pytest.mark.django_db


def drafts(text: Text, kind: str) -> list[Draft]:
    return [draft for draft in queries.drafts_of(text) if draft.kind == kind]


def test_a_pasted_article_becomes_drafts_with_their_proving_sentence(text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    assert (
        text.body[promise.proof_start : promise.proof_end].strip()
        == "Pemkot Bandung akan mengirim 20 pelajar ke Nanning pada 2026."
    )
    assert [(draft.value["name"], draft.value["country"]) for draft in drafts(text, "city")] == [
        ("Bandung", "ID"), ("Nanning", "CN"),
    ]  # fmt: skip
    assert "2025-03-25" in [draft.value["value"] for draft in drafts(text, "date")]


def test_it_is_laid_to_the_file_of_the_city_it_names(text: Text) -> None:
    assert text.partnership is not None
    assert text.partnership.slug == "nanning"


def test_telephone_numbers_are_not_kept(text: Text) -> None:
    assert "0812" not in text.body
    assert "••••-••••-••••" in text.body


def test_nothing_counts_before_a_person_accepts(office: Office) -> None:
    before = Claim.objects.count()
    paste(Pasted(title="x", body=ARTICLE), by=SYSTEM, office=office)
    assert Claim.objects.count() == before


def test_an_accepted_paper_becomes_an_open_claim_on_the_paper_of_that_year(text: Text) -> None:
    paper = next(draft for draft in drafts(text, "agreement") if draft.value["status"] == "signed")
    accept(paper, by=SYSTEM, value={"date": "2025-03-25"})
    claim = Claim.objects.get(pk=Draft.objects.get(pk=paper.pk).claim_id)
    nanning = Partnership.objects.get(slug="nanning")
    (letter,) = agreements.sheet(nanning, on=date(2026, 11, 1)).papers
    assert (claim.subject, claim.attribute, claim.value, claim.decision) == (
        letter.paper.key,
        "concluded",
        "2025-03-25",
        "open",
    )
    assert claim.said.startswith("BANDUNG – Wali Kota Bandung")


def test_an_accepted_promise_is_kept_and_makes_no_claim(text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    before = Claim.objects.count()
    kept = accept(promise, by=SYSTEM, value={"due": "2026-06"})
    assert (kept.state, kept.value["due"], kept.claim_id, Claim.objects.count()) == (
        "accepted",
        "2026-06",
        None,
        before,
    )
    assert kept.found["due"] != "2026-06"


def test_what_the_officer_changed_or_dropped_is_kept_as_an_example(text: Text, office: Office) -> None:
    (promise,) = drafts(text, "commitment")
    accept(promise, by=SYSTEM, value={"due": "2026-06"})
    first, second = drafts(text, "city")
    drop(first, by=SYSTEM)
    accept(second, by=SYSTEM)
    assert [draft.pk for draft in queries.corrections_of(office.pk)] == sorted([promise.pk, first.pk])


def test_a_decided_draft_is_not_decided_again(text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    accept(promise, by=SYSTEM)
    for move in (accept, drop):
        with pytest.raises(WrongMove):
            move(promise, by=SYSTEM)


def test_a_dropped_draft_can_be_taken_up_again(text: Text) -> None:
    (promise,) = drafts(text, "commitment")
    reopen(drop(promise, by=SYSTEM), by=SYSTEM)
    assert Draft.objects.get(pk=promise.pk).state == "waiting"


def test_two_drafts_of_one_kind_become_one(text: Text) -> None:
    first, second = drafts(text, "city")
    merge(second, by=SYSTEM, into=first)
    assert Draft.objects.get(pk=second.pk).merged_into_id == first.pk
    with pytest.raises(WrongMove):
        merge(first, by=SYSTEM, into=drafts(text, "commitment")[0])


def test_without_a_file_a_fact_has_nowhere_to_go(office: Office) -> None:
    body = "Kota Quito dan Kota Lima menandatangani nota kesepahaman pada 3 Mei 2024."
    text = paste(Pasted(title="x", body=body), by=SYSTEM, office=office)
    city = drafts(text, "city")[0]
    with pytest.raises(NoFile):
        accept(city, by=SYSTEM)
    assert Draft.objects.get(pk=city.pk).state == "waiting"
    choose_file(text, by=SYSTEM, partnership=Partnership.objects.get(slug="cuenca"))
    assert accept(Draft.objects.get(pk=city.pk), by=SYSTEM).claim_id is not None


@pytest.mark.parametrize(("body", "code"), [("", "empty"), ("\u200b \n", "empty"), ("x" * 200_001, "too_long")])
def test_a_text_that_cannot_be_taken_says_why(office: Office, body: str, code: str) -> None:
    with pytest.raises(TextRefused) as refused:
        paste(Pasted(title="x", body=body), by=SYSTEM, office=office)
    assert (refused.value.code, Text.objects.count()) == (code, 0)


def test_the_same_article_again_is_refused_unless_asked_for(text: Text, office: Office) -> None:
    again = Pasted(title="copy", body=ARTICLE.replace("Balai Kota", "balai kota"))
    with pytest.raises(TextRefused) as refused:
        paste(again, by=SYSTEM, office=office)
    assert (refused.value.code, refused.value.known) == ("known", text)
    assert paste(again, by=SYSTEM, office=office, again=True).pk != text.pk


def test_a_visitor_pastes_and_accepts_nothing(text: Text, office: Office) -> None:
    with pytest.raises(NotAllowed):
        paste(Pasted(title="x", body=ARTICLE), by=ANONYMOUS, office=office, again=True)
    with pytest.raises(NotAllowed):
        accept(drafts(text, "city")[0], by=ANONYMOUS)


def test_another_office_sees_neither_text_nor_draft(text: Text, office: Office) -> None:
    with pytest.raises(queries.NoSuchText):
        queries.text(text.pk, office_id=office.pk + 1)
    with pytest.raises(queries.NoSuchText):
        queries.draft(drafts(text, "city")[0].pk, office_id=office.pk + 1)


def test_an_accepted_promise_stands_in_the_ledger_with_its_sentence_and_source(text: Text) -> None:
    (draft,) = drafts(text, "commitment")
    accept(draft, by=SYSTEM)
    (row,) = Commitment.objects.all()
    assert (row.state, row.side, row.origin, row.partnership) == (
        "claimed",
        "own",
        f"draft:{draft.pk}",
        text.partnership,
    )
    assert row.sentence == "Pemkot Bandung akan mengirim 20 pelajar ke Nanning pada 2026."
    assert (row.document, row.due, row.made_on) == (text.document, parse_edtf("2026"), parse_edtf("[..2025-03-26]"))


def test_a_promise_waits_until_its_text_is_laid_to_a_file(office: Office) -> None:
    text = paste(
        Pasted(title="x", body="Pemerintah kota akan mengirim 20 pelajar pada 2026."), by=SYSTEM, office=office
    )
    (draft,) = drafts(text, "commitment")
    accept(draft, by=SYSTEM)
    assert (text.partnership, Commitment.objects.count()) == (None, 0)
    call_command("hand_over_promises", stdout=(said := StringIO()))
    assert said.getvalue() == "0 in the ledger, 1 wait for the file of their text\n"
    suwon = Partnership.objects.get(office=office, slug="suwon")
    choose_file(text, by=SYSTEM, partnership=suwon)
    assert [row.partnership for row in Commitment.objects.all()] == [suwon]


def test_accepted_promises_of_before_are_brought_into_the_ledger_once(text: Text) -> None:
    (draft,) = drafts(text, "commitment")
    accept(draft, by=SYSTEM)
    Commitment.objects.all().delete()
    for _ in range(2):
        call_command("hand_over_promises", stdout=(said := StringIO()))
        assert (said.getvalue(), Commitment.objects.count()) == (
            "1 in the ledger, 0 wait for the file of their text\n",
            1,
        )


def test_a_promise_whose_day_cannot_be_read_is_not_accepted(text: Text) -> None:
    (draft,) = drafts(text, "commitment")
    with pytest.raises(WrongValue, match="due"):
        accept(draft, by=SYSTEM, value={"due": "2026-13"})
    assert (queries.draft(draft.pk, office_id=draft.office_id).state, Commitment.objects.count()) == ("waiting", 0)

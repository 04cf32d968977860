"""What stands above a text: each doubt in words, compared with the register, with its corrections."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.intake import words
from kembar.intake.actions import Pasted, drop, paste
from kembar.intake.doubts import Doubt, doubts_of
from kembar.intake.extract import notes
from kembar.intake.models import Draft, Text
from kembar.intake.queries import drafts_of
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.people.actions.holders import Term, name_holder

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def read(body: str, office: Office, published: date | None = None) -> Text:
    return paste(Pasted(title="x", body=body, published=published), by=SYSTEM, office=office)


def doubts(text: Text) -> dict[str, Doubt]:
    with override("en"):
        return {doubt.kind: doubt for doubt in doubts_of(text, list(drafts_of(text)), slug="bandung", today=TODAY)}


def test_a_weekday_that_does_not_fit_offers_the_likely_year_in_one_click(desk: Client, office: Office) -> None:
    text = read("Kota Bandung dan Kota Nanning bertemu pada Selasa, 25 Maret 2024.", office)
    doubt = doubts(text)["weekday_mismatch"]
    assert doubt.sentence == "The text says “Selasa, 25 Maret 2024”, but 25 March 2024 was a Monday."
    assert [offer.label for offer in doubt.offers] == ["Use Tuesday, 25 March 2025", "Keep 25 March 2024"]
    assert Draft.objects.get(pk=doubt.draft).is_question
    assert desk.post(doubt.offers[0].action, {"value": doubt.offers[0].value}).status_code == 302
    settled = doubts(text)["weekday_mismatch"]
    assert (settled.settled, settled.offers) == ("Decided: 25 March 2025.", ())
    assert Draft.objects.get(pk=doubt.draft).value["value"] == "2025-03-25"


def test_a_missing_year_is_asked_for_and_taken(desk: Client, office: Office) -> None:
    text = read("Kota Bandung menerima tamu dari Kota Chandler kemarin (27/9).", office)
    doubt = doubts(text)["missing_year"]
    assert doubt.sentence.endswith("has no year. In which year was it?")
    assert desk.post(doubt.year_form, {"year": "99"}).status_code == 200
    assert desk.post(doubt.year_form, {"year": "2024"}).status_code == 302
    assert Draft.objects.get(pk=doubt.draft).value["value"] == "2024-09-27"
    assert doubts(text)["missing_year"].settled == "Decided: 27 September 2024."


def test_a_date_that_was_dropped_is_said_to_be_unused(office: Office) -> None:
    text = read("Kota Bandung menerima tamu dari Kota Chandler kemarin (27/9).", office)
    drop(Draft.objects.get(pk=doubts(text)["missing_year"].draft), by=SYSTEM)
    assert doubts(text)["missing_year"].settled == "Decided: this date is not used."


def test_a_count_of_sister_cities_is_held_against_the_register_of_that_day(office: Office) -> None:
    body = "Ini merupakan kerja sama sister city ke-15 bagi Kota Bandung, kata Wali Kota."
    doubt = doubts(read(body, office, date(2025, 3, 26)))["count_claim"]
    assert "The register holds 6 sister city agreements in force on 26 March 2025." in doubt.sentence
    assert doubt.address == "/en/bandung/how-many/?on=2025-03-26"
    assert len(doubt.lines) > 0


def test_since_is_held_against_the_first_signed_paper(office: Office) -> None:
    body = "Kota Bandung dan Kota Daegu menjadi sister city sejak 2019, kata Wali Kota Daegu."
    doubt = doubts(read(body, office))["since_claim"]
    assert doubt.sentence == (
        "The text says that the tie has existed since 2019. "
        "The first signed paper in the register is of 26 October 2022."
    )


def test_somebody_out_of_office_on_the_day_is_pointed_out(office: Office) -> None:
    partner = Partnership.objects.get(slug="daegu").partner
    term = Term(person="Hong Joon-pyo", post="Mayor", since=parse_edtf("2022-07-01"), until=parse_edtf("2025-04-11"))
    name_holder(term, by=SYSTEM, office=office, party=partner)
    body = "Mayor of Daegu Hong Joon-pyo met the delegation of Bandung in Daegu."
    assert "out_of_office" not in doubts(read(body, office, date(2024, 5, 6)))
    doubt = doubts(
        paste(Pasted(title="x", body=body, published=date(2026, 5, 6)), by=SYSTEM, office=office, again=True)
    )
    assert "held no post on 6 May 2026." in doubt["out_of_office"].sentence


def test_every_reason_of_the_reader_has_a_sentence_in_four_languages() -> None:
    assert set(words.NOTES) == set(notes.CODES)
    for code in notes.CODES:
        said = set()
        for language in ("id", "en", "ko", "zh-hans"):
            with override(language):
                said.add(words.note(code))
        assert len(said) == 4


def test_a_reason_learned_later_is_still_told() -> None:
    with override("en"):
        assert words.note("new_code").startswith("The reader had a doubt about this text (new_code).")

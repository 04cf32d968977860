"""Renewals open in good time and once; letters of intent that went stale ask for a decision."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.agreements.actions import bring_in_step
from kembar.cities.models import Office
from kembar.partnerships.queries import file
from kembar.procedure.actions import WrongStep, decide_letter, open_renewals
from kembar.procedure.actions.moving import end
from kembar.procedure.models import Case
from kembar.procedure.queries.renewals import endings, stale_letters
from tests.personas import pak_hadi

pytestmark = pytest.mark.django_db
BEFORE, DAY = date(2026, 4, 23), date(2026, 11, 1)


@pytest.fixture
def story(sample: Callable[[str], None]) -> Office:
    sample("register")
    office = Office.objects.get(slug="bandung")
    for slug in ("melbourne", "toyota"):
        bring_in_step(file(slug, office_id=office.pk), by=SYSTEM)
    return office


def test_the_renewal_of_melbourne_opens_by_itself_24_months_before_its_end_and_once(story: Office) -> None:
    assert [one.partnership.slug for one in endings(story.pk, on=BEFORE)] == []
    (ending,) = endings(story.pk, on=DAY)
    assert (ending.partnership.slug, ending.alert, ending.case) == ("melbourne", 18, None)
    (case,) = open_renewals(story, by=SYSTEM, on=DAY)
    assert (case.kind, case.template.name, case.opened_itself, case.renews, case.step) == (
        "extension",
        "id-ksdpl-extension@1",
        True,
        ending.renews,
        "cooperation_plan",
    )
    assert open_renewals(story, by=SYSTEM, on=DAY) == []
    assert [one.case for one in endings(story.pk, on=DAY)] == [case]


def test_a_renewal_that_was_withdrawn_is_not_opened_behind_the_offices_back(story: Office) -> None:
    (case,) = open_renewals(story, by=SYSTEM, on=DAY)
    end(case, by=SYSTEM, move="withdraw", reason="Tidak diperpanjang", on=case.opened_on, seen=case.version)
    assert open_renewals(story, by=SYSTEM, on=DAY) == []


def test_the_night_tells_what_it_opened(story: Office) -> None:
    told = StringIO()
    call_command("open_renewals", months=60, stdout=told)
    assert told.getvalue().splitlines() == [f"bandung: {case.subject}" for case in Case.objects.order_by("id")]


def test_a_stale_letter_asks_until_somebody_decided(story: Office) -> None:
    asked = {one.partnership.slug: one for one in stale_letters(story.pk, on=DAY)}
    toyota = asked["toyota"]
    assert (toyota.months, toyota.signed.edtf, toyota.choice) == (24, "2017-03-23", None)
    with pytest.raises(WrongStep) as told:
        decide_letter(toyota.partnership, by=SYSTEM, paper=toyota.paper, choice="park", reason="Menunggu")
    assert (told.value.field, told.value.code) == ("until", "missing")
    decide_letter(toyota.partnership, by=SYSTEM, paper=toyota.paper, choice="close", reason="Tidak dilanjutkan")
    left = {one.partnership.slug for one in stale_letters(story.pk, on=DAY)}
    assert left == set(asked) - {"toyota"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"choice": "burn"}, "choice"),
        ({"reason": " "}, "reason"),
        ({"choice": "park", "until": date(2020, 1, 1)}, "until"),
        ({"paper": "instrument:99999"}, "paper"),
        ({"paper": "signature:1"}, "paper"),
    ],
)
def test_what_cannot_be_decided_is_refused(story: Office, given: dict[str, object], field: str) -> None:
    toyota = file("toyota", office_id=story.pk)
    paper = toyota.instruments.get().key
    known: dict[str, object] = {"paper": paper, "choice": "close", "reason": "x"}
    with pytest.raises(WrongStep) as told:
        decide_letter(toyota, by=SYSTEM, **(known | given))  # type: ignore[arg-type]
    assert told.value.field == field


def test_a_reader_decides_nothing(story: Office) -> None:
    with pytest.raises(NotAllowed):
        open_renewals(story, by=pak_hadi(office_id=story.pk), on=DAY)

"""A file in which nothing stands is taken back and listed nowhere; what stands again brings it back."""

import pytest

from kembar.access.permissions import SYSTEM
from kembar.agreements import queries
from kembar.agreements.actions import Source, StillNeeded, decide_claim, record_paper, withdraw_file
from kembar.cities.actions import adopt, open_office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import files_of
from kembar.search.models import Indexed
from kembar.sources.actions import DocumentFacts
from kembar.sources.models import Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def suwon() -> Partnership:
    office = open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))
    file = open_file(by=SYSTEM, office=office, partner=adopt(find("Suwon", country="KR"), by=SYSTEM), kind="sister")
    source = Source(facts=DocumentFacts(title="daftar.xlsx"))
    record_paper(by=SYSTEM, partnership=file, kind="memorandum_of_understanding", source=source,
                 values={"concluded": "1997-08-25"})  # fmt: skip
    return file


def listed(file: Partnership) -> tuple[list[Partnership], bool, bool]:
    """Among the office's files, in the register, found by search."""
    today = queries.today_of(file.office_id)
    found = Indexed.objects.filter(subject=file.key).exists()
    return list(files_of(file.office_id)), queries.state_of(file, on=today) is not None, found


def test_a_file_in_which_something_stands_is_not_taken_back(suwon: Partnership) -> None:
    with pytest.raises(StillNeeded):
        withdraw_file(suwon, by=SYSTEM, reason="Wrong table")
    assert listed(suwon) == ([suwon], True, True)


def test_a_file_taken_back_is_listed_nowhere_until_something_stands_in_it_again(suwon: Partnership) -> None:
    claim = Claim.objects.get()
    decide_claim(claim, by=SYSTEM, decision="rejected", reason="Wrong table")
    withdraw_file(suwon, by=SYSTEM, reason="Wrong table")
    assert listed(suwon) == ([], False, False)
    decide_claim(claim, by=SYSTEM, decision="accepted", reason="It was the right table")
    suwon.refresh_from_db()
    assert (listed(suwon), suwon.withdrawn) == (([suwon], True, True), "")
    verbs = Entry.objects.filter(subject=suwon.key).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["partnership.opened", "partnership.withdrawn", "partnership.reopened"]

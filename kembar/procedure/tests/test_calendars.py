"""Whose working days count: ours, the partner's, and the council's without its recesses."""

from datetime import date

import pytest

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.procedure.actions import WrongStep, set_day, set_recess, withdraw_recess
from kembar.procedure.models import Recess
from kembar.procedure.queries.calendars import Calendars, countries, recess, recesses
from kembar.procedure.queries.cases import lines
from kembar.procedure.tests.walking import TO_COUNCIL, file, opened, walk
from tests.members import office as office_of
from tests.personas import pak_hadi

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2025, 11, 3), date(2025, 11, 14)  # two weeks without a holiday


@pytest.fixture
def bandung() -> Office:
    return office_of("bandung")


def away(office: Office, first: str = "2025-11-10", last: str = "2025-11-14") -> Recess:
    return set_recess(office, by=SYSTEM, first=date.fromisoformat(first), last=date.fromisoformat(last),
                      name="Masa reses", source="Jadwal DPRD 2025")  # fmt: skip


def days(office: Office, holder: str, partner: str = "CN") -> int:
    return Calendars(office.pk, country="ID").of(holder, partner=partner).between(MONDAY, FRIDAY)


def test_a_file_at_the_council_waits_no_working_day_while_it_is_in_recess(bandung: Office) -> None:
    assert (days(bandung, "council"), days(bandung, "office")) == (9, 9)
    found = away(bandung)
    assert (days(bandung, "council"), days(bandung, "office"), days(bandung, "home_ministry")) == (4, 9, 9)
    kept = Calendars(bandung.pk, country="ID")
    assert [kept.recess_on(date(2025, 11, day)) for day in (9, 10, 14, 15)] == [None, found, found, None]


def test_a_recess_that_was_wrong_counts_no_more_and_keeps_its_reason(bandung: Office) -> None:
    found = away(bandung)
    with pytest.raises(WrongStep, match="reason: missing"):
        withdraw_recess(found, by=SYSTEM, reason=" ")
    withdraw_recess(found, by=SYSTEM, reason="Reses digeser")
    assert (days(bandung, "council"), list(recesses(bandung.pk)), recess(found.pk, office_id=bandung.pk)) == (
        9,
        [],
        None,
    )
    assert [
        (entry.verb, entry.facts.get("reason", ""))
        for entry in Entry.objects.filter(verb__startswith="recess").order_by("id")
    ] == [
        ("recess.set", ""),
        ("recess.withdrawn", "Reses digeser"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("2025-11-10", "2025-11-09", "last: before_predecessor"), ("2025-01-01", "2025-12-31", "last: unknown")],
)
def test_what_is_no_recess_is_refused(bandung: Office, first: str, last: str, told: str) -> None:
    with pytest.raises(WrongStep, match=told):
        away(bandung, first, last)
    assert Recess.objects.count() == 0


def test_a_file_with_the_partner_waits_by_the_calendar_of_its_country(bandung: Office) -> None:
    kept = Calendars(bandung.pk, country="ID")
    golden_week = (date(2025, 9, 28), date(2025, 10, 11))  # Saturday 11 October is worked, and Sunday 28 September
    assert [kept.of(holder, partner="CN").between(*golden_week) for holder in ("partner", "office")] == [5, 10]
    set_day(bandung, by=SYSTEM, day=date(2025, 11, 5), works=False, name="Hari kota mitra", country="CN")
    assert (days(bandung, "partner"), days(bandung, "office"), days(bandung, "partner", "KR")) == (8, 9, 9)


def test_the_list_of_a_day_counts_by_these_calendars(bandung: Office) -> None:
    case = opened(file(bandung), opened_on=parse_edtf("2025-01-02"))
    walk(case, *TO_COUNCIL[:4], on="2025-11-03")
    before = lines(bandung.pk, on=FRIDAY, country="ID")[0]
    away(bandung)
    after = lines(bandung.pk, on=FRIDAY, country="ID")[0]
    assert [(one.holder, one.days) for one in (before, after)] == [("council", 9), ("council", 4)]
    assert countries(bandung.pk) == ["CN"]


def test_a_reader_sets_no_recess(bandung: Office) -> None:
    with pytest.raises(NotAllowed):
        set_recess(bandung, by=pak_hadi(office_id=bandung.pk), first=MONDAY, last=FRIDAY, name="x", source="x")

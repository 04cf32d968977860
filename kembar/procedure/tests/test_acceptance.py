"""The real roads of Bandung with their real days: what the cases, the lists and the command must tell of them."""

import json
from datetime import date

import pytest

from kembar.__main__ import main
from kembar.access.permissions import SYSTEM
from kembar.agreements.queries import sheet
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.procedure.actions import Hindered, open_renewals, send_back, skip
from kembar.procedure.models import Case
from kembar.procedure.queries import template
from kembar.procedure.queries.cases import COUNCIL_TO_SIGNATURE, LOI_TO_COUNCIL, LOI_TO_PAPER, legs, lines
from kembar.procedure.queries.renewals import endings
from kembar.procedure.tests.walking import GATES, do, file, now, opened, walk
from tests.members import office as office_of

pytestmark = pytest.mark.django_db
APPROVED = ("smart city", "economy and trade", "child-friendly city", "startups")
NEW = ("higher education", "liveable city", "resilience")
SIGNED = ("smart city", "economy and trade", "higher education", "liveable city", "resilience")


@pytest.fixture
def bandung() -> Office:
    return office_of("bandung")


def daegu(office: Office, *, approved: bool = True) -> Case:
    case = opened(file(office, "Daegu", "KR"), ("level_differs",), subject="Bandung–Daegu",
                  opened_on=parse_edtf("2022"))  # fmt: skip
    walk(case, "initiative", "exploration", on="2022")
    do(case, "letter_of_intent", "2022-10-26")
    do(case, "cooperation_plan", "2024-11")
    do(case, "council_commission", "2024-11-11")
    return do(case, "council_plenary", "2025-03-25", term="P5Y") if approved else now(case)


def melbourne(office: Office) -> Case:
    case = opened(file(office, "Melbourne", "AU"), subject="Bandung–Melbourne", opened_on=parse_edtf("2019"))
    walk(case, "initiative", "exploration", on="2019")
    do(case, "letter_of_intent", "2019-05-10")
    walk(case, "cooperation_plan", "council_commission", on="2023")
    do(case, "council_plenary", "2023-03-30", scope=APPROVED)
    return walk(case, *GATES, on="2024")


def test_daegu_lay_134_days_with_the_council_and_881_from_the_intent(bandung: Office) -> None:
    daegu(bandung)
    assert legs(bandung.pk) == {LOI_TO_COUNCIL: [881], "council commission to plenary": [134]}


def test_melbourne_waited_1420_days_for_the_council_and_391_for_the_signature(bandung: Office) -> None:
    case = melbourne(bandung)
    do(case, "signing", "2024-04-24", scope=SIGNED, term="P4Y", clearance="Pembahasan antarkementerian")
    found = legs(bandung.pk)
    assert (found[LOI_TO_COUNCIL], found[COUNCIL_TO_SIGNATURE]) == ([1420], [391])


def test_melbourne_signed_what_the_council_had_not_approved(bandung: Office) -> None:
    case = melbourne(bandung)
    with pytest.raises(Hindered) as told:
        do(case, "signing", "2024-04-24", scope=SIGNED)
    assert [one.code for one in told.value.hindrances] == [f"scope:{item}" for item in NEW]
    do(case, "signing", "2024-04-24", scope=SIGNED, clearance="Pembahasan antarkementerian")
    plenary = next(
        one for one in sheet(case.partnership, on=date(2024, 5, 1)).approvals if one.approval.kind == "council_plenary"
    )
    assert plenary.difference is not None
    assert (plenary.difference.dropped, plenary.difference.added) == (("child-friendly city", "startups"), NEW)


def test_hamamatsu_took_1650_days_on_the_older_road(bandung: Office) -> None:
    case = opened(file(bandung, "Hamamatsu", "JP"), subject="Bandung–Hamamatsu", opened_on=parse_edtf("2014"),
                  road=template("id-1993"))  # fmt: skip
    do(case, "exploration", "2014")
    do(case, "letter_of_intent", "2014-12-19")
    walk(case, "cooperation_plan", "council_commission", on="2019")
    current = now(case)
    skip(current, by=SYSTEM, step="council_plenary", reason="Tanggal tidak diketahui", on=parse_edtf("2019"),
         seen=current.version)  # fmt: skip
    walk(case, "drafting", "interministerial_review", "initialling", "full_powers", on="2019")
    do(case, "signing", "2019-06-26")
    assert legs(bandung.pk) == {LOI_TO_PAPER: [1650]}


def test_the_list_says_where_daegu_lay_in_december_2024_and_when_a_signature_was_likely(bandung: Office) -> None:
    case = melbourne(bandung)
    do(case, "signing", "2024-04-24", scope=SIGNED, clearance="Pembahasan antarkementerian")
    daegu(bandung)
    line = {one.case.subject: one for one in lines(bandung.pk, on=date(2024, 12, 22), country="ID")}["Bandung–Daegu"]
    assert (line.stage, line.step, line.holder, line.since, line.days) == (
        "council_commission",
        "council_plenary",
        "council",
        parse_edtf("2024-11-11"),
        28,  # 27 November 2024 was a holiday: elections
    )
    later = {one.case.subject: one for one in lines(bandung.pk, on=date(2025, 4, 30), country="ID")}["Bandung–Daegu"]
    assert (later.holder, later.forecast.day, later.missing) == (
        "home_ministry",
        date(2026, 4, 20),
        ("ministry_verification", "initialling", "ministerial_approval", "full_powers"),
    )


def test_the_command_prints_what_the_list_shows(bandung: Office, capsys: pytest.CaptureFixture[str]) -> None:
    daegu(bandung, approved=False)
    assert main(["cases", "--on", "2025-01-31", "--format", "json", "--office", "bandung"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "partner": "Daegu", "kind": "new_tie", "stage": "council_commission", "step": "council_plenary",
            "holder": "council", "since": "2024-11-11", "waiting_working_days": 52, "forecast": None,
            "missing": ["council_plenary", "ministry_verification", "initialling", "ministerial_approval",
                        "full_powers"],
        }
    ]  # fmt: skip


def test_a_case_sent_back_is_told_as_it_stood_on_each_day(bandung: Office) -> None:
    case = daegu(bandung, approved=False)
    send_back(case, by=SYSTEM, back_to="cooperation_plan", reason="Rencana aksi kurang", on=parse_edtf("2025-01-10"),
              seen=case.version)  # fmt: skip
    before, after = (lines(bandung.pk, on=on, country="ID")[0] for on in (date(2025, 1, 9), date(2025, 1, 11)))
    assert [(one.step, one.stage) for one in (before, after)] == [
        ("council_plenary", "council_commission"),
        ("cooperation_plan", "loi_signed"),
    ]


def test_a_renewal_that_should_have_begun_opens_the_night_somebody_looks(bandung: Office) -> None:
    case = melbourne(bandung)
    do(case, "signing", "2024-04-24", scope=SIGNED, term="P4Y", clearance="Pembahasan antarkementerian")
    assert open_renewals(bandung, by=SYSTEM, on=date(2026, 4, 23)) == []
    late = date(2026, 11, 1)  # the day to begin was 24 April
    (renewal,) = open_renewals(bandung, by=SYSTEM, on=late)
    (ending,) = endings(bandung.pk, on=late)
    assert (ending.ends.edtf, ending.alert, ending.case, renewal.renews) == ("2028-04-24", 18, renewal, now(case).paper)
    assert open_renewals(bandung, by=SYSTEM, on=late) == []


def test_the_command_prints_the_legs_of_the_road(bandung: Office, capsys: pytest.CaptureFixture[str]) -> None:
    daegu(bandung)
    assert main(["lead-times", "--format", "json", "--office", "bandung"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"partner": "Daegu", "leg": "LoI to council approval", "from": "2022-10-26", "to": "2025-03-25", "days": 881},
        {"partner": "Daegu", "leg": "council commission to plenary", "from": "2024-11-11", "to": "2025-03-25",
         "days": 134},
    ]  # fmt: skip

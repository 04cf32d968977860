"""Papers that a case carries on or ends, records that are there already, and who signs by full powers."""

from typing import Any

import pytest

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import Source, record_paper
from kembar.agreements.models import Instrument
from kembar.agreements.queries import state_of
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.procedure import actions
from kembar.procedure.models import Case
from kembar.procedure.queries import cases, template
from kembar.procedure.rules import NEVER_ASIDE, REQUIREMENTS
from kembar.procedure.states import Requirement
from kembar.procedure.tests.test_cases import why
from kembar.procedure.tests.walking import GATES, TO_COUNCIL, do, file, now, opened, walk
from kembar.sources.actions import DocumentFacts
from tests.members import office as office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office_of("bandung")


def signed(partnership: Partnership, on: str, **given: Any) -> str:
    """The key of a paper signed on the shortest road."""
    case = opened(partnership, road=template("any"))
    do(case, "draft", on)
    return do(case, "signing", on, **given).paper


def ended(partnership: Partnership, paper: str, **given: Any) -> Case:
    case = opened(partnership, kind="termination", renews=paper)
    do(case, "decision", "2024-01-02")
    return do(case, "signing", "2024-03-04", **given)


def headline(partnership: Partnership, on: str) -> str:
    day = parse_edtf(on).earliest
    assert day is not None
    found = state_of(partnership, on=day)
    return found.headline if found else ""


def test_a_notice_ends_its_paper_alone_and_not_the_whole_tie(bandung: Office) -> None:
    tie = file(bandung)
    older, newer = signed(tie, "2021-02-03"), signed(tie, "2022-03-04")
    notice = Instrument.objects.get(pk=int(ended(tie, older).paper.partition(":")[2]))
    assert (notice.kind, notice.parent and notice.parent.key) == ("termination_notice", older)
    assert (headline(tie, "2024-04-01"), older == newer) == ("in_force", False)


@pytest.mark.parametrize(
    ("period", "last", "first"),
    [("P6M", "2024-09-03", "2024-09-04"), ("P6M in writing", "2024-09-03", "2024-09-04"),
     ("P9999Y", "2024-03-03", "2024-03-04")],
)  # fmt: skip
def test_a_notice_takes_effect_at_the_end_of_its_period(bandung: Office, period: str, last: str, first: str) -> None:
    tie = file(bandung)
    source = Source(facts=DocumentFacts(title="MSP", kind="paper"))
    values = {"concluded": "2021-02-03", "notice_period": period}
    paper = record_paper(by=SYSTEM, partnership=tie, kind="memorandum_of_understanding", source=source, values=values)
    ended(tie, paper.key)
    assert [headline(tie, on) for on in (last, first)] == ["in_force", "ended"]


def test_a_notice_takes_effect_on_the_day_it_says(bandung: Office) -> None:
    tie = file(bandung)
    paper = signed(tie, "2021-02-03")
    assert why(lambda: ended(tie, paper, effective=parse_edtf("2024-03-03"))) == "effective: before_predecessor"
    do(Case.objects.order_by("id").last(), "signing", "2024-03-04", effective=parse_edtf("2025-01-01"))  # type: ignore[arg-type]
    assert [headline(tie, on) for on in ("2024-12-31", "2025-01-01")] == ["in_force", "ended"]


def test_a_memorandum_is_offered_as_no_notice_and_a_notice_as_no_memorandum(bandung: Office) -> None:
    tie = file(bandung)
    paper = signed(tie, "2021-02-03")
    notice = ended(tie, paper)
    held = {
        code: [one.key for one in cases.records_for(step, case=notice)]
        for code in ("id-termination", "any", "id-arrangement") if (step := template(code).step("signing"))
    }  # fmt: skip
    assert held == {"id-termination": [notice.paper], "any": [paper], "id-arrangement": []}


def test_a_record_on_file_is_of_the_day_that_is_said(bandung: Office) -> None:
    tie = file(bandung)
    key = signed(tie, "2021-02-03")
    other = opened(tie, road=template("any"))
    do(other, "draft", "2021-01-01")
    assert why(lambda: do(other, "signing", "2021-02-04", known=key)) == "on: another_day"
    assert do(other, "signing", "2021-02", known=key).paper == key


def test_whoever_signs_is_named_by_the_full_powers_or_somebody_answers_for_it(bandung: Office) -> None:
    case = opened(file(bandung))
    walk(case, *TO_COUNCIL, *GATES, on="2024-02-03")
    assert why(lambda: do(case, "signing", "2024-03-04", signatory="A. Koswara")) == "R8 full_powers_other"
    actions.set_aside(now(case), by=SYSTEM, rule="full_powers_other", reason="Surat kuasa baru menyusul",
                      seen=now(case).version)  # fmt: skip
    assert do(case, "signing", "2024-03-04", signatory="A. Koswara").stage == "signed"


@pytest.mark.parametrize(("requirement", "bar"), [("fits_plans", False), ("relations", True)])
def test_a_requirement_found_unmet_stands_in_the_way(bandung: Office, requirement: str, bar: bool) -> None:
    case = opened(file(bandung))
    walk(case, *TO_COUNCIL, *GATES, on="2024-02-03")
    actions.check(case, by=SYSTEM, requirement=requirement, result="not_met", evidence="RPJMD", seen=now(case).version)
    rule = f"requirement:{requirement}"
    assert why(lambda: do(case, "signing", "2024-03-04")) == f"1.3 {rule}"

    def aside() -> None:
        actions.set_aside(now(case), by=SYSTEM, rule=rule, reason="RPJMD diubah", seen=now(case).version)

    if bar:
        assert why(aside) == "rule: unknown"
    else:
        aside()
        assert do(case, "signing", "2024-03-04").stage == "signed"


def test_every_requirement_is_known_to_the_rules() -> None:
    assert set(Requirement.values) == REQUIREMENTS
    assert NEVER_ASIDE < REQUIREMENTS


def test_a_notice_says_nothing_of_how_long_a_signature_takes(bandung: Office) -> None:
    tie = file(bandung)
    ended(tie, signed(tie, "2021-02-03"))
    days = [cases.step_days("signing", kind=kind, office_id=bandung.pk) for kind in ("extension", "termination")]
    assert days == [[0], [62]]

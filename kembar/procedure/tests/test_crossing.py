"""A running case goes over to another version of the law: by decision, with what is kept and lost told before."""

from datetime import date
from typing import Any

import pytest

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.procedure import crossing
from kembar.procedure.actions import Decision, Unusual, WrongMove, WrongStep, bring_in, change_road, end
from kembar.procedure.models import Case, Override, RoadChange, StepRun
from kembar.procedure.queries import changes, template
from kembar.procedure.queries.cases import lines, recorded, runs_of
from kembar.procedure.reading import read
from kembar.procedure.shipped import texts
from kembar.procedure.template import Template
from kembar.procedure.tests.walking import TO_COUNCIL, do, file, now, opened, walk
from tests.members import office as office_of
from tests.personas import pak_hadi

DAY = date(2025, 6, 1)
OLD = texts()["id-ksdpl@1"]


def block(code: str) -> str:
    """The text of one step of the road that came with the product."""
    start = OLD.index(f'[[step]]\ncode = "{code}"')
    following = OLD.find("[[step]]", start + 1)
    return OLD[start:following]


def newer(*changed: tuple[str, str]) -> str:
    text = OLD.replace("version = 1", "version = 2", 1).replace('"2020-05-22"', '"2025-01-01"', 1)
    for old, new in changed:
        assert old in text
        text = text.replace(old, new, 1)
    return text


# The next law: the hearing and the plenary are one vote, the exploration is no step, the ministry looks twice.
MERGED = newer(
    (block("exploration"), ""),
    (block("council_commission"), block("council_commission").replace("council_commission", "first_look")
     .replace('records = "approval:first_look"\n', "").replace('reaches = "first_look"\n', "")),
)  # fmt: skip
# As versions could be before such a code was refused.
RENAMED = MERGED.replace('code = "letter_of_intent"', 'code = "intent"')


def decided(road: Template, reason: str = "Permendagri baru", **becomes: str) -> Decision:
    return Decision(road=road, reason=reason, on=DAY, becomes=becomes)


@pytest.fixture
def bandung(db: None) -> Office:
    return office_of("bandung")


@pytest.fixture
def case(bandung: Office) -> Case:
    begun = opened(file(bandung), scope=("kota cerdas",), opened_on=parse_edtf("2021-01-02"))
    return walk(begun, *TO_COUNCIL[:5], on="2021-02-03")


def go(case: Case, decision: Decision, *confirmed: str) -> Case:
    return change_road(now(case), by=SYSTEM, decision=decision, seen=now(case).version, confirmed=confirmed)


def why(case: Case, decision: Decision, *confirmed: str) -> str:
    with pytest.raises((WrongStep, Unusual, WrongMove)) as told:
        go(case, decision, *confirmed)
    return str(told.value)


def test_what_is_done_counts_on_by_its_code_or_by_the_record_it_left() -> None:
    old, new = _read(OLD), _read(RENAMED)
    done = list(TO_COUNCIL[:5])
    becomes = crossing.proposed(old, new, done=done)
    assert becomes == {
        "initiative": "initiative", "exploration": "", "letter_of_intent": "intent",
        "cooperation_plan": "cooperation_plan", "council_commission": "",
    }  # fmt: skip
    found = crossing.difference(old, new, becomes=becomes, recorded={"council_commission"})
    assert ([one.code for one in found.lost], found.waived, found.asked) == (
        ["exploration", "council_commission"],
        (),
        (),
    )
    assert "first_look" in [one.code for one in found.added]


def _read(text: str) -> Template:
    return read(text)


def test_a_hearing_never_counts_as_an_approval() -> None:
    old = _read(OLD)
    commission = old.step("council_commission")
    assert commission is not None
    assert "council_plenary" not in [one.code for one in crossing.targets(commission, old)]
    assert crossing.fault(old, old, becomes={"council_commission": "council_plenary"}) == "council_commission"


def test_a_signature_is_never_lost() -> None:
    old = _read(OLD)
    assert crossing.fault(old, old, becomes={"signing": ""}) == "signing"


def test_a_case_goes_over_by_a_decision_and_nothing_that_was_done_is_lost(case: Case) -> None:
    bring_in(MERGED, by=SYSTEM)
    road = template("id-ksdpl", version=2)
    assert [one.key for one in changes.roads_open_to(now(case))] == ["id-ksdpl@2"]
    assert why(case, decided(road, reason=" ")) == "reason: missing"
    assert why(case, decided(road)) == "lost:council_commission, lost:exploration"
    moved = go(case, decided(road, council_commission="first_look"), "lost:exploration")
    assert (moved.template.name, moved.stage, moved.step) == ("id-ksdpl@2", "plan_ready", "council_plenary")
    held = runs_of([moved])[moved.pk]
    assert [run.step for run in held] == ["initiative", "letter_of_intent", "cooperation_plan", "first_look"]
    assert StepRun.objects.filter(case=moved, superseded=True).count() == 2
    (change,) = RoadChange.objects.all()
    assert (change.before.name, change.after.name, change.on, change.reason) == (
        "id-ksdpl@1",
        "id-ksdpl@2",
        DAY,
        "Permendagri baru",
    )
    last = Entry.objects.order_by("-id")[0]
    assert (last.verb, last.facts["from"], last.facts["to"]) == ("case.road_changed", "id-ksdpl@1", "id-ksdpl@2")
    do(moved, "council_plenary", "2025-07-01", scope=("kota cerdas",))
    assert now(moved).stage == "council_approved"


def test_before_the_decision_the_case_is_told_on_the_old_road(case: Case) -> None:
    bring_in(MERGED, by=SYSTEM)
    go(case, decided(template("id-ksdpl", version=2)), "lost:exploration", "lost:council_commission")
    before, after = (lines(case.office_id, on=on, country="ID")[0] for on in (date(2025, 5, 31), date(2025, 6, 1)))
    assert [(one.stage, one.step) for one in (before, after)] == [
        ("council_commission", "council_plenary"),
        ("plan_ready", "first_look"),
    ]


def test_an_approval_that_the_new_law_does_not_ask_for_is_read_by_everyone_with_the_reason(case: Case) -> None:
    bring_in(newer((block("ministerial_approval"), block("ministerial_approval") + "optional = true\n")), by=SYSTEM)
    road = template("id-ksdpl", version=2)
    assert why(case, decided(road)) == "waived:ministerial_approval"
    go(case, decided(road), "waived:ministerial_approval")
    assert [(one.rule, one.reason) for one in Override.objects.all()] == [("ministerial_approval", "Permendagri baru")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"on": date(2020, 1, 1)}, "on: before_predecessor"),
        ({"on": date(2999, 1, 1)}, "on: in_future"),
        ({"becomes": {"signing": ""}}, "becomes: unknown"),
        ({"becomes": {"initiative": "council_plenary"}}, "becomes: unknown"),
    ],
)
def test_what_cannot_be_decided_is_refused(case: Case, change: dict[str, Any], told: str) -> None:
    bring_in(MERGED, by=SYSTEM)
    given = {"road": template("id-ksdpl", version=2), "reason": "x", "on": DAY, "becomes": {}}
    assert why(case, Decision(**(given | change))) == told
    assert now(case).template.name == "id-ksdpl@1"


def test_only_a_law_in_force_for_such_a_case_can_be_taken(case: Case) -> None:
    bring_in(newer(('"2025-01-01"', '"2999-01-01"')), by=SYSTEM)
    for road in (template("id-ksdpl", version=2), template("id-arrangement"), template("any"), template("partner-cn")):
        assert why(case, decided(road)) == "road: unknown"


def test_a_case_that_is_over_stays_on_its_road_and_a_reader_decides_nothing(case: Case) -> None:
    bring_in(MERGED, by=SYSTEM)
    road = template("id-ksdpl", version=2)
    with pytest.raises(NotAllowed):
        change_road(case, by=pak_hadi(office_id=case.office_id), decision=decided(road), seen=case.version)
    ended = end(case, by=SYSTEM, move="withdraw", reason="x", on=parse_edtf("2022"), seen=case.version)
    assert why(ended, decided(road)) == f"case {case.pk} is withdrawn"


def test_what_is_on_record_stays_on_record(case: Case) -> None:
    bring_in(newer(), by=SYSTEM)
    before = recorded(_read(OLD), runs=runs_of([case])[case.pk])
    moved = go(case, decided(template("id-ksdpl", version=2)))
    assert recorded(_read(MERGED), runs=runs_of([moved])[moved.pk]) <= before
    assert [run.record for run in runs_of([moved])[moved.pk] if run.step == "council_commission"] != [""]

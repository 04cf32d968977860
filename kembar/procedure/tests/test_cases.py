"""A case walks its road: what each deed writes, what is refused, and that the register keeps what happened."""

from collections.abc import Callable
from typing import Any

import pytest

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.agreements.actions import merge_files
from kembar.agreements.models import Approval, Instrument, Signature
from kembar.agreements.queries import state_of
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.people.actions.holders import Term, name_holder
from kembar.procedure import actions
from kembar.procedure.actions import (
    ChangedMeanwhile,
    Done,
    Hindered,
    Unusual,
    WrongMove,
    WrongStep,
    bring_in,
    open_case,
)
from kembar.procedure.models import Case, Override, StepRun
from kembar.procedure.queries import cases, template, text_of
from kembar.procedure.tests.walking import GATES, TO_COUNCIL, do, file, now, opened, planned, walk
from tests.members import office as office_of
from tests.personas import dewi

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office_of("bandung")


@pytest.fixture
def case(bandung: Office) -> Case:
    return opened(file(bandung), scope=("kota cerdas", "kebudayaan"))


def why(act: Callable[[], Any]) -> str:
    """What was refused, in the words of the exception."""
    refusals = (WrongStep, Hindered, Unusual, WrongMove, ChangedMeanwhile)
    with pytest.raises(refusals) as told:
        act()
    return str(told.value)


def test_a_case_opens_on_the_road_in_force_and_keeps_it(case: Case) -> None:
    assert (case.template.name, case.counterpart.name, case.step, case.holder, case.since) == (
        "id-ksdpl@1",
        "partner-cn@1",
        "initiative",
        "office",
        parse_edtf("2020-01-02"),
    )
    bring_in(text_of("id-ksdpl@1").replace("version = 1", "version = 2", 1), by=SYSTEM)
    do(case, "initiative", "2020-02")
    assert now(case).template.name == "id-ksdpl@1"
    assert opened(case.partnership).template.name == "id-ksdpl@2"


def test_the_whole_road_leaves_approvals_paper_and_signatures_in_the_register(case: Case) -> None:
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    do(case, "council_plenary", "2021-03-04", number="172/5/DPRD", term="P5Y", scope=("kota cerdas", "kebudayaan"))
    walk(case, *GATES, on="2022-05-06")
    do(case, "signing", "2022-06-07", partner_on="2022-07-08", signatory="Bambang Tirtoyuliono", term="P4Y",
       scope=("kota cerdas", "kebudayaan"), languages=("id", "en"), prevailing="en")  # fmt: skip
    paper = Instrument.objects.get(kind="memorandum_of_understanding")
    assert (now(case).stage, now(case).paper, now(case).step) == ("signed", paper.key, "deposit")
    assert (paper.concluded, paper.ends) == (parse_edtf("2022-07-08"), parse_edtf("2026-07-08"))
    assert sorted(Approval.objects.values_list("kind", flat=True)) == sorted(case_road_approvals())
    assert [one.mode for one in Signature.objects.filter(instrument=paper).order_by("id")] == ["apart", "apart"]
    assert why(lambda: actions.close(now(case), by=SYSTEM, on=parse_edtf("2023"), seen=now(case).version)) == (
        "R9 step:deposit, R9 step:certified_copies"
    )
    walk(case, "deposit", "certified_copies", on="2022-08-09")
    actions.close(now(case), by=SYSTEM, on=parse_edtf("2023"), seen=now(case).version)
    state = state_of(case.partnership, on=parse_edtf("2024-01-01").earliest)
    assert (now(case).standing, now(case).holder, state and state.headline) == ("closed", "", "in_force")


def case_road_approvals() -> list[str]:
    return list(template("id-ksdpl").required_approvals)


def test_nothing_is_signed_before_the_council_unless_somebody_answers_for_it(case: Case) -> None:
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    assert why(lambda: do(case, "signing", "2021-04-05")) == "step: not_open"
    current = now(case)
    actions.skip(current, by=SYSTEM, step="council_plenary", reason="Lanjutan kerja sama pusat",
                 on=parse_edtf("2021-03-04"), seen=current.version)  # fmt: skip
    row = Override.objects.get()
    assert (row.rule, row.reason) == ("council_plenary", "Lanjutan kerja sama pusat")
    walk(case, *GATES, "signing", on="2022-05-06", languages=("id",))
    assert now(case).stage == "signed"


def test_the_paper_itself_is_never_left_out(case: Case) -> None:
    walk(case, *TO_COUNCIL, *GATES, on="2021-02-03")
    current = now(case)
    assert why(lambda: actions.skip(current, by=SYSTEM, step="signing", reason="x", on=parse_edtf("2022"),
                                    seen=current.version)) == "step: not_optional"  # fmt: skip


def test_what_the_council_did_not_approve_is_signed_only_with_a_clearance(case: Case) -> None:
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    do(case, "council_plenary", "2021-03-04", scope=("kota cerdas", "kebudayaan"))
    walk(case, *GATES, on="2022-05-06")
    signed = ("kota cerdas", "ketahanan bencana")
    assert why(lambda: do(case, "signing", "2022-06-07", scope=signed)) == "R2 scope:ketahanan bencana"
    do(case, "signing", "2022-06-07", scope=signed, clearance="Surat DPRD 12/2022")
    assert [(row.rule, row.reason) for row in Override.objects.all()] == [
        ("scope:ketahanan bencana", "Surat DPRD 12/2022")
    ]


def test_a_scope_the_plan_never_had_is_approved_only_on_purpose(case: Case) -> None:
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    scope = ("kota cerdas", "kedirgantaraan")
    assert why(lambda: do(case, "council_plenary", "2021-03-04", scope=scope)) == "not_in_plan:kedirgantaraan"
    do(case, "council_plenary", "2021-03-04", scope=scope, confirmed=("not_in_plan",))
    assert now(case).stage == "council_approved"


def test_full_powers_fall_when_the_mayor_changes_before_the_signature(bandung: Office, case: Case) -> None:
    walk(case, *TO_COUNCIL, *GATES, on="2024-05-06")
    for person, since in (("Bambang Tirtoyuliono", "2023-09-20"), ("Muhammad Farhan", "2025-02-20")):
        term = Term(person=person, post="Wali Kota", since=parse_edtf(since))
        name_holder(term, by=SYSTEM, office=bandung, party=bandung.local_government)
    assert why(lambda: do(case, "signing", "2025-03-01")) == "R8 full_powers_void"
    current = now(case)
    actions.send_back(current, by=SYSTEM, back_to="full_powers", reason="Wali kota berganti",
                      on=parse_edtf("2025-03-01"), seen=current.version)  # fmt: skip
    assert (now(case).standing, now(case).step, now(case).since) == (
        "returned",
        "full_powers",
        parse_edtf("2025-03-01"),
    )
    do(case, "full_powers", "2025-04-01", signatory="Muhammad Farhan")
    do(case, "signing", "2025-05-01", languages=("id",))
    assert StepRun.objects.filter(case=case, superseded=True).count() == 1


def test_full_powers_name_somebody(case: Case) -> None:
    walk(case, *TO_COUNCIL, *GATES[:-1], on="2024-05-06")
    assert why(lambda: do(case, "full_powers", "2024-06-07")) == "signatory: missing"
    assert Approval.objects.filter(kind="full_powers").count() == 0


@pytest.mark.parametrize(
    ("on", "told"),
    [("2020-01-31", "on: before_predecessor"), ("2999", "on: in_future"), ("2020-02", ""), ("2020", "")],
)
def test_a_step_comes_after_the_one_before_it_as_far_as_that_is_certain(case: Case, on: str, told: str) -> None:
    do(case, "initiative", "2020-02-01")
    if told:
        assert why(lambda: do(case, "exploration", on)) == told
    else:
        do(case, "exploration", on)
    assert now(case).stage == ("initiative" if told else "exploration")


def test_a_case_pauses_with_a_reason_and_goes_on(case: Case) -> None:
    def told(**given: Any) -> Case:
        current = now(case)
        return actions.pause(current, by=SYSTEM, seen=current.version, **given)

    on = parse_edtf("2020-03-04")
    assert why(lambda: told(move="wait-partner", reason="", on=on)) == "reason: missing"
    told(move="wait-partner", reason="Menunggu balasan Nanning", on=on)
    assert (now(case).standing, now(case).reason) == ("waiting_partner", "Menunggu balasan Nanning")
    assert why(lambda: do(case, "initiative", "2020-04-05")).endswith("is waiting_partner")
    current = now(case)
    actions.resume(current, by=SYSTEM, reason="Balasan diterima", on=parse_edtf("2020-05"), seen=current.version)
    assert do(case, "initiative", "2020-05-06").standing == "running"


@pytest.mark.parametrize("move", ["withdraw", "reject"])
def test_a_case_that_is_over_is_not_reopened(case: Case, move: str) -> None:
    on = parse_edtf("2020-03-04")
    actions.end(now(case), by=SYSTEM, move=move, reason="Prioritas berubah", on=on, seen=1)
    current = now(case)
    deeds: list[Callable[[], Any]] = [
        lambda: do(case, "initiative", "2020-04-05"),
        lambda: actions.resume(current, by=SYSTEM, reason="x", on=on, seen=2),
        lambda: actions.chase(current, by=SYSTEM, note="", on=on.earliest, seen=2),  # type: ignore[arg-type]
        lambda: actions.check(current, by=SYSTEM, requirement="relations", result="met", evidence="x", seen=2),
    ]
    assert [why(deed).split(" is ")[1] for deed in deeds] == [current.standing] * 4


def test_the_second_of_two_officers_is_told(case: Case) -> None:
    do(case, "initiative", "2020-02")
    done = Done(on=parse_edtf("2020-03"))
    assert why(lambda: actions.finish(case, by=SYSTEM, step="exploration", done=done, seen=1)).endswith("at version 2")


def test_asking_again_is_noted_with_the_last_day(case: Case) -> None:
    for on in ("2020-03-04", "2020-02-01"):
        day = parse_edtf(on).earliest
        assert day is not None
        actions.chase(now(case), by=SYSTEM, note="Surat 12", on=day, seen=now(case).version)
    assert str(now(case).chased_on) == "2020-03-04"


def test_the_partner_reports_and_nothing_is_driven_by_it(case: Case) -> None:
    done = Done(on=parse_edtf("2024-11-06"))
    report = {"by": SYSTEM, "step": "partner_filing", "seen": 1}
    assert why(lambda: actions.report(now(case), done=done, **report)) == "note: source_missing"  # type: ignore[arg-type]
    actions.report(now(case), done=Done(on=parse_edtf("2024-11-06"), note="wsb.gxzf.gov.cn"), **report)  # type: ignore[arg-type]
    assert (now(case).step, Approval.objects.get().kind) == ("initiative", "partner_filing")


def test_a_country_without_relations_and_an_office_abroad_stop_a_case(bandung: Office) -> None:
    assert why(lambda: opened(file(bandung, "Haifa", "IL"))) == "R4 no_relations"
    assert why(lambda: opened(file(bandung, "Taipei", "TW"))).startswith("ask_ministry")
    barred = "kantor perwakilan di Nanning"
    assert why(lambda: opened(file(bandung), scope=(barred,))) == f"R7 office_abroad:{barred}"
    assert Case.objects.count() == 0


def test_science_is_signed_only_with_a_plan_to_pass_it_on(bandung: Office) -> None:
    case = opened(file(bandung), objects=("science",))
    walk(case, *TO_COUNCIL, *GATES, on="2021-02-03")
    assert why(lambda: do(case, "signing", "2022-06-07")) == "R6 transfer_plan"
    actions.check(now(case), by=SYSTEM, requirement="transferable", result="met", evidence="Rencana alih teknologi",
                  seen=now(case).version)  # fmt: skip
    assert do(case, "signing", "2022-06-07").stage == "signed"


def test_a_paper_without_an_indonesian_text_is_not_signed(case: Case) -> None:
    walk(case, *TO_COUNCIL, *GATES, on="2021-02-03")
    assert why(lambda: do(case, "signing", "2022-06-07", languages=("en", "zh"))) == "languages: indonesian_missing"
    assert why(lambda: do(case, "signing", "2022-06-07", languages=("id", "en"))) == "prevailing: prevailing_missing"
    assert Instrument.objects.filter(kind="memorandum_of_understanding").count() == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "marriage"}, "kind: unknown"),
        ({"subject": "  "}, "subject: missing"),
        ({"subject": "x" * 301}, "subject: too_long"),
        ({"opened_on": parse_edtf("2999")}, "opened_on: in_future"),
        ({"objects": ("weapons",)}, "objects: unknown"),
        ({"planned_term": "five years"}, "planned_term: unread_length"),
        ({"renews": "instrument:999"}, "renews: unknown"),
        ({"clause": "perhaps"}, "clause: unknown"),
    ],
)
def test_what_cannot_be_planned_is_refused(bandung: Office, given: dict[str, Any], told: str) -> None:
    assert why(lambda: opened(file(bandung), **given)) == told


def test_a_stranger_opens_no_case(bandung: Office) -> None:
    with pytest.raises(NotAllowed):
        open_case(planned(), by=dewi(office_id=bandung.pk), partnership=file(bandung))


def test_a_tie_of_two_levels_is_opened_on_purpose_and_signed_with_a_justification(bandung: Office) -> None:
    daegu = file(bandung, "Daegu", "KR")  # a metropolitan city, of the level of a province
    assert why(lambda: opened(daegu)) == "level_differs"
    case = opened(daegu, ("level_differs",))
    walk(case, *TO_COUNCIL, *GATES, on="2021-02-03")
    assert why(lambda: do(case, "signing", "2022-06-07")) == "R5 level_differs"
    actions.check(now(case), by=SYSTEM, requirement="equal_status", result="justified", seen=now(case).version,
                  evidence="Luas wilayah dan jumlah penduduk setara")  # fmt: skip
    assert do(case, "signing", "2022-06-07").stage == "signed"


def test_a_paper_on_file_already_is_compared_with_what_the_council_approved(case: Case) -> None:
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    do(case, "council_plenary", "2021-03-04", scope=("kota cerdas",))
    walk(case, *GATES, on="2022-05-06")
    other = opened(case.partnership, road=template("any"))
    do(other, "draft", "2022-05-06")
    key = do(other, "signing", "2022-06-07", scope=("kota cerdas", "ketahanan bencana")).paper
    assert why(lambda: do(case, "signing", "2022-06-07", known="instrument:999")) == "known: unknown"
    assert why(lambda: do(case, "signing", "2022-06-07", known=key)) == "R2 scope:ketahanan bencana"
    papers = Instrument.objects.count()
    do(case, "signing", "2022-06-07", known=key, clearance="Surat DPRD 12/2022")
    assert (now(case).paper, Instrument.objects.count()) == (key, papers)


def test_what_is_planned_may_change_until_the_signature_and_the_journal_keeps_what_was_before(case: Case) -> None:
    def anew(*scope: str, **given: Any) -> Case:
        return actions.plan_anew(
            now(case), by=SYSTEM, seen=now(case).version, subject=case.subject, scope=scope, **given
        )

    assert why(lambda: anew("kantor perwakilan di Nanning")) == "R7 office_abroad:kantor perwakilan di Nanning"
    assert why(lambda: anew("kebudayaan", planned_term="lama")) == "planned_term: unread_length"
    assert anew("kebudayaan", "pariwisata", planned_term="P5Y").scope_items == ["kebudayaan", "pariwisata"]
    version = now(case).version
    assert anew("kebudayaan", "pariwisata", planned_term="P5Y").version == version  # nothing changed
    told = Entry.objects.get(verb="case.planned_anew").facts
    assert (told["change"], told["before"]) == (
        "kota cerdas, kebudayaan → kebudayaan, pariwisata; – → P5Y",
        {"scope": "kota cerdas\nkebudayaan", "planned_term": ""},
    )
    walk(case, *TO_COUNCIL, *GATES, "signing", on="2021-02-03")
    assert why(lambda: anew("kebudayaan")).endswith("is running")


@pytest.mark.parametrize("rule", ["no_relations", "office_abroad:Haifa", "marriage"])
def test_a_bar_and_a_rule_nobody_knows_are_not_set_aside(case: Case, rule: str) -> None:
    told = why(lambda: actions.set_aside(case, by=SYSTEM, rule=rule, reason="x", seen=case.version))
    assert (told, case.overrides.count()) == ("rule: unknown", 0)


def test_a_case_goes_on_in_the_file_its_own_was_joined_to(bandung: Office, case: Case) -> None:
    kept = file(bandung, kind="friendship")
    actions.set_aside(case, by=SYSTEM, rule="transfer_plan", reason="Nothing is handed over.", seen=case.version)
    merge_files(case.partnership, into=kept, by=SYSTEM, reason="Opened twice")
    assert list(cases.of_partnership(kept.pk, office_id=bandung.pk)) == [case]
    assert [row.rule for row in cases.set_aside_in(kept.pk, office_id=bandung.pk)] == ["transfer_plan"]
    assert cases.case(case.pk, office_id=bandung.pk).partnership == kept
    walk(case, *TO_COUNCIL, on="2020-03", scope=("kota cerdas",))
    assert now(case).partnership == kept
    assert {row.partnership for row in Approval.objects.select_related("partnership")} == {kept}

"""Each rule of the road with its own test; plain values, no database."""

from datetime import date

import pytest

from kembar.lib.dates import parse_edtf
from kembar.procedure import rules, shipped
from kembar.procedure.rules import Hindrance, Run, Term

ROAD = shipped.templates()["id-ksdpl@1"]
TODAY = date(2026, 11, 21)
ALL = set(ROAD.required_approvals)


def runs(*codes: str, on: str = "2025-01-02") -> list[Run]:
    return [Run(code, "done", parse_edtf(on)) for code in codes]


def test_a_new_case_lies_at_the_first_step_since_it_was_opened() -> None:
    at = rules.position(ROAD, [], opened=parse_edtf("2025-01-01"))
    assert (at.stage, at.step and at.step.code, at.since) == ("", "initiative", parse_edtf("2025-01-01"))


def test_two_steps_may_be_open_side_by_side_and_the_optional_one_holds_nothing_up() -> None:
    done = runs("initiative", "exploration", "letter_of_intent", "cooperation_plan")
    at = rules.position(ROAD, done, opened=parse_edtf("2025"))
    assert [step.code for step in at.open] == ["team_recommendation", "council_commission"]
    assert (at.stage, at.step and at.step.holder) == ("plan_ready", "council")


def test_a_step_sent_back_lies_there_since_that_day() -> None:
    done = [*runs("initiative"), Run("exploration", "returned", parse_edtf("2025-03-01"))]
    at = rules.position(ROAD, done, opened=parse_edtf("2025-01-01"))
    assert (at.step and at.step.code, at.since) == ("exploration", parse_edtf("2025-03-01"))


@pytest.mark.parametrize(
    ("on", "before", "fault"),
    [
        ("2026-11-22", [], "in_future"),
        ("2026-11-21", ["2026-11-21"], ""),
        ("2024-05-04", ["2024-05-05"], "before_predecessor"),
        ("2024", ["2024-05-05"], ""),
        ("2026", ["2026-01-05"], ""),
        ("2023", ["2024-05-05"], "before_predecessor"),
    ],
)
def test_only_a_day_that_is_certainly_wrong_is_refused(on: str, before: list[str], fault: str) -> None:
    assert rules.date_fault(parse_edtf(on), before=[parse_edtf(one) for one in before], today=TODAY) == fault


def test_r1_no_paper_before_the_council() -> None:
    assert rules.missing_approvals(ROAD, recorded=ALL - {"council_plenary"}) == [Hindrance("R1", "council_plenary")]
    assert rules.missing_approvals(ROAD, recorded=ALL) == []


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        ("council_plenary", True),
        ("transfer_plan", True),
        ("scope:ketahanan bencana", True),
        ("scope:", False),
        ("scope", False),
        ("no_relations", False),
        ("office_abroad:Nanning", False),
        ("partner_council", False),  # an approval, but not one this road asks for
        ("", False),
    ],
)
def test_only_a_rule_that_exists_and_is_no_bar_is_set_aside(rule: str, may: bool) -> None:
    assert rules.may_be_set_aside(rule, approvals=ROAD.required_approvals) is may


def test_r2_what_was_signed_and_not_approved_is_named_item_by_item() -> None:
    approved = ["smart city", "child-friendly city", "startups"]
    signed = ["smart city", "liveable city", "resilience"]
    assert rules.uncleared(approved, signed, cleared=[]) == ["liveable city", "resilience"]
    assert rules.uncleared(approved, signed, cleared=["resilience"]) == ["liveable city"]
    assert rules.uncleared([], signed, cleared=[]) == []


@pytest.mark.parametrize(
    ("kind", "headline", "sister"),
    [("sister", "in_force", True), ("sister", "loi", False), ("sister", "council_approved", False),
     ("thematic", "in_force", False)],
)  # fmt: skip
def test_r3_an_intent_is_not_a_sister_city(kind: str, headline: str, sister: bool) -> None:
    assert rules.may_be_called_sister(kind, headline) is sister


@pytest.mark.parametrize(
    ("country", "found"),
    [("IL", Hindrance("R4", "no_relations", bar=True)), ("TW", Hindrance("R4", "ask_ministry")), ("KR", None)],
)
def test_r4_without_diplomatic_relations_there_is_no_tie(country: str, found: Hindrance | None) -> None:
    assert rules.relation_hindrance(country, relations=ROAD.relations) == found


def test_r5_a_city_and_a_province_are_not_of_one_level() -> None:
    assert [rules.level_differs(*pair) for pair in ((2, 1), (2, 2), (2, None))] == [True, False, False]


def test_r6_science_asks_for_a_plan_to_pass_it_on() -> None:
    assert rules.needs_transfer_plan(["science"], [])
    assert rules.needs_transfer_plan([], ["Alih teknologi pengolahan sampah"])
    assert not rules.needs_transfer_plan(["culture"], ["pertukaran pelajar"])


def test_r7_an_office_abroad_is_no_object() -> None:
    assert rules.barred_items(["kebudayaan", "pembukaan kantor perwakilan di Daegu"]) == [
        "pembukaan kantor perwakilan di Daegu"
    ]


MAYOR = "Wali Kota"
YANA = Term("Yana Mulyana", MAYOR, parse_edtf("2022-04-18"), parse_edtf("2023-04-14"))
CARETAKER = Term("Bambang Tirtoyuliono", MAYOR, parse_edtf("2023-09-20"), None)
SECRETARY = Term("Ema Sumarna", "Sekretaris Daerah", parse_edtf("2023-04-15"), None)


@pytest.mark.parametrize(
    ("signatory", "terms", "on", "fault"),
    [
        ("Yana Mulyana", [YANA], "2023-04-10", ""),
        ("Yana Mulyana", [YANA, CARETAKER], "2024-04-24", "void"),
        ("bambang  tirtoyuliono", [YANA, CARETAKER], "2024-04-24", ""),
        ("Bambang Tirtoyuliono", [YANA, CARETAKER, Term("Farhan", MAYOR, parse_edtf("2025-02-20"), None)],
         "2025-03-01", "void"),
        ("Bambang Tirtoyuliono", [CARETAKER, SECRETARY], "2025-03-01", ""),
        ("Somebody Unknown", [YANA, CARETAKER], "2024-04-24", ""),
        ("  ", [YANA], "2023-04-10", "unnamed"),
    ],
)  # fmt: skip
def test_r8_full_powers_fall_with_the_person_they_name(signatory: str, terms: list[Term], on: str, fault: str) -> None:
    assert rules.full_powers_fault(signatory, day=parse_edtf(on), terms=terms) == fault


def test_r9_after_the_signature_comes_the_deposit_and_the_copies() -> None:
    assert rules.after_signing(ROAD, done=[]) == ["deposit", "certified_copies"]
    assert rules.after_signing(ROAD, done=["deposit", "certified_copies"]) == []


def test_r10_what_happened_after_the_end_is_outside() -> None:
    papers = [(parse_edtf("2015"), parse_edtf("2020"))]
    outside = [rules.is_outside(parse_edtf(on), papers=papers) for on in ("2023-03", "2018", "2014")]
    assert outside == [True, False, False]
    assert not rules.is_outside(parse_edtf("2023-03"), papers=[(parse_edtf("2015"), None)])


def test_r11_a_renewal_begins_two_years_before_the_end_and_is_not_forgotten_later() -> None:
    ends = parse_edtf("2028-04-24")
    due = [rules.renewal_is_due(ends, today=on) for on in (date(2026, 4, 23), date(2026, 4, 24), date(2030, 1, 1))]
    assert due == [False, True, True]
    assert not rules.renewal_is_due(None, today=TODAY)


@pytest.mark.parametrize(
    ("today", "alert"),
    [
        (date(2026, 4, 23), 0),
        (date(2026, 4, 24), 24),
        (date(2026, 11, 21), 18),
        (date(2027, 12, 1), 6),
        (date(2028, 4, 1), 1),
        (date(2028, 4, 25), 0),
    ],
)
def test_r11_alerts_come_at_24_18_12_6_3_and_1_months(today: date, alert: int) -> None:
    assert rules.alert_of(parse_edtf("2028-04-24"), today=today) == alert


def test_r12_running_work_goes_on_where_the_clause_says_so() -> None:
    assert [rules.running_work_goes_on(clause) for clause in ("continue", "stop", "")] == [True, False, None]


def test_r18_an_indonesian_text_and_a_prevailing_one_no_machine_translation() -> None:
    assert rules.language_faults(["en", "ko"], prevailing="en") == ["indonesian_missing"]
    assert rules.language_faults(["id", "en"], prevailing="") == ["prevailing_missing"]
    assert rules.language_faults(["id", "en"], prevailing="en", machine=["en"]) == ["machine_is_authentic"]
    assert rules.language_faults(["id"], prevailing="") == []


def test_r19_r20_a_report_needs_a_source_and_may_lack_a_day() -> None:
    assert rules.report_faults(day=None, source="Kantor Urusan Luar Negeri Guangxi") == []
    assert rules.report_faults(day=parse_edtf("2024-11-06"), source=" ") == ["source_missing"]


@pytest.mark.parametrize(("letter", "age"), [("2017-03-23", 24), ("2026-05-21", 6), ("2026-05-22", 0), ("2025-10", 12)])
def test_a_letter_of_intent_grows_stale(letter: str, age: int) -> None:
    assert rules.letter_age(parse_edtf(letter), today=TODAY) == age


def test_typical_time_says_from_how_few() -> None:
    assert rules.typical([1420, 881]) == rules.Typical(2, 1151, 881, 1420)
    assert rules.typical([391]) == rules.Typical(1, 391, 391, 391)
    assert rules.typical([]) is None


def test_a_forecast_adds_what_is_still_to_go() -> None:
    found = rules.forecast([(date(2025, 3, 25), [391])], today=date(2025, 6, 1))
    assert (found.day, found.count) == (date(2026, 4, 20), 1)
    both = rules.forecast([(date(2025, 3, 25), [1420, 881]), (date(2025, 3, 25), [391])], today=date(2025, 6, 1))
    assert (both.earliest, both.day, both.latest, both.count) == (
        date(2028, 9, 17),
        date(2029, 6, 14),
        date(2030, 3, 10),
        1,
    )


def test_who_waits_longer_than_anybody_before_gets_no_invented_day() -> None:
    found = rules.forecast([(date(2025, 3, 25), [391])], today=TODAY)
    assert (found.day, found.longer_than_all) == (None, True)
    assert rules.forecast([(date(2025, 3, 25), [])], today=TODAY).day is None


def test_of_a_leg_that_runs_only_longer_ones_say_anything() -> None:
    found = rules.forecast([(date(2022, 10, 26), [1420, 881])], today=date(2025, 6, 1))
    assert (found.day, found.count) == (date(2026, 9, 15), 1)


def test_every_requirement_is_asked_until_somebody_looked() -> None:
    assert rules.checks_open({"relations": "met", "people": "not_met"}, needed=["relations", "people", "own"]) == [
        "people",
        "own",
    ]

"""The legal state of a partnership, rule by rule, for chosen days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kembar.agreements import rules
from kembar.agreements.rules import Approved, File, Happening, Paper
from kembar.lib.dates import parse_edtf

MOU = "memorandum_of_understanding"


def paper(number: int, kind: str, concluded: str, **more: object) -> Paper:
    dates = {name: parse_edtf(str(more.pop(name))) for name in ("ends", "lapsed") if name in more}
    return Paper(id=number, kind=kind, concluded=parse_edtf(concluded) if concluded else None, **dates, **more)


def event(day: str, *, exploring: bool = False) -> Happening:
    return Happening(date=parse_edtf(day), exploring=exploring)


def state(file: File, day: str) -> rules.LegalState:
    found = rules.state_on(file, date.fromisoformat(day))
    assert found is not None
    return found


def test_a_file_without_papers_or_events_is_unverified() -> None:
    assert state(File("sister"), "2026-11-01").headline == "unverified"


def test_a_partner_is_not_listed_before_its_first_claim() -> None:
    assert rules.state_on(File("sister", listed_from=date(2025, 3, 25)), date(2025, 3, 24)) is None


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        ("2017-08-30", "unverified"),  # August 2017 is certainly over only with its last day
        ("2017-08-31", "loi"),
        ("2040-01-01", "loi"),  # a letter lapses only by decision
    ],
)
def test_a_letter_known_to_the_month_counts_from_the_end_of_the_month(day: str, headline: str) -> None:
    file = File("sister", papers=(paper(1, "letter_of_intent", "2017-08"),))
    assert state(file, day).headline == headline


def test_a_letter_that_lapsed_by_decision_no_longer_makes_a_headline() -> None:
    file = File(
        "sister",
        papers=(paper(1, "letter_of_intent", "2017-08", lapsed="2020-01-01"),),
        events=(event("2016-05-01", exploring=True),),
    )
    assert [state(file, "2019-12-31").headline, state(file, "2020-01-01").headline] == ["loi", "exploring"]


def test_a_letter_of_intent_is_never_a_sister_city() -> None:
    file = File("sister", papers=(paper(1, "letter_of_intent", "2025-03-25"),))
    assert state(file, "2026-01-01").sister_city is False


def test_a_thematic_memorandum_in_force_is_never_a_sister_city() -> None:
    file = File("thematic", papers=(paper(1, "thematic_memorandum", "2016-02-18"),))
    found = state(file, "2026-01-01")
    assert (found.headline, found.sister_city) == ("in_force", False)


@pytest.mark.parametrize(
    ("day", "headline", "until"),
    [
        ("2024-04-24", "in_force", "[..2028-04-24]"),
        ("2028-04-24", "in_force", "[..2028-04-24]"),
        ("2028-04-25", "expired", "[..2028-04-24]"),
    ],
)
def test_a_paper_is_in_force_up_to_and_with_its_last_day(day: str, headline: str, until: str) -> None:
    ends = rules.end_of_term(parse_edtf("[..2024-04-24]"), "P4Y")
    file = File("sister", papers=(Paper(id=1, kind=MOU, concluded=parse_edtf("[..2024-04-24]"), ends=ends),))
    found = state(file, day)
    assert found.until is not None
    assert (found.headline, found.until.edtf) == (headline, until)


def test_a_paper_without_a_known_end_stays_in_force_with_its_end_not_known() -> None:
    found = state(File("sister", papers=(paper(1, MOU, "1990-04-02"),)), "2026-11-01")
    assert (found.headline, found.until) == ("in_force", None)


def test_an_open_claim_to_a_paper_makes_no_headline() -> None:
    file = File("sister", papers=(paper(1, MOU, "2017-10-09", accepted=False),))
    assert state(file, "2026-11-01").headline == "unverified"


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        ("2021-01-01", "expired"),
        ("2023-03-01", "expired_active"),
        ("2023-03-15", "expired_active"),
        ("2025-03-31", "expired_active"),
        ("2025-04-01", "expired"),
    ],
)
def test_an_expired_paper_is_still_active_for_24_months_after_an_event(day: str, headline: str) -> None:
    file = File("sister", papers=(paper(1, MOU, "2015", ends="2020"),), events=(event("2023-03"),))
    assert state(file, day).headline == headline


def test_a_superseded_paper_gives_way_and_since_stays_with_the_first() -> None:
    file = File(
        "thematic",
        papers=(
            paper(1, "thematic_memorandum", "2016-02-18"),
            paper(2, "thematic_memorandum", "2020-02-06", supersedes_id=1, ends="2024-02-06"),
        ),
    )
    before, after = state(file, "2021-01-01"), state(file, "2025-01-01")
    assert (before.headline, before.since.date_text, after.headline) == ("in_force", "2016-02-18", "expired")


def test_an_extension_carries_the_paper_it_extends() -> None:
    file = File(
        "sister",
        papers=(paper(1, MOU, "2019-06-26"), paper(2, "extension", "2025-08-11", parent_id=1, ends="2030-08-11")),
    )
    day = date(2026, 1, 1)
    assert [rules.paper_state(p, file, day) for p in file.papers] == ["extended", "in_force"]
    assert state(file, "2030-08-12").headline == "expired"


def test_a_notice_for_the_whole_partnership_ends_it_until_a_newer_paper() -> None:
    notice = paper(2, "termination_notice", "2020-01-01")
    file = File("sister", papers=(paper(1, MOU, "2010-01-01"), notice))
    again = File("sister", papers=(*file.papers, paper(3, MOU, "2024-01-01")))
    assert [state(file, "2021-01-01").headline, state(again, "2024-01-01").headline] == ["ended", "in_force"]


def test_a_notice_on_one_paper_leaves_another_in_force() -> None:
    notice = paper(3, "termination_notice", "2020-01-01", parent_id=1)
    file = File("sister", papers=(paper(1, MOU, "2010-01-01"), paper(2, MOU, "2012-01-01"), notice))
    only = File("sister", papers=(file.papers[0], notice))
    assert [state(file, "2021-01-01").headline, state(only, "2021-01-01").headline] == ["in_force", "ended"]


def test_a_council_approval_stands_above_a_letter_and_below_a_paper() -> None:
    letter = paper(1, "letter_of_intent", "2022-10-26")
    file = File("sister", papers=(letter,), approvals=(Approved("council_plenary", parse_edtf("2025-03-25")),))
    signed = File("sister", papers=(letter, paper(2, MOU, "2026-01-01")), approvals=file.approvals)
    days = ["2025-03-24", "2025-03-25"]
    assert [state(file, day).headline for day in days] == ["loi", "council_approved"]
    assert state(signed, "2026-01-01").headline == "in_force"


def test_a_commission_meeting_is_not_an_approval() -> None:
    file = File("sister", approvals=(Approved("council_commission", parse_edtf("2024-11-11")),))
    assert state(file, "2025-01-01").headline == "unverified"


@pytest.mark.parametrize(
    ("day", "activity"),
    [("2019-01-31", "not_known"), ("2019-02-01", "active"), ("2020-02-01", "active"), ("2020-02-02", "quiet"),
     ("2021-02-01", "quiet"), ("2021-02-02", "dormant")],
)  # fmt: skip
def test_activity_fades_after_12_and_24_months(day: str, activity: str) -> None:
    assert rules.activity_on(File("sister", events=(event("2019-02-01"),)), date.fromisoformat(day)) == activity


@pytest.mark.parametrize(
    ("paper_", "expected"),
    [
        (paper(1, MOU, ""), "drafting"),
        (paper(1, MOU, "", parties_signed=1), "partially_signed"),
        (paper(1, MOU, "2020-01-01"), "in_force"),
        (paper(1, "letter_of_intent", "2020-01-01"), "signed"),
        (paper(1, MOU, "2020-01-01", accepted=False), "unverified"),
        (paper(1, MOU, "2020-01-01", ends="2021-01-01"), "expired"),
        (paper(1, "letter_of_intent", "2020-01-01", lapsed="2022-01-01"), "lapsed_unconcluded"),
    ],
)
def test_the_state_of_a_paper_follows_from_its_dates(paper_: Paper, expected: str) -> None:
    assert rules.paper_state(paper_, File("sister", papers=(paper_,)), date(2026, 1, 1)) == expected


DATES = st.sampled_from(["2015", "2016-02-18", "2017-08", "[..2019-04-24]", "2018~", "2014-12-19", "2020-02-29"])
KINDS = st.sampled_from(["letter_of_intent", MOU, "thematic_memorandum", "extension", "termination_notice"])


@st.composite
def files(draw: st.DrawFn) -> File:
    papers = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        older = st.none() | st.integers(1, number - 1) if number > 1 else st.none()
        ends = draw(st.none() | DATES)
        papers.append(
            Paper(
                id=number, kind=draw(KINDS), accepted=draw(st.booleans()), concluded=parse_edtf(draw(DATES)),
                ends=parse_edtf(ends) if ends else None, parent_id=draw(older), supersedes_id=draw(older),
            )
        )  # fmt: skip
    events = tuple(event(draw(DATES), exploring=draw(st.booleans())) for _ in range(draw(st.integers(0, 3))))
    approvals = tuple(Approved("council_plenary", parse_edtf(day)) for day in draw(st.lists(DATES, max_size=2)))
    listed = draw(st.none() | st.dates(date(2013, 1, 1), date(2018, 1, 1)))
    return File(draw(st.sampled_from(["sister", "thematic"])), tuple(papers), approvals, events, listed)


@given(files(), st.dates(date(2012, 1, 1), date(2026, 1, 1)))
def test_the_kept_runs_answer_every_day_as_the_rules_do(file: File, day: date) -> None:
    lying_in = [s for s in rules.spans(file) if s.starts <= day and (s.ends is None or day < s.ends)]
    assert [span.state for span in lying_in] == [s for s in [rules.state_on(file, day)] if s is not None]


def test_scopes_are_compared_item_by_item() -> None:
    approved = ["smart city", "economy", "human-resource capacity", "child-friendly city", "startup"]
    signed = ["smart city", "economy and trade", "higher education and capacity", "liveable city", "resilience"]
    found = rules.scope_difference(approved, signed)
    assert found.dropped == ("child-friendly city", "startup")
    assert found.added == ("liveable city", "resilience")
    assert dict(found.kept)["economy"] == "economy and trade"


@pytest.mark.parametrize(
    ("links", "circle"),
    [({1: None, 2: None}, False), ({1: 2, 2: None}, True), ({1: 3, 3: 2, 2: None}, True), ({3: 1}, False)],
)
def test_a_circle_of_supersessions_is_seen(links: dict[int, int | None], circle: bool) -> None:
    assert rules.would_circle(2, 1, links) is circle

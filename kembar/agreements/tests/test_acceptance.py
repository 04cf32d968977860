"""Bandung's real partners: every expected headline, date and lead time, through the import and the queries."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kembar.access.permissions import SYSTEM
from kembar.agreements import queries
from kembar.agreements.actions import decide_claim, import_claims
from kembar.cities.models import Office
from kembar.demo import stages
from kembar.partnerships.models import Partnership
from kembar.public.lines import leg_lines, partnership_lines
from kembar.sources.models import Claim

DATA = Path(__file__).parent / "data"
DAYS = ("2023-03-15", "2025-03-26", "2026-11-01")
# In March 2025 it cannot be said whether the interns of March 2023 came less than 24 months before.
NOT_STATED = {("Petaling Jaya", "2025-03-26")}

pytestmark = pytest.mark.django_db


def expected() -> list[dict[str, str]]:
    with (DATA / "acceptance.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("day", DAYS)
def test_every_partner_has_its_headline(story: Office, day: str) -> None:
    found = {line["partner"]: line["headline"] for line in partnership_lines(story, on=date.fromisoformat(day))}
    wanted = {row["partner"]: row[f"headline_{day}"] for row in expected() if (row["partner"], day) not in NOT_STATED}
    assert {partner: found.get(partner, "") for partner in wanted} == wanted


def test_since_and_its_precision_are_those_of_the_first_paper(story: Office) -> None:
    found = {
        line["partner"]: (
            line["since"] or "",
            line["since_precision"],
            line["sister_city"],
            line["country"],
            line["kind"],
        )
        for line in partnership_lines(story, on=date(2026, 11, 1))
    }
    wanted = {
        row["partner"]: (row["since"], row["since_precision"], row["sister_city_2026-11-01"] == "true", row["country"],
                         row["kind"])
        for row in expected()
    }  # fmt: skip
    assert found == wanted


def test_melbourne_counts_from_its_letter_while_that_is_all_there_is(story: Office) -> None:
    found = {line["partner"]: line["since"] for line in partnership_lines(story, on=date(2023, 3, 15))}
    assert found["Melbourne"] == "2019-05-10"


def test_every_lead_time_comes_out(story: Office) -> None:
    with (DATA / "lead_times.csv").open(encoding="utf-8") as lines:
        wanted = [{**row, "days": int(row["days"])} for row in csv.DictReader(lines)]
    found = list(leg_lines(story))
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_the_same_file_twice_changes_nothing(story: Office) -> None:
    before = list(Claim.objects.order_by("id").values())
    text = (stages.DATA / "bandung-claims.csv").read_text(encoding="utf-8")
    done = import_claims(text, by=SYSTEM, office=story)
    assert done.new == 0
    assert list(Claim.objects.order_by("id").values()) == before


def suwon(office: Office) -> Partnership:
    return Partnership.objects.get(office=office, slug="suwon")


def test_deciding_between_two_days_makes_the_record_exact(story: Office) -> None:
    first, second = Claim.objects.filter(about=suwon(story).key, attribute="concluded").order_by("date_earliest")
    decide_claim(first, by=SYSTEM, decision="accepted", reason="the partner's own page")
    decide_claim(second, by=SYSTEM, decision="rejected", reason="a blog, two days off")
    state = queries.state_of(suwon(story), on=date(2026, 11, 1))
    assert state is not None
    assert state.since is not None
    assert state.since.edtf == "1997-08-25"


def test_rejecting_what_a_paper_rests_on_takes_it_out_of_the_record(story: Office) -> None:
    for claim in Claim.objects.filter(about=suwon(story).key, attribute="concluded"):
        decide_claim(claim, by=SYSTEM, decision="rejected", reason="no paper was found")
    state = queries.state_of(suwon(story), on=date(2026, 11, 1))
    assert state is not None
    assert state.headline == "unverified"


def test_melbournes_scope_differs_between_approval_and_signature(story: Office) -> None:
    file = Partnership.objects.get(office=story, slug="melbourne")
    sheet = queries.sheet(file, on=date(2026, 11, 1))
    difference = sheet.approvals[0].difference
    assert difference is not None
    assert difference.dropped == ("child-friendly city", "startup")
    assert difference.added == ("liveable city", "resilience")


def test_hamamatsu_shows_the_gap_an_assumed_term_would_leave(story: Office) -> None:
    file = Partnership.objects.get(office=story, slug="hamamatsu")
    gaps = [paper.gap for paper in queries.sheet(file, on=date(2026, 11, 1)).papers if paper.gap]
    assert [(gap.assumed_end.edtf, gap.next_concluded.edtf) for gap in gaps] == [("2024-06-26", "2025-08-11")]


def test_the_interns_of_petaling_jaya_stand_outside_an_instrument(story: Office) -> None:
    file = Partnership.objects.get(office=story, slug="petaling-jaya")
    outside = [event.title for event, alone in queries.sheet(file, on=date(2026, 11, 1)).events if alone]
    assert outside == ["four PJ officers intern in Bandung"]

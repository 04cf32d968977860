"""Bringing in a version: checked, kept beside the old one, and for administrators alone."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.journal.models import Entry
from kembar.procedure.actions import TemplateRefused, bring_in
from kembar.procedure.models import TemplateVersion
from kembar.procedure.queries import counterpart_for, newest, road_for, template, text_of, versions
from kembar.procedure.tests.test_template import SMALL
from tests.personas import sari

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def refused(text: str) -> list[str]:
    with pytest.raises(TemplateRefused) as told:
        bring_in(text, by=SYSTEM)
    return [str(fault) for fault in told.value.faults]


def test_a_new_version_stands_beside_the_old_one() -> None:
    bring_in(SMALL, by=SYSTEM)
    bring_in(SMALL.replace("version = 1", "version = 2").replace("Kecil", "Lebih kecil"), by=SYSTEM)
    assert [(one.version, one.name("id")) for one in versions("id-small")] == [(2, "Lebih kecil"), (1, "Kecil")]
    assert [template("id-small").version, template("id-small", version=1).version] == [2, 1]
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["template.brought_in"] * 2


def test_what_was_taken_out_comes_in_again_as_the_next_version() -> None:
    text = text_of("id-ksdpl@1")
    assert refused(text) == ["version: 1: version_taken"]
    bring_in(text.replace("version = 1", "version = 2", 1), by=SYSTEM)
    assert [one.version for one in versions("id-ksdpl")] == [2, 1]
    assert template("id-ksdpl-extension").steps[0].code == "cooperation_plan"


def test_nothing_of_a_wrong_text_is_kept() -> None:
    assert refused(SMALL.replace("no = 2", "")) == ["step signing: no: missing"]
    assert refused(SMALL.replace("id-small", "partner-cn").replace("version = 1", "version = 9")) == [
        "side: own: other_side"
    ]
    assert TemplateVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "signing"', 'code = "tanda_tangan"', "step tanda_tangan: code signing: other_code"),
        (
            'reaches = "drafting"',
            'records = "approval:council_plenary"',
            "step draft: code council_plenary: other_code",
        ),
        ('code = "draft"', 'code = "full_powers"', "step full_powers: records approval:full_powers: other_record"),
        ('code = "draft"', 'code = "deposit"', "step deposit: reaches deposited: other_record"),
    ],
)
def test_a_step_that_forecasts_and_papers_go_by_keeps_its_code(old: str, new: str, told: str) -> None:
    assert refused(SMALL.replace(old, new)) == [told]


def test_every_version_that_comes_with_the_product_keeps_these_codes() -> None:
    assert [fault for one in newest() for fault in one.code_faults()] == []


def test_an_officer_may_not_change_the_law() -> None:
    with pytest.raises(NotAllowed):
        bring_in(SMALL, by=sari(office_id=1))


@pytest.mark.parametrize(
    ("kind", "partner", "country", "on", "road"),
    [
        ("new_tie", "sister", "ID", DAY, "id-ksdpl@1"),
        ("new_tie", "institution", "ID", DAY, "id-ksdll@1"),
        ("extension", "sister", "ID", DAY, "id-ksdpl-extension@1"),
        ("amendment", "thematic", "ID", DAY, "id-ksdpl-extension@1"),
        ("implementing_arrangement", "sister", "ID", DAY, "id-arrangement@1"),
        ("termination", "network", "ID", DAY, "id-termination@1"),
        ("new_tie", "sister", "KR", DAY, "any@1"),
        ("new_tie", "sister", "ID", date(1997, 1, 1), "any@1"),
    ],
)
def test_a_case_runs_the_road_of_its_country_kind_and_day(
    kind: str, partner: str, country: str, on: date, road: str
) -> None:
    assert road_for(kind, partner_kind=partner, country=country, on=on).key == road


def test_a_country_nobody_described_says_so() -> None:
    assert [counterpart_for(country).key for country in ("CN", "KR", "EC")] == [
        "partner-cn@1",
        "partner-kr@1",
        "partner-any@1",
    ]
    assert [one.key for one in newest()][:2] == ["id-1993@1", "id-arrangement@1"]


def test_a_new_case_takes_the_version_in_force_on_its_day() -> None:
    following = text_of("id-ksdpl@1").replace("version = 1", "version = 2", 1)
    bring_in(following.replace('valid_from = "2020-05-22"', 'valid_from = "2027-01-01"', 1), by=SYSTEM)
    keys = [
        road_for("new_tie", partner_kind="sister", country="ID", on=on).key
        for on in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert keys == ["id-ksdpl@1", "id-ksdpl@2"]


def test_an_offices_own_template_goes_before_an_older_one_of_another_name() -> None:
    bring_in(SMALL.replace("version = 1", 'version = 1\nvalid_from = "2024-01-01"').replace("id-small", "bdg-own"),
             by=SYSTEM)  # fmt: skip
    assert road_for("new_tie", partner_kind="sister", country="ID", on=DAY).key == "bdg-own@1"


def test_a_folder_of_templates_comes_in_as_one_or_not_at_all(tmp_path: Path) -> None:
    own = SMALL.replace("id-small", "bdg-own")
    (tmp_path / "a-longer.toml").write_text(
        own.split("[holders]")[0].replace("bdg-own", "bdg-longer").replace(
            "version = 1", 'version = 1\nsteps_of = "bdg-own@1"'))  # fmt: skip
    (tmp_path / "own.toml").write_text(own)
    (tmp_path / "wrong.toml").write_text(SMALL.replace("no = 2", ""))
    with pytest.raises(CommandError) as told:
        call_command("bring_in_procedures", tmp_path)
    assert str(told.value) == "nothing was brought in:\n  wrong.toml: Line 19: step signing: no: is missing"
    assert TemplateVersion.objects.count() == 0
    (tmp_path / "wrong.toml").unlink()
    said = StringIO()
    call_command("bring_in_procedures", tmp_path, stdout=said)
    call_command("bring_in_procedures", tmp_path / "own.toml", stdout=said)
    assert said.getvalue().splitlines() == [
        "own.toml: bdg-own@1",
        "a-longer.toml: bdg-longer@1",
        "own.toml: known already",
    ]

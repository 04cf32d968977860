"""Procedure templates at the desk: read, printed, taken out and brought in."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import Actor, Role
from kembar.cities.models import Office
from kembar.procedure.models import TemplateVersion
from kembar.procedure.shipped import templates
from kembar.procedure.tests.test_template import SMALL
from tests.personas import sari

pytestmark = pytest.mark.django_db
TEMPLATE = {"code": "id-ksdpl", "version": 1}


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


@pytest.fixture
def administrator(story: Office, as_person: Callable[[Actor], None]) -> Office:
    as_person(Actor(person_id=9, label="Adi", roles={story.pk: frozenset({Role.ADMINISTRATOR})}))
    return story


def test_the_list_names_every_template_and_whose_side_it_is_for(bandung: Office, client: Client) -> None:
    rows = client.get("/en" + desk("procedures")).context["rows"]
    assert [(row.key, row.side) for row in rows] == [
        ("id-1993@1", "own"), ("id-arrangement@1", "own"), ("id-ksdll@1", "own"), ("id-ksdpl@1", "own"),
        ("id-ksdpl-extension@1", "own"), ("id-termination@1", "own"), ("any@1", "own"), ("partner-cn@1", "partner"),
        ("partner-de@1", "partner"), ("partner-jp@1", "partner"), ("partner-kr@1", "partner"),
        ("partner-us@1", "partner"), ("partner-any@1", "partner"),
    ]  # fmt: skip


def test_a_template_says_of_every_step_who_holds_it_on_which_law_and_that_no_deadline_is_known(
    bandung: Office, client: Client
) -> None:
    sheet = client.get("/en" + desk("procedure", **TEMPLATE)).context["sheet"]
    plenary = next(step for step in sheet.steps if step.code == "council_plenary")
    assert (plenary.holder, plenary.law, plenary.deadline, plenary.certainty) == (
        "Council (DPRD)",
        "UU 24/2000 Pasal 5; PP 28/2018 Pasal 30 ayat (1) dan (2)".partition("; ")[2],
        "not known",
        "read in the source",
    )
    assert {step.deadline for step in sheet.steps} == {"not known"}
    assert [rule.rule for rule in sheet.basis if rule.dead] == ["Permendagri 3/2008"]
    assert [step.notes for step in sheet.steps if step.code in ("team_recommendation", "partner_response")] == [
        ("optional", "may run beside: Council commission"),
        ("optional", "the partner’s step: reported, not driven by us", "may run beside: Initialling"),
    ]


@pytest.mark.parametrize("key", sorted(templates()))
@pytest.mark.parametrize("language", ["", "/en", "/ko", "/zh"])
def test_every_template_has_its_page_in_every_language(
    key: str, language: str, bandung: Office, client: Client
) -> None:
    code, _, version = key.partition("@")
    page = client.get(language + desk("procedure", code=code, version=int(version)))
    assert (page.status_code, page.context["sheet"].template.key) == (200, key)


def test_a_template_is_taken_out_as_it_stands(bandung: Office, client: Client) -> None:
    answer = client.get(desk("procedure-text", **TEMPLATE))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="id-ksdpl-1.toml"'
    assert answer.content.decode().startswith("# Cooperation with a regional government abroad (KSDPL), Indonesia.")
    assert client.get(desk("procedure", code="id-ksdpl", version=9)).status_code == 404


def test_an_administrator_brings_in_a_version_by_file_or_by_text(administrator: Office, client: Client) -> None:
    address = desk("bring-in-template")
    file = SimpleUploadedFile("kecil.toml", SMALL.encode())
    assert client.post(address, {"file": file}).headers["Location"] == f"{address}?kept=id-small@1"
    second = SMALL.replace("version = 1", "version = 2")
    assert client.post(address, {"text": second}).headers["Location"] == f"{address}?kept=id-small@2"
    assert TemplateVersion.objects.count() == 2
    assert "id-small@2" in client.get(f"{address}?kept=id-small@2").content.decode()


def test_an_edit_begins_with_the_newest_version_under_the_next_number(administrator: Office, client: Client) -> None:
    address = desk("bring-in-template")
    text = client.get(f"{address}?of=id-ksdpl@1").context["form"]["text"].value()
    assert client.get(f"{address}?of=marriage@1").context["form"]["text"].value() == ""
    assert client.post(address, {"text": text.replace("Prakarsa", "Usulan")}).headers["Location"].endswith("id-ksdpl@2")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"text": SMALL.replace("no = 2", "")}, ["Line 19: step signing: no: is missing"]),
        ({"text": SMALL.replace('"ID"', '"Indonesia"')}, ["Line 5: country: cannot be read"]),
        ({"text": "   "}, []),
        ({"file": SimpleUploadedFile("a.toml", b"\xff\xfe\x00\x01")}, []),
    ],
)
def test_what_is_wrong_with_a_version_is_told_and_nothing_kept(
    sent: dict[str, object], told: list[str], administrator: Office, client: Client
) -> None:
    page = client.post("/en" + desk("bring-in-template"), sent)
    assert (page.context["faults"], bool(page.context["form"].errors)) == (told, not told)
    assert TemplateVersion.objects.count() == 0


def test_an_officer_reads_templates_and_changes_none(
    story: Office, as_person: Callable[[Actor], None], client: Client
) -> None:
    as_person(sari(office_id=story.pk))
    assert client.get(desk("procedures")).context["may_bring"] is False
    assert client.get(desk("bring-in-template")).status_code == 404
    assert client.post(desk("bring-in-template"), {"text": SMALL}).status_code == 404

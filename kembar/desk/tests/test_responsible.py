"""Who answers for a partner: named on its file, listed, proposed for its promises, missed when they leave."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import Actor, Role
from kembar.cities.models import Office
from kembar.partnerships.models import Partnership
from tests import members
from tests.personas import bu_ratna, pak_hadi, sari

pytestmark = pytest.mark.django_db
UNIT = "post:Dinas Pendidikan"


def desk(name: str, **parts: object) -> str:
    return "/en" + reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def listed(client: Client, whose: str) -> list[str]:
    return [row.slug for row in client.get(desk("partners") + f"?whose={whose}").context["rows"]]


def named(client: Client, **given: object) -> Client:
    address = desk("keepers", partner="suwon")
    opened = client.get(address).context["form"]["opened_with"].value()
    return client.post(address, {"opened_with": opened, **given})  # type: ignore[return-value]


def keepers() -> str:
    return Partnership.objects.get(slug="suwon").keepers


def test_who_answers_for_a_partner_is_found_in_the_list_and_proposed_for_its_promises(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    me = members.member("Sari", Role.OFFICER, office=bandung)
    as_person(replace(sari(office_id=bandung.pk), person_id=me.pk))
    nobody = len(listed(client, "nobody"))
    named(client, owner=f"account:{me.pk}", deputy_post="Dinas Pendidikan")
    assert keepers() == f"account:{me.pk}|{UNIT}"
    assert (listed(client, "mine"), listed(client, "left"), len(listed(client, "nobody"))) == (
        ["suwon"],
        [],
        nobody - 1,
    )
    form = client.get(desk("enter-commitment", partner="suwon")).context["form"]
    assert (form["owner"].value(), form["deputy_post"].value()) == (f"account:{me.pk}", "Dinas Pendidikan")
    own = client.get(desk("today") + "?whose=mine").context["counts"]
    assert [(count.number, count.href) for count in own if "partners" in count.href] == [
        (1, desk("partners") + "?whose=mine")
    ]


def test_the_head_is_told_of_a_partner_whose_owner_has_left(
    bandung: Office, suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    Partnership.objects.filter(pk=suwon.pk).update(owner="account:987654", deputy=UNIT)
    assert listed(client, "left") == ["suwon"]
    assert "name somebody new" in client.get(desk("partner", partner="suwon")).content.decode()
    assert client.get(desk("enter-commitment", partner="suwon")).context["form"]["owner"].value() is None
    as_person(bu_ratna(office_id=bandung.pk))
    left = client.get(desk("today")).context["left"]
    assert [(count.number, count.href) for count in left] == [(1, desk("partners") + "?whose=left")]


def test_what_cannot_be_is_told_beside_its_field_and_the_second_of_two_officers_loses_nothing(
    suwon: Partnership, client: Client
) -> None:
    assert named(client, deputy_post="Dinas").context["form"].errors == {"owner": ["This is needed."]}  # type: ignore[attr-defined]
    named(client, owner_post="Dinas Pendidikan")
    address = desk("keepers", partner="suwon")
    late = client.post(address, {"opened_with": "|", "owner_post": "Bappelitbang"})
    assert (late.context["done"].rows, keepers()) == ([("Owner", "Dinas Pendidikan", "Bappelitbang")], f"{UNIT}|")
    again = late.context["form"]
    client.post(address, {"opened_with": again["opened_with"].value(), "owner_post": again["owner_post"].value()})
    assert keepers() == "post:Bappelitbang|"


def test_readers_see_who_answers_and_change_nothing(
    suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    Partnership.objects.filter(pk=suwon.pk).update(owner=UNIT)
    as_person(pak_hadi(office_id=suwon.office_id))
    assert client.get(desk("partner", partner="suwon")).content.decode().count("Dinas Pendidikan") == 1
    assert client.post(desk("keepers", partner="suwon"), {"opened_with": f"{UNIT}|"}).status_code == 404

"""Renewals and stale letters of intent at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from kembar.cities.models import Office
from kembar.partnerships.queries import file
from kembar.procedure.models import LetterChoice

pytestmark = pytest.mark.django_db


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def test_what_ends_soon_and_what_went_stale_stand_on_one_page(bandung: Office, client: Client) -> None:
    page = client.get("/en" + desk("renewals"))
    assert [name for name, _ in page.context["endings"]] == ["Melbourne"]
    assert [name for name, one, _ in page.context["letters"] if one.months == 24][:3] == ["Seoul", "Toyota", "Cuenca"]


def test_a_stale_letter_is_parked_closed_or_revived_by_form(bandung: Office, client: Client) -> None:
    toyota = file("toyota", office_id=bandung.pk)
    address = desk("decide-letter", number=toyota.instruments.get().pk)
    page = client.post("/en" + address, {"choice": "park", "reason": "Menunggu anggaran"})
    assert page.context["form"].errors == {"until": ["This is needed."]}
    page = client.post("/en" + address, {"choice": "park", "reason": "Menunggu anggaran", "until": "2020"})
    assert page.context["form"].errors == {"until": ["Choose a day that is still to come."]}
    assert client.post(address, {"choice": "close", "reason": "Tidak dilanjutkan"}).status_code == 302
    revived = client.post(address, {"choice": "revive", "reason": "Kunjungan 2026"})
    assert revived.headers["Location"] == desk("open-case", partner="toyota")
    assert [row.choice for row in LetterChoice.objects.order_by("id")] == ["close", "revive"]
    assert client.get(desk("decide-letter", number=99999)).status_code == 404

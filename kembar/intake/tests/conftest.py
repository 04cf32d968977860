"""The sample register, with somebody of its office at the desk."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.intake.actions import Pasted, paste
from kembar.intake.models import Text
from kembar.intake.tests.desk import seat

ARTICLE = """BANDUNG – Wali Kota Bandung Muhammad Farhan dan Wali Kota Nanning menandatangani Letter of Intent (LoI) \
di Balai Kota Bandung, Selasa (25/3/2025).

Pemkot Bandung akan mengirim 20 pelajar ke Nanning pada 2026. Hubungi panitia di 0812-3456-7890."""


@pytest.fixture
def office(sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.get(slug="bandung")


@pytest.fixture
def text(office: Office) -> Text:
    return paste(
        Pasted(title="Bandung dan Nanning", body=ARTICLE, published=date(2025, 3, 26)), by=SYSTEM, office=office
    )


@pytest.fixture
def desk(client: Client, office: Office) -> Client:
    """Sari, the officer, at her desk."""
    return seat(client, "Sari", office)

"""A visitor asks for a correction of a promise; the desk sees which promise, answers, and the visitor reads it."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.partnerships.models import Partnership
from kembar.public.tests.test_promises import PAGE, accepted
from kembar.sources.models import Report
from tests.members import office

pytestmark = pytest.mark.django_db
TEXT = "Twelve pupils, not twenty, says the letter of 3 May."


def sent(row: Commitment, page: str = "") -> str:
    """The visitor's address for the answer."""
    visitor = Client()
    if not page:
        html = visitor.get(f"/en/{PAGE}").content.decode()
        [page] = [unquote(found) for found in re.findall(r'/reports/new/\?page=([^"]*)', html) if f"-{row.pk}" in found]
    given = {"text": TEXT, "page": page, "website": ""}
    return str(visitor.post("/en/bandung/reports/new/", given).headers["Location"])


def test_a_request_to_correct_a_promise_is_answered_at_the_desk(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    row = accepted(suwon, "send 20 pupils")
    address = sent(row)
    report = Report.objects.get()
    assert (report.about, report.page) == (suwon.key, f"/en/{PAGE}#promise-{row.pk}")
    link = f'<a href="{reverse("desk:commitment", args=["bandung", row.pk])}">send 20 pupils</a>'
    answer = reverse("desk:answer", args=["bandung", report.pk])
    assert [
        client.get(page).content.decode().count(link) for page in (reverse("desk:reports", args=["bandung"]), answer)
    ] == [1, 1]
    client.post(answer, {"outcome": "corrected", "reply": "Twelve it is; thank you."})
    assert Client().get(address).content.decode().count("Twelve it is; thank you.") == 1


def test_a_promise_of_another_office_or_of_no_office_is_not_named(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    row = accepted(suwon, "send 20 pupils")
    Commitment.objects.filter(pk=row.pk).update(office=office("daegu"))
    sent(row, page=f"/en/{PAGE}#promise-{row.pk}")
    sent(row, page=f"/en/{PAGE}#promise-{'9' * 15}")
    html = client.get(reverse("desk:reports", args=["bandung"])).content.decode()
    assert [html.count(words) for words in ("send 20 pupils", f"#promise-{row.pk}", "#promise-9")] == [0, 1, 1]

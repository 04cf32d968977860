"""Letters at the desk: who reads them, what of a confidential one, and what to do with one that did not go out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.mailbox.actions import post
from kembar.mailbox.models import Letter
from kembar.mailbox.states import LetterState
from tests import members
from tests.personas import dewi, pak_hadi, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, as_person: Callable[[Actor], None]) -> Office:
    found = members.office()
    as_person(sari(office_id=found.pk))
    return found


def address(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def a_letter(office: Office, **more: Any) -> Letter:
    return post("kim@suwon.example", office_id=office.pk, language="ko", heading="Surat", text="Isi <b>surat</b>",
                kind="x", **more)  # fmt: skip


def test_officers_and_translators_read_what_was_written_and_a_reader_does_not(
    office: Office, client: Client, as_person: Callable[[Actor], None]
) -> None:
    one = a_letter(office)
    pages = [address("letters"), address("letter", number=one.pk)]
    assert "Isi &lt;b&gt;surat&lt;/b&gt;" in client.get(pages[1]).content.decode()
    assert [row.pk for row in client.get(pages[0] + "?state=waiting").context["rows"]] == [one.pk]
    assert list(client.get(pages[0] + "?state=sent").context["rows"]) == []
    for person, status in ((dewi, 200), (pak_hadi, 404)):
        as_person(person(office_id=office.pk))
        assert [client.get(page).status_code for page in pages] == [status, status]


def test_the_words_of_a_letter_that_opens_something_are_shown_in_the_sample_alone(
    office: Office, client: Client, settings: Any
) -> None:
    one = a_letter(office, confidential=True)
    settings.KEMBAR_SAMPLE = False
    assert client.get(address("letter", number=one.pk)).content.decode().count("surat&lt;/b&gt;") == 0
    settings.KEMBAR_SAMPLE = True
    assert client.get(address("letter", number=one.pk)).content.decode().count("surat&lt;/b&gt;") == 1


def test_a_letter_that_failed_is_counted_at_today_and_tried_again_or_dropped(office: Office, client: Client) -> None:
    one = a_letter(office)
    Letter.objects.update(state=LetterState.FAILED, error="550 no such user")
    counts = {count.href: count.number for count in client.get(address("today")).context["counts"]}
    assert counts[address("letters") + "?state=failed"] == 1
    assert "550 no such user" in client.get(address("letter", number=one.pk)).content.decode()
    for deed, state in (("letter-again", "waiting"), ("letter-drop", "dropped"), ("letter-again", "dropped")):
        assert client.post(address(deed, number=one.pk)).headers["Location"] == address("letter", number=one.pk)
        assert Letter.objects.get().state == state


def test_a_letter_under_way_says_so_and_offers_nothing_until_that_is_over(office: Office, client: Client) -> None:
    one = a_letter(office)
    Letter.objects.update(claimed_until=one.written_at + timedelta(minutes=10))
    assert client.post(address("letter-again", number=one.pk)).headers["Location"] == address("letter", number=one.pk)
    assert (Letter.objects.get().attempts, Letter.objects.get().state) == (0, LetterState.WAITING)
    under_way = client.get(address("letter", number=one.pk))
    assert (under_way.context["under_way"], under_way.content.decode().count("/again/")) == (True, 0)
    Letter.objects.update(claimed_until=one.written_at)
    over = client.get(address("letter", number=one.pk))
    assert (over.context["under_way"], over.content.decode().count("/again/")) == (False, 1)


def test_a_letter_of_another_office_does_not_exist(office: Office, client: Client) -> None:
    other = a_letter(members.office("daegu"))
    assert client.get(address("letter", number=other.pk)).status_code == 404
    assert client.post(address("letter-drop", number=other.pk)).status_code == 404
    assert Letter.objects.get().state == LetterState.WAITING

"""One box finds promises, notes and office-holders too; each for those alone who may read it."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.commitments.actions import add, void
from kembar.commitments.tests.promising import article, promised
from kembar.partnerships.actions import write_note
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.actions.holders import Term, name_holder
from kembar.search.models import Indexed
from tests.personas import pak_hadi

pytestmark = pytest.mark.django_db


def found(client: Client, words: str) -> list[tuple[str, str]]:
    answer = client.get("/en" + reverse("desk:search", kwargs={"office": "bandung"}), {"q": words})
    return [(hit.kind, hit.title) for hit in answer.context["found"]]


def filled(file: Partnership) -> None:
    add_contact(Reach(name="Kim Minji"), by=SYSTEM, office=file.office, about=file.key)
    term = Term(person="Park Contoh", post="Mayor of the sample")
    name_holder(term, by=SYSTEM, office=file.office, party=file.partner)
    write_note("Prefers letters in Korean.", by=SYSTEM, partnership=file)


def test_promises_notes_and_holders_are_found(
    suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    filled(suwon)
    promise = add(promised(what="two trainers for waste"), by=SYSTEM, partnership=suwon, document=article(suwon.office))
    assert found(client, "trainers waste") == [("promise", "two trainers for waste")]
    assert found(client, "Park Contoh") == [("office-holder", "Park Contoh")]
    assert found(client, "prefers letters") == [("note", "Prefers letters in Korean.")]
    as_person(pak_hadi(office_id=suwon.office_id))
    assert found(client, "prefers letters") == []
    void(promise, by=SYSTEM, reason="twice", seen=promise.version)
    assert found(client, "trainers waste") == []


def test_what_was_entered_before_an_upgrade_is_made_findable_once(suwon: Partnership, client: Client) -> None:
    filled(suwon)
    Indexed.objects.filter(kind__in=("contact", "note", "holder")).delete()
    assert found(client, "minji") == []
    told = StringIO()
    call_command("index", stdout=told)
    assert found(client, "minji") == [("contact", "Kim Minji")]
    assert {"contact", "note", "holder"} == {line.partition(":")[0] for line in told.getvalue().splitlines()}
    again = StringIO()
    call_command("index", stdout=again)
    assert again.getvalue() == ""

"""One box finds everything the office holds; each for those alone who may read it."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.agreements.actions import add_instrument, bring_in_step, merge_papers, state_claim
from kembar.agreements.models import Approval, Instrument
from kembar.commitments.actions import add, void
from kembar.commitments.tests.promising import article, promised
from kembar.intake.actions import Pasted, paste
from kembar.intake.models import Text
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import write_note
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.actions.holders import Term, name_holder
from kembar.procedure.actions import send_back
from kembar.procedure.models import Case
from kembar.procedure.tests.walking import do, now, opened
from kembar.search.models import Indexed
from kembar.sources.actions import Statement
from tests import members
from tests.personas import jihoon, pak_hadi

pytestmark = pytest.mark.django_db


NEWER = ("contact", "note", "holder", "instrument", "case", "text")


def found(client: Client, words: str) -> list[tuple[str, str]]:
    answer = client.get("/en" + reverse("desk:search", kwargs={"office": "bandung"}), {"q": words})
    return [(hit.kind, hit.title) for hit in answer.context["found"]]


def filled(file: Partnership) -> None:
    add_contact(Reach(name="Kim Minji"), by=SYSTEM, office=file.office, about=file.key)
    term = Term(person="Park Contoh", post="Mayor of the sample")
    name_holder(term, by=SYSTEM, office=file.office, party=file.partner)
    write_note("Prefers letters in Korean.", by=SYSTEM, partnership=file)


def on_paper(file: Partnership) -> Instrument:
    paper = add_instrument(by=SYSTEM, partnership=file, kind="amendment", title="On quay cranes")
    Approval.objects.create(
        office=file.office, partnership=file, instrument=paper, kind="council_plenary", number="27/KK"
    )
    scope = Statement(
        about=file.key, subject=paper.key, attribute="scope", value="Sea pilots; Tugs", decision="accepted"
    )
    state_claim(file, statement=scope, by=SYSTEM, document=article(file.office))
    return paper


def on_the_road(file: Partnership) -> Case:
    case = opened(file, ("level_differs", "ask_ministry"), subject="Widening the harbour")
    return do(case, "initiative", "2020-02-03", number="119/HUB")


def pasted(file: Partnership) -> Text:
    article = Pasted(title="Harbour news", body="The orchids of spring are shown in Suwon.")
    return paste(article, by=SYSTEM, office=file.office, again=True)


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
    on_paper(suwon)
    on_the_road(suwon)
    pasted(suwon)
    Indexed.objects.filter(kind__in=NEWER).delete()
    assert found(client, "minji") == []
    told = StringIO()
    call_command("index", stdout=told)
    assert found(client, "minji") == [("contact", "Kim Minji")]
    assert set(NEWER) == {line.partition(":")[0] for line in told.getvalue().splitlines()}
    assert found(client, "perubahan quay") == [("paper", "amendment: On quay cranes")]
    assert found(client, "orchids of spring") == [("text", "Harbour news")]
    assert found(client, "119/hub") == [("case", "Widening the harbour")]
    again = StringIO()
    call_command("index", stdout=again)
    assert again.getvalue() == ""


def test_a_paper_is_found_by_title_kind_field_and_number_of_its_approval(suwon: Partnership, client: Client) -> None:
    paper = on_paper(suwon)
    hit = ("paper", "amendment: On quay cranes")
    asked = ("quay cranes", "perubahan quay", "修订 cranes", "sea pilots", "27/kk")
    assert [[one for one in found(client, words) if one[0] == "paper"] for words in asked] == [[hit]] * 5
    answer = client.get("/en" + reverse("desk:search", kwargs={"office": "bandung"}), {"q": "perubahan quay"})
    assert [one.href for one in answer.context["found"]] == [f"/en/bandung/desk/partners/suwon/#instrument-{paper.pk}"]
    twin = add_instrument(by=SYSTEM, partnership=suwon, kind="amendment", title="Upon cranes")
    bring_in_step(suwon, by=SYSTEM)
    assert found(client, "perubahan upon") == [("paper", "amendment: Upon cranes")]
    merge_papers(twin, into=paper, by=SYSTEM, reason="twice")
    assert found(client, "perubahan upon") == []


def test_a_case_is_found_by_its_subject_and_by_the_number_of_what_was_done(suwon: Partnership, client: Client) -> None:
    case = on_the_road(suwon)
    assert found(client, "widening harbour") == found(client, "119/hub") == [("case", "Widening the harbour")]
    answer = client.get("/en" + reverse("desk:search", kwargs={"office": "bandung"}), {"q": "119/hub"})
    assert [(one.href, one.line) for one in answer.context["found"]] == [
        (f"/en/bandung/desk/cases/{case.pk}/", "new tie")
    ]
    send_back(
        case, by=SYSTEM, back_to="initiative", reason="wrong", on=parse_edtf("2020-02-04"), seen=now(case).version
    )
    assert found(client, "119/hub") == []


def test_a_read_text_is_found_by_its_words_for_those_alone_who_may_read_texts(
    suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    text = pasted(suwon)
    answer = client.get("/en" + reverse("desk:search", kwargs={"office": "bandung"}), {"q": "orchids"})
    assert [(one.kind, one.title) for one in answer.context["found"]] == [("text", "Harbour news")]
    assert client.get(answer.context["found"][0].href).context["text"].pk == text.pk
    as_person(pak_hadi(office_id=suwon.office_id))
    assert found(client, "orchids") == []
    assert found(client, "harbour news") == [("source", "Harbour news")]


def test_another_office_finds_none_of_it(
    suwon: Partnership, client: Client, as_person: Callable[[Actor], None]
) -> None:
    on_paper(suwon), on_the_road(suwon), pasted(suwon)
    elsewhere = members.office("daegu")
    as_person(jihoon(office_id=elsewhere.pk))
    asked = ("quay cranes", "widening", "orchids")
    for words in asked:
        answer = client.get("/en" + reverse("desk:search", kwargs={"office": "daegu"}), {"q": words})
        assert answer.context["found"] == []


def test_what_is_found_costs_as_many_queries_however_much_it_is(
    suwon: Partnership, same_queries: Callable[..., None]
) -> None:
    def add_row() -> None:
        on_paper(suwon), on_the_road(suwon), pasted(suwon)

    same_queries("/en" + reverse("desk:search", kwargs={"office": "bandung"}) + "?q=harbour", add_row)

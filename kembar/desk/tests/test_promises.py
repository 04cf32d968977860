"""Promises at the desk: entered with their source, moved by their own addresses, listed as they are exported."""

import json
from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.commitments.actions import Keepers, Promised, accept, add
from kembar.commitments.models import Commitment
from kembar.commitments.states import MOVES
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.sources.actions import DocumentFacts, keep_document
from kembar.sources.queries import documents_asked
from tests.personas import ANONYMOUS, dewi, jihoon, pak_hadi, sari, togar

pytestmark = pytest.mark.django_db
SENTENCE = "Pemkot Bandung akan mengirim 20 pelajar ke Suwon pada 2026."
NOBODY = "Choose a member of the office, or name a post of our side."
NEW = {"origin": "new", "new_title": "Pikiran Rakyat", "new_published": "26 Maret 2025"}
TYPED = {**NEW, "what": "mengirim 20 pelajar", "sentence": SENTENCE, "made_on": "25 Maret 2025", "due": "2026",
         "side": "own", "modality": "planned"}  # fmt: skip


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def promise(file: Partnership, **given: object) -> Commitment:
    facts = DocumentFacts(title="Antara", published=parse_edtf("2025-03-26"))
    document = keep_document(facts, by=SYSTEM, office_id=file.office_id)
    known = {"what": "mengirim 20 pelajar", "sentence": SENTENCE, "due": parse_edtf("2025"), "side": "own"}
    return add(Promised(**(known | given)), by=SYSTEM, partnership=file, document=document)  # type: ignore[arg-type]


def taken_on(file: Partnership, **given: object) -> Commitment:
    keepers = Keepers(owner="account:1", deputy="post:Dinas Pendidikan")
    return accept(promise(file, **given), by=SYSTEM, keepers=keepers, seen=1)


def now(row: Commitment) -> Commitment:
    return Commitment.objects.get(pk=row.pk)


def test_a_promise_is_entered_by_hand_with_its_source(suwon: Partnership, client: Client) -> None:
    answer = client.post(desk("enter-commitment", partner="suwon"), TYPED | {"owner_post": "Dinas Pendidikan"})
    (row,) = Commitment.objects.all()
    assert (answer.status_code, answer.headers["Location"]) == (302, desk("commitment", number=row.pk) + "?saved=1")
    assert (row.partnership, row.document.title, row.due, row.state) == (
        suwon,
        "Pikiran Rakyat",
        parse_edtf("2026"),
        "claimed",
    )
    assert row.owner == "post:Dinas Pendidikan"
    page = client.get(desk("commitment", number=row.pk)).content.decode()
    assert [page.count(words) for words in (SENTENCE, "Pikiran Rakyat")] == [1, 2]


def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(suwon: Partnership, client: Client) -> None:
    page = client.post("/en" + desk("enter-commitment", partner="suwon"), TYPED | {"due": "2024"})
    assert not documents_asked(suwon.office_id, search="Pikiran Rakyat").exists()
    assert page.context["form"].errors == {"due": ["It would be due before it was made."]}
    assert ['value="2024"' in page.content.decode(), Commitment.objects.count()] == [True, 0]


def test_the_page_to_print_begins_with_what_is_overdue_and_counts_what_it_leaves_out(
    suwon: Partnership, client: Client
) -> None:
    asked = [promise(suwon, what=f"janji {number}", due=parse_edtf("2949")).what for number in range(10)]
    taken_on(suwon, what="memandu", due=parse_edtf("2950"))
    taken_on(suwon, what="melatih", due=parse_edtf("2020"))
    page = client.get(desk("print", partner="suwon"))
    shown = [row.promise.what for row in page.context["promises"]]
    assert (shown, page.context["more"]) == (["melatih", "memandu", *asked[:8]], 2)
    assert [sign.text for sign in page.context["health"].signs][0] == "janji lewat tenggat: 1"


def test_a_doubt_is_shown_and_confirmed(suwon: Partnership, client: Client) -> None:
    address = desk("enter-commitment", partner="suwon")
    page = client.post(address, TYPED | {"made_on": "2017"})
    codes = page.context["done"].codes
    assert (codes, Commitment.objects.count()) == ("made_long_before_source", 0)
    assert client.post(address, TYPED | {"made_on": "2017", "confirmed": codes}).status_code == 302


def test_a_promise_goes_its_whole_road_by_form(suwon: Partnership, client: Client) -> None:
    row = promise(suwon, recurring=True, every="P1Y", due=parse_edtf("2026"))

    def send(name: str, **given: object) -> str:
        answer = client.post(desk(f"{name}-commitment", number=row.pk), {"opened_with": now(row).version, **given})
        assert answer.headers.get("Location") == desk("commitment", number=row.pk) + "?saved=1"
        return now(row).state

    proof = {"on": "Agustus 2026", "evidence": "Laporan perjalanan"}
    assert send("accept", side="own", owner_post="Bagian Kerja Sama", deputy_post="Dinas Pendidikan") == "accepted"
    assert send("start") == "in_progress"
    assert send("keep-round", **proof) == "in_progress"
    assert send("keep", **proof, document=row.document_id) == "kept"
    assert send("reopen", reason="terlalu dini") == "accepted"
    assert send("keep-partly", **proof, reason="sepuluh pelajar batal") == "partly_kept"
    assert send("reopen", reason="terlalu dini") == "accepted"
    assert send("drop", on="2026", reason="anggaran tidak ada") == "dropped"
    assert send("void", reason="tercatat dua kali") == "dropped"
    assert now(row).voided_at is not None
    page = client.get("/en" + desk("commitment", number=row.pk))
    assert (page.context["moves"], len(page.context["history"])) == ([], 11)


def test_no_promise_is_accepted_without_owner_and_deputy(suwon: Partnership, client: Client) -> None:
    row = promise(suwon)
    page = client.post("/en" + desk("accept-commitment", number=row.pk), {"opened_with": 1, "side": "own"})
    assert (page.context["form"].errors, now(row).state) == (dict.fromkeys(("owner", "deputy"), [NOBODY]), "claimed")


def test_the_second_of_two_officers_is_told_and_loses_nothing(suwon: Partnership, client: Client) -> None:
    row = taken_on(suwon)
    given = {"opened_with": row.version - 1, "on": "2026", "reason": "anggaran tidak ada"}
    page = client.post("/en" + desk("drop-commitment", number=row.pk), given)
    text = page.content.decode()
    assert (page.context["done"].overtaken, now(row).state) == (True, "accepted")
    assert ["A colleague saved this promise first" in text, "anggaran tidak ada" in text] == [True, True]
    again = page.context["form"].data["opened_with"]
    assert client.post(desk("drop-commitment", number=row.pk), given | {"opened_with": again}).status_code == 302


def test_amending_begins_with_what_is_on_file(suwon: Partnership, client: Client) -> None:
    row = taken_on(suwon)
    form = client.get(desk("amend-commitment", number=row.pk)).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}
    assert (typed["what"], typed["deputy_post"]) == (row.what, "Dinas Pendidikan")
    answer = client.post(desk("amend-commitment", number=row.pk), typed | {"due": "Agustus 2026"})
    assert (answer.status_code, now(row).due, now(row).owner) == (302, parse_edtf("2026-08"), "account:1")


def test_the_ledger_is_narrowed_by_its_address_and_exported_as_it_is_seen(suwon: Partnership, client: Client) -> None:
    taken_on(suwon, what="late")
    taken_on(suwon, what="runs", due=parse_edtf("2950"))
    promise(suwon, what="waits")
    for query, wanted in (
        ("", ["late", "waits", "runs"]),
        ("?state=overdue", ["late"]),
        ("?state=open", ["late", "runs"]),
        ("?whose=mine", ["late", "runs"]),
        ("?partner=daegu", []),
        ("?partner=suwon&state=claimed", ["waits"]),
        ("?sort=-due", ["runs", "late", "waits"]),
    ):
        page = client.get("/en" + desk("commitments") + query)
        exported = json.loads(
            b"".join(client.get(desk("commitments-file", extension="json") + query).streaming_content)
        )
        assert [row.promise.what for row in page.context["rows"]] == [row["what"] for row in exported] == wanted
    assert client.get(desk("commitments") + "?state=married").status_code == 400


def test_who_answers_and_has_left_is_flagged(suwon: Partnership, client: Client) -> None:
    row = taken_on(suwon)
    page = client.get("/en" + desk("commitment", number=row.pk)).content.decode()
    assert page.count("who answered for it has left the office") == 1


def test_the_ledger_costs_as_many_queries_with_three_promises_as_with_one(
    suwon: Partnership, same_queries: Callable[..., None]
) -> None:
    numbers = count()
    same_queries(desk("commitments"), lambda: taken_on(suwon, what=f"promise {next(numbers)}"))


def read_at(row: Commitment) -> list[str]:
    files = [desk("commitments-file", extension=extension) for extension in ("csv", "json", "xlsx")]
    return [desk("commitments"), desk("commitment", number=row.pk), *files]


WRITE = ["amend", *MOVES, "void"]


@pytest.mark.parametrize("who", ["pak_hadi", "dewi"])
def test_readers_and_translators_read_the_ledger_and_move_nothing(
    story: Office, as_person: Callable[[Actor], None], client: Client, who: str
) -> None:
    row = taken_on(Partnership.objects.get(office=story, slug="suwon"))
    as_person({"pak_hadi": pak_hadi, "dewi": dewi}[who](office_id=story.pk))
    for address in read_at(row):
        answer = client.get(address)
        read = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, b"20 pelajar" in read or address.endswith("xlsx")) == (200, True)
    for name in WRITE:
        assert client.post(desk(f"{name}-commitment", number=row.pk), {"opened_with": 2}).status_code == 404
    assert client.get(desk("enter-commitment", partner="suwon")).status_code == 404


def test_for_strangers_nothing_of_it_exists(story: Office, as_person: Callable[[Actor], None], client: Client) -> None:
    row = taken_on(Partnership.objects.get(office=story, slug="suwon"))
    for who in (ANONYMOUS, togar(office_id=story.pk), jihoon(office_id=story.pk + 1)):
        as_person(who)
        assert {client.get(address).status_code for address in read_at(row)} == {404}
    as_person(sari(office_id=story.pk))
    assert client.get(desk("commitment", number=row.pk + 1)).status_code == 404

"""The promise page of a partnership: what an officer accepted, with its sentence; nothing else, for nobody."""

import json

import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments.actions import Keepers, Outcome, Promised, accept, add, drop, keep, start
from kembar.commitments.models import Commitment
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file
from kembar.public.tests import reading
from kembar.sources.actions import DocumentFacts, keep_document

pytestmark = pytest.mark.django_db
PAGE = "bandung/partners/suwon/promises/"
SENTENCE = "Pemkot Bandung akan mengirim 20 pelajar ke Suwon."


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return file("suwon", office_id=bandung.pk)


def claimed(suwon: Partnership, what: str, **given: object) -> Commitment:
    facts = DocumentFacts(title="Antara", published=parse_edtf("2025-03-26"), address="https://example.org/antara")
    document = keep_document(facts, by=SYSTEM, office_id=suwon.office_id)
    known: dict[str, object] = {"sentence": SENTENCE, "due": parse_edtf("2950"), "side": "own"}
    return add(Promised(what=what, **(known | given)), by=SYSTEM, partnership=suwon, document=document)  # type: ignore[arg-type]


def accepted(suwon: Partnership, what: str, **given: object) -> Commitment:
    row = claimed(suwon, what, **given)
    return accept(row, by=SYSTEM, keepers=Keepers(owner="account:1", deputy="post:Dinas Pendidikan"), seen=1)


def section(html: str, code: str) -> str:
    return reading.text(html.split(f'<h2 id="{code}">')[1].split("</section>")[0])


def test_each_promise_stands_in_its_group_with_date_and_sentence(client: Client, suwon: Partnership) -> None:
    accepted(suwon, "late", due=parse_edtf("2025"))
    start(accepted(suwon, "running"), by=SYSTEM, seen=2)
    done = Outcome(on=parse_edtf("2026-08-17"), evidence="Ibu Contoh melihatnya")
    keep(accepted(suwon, "done"), by=SYSTEM, outcome=done, seen=2)
    drop(accepted(suwon, "gone"), by=SYSTEM, reason="no budget", on=parse_edtf("2026"), seen=2)
    html = client.get(f"/en/{PAGE}").content.decode()
    doubt, tail = "Not yet confirmed by the partner.", f"{SENTENCE} Antara , 26 March 2025 Ask for a correction"
    assert section(html, "overdue") == f"Overdue Late Promised by Bandung · due: 2025 {doubt} {tail} : late"
    assert section(html, "under-way") == (
        f"Under way Running Promised by Bandung · due: 2950 · work has begun {doubt} {tail} : running"
    )
    assert (
        section(html, "kept")
        == f"Kept Done Promised by Bandung · kept: 17 August 2026 · due: 2950 {doubt} {tail} : done"
    )
    assert section(html, "dropped") == (
        f"Dropped Gone Promised by Bandung · dropped: 2026 · due: 2950 {doubt} Reason: no budget {tail} : gone"
    )
    assert [html.count(inside) for inside in ("Ibu Contoh", "Dinas Pendidikan")] == [0, 0]


def test_what_no_officer_accepted_or_the_partner_did_not_confirm_is_not_there(
    client: Client, suwon: Partnership
) -> None:
    claimed(suwon, "claimed", shown_unconfirmed=True)
    accepted(suwon, "unseen promise", side="partner")
    html = client.get(f"/en/{PAGE}").content.decode()
    assert [html.count(words) for words in ("claimed", "unseen promise", SENTENCE)] == [0, 0, 0]
    assert html.count("No promise of this partnership is shown to everyone yet.") == 1
    accepted(suwon, "shown on purpose", side="partner", shown_unconfirmed=True)
    html = client.get(f"/en/{PAGE}").content.decode()
    assert section(html, "under-way") == (
        "Under way Shown on purpose Promised by Suwon · due: 2950 Not yet confirmed by the partner. "
        f"{SENTENCE} Antara , 26 March 2025 Ask for a correction : shown on purpose"
    )


def test_the_partners_page_leads_there_once_there_is_something_to_read(client: Client, suwon: Partnership) -> None:
    link = f'href="/en/{PAGE}"'
    address = "/en/bandung/partners/suwon/"
    claimed(suwon, "claimed")
    assert client.get(address).content.decode().count(link) == 0
    accepted(suwon, "ours")
    assert client.get(address).content.decode().count(link) == 1


def test_a_kept_page_is_made_anew_after_the_next_deed(client: Client, suwon: Partnership) -> None:
    row = accepted(suwon, "ours")
    first = client.get(f"/en/{PAGE}")
    assert client.get(f"/en/{PAGE}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    drop(row, by=SYSTEM, reason="no budget", on=parse_edtf("2026"), seen=row.version)
    again = client.get(f"/en/{PAGE}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, "no budget" in again.content.decode()) == (200, True)


def test_the_files_say_what_the_page_says(client: Client, suwon: Partnership) -> None:
    claimed(suwon, "claimed")
    accepted(suwon, "late", due=parse_edtf("2025"))
    accepted(suwon, "theirs", side="both", shown_unconfirmed=True)
    rows = json.loads(b"".join(client.get("/en/bandung/partners/suwon/promises.json").streaming_content))
    assert [(row["promise"], row["state"], row["due"], row["unconfirmed"]) for row in rows] == [
        ("late", "overdue", "2025", True),
        ("theirs", "accepted", "2950", True),
    ]
    lines = b"".join(client.get("/en/bandung/partners/suwon/promises.csv").streaming_content).decode().splitlines()
    assert (len(lines), lines[1].startswith("late,overdue,overdue,promised by Bandung,,2025,")) == (3, True)


def test_many_promises_cost_as_many_queries_as_one(client: Client, suwon: Partnership, same_queries: object) -> None:
    same_queries(f"/en/{PAGE}", lambda: accepted(suwon, "one more"))  # type: ignore[operator]


@pytest.mark.parametrize("ending", ["promises/", "promises.csv"])
def test_a_partner_nobody_knows_has_no_promises(client: Client, bandung: Office, ending: str) -> None:
    assert client.get(f"/en/bandung/partners/atlantis/{ending}").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "dijanjikan oleh Kota Bandung"), ("ko/", "약속한 측: 반둥"), ("zh/", "承诺方：万隆")]
)
def test_it_speaks_four_languages(client: Client, suwon: Partnership, prefix: str, words: str) -> None:
    accepted(suwon, "ours")
    assert words.lower() in client.get(f"/{prefix}{PAGE}").content.decode().lower()

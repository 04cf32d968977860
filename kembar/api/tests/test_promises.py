"""Promises: everyone reads what the promise page shows, a program of the office the whole ledger."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from kembar.access.permissions import SYSTEM
from kembar.api.tests.conftest import Program
from kembar.cities.models import Office
from kembar.commitments.actions import accept
from kembar.commitments.queries import promise_page
from kembar.commitments.tests.promising import KEEPERS, SENTENCE, claimed, confirmed, file
from kembar.journal.models import Entry
from tests.members import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return office()


def told(program: Program, path: str = "/commitments") -> list[tuple[str, str]]:
    return [(item["what"], item["state"]) for item in program.get(path)["items"]]


def test_everyone_reads_the_promises_of_the_public_page_and_the_office_reads_all(
    bandung: Office, visitor: Program, officer: Program, stranger: Program
) -> None:
    ours, theirs = claimed(bandung), claimed(bandung, what="menerima magang", side="partner")
    assert (told(visitor), len(told(officer))) == ([], 2)
    accept(ours, by=SYSTEM, keepers=KEEPERS, seen=ours.version)
    assert [row.pk for row in promise_page(file(bandung))] == [ours.pk]
    assert [what for what, _ in told(visitor)] == [what for what, _ in told(stranger, "/commitments?office=bandung")]
    assert [what for what, _ in told(visitor)] == [ours.what]
    assert sorted(what for what, _ in told(officer)) == sorted([ours.what, theirs.what])
    assert told(officer, "/commitments?state=claimed") == [(theirs.what, "claimed")]


def test_a_promise_comes_with_its_sentence_and_no_name_of_a_colleague(bandung: Office, officer: Program) -> None:
    row = claimed(bandung)
    accept(row, by=SYSTEM, keepers=KEEPERS, seen=row.version)
    [item] = officer.get("/commitments?partnership=nanning")["items"]
    assert (item["sentence"], item["partnership"], item["side"]) == (SENTENCE, "nanning", "own")
    assert item["confirmed"] is False
    confirmed(row)
    [item] = officer.get("/commitments?partnership=nanning")["items"]
    assert item["confirmed"] is True
    assert {"owner", "deputy", "accepted_by"} & set(item) == set()


def test_a_program_that_only_knows_the_time_of_its_last_question_is_answered_too(
    bandung: Office, visitor: Program
) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    Entry.objects.update(at=long_ago)
    changed = visitor.ask("/commitments").headers["Last-Modified"]
    assert visitor.ask("/commitments", If_Modified_Since=changed).status_code == 304
    older = http_date((long_ago - timedelta(days=1)).timestamp())
    assert visitor.ask("/commitments", If_Modified_Since=older).status_code == 200

"""A document in a partner's file: handed in once, corrected in the open, withdrawn and never lost."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, NotAllowed
from kembar.agreements.actions import StillNeeded, merge_documents, merge_files, merge_papers, withdraw_file
from kembar.agreements.actions.papers import add_instrument
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find as city
from kembar.files.models import StoredFile
from kembar.files.tests import samples
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.partnerships import queries
from kembar.partnerships.actions import (
    AttachmentFacts,
    ChangedMeanwhile,
    OnFileAlready,
    ReasonMissing,
    Withdrawn,
    WrongAttachment,
    change_attachment,
    cite_attachment,
    open_file,
    withdraw_attachment,
)
from kembar.partnerships.models import Attachment, Partnership
from kembar.partnerships.tests.attaching import LETTER, handed_in
from kembar.search.queries import find
from kembar.sources.actions import DocumentFacts, keep_document
from kembar.sources.models import Document
from tests.personas import bu_ratna, dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung() -> Office:
    return open_office(by=SYSTEM, slug="bandung", local_government=adopt(city("Bandung", country="ID"), by=SYSTEM))


def opened(office: Office, name: str, kind: str = "sister") -> Partnership:
    return open_file(by=SYSTEM, office=office, partner=adopt(city(name), by=SYSTEM), kind=kind)


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return opened(bandung, "Suwon")


def test_a_document_lies_in_the_file_with_its_fingerprint_and_who_handed_it_in(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    one = handed_in(suwon, title=" Surat\u202e tawaran ", date=parse_edtf("2024-05"), by=by)
    assert list(queries.attachments_of(suwon)) == [one]
    assert (one.title, one.kind, one.date.edtf, one.subject, one.attached_by, one.source) == (
        "Surat tawaran", "letter", "2024-05", suwon.key, "Sari", None,
    )  # fmt: skip
    assert one.file.sha256 == hashlib.sha256(LETTER).hexdigest()
    entry = Entry.objects.get(verb="attachment.added")
    assert (entry.subject, entry.about, entry.actor, entry.facts["sha256"]) == (
        one.key, suwon.key, "Sari", one.file.sha256,
    )  # fmt: skip


def test_without_a_title_the_name_of_the_file_is_one(suwon: Partnership) -> None:
    assert handed_in(suwon, name="../../x.txt").title == "x.txt"


def test_the_same_document_is_said_to_be_on_file(suwon: Partnership) -> None:
    first = handed_in(suwon, title="Surat")
    with pytest.raises(OnFileAlready) as raised:
        handed_in(suwon, name="lain.txt", title="Another name")
    assert raised.value.attachment == first
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_one_letter_may_lie_in_two_files(bandung: Office, suwon: Partnership) -> None:
    other = opened(bandung, "Daegu")
    assert handed_in(suwon).file.sha256 == handed_in(other).file.sha256
    assert Attachment.objects.count() == 2


def test_what_was_withdrawn_stays_with_its_reason_and_may_be_handed_in_again(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    one = handed_in(suwon)
    with pytest.raises(ReasonMissing):
        withdraw_attachment(one, by=by, reason=" \u200b ")
    assert withdraw_attachment(one, by=by, reason="The wrong letter") is True
    assert withdraw_attachment(one, by=by, reason="Again") is False
    one.refresh_from_db()
    assert (one.withdrawn_by, one.reason, one.withdrawn_at is None) == ("Sari", "The wrong letter", False)
    facts = AttachmentFacts(kind="letter", title="x")
    for deed in (
        lambda: change_attachment(one, by=by, facts=facts, seen=one.version),
        lambda: cite_attachment(one, by=by),
    ):
        with pytest.raises(Withdrawn):
            deed()
    again = handed_in(suwon)
    assert list(queries.attachments_of(suwon)) == [again, one]
    assert Entry.objects.get(verb="attachment.withdrawn").facts["reason"] == "The wrong letter"


def test_what_is_said_of_a_document_is_changed_and_a_colleague_who_saved_first_is_seen(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    one = handed_in(suwon, title="Surat")
    changed = change_attachment(one, by=by, facts=AttachmentFacts(kind="report", title="Laporan"), seen=1)
    assert (changed.title, changed.kind, changed.version, changed.file_id) == ("Laporan", "report", 2, one.file_id)
    with pytest.raises(ChangedMeanwhile) as raised:
        change_attachment(one, by=by, facts=AttachmentFacts(kind="letter", title="Nota"), seen=1)
    assert raised.value.current.title == "Laporan"
    change_attachment(one, by=by, facts=AttachmentFacts(kind="report", title="Laporan"), seen=2)
    assert [entry.facts["fields"] for entry in Entry.objects.filter(verb="attachment.changed")] == [["title", "kind"]]


@pytest.mark.parametrize(("facts", "field"), [({"title": "x" * 201}, "title"), ({"kind": "program"}, "kind")])
def test_a_document_that_cannot_be_kept_so_leaves_nothing(
    suwon: Partnership, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(WrongAttachment) as raised:
        handed_in(suwon, **facts)
    assert (raised.value.field, Attachment.objects.count(), StoredFile.objects.count()) == (field, 0, 0)


def test_a_document_becomes_a_source_once(suwon: Partnership) -> None:
    one = handed_in(suwon, title="Surat tawaran", date=parse_edtf("2024-05-02"), as_source=True)
    assert one.source is not None
    assert (one.source.title, one.source.kind, one.source.published.edtf) == ("Surat tawaran", "letter", "2024-05-02")
    assert cite_attachment(one, by=SYSTEM).source == one.source
    assert Document.objects.count() == 1
    kept = keep_document(DocumentFacts(title="Surat"), by=SYSTEM, office_id=suwon.office_id)
    merge_documents(one.source, into=kept, by=SYSTEM)
    assert list(queries.attachments_behind(kept.pk, office_id=suwon.office_id)) == [one]
    withdraw_attachment(one, by=SYSTEM, reason="x")
    assert list(queries.attachments_behind(kept.pk, office_id=suwon.office_id)) == []


def test_documents_go_with_the_records_that_are_joined(bandung: Office, suwon: Partnership) -> None:
    papers = [add_instrument(by=SYSTEM, partnership=suwon, kind="letter_of_intent") for _ in range(2)]
    one = handed_in(suwon, subject=papers[0].key)
    merge_papers(papers[0], into=papers[1], by=SYSTEM, reason="One paper")
    one.refresh_from_db()
    assert one.subject == papers[1].key
    twin = opened(bandung, "Suwon", kind="friendship")
    two = handed_in(twin)
    merge_files(twin, into=suwon, by=SYSTEM, reason="One partner")
    assert [(row.pk, row.subject) for row in queries.attachments_of(suwon)] == [
        (two.pk, suwon.key), (one.pk, papers[1].key),
    ]  # fmt: skip
    assert [hit.about for hit in find("surat", office_ids=[bandung.pk], public_only=False)] == [suwon.key] * 2


def test_a_file_in_which_a_document_stands_is_not_taken_back(suwon: Partnership) -> None:
    one = handed_in(suwon)
    with pytest.raises(StillNeeded):
        withdraw_file(suwon, by=SYSTEM, reason="Wrong table")
    withdraw_attachment(one, by=SYSTEM, reason="x")
    withdraw_file(suwon, by=SYSTEM, reason="Wrong table")
    assert list(queries.files_of(suwon.office_id)) == []


def test_documents_are_found_by_members_and_never_by_the_public(suwon: Partnership) -> None:
    one = handed_in(suwon, title="Tawaran beasiswa")
    found = find("beasiswa", office_ids=[suwon.office_id], public_only=False)
    assert [(hit.subject, hit.about) for hit in found] == [(one.key, suwon.key)]
    assert find("beasiswa", office_ids=[suwon.office_id], public_only=True) == []
    withdraw_attachment(one, by=SYSTEM, reason="x")
    assert find("beasiswa", office_ids=[suwon.office_id], public_only=False) == []


@pytest.mark.parametrize("who", [pak_hadi, dewi])
def test_who_only_reads_hands_nothing_in(suwon: Partnership, who: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        handed_in(suwon, by=who(office_id=suwon.office_id))
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_nobody_outside_the_office_touches_its_documents(suwon: Partnership) -> None:
    one = handed_in(suwon)
    facts = AttachmentFacts(kind="letter", title="x")
    for by in (ANONYMOUS, jihoon(office_id=suwon.office_id + 1), bu_ratna(office_id=suwon.office_id + 1)):
        for deed in (
            lambda by=by: handed_in(suwon, samples.pdf(), name="a.pdf", by=by),
            lambda by=by: change_attachment(one, by=by, facts=facts, seen=1),
            lambda by=by: withdraw_attachment(one, by=by, reason="x"),
            lambda by=by: cite_attachment(one, by=by),
        ):
            with pytest.raises(NotAllowed):
                deed()
    with pytest.raises(queries.NoSuchAttachment):
        queries.attachment(one.pk, office_id=suwon.office_id + 1)

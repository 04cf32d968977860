"""Files are kept once, whole or not at all, and handed out harmlessly."""

import hashlib
import io
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction

from kembar.access.permissions import Actor, NotAllowed
from kembar.files import queries, store
from kembar.files.actions import (
    ReasonMissing,
    keep,
    remove,
    tidy,
)
from kembar.files.models import StoredFile
from kembar.files.rules import Refused
from kembar.files.store import NoRoom, receive
from kembar.files.tests import samples
from kembar.journal.models import Entry
from tests.personas import ANONYMOUS, SYSTEM, dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
OFFICE = 1
NOW = timedelta(seconds=-1)  # touched long enough ago, even this moment
TEXT = b"Nota kesepahaman antara dua kota.\n"


def hand_in(content: bytes = TEXT, name: str = "nota.txt", **more: Any) -> StoredFile:
    with receive(io.BytesIO(content), name=name) as arrived:
        return keep(arrived, **{"by": SYSTEM, "office_id": OFFICE, "subject": "instrument:1", **more})


def on_disk() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def place_of(content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    return f"{sha256[:2]}/{sha256}"


def test_a_file_is_kept_under_its_fingerprint_and_comes_back_as_it_was() -> None:
    content = samples.pdf()
    file = hand_in(content, "../../MoU Suwon.pdf", by=sari(office_id=OFFICE))
    assert (file.name, file.size, file.sha256, file.media_type, file.uploaded_by) == (
        "MoU Suwon.pdf", len(content), hashlib.sha256(content).hexdigest(), "application/pdf", "Sari",
    )  # fmt: skip
    assert on_disk() == [place_of(content)]
    assert queries.open_for_download(file.pk, office_id=OFFICE).path.read_bytes() == content
    assert queries.is_intact(file) is True
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.facts["name"], entry.facts["of"]) == (
        "file.kept", f"file:{file.pk}", "MoU Suwon.pdf", "instrument:1",
    )  # fmt: skip


def test_a_file_is_handed_out_to_be_saved_and_never_to_be_opened_in_the_page() -> None:
    file = hand_in(samples.pdf(), '협약서 "x".pdf')
    assert queries.open_for_download(file.pk, office_id=OFFICE).headers == {
        "Content-Type": "application/octet-stream",
        "Content-Length": str(file.size),
        "Content-Disposition": "attachment; filename*=utf-8''%ED%98%91%EC%95%BD%EC%84%9C%20x.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def test_an_upload_of_a_browser_is_taken_like_any_stream() -> None:
    upload = SimpleUploadedFile("nota.txt", TEXT, content_type="application/x-msdownload")
    with receive(upload, name=upload.name or "") as arrived:
        file = keep(arrived, by=SYSTEM, office_id=OFFICE, subject="instrument:1")
    assert (file.media_type, file.size) == ("text/plain", len(TEXT))


def test_the_same_content_is_stored_once() -> None:
    first = hand_in()
    again = hand_in(name="lain.txt")
    elsewhere = hand_in(subject="instrument:2", name="lain.txt")
    other_office = hand_in(office_id=2)
    assert (again.pk, again.name) == (first.pk, "nota.txt")
    assert len({first.pk, elsewhere.pk, other_office.pk}) == 3
    assert on_disk() == [place_of(TEXT)]
    assert Entry.objects.count() == 3


def test_what_lies_there_is_never_written_over() -> None:
    file = hand_in()
    path = store.place(file.sha256)
    before = path.stat().st_ino
    hand_in(subject="instrument:2")
    assert path.stat().st_ino == before


def test_bytes_that_a_damaged_disk_cut_are_put_right_by_the_next_upload() -> None:
    file = hand_in()
    path = store.place(file.sha256)
    path.chmod(0o600)
    path.write_bytes(TEXT[:5])
    assert queries.is_intact(file) is False
    with pytest.raises(queries.ContentMissing):
        queries.open_for_download(file.pk, office_id=OFFICE)
    hand_in(subject="instrument:2")
    assert queries.is_intact(file) is True


def test_a_file_refused_leaves_nothing() -> None:
    with pytest.raises(Refused, match="program"):
        hand_in(b"MZ\x90\x00", "surat.pdf")
    with pytest.raises(Refused, match="wrong_extension"):
        hand_in(samples.png(), "surat.pdf")
    assert (on_disk(), StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_a_file_may_be_as_large_as_the_setting_says_and_no_larger(settings: Any) -> None:
    settings.KEMBAR_LARGEST_FILE = 1
    assert hand_in(b"a" * 1024 * 1024).size == 1024 * 1024
    with pytest.raises(Refused, match="too_large"):
        hand_in(b"a" * (1024 * 1024 + 1))
    assert len(on_disk()) == 1


def test_of_two_hundred_megabytes_no_more_is_read_than_may_be_kept() -> None:
    class Endless:
        given = 0

        def read(self, size: int, /) -> bytes:
            self.given += size
            return b"a" * size

    stream = Endless()
    with pytest.raises(Refused, match="too_large"), receive(stream, name="besar.txt"):
        pass
    assert stream.given <= 26 * 1024 * 1024
    assert on_disk() == []


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The system refuses to write further, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_that_looks_whole() -> None:
    with no_file_larger_than(100_000), pytest.raises(NoRoom):
        hand_in(b"a" * 300_000)
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_a_folder_that_cannot_be_written_is_said_to_be_so(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    settings.MEDIA_ROOT = str(tmp_path / "taken")
    with pytest.raises(NoRoom):
        hand_in()


def test_an_upload_cut_off_leaves_nothing() -> None:
    class CutOff:
        def read(self, size: int, /) -> bytes:
            raise ConnectionResetError("gone")

    with pytest.raises(NoRoom), receive(CutOff(), name="nota.txt"):
        pass
    assert on_disk() == []


def test_a_change_that_failed_keeps_no_row_and_its_content_is_tidied_away() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        hand_in()
        raise RuntimeError
    assert (StoredFile.objects.count(), on_disk()) == (0, [place_of(TEXT)])
    assert (tidy(), len(on_disk())) == (0, 1)
    assert (tidy(untouched=NOW), on_disk()) == (1, [])


def test_tidying_takes_only_what_nobody_needs() -> None:
    kept = hand_in()
    gone = hand_in(b"lain\n", subject="instrument:2")
    shared = hand_in(subject="instrument:3")
    left = Path(settings.MEDIA_ROOT) / "arriving" / "tmpx"
    left.write_bytes(b"half")
    for file in (gone, shared):
        remove(file.pk, by=SYSTEM, office_id=OFFICE, reason="salah unggah")
    assert tidy(untouched=NOW) == 1
    assert on_disk() == [place_of(TEXT)]
    assert queries.open_for_download(kept.pk, office_id=OFFICE).path.read_bytes() == TEXT


def test_content_handed_in_again_is_young_again() -> None:
    file = hand_in()
    remove(file.pk, by=SYSTEM, office_id=OFFICE, reason="salah unggah")
    path = store.place(file.sha256)
    old = time.time() - 3 * 86400
    os.utime(path, (old, old))
    with receive(io.BytesIO(TEXT), name="nota.txt") as arrived:
        store.settle(arrived)  # another upload, whose row is not written yet
        assert tidy() == 0
    os.utime(path, (old, old))
    call_command("tidy_files", stdout=(out := io.StringIO()))
    assert (out.getvalue(), on_disk()) == ("1 contents taken away\n", [])


@pytest.mark.parametrize("who", [dewi(office_id=OFFICE), pak_hadi(office_id=OFFICE), jihoon(office_id=2), ANONYMOUS])
def test_only_an_officer_of_the_office_keeps_and_removes(who: Actor) -> None:
    kept = hand_in()
    with pytest.raises(NotAllowed):
        hand_in(b"lain\n", by=who)
    with pytest.raises(NotAllowed):
        remove(kept.pk, by=who, office_id=OFFICE, reason="bukan naskah")
    assert [file.pk for file in StoredFile.objects.all()] == [kept.pk]


def test_a_file_of_another_office_does_not_exist() -> None:
    file = hand_in()
    for deed in (
        lambda: queries.stored_file(file.pk, office_id=2),
        lambda: queries.open_for_download(file.pk, office_id=2),
        lambda: remove(file.pk, by=SYSTEM, office_id=2, reason="x"),
    ):
        with pytest.raises(queries.NoSuchFile):
            deed()
    assert queries.files_of(["instrument:1"], office_id=2) == {}


def test_the_files_of_many_records_cost_one_query(django_assert_num_queries: Any) -> None:
    first, second = hand_in(), hand_in(b"dua\n")
    third = hand_in(subject="instrument:2")
    with django_assert_num_queries(1):
        found = queries.files_of(["instrument:1", "instrument:2", "instrument:3"], office_id=OFFICE)
    assert {subject: [file.pk for file in files] for subject, files in found.items()} == {
        "instrument:1": [first.pk, second.pk],
        "instrument:2": [third.pk],
    }


def test_a_file_removed_leaves_its_fingerprint_in_the_journal() -> None:
    file = hand_in()
    with pytest.raises(ReasonMissing):
        remove(file.pk, by=SYSTEM, office_id=OFFICE, reason="")
    remove(file.pk, by=SYSTEM, office_id=OFFICE, reason="salah unggah")
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.facts["sha256"], entry.facts["reason"]) == ("file.removed", file.sha256, "salah unggah")
    assert StoredFile.objects.count() == 0

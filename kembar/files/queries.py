"""Reading files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.http import content_disposition_header

from kembar.files import store
from kembar.files.models import SignatureCheck, StoredFile
from kembar.files.rules import Refused, Signature


class NoSuchFile(Exception):
    """There is no such file in this office."""


class ContentMissing(Exception):
    """The row is there and its bytes are not, or not in their full length: restore them from the backup."""


@dataclass(frozen=True, slots=True)
class Download:
    """What to send, and the headers that make it harmless: saved, never opened in the page, nothing in it runs."""

    path: Path
    name: str
    headers: dict[str, str]


def files_of(subjects: Iterable[str], *, office_id: int) -> dict[str, list[StoredFile]]:
    """The files of these records, in the order in which they came. One query."""
    rows = StoredFile.objects.filter(office_id=office_id, subject__in=list(subjects))
    found: dict[str, list[StoredFile]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.subject, []).append(row)
    return found


def signature_checks_of(file_ids: Iterable[int]) -> dict[int, SignatureCheck]:
    """File → the newest look at its signatures; none for what is no PDF, or came before they were looked at. One
    query."""
    rows = SignatureCheck.objects.filter(file_id__in=list(file_ids)).order_by("id")
    return {row.file_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the signatures inside a file say now; `refused` the code of rules where it would not be taken any more."""

    signatures: tuple[Signature, ...] = ()
    refused: str = ""


def look_again(file_id: int, *, office_id: int) -> Looked:
    """Looks into a PDF on file by the trusted issuers and the rules of now. It takes its time: do it before the
    transaction. Raises NoSuchFile, ContentMissing (also where the bytes are no longer those that came)."""
    file = stored_file(file_id, office_id=office_id)
    if not is_intact(file):
        raise ContentMissing(file_id)
    try:
        return Looked(store.look_again(store.place(file.sha256), name=file.name).signatures)
    except Refused as error:
        return Looked(refused=error.code)


def stored_file(file_id: int, *, office_id: int) -> StoredFile:
    """One file of this office. Raises NoSuchFile, also for a file of another office."""
    found = StoredFile.objects.filter(pk=file_id, office_id=office_id).first()
    if found is None:
        raise NoSuchFile(file_id)
    return found


def open_for_download(file_id: int, *, office_id: int) -> Download:
    """A file of this office with its headers; who may have it is the caller's to know. Raises NoSuchFile,
    ContentMissing."""
    file = stored_file(file_id, office_id=office_id)
    path = store.place(file.sha256)
    if not path.is_file() or path.stat().st_size != file.size:
        raise ContentMissing(file_id)
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Length": str(file.size),
        "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    return Download(path=path, name=file.name, headers=headers)


def is_intact(file: StoredFile) -> bool:
    """Whether the bytes still have the fingerprint they came with. Reads the whole file."""
    path = store.place(file.sha256)
    return path.is_file() and store.fingerprint(path) == file.sha256


def fingerprints_known(*, using: str) -> list[str]:
    """Of all content that some row of any office names, in this connection's view; each once, sorted."""
    rows = StoredFile.objects.using(using).order_by("sha256").values_list("sha256", flat=True)
    return list(rows.distinct())

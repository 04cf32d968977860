"""Where the bytes of files lie: by their fingerprint, written once, never changed.

A file arrives in a folder of its own beside them, is flushed to the disk, checked, and only then linked to its place: a
full disk or a power failure leaves nothing that looks whole and is not.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from kembar.files.inspection import inspect
from kembar.files.rules import TOO_LARGE, Inspected, MediaType, Refused, Signature, named_as

_CHUNK = 1 << 16
_ARRIVING = "arriving"


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class NoRoom(Exception):
    """The disk did not take the file (full, or not writable); nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that passed the checks and waits to be kept."""

    path: Path
    name: str
    size: int
    sha256: str
    media_type: MediaType
    signatures: tuple[Signature, ...] = ()


def largest() -> int:
    """Bytes a file may have at most."""
    return int(settings.KEMBAR_LARGEST_FILE * 1024 * 1024)


def place(sha256: str) -> Path:
    """Where the content of this fingerprint lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


@contextmanager
def receive(stream: Stream, *, name: str) -> Iterator[Arrived]:
    """Takes an upload in and checks it; `actions.keep` inside the block keeps it, else nothing remains.

    Raises Refused with the reason's code, and NoRoom. Do it before the transaction: reading takes its time.
    """
    path: Path | None = None
    try:
        try:
            folder = Path(settings.MEDIA_ROOT) / _ARRIVING
            folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder)
            path = Path(temporary)
            size, sha256 = _pour(stream, handle)
        except OSError as fault:
            raise NoRoom(str(fault)) from fault
        found = inspect(path, name=name, roots=roots())
        yield Arrived(path=path, name=named_as(name, found.kind), size=size, sha256=sha256, media_type=found.kind,
                      signatures=found.signatures)  # fmt: skip
    finally:
        if path is not None:
            path.unlink(missing_ok=True)


def _pour(stream: Stream, handle: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with os.fdopen(handle, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > largest():
                raise Refused(TOO_LARGE)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def roots() -> Path:
    """The folder with the certificates of those whose word on a signature is taken here."""
    return Path(settings.KEMBAR_TRUST_ROOTS).resolve()


def look_again(path: Path, *, name: str) -> Inspected:
    """What lies there, by the rules and the trusted issuers of now. Raises Refused."""
    return inspect(path, name=name, roots=roots())


def settle(arrived: Arrived) -> None:
    """Puts the content in its place for good. Content that lies there already is left alone. Raises NoRoom."""
    target = place(arrived.sha256)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.stat().st_size == arrived.size:
            os.utime(target)  # young again, so that tidying passes over it until the row is written
            return
        try:
            os.link(arrived.path, target)
        except FileExistsError:
            # Bytes under this fingerprint that cannot have it: what a damaged disk left is put right.
            arrived.path.replace(target)
        _flush_folder(target.parent)
    except OSError as fault:
        raise NoRoom(str(fault)) from fault


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fingerprint(path: Path) -> str:
    """SHA-256 of what lies there now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lying(*, seconds: float) -> list[str]:
    """Fingerprints of all content that nobody touched for so long, sorted."""
    before = time.time() - seconds
    found = Path(settings.MEDIA_ROOT).glob("[0-9a-f][0-9a-f]/*")
    return sorted(path.name for path in found if path.stat().st_mtime < before)


def discard(fingerprints: Collection[str], *, seconds: float) -> None:
    """Takes content away for good, and what uploads cut off so long ago left behind."""
    before = time.time() - seconds
    halves = [*Path(settings.MEDIA_ROOT).glob(f"{_ARRIVING}/*")]
    for path in [*map(place, fingerprints), *halves]:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()

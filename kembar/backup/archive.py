"""The file of a backup: a ZIP of tables and documents, and a list of what is in it with a fingerprint of each part.

tables/<app>.<model>.jsonl   first line the columns, then one line per row; values as text, whatever the database
files/<sha256>               the content of the documents
manifest.json                written last: version, migrations, and size and SHA-256 of every other part
"""

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_PART = re.compile(r"tables/[a-z_]+\.[a-z_]+\.jsonl|files/[0-9a-f]{64}")


class Refused(Exception):
    """A backup that cannot be made or restored; the text is a sentence saying why and what is left."""


@dataclass
class Manifest:
    """`migrations` as app → names; `key` tells whether two instances have the same secret key, and not which."""

    product: str
    made_at: str
    migrations: dict[str, list[str]]
    key: str
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


class Writer:
    """Takes parts in one after the other. What was begun is gone again unless `writing` ends well."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool) -> None:
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        size, digest = 0, hashlib.sha256()
        with self._archive.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.manifest.parts[name] = (size, digest.hexdigest())


@contextlib.contextmanager
def writing(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """Under another name until it is whole, flushed to the disk and read again: a file of the given name is a backup.

    Raises Refused where the name is taken or the disk does not take it all; nothing is left then.
    """
    if path.exists():
        raise Refused(f"{path} is there already; a backup never writes over a file, choose another name")
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".unfinished", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", compresslevel=6) as archive:
                yield Writer(archive, manifest)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        check(temporary)
        os.link(temporary, path)  # refuses where somebody else has made a file of this name meanwhile
        flush_folder(path.parent)
    except FileExistsError:
        raise Refused(f"{path} is there already; a backup never writes over a file, choose another name") from None
    except OSError as fault:
        raise Refused(f"no backup was made, {path} could not be written: {fault.strerror or fault}") from fault
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(path: Path) -> Manifest:
    """The manifest of a backup of which every byte is as it was written. Raises Refused, in words."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            found = {info.filename for info in archive.infolist()} - {MANIFEST}
            if found != set(manifest.parts):
                raise Refused(f"{path} was altered: its parts are not those its list names")
            for name in manifest.parts:
                _compare(archive, name, manifest.parts[name], path)
    except FileNotFoundError:
        raise Refused(f"there is no file {path}") from None
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror or fault}") from fault
    # zlib, struct and the ZIP reader each have their own word for bytes that make no sense.
    except Refused:
        raise
    except Exception as fault:
        raise Refused(f"{path} is no whole backup: it was cut off, or altered on the way ({fault})") from fault
    return manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    told: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if told.get("format", 0) > FORMAT:
        raise Refused(_newer(told))
    manifest = Manifest(**told)
    manifest.parts = {name: (size, digest) for name, (size, digest) in manifest.parts.items() if _PART.fullmatch(name)}
    return manifest


def _newer(told: dict[str, Any]) -> str:
    return (
        f"this backup was made by a newer Kembar ({told.get('product', 'unknown')}); bring this one up to date first. "
        "Nothing was changed"
    )


def newer(manifest: Manifest) -> Refused:
    return Refused(_newer(asdict(manifest)))


def _compare(archive: zipfile.ZipFile, name: str, expected: tuple[int, str], path: Path) -> None:
    size, digest = 0, hashlib.sha256()
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
            if size > expected[0]:
                break
    if (size, digest.hexdigest()) != expected:
        raise Refused(f"{path} was altered: {name} is not what was written")


def content(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk

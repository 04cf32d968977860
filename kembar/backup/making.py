"""Making a backup while people work: one moment of the database, then the documents that moment knows."""

import contextlib
import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kembar.backup.archive import Manifest, Refused, Writer, content, writing
from kembar.backup.rows import kept_models, lines_of, part_of
from kembar.files import store
from kembar.files.queries import fingerprints_known

_SNAPSHOT = "snapshot"


def back_up(path: Path) -> Manifest:
    """Writes the instance into one file that only its owner may read. Raises Refused.

    Nobody waits for it: it reads one moment of the database beside those who write. Documents never change once they
    are kept, so they may be copied after that moment.
    """
    with _snapshot() as using:
        manifest = Manifest(
            product=product(), made_at=timezone.now().isoformat(), migrations=applied(using), key=key_fingerprint()
        )
        with writing(path, manifest) as writer:
            for model in kept_models():
                writer.add(part_of(model), _counted(model, manifest, using), packed=True)
            _add_documents(writer, using)
    return manifest


def _counted(model: Any, manifest: Manifest, using: str) -> Iterator[bytes]:
    lines = -1  # the first names the columns
    for line in lines_of(model, using=using):
        lines += 1
        yield line
    manifest.rows[model._meta.label_lower] = lines


def _add_documents(writer: Writer, using: str) -> None:
    for sha256 in fingerprints_known(using=using):
        place = store.place(sha256)
        if place.is_file():
            writer.add(f"files/{sha256}", content(place), packed=False)
        else:
            writer.manifest.missing.append(sha256)


def product() -> str:
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def key_fingerprint() -> str:
    return salted_hmac("kembar.backup.key", "", algorithm="sha256").hexdigest()[:16]


def applied(using: str) -> dict[str, list[str]]:
    """The migrations this database has been through, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connections[using]).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


@contextlib.contextmanager
def _snapshot() -> Iterator[str]:
    """A connection of its own that sees the database as it was when its transaction began, and never writes."""
    described = copy.deepcopy(connections.databases["default"])
    options = described.setdefault("OPTIONS", {})
    if described["ENGINE"] == "django.db.backends.sqlite3":
        options["transaction_mode"] = "DEFERRED"  # readers of the write-ahead log block nobody and see one moment
    else:
        from psycopg import IsolationLevel

        options.pop("pool", None)
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections.databases[_SNAPSHOT] = described
    try:
        with transaction.atomic(using=_SNAPSHOT):
            if not applied(_SNAPSHOT):
                raise Refused("the database is empty: there is nothing to back up")
            yield _SNAPSHOT
    except Error as fault:
        raise Refused(f"no backup was made, the database could not be read: {fault}") from fault
    finally:
        connections[_SNAPSHOT].close()
        del connections[_SNAPSHOT]
        del connections.databases[_SNAPSHOT]

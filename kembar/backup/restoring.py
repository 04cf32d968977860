"""Restoring a backup into an empty instance, on the database it came from or the other one."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import Error, connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from kembar.backup.archive import Manifest, Refused, check, flush_folder, newer
from kembar.backup.making import key_fingerprint
from kembar.backup.rows import kept_models, part_of, put_back
from kembar.files import store

Node = tuple[str, str]


def restore(path: Path) -> Manifest:
    """Puts everything back, all or nothing, and brings it up to the version that is running. Raises Refused.

    The tables are made as they were when the backup was made, filled, and only then changed as an upgrade would.
    """
    manifest = check(path)
    try:
        executor = MigrationExecutor(connection)
        recorded = _recorded(manifest, executor)
        _require_empty(manifest)
        new: list[Path] = []
        try:
            executor.migrate(_leaves(recorded, executor))
            with zipfile.ZipFile(path) as archive:
                new = _documents(archive, manifest)
                _rows(archive, manifest, executor.loader.project_state(recorded).apps)
        except BaseException:
            for document in new:
                document.unlink(missing_ok=True)
            raise
        call_command("migrate", verbosity=0)
    except (Error, IrreversibleError) as fault:
        raise Refused(f"nothing was restored, the database did not take it: {fault}") from fault
    except OSError as fault:
        raise Refused(f"nothing was restored, the documents could not be written: {fault.strerror}") from fault
    return manifest


def has_other_key(manifest: Manifest) -> bool:
    """Whether what was written with the secret key of that instance cannot be read here: second factors above all."""
    return manifest.key != key_fingerprint()


def _recorded(manifest: Manifest, executor: MigrationExecutor) -> list[Node]:
    nodes = [(app, name) for app, names in manifest.migrations.items() for name in names]
    known = executor.loader.graph.nodes
    # A library's own tables may have been squashed; ours never are.
    if any(node not in known for node in nodes):
        raise newer(manifest)
    return nodes


def _leaves(nodes: Iterable[Node], executor: MigrationExecutor) -> list[Node]:
    """The last migration of each app among these."""
    chosen = set(nodes)
    graph = executor.loader.graph
    return sorted(
        node
        for node in chosen
        if not any(child.key[0] == node[0] and child.key in chosen for child in graph.node_map[node].children)
    )


def _require_empty(manifest: Manifest) -> None:
    there = set(connection.introspection.table_names())
    filled = [
        model._meta.db_table
        for model in kept_models()
        if model._meta.db_table in there and _has_rows(model._meta.db_table)
    ]
    strange = set(store.lying(seconds=0)) - {name.removeprefix("files/") for name in manifest.parts}
    if filled or strange:
        what = ", ".join(sorted(filled)[:5]) or "documents"
        raise Refused(
            f"this instance is not empty (it has {what}); restore into a new one: an empty database and an empty "
            "data folder. Nothing was changed"
        )


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a table of ours
        return cursor.fetchone() is not None


def _rows(archive: zipfile.ZipFile, manifest: Manifest, then: Any) -> None:
    models = kept_models(then)
    # Foreign keys are looked at when the transaction ends, so the order of tables does not matter.
    with transaction.atomic():
        for model in models:
            if part_of(model) in manifest.parts:
                with archive.open(part_of(model)) as lines:
                    count = put_back(model, lines, using=connection.alias)
                if count != manifest.rows[model._meta.label_lower]:
                    raise Refused(f"nothing was restored: {part_of(model)} does not have the rows its list names")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        connection.check_constraints()


def _documents(archive: zipfile.ZipFile, manifest: Manifest) -> list[Path]:
    """Every document at its place, on the disk for good; those that were not there before."""
    new: list[Path] = []
    try:
        for name, (size, _) in manifest.parts.items():
            place = store.place(name.removeprefix("files/"))
            if not name.startswith("files/") or (place.is_file() and place.stat().st_size == size):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source:
                _write(place, source)
            new.append(place)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise
    return new


def _write(place: Path, source: IO[bytes]) -> None:
    arriving = Path(settings.MEDIA_ROOT) / "arriving"
    arriving.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=arriving)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
        flush_folder(place.parent)
    finally:
        Path(name).unlink(missing_ok=True)

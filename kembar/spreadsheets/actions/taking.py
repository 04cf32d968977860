"""Taking a spreadsheet in: checked, kept as it came, its sheets laid out as text."""

import hashlib
import io
import json

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.files.actions import keep
from kembar.files.rules import CSV, ENCRYPTED, ODS, TEXT, TOO_LARGE, XLSX, Refused, extension
from kembar.files.store import receive
from kembar.journal.actions import record
from kembar.lib.encodings import NotText, decoded
from kembar.spreadsheets import cells
from kembar.spreadsheets.actions.preparing import guess_sheet
from kembar.spreadsheets.cells import NoTable, Table, tables_of_file, tables_of_text
from kembar.spreadsheets.models import Sheet, Spreadsheet

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How a locked XLSX names its content inside the old container it is put in.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_TEXTS = ("csv", "txt", "tsv", "")


class FileRefused(Exception):
    """The file was not taken: `code` is one of `files.rules`, or of `spreadsheets.cells`; `sheet` the one at fault."""

    def __init__(self, code: str, *, sheet: str = "") -> None:
        self.code, self.sheet = code, sheet
        super().__init__(code)


@transaction.atomic
def take(data: bytes, *, name: str, by: Actor, office: Office) -> Spreadsheet:
    """Keeps the file and lays its sheets out, the likeliest chosen, its columns guessed. Raises FileRefused, NoRoom."""
    require(by, Permission.IMPORT_CLAIMS, office_id=office.pk)
    if len(data) > cells.LARGEST:
        raise FileRefused(TOO_LARGE)
    content, name = _content(data, name=name)
    try:
        with receive(io.BytesIO(content), name=name) as arrived:
            tables = _tables(arrived.path.read_bytes(), kind=arrived.media_type.name, path=arrived.path)
            found = Spreadsheet.objects.create(
                office=office, name=arrived.name, size=len(data), sha256=hashlib.sha256(data).hexdigest(),
                brought_by=by.label, brought_at=timezone.now(),
            )  # fmt: skip
            keep(arrived, by=by, office_id=office.pk, subject=found.key)
    except Refused as refused:
        raise FileRefused(refused.code) from None
    except NoTable as refused:
        raise FileRefused(refused.code, sheet=refused.sheet) from None
    Sheet.objects.bulk_create(
        Sheet(office=office, spreadsheet=found, position=position, name=table.name[:120], since_1904=table.since_1904,
              row_count=len(table.rows), cells=json.dumps(table.rows, ensure_ascii=False))
        for position, table in enumerate(tables)
    )  # fmt: skip
    record("spreadsheet.taken", by=by, subject=found.key, office_id=office.pk,
           facts={"name": found.name, "sheets": len(tables)})  # fmt: skip
    return guess_sheet(found, by=by, tables=tables)


def _content(data: bytes, *, name: str) -> tuple[bytes, str]:
    """The bytes to keep: of a table as text in UTF-8, whatever it came in; all others untouched. Raises FileRefused."""
    if data.startswith(_OLD_OFFICE) and _LOCKED in data:
        raise FileRefused(ENCRYPTED)
    if data.startswith((_ARCHIVE, _OLD_OFFICE)) or extension(name) not in _TEXTS or not data.strip():
        return data, name
    try:
        text = decoded(data)
    except NotText:
        raise FileRefused(cells.NOT_A_TABLE) from None
    stem = name.rsplit(".", 1)[0] if extension(name) else name
    return text.encode(), f"{stem}.csv"


def _tables(content: bytes, *, kind: str, path: object) -> list[Table]:
    from pathlib import Path

    if kind in (XLSX.name, ODS.name):
        return tables_of_file(Path(str(path)))
    if kind in (CSV.name, TEXT.name):
        return tables_of_text(content.decode("utf-8-sig"))
    raise NoTable(cells.NOT_A_TABLE)

"""A table as a file in the visitor's hands."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.http import FileResponse
from django.urls import reverse

from kembar.lib import tables

Row = TypeVar("Row")


def addresses_of(name: str, query: str = "", /, **parts: object) -> list[tuple[str, str]]:
    """(CSV, its address) of each format of a table; `name` is that of a route that ends in TABLE."""
    asked = f"?{query}" if query else ""
    return [(end.upper(), reverse(name, kwargs={**parts, "extension": end}) + asked) for end in tables.FORMATS]


def download(
    columns: Sequence[tables.Column[Row]], rows: Iterable[Row], *, extension: str, name: Sequence[str], sheet: str = ""
) -> FileResponse:
    """`extension`: csv, xlsx or json; `name`: the parts of the file's name, of which only Latin letters and digits
    remain; `sheet` names the sheet of an XLSX, else the first part does.

    Everything is written before the answer begins: in the visitor's language, and a fault half-way is still an error
    page instead of half a file.
    """
    if extension == "xlsx":
        file = tables.as_xlsx(columns, rows, sheet=sheet or name[0])
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it after sending
        file.writelines((tables.as_csv if extension == "csv" else tables.as_json)(columns, rows))
        file.seek(0)
    return FileResponse(
        file,
        as_attachment=extension != "json",
        filename=tables.file_name(*name, extension=extension),
        content_type=tables.FORMATS[extension],
    )

"""The template an office may fill in, and two old tables to try with."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import xlsxwriter
from django.http import FileResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext

from kembar.lib.tables import FORMATS, file_name

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Sample:
    """A table written for trying: `slug` in its address, `file` in data/."""

    slug: str
    file: str
    label: str | Promise


SAMPLES = (
    Sample("old-office", "contoh-daftar-lama.xlsx", gettext_lazy("An old list of an Indonesian office (XLSX)")),
    Sample("event-list", "sample-event-list.csv", gettext_lazy("A list of events in English (CSV)")),
)


def sample_file(slug: str) -> FileResponse | None:
    found = next((each for each in SAMPLES if each.slug == slug), None)
    if found is None:
        return None
    path = DATA / found.file
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name,
                        content_type=FORMATS[path.suffix.removeprefix(".")])  # fmt: skip


def _rows() -> list[tuple[str, str, str]]:
    """Heading, an example, what the column holds."""
    return [
        (gettext("Partner city"), "Suwon", gettext("The city alone; its country in the next column.")),
        (gettext("Country"), "Korea Selatan", gettext("Its name in any language, or its two letters (KR).")),
        (gettext("Kind of cooperation"), "sister city", gettext("Sister city, friendship city or thematic.")),
        (gettext("Kind of paper or event"), "MoU", gettext("LoI, MoU, perpanjangan, persetujuan DPRD, kunjungan, …")),
        (gettext("Title, or what happened"), gettext("Memorandum on sister city cooperation"),
         gettext("The title of the paper; of an event, one line on what happened.")),
        (gettext("Date of signature or of the event"), "25 Agustus 1997",
         gettext("As exactly as you know it: 25 Agustus 1997, 1997-08, akhir 2019, 2005.")),
        (gettext("In force from"), "", gettext("Only where it is not the day of signature.")),
        (gettext("Last day in force"), "", gettext("Leave it empty where the paper names a term instead.")),
        (gettext("Term"), "5 tahun", gettext("5 tahun, 6 months; or from when to when: 2019–2024.")),
        (gettext("Fields of cooperation"), "ekonomi; pendidikan; kebudayaan", gettext("Parted by semicolons.")),
        (pgettext("column", "Status"), "",
         gettext("As your list has it. The register works its own state out from the papers.")),
        (gettext("Number of the paper"), "", gettext("Kept as words of the source.")),
    ]  # fmt: skip


def template_file() -> FileResponse:
    return FileResponse(template_book(), as_attachment=True, content_type=FORMATS["xlsx"],
                        filename=file_name("kembar", gettext("Table"), extension="xlsx"))  # fmt: skip


def template_book() -> IO[bytes]:
    """XLSX in the language of the page: a sheet with headings and one example, a sheet that explains them."""
    # The answer closes it after sending.
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    table = book.add_worksheet(gettext("Table")[:31])
    help_sheet = book.add_worksheet(gettext("Explanation")[:31])
    help_sheet.set_column(0, 0, 34)
    help_sheet.set_column(1, 1, 80)
    help_sheet.write_row(0, 0, [gettext("Column"), gettext("What it holds")], bold)
    for index, (heading, example, meaning) in enumerate(_rows()):
        table.set_column(index, index, 24)
        table.write_string(0, index, heading, bold)
        if example:
            table.write_string(1, index, example)
        help_sheet.write_string(index + 1, 0, heading, wrap)
        help_sheet.write_string(index + 1, 1, meaning, wrap)
    table.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return file

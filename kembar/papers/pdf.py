"""A document as PDF. What draws it needs Pango on the machine; without it everything else works and this says so."""

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Any

from kembar.papers.document import Document
from kembar.papers.markup import whole

MEDIA_TYPE = "application/pdf"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-liberation"
_CSS = Path(__file__).parent / "static" / "papers" / "paper.css"
_LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")


class NoPango(Exception):
    """This machine lacks the library that draws PDFs; `PACKAGES` names what to install."""


class _Outside(Exception):
    """A paper asked for something outside itself."""


@cache
def is_possible() -> bool:
    """Whether the libraries are there; asked without loading what draws, which takes two seconds and 60 MB."""
    return all(_loads(name) for name in _LIBRARIES)


def _loads(name: str) -> bool:
    ending = "dylib" if sys.platform == "darwin" else "so"
    for version in ("0", "1"):
        try:
            ctypes.CDLL(f"lib{name}.{version}.dylib" if ending == "dylib" else f"lib{name}.so.{version}")
        except OSError:
            continue
        return True
    return False


def as_pdf(document: Document) -> bytes:
    """The bytes of the file; nothing outside the document is read. Without limits: call `drawing.drawn`."""
    import weasyprint  # only in the process that draws

    made = weasyprint.HTML(string=whole(document, _CSS.read_text(encoding="utf-8")), url_fetcher=_fetch, base_url=None)
    return bytes(made.write_pdf(pdf_tags=True))


def _fetch(url: str, *args: Any, **options: Any) -> Any:
    import weasyprint

    if not url.startswith("data:image/"):
        raise _Outside(url[:80])
    return weasyprint.default_url_fetcher(url, *args, **options)

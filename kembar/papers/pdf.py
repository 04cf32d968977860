"""A document as PDF. What draws it needs Pango on the machine; without it everything else works and this says so."""

from functools import cache
from pathlib import Path
from typing import Any

from kembar.papers.document import Document
from kembar.papers.markup import whole

MEDIA_TYPE = "application/pdf"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-liberation"
_CSS = Path(__file__).parent / "static" / "papers" / "paper.css"


class NoPango(Exception):
    """This machine lacks the library that draws PDFs; `PACKAGES` names what to install."""


class _Outside(Exception):
    """A paper asked for something outside itself."""


@cache
def _weasyprint() -> Any:
    """The library, or None where it cannot be loaded: it looks for Pango when it is imported."""
    try:
        import weasyprint
    except OSError:
        return None
    return weasyprint


def is_possible() -> bool:
    return _weasyprint() is not None


def as_pdf(document: Document) -> bytes:
    """The bytes of the file; nothing outside the document is read. Raises NoPango."""
    library = _weasyprint()
    if library is None:
        raise NoPango(PACKAGES)
    made = library.HTML(string=whole(document, _CSS.read_text(encoding="utf-8")), url_fetcher=_fetch, base_url=None)
    return bytes(made.write_pdf(pdf_tags=True))


def _fetch(url: str, *args: Any, **options: Any) -> Any:
    if not url.startswith("data:image/"):
        raise _Outside(url[:80])
    return _weasyprint().default_url_fetcher(url, *args, **options)

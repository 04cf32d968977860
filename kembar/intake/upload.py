"""The text of an uploaded file: plain text, Word, PDF, web page. Plain Python; nothing of the file is kept or run."""

import io
import re
import zipfile
from collections.abc import Callable

from kembar.lib.encodings import NotText, decoded

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_PAGES = 300


class CannotRead(Exception):
    """Why a file gives no text: `code` is empty, too_large, picture, not_text, broken, locked, no_text_inside."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def text_of(data: bytes) -> str:
    """The words of a file, told by its content, not by its name. Raises CannotRead."""
    if not data.strip():
        raise CannotRead("empty")
    if len(data) > LARGEST:
        raise CannotRead("too_large")
    text = _reader_of(data)(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CannotRead("no_text_inside")
    return text


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")


def _reader_of(data: bytes) -> Callable[[bytes], str]:
    if data.startswith(b"%PDF-"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _word
    if data.startswith(_PICTURES):
        raise CannotRead("picture")
    head = data[:2000].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<body" in head or b"<head" in head:
        return _web_page
    return _plain


def _plain(data: bytes) -> str:
    try:
        return decoded(data)
    except NotText:
        raise CannotRead("not_text") from None


def _word(data: bytes) -> str:
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise CannotRead("too_large")
            if "word/document.xml" not in parts.namelist():
                raise CannotRead("not_text")
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        raise CannotRead("broken") from None
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotRead("locked")
        if len(reader.pages) > MOST_PAGES:
            raise CannotRead("too_large")
        return "\n".join(page.extract_text() for page in reader.pages)
    except FileNotDecryptedError:
        raise CannotRead("locked") from None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        raise CannotRead("broken") from None


_BLOCKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 article section blockquote td th dt dd".split())
_NOT_READ = ("script", "style", "noscript", "template", "nav", "form", "button", "svg", "iframe", "head")


def _web_page(data: bytes) -> str:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=_charset(data))
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError, LookupError):
        raise CannotRead("broken") from None
    etree.strip_elements(root, *_NOT_READ, with_tail=False)
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
    return re.sub(r"[ \t]*\n\s*", "\n", root.text_content()).strip()


def _charset(data: bytes) -> str:
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:2000])
    if named:
        return named.group(1).decode("ascii")
    return "utf-8"

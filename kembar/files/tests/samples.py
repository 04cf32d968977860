"""Files as the world sends them, made here byte by byte: good ones, and each kind of bad one."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from xlsxwriter import Workbook


def pdf(change: Callable[[PdfWriter], object] | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def more_pages(writer: PdfWriter, count: int) -> None:
    for _ in range(count):
        writer.add_blank_page(width=200, height=200)


def _open_action(writer: PdfWriter, action: Mapping[str, str]) -> None:
    entries = {NameObject(key): TextStringObject(value) for key, value in action.items() if key != "/S"}
    entries[NameObject("/S")] = NameObject(action["/S"])
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(entries))


def pdf_with_script() -> bytes:
    return pdf(lambda writer: _open_action(writer, {"/S": "/JavaScript", "/JS": "app.alert('x');"}))


def pdf_with_script_in_no_table() -> bytes:
    """An object that a forgiving viewer finds when it reads the file from the start; with a comment in the way."""
    return pdf().replace(
        b"xref\n", b"99 0 obj\n<< /S%x\n/JavaScript /JS % y\n (app.alert\\(1\\)) >>\nendobj\nxref\n", 1
    )


def pdf_about_scripts() -> bytes:
    return pdf(lambda writer: writer.add_metadata({"/Title": "Kursus Node/JS, /Launch dan /Encrypt"}))


def pdf_that_launches() -> bytes:
    return pdf(lambda writer: _open_action(writer, {"/S": "/Launch", "/F": "cmd.exe"}))


def pdf_with_a_name_written_otherwise() -> bytes:
    return pdf_with_script().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4a#53")


def pdf_with_form_program() -> bytes:
    def change(writer: PdfWriter) -> None:
        form = DictionaryObject({NameObject("/XFA"): ArrayObject(), NameObject("/Fields"): ArrayObject()})
        writer.root_object[NameObject("/AcroForm")] = form

    return pdf(change)


def pdf_with_script_packed_away() -> bytes:
    """The script's object lies compressed inside an object stream, where no search of the bytes sees it."""
    packed = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    ]
    offsets, body = [], b""
    for number, one in enumerate(packed, 1):
        offsets.append(b"%d %d" % (number, len(body)))
        body += one + b" "
    first = b" ".join(offsets) + b" "
    data = zlib.compress(first + body)
    out = b"%PDF-1.5\n"
    stream_at = len(out)
    out += b"5 0 obj\n<< /Type /ObjStm /N 4 /First %d /Length %d /Filter /FlateDecode >>\n" % (len(first), len(data))
    out += b"stream\n" + data + b"\nendstream\nendobj\n"
    table_at = len(out)
    rows = b"\x00\x00\x00\x00" + b"".join(b"\x02\x00\x05" + bytes([index]) for index in range(4))
    rows += b"\x01" + struct.pack(">H", stream_at) + b"\x00" + b"\x01" + struct.pack(">H", table_at) + b"\x00"
    table = zlib.compress(rows)
    out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d /Filter /FlateDecode >>\n" % len(table)
    out += b"stream\n" + table + b"\n"
    return out + b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at


def pdf_with_attachment() -> bytes:
    return pdf(lambda writer: writer.add_attachment("x.exe", b"MZ"))


def pdf_locked() -> bytes:
    return pdf(lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"))


def pdf_of_many_objects() -> bytes:
    def change(writer: PdfWriter) -> None:
        for number in range(300):
            writer._add_object(DictionaryObject({NameObject("/N"): NumberObject(number)}))

    return pdf(change)


def pdf_in_itself() -> bytes:
    """A page tree that is its own child."""
    return pdf().replace(b"/Kids [ 4 0 R ]", b"/Kids [ 2 0 R ]").replace(b"/Kids [ 3 0 R ]", b"/Kids [ 1 0 R ]")


def archive(members: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("Nota kesepahaman")
    document.save(out)
    if not more:
        return out.getvalue()
    with zipfile.ZipFile(out) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return archive(members | dict(more))


def xlsx() -> bytes:
    out = io.BytesIO()
    with Workbook(out) as book:
        book.add_worksheet().write(0, 0, "kota")
    return out.getvalue()


def open_document(kind: str, more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("content.xml", "<office:document-content/>")
        for name, content in {"META-INF/manifest.xml": b"<manifest/>", **(more or {})}.items():
            file.writestr(name, content)
    return out.getvalue()


def archive_with_password() -> bytes:
    """A directory that says its members are locked."""
    data = bytearray(docx())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def archive_whose_members_share_bytes() -> bytes:
    """Many entries of the directory lead to the same packed bytes."""
    data = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(range(256)) * 200}, packed=False)
    end = data.rfind(b"PK\x05\x06")
    directory_at = struct.unpack_from("<L", data, end + 16)[0]
    last = data.rfind(b"PK\x01\x02", directory_at, end)
    entry = data[last:end]
    entries = data[directory_at:end]
    for number in range(40):
        entries += entry.replace(b"word/document.xml", b"word/documen%02d.xm" % number)
    count = 42
    tail = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count, count, len(entries), directory_at, 0)
    return data[:directory_at] + entries + tail


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(*, width: int = 1, height: int = 1) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"\x00\x00")) + _chunk(b"IEND", b"")


def jpeg(*, behind: bytes = b"", width: int = 1, height: int = 1) -> bytes:
    def part(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    return (
        b"\xff\xd8" + part(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + part(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01")
        + part(0xDA, b"\x01\x01\x00\x00?\x00") + b"\x12\xff\x00\x34" + b"\xff\xd9" + behind
    )  # fmt: skip

"""Word, Excel and OpenDocument files: ZIP archives whose members say what they are.

Checked before anything is unpacked: the directory's size, so that it cannot fill the memory; what each member claims to
unpack to; that the archive begins at the first byte and ends at the last. Then every member is read once, to its end.
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path

from kembar.files.rules import (
    BOMB,
    DAMAGED,
    DOCX,
    ENCRYPTED,
    NOT_ALLOWED,
    ODS,
    ODT,
    PROGRAM,
    SCRIPTED,
    TWO_IN_ONE,
    XLSX,
    MediaType,
    Refused,
)

MOST_MEMBERS = 5_000
LARGEST_DIRECTORY = 2_000_000  # bytes
LARGEST_UNPACKED = 300_000_000  # bytes of all members
HIGHEST_RATIO, RATIO_FROM = 250, 5_000_000  # unpacked to packed, of members larger than this

_END = struct.Struct("<4s4H2LH")
_PROGRAMS = re.compile(r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|jar|msi|lnk|hta|apk|sh)$", re.I)
_MACROS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^(word|xl)/(activeX|macrosheets|dialogsheets)/|^(Basic|Scripts)/", re.I
)
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
# What an office program fetches by itself when the file is opened, from a machine that is not the reader's own.
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_FETCHED = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument)[\"']", re.I)
_ELSEWHERE = re.compile(rb"Target=[\"'](https?:|ftp:|mhtml:|\\\\|file:(//[^/]|/*\\\\))", re.I)


def inspect(path: Path) -> MediaType:
    """Raises Refused."""
    _check_frame(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_claims(members, packed=path.stat().st_size)
            kind = _kind_of(archive)
            for member in members:
                _check_content(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeError, ValueError, KeyError) as fault:
        raise Refused(DAMAGED) from fault
    except RuntimeError as fault:  # a way of packing or locking no office program uses
        raise Refused(NOT_ALLOWED) from fault
    return kind


def _check_frame(path: Path) -> None:
    """The directory lies right before the end mark, the end mark at the end, and what it says fits the file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Refused(DAMAGED)
    _, _, _, _, count, directory, offset, comment = _END.unpack_from(tail, at)
    if count > MOST_MEMBERS or directory > LARGEST_DIRECTORY:
        raise Refused(BOMB)
    if len(tail) - at - _END.size != comment or offset + directory != size - len(tail) + at:
        raise Refused(TWO_IN_ONE)


def _check_claims(members: list[zipfile.ZipInfo], *, packed: int) -> None:
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise Refused(BOMB)
    if sum(member.compress_size for member in members) > packed:  # members that share their bytes
        raise Refused(BOMB)
    for member in members:
        if member.flag_bits & 0x1:
            raise Refused(ENCRYPTED)
        if member.file_size > RATIO_FROM and member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
            raise Refused(BOMB)
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise Refused(DAMAGED)
    if any(_PROGRAMS.search(name) for name in names):
        raise Refused(PROGRAM)
    if any(_MACROS.search(name) for name in names):
        raise Refused(SCRIPTED)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _kind_of(archive: zipfile.ZipFile) -> MediaType:
    names = set(archive.namelist())
    if "mimetype" in names:
        said = archive.read("mimetype")[:200].decode("ascii").strip()
        kinds = {kind.name: kind for kind in (ODT, ODS)}
        if said in kinds and {"content.xml", "META-INF/manifest.xml"} <= names:
            return kinds[said]
    if "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise Refused(SCRIPTED)
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    raise Refused(NOT_ALLOWED)


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Reads the member to its end, which also proves its checksum. XML of an office program declares no document type:
    entities are how a small text becomes a huge one, or a local file."""
    is_xml = member.filename.endswith((".xml", ".rels"))
    before = b""
    with archive.open(member) as file:
        while chunk := file.read(1 << 20):
            if is_xml and _ENTITIES.search((before + chunk).replace(b"\x00", b"")):
                raise Refused(SCRIPTED)
            before = chunk[-64:]
    if member.filename.endswith(".rels"):
        relations = _RELATION.findall(archive.read(member))
        if any(_FETCHED.search(one) and _ELSEWHERE.search(one) for one in relations):
            raise Refused(SCRIPTED)
    if member.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(member):
        raise Refused(ENCRYPTED)

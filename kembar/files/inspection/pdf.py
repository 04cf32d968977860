"""PDF: whole, one file only, not locked, and nothing in it that runs or unpacks.

A hostile PDF can keep a reader busy for hours or fill the memory. So it is read in a process of its own, with limits
of time and memory: `python -m kembar.files.inspection FILE ROOTS` prints a refusal, or the signatures as JSON.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kembar.files.rules import (
    DAMAGED,
    ENCRYPTED,
    HOLDS_FILES,
    PDF,
    SCRIPTED,
    TOO_COMPLEX,
    TWO_IN_ONE,
    Inspected,
    Refused,
    Signature,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

SECONDS = 20  # of 300 pages signed twice it takes five
MOST_OBJECTS = 200_000
_ROOT = Path(__file__).resolve().parents[3]

_VERSION = re.compile(rb"%PDF-[12]\.\d")
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/Rendition"}
_RUNS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
_HOLDS = {"/EmbeddedFiles", "/EF"}
# The same names in the raw bytes, for objects which no table of the file lists but which a forgiving viewer finds.
_STREAM = re.compile(rb">>\s*stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_GAP = rb"(?:[\s\x00]|%[^\r\n]*[\r\n])*"
_VALUE = _GAP + rb"[(<\[\d/]"
_RAW = {
    ENCRYPTED: re.compile(rb"/Encrypt" + _VALUE),
    SCRIPTED: re.compile(
        rb"/(?:JS|XFA|RichMediaContent)" + _VALUE + rb"|/JavaScript" + _GAP + rb"[<\[\d]"
        rb"|/S" + _GAP + rb"/(?:JavaScript|Launch|ImportData|SubmitForm|RichMediaExecute|Rendition)(?![A-Za-z])"
    ),
    HOLDS_FILES: re.compile(rb"/(?:EmbeddedFiles|EF)" + _VALUE + rb"|/Type" + _GAP + rb"/EmbeddedFile(?![A-Za-z])"),
}


def inspect(path: Path, *, roots: Path | None = None) -> Inspected:
    """`roots`: the folder with the certificates of the issuers that are trusted. Raises Refused."""
    command = [sys.executable, "-m", __package__, str(path), *([str(roots)] if roots else [])]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, on a path that we made
            command, cwd=_ROOT, capture_output=True, timeout=2 * SECONDS, text=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_COMPLEX) from None
    answer = done.stdout.strip()
    if done.returncode != 0 or not answer:
        raise Refused(TOO_COMPLEX)
    if not answer.startswith("["):
        raise Refused(answer)
    return Inspected(PDF, tuple(Signature(**one) for one in json.loads(answer)))


def signatures_of(path: Path, *, roots: Path | None) -> list[Signature]:
    """What the signatures inside a file say, [] without any. Raises Refused."""
    data = path.read_bytes()
    if b"/ByteRange" not in _ESCAPED.sub(_meant, data):
        return []
    from kembar.files.inspection.signed import anchors, signatures  # takes its time: only where there is something

    return signatures(data, roots=anchors(roots)[0])


def _meant(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def findings(path: Path) -> str:
    """Why the file is refused, or "" when it is fine."""
    data = path.read_bytes()
    if not _VERSION.match(data):
        return DAMAGED
    end = data.rfind(b"%%EOF")
    if end < 0:
        return DAMAGED
    if data[end + 5 :].strip(b"\r\n \t\x00") or b"PK\x05\x06" in data[-65_557:]:
        return TWO_IN_ONE
    outside = _ESCAPED.sub(_meant, _without_streams(data))
    for code, pattern in _RAW.items():
        if pattern.search(outside):
            return code
    return _walked(path)


def _without_streams(data: bytes) -> bytes:
    """The objects without their packed parts, in which any sign turns up by chance."""
    parts, at = [], 0
    while begin := _STREAM.search(data, at):
        end = data.find(b"endstream", begin.end())
        if end < 0:
            break
        parts.append(data[at : begin.end()])
        at = end
    return b"".join([*parts, data[at:]])


def _walked(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            return ENCRYPTED
        if len(reader.pages) == 0:
            return DAMAGED
        for number, found in enumerate(_dictionaries(reader)):
            if number > MOST_OBJECTS:
                return TOO_COMPLEX
            keys = {str(key) for key in found}
            if keys & _RUNS or _word(found, "/S") in _ACTIONS:
                return SCRIPTED
            if keys & _HOLDS or _word(found, "/Type") == "/EmbeddedFile":
                return HOLDS_FILES
    except (MemoryError, RecursionError):
        return TOO_COMPLEX
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError):
        return DAMAGED
    return ""


def _dictionaries(reader: "PdfReader") -> Iterator[dict[str, object]]:
    """Every dictionary of the file: of each object its tables list, also packed ones, and those inside of them."""
    from pypdf.generic import IndirectObject

    listed = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    listed |= {(number, 0) for number in reader.xref_objStm}
    waiting: list[object] = [reader.trailer]
    for number, generation in sorted(listed):
        waiting.append(reader.get_object(IndirectObject(number, generation, reader)))
        while waiting:
            found = waiting.pop()
            if isinstance(found, dict):
                yield found
                waiting += dict.values(found)
            elif isinstance(found, list):
                waiting += list.__iter__(found)


def _word(found: dict[str, object], key: str) -> str:
    """A name in a dictionary, also where only its address stands there."""
    from pypdf.generic import IndirectObject

    value = found.get(key)
    return str(value.get_object() if isinstance(value, IndirectObject) else value)

"""What a file really is, told from its content. Plain Python; what is not understood is refused."""

from pathlib import Path

from kembar.files.inspection import office, pdf, pictures, words
from kembar.files.rules import EMPTY, NOT_ALLOWED, OLD_OFFICE, PROGRAM, Inspected, MediaType, Refused, extension

# First bytes of what a machine would run: Windows, Linux, macOS, Java, Android, WebAssembly, a script.
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"dex\n", b"\x00asm",
)  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def inspect(path: Path, *, name: str, roots: Path | None = None) -> Inspected:
    """What a file is; `name` only tells a table (csv) from other text. Raises Refused."""
    with path.open("rb") as file:
        head = file.read(2048)
    if not head:
        raise Refused(EMPTY)
    if head.startswith(_PROGRAMS) or head.removeprefix(b"\xef\xbb\xbf").startswith(b"#!"):
        raise Refused(PROGRAM)
    if head.startswith(_OLD_OFFICE):
        raise Refused(OLD_OFFICE)
    if head.startswith(b"%PDF-"):
        return pdf.inspect(path, roots=roots)
    return Inspected(_kind(path, head=head, name=name))


def _kind(path: Path, *, head: bytes, name: str) -> MediaType:
    if head.startswith(b"PK\x03\x04"):
        return office.inspect(path)
    if head.startswith(pictures.PNG_SIGNATURE):
        return pictures.inspect_png(path)
    if head.startswith(pictures.JPEG_SIGNATURE):
        return pictures.inspect_jpeg(path)
    if extension(name) in {"txt", "csv", ""}:
        return words.inspect(path, name=name)
    raise Refused(NOT_ALLOWED)

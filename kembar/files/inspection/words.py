"""Plain text and tables as text: UTF-8 from the first to the last byte, no control characters, no markup."""

import codecs
import re
from pathlib import Path

from kembar.files.rules import CSV, NOT_ALLOWED, NOT_UTF8, TEXT, MediaType, Refused, extension

_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def inspect(path: Path, *, name: str) -> MediaType:
    """Raises Refused."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    with path.open("rb") as file:
        while chunk := file.read(1 << 16):
            text = _decoded(decoder, chunk)
            if _CONTROL.search(text) or (first and _MARKUP.match(text)):
                raise Refused(NOT_ALLOWED)
            first = False
    _decoded(decoder, b"", final=True)
    return CSV if extension(name) == "csv" else TEXT


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None

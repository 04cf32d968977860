"""PNG and JPEG, walked from the first to the last part. Nothing is decoded."""

import zlib
from pathlib import Path
from typing import BinaryIO

from kembar.files.rules import DAMAGED, JPEG, PNG, TOO_MANY_PIXELS, TWO_IN_ONE, MediaType, Refused

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIGNATURE = b"\xff\xd8\xff"
# What makes the end of a picture another file as well: an archive's directory, a page, a program.
_ANOTHER = (b"PK\x05\x06", b"%PDF-", b"<?php", b"<script", b"<html", b"MZ\x90\x00", b"\x7fELF")
# An A0 sheet at 400 dots per inch. A small file can claim to be far more, which fills the memory of who opens it.
MOST_PIXELS = 250_000_000
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that say height and width
_STANDALONE = {0x01, *range(0xD0, 0xD8)}


def inspect_png(path: Path) -> MediaType:
    """Every part whole, the last one IEND, nothing after it. Raises Refused."""
    with path.open("rb") as file:
        file.read(len(PNG_SIGNATURE))
        kind, first = b"", True
        while kind != b"IEND":
            length, kind = int.from_bytes(_exactly(file, 4), "big"), _exactly(file, 4)
            body = _exactly(file, length)
            if zlib.crc32(kind + body) != int.from_bytes(_exactly(file, 4), "big") or first and kind != b"IHDR":
                raise Refused(DAMAGED)
            if first:
                _check_size(body[:4], body[4:8])
            first = False
        if file.read(1):
            raise Refused(TWO_IN_ONE)
    return PNG


def inspect_jpeg(path: Path) -> MediaType:
    """Markers up to the picture itself, an end mark behind it. Telephones write more pictures after the end mark:
    that is let pass unless it is another sort of file. Raises Refused."""
    data = path.read_bytes()
    at = 2
    while True:
        marker = data[at : at + 2]
        if len(marker) < 2 or marker[0] != 0xFF:
            raise Refused(DAMAGED)
        if marker[1] == 0xDA:
            break
        if marker[1] == 0xFF:  # fill byte
            at += 1
            continue
        if marker[1] in _FRAMES:
            _check_size(data[at + 5 : at + 7], data[at + 7 : at + 9])
        at += 2 if marker[1] in _STANDALONE else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    end = data.find(b"\xff\xd9", at)
    if end < 0:
        raise Refused(DAMAGED)
    tail = data[end + 2 :]
    if any(mark in tail for mark in _ANOTHER) or b"PK\x05\x06" in data[-65_557:]:
        raise Refused(TWO_IN_ONE)
    return JPEG


def _check_size(one: bytes, other: bytes) -> None:
    if int.from_bytes(one, "big") * int.from_bytes(other, "big") > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def _exactly(file: BinaryIO, length: int) -> bytes:
    found = file.read(length) if length < 1 << 31 else b""
    if len(found) != length:
        raise Refused(DAMAGED)
    return found

"""Bytes of a file as text: UTF-8 and UTF-16 by their marks, the old Korean, Chinese and western code pages by trial."""

from __future__ import annotations

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of the encoding it was read with. Never raises; broken bytes become U+FFFD."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # only the last character is cut
            return data.decode("utf-8", errors="ignore"), "utf-8"
    high = sum(byte > 127 for byte in data[:20_000])
    if high * 5 > min(len(data), 20_000):
        for name, first, last in (("cp949", "\uac00", "\ud7a3"), ("gb18030", "\u4e00", "\u9fff")):
            text = data.decode(name, errors="replace")
            fitting = sum(first <= character <= last for character in text[:10_000])
            broken = text[:10_000].count("\ufffd")
            if fitting > high * 0.3 and broken * 50 < fitting:
                return text, name
    return data.decode("cp1252", errors="replace"), "cp1252"

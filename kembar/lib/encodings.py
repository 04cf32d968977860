"""Text out of the bytes of a file that does not say how it was encoded."""

import re


class NotText(ValueError):
    """The bytes are no text in any encoding an office's programs write."""


# Korean and Chinese code pages take nearly any bytes, so what they give must consist of their own letters.
_EAST_ASIAN = (("cp949", "[가-힣]"), ("gb18030", "[一-鿿]"))
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


def decoded(data: bytes) -> str:
    """By its mark, as UTF-8, as UTF-16 without a mark, else in the old code page whose letters it then consists of.

    Raises NotText.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data:
        return _without_mark(data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _old_code_page(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotText from None


def _without_mark(data: bytes) -> str:
    """UTF-16 of mostly Latin text has a zero in every second place, on one side only."""
    sample = data[:4000]
    zeros = [sample[side::2].count(0) / max(1, len(sample) // 2) for side in (0, 1)]
    if max(zeros) < 0.4 or min(zeros) > 0.1:
        raise NotText
    return _strict(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")


def _old_code_page(data: bytes) -> str:
    shares = {encoding: _share(data, encoding, letters) for encoding, letters in _EAST_ASIAN}
    # Hangul lies where Chinese has its most used signs: all of it is Korean, most of it says nothing.
    likely = "cp949" if shares["cp949"] > 0.95 else max(shares, key=lambda encoding: shares[encoding])
    if shares[likely] > 0.6:
        return data.decode(likely)
    text = data.decode("cp1252", errors="replace")
    if len(_CONTROL.findall(text)) > 0.02 * len(text):
        raise NotText
    return text


def _share(data: bytes, encoding: str, letters: str) -> float:
    """How much of what is not ASCII the letters of this code page are; 0 where the bytes do not fit it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    foreign = len(re.findall(r"[^\x00-\x7f]", text))
    return len(re.findall(letters, text)) / foreign if foreign else 0

"""The encodings in which offices' programs write a table or a text."""

import pytest

from kembar.lib.encodings import NotText, decoded

WORDS = "Kota;Negara\nBraunschweig;Jerman – “lama”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_of_an_office_is_read_whatever_program_saved_it(encoding: str) -> None:
    assert decoded(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "words"), [("cp949", "도시,국가\n수원시,대한민국\n"), ("gb18030", "城市,国家\n南宁市,中国广西\n")]
)
def test_old_korean_and_chinese_files_are_read(encoding: str, words: str) -> None:
    assert decoded(words.encode(encoding)) == words


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\xff\xfe\x00\xd8\x00", b"\x00\x00\x00\x00abc", "\x01\x02\x03é".encode("cp1252") * 9],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decoded(data)

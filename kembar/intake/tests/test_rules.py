"""Proving sentences, repeated articles and telephone numbers."""

import pytest

from kembar.intake.rules import likeness, masked_phones, most_alike, promised_by_both, sentence_around, signature


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hubungi 0812-3456-7890 ya", "Hubungi ••••-••••-•••• ya"),
        ("+82 10 1234 5678", "+•• •• •••• ••••"),
        ("+62 22 4234793 (kantor)", "+•• •• ••••••• (kantor)"),
        ("pada 25/03/2025 pukul 10.00", "pada 25/03/2025 pukul 10.00"),
        ("pada 05.06.2025 di Nanning", "pada 05.06.2025 di Nanning"),
        ("tanggal 01-02-2025", "tanggal 01-02-2025"),
        ("08.00-16.00 WIB", "08.00-16.00 WIB"),
        ("Rp2.500.000.000", "Rp2.500.000.000"),
        ("tahun 2024-2027", "tahun 2024-2027"),
        ("anggaran 0,25 persen", "anggaran 0,25 persen"),
    ],
)
def test_telephone_numbers_become_dots_and_nothing_moves(text: str, masked: str) -> None:
    assert masked_phones(text) == masked
    assert len(masked_phones(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Satu. Bandung hadir di sana. Tiga.", "Bandung", "Bandung hadir di sana."),
        ("첫 문장이다. 대구시는 참석했다. 끝.", "대구", "대구시는 참석했다."),
        ("第一句。南宁市签署了意向书。第三句。", "南宁", "南宁市签署了意向书。"),
        ("Judul\nBandung", "Bandung", "Bandung"),
        ("“Kami siap,” kata Farhan di Bandung.", "Bandung", "“Kami siap,” kata Farhan di Bandung."),
    ],
)
def test_the_proof_of_a_finding_is_its_sentence(text: str, word: str, sentence: str) -> None:
    start = text.index(word)
    first, last = sentence_around(text, start, start + len(word))
    assert text[first:last] == sentence


ARTICLE = " ".join(
    f"kata{number} pemerintah kota bandung membahas rencana kerja sama nomor {number}" for number in range(40)
)


def test_the_same_article_lightly_edited_is_known_again() -> None:
    edited = ARTICLE.replace("nomor 7", "nomor tujuh").replace("kata30", "Kata tiga puluh")
    other = " ".join(f"hasil pertandingan pekan ke-{number} di stadion kota itu" for number in range(60))
    known = [(3, signature(other)), (8, signature(ARTICLE))]
    assert most_alike(signature(edited), known) == 8
    assert most_alike(signature("sesuatu yang lain sama sekali dan cukup panjang"), known) is None


def test_a_text_is_wholly_like_itself_and_an_empty_one_like_nothing() -> None:
    assert likeness(signature(ARTICLE), signature(ARTICLE)) == 1.0
    assert likeness(signature(""), signature(ARTICLE)) == 0.0


@pytest.mark.parametrize(
    ("sentence", "action", "both"),
    [
        ("Kedua kota sepakat mengadakan festival film.", "sepakat mengadakan festival film", True),
        ("Kedua belah pihak akan bertukar guru.", "akan bertukar guru", True),
        ("Both cities will exchange teachers.", "will exchange teachers", True),
        ("양측은 교사를 교류하기로 했다.", "교사를 교류하기로 했다", True),
        ("双方将互派教师。", "互派教师", True),
        ("Bandung akan mempererat hubungan kedua kota.", "akan mempererat hubungan kedua kota", False),
        ("Bandung akan mengirim guru.", "akan mengirim guru", False),
    ],
)
def test_what_both_promised_is_told_from_what_is_done_for_both(sentence: str, action: str, both: bool) -> None:
    assert promised_by_both(sentence, action) == both

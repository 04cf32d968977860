"""Cleaning, language, page furniture, sentences and quotes."""

import pytest

from kembar.intake.extract import document_of, text


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Wali Kota Bandung dan rombongan tiba di kota itu untuk kerja sama.", "id"),
        ("The mayor and the council of the city have signed an agreement.", "en"),
        ("Die Stadt und der Rat haben eine Vereinbarung mit der Partnerstadt.", "de"),
        ("수원시는 반둥시와 협약을 체결했다.", "ko"),
        ("南宁市与万隆市签署备忘录。", "zh"),
        ("市長は姉妹都市のバンドン市を訪問しました。", "ja"),
        ("Walikota jeung rombongan ti Suwon geus tepung di balé kota, éta téh keur gawé bareng anu anyar.", "su"),
        ("El alcalde y la ciudad de Bogotá firmaron con el gobierno un acuerdo para los jóvenes.", "es"),
        ("12345", "und"),
    ],
)
def test_the_language_is_guessed(words: str, language: str) -> None:
    assert text.language_of(words) == language


@pytest.mark.parametrize(
    ("prose", "sentences"),
    [
        ("Drs. H. Asep tiba. Ia disambut M. Ridwan.", ["Drs. H. Asep tiba.", "Ia disambut M. Ridwan."]),
        ("Dana Rp. 2.500.000 disiapkan. Semua senang.", ["Dana Rp. 2.500.000 disiapkan.", "Semua senang."]),
        ('"Kami siap. Kami datang," kata Emil.', ['"Kami siap.', 'Kami datang," kata Emil.']),
        ("Kamu yakin? Tentu! Kami pergi.", ["Kamu yakin?", "Tentu!", "Kami pergi."]),
        ("Am 3. März kam er. Es war kalt.", ["Am 3. März kam er.", "Es war kalt."]),
        ("St. Louis won. It was late.", ["St. Louis won.", "It was late."]),
        ("두 도시는 협약을 맺었다. 시장은 기뻐했다.", ["두 도시는 협약을 맺었다.", "시장은 기뻐했다."]),
        ("双方签署协议。市长说：“很好。”会议结束。", ["双方签署协议。", "市长说：“很好。”", "会议结束。"]),
    ],
)
def test_sentences_end_where_they_end(prose: str, sentences: list[str]) -> None:
    document = document_of(prose)
    assert [document.words(sentence) for sentence in document.sentences] == sentences


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ADVERTISEMENT", "boilerplate"),
        ("Baca juga: Lima Kota Terindah di Dunia", "boilerplate"),
        ("(iqk/iqk)", "boilerplate"),
        ("Editor: Siti", "boilerplate"),
        ("Selasa, 25 Mar 2025 21:24 WIB", "byline"),
        ("Balai kota di malam hari (Foto: Humas)", "caption"),
        ("- Pertukaran pelajar mulai 2024", "list"),
        ("Dua Kota Jajaki Kerja Sama", "heading"),
        ("Dua kota itu menjajaki kerja sama di bidang pendidikan.", "prose"),
        ("무단전재 및 재배포 금지", "boilerplate"),
        ("责任编辑：李明", "boilerplate"),
    ],
)
def test_lines_are_told_apart(line: str, kind: str) -> None:
    assert [sentence.kind for sentence in document_of(line).sentences] == [kind]


def test_links_after_their_heading_belong_to_the_page_until_prose_returns() -> None:
    pasted = (
        "Kota itu bekerja sama.\n\nBerita Terkait\nGempa di Kota Lain\nPersib Menang Lagi\n\n"
        "Setelah jeda itu, wali kota dan tamunya kembali bertemu di balai kota untuk menutup acara."
    )
    kinds = [sentence.kind for sentence in document_of(pasted).sentences]
    assert kinds == ["prose", "boilerplate", "boilerplate", "boilerplate", "prose"]


@pytest.mark.parametrize(
    ("prose", "speaker"),
    [
        ('"Kami akan mengirim sepuluh pelajar," ujar Erwin di balai kota.', "ujar Erwin di balai kota."),
        ('Erwin mengatakan, "Kami akan mengirim sepuluh pelajar ke sana."', "Erwin mengatakan,"),
        ("“We will send ten students to the city,” said Mayor Tate.", "said Mayor Tate."),
        ("王市长表示：“我们将派十名学生去那里学习。”", "王市长表示："),
    ],
)
def test_a_quote_knows_the_words_that_name_its_speaker(prose: str, speaker: str) -> None:
    document = document_of(prose)
    assert [document.text[slice(*quote.speaker)].strip() for quote in document.quotes if quote.speaker] == [speaker]


def test_a_title_between_marks_is_no_quote() -> None:
    assert document_of('Acara bertajuk "Jembatan Budaya" itu dihadiri tamu dari kota itu.').quotes == []


def test_lines_broken_in_the_middle_of_a_sentence_are_joined() -> None:
    pasted = "Wali kota dan para tamu dari kota mitra itu telah bertemu di balai\nkota untuk membahas kerja sama."
    assert len(document_of(pasted).sentences) == 1

"""Numbers, lengths and names as Indonesian offices write them."""

import pytest

from kembar.papers import naming, rules


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("{klasifikasi}/{nomor}/{unit}/{tahun}", ""),
        ("{nomor}/{bulan}/{tahun}", ""),
        ("{klasifikasi}/{tahun}", "no_serial"),
        ("{nomor}/{nomor}/{tahun}", "no_serial"),
        ("{nomor}/{unit}", "no_year"),
        ("{nomor}/{tahun}/{kota}", "unknown_part"),
        ("{nomor}/{tahun}/{", "braces"),
        ("{nomor}/{tahun}/" + "x" * 100, "too_long"),
    ],
)
def test_a_pattern_of_numbers_is_read_or_refused_with_the_reason(pattern: str, fault: str) -> None:
    assert rules.pattern_fault(pattern) == fault


def test_a_number_is_written_as_the_office_says() -> None:
    scheme = rules.Scheme("{klasifikasi}/{nomor}-{unit}/{bulan}/{tahun}", "Bag.KS", 4)
    said = rules.number_text(scheme, serial=12, classification="000.8", year=2026, month=11)
    assert said == "000.8/0012-Bag.KS/XI/2026"


@pytest.mark.parametrize(
    ("serials", "gaps"), [([], []), ([1, 2, 3], []), ([3, 4, 9], [(1, 2), (5, 8)]), ([2, 2], [(1, 1)])]
)
def test_gaps_are_what_nobody_gave_below_the_highest(serials: list[int], gaps: list[tuple[int, int]]) -> None:
    assert rules.gaps(serials) == gaps


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "nol"), (11, "sebelas"), (16, "enam belas"), (25, "dua puluh lima"), (100, "seratus"),
     (111, "seratus sebelas"), (960, "sembilan ratus enam puluh")],
)  # fmt: skip
def test_numbers_are_spelled_out_in_indonesian(number: int, words: str) -> None:
    assert rules.in_indonesian(number) == words


@pytest.mark.parametrize(
    ("length", "language", "words"),
    [("P5Y", "id", "5 (lima) tahun"), ("P1Y6M", "en", "1 (one) year 6 (six) months"), ("P5Y", "ko", "5년"),
     ("P18M", "zh-hans", "18个月"), ("P5Y", "de", ""), ("x", "id", "")],
)  # fmt: skip
def test_a_length_is_written_in_figures_and_words(length: str, language: str, words: str) -> None:
    assert rules.term_words(length, language) == words


def test_a_regulation_is_named_in_full_and_an_unknown_one_left_alone() -> None:
    named = [rules.regulation_words(one) for one in ("PP 28/2018", "Permendagri 25/2020", "SE 193/1652/PUOD")]
    assert named == ["Peraturan Pemerintah Nomor 28 Tahun 2018", "Peraturan Menteri Dalam Negeri Nomor 25 Tahun 2020",
                     "SE 193/1652/PUOD"]  # fmt: skip


def test_items_are_marked_by_letters_figures_or_a_dash() -> None:
    assert [rules.marks("a", 28)[-1], rules.marks("1", 2), rules.marks("-", 1)] == ["ab.", ("1.", "2."), ("–",)]


@pytest.mark.parametrize(
    ("name", "level", "language", "place"),
    [("Bandung", "city", "id", "Kota Bandung"), ("Kabupaten Bandung", "regency", "id", "Kabupaten Bandung"),
     ("Jawa Barat", "province", "id", "Provinsi Jawa Barat"), ("Suwon", "city", "en", "City of Suwon"),
     ("수원시", "city", "ko", "수원시"), ("南宁", "prefecture_city", "zh-hans", "南宁市"),
     ("Ghent", "arrondissement", "en", "Ghent")],
)  # fmt: skip
def test_a_place_is_called_as_its_language_does(name: str, level: str, language: str, place: str) -> None:
    assert naming.place_name(name, level=level, language=language) == place


def test_the_head_of_a_province_is_called_as_its_country_does_in_korean() -> None:
    posts = [naming.post_name(name, level="province", language="ko") for name in ("경기도", "충청남도", "서자바주")]
    assert posts == ["경기도지사", "충청남도지사", "서자바 주지사"]


@pytest.mark.parametrize(
    ("post", "head"),
    [("Wali Kota Bandung", True), ("Pj. Wali Kota", True), ("Wakil Wali Kota", False), ("Mayor", True),
     ("Deputy Mayor", False), ("Oberbürgermeister", True), ("시장", True), ("부시장", False),
     ("Sekretaris Daerah", False)],
)  # fmt: skip
def test_the_head_of_a_government_is_told_from_a_deputy(post: str, head: bool) -> None:
    assert (naming.is_head(post), naming.acting("Plt. Bupati"), naming.acting("Pjanic")) == (head, "Plt. ", "")

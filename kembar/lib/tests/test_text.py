import pytest

from kembar.lib.text import clean, normalise


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Bandung\u200b ", "Bandung"),
        ("\u202egnudnaB\u202c", "gnudnaB"),
        ("Ban\u00addung\ufeff", "Bandung"),
        ("Wroc\u0142aw e\u0301", "Wrocław é"),
        ("two\nlines\tand\x00more", "two\nlines\tandmore"),
        ("\u200f\u200e\u2066", ""),
        ("half \ud83d a face", "half  a face"),
    ],
)
def test_what_nobody_sees_is_removed(pasted, kept):
    assert clean(pasted) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wrocław", "wroclaw"),
        ("São Paulo", "SAO PAULO"),
        ("St. Louis", "st louis"),
        ("Saint-Louis", "saint louis"),
        ("Xi’an", "xian"),
        ("Ｂａｎｄｕｎｇ", "bandung"),
        ("Nan\u200bning", "nanning"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Pematang  Siantar", "pematang siantar"),
        ("Nouméa", "Noume\u0301a"),
    ],
)
def test_two_spellings_of_one_name_become_equal(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("하마", "하만"), ("バリ", "ハリ"), ("南宁", "南京"), ("Bari", "Bali")])
def test_different_names_stay_different(one, other):
    assert normalise(one) != normalise(other)


def test_hangul_and_han_come_out_composed():
    assert normalise("대구") == "대구"
    assert normalise("\u1103\u1162\u1100\u116e") == "대구"
    assert normalise("南宁") == "南宁"

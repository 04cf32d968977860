import pytest

from kembar.cities.countries import codes, country_code, country_name, country_names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("CN", ["Tiongkok", "China", "중국", "中国"]),
        ("KR", ["Korea Selatan", "South Korea", "대한민국", "韩国"]),
        ("US", ["Amerika Serikat", "United States", "미국", "美国"]),
        ("GB", ["Britania Raya", "United Kingdom", "영국", "英国"]),
        ("NL", ["Belanda", "Netherlands", "네덜란드", "荷兰"]),
        ("HK", ["Hong Kong", "Hong Kong", "홍콩", "香港"]),
    ],
)
def test_a_country_is_called_as_each_language_calls_it(code, names):
    assert [country_name(code, language) for language in ("id", "en", "ko", "zh-hans")] == names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tiongkok", "CN"),
        ("중국", "CN"),
        ("中国", "CN"),
        ("China", "CN"),
        ("cn", "CN"),
        ("Korsel", "KR"),
        ("한국", "KR"),
        ("Inggris", "GB"),
        ("USA", "US"),
        ("Ekuador", "EC"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_name_in_any_language_means_its_country(name, code):
    assert country_code(name) == code


def test_every_country_has_a_name_in_every_language():
    assert [
        code for code in codes() if any(country_name(code, lang) == code for lang in ("id", "en", "ko", "zh"))
    ] == []
    assert country_names("DE") == ("Jerman", "Germany", "독일", "德国")

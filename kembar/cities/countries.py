"""Countries by ISO 3166-1 code: what each is called in the four languages, and which one a name means.

Names come from CLDR (babel) where usage agrees; what an Indonesian office writes stands here.
"""

from functools import cache

import pycountry
from babel import Locale

from kembar.lib.text import normalise

_LOCALES = {"id": "id", "en": "en", "ko": "ko", "zh": "zh_Hans"}
_USUAL = {
    ("id", "GB"): "Britania Raya", ("id", "HK"): "Hong Kong", ("id", "MO"): "Makau", ("id", "PS"): "Palestina",
    ("id", "MM"): "Myanmar", ("id", "CZ"): "Ceko", ("id", "VA"): "Vatikan", ("id", "CI"): "Pantai Gading",
    ("en", "HK"): "Hong Kong", ("en", "MO"): "Macau", ("en", "PS"): "Palestine", ("en", "MM"): "Myanmar",
    ("ko", "HK"): "홍콩", ("ko", "MO"): "마카오", ("ko", "PS"): "팔레스타인", ("ko", "MM"): "미얀마",
    ("zh", "HK"): "香港", ("zh", "MO"): "澳门", ("zh", "PS"): "巴勒斯坦", ("zh", "MM"): "缅甸",
}  # fmt: skip
# Other words for a country that people type or the press prints.
_OTHER = {
    "CN": ["China", "Cina", "RRT", "RRC", "PRC", "Republik Rakyat Tiongkok", "中华人民共和国"],
    "KR": ["Korsel", "Republik Korea", "Korea Selatan", "South Korea", "Korea", "한국", "남한", "南韩"],
    "KP": ["Korut"], "US": ["USA", "U.S.", "Amerika", "America"], "NL": ["Holland", "Negeri Belanda"],
    "GB": ["Inggris", "Inggris Raya", "UK", "U.K.", "Great Britain", "England", "Britain"],
    "AE": ["UEA", "UAE"], "CI": ["Ivory Coast"], "CZ": ["Ceko", "Czech Republic", "Republik Ceko"],
    "RU": ["Russia", "Federasi Rusia"], "TR": ["Turkey", "Turki"], "MM": ["Burma", "Birma"],
    "LA": ["Laos"], "VN": ["Viet Nam"], "TL": ["Timor Timur", "East Timor"], "PS": ["Palestine"],
    "SA": ["Saudi"], "CH": ["Swiss"], "JP": ["Nippon", "日本国"], "DE": ["Jerman"], "TW": ["Chinese Taipei"],
}  # fmt: skip


def codes() -> tuple[str, ...]:
    """Every ISO 3166-1 alpha-2 code, in order."""
    return tuple(sorted(country.alpha_2 for country in pycountry.countries))


@cache
def country_name(code: str, language: str) -> str:
    """The usual name of a country in id, en, ko or zh-hans; of an unknown code, the code itself."""
    short = language[:2]
    if usual := _USUAL.get((short, code)):
        return usual
    return str(Locale.parse(_LOCALES[short]).territories.get(code, code))


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2
        given = [code, country.alpha_3, country.name]
        given += [getattr(country, field) for field in ("common_name", "official_name") if hasattr(country, field)]
        given += [str(Locale.parse(locale).territories.get(code, "")) for locale in _LOCALES.values()]
        given += [country_name(code, language) for language in _LOCALES]
        for name in given:
            if name:
                found.setdefault(normalise(name), code)
    for code, names in _OTHER.items():
        found |= {normalise(name): code for name in names}
    return found


def country_code(name: str) -> str | None:
    """The code of the country that `name` means in any of the four languages (Tiongkok, 중국, 中国, China), or None."""
    return _by_name().get(normalise(name))


def country_names(code: str) -> tuple[str, ...]:
    """The country's names in the four languages, for search: each once."""
    return tuple(dict.fromkeys(country_name(code, language) for language in _LOCALES))

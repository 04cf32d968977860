"""How a paper calls a government, its head and its province, in each language a paper is written in."""

import re

# level → how Indonesian, English, Korean and Chinese put it around a name
_PLACES = {
    "city": ("Kota {}", "City of {}", "{}시", "{}市"),
    "regency": ("Kabupaten {}", "Regency of {}", "{}군", "{}县"),
    "county": ("Kabupaten {}", "County of {}", "{}군", "{}县"),
    "district": ("Distrik {}", "District of {}", "{}구", "{}区"),
    "town": ("Kota {}", "Town of {}", "{}", "{}"),
    "province": ("Provinsi {}", "Province of {}", "{}주", "{}省"),
    "prefecture": ("Prefektur {}", "{} Prefecture", "{}현", "{}县"),
    "state": ("Negara Bagian {}", "State of {}", "{}주", "{}州"),
    "autonomous_region": ("Daerah Otonom {}", "{} Autonomous Region", "{}자치구", "{}自治区"),
    "special_region": ("Daerah Istimewa {}", "Special Region of {}", "{}특별주", "{}特区"),
}
_LIKE_A_CITY = ("municipality", "special_city", "metropolitan_city", "prefecture_city", "administrative_city", "")
_HEADS = {
    "city": ("Wali Kota {}", "Mayor of {}", "{}시장", "{}市市长"),
    "regency": ("Bupati {}", "Regent of {}", "{}군수", "{}县县长"),
    "province": ("Gubernur {}", "Governor of {}", "{} 주지사", "{}省省长"),
    "state": ("Gubernur {}", "Governor of {}", "{} 주지사", "{}州州长"),
}
LANGUAGES = ("id", "en", "ko", "zh-hans")
_HEAD_OF_GOVERNMENT = re.compile(
    r"wali ?kota|bupati|gubernur|mayor|bürgermeister|burgermeester|governor|regent"
    r"|시장|군수|도지사|市长|市長|省长|知事",
    re.IGNORECASE,
)
_ENDINGS = ("시", "군", "구", "도", "주", "현", "市", "县", "区", "省", "州")
_LEADING = re.compile(r"^(Kota|Kabupaten|Provinsi|Prefektur|City of|Province of) ")


def _kind(level: str) -> str:
    return "city" if level in _LIKE_A_CITY else level


def place_name(name: str, *, level: str, language: str) -> str:
    """Kota Bandung, City of Bandung, 반둥시, 万隆市; a name that says its level already stays as it is."""
    patterns = _PLACES.get(_kind(level))
    if patterns is None or language not in LANGUAGES or name.endswith(_ENDINGS):
        return name
    return patterns[LANGUAGES.index(language)].format(_LEADING.sub("", name))


def government_name(name: str, *, level: str, language: str) -> str:
    """Pemerintah Kota Bandung, the Government of the City of Bandung; in Korean and Chinese the place speaks."""
    place = place_name(name, level=level, language=language)
    if language == "id":
        return f"Pemerintah {place}"
    return f"the Government of the {place}" if language == "en" and " of " in place else place


def post_name(name: str, *, level: str, language: str) -> str:
    """The post of the head of that government; "" where it is not known how it is called."""
    patterns = _HEADS.get(_kind(level))
    if patterns is None or language not in LANGUAGES:
        return ""
    bare = _LEADING.sub("", name)
    if language == "ko" and bare.endswith("도"):  # a province of Korea itself
        return f"{bare}지사"
    bare = bare[:-1] if language in ("ko", "zh-hans") and bare.endswith(_ENDINGS) else bare
    return patterns[LANGUAGES.index(language)].format(bare)


def acting(post: str) -> str:
    """Plt., Pj., Plh. or Pjs., where the post as somebody typed it begins so."""
    found = re.match(r"(Plt|Pj|Plh|Pjs)\b\.?", post, re.IGNORECASE)
    return f"{found[1].capitalize()}. " if found else ""


def is_head(post: str) -> bool:
    """Whether a post, as somebody typed it, is that of the head of a government and of no deputy."""
    return bool(_HEAD_OF_GOVERNMENT.search(post)) and not re.search(r"wakil|vice|deputy|부시장|副", post, re.IGNORECASE)

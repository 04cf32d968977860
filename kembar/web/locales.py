"""How each language of the site writes numbers and dates: Babel's locale for each."""

from babel import Locale
from django.utils.translation import get_language

LOCALES = {
    "id": Locale("id"),
    "en": Locale("en", "GB"),
    "ko": Locale("ko"),
    "zh-hans": Locale("zh", script="Hans"),
}


def site_language(language: str | None = None) -> str:
    """The given language, else that of the page; Indonesian where the site does not speak it."""
    language = (language or get_language() or "id").lower()
    return language if language in LOCALES else "id"


def locale_of(language: str | None = None) -> Locale:
    return LOCALES[site_language(language)]

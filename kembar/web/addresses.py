"""The language of a page stands in its address: nothing before it for Indonesian, then /en/, /ko/, /zh/."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_script_prefix, register_converter
from django.urls.resolvers import LocalePrefixPattern
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

# Word in the address → Django's code. The default language has no word.
LANGUAGE_OF_PREFIX = {"en": "en", "ko": "ko", "zh": "zh-hans"}
PREFIX_OF_LANGUAGE = {language: prefix for prefix, language in LANGUAGE_OF_PREFIX.items()}
# First parts of an address which can never be an office's slug.
RESERVED_WORDS = frozenset(
    {*LANGUAGE_OF_PREFIX, "id", "static", "media", "api", "admin", "account", "desk", "robots.txt"}
)


class TableFormat:
    """The ending of a table taken along."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TableFormat, "table")
TABLE = "<table:extension>"
"""The end of a route under which a list is taken along in each of these formats."""


class LanguagePrefix(LocalePrefixPattern):
    """Django's prefix pattern with our short words (`zh` for zh-hans)."""

    @property
    def language_prefix(self) -> str:
        prefix = PREFIX_OF_LANGUAGE.get(get_language() or settings.LANGUAGE_CODE)
        return f"{prefix}/" if prefix else ""


def localised(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The given patterns under the address of every language."""
    return [URLResolver(LanguagePrefix(prefix_default_language=False), list(patterns))]


def split(path: str) -> tuple[str, str]:
    """(language code, rest of the path with its leading slash)."""
    first, slash, rest = path.removeprefix("/").partition("/")
    language = LANGUAGE_OF_PREFIX.get(first)
    return (language, f"/{rest}") if language else (settings.LANGUAGE_CODE, path)


def html_language(language: str) -> str:
    """The code as HTML and HTTP write it (BCP 47)."""
    return "zh-Hans" if language == "zh-hans" else language


def same_page_in(request: HttpRequest, language: str) -> str:
    """The address of the page being shown, with its query, in another language."""
    rest = split(request.path_info)[1]
    prefix = PREFIX_OF_LANGUAGE.get(language)
    path = get_script_prefix() + (f"{prefix}/" if prefix else "") + rest.removeprefix("/")
    query = request.META.get("QUERY_STRING", "")
    return escape_leading_slashes(path) + (f"?{query}" if query else "")

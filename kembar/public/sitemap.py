"""The addresses search engines should know (sitemaps.org), each in every language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import override

from kembar.cities import queries as cities
from kembar.commitments import queries as promises
from kembar.journal import queries as journal
from kembar.partnerships import queries as partnerships
from kembar.public.office import Office, Reading
from kembar.public.register import partner_address
from kembar.web.addresses import PREFIX_OF_LANGUAGE, html_language

# A file may name 50,000 addresses; a partner has two pages in each language, and each names the others.
PARTNERS_A_FILE = 1000


@dataclass(frozen=True, slots=True)
class Address:
    href: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page in each of its languages. `changed` is None where nothing tells."""

    languages: list[Address]
    changed: date | None

    @property
    def default(self) -> Address:
        return self.languages[0]


def files() -> list[str]:
    """Addresses of the files of all offices."""
    found = []
    for office in cities.offices():
        with override(settings.LANGUAGE_CODE):
            address = settings.KEMBAR_SITE_ADDRESS + reverse("public:sitemap", args=[office.slug])
        parts = Paginator(partnerships.files_of(office.pk), PARTNERS_A_FILE).num_pages
        found += [address, *(f"{address}?part={part}" for part in range(2, parts + 1))]
    return found


def pages(found: Reading, *, part: int) -> list[Page] | None:
    """The pages of one part of an office's file, the first with those about all partners; None for no such part."""
    parts = Paginator(partnerships.files_of(found.office.id), PARTNERS_A_FILE)
    if not 1 <= part <= parts.num_pages:
        return None
    changed = journal.last_changes(found.office.id)
    newest = max(changed.values(), default=None)
    with override(settings.LANGUAGE_CODE):
        first = list(_shared(found.office, _day(newest))) if part == 1 else []
        promising = promises.files_with_promises(found.office.id)
        of_partners = [
            Page(_in_all_languages(path), _day(changed.get(file.key)))
            for file in parts.page(part)
            for path in _of_partner(found.office, file, promising)
        ]
    return first + of_partners


def _of_partner(office: Office, file: partnerships.Partnership, promising: Collection[int]) -> Iterator[str]:
    yield partner_address(office, file.slug)
    if file.pk in promising:
        yield reverse("public:promises", args=[office.slug, file.slug])


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _shared(office: Office, changed: date | None) -> Iterator[Page]:
    register = "/" if office.is_home else reverse("public:register", args=[office.slug])
    yield Page(_in_all_languages(register), changed)
    yield Page(_in_all_languages(reverse("public:how-many", args=[office.slug])), changed)
    yield Page(_in_all_languages(reverse("public:about", args=[office.slug])), changed)


def _in_all_languages(path: str) -> list[Address]:
    """`path` as it is in the default language, which has no prefix."""
    site = settings.KEMBAR_SITE_ADDRESS
    return [
        Address(
            site + (f"/{PREFIX_OF_LANGUAGE[code]}" if code in PREFIX_OF_LANGUAGE else "") + path, html_language(code)
        )
        for code, _ in settings.LANGUAGES
    ]

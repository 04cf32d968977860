"""The office a public address belongs to, its own calendar day, and the stamp of what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from kembar.cities import queries as cities
from kembar.journal.queries import SHARED_BY_ALL, change_stamp
from kembar.public.places import Names
from kembar.web import addresses


@dataclass(frozen=True, slots=True)
class Office:
    """An office as its public pages name it."""

    id: int
    slug: str
    zone: ZoneInfo
    names: Mapping[str, str]  # of its city, by Django language code

    @property
    def is_home(self) -> bool:
        """Whether its register is the site's first page."""
        return self.slug == settings.KEMBAR_HOME_OFFICE

    @property
    def city(self) -> str:
        return self.names[get_language() or settings.LANGUAGE_CODE]

    @property
    def name(self) -> str:
        return gettext("Cooperation office of %(city)s") % {"city": self.city}


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the register: whose, on which day at the office, at which state of the records."""

    office: Office
    today: date
    stamp: str


def kept_reading(path: str) -> Reading | None:
    """What an address speaks of where this process knows its office already, with one query; else None, with none."""
    kept_under, office = caches["memory"].get(_key(_slug(path))) or ("", None)
    if office is None:
        return None
    stamp = change_stamp(office_id=office.id)
    return _reading(office, stamp) if stamp.partition(".")[0] == kept_under else None


def reading_of(path: str) -> Reading | None:
    """What an address speaks of; None where its first word is no office of this instance."""
    slug = _slug(path)
    if not _may_be_a_slug(slug):
        return None
    # The stamp is read before the office: what is kept is never older than the stamp it is kept under.
    shared = change_stamp(office_id=SHARED_BY_ALL).partition(".")[0]
    office = _load(slug)
    if office is None:
        return None
    caches["memory"].set(_key(slug), (shared, office), timeout=None)
    return _reading(office, change_stamp(office_id=office.id))


def _slug(path: str) -> str:
    return addresses.split(path)[1].removeprefix("/").partition("/")[0] or settings.KEMBAR_HOME_OFFICE


def _key(slug: str) -> str:
    return f"public.office.{slug}" if _may_be_a_slug(slug) else "public.office"


def _reading(office: Office, stamp: str) -> Reading:
    return Reading(office, datetime.now(office.zone).date(), stamp)


def _load(slug: str) -> Office | None:
    try:
        row = cities.office(slug)
    except cities.NoSuchOffice:
        return None
    government = row.local_government
    names = Names([government])
    return Office(
        id=row.pk,
        slug=row.slug,
        zone=ZoneInfo(government.time_zone or "UTC"),
        names={
            code: _title(government.level, code) + names.shown(government.pk, code) for code, _ in settings.LANGUAGES
        },
    )


def _title(level: str, language: str) -> str:
    """Indonesian usage never leaves out what kind of government it is: Kota Bandung and Kabupaten Bandung are two."""
    return {"city": "Kota ", "regency": "Kabupaten "}.get(level, "") if language == "id" else ""


def reading(request: HttpRequest) -> Reading | None:
    """The one reading this request is answered from."""
    made = getattr(request, "reading", None)
    if not isinstance(made, Reading):
        made = request.reading = reading_of(request.path_info)  # type: ignore[attr-defined]
    return made


def _may_be_a_slug(word: str) -> bool:
    plain = len(word) <= 40 and word.isascii() and word.replace("-", "").isalnum()
    return plain and word not in addresses.RESERVED_WORDS

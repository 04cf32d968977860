"""Writing local governments, their names, and the offices of this instance."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.text import slugify

from kembar.access.permissions import Actor, Permission, may, require
from kembar.cities import gazetteer
from kembar.cities.countries import codes
from kembar.cities.gazetteer import City
from kembar.cities.models import LocalGovernment, LocalGovernmentName, Office
from kembar.cities.queries import Place, UnknownCity
from kembar.cities.rules import LEVELS
from kembar.journal.actions import record
from kembar.lib.text import clean, normalise
from kembar.web.addresses import RESERVED_WORDS

# An office is an address: `/bandung/`.
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGES = ("id", "en", "ko", "zh", "ja")


class WrongCity(Exception):
    """A government cannot be kept so; `reason` is country, level, name, language or position."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class WrongOffice(Exception):
    """No office can be opened so; `reason` is slug (no word of an address), taken (another city's office stands there)
    or open (the city's office stands under another slug, `slug`)."""

    def __init__(self, reason: str, *, slug: str) -> None:
        self.reason, self.slug = reason, slug
        super().__init__(reason)


@transaction.atomic
def adopt(place: Place | City | str, *, by: Actor) -> LocalGovernment:
    """The kept government of a place that search or `find` answered, made from the gazetteer the first time.

    Also takes a `key`. Raises UnknownCity where no place has that key.
    """
    _require_keeper(by)
    key = place if isinstance(place, str) else place.key
    # A place has two keys where it has both an id and an official code; the gazetteer knows the one it is kept under.
    city = gazetteer.by_key(key)
    key = city.key if city else key
    kept = LocalGovernment.objects.filter(key=key).first()
    if kept:
        return kept
    if city is None:
        raise UnknownCity(key, country=None)
    above = gazetteer.parent(city)
    parent = adopt(above, by=by) if above and above.key != key else None
    facts = {
        "slug": _free_slug(city), "country": city.country, "level": city.level, "parent": parent,
        "english_name": city.name, "native_name": city.native, "official_code": city.code, "geonameid": city.geonameid,
        "population": city.population or None, "latitude": city.latitude, "longitude": city.longitude,
        "time_zone": city.zone,
    }  # fmt: skip
    government, is_new = LocalGovernment.objects.get_or_create(key=key, defaults=facts)
    if not is_new:  # another request adopted it at the same moment
        return government
    LocalGovernmentName.objects.bulk_create(_names(government, city=city))
    record("city.adopted", by=by, subject=f"city:{government.pk}", office_id=None, facts={"name": str(government)})
    return government


@transaction.atomic
def add(
    *,
    by: Actor,
    country: str,
    level: str,
    names: Mapping[str, str],
    latitude: float | None = None,
    longitude: float | None = None,
    time_zone: str = "",
) -> LocalGovernment:
    """A government the gazetteer lacks. `names` maps en (needed), id, ko, zh, ja to the usual name there.

    Raises WrongCity.
    """
    require(by, Permission.MANAGE_CITIES, office_id=None)
    given = {language: clean(text) for language, text in names.items()}
    _check(country, level=level, names=given, latitude=latitude, longitude=longitude)
    slug = _first_free([slugify(given["en"]), slugify(f"{given['en']}-{country}")])
    government = LocalGovernment.objects.create(
        key=f"own:{slug}", is_own=True, slug=slug, country=country, level=level, english_name=given["en"],
        latitude=latitude, longitude=longitude, time_zone=time_zone,
    )  # fmt: skip
    for language, text in given.items():
        _set_usual(government, language=language, text=text)
    record("city.added", by=by, subject=f"city:{government.pk}", office_id=None, facts={"name": str(government)})
    return government


@transaction.atomic
def set_name(government: LocalGovernment, *, by: Actor, language: str, text: str) -> None:
    """Makes `text` the usual name in `language` (id, en, ko, zh, ja); the old one still finds the government.

    Raises WrongCity.
    """
    require(by, Permission.MANAGE_CITIES, office_id=None)
    text = clean(text)
    if language not in LANGUAGES:
        raise WrongCity("language")
    if not normalise(text) or len(text) > 200:
        raise WrongCity("name")
    before = government.name_in(language)
    _set_usual(government, language=language, text=text)
    if language == "en":
        government.english_name = text
        government.save(update_fields=["english_name"])
    record(
        "city.renamed", by=by, subject=f"city:{government.pk}", office_id=None,
        facts={"language": language, "before": before, "after": text},
    )  # fmt: skip


@transaction.atomic
def open_office(*, by: Actor, slug: str, local_government: LocalGovernment) -> Office:
    """The office of that slug, opened the first time. Raises WrongOffice."""
    require(by, Permission.MANAGE_CITIES, office_id=None)
    if len(slug) > 40 or not _SLUG.fullmatch(slug) or slug in RESERVED_WORDS:
        raise WrongOffice("slug", slug=slug)
    if kept := Office.objects.filter(local_government=local_government).exclude(slug=slug).first():
        raise WrongOffice("open", slug=kept.slug)
    office, is_new = Office.objects.get_or_create(slug=slug, defaults={"local_government": local_government})
    if office.local_government_id != local_government.pk:
        raise WrongOffice("taken", slug=slug)
    if is_new:
        record("office.opened", by=by, subject=f"office:{office.pk}", office_id=office.pk, facts={"slug": slug})
    return office


def _require_keeper(by: Actor) -> None:
    """Whoever keeps the register of any office may bring in its partners."""
    if not any(may(by, Permission.KEEP_REGISTER, office_id=office_id) for office_id in by.roles):
        require(by, Permission.MANAGE_CITIES, office_id=None)


def _check(
    country: str, *, level: str, names: Mapping[str, str], latitude: float | None, longitude: float | None
) -> None:
    if country not in codes():
        raise WrongCity("country")
    if level and level not in LEVELS:
        raise WrongCity("level")
    if not set(names) <= set(LANGUAGES):
        raise WrongCity("language")
    texts = [names.get("en", ""), *names.values()]
    if not all(normalise(text) and len(text) <= 200 for text in texts) or not slugify(names["en"]):
        raise WrongCity("name")
    if (latitude is None) != (longitude is None):
        raise WrongCity("position")
    if latitude is not None and longitude is not None and not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise WrongCity("position")


def _names(government: LocalGovernment, *, city: City) -> list[LocalGovernmentName]:
    usual = {language: city.name_in(language) for language in LANGUAGES if language == "en" or city.names(language)}
    if city.country == "ID":
        usual["id"] = city.name_in("id")
    found = dict.fromkeys(usual.items(), True)
    for text, language in city.spellings():
        known = language if language in LANGUAGES else "und"
        found.setdefault((known, text), False)
    return [
        LocalGovernmentName(
            government=government, language=language, text=text, normalised=normalise(text), is_usual=is_usual
        )
        for (language, text), is_usual in found.items()
    ]


def _set_usual(government: LocalGovernment, *, language: str, text: str) -> None:
    LocalGovernmentName.objects.filter(government=government, language=language, is_usual=True).update(is_usual=False)
    LocalGovernmentName.objects.update_or_create(
        government=government, language=language, text=text,
        defaults={"normalised": normalise(text), "is_usual": True},
    )  # fmt: skip


def _free_slug(city: City) -> str:
    """The name alone for the first who comes; its namesakes carry their country, then what tells them apart."""
    name = slugify(city.name) or "city"
    unique = str(city.geonameid) if city.geonameid else city.code
    return _first_free([name, f"{name}-{slugify(city.country)}", f"{name}-{slugify(city.country)}-{slugify(unique)}"])


def _first_free(slugs: list[str]) -> str:
    for slug in slugs:
        if not LocalGovernment.objects.filter(slug=slug[:80]).exists():
            return slug[:80]
    number = 2
    while LocalGovernment.objects.filter(slug=f"{slugs[-1][:70]}-{number}").exists():
        number += 1
    return f"{slugs[-1][:70]}-{number}"

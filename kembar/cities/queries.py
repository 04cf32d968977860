"""Reading cities: the world's by name, those an office works with by id, and the offices themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kembar.cities import gazetteer
from kembar.cities.gazetteer import City
from kembar.cities.models import LocalGovernment as LocalGovernment  # pages name its type, never its table
from kembar.cities.models import LocalGovernmentName
from kembar.cities.models import Office as Office
from kembar.cities.rules import stands_out
from kembar.lib.text import clean, normalise

# Longer than the longest name of a place on earth; what is longer is no name.
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A place as search shows it: of the gazetteer or added by hand. `key` is what `actions.adopt` takes."""

    key: str
    english_name: str
    native_name: str
    country: str
    level: str
    rank: int | None
    population: int
    geonameid: int | None
    official_code: str
    region: str  # English name of the parent: Springfield in Illinois, Springfield in Missouri


class UnknownCity(Exception):
    """No place has this name. `name` and `country` are what was asked."""

    def __init__(self, name: str, *, country: str | None) -> None:
        self.name, self.country = name, country
        super().__init__(f"no city {name!r} in {country or 'the world'}")


class AmbiguousCity(UnknownCity):
    """Several places have this name and none is far larger than the others; `candidates`, the largest first."""

    def __init__(self, name: str, *, country: str | None, candidates: list[Place]) -> None:
        super().__init__(name, country=country)
        self.candidates = candidates


class NoSuchOffice(Exception):
    """This instance has no office of that slug."""


def search(query: str, *, limit: int = 20, country: str | None = None) -> list[Place]:
    """Places a name in any script may mean: the same name first, then names that begin so, then names that hold it;
    within each the most people first. Empty for an empty query and for one too long to be a name."""
    key = _key(query)
    if not key:
        return []
    found: dict[str, Place] = {}
    # A country filter thins the answers out afterwards, so ask for more.
    wide = limit if country is None else limit * 50
    own = _own(key)
    index = gazetteer.index()
    steps: tuple[tuple[Callable[[str], bool], Callable[[], list[City]]], ...] = (
        (key.__eq__, lambda: index.exact(key)),
        (lambda name: name.startswith(key), lambda: index.prefix(key, limit=wide)),
        (lambda name: key in name, lambda: index.containing(key, limit=wide)),
    )
    for fits, of_the_world in steps:
        places = [place for name, place in own if fits(name)]
        for place in (*places, *map(_of_city, of_the_world())):
            if country is None or place.country == country:
                found.setdefault(place.key, place)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def find(name: str, *, country: str | None = None) -> Place:
    """The one place of this name in any language: the only one it is the usual name of (Yingkou is also an old name
    of Dashiqiao), else the one with far more people than every other.

    Raises UnknownCity, or AmbiguousCity with the candidates. `country` is an ISO 3166-1 alpha-2 code.
    """
    key = _key(name)
    own = [place for spelling, place in _own(key) if spelling == key]
    places = own + [_of_city(city) for city in gazetteer.index().exact(key)]
    candidates = sorted(
        (place for place in places if country is None or place.country == country), key=lambda place: -place.population
    )
    if not candidates:
        raise UnknownCity(name, country=country)
    usual = [place for place in candidates if key in (normalise(place.english_name), normalise(place.native_name))]
    if len(usual) == 1:
        return usual[0]
    if not stands_out([place.population for place in candidates]):
        raise AmbiguousCity(name, country=country, candidates=candidates)
    return candidates[0]


def by_key(key: str) -> Place | None:
    """The place of the gazetteer, or the government added by hand, that has this key."""
    if city := gazetteer.by_key(key):
        return _of_city(city)
    row = LocalGovernment.objects.filter(key=key).first()
    return _of_row(row) if row else None


def by_id(government_id: int) -> LocalGovernment:
    """Raises LocalGovernment.DoesNotExist."""
    return with_names(LocalGovernment.objects.filter(pk=government_id)).get()


def by_ids(government_ids: Iterable[int]) -> dict[int, LocalGovernment]:
    """The governments with their names, in two queries."""
    return with_names(LocalGovernment.objects.all()).in_bulk(set(government_ids))


def with_names(governments: QuerySet[LocalGovernment]) -> QuerySet[LocalGovernment]:
    """For lists that show names: one more query, however many rows."""
    return governments.prefetch_related("names")


def name_in(government: LocalGovernment, *, language: str) -> str:
    return government.name_in(language)


def usual_names(government_ids: Iterable[int], *, language: str = "") -> dict[int, dict[str, str]]:
    """By id, then by language as `LocalGovernmentName` writes it: the usual names there are, or those in one language.
    One light query."""
    rows = LocalGovernmentName.objects.filter(government_id__in=set(government_ids), is_usual=True)
    rows = rows.filter(language=language) if language else rows
    found: dict[int, dict[str, str]] = {}
    for government_id, code, text in rows.order_by("id").values_list("government_id", "language", "text"):
        found.setdefault(government_id, {})[code] = text
    return found


def ids_named(text: str) -> list[int]:
    """Ids of the governments kept here with a name, in any script, that holds this text."""
    key = _key(text)
    if not key:
        return []
    kept = LocalGovernment.objects.filter(names__normalised__contains=key)
    return list(kept.order_by("pk").values_list("pk", flat=True).distinct())


def office(slug: str) -> Office:
    """Raises NoSuchOffice."""
    found = offices().filter(slug=slug).first()
    if found is None:
        raise NoSuchOffice(slug)
    return found


def offices() -> QuerySet[Office]:
    return Office.objects.select_related("local_government").order_by("slug")


def has_office() -> bool:
    return Office.objects.exists()


def has_office_at(slug: str) -> bool:
    return Office.objects.filter(slug=slug).exists()


def _key(text: str) -> str:
    return normalise(clean(text)) if len(text) <= LONGEST_QUERY else ""


def _own(key: str) -> list[tuple[str, Place]]:
    """Names that hold `key`, of the governments added by hand; the gazetteer answers for all others."""
    held = LocalGovernmentName.objects.filter(government__is_own=True, normalised__contains=key)
    rows = held.select_related("government").order_by("government__english_name", "pk") if key else ()
    return [(row.normalised, _of_row(row.government)) for row in rows]


def _of_row(row: LocalGovernment) -> Place:
    return Place(
        key=row.key, english_name=row.english_name, native_name=row.native_name, country=row.country, level=row.level,
        rank=row.rank, population=row.population or 0, geonameid=row.geonameid, official_code=row.official_code,
        region="",
    )  # fmt: skip


def _of_city(city: City) -> Place:
    parent = gazetteer.parent(city)
    return Place(
        key=city.key, english_name=city.name, native_name=city.native, country=city.country, level=city.level,
        rank=city.rank, population=city.population, geonameid=city.geonameid, official_code=city.code,
        region=parent.name if parent and parent.key != city.key else "",
    )  # fmt: skip

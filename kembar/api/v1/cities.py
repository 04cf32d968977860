"""Cities of the world by name, in any script."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.api.fields import Text, Whole
from kembar.api.operation import Call, Operation, open_to_all
from kembar.api.shapes import TEXT, WHOLE, listing, maybe, record
from kembar.cities import queries as cities

CITY = record(
    "City",
    "A place of the world.",
    key=TEXT, name=TEXT, native_name=TEXT, country=TEXT, level=TEXT, region=TEXT, population=WHOLE,
    geonameid=maybe(WHOLE), official_code=TEXT,
)  # fmt: skip


def search(call: Call) -> dict[str, Any]:
    given = call.given
    places = cities.search(given["q"], limit=given["limit"], country=given["country"] or None)
    items = [
        {
            "key": place.key, "name": place.english_name, "native_name": place.native_name, "country": place.country,
            "level": place.level, "region": place.region, "population": place.population,
            "geonameid": place.geonameid, "official_code": place.official_code,
        }
        for place in places
    ]  # fmt: skip
    return {"items": items, "page": 1, "next": None}


OPERATIONS = [
    Operation(
        name="searchCities", path="/cities", group="cities",
        summary=gettext_lazy("Cities of the world by name, in any script"),
        entry=open_to_all("The list of the world's cities is public."), run=search, shape=listing(CITY),
        of_an_office=False, weight=3,
        query=(
            Text(name="q", about=gettext_lazy("The name, or its beginning, or a part of it."), required=True,
                 longest=cities.LONGEST_QUERY),
            Text(name="country", about=gettext_lazy("Only in this country (ISO 3166-1, two letters)."), longest=2,
                 pattern="[A-Z]{2}"),
            Whole(name="limit", about=gettext_lazy("How many at most."), least=1, most=100, empty=20),
        ),
    )
]  # fmt: skip

"""The offices of this instance."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.api.operation import Call, Operation, open_to_all
from kembar.api.shapes import DAY, NAMES, TEXT, listing, named, record
from kembar.cities import queries as cities

OFFICE = record(
    "Office",
    "A cooperation office of this instance; `slug` is what the parameter `office` takes.",
    slug=TEXT, city=TEXT, names=NAMES, country=TEXT, time_zone=TEXT, today=DAY,
)  # fmt: skip


def offices(call: Call) -> dict[str, Any]:
    rows = list(cities.offices())
    usual = cities.usual_names(row.local_government_id for row in rows)
    items = [
        {
            "slug": row.slug, "city": row.local_government.english_name,
            "names": named(usual.get(row.local_government_id, {}), row.local_government.english_name),
            "country": row.local_government.country, "time_zone": row.local_government.time_zone,
            "today": row.today().isoformat(),
        }
        for row in rows
    ]  # fmt: skip
    return {"items": items, "page": 1, "next": None}


OPERATIONS = [
    Operation(
        name="listOffices", path="/offices", group="offices", summary=gettext_lazy("The offices of this instance"),
        entry=open_to_all("Which cities keep their register here is public."), run=offices, shape=listing(OFFICE),
        of_an_office=False,
    )
]  # fmt: skip

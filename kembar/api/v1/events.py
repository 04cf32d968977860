"""What happened in the partnerships."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.api.fields import Choice
from kembar.api.operation import OFFICE, PAGING, Call, Operation, open_to_all
from kembar.api.shapes import DATE, TEXT, WHOLE, code, dated, listing, maybe, record
from kembar.api.v1.filed import PARTNERSHIP, filed
from kembar.partnerships import queries as partnerships
from kembar.partnerships.states import EventKind, Standing

EVENT = record(
    "Event",
    "Something that happened in a partnership; `key` is how claims name it.",
    id=WHOLE, key=TEXT, partnership=TEXT, kind=code(EventKind.values), title=TEXT, date=maybe(DATE),
    standing=code(Standing.values),
)  # fmt: skip


def event_shown(event: Any, *, partner: str) -> dict[str, Any]:
    return {
        "id": event.pk, "key": event.key, "partnership": partner, "kind": event.kind, "title": event.title,
        "date": dated(event.date), "standing": event.standing,
    }  # fmt: skip


def events(call: Call) -> dict[str, Any]:
    file = filed(call)
    rows = partnerships.events_of(file) if file else partnerships.events_of_office(call.office.pk)
    rows = rows.exclude(standing=Standing.REJECTED).select_related("partnership")
    if call.given["kind"]:
        rows = rows.filter(kind=call.given["kind"])
    return call.page(
        list(rows[call.bounds]), lambda found: [event_shown(row, partner=row.partnership.slug) for row in found]
    )


OPERATIONS = [
    Operation(
        name="listEvents", path="/events", group="events", summary=gettext_lazy("What happened in the partnerships"),
        entry=open_to_all("What happened in a city's cooperation is public record."), run=events, shape=listing(EVENT),
        query=(
            PARTNERSHIP, Choice(name="kind", about=gettext_lazy("Only this kind."), codes=EventKind.values), OFFICE,
            *PAGING,
        ),
    )
]  # fmt: skip

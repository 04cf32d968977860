"""The register as the desk lists it: filters and order in the address, the same rows on the page and in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from kembar.agreements import falling_due
from kembar.agreements.queries import due, on_day
from kembar.agreements.states import Activity, Headline
from kembar.desk.partner_file import due_words
from kembar.desk.place import Place
from kembar.desk.promises import Keeper, keeper_choices, keeper_named
from kembar.desk.words import KINDS, partner_names
from kembar.lib.dates import EdtfDate
from kembar.lib.tables import Column
from kembar.lib.text import normalise
from kembar.partnerships.rules import ACCOUNT
from kembar.sources.queries import open_claims
from kembar.web import lists
from kembar.web.dates import written

DUE = {
    "any": gettext_lazy("something presses"),
    falling_due.EXPIRES: gettext_lazy("a paper runs out"),
    falling_due.RUN_OUT: gettext_lazy("a paper has run out"),
    falling_due.LETTER: gettext_lazy("a letter of intent has gone stale"),
    falling_due.APPROVAL: gettext_lazy("approved and not signed for long"),
    falling_due.DORMANT: gettext_lazy("in force and nothing happens"),
}
WHOSE = [
    lists.Choice("mine", gettext_lazy("mine")),
    lists.Choice("left", gettext_lazy("of somebody who has left the office")),
    lists.Choice("nobody", gettext_lazy("without owner or deputy")),
]
PARTNERS = lists.ListPage(
    filters=[
        lists.Filter("headline", gettext_lazy("Legal state"), [lists.Choice(*choice) for choice in Headline.choices]),
        lists.Filter("activity", gettext_lazy("Activity"), [lists.Choice(*choice) for choice in Activity.choices]),
        lists.Filter("kind", gettext_lazy("Kind of cooperation"), [lists.Choice(*kind) for kind in KINDS.items()]),
        lists.Filter("due", gettext_lazy("What presses"), [lists.Choice(*choice) for choice in DUE.items()]),
        lists.Filter("whose", gettext_lazy("Whose"), WHOSE),
        lists.Filter("open", gettext_lazy("Statements"), [lists.Choice("yes", gettext_lazy("waiting for a decision"))]),
    ],
    sorts=[
        lists.Sort("name", gettext_lazy("Partner")),
        lists.Sort("since", gettext_lazy("Since")),
        lists.Sort("until", gettext_lazy("Until")),
        lists.Sort("open", gettext_lazy("Waiting")),
    ],
    default_sort="name",
)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner in the list. `waiting` counts its undecided statements, `press` is None where nothing presses.

    Words are made when they are asked for: an order looks at every partner, a page shows fifty.
    """

    name: str
    slug: str
    office: str
    country: str
    kind: str
    headline: str
    since: EdtfDate | None
    until: EdtfDate | None
    activity: str
    press: falling_due.Due | None
    waiting: int
    owner: Keeper
    deputy: Keeper
    whose: frozenset[str]

    @property
    def href(self) -> str:
        return reverse("desk:partner", kwargs={"office": self.office, "partner": self.slug})

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def headline_label(self) -> str:
        return str(Headline(self.headline).label)

    @property
    def activity_label(self) -> str:
        return str(Activity(self.activity).label)

    @property
    def due_code(self) -> str:
        return self.press.code if self.press else ""

    @property
    def due_text(self) -> str:
        return due_words(self.press) if self.press else ""


def rows_of(place: Place, listing: lists.Listing) -> list[PartnerRow]:
    """Every row the address asks for, in its order. A fixed number of queries."""
    spans = list(on_day(place.id, on=place.today))
    names = partner_names(span.partnership for span in spans)
    waiting = open_claims(None, office_id=place.id)
    pressing = {item.span.partnership_id: item.due for item in due(place.id, on=place.today, spans=spans)}
    found, members, me = [], dict(keeper_choices(place)), f"{ACCOUNT}{place.actor.person_id}"
    for span in spans:
        file = span.partnership
        owner, deputy = keeper_named(file.owner, members), keeper_named(file.deputy, members)
        of = {"mine": me in (file.owner, file.deputy), "left": owner.left or deputy.left,
              "nobody": not (file.owner and file.deputy)}  # fmt: skip
        found.append(
            PartnerRow(
                name=names[file.pk], slug=file.slug, office=place.slug, country=file.partner.country, kind=file.kind,
                headline=span.headline, since=span.since, until=span.until, activity=span.activity,
                press=pressing.get(file.pk), waiting=waiting.get(file.key, 0),
                owner=owner, deputy=deputy, whose=frozenset(name for name, holds in of.items() if holds),
            )
        )  # fmt: skip
    wanted = [row for row in found if _asked(row, listing)]
    descending = listing.sort.startswith("-")
    return sorted(wanted, key=_KEYS[listing.sort.removeprefix("-")], reverse=descending)


def _asked(row: PartnerRow, listing: lists.Listing) -> bool:
    chosen = listing.chosen
    if any(chosen.get(name, getattr(row, name)) != getattr(row, name) for name in ("headline", "activity", "kind")):
        return False
    if "whose" in chosen and chosen["whose"] not in row.whose:
        return False
    if "open" in chosen and not row.waiting:
        return False
    if "due" in chosen and not (row.due_code and chosen["due"] in ("any", row.due_code)):
        return False
    return not listing.search or normalise(listing.search) in normalise(f"{row.name} {row.slug}")


def _day(value: EdtfDate | None) -> date:
    return value.sort_key[0] if value else date.max


_KEYS: dict[str, Callable[[PartnerRow], tuple[object, ...]]] = {
    "name": lambda row: (normalise(row.name), row.slug),
    "since": lambda row: (_day(row.since), row.slug),
    "until": lambda row: (_day(row.until), row.slug),
    "open": lambda row: (row.waiting, row.slug),
}


def read(query: QueryDict, *, path: str) -> lists.Listing:
    return PARTNERS.read(query, path=path)


def columns() -> list[Column[PartnerRow]]:
    """What you see, as a file."""
    return [
        Column("partner", str(gettext_lazy("Partner")), lambda row: row.name, 28),
        Column("country", str(gettext_lazy("Country")), lambda row: row.country, 10),
        Column("kind", str(gettext_lazy("Kind of cooperation")), lambda row: row.kind_label, 24),
        Column("headline", str(gettext_lazy("Legal state")), lambda row: row.headline_label, 28),
        Column("since", str(gettext_lazy("Since")), lambda row: row.since.edtf if row.since else "", 14),
        Column(
            "since_in_words", str(gettext_lazy("Since, in words")), lambda row: written(row.since) if row.since else ""
        ),
        Column("until", str(gettext_lazy("Until")), lambda row: row.until.edtf if row.until else "", 14),
        Column("activity", str(gettext_lazy("Activity")), lambda row: row.activity_label, 16),
        Column("presses", str(gettext_lazy("What presses")), lambda row: row.due_text, 50),
        Column("owner", str(gettext_lazy("Owner")), lambda row: row.owner.name, 24),
        Column("deputy", str(gettext_lazy("Deputy")), lambda row: row.deputy.name, 24),
        Column("waiting", str(gettext_lazy("Statements waiting")), lambda row: row.waiting, 12),
    ]

"""The list of an office's partners on one day, and the overview above it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import caches
from django.db.models import Case, Count, F, FilteredRelation, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from kembar.agreements import queries as agreements
from kembar.agreements.states import Headline
from kembar.lib.dates import EdtfDate
from kembar.partnerships.states import Kind
from kembar.public import places, words
from kembar.public.day import AskedDay, read_day
from kembar.public.office import Office, Reading
from kembar.sources import queries as sources
from kembar.web.lists import Choice, Filter, Listing, ListPage, Page, Sort
from kembar.web.locales import site_language

PAGE_SIZE = 25
SORTS = [
    Sort("name", gettext_lazy("Partner")),
    Sort("state", gettext_lazy("Legal state")),
    Sort("since", gettext_lazy("Since")),
    Sort("papers", gettext_lazy("Papers")),
]
_STATE_ORDER = Case(
    *(When(headline=code, then=Value(index)) for index, code in enumerate(Headline.values)),
    default=Value(len(Headline)),
    output_field=IntegerField(),
)
_ORDERS: dict[str, Any] = {
    "name": F("shown_name"),
    "state": _STATE_ORDER,
    "since": F("since_earliest"),
    "papers": F("papers"),
}
_COLUMNS = (
    "partnership_id", "partnership__slug", "partnership__kind", "shown_name",
    "partnership__partner__english_name", "partnership__partner__native_name", "partnership__partner__country",
    "partnership__institution",
    "headline", "since", "until", "sister_city", "papers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A partner as lists and downloads show it; texts in the visitor's language."""

    slug: str
    href: str
    name: str
    own: str
    own_language: str
    english_name: str
    country_code: str
    country: str
    kind_code: str
    kind: str
    headline: str
    state: str
    since: str
    since_date: EdtfDate | None
    until: str
    until_date: EdtfDate | None
    sister_city: bool
    papers: int
    open_claims: int


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    label: str
    meaning: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A partner whose place on earth is known, in degrees."""

    slug: str
    name: str
    headline: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Overview:
    """How many partners stand where on one day, and in which countries."""

    counts: dict[str, int]
    countries: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """What one address asks of the register."""

    day: AskedDay
    listing: Listing
    overview: Overview


def read(query: QueryDict, reading: Reading, *, path: str) -> Asked:
    """Raises Unclear for whatever the register does not know."""
    on = read_day(query.get("on", ""), today=reading.today, path=path)
    seen = overview(reading, on=on)
    listing = offer(seen, chosen_country=query.get("country", "")).read(query, path=path)
    kept = [("q", listing.search), *listing.chosen.items(), *listing.hidden]
    day = AskedDay(
        on=on,
        today=reading.today,
        path=path,
        kept=tuple((name, value) for name, value in kept if value and name != "on"),
        today_href=listing.with_extra("on", ""),
    )
    return Asked(day, listing, seen)


def overview(reading: Reading, *, on: date) -> Overview:
    """Kept for as long as nothing changes: it looks at every partner of the office."""
    key = f"public.overview.{reading.office.id}.{on}.{reading.stamp}"
    found = caches["memory"].get(key)
    if not isinstance(found, Overview):
        found = _overview(reading.office, on=on)
        caches["memory"].set(key, found, timeout=3600)
    return found


def _named(rows: Any) -> Any:
    """With `shown_name`: the institution's, else the city's usual name in the visitor's language, else the English."""
    names = "partnership__partner__names"
    wanted = Q(**{f"{names}__language": site_language()[:2], f"{names}__is_usual": True})
    return rows.annotate(
        usual=FilteredRelation(names, condition=wanted),
        shown_name=Coalesce(
            NullIf("partnership__institution", Value("")), "usual__text", "partnership__partner__english_name"
        ),
    )


def _overview(office: Office, *, on: date) -> Overview:
    groups = agreements.on_day(office.id, on=on).order_by("headline", "partnership__partner__country")
    counts, countries = dict.fromkeys(Headline.values, 0), Counter[str]()
    found = groups.values_list("headline", "partnership__partner__country").annotate(count=Count("id"))
    for headline, country, count in found:
        counts[headline] += count
        countries[country] += count
    return Overview(counts, dict(countries))


def marks(office: Office, *, on: date) -> list[Mark]:
    """The partners whose place is known, the surest legal states last, to be drawn above the others."""
    rows = _named(agreements.on_day(office.id, on=on)).exclude(partnership__partner__latitude=None)
    found = rows.order_by(_STATE_ORDER.desc(), "id").values_list(
        "partnership__slug",
        "shown_name",
        "headline",
        "partnership__partner__latitude",
        "partnership__partner__longitude",
    )
    return [Mark(*row) for row in found]


def offer(seen: Overview, *, chosen_country: str = "") -> ListPage:
    """What this office's list can be asked for. A country without a partner on that day is a choice when asked for."""
    codes = set(seen.countries) | ({chosen_country} if chosen_country and places.is_country(chosen_country) else set())
    named = sorted((places.country_name(code), code) for code in codes)
    return ListPage(
        filters=[
            Filter("country", gettext_lazy("Country"), [Choice(code, name) for name, code in named]),
            Filter("kind", gettext_lazy("Kind"), [Choice(kind.value, words.KINDS[kind]) for kind in Kind]),
            Filter(
                "state",
                gettext_lazy("Legal state"),
                [Choice(line.code, capfirst(line.label)) for line in words.state_lines()],
            ),
        ],
        sorts=SORTS,
        default_sort="name",
        extra=["on"],
        size=PAGE_SIZE,
    )


def tiles(seen: Overview, listing: Listing) -> list[Tile]:
    """The states with at least one partner, each a link to its list."""
    return [
        Tile(
            code=line.code,
            label=line.label,
            meaning=line.meaning,
            count=seen.counts[line.code],
            href=listing.clear_href + f"{'&' if '?' in listing.clear_href else '?'}state={line.code}",
            chosen=listing.chosen.get("state") == line.code,
        )
        for line in words.state_lines()
        if seen.counts[line.code]
    ]


def spans(office: Office, asked: Asked) -> Any:
    """The asked part of the register in the asked order, not yet cut into pages."""
    listing, seen = asked.listing, asked.overview
    found = _named(agreements.on_day(office.id, on=asked.day.on))
    chosen = listing.chosen
    if country := chosen.get("country"):
        found = found.filter(partnership__partner__country=country)
    if kind := chosen.get("kind"):
        found = found.filter(partnership__kind=kind)
    if state := chosen.get("state"):
        found = found.filter(headline=state)
    if listing.search:
        named = Q(partnership__partner_id__in=places.matching(listing.search))
        countries = places.countries_named(listing.search, among=seen.countries)
        found = found.filter(
            named
            | Q(partnership__partner__country__in=countries)
            | Q(partnership__institution__icontains=listing.search)
        )
    key = _ORDERS[listing.sort.removeprefix("-")]
    order = key.desc(nulls_last=True) if listing.sort.startswith("-") else key.asc(nulls_last=True)
    return found.order_by(order, "shown_name", "id")


def page(office: Office, asked: Asked) -> Page[Row]:
    raw = list(spans(office, asked).values_list(*_COLUMNS)[asked.listing.bounds])
    cut = asked.listing.page(raw)
    return Page(list(rows(office, cut.items, suffix=asked.day.suffix)), asked.listing, has_next=cut.has_next)


def everything(office: Office, asked: Asked) -> list[Row]:
    """All pages of what the visitor sees, for downloads."""
    raw = spans(office, asked).values_list(*_COLUMNS)
    return list(rows(office, list(raw), suffix=asked.day.suffix))


def rows(office: Office, raw: Sequence[tuple[Any, ...]], *, suffix: str = "") -> Iterator[Row]:
    open_claims = sources.open_claims([f"partnership:{entry[0]}" for entry in raw], office_id=office.id)
    labels = {line.code: capfirst(line.label) for line in words.state_lines()}
    base = reverse("public:register", args=[office.slug])
    for pk, slug, kind, name, english, native, country, institution, headline, since, until, sister_city, papers in raw:
        own = native if native and native != name and not institution else ""
        yield Row(
            slug=slug,
            href=f"{base}partners/{slug}/{suffix}",
            name=name,
            own=own,
            own_language=places.own_language(country) if own else "",
            english_name=institution or english,
            country_code=country,
            country=places.country_name(country),
            kind_code=kind,
            kind=words.kind_words(kind, headline=headline, sister_city=sister_city),
            headline=headline,
            state=labels[headline],
            since=words.since_words(since),
            since_date=since,
            until=words.until_words(headline, until),
            until_date=until,
            sister_city=sister_city,
            papers=papers,
            open_claims=open_claims.get(f"partnership:{pk}", 0),
        )


def partner_address(office: Office, slug: str) -> str:
    return f"{reverse('public:register', args=[office.slug])}partners/{slug}/"


def heading(office: Office) -> str:
    return gettext("Register of the international cooperation of %(city)s") % {"city": office.city}

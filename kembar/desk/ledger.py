"""The ledger of promises as one query seen three ways: a list, a board of states, a month; and as a file.

Search and filters stand in the address and go along from view to view.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from babel.dates import format_skeleton, get_day_names
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.commitments import queries
from kembar.commitments.rules import ACCOUNT
from kembar.commitments.states import SHOWN, Side
from kembar.desk.place import Place
from kembar.desk.promises import PromiseRow, keeper_choices, rows_of
from kembar.desk.today import keeper_of
from kembar.desk.words import partner_choices
from kembar.lib.dates import EdtfDate, UnreadableDate, parse_edtf
from kembar.lib.tables import Column
from kembar.web import lists
from kembar.web.dates import written
from kembar.web.downloads import addresses_of
from kembar.web.locales import locale_of
from kembar.web.page import Unclear

OPEN, NO_DAY, MINE = "open", "none", "mine"
ON_BOARD, IN_DAY, IN_BAND = 10, 4, 12
STATES = [
    lists.Choice(OPEN, pgettext_lazy("promise", "all that are open")),
    *(lists.Choice(*one) for one in SHOWN.items()),
]
SORTS = [
    lists.Sort(queries.TO_DO, gettext_lazy("What is to be done first")),
    lists.Sort("due", gettext_lazy("Due")),
    lists.Sort("partner", gettext_lazy("Partner")),
    lists.Sort("made", pgettext_lazy("promise", "Made")),
    lists.Sort("entered", gettext_lazy("Entered")),
]
_WHOSE = [
    lists.Choice(MINE, gettext_lazy("mine")),
    lists.Choice("left", gettext_lazy("of somebody who has left the office")),
    lists.Choice("nobody", gettext_lazy("without owner or deputy")),
]
VIEWS = (
    ("commitments", pgettext_lazy("view of promises", "List")),
    ("commitments-board", pgettext_lazy("view of promises", "Board")),
    ("commitments-calendar", pgettext_lazy("view of promises", "Calendar")),
)
_DAY_MONTH_YEAR = re.compile(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?")
_MONTH = re.compile(r"[12][0-9]{3}-[01][0-9]")


def listing(query: QueryDict, *, place: Place, path: str) -> lists.Listing:
    """What the address asks of the ledger. Raises Unclear."""
    members = [lists.Choice(key.removeprefix(ACCOUNT), name) for key, name in keeper_choices(place)]
    offer = lists.ListPage(
        filters=[
            lists.Filter("state", gettext_lazy("State"), STATES),
            lists.Filter("partner", gettext_lazy("Partner"), [lists.Choice(*one) for one in partner_choices(place.id)]),
            lists.Filter("side", gettext_lazy("Who promised"), [lists.Choice(*one) for one in Side.choices]),
            lists.Filter("whose", gettext_lazy("Whose"), [*_WHOSE, *members]),
            lists.Filter("due", gettext_lazy("Due"), _due_choices(query.get("due", ""), place.today)),
        ],
        sorts=SORTS,
        default_sort=queries.TO_DO,
        extra=["month"],
    )
    return offer.read(query, path=path)


def _due_choices(asked: str, today: date) -> list[lists.Choice]:
    """This month and year, those after them, and the one in the address."""
    months = [today.replace(day=1), (today.replace(day=1) + timedelta(days=31)).replace(day=1)]
    offered = [*(f"{day:%Y-%m}" for day in months), f"{today:%Y}", f"{today.year + 1}"]
    if asked not in offered and _DAY_MONTH_YEAR.fullmatch(asked) and _is_date(asked):
        offered.append(asked)
    named = [lists.Choice(text, written(parse_edtf(text))) for text in offered]
    return [*named, lists.Choice(NO_DAY, gettext_lazy("no last day known"))]


def _is_date(text: str) -> bool:
    try:
        return parse_edtf(text).edtf == text
    except UnreadableDate:
        return False


def filters_of(place: Place, of: lists.Listing) -> queries.Filters:
    chosen = of.chosen
    whose = chosen.get("whose", "")
    keeper = keeper_of(place) if whose == MINE else f"{ACCOUNT}{whose}" if whose.isdecimal() else whose
    here = [key for key, _ in keeper_choices(place)] if whose == "left" else ()
    return queries.Filters(
        state=chosen.get("state", ""), partner=chosen.get("partner", ""), side=chosen.get("side", ""),
        keeper=keeper, here=here, due=chosen.get("due", ""), search=of.search, sort=of.sort,
    )  # fmt: skip


def asked(place: Place, of: lists.Listing) -> QuerySet[queries.Commitment]:
    return queries.ledger(place.id, filters=filters_of(place, of), on=place.today)


def page(place: Place, of: lists.Listing) -> list[PromiseRow]:
    """The rows of the page in the address, and one more where another page follows."""
    found = queries.page(place.id, filters=filters_of(place, of), on=place.today, within=of.bounds)
    return rows_of(found, place)


def counted(place: Place, of: lists.Listing) -> int:
    """How many promises the filters leave."""
    return sum(queries.counts(place.id, filters=filters_of(place, of), on=place.today).values())


@dataclass(frozen=True, slots=True)
class Way:
    """Another view of the same promises."""

    label: str
    href: str
    here: bool


def ways(of: lists.Listing, place: Place, *, here: str) -> list[Way]:
    query = f"?{of.query}" if of.query else ""
    return [Way(str(label), _to(place, name) + query, here=name == here) for name, label in VIEWS]


def exports(of: lists.Listing, place: Place, *, of_month: str = "") -> list[tuple[str, str]]:
    """What is on the page, as a file: (what it is called, its address). `of_month`: 2026-10, where that narrows it."""
    due = of.chosen.get("due", "")
    # Of a year that was asked for, the page shows this month alone.
    due = of_month if of_month.startswith(due) else due
    of = replace(of, extra={}, chosen={**of.chosen, "due": due})
    return addresses_of("desk:commitments-file", of.query, office=place.slug)


def _to(place: Place, name: str) -> str:
    return reverse(f"desk:{name}", kwargs={"office": place.slug})


def _in_list(of: lists.Listing, place: Place, name: str, value: str) -> str:
    """The list of these promises, narrowed by one filter more."""
    path = _to(place, "commitments")
    return of.with_filter(name, value).replace(of.path, path, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """Some promises of one state, one day or one stretch of time; `href` lists all `number` of them."""

    code: str
    heading: str
    number: int
    rows: list[PromiseRow]
    href: str

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


def board(place: Place, of: lists.Listing) -> list[Group]:
    """A column for every state in which there is a promise."""
    found = queries.board(place.id, filters=filters_of(place, of), on=place.today, most=ON_BOARD)
    rows = _rows(found, place)
    return [
        Group(state, capfirst(str(label)), number, rows.get(state, []), _in_list(of, place, "state", state))
        for state, label in SHOWN.items()
        if (number := found.counts.get(state, 0))
    ]


def _rows(found: queries.Sample, place: Place) -> dict[str, list[PromiseRow]]:
    """All groups at once, so that names are asked for once."""
    made = iter(rows_of((row for rows in found.rows.values() for row in rows), place))
    return {group: [next(made) for _ in rows] for group, rows in found.rows.items()}


@dataclass(frozen=True, slots=True)
class Day:
    """`column`: 1 for Monday to 7."""

    date: date
    column: int
    is_today: bool
    promises: Group | None


@dataclass(frozen=True, slots=True)
class Month:
    code: str  # 2026-10
    name: str
    weekdays: list[str]
    days: list[Day]
    bands: list[Group]
    previous_href: str  # "" where there is none
    next_href: str
    this_href: str
    number: int


def month(place: Place, of: lists.Listing) -> Month:
    """What falls due in the month of the address, or in this one. What is due on no certain day stands in a band of
    its own. Raises Unclear."""
    asked = of.extra.get("month") or f"{place.today:%Y-%m}"
    if not (_MONTH.fullmatch(asked) and _is_date(asked)):
        raise Unclear(gettext("“%(value)s” is not a month.") % {"value": lists.shown(asked)}, back=of.path)
    first = date.fromisoformat(f"{asked}-01")
    found = queries.month(place.id, filters=filters_of(place, of), on=place.today, of=asked, most=IN_BAND)
    rows = _rows(found, place)
    return Month(
        code=asked,
        name=format_skeleton("yMMMM", first, locale=locale_of()),
        weekdays=_weekdays(),
        days=_days(first, found.counts, rows, place, of),
        bands=_bands(asked, found.counts, rows, place, of),
        previous_href=_to_month(first - timedelta(days=1), of),
        next_href=_to_month(first + timedelta(days=31), of),
        this_href=of.with_extra("month", ""),
        number=sum(found.counts.values()),
    )


def _to_month(day: date, of: lists.Listing) -> str:
    """ "" where no month can be asked for any more."""
    code = f"{day:%Y-%m}"
    return of.with_extra("month", code) if _MONTH.fullmatch(code) else ""


def _weekdays() -> list[str]:
    names = get_day_names("abbreviated", locale=locale_of())
    return [names[number] for number in range(7)]


Counts = Mapping[str, int]
Rows = Mapping[str, list[PromiseRow]]


def _days(first: date, counts: Counts, rows: Rows, place: Place, of: lists.Listing) -> list[Day]:
    days = []
    for number in range(calendar.monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        key = day.isoformat()
        due = counts.get(key, 0)
        group = Group(key, "", due, rows.get(key, [])[:IN_DAY], _in_list(of, place, "due", key)) if due else None
        days.append(Day(day, day.isoweekday(), day == place.today, group))
    return days


def _bands(asked: str, counts: Counts, rows: Rows, place: Place, of: lists.Listing) -> list[Group]:
    said = {"month": written(parse_edtf(asked)), "year": written(parse_edtf(asked[:4]))}
    headings = (
        (queries.MONTH, gettext("Some time in %(month)s") % said),
        (queries.YEAR, gettext("Some time in %(year)s") % said),
        (queries.LONGER, gettext("Over a longer time")),
    )
    href = _in_list(of, place, "due", asked)
    return [
        Group(code, heading, number, rows.get(code, []), href)
        for code, heading in headings
        if (number := counts.get(code, 0))
    ]


def columns() -> list[Column[PromiseRow]]:
    """What you see, as a file: codes for programs beside words for people."""
    return [
        Column("what", gettext("Promise"), lambda row: row.promise.what, 50),
        Column("partner", gettext("Partner"), lambda row: row.partner, 24),
        Column("state", gettext("State (code)"), lambda row: row.state, 14),
        Column("state_name", gettext("State"), lambda row: row.state_label, 18),
        Column("due", gettext("Due"), lambda row: _edtf(row.promise.due), 14),
        Column("due_in_words", gettext("Due, in words"), lambda row: written(row.promise.due), 24),
        Column("made_on", gettext("Promised"), lambda row: _edtf(row.promise.made_on), 14),
        Column("side", gettext("Who promised"), lambda row: row.side_label, 14),
        Column("actor", gettext("By"), lambda row: row.promise.actor, 24),
        Column("counterpart", gettext("To whom"), lambda row: row.promise.counterpart, 24),
        Column("owner", gettext("Owner"), lambda row: row.owner.name, 24),
        Column("deputy", gettext("Deputy"), lambda row: row.deputy.name, 24),
        Column("confirmed_at", gettext("Confirmed by the partner since"), lambda row: _moment(row.promise), 24),
        Column("sentence", gettext("The words of the source"), lambda row: row.promise.sentence, 50),
        Column("source", gettext("Source"), lambda row: row.promise.document.title, 30),
        Column("evidence", gettext("Evidence"), lambda row: row.promise.evidence, 30),
        Column("reason", gettext("Reason"), lambda row: row.promise.reason, 30),
    ]


def _moment(promise: queries.Commitment) -> str:
    return promise.confirmed_at.isoformat(timespec="seconds") if promise.confirmed_at else ""


def _edtf(value: EdtfDate | None) -> str:
    return value.edtf if value else ""

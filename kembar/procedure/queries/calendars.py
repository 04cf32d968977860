"""Whose working days count while a file waits: ours, the council's without its recesses, or the partner's country's."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from kembar.access.offices import Offices, within
from kembar.lib.workdays import Calendar
from kembar.procedure.models import Case, DayOff, Recess
from kembar.procedure.states import OPEN

COUNCIL, PARTNER = "council", "partner"
# A recess is some weeks; what is longer is read as a mistake, and refused where it is entered.
LONGEST_RECESS = timedelta(days=200)


class Calendars:
    """Every calendar an office counts by, read in two queries; `calendars_of` reads those of several."""

    def __init__(self, office_id: int, *, country: str, known: "Known | None" = None) -> None:
        self.country = country
        days, away = known or _known([office_id])
        self._own: dict[str, dict[date, bool]] = {}
        for land, day, works in days.get(office_id, ()):
            self._own.setdefault(land, {})[day] = works
        self.recesses = away.get(office_id, [])
        self._made: dict[str, Calendar] = {}

    def of(self, holder: str, *, partner: str) -> Calendar:
        """The calendar by which a file waits at a holder; `partner` is the country of the other side."""
        if holder == COUNCIL:
            return self._kept(COUNCIL, land=self.country, own=self._own.get(self.country, {}) | self._away())
        land = partner if holder == PARTNER else self.country
        return self._kept(land, land=land, own=self._own.get(land, {}))

    def recess_on(self, day: date) -> Recess | None:
        """The recess the council is in on that day, the one that ends last where two overlap."""
        running = [one for one in self.recesses if one.first <= day <= one.last]
        return max(running, key=lambda one: one.last, default=None)

    def _kept(self, name: str, *, land: str, own: Mapping[date, bool]) -> Calendar:
        if name not in self._made:
            self._made[name] = Calendar(land, own)
        return self._made[name]

    def _away(self) -> dict[date, bool]:
        return {
            one.first + timedelta(days=n): False
            for one in self.recesses
            for n in range((one.last - one.first).days + 1)
        }


Known = tuple[Mapping[int, list[tuple[str, date, bool]]], Mapping[int, list[Recess]]]


def _known(offices: Collection[int]) -> Known:
    """Days set and recesses, by office."""
    days: dict[int, list[tuple[str, date, bool]]] = defaultdict(list)
    rows = DayOff.objects.filter(within(offices)).order_by("id")
    for office_id, land, day, works in rows.values_list("office_id", "country", "day", "works"):
        days[office_id].append((land, day, works))
    away: dict[int, list[Recess]] = defaultdict(list)
    for row in recesses(offices):
        away[row.office_id].append(row)
    return days, away


def calendars_of(countries: Mapping[int, str]) -> dict[int, Calendars]:
    """The calendars of several offices, by number with the country of each. Two queries."""
    known = _known(countries)
    return {number: Calendars(number, country=country, known=known) for number, country in countries.items()}


def recesses(office_id: Offices) -> QuerySet[Recess]:
    """Those that were not withdrawn, the newest first."""
    return Recess.objects.filter(within(office_id), withdrawn="").order_by("-first", "-id")


def recess(number: int, *, office_id: int) -> Recess | None:
    """One recess of this office; None where it has none of this number."""
    return recesses(office_id).filter(pk=number).first()


def countries(office_id: int) -> list[str]:
    """The countries of the partners of open cases, and those the office set days of."""
    here = Case.objects.filter(office_id=office_id, standing__in=OPEN)
    found = set(here.order_by().values_list("partnership__partner__country", flat=True).distinct())
    return sorted(found | set(DayOff.objects.filter(office_id=office_id).order_by().values_list("country", flat=True)))

"""How long a case has waited, by the calendar of whom it waits for, and what is not known of that calendar."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from kembar.desk.place import Place
from kembar.lib.workdays import Calendar, year_of
from kembar.procedure import rules
from kembar.procedure.queries.calendars import COUNCIL, PARTNER, countries
from kembar.procedure.queries.calendars import Calendars as Kept
from kembar.procedure.queries.cases import Case
from kembar.procedure.states import PAUSED, Standing
from kembar.web.dates import written_day
from kembar.web.templatetags.web import country as country_name

# Where long holidays are made up for at weekends, by a notice late in the year before.
SWAPPING = frozenset({"CN"})


class Calendars:
    """The calendars of an office at its desk."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.kept = Kept(place.id, country=place.office.local_government.country)

    def of(self, case: Case, holder: str) -> Calendar:
        return self.kept.of(holder, partner=case.partnership.partner.country)

    def paused(self, case: Case) -> str:
        """Waiting for the partner, since 12 working days by the calendar of China."""
        since = rules.working_day_from(case.standing_since) if case.standing in PAUSED else None
        if since is None:
            return ""
        calendar = self.of(case, PARTNER if case.standing == Standing.WAITING_PARTNER else "")
        facts = {"standing": str(Standing(case.standing).label), "days": calendar.between(since, self.place.today),
                 "country": country_name(calendar.country)}  # fmt: skip
        if calendar.country != self.kept.country:
            return gettext("%(standing)s: %(days)d working days, by the calendar of %(country)s") % facts
        return gettext("%(standing)s: %(days)d working days") % facts

    def notes(self, case: Case, holder: str) -> list[str]:
        """That the council is away."""
        told = []
        away = self.kept.recess_on(self.place.today) if holder == COUNCIL else None
        if away:
            facts = {"date": written_day(away.last), "name": away.name}
            told.append(
                gettext("The council is in recess until %(date)s (%(name)s); these days are not counted.") % facts
            )
        return told


def countries_of(place: Place) -> list[tuple[str, str]]:
    """(code, name) of the countries whose calendars are counted by, our own first."""
    own = place.office.local_government.country
    others = sorted((land for land in countries(place.id) if land != own), key=country_name)
    return [(land, country_name(land)) for land in (own, *others)]


@dataclass(frozen=True, slots=True)
class YearLine:
    """What is known of one year of a country."""

    country: str
    year: str
    off: int
    worked: int
    is_known: bool
    swaps_missing: bool


def years(place: Place) -> list[YearLine]:
    """This year and the next one, of our country and of those whose partners we have open cases with."""
    found = []
    for land, _ in countries_of(place):
        for number in (place.today.year, place.today.year + 1):
            known = year_of(land, number)
            off = sum(1 for day in known.off if day.weekday() not in known.weekend)
            swaps = land in SWAPPING and not known.worked
            found.append(YearLine(land, str(number), off, len(known.worked), known.is_known, swaps))
    return found


def recess_note(place: Place, on: date) -> str:
    """In recess until a day, with where that is known from; "" while the council sits."""
    away = Kept(place.id, country=place.office.local_government.country).recess_on(on)
    if away is None:
        return ""
    facts = {"date": written_day(away.last), "name": away.name, "source": away.source}
    return gettext("In recess until %(date)s: %(name)s. Source: %(source)s") % facts

"""What falls due for a member of an office: one line per concept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from kembar.agreements import facts as dated
from kembar.agreements.falling_due import RENEWAL_MONTHS
from kembar.cities.models import Office
from kembar.cities.queries import usual_names
from kembar.commitments.queries import due_by
from kembar.lib.calendars import Days, days_of
from kembar.lib.dates import Duration, EdtfDate, on
from kembar.partnerships.models import Partnership
from kembar.web.locales import site_language

AHEAD, BEHIND = timedelta(days=5 * 366), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DueEntry:
    """`subject` is the record in the journal's words; `what` tells apart what falls due of one record."""

    subject: str
    what: str
    title: str
    date: EdtfDate
    days: Days
    address: str


def promises(office: Office, *, account_id: int) -> Iterator[DueEntry]:
    """The open promises this member answers for."""
    keeper = f"account:{account_id}"
    rows = due_by(office.today() + AHEAD, office_id=office.pk).filter(Q(owner=keeper) | Q(deputy=keeper))
    names = _Names(promise.partnership for promise in rows)
    for promise in rows:
        days = days_of(promise.due)
        if promise.due is None or days is None:
            continue
        facts = {"what": promise.what, "partner": names.of(promise.partnership)}
        title = gettext("Promise due: %(what)s (%(partner)s)") % facts
        address = reverse("desk:commitment", args=[office.slug, promise.pk])
        yield DueEntry(promise.key, "due", title, promise.due, days, address)


def papers(office: Office, *, account_id: int) -> Iterator[DueEntry]:
    """The papers of the office that run out, and the day on which each renewal should begin."""
    since = office.today() - BEHIND
    facts = dated.papers_running_out(office.pk, since=since)
    names = _Names(fact.partnership for fact in facts)
    for fact in facts:
        days = days_of(fact.date)
        if fact.date is None or days is None:
            continue
        said = {"paper": capfirst(fact.title), "partner": names.of(fact.partnership)}
        address = reverse("desk:partner", args=[office.slug, fact.partnership.slug])
        title = gettext("%(partner)s: last day in force of “%(paper)s”") % said
        yield DueEntry(fact.key, "end", title, fact.date, days, address)
        begin = Duration(-RENEWAL_MONTHS).after(fact.date.earliest or days.last)
        if begin >= since:
            title = gettext("%(partner)s: begin the renewal of “%(paper)s”") % said
            yield DueEntry(fact.key, "renewal", title, on(begin), Days(begin, begin, exact=True), address)


SOURCES: tuple[Callable[..., Iterator[DueEntry]], ...] = (promises, papers)


class _Names:
    """The partners' usual names in the language of the calendar, with one query."""

    def __init__(self, files: Iterable[Partnership]) -> None:
        self._usual = usual_names({file.partner_id for file in files})

    def of(self, file: Partnership) -> str:
        usual = self._usual.get(file.partner_id, {})
        return file.institution or usual.get(site_language()[:2], file.partner.english_name)

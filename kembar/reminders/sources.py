"""What falls due for a member of an office: one line per concept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from kembar.agreements import facts as dated
from kembar.cities.models import Office
from kembar.cities.queries import usual_names
from kembar.commitments.content import due_words
from kembar.commitments.queries import due_by
from kembar.lib.calendars import Days, days_of
from kembar.lib.dates import Duration, EdtfDate, on, parse_edtf
from kembar.lib.workdays import Calendar
from kembar.partnerships.models import Partnership
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.calendars import Calendars
from kembar.procedure.template import Step
from kembar.reminders.queries import limits_of
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
    note: str = ""


def promises(office: Office, *, account_id: int) -> Iterator[DueEntry]:
    """The open promises this member answers for."""
    keeper = f"account:{account_id}"
    rows = due_by(office.today() + AHEAD, office_id=office.pk).filter(Q(owner=keeper) | Q(deputy=keeper))
    names = Names(promise.partnership for promise in rows)
    for promise in rows:
        days = days_of(promise.due)
        if promise.due is None or days is None:
            continue
        facts = {"what": promise.what, "partner": names.of(promise.partnership)}
        title = gettext("Promise due: %(what)s (%(partner)s)") % facts
        address = reverse("desk:commitment", args=[office.slug, promise.pk])
        again = due_words(promise) if promise.recurring else ""
        yield DueEntry(promise.key, "due", title, promise.due, days, address, note=again)


def papers(office: Office, *, account_id: int) -> Iterator[DueEntry]:
    """The papers of the office that run out, and the day on which each renewal should begin."""
    since = office.today() - BEHIND
    facts = dated.papers_running_out(office.pk, since=since)
    names, months = Names(fact.partnership for fact in facts), limits_of(office.pk).renewal_months
    for fact in facts:
        days = days_of(fact.date)
        if fact.date is None or days is None:
            continue
        said = {"paper": capfirst(fact.title), "partner": names.of(fact.partnership)}
        address = reverse("desk:partner", args=[office.slug, fact.partnership.slug])
        title = gettext("%(partner)s: last day in force of “%(paper)s”") % said
        yield DueEntry(fact.key, "end", title, fact.date, days, address)
        begin = Duration(-months).after(fact.date.earliest or days.last)
        if begin >= since:
            title = gettext("%(partner)s: begin the renewal of “%(paper)s”") % said
            yield DueEntry(fact.key, "renewal", title, on(begin), Days(begin, begin, exact=True), address)


def cases(office: Office, *, account_id: int) -> Iterator[DueEntry]:
    """The open cases: the steps done in the last year, by when the law wants the next one, the likely signature."""
    today, country = office.today(), office.local_government.country
    lines = queries.lines(office.pk, on=today, country=country)
    names = Names(line.case.partnership for line in lines)
    runs = queries.runs_of([line.case for line in lines])
    calendars = Calendars(office.pk, country=country)
    for line in lines:
        case, road = line.case, queries.road_of(line.case)
        said = {"partner": names.of(case.partnership), "subject": case.subject}
        address = reverse("desk:case", args=[office.slug, case.pk])
        entry = partial(_case_entry, case.key, address=address)
        for run in runs.get(case.pk, []):
            step, days = road.step(run.step), days_of(run.on)
            if run.deed == "done" and step and run.on and days and days.last >= today - BEHIND:
                done = {"partner": said["partner"], "step": step.name(site_language())}
                yield entry(f"step-{run.pk}", gettext("%(partner)s: %(step)s done") % done, run.on)
        workdays = calendars.of(line.holder, partner=case.partnership.partner.country)
        due = _deadline(road.step(line.step), line.since, workdays)
        if due is not None:
            yield entry("deadline", gettext("%(partner)s: last day for the next step of “%(subject)s”") % said, on(due))
        if line.forecast.day is not None:
            about = parse_edtf(f"{line.forecast.day.isoformat()}~")
            yield entry("forecast", gettext("%(partner)s: signature expected in “%(subject)s”") % said, about)


def _case_entry(subject: str, what: str, title: str, date: EdtfDate, *, address: str) -> DueEntry:
    days = days_of(date)
    assert days is not None  # noqa: S101 - every caller has a last day
    return DueEntry(subject, what, title, date, days, address)


def _deadline(step: Step | None, since: EdtfDate | None, workdays: Calendar) -> date | None:
    """The last day for a step that the law gives a time for, counted from the day the file certainly lay there."""
    if step is None or step.deadline is None or since is None or since.latest is None:
        return None
    days = step.deadline.days
    return workdays.after(since.latest, days) if step.deadline.working else since.latest + timedelta(days=days)


SOURCES: tuple[Callable[..., Iterator[DueEntry]], ...] = (promises, papers, cases)


class Names:
    """The partners' usual names in the language of the calendar, with one query."""

    def __init__(self, files: Iterable[Partnership]) -> None:
        self._usual = usual_names({file.partner_id for file in files})

    def of(self, file: Partnership) -> str:
        usual = self._usual.get(file.partner_id, {})
        return file.institution or usual.get(site_language()[:2], file.partner.english_name)

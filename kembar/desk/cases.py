"""Cases as the desk shows them: who holds which file, what comes next, what the law says, how long it takes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext, pgettext_lazy

from kembar.agreements import actions as agreements
from kembar.desk import crossing, procedures
from kembar.desk.attachments import NOT_TAKEN, why_not_taken
from kembar.desk.kept import kept
from kembar.desk.papers import StepPapers, papers_in
from kembar.desk.place import Place
from kembar.desk.planned import Plan, plan_of
from kembar.desk.saving import Attempt
from kembar.desk.waiting import Calendars
from kembar.desk.words import doubt_words, partner_choices, partner_names
from kembar.journal.queries import Entry, of_records
from kembar.lib.tables import Column
from kembar.partnerships.queries import Partnership as Partnership
from kembar.procedure import actions, rules
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries import changes, newest
from kembar.procedure.queries.templates import template_of
from kembar.procedure.spoken import HINDERED, hindrance_words, rule_words
from kembar.procedure.states import MOVES, OVER, Deed, Kind, Move, Requirement, Result, Stage, Standing
from kembar.procedure.template import Step, Template
from kembar.web import lists
from kembar.web.dates import written, written_day

REFUSED: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("This is needed."),
    "too_long": gettext_lazy("This is too long."),
    "unknown": gettext_lazy("This cannot be read."),
    "unread_length": gettext_lazy("Write a number of years or months, such as 5 years."),
    "not_open": gettext_lazy("This step is not open: another one comes first, or it is done already."),
    "not_optional": gettext_lazy("This step cannot be left out."),
    "not_earlier": gettext_lazy("Choose a step that is done already; a signed paper is not sent back."),
    "in_past": gettext_lazy("Choose a day that is still to come."),
    "in_future": gettext_lazy("This day is still to come."),
    "before_predecessor": gettext_lazy("This lies before the day of the step that comes before it."),
    "source_missing": gettext_lazy("Say where this comes from, or choose a source on file."),
    "indonesian_missing": gettext_lazy("An Indonesian text is needed in every paper: add “id”."),
    "prevailing_missing": gettext_lazy("With several languages, say which one prevails."),
    "another_day": gettext_lazy("The record you chose is of another day."),
}
STANDINGS = [
    lists.Choice("open", pgettext_lazy("case", "all that are open")),
    lists.Choice("paused", pgettext_lazy("case", "all that are paused")),
    *(lists.Choice(*one) for one in Standing.choices),
    lists.Choice("over", pgettext_lazy("case", "all that are over")),
]
EXPORTED_AT_ONCE = 500
# What has no button of its own before (False) and after (True) the signature.
_NOT_OFFERED = {False: {"done", "skip", "close"}, True: {"done", "skip", "send-back"}}
SORTS = [
    lists.Sort("since", pgettext_lazy("case", "Waiting since")),
    lists.Sort("partner", gettext_lazy("Partner")),
    lists.Sort("opened", pgettext_lazy("case", "Opened")),
]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list, and the head of a case's own page."""

    case: queries.Case
    href: str
    partner: str
    partner_href: str
    kind: str
    stage: str
    standing: str
    step: str
    holder: str
    since: str
    days: int | None
    forecast: rules.Forecast
    paused: str

    @property
    def likely(self) -> str:
        """The day a signature is likely, from how many past cases; "" where nothing tells."""
        return forecast_words(self.forecast)

    @property
    def waiting(self) -> str:
        """Waiting for: DPRD, since 41 working days."""
        if not self.holder:
            return ""
        if self.days is None:
            return gettext("Waiting for: %(holder)s") % {"holder": self.holder}
        words = gettext("Waiting for: %(holder)s, since %(days)d working days")
        return words % {"holder": self.holder, "days": self.days}


def listing(query: QueryDict, *, place: Place, path: str) -> lists.Listing:
    """What the address asks of the list. Raises Unclear."""
    offer = lists.ListPage(
        filters=[
            lists.Filter("standing", pgettext_lazy("case", "Standing"), STANDINGS),
            lists.Filter("holder", gettext_lazy("Lying at"), [lists.Choice(*one) for one in holder_names().items()]),
            lists.Filter("kind", gettext_lazy("Kind"), [lists.Choice(*one) for one in Kind.choices]),
            lists.Filter("partner", gettext_lazy("Partner"), [lists.Choice(*one) for one in partner_choices(place.id)]),
        ],
        sorts=SORTS,
        default_sort="since",
    )
    return offer.read(query, path=path)


def holder_names() -> dict[str, str]:
    """Code → name of everybody who can hold a file, by the newest templates."""
    names: dict[str, str] = {}
    for one in newest():
        if one.side == "own":
            for code, words in one.holders.items():
                names.setdefault(code, words(get_language() or "id"))
    return names


def asked(place: Place, of: lists.Listing) -> QuerySet[queries.Case]:
    chosen = of.chosen
    filters = queries.Filters(
        standing=chosen.get("standing", ""), holder=chosen.get("holder", ""), kind=chosen.get("kind", ""),
        partner=chosen.get("partner", ""), search=of.search, sort=of.sort,
    )  # fmt: skip
    return queries.cases(place.id, filters=filters)


def page_of(place: Place, of: lists.Listing) -> lists.Page[CaseRow]:
    """The page of the list that the address asks for. Raises Unclear."""
    return of.page(rows_of(queries.shown(asked(place, of), bounds=of.bounds), place))


def every_row(place: Place, of: lists.Listing) -> Iterator[CaseRow]:
    """Every line of the list, page after page, for a file."""
    rows = asked(place, of)
    for start in range(0, rows.count(), EXPORTED_AT_ONCE):
        yield from rows_of(queries.shown(rows, bounds=slice(start, start + EXPORTED_AT_ONCE)), place)


def rows_of(found: Sequence[queries.Case], place: Place) -> list[CaseRow]:
    """A fixed number of queries however many rows."""
    names = partner_names([case.partnership for case in found])
    runs = queries.runs_of(case for case in found if not case.over_on)
    past = kept("legs", place.id, lambda: queries.legs(place.id))
    calendars = Calendars(place)
    return [_row(case, place, names, calendars, forecast_of(case, runs, past, place)) for case in found]


def longest_waiting(place: Place, most: int) -> list[CaseRow]:
    """The cases that lie with somebody, the longest waiting first; without a forecast."""
    rows = queries.cases(place.id, filters=queries.Filters(standing="moving")).exclude(holder="")
    found = queries.shown(rows, bounds=slice(0, most))
    names, calendars = partner_names([case.partnership for case in found]), Calendars(place)
    return [_row(case, place, names, calendars, rules.Forecast(None, None, None, 0)) for case in found]


def head_of(case: queries.Case, place: Place) -> CaseRow:
    """The head of a page about a case that tells no forecast, so that none is worked out."""
    return _row(case, place, partner_names([case.partnership]), Calendars(place), rules.Forecast(None, None, None, 0))


def forecast_of(
    case: queries.Case, runs: Mapping[int, list[queries.StepRun]], past: Mapping[str, list[int]], place: Place
) -> rules.Forecast:
    """When the signature is likely; nothing of a case that is over or signed."""
    if case.over_on or case.paper:
        return rules.Forecast(None, None, None, 0)
    return queries.forecast_of(runs.get(case.pk, []), past=past, today=place.today)


def _row(
    case: queries.Case, place: Place, names: Mapping[int, str], calendars: Calendars, likely: rules.Forecast
) -> CaseRow:
    language = get_language() or "id"
    road = template_of(case.template)
    step = road.step(case.step) if case.step and case.standing not in OVER else None
    since = rules.working_day_from(case.since) if step else None
    file = case.partnership
    return CaseRow(
        case=case,
        href=reverse("desk:case", kwargs={"office": place.slug, "number": case.pk}),
        partner=names[file.pk],
        partner_href=reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug}),
        kind=str(Kind(case.kind).label),
        stage=str(Stage(case.stage).label),
        standing=str(Standing(case.standing).label),
        step=step.name(language) if step else "",
        holder=road.holders[step.holder](language) if step else "",
        since=written(case.since) if step and case.since else "",
        days=calendars.of(case, step.holder).between(since, place.today) if since and step else None,
        forecast=likely,
        paused=calendars.paused(case),
    )


def columns() -> list[Column[CaseRow]]:
    """What you see, as a file."""
    return [
        Column("case", gettext("Case"), lambda row: row.case.subject, 40),
        Column("partner", gettext("Partner"), lambda row: row.partner, 28),
        Column("kind", gettext("Kind"), lambda row: row.kind, 20),
        Column("reached", pgettext("case", "Reached"), lambda row: row.stage, 28),
        Column("standing", pgettext("case", "Standing"), lambda row: row.standing, 20),
        Column("next_step", gettext("Next step"), lambda row: row.step, 36),
        Column("lying_at", gettext("Lying at"), lambda row: row.holder, 28),
        Column("since", pgettext("case", "Waiting since"),
               lambda row: row.case.since.edtf if row.holder and row.case.since else "", 14),
        Column("working_days", gettext("Working days"), lambda row: row.days, 14),
        Column("asked_last", gettext("Asked last"), lambda row: row.case.chased_on, 14),
        Column("signature_likely", gettext("Signature likely"), lambda row: row.forecast.day, 14),
        Column("likely_from", gettext("At the earliest"), lambda row: row.forecast.earliest, 14),
        Column("likely_to", gettext("At the latest"), lambda row: row.forecast.latest, 14),
        Column("past_cases", gettext("Past cases it is judged from"), lambda row: row.forecast.count or None, 12),
    ]  # fmt: skip


def desks(place: Place) -> list[tuple[str, int, str]]:
    """(holder, cases lying there, address of that list), the fullest first."""
    names = holder_names()
    base = reverse("desk:cases", kwargs={"office": place.slug})
    return [
        (names.get(code, code), count, f"{base}?standing=open&holder={code}")
        for code, count in queries.waiting_at(place.id)
    ]


@dataclass(frozen=True, slots=True)
class RoadLine:
    """One step of the road on the page of a case."""

    step: procedures.StepLine
    state: str
    on: str
    number: str
    note: str
    who: str
    document: int | None
    open: bool
    optional: bool
    partner: bool
    papers: int = 0


@dataclass(frozen=True, slots=True)
class CheckLine:
    code: str
    requirement: str
    result: str
    tag: str
    evidence: str
    who: str


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything on the page of one case."""

    row: CaseRow
    notes: list[str]
    road: Template
    road_name: str
    newer: str
    may_go_over: bool
    decided: list[crossing.Decided]
    next: RoadLine | None
    law: list[procedures.BasisLine]
    typical: str
    forecast: str
    lines: list[RoadLine]
    theirs: list[RoadLine]
    theirs_name: str
    missing: list[str]
    warnings: list[str]
    checks: list[CheckLine]
    aside: list[tuple[str, str, str]]
    moves: list[tuple[str, Move]]
    returned: list[tuple[str, str]]
    papers: list[StepPapers]
    plan: Plan
    unchecked: int


def sheet(case: queries.Case, place: Place) -> CaseSheet:
    road, theirs = template_of(case.template), template_of(case.counterpart)
    story = list(queries.story_of(case))
    held = [run for run in story if not run.superseded]
    at = rules.position(road, queries.plain(held), opened=case.opened_on)
    papers = papers_in(case, story=story, place=place)
    count = {group.code: group.standing for group in papers}
    open_steps = at.open if not case.over_on else ()
    lines = [replace(_road_line(step, road, held, open_steps), papers=count.get(step.code, 0)) for step in road.steps]
    checks = _checks(case)
    following = next((line for line in lines if at.step and line.step.code == at.step.code), None)
    overrides = queries.overrides_of(case)
    [row], calendars = rows_of([case], place), Calendars(place)
    open_to = changes.roads_open_to(case) if not case.over_on else []
    ahead = queries.missing(road, runs=held, overridden=[one.rule for one in overrides]) if not case.paper else []
    powers = queries.powers_fault(case, runs=held, day=rules.today_as(place.today)) if not case.paper else ""
    return CaseSheet(
        row=row,
        notes=calendars.notes(case, row.case.holder if row.holder else ""),
        road=road,
        road_name=road.name(get_language() or "id"),
        newer=crossing.road_words(open_to[0]) if open_to and changes.is_newer(open_to[0], than=road) else "",
        may_go_over=bool(open_to),
        decided=crossing.decided(case),
        next=following,
        law=[procedures.basis_line(rule, on=place.today) for rule in road.basis_of(at.step)] if at.step else [],
        typical=_typical(at.step, case.kind, place),
        forecast=row.likely,
        lines=lines,
        theirs=[_road_line(step, theirs, held, theirs.steps) for step in theirs.steps],
        theirs_name=theirs.name(get_language() or "id"),
        missing=[hindrance_words(one) for one in ahead],
        warnings=[str(HINDERED[f"full_powers_{powers}"])] if powers else [],
        checks=checks,
        aside=[(rule_words(one.rule), one.reason, one.entered_by) for one in overrides],
        moves=[
            (name, move) for name, move in MOVES.items()
            if case.standing in move.begin and name not in _NOT_OFFERED[bool(case.paper)]
        ],
        returned=[(line.step.code, line.step.name) for line in lines if line.state == Deed.DONE],
        papers=papers,
        plan=plan_of(case),
        unchecked=sum(line.tag == "open" for line in checks) if not case.paper and not case.over_on else 0,
    )  # fmt: skip


def _road_line(step: Step, road: Template, held: Sequence[queries.StepRun], open_steps: Sequence[Step]) -> RoadLine:
    run = next((run for run in reversed(held) if run.step == step.code and run.deed != Deed.RETURNED), None)
    return RoadLine(
        step=procedures.step_line(step, road),
        state=run.deed if run else "",
        on=written(run.on) if run and run.on else "",
        number=run.number if run else "",
        note=run.note if run else "",
        who=", ".join(part for part in (run.entered_by, run.signatory) if part) if run else "",
        document=run.document_id if run else None,
        open=not run and any(one.code == step.code for one in open_steps),
        optional=step.optional,
        partner=step.side == "partner" or road.side == "partner",
    )


def _typical(step: Step | None, kind: str, place: Place) -> str:
    """How long this step took before, and from how few cases that is known."""
    found = rules.typical(queries.step_days(step.code, kind=kind, office_id=place.id)) if step else None
    if found is None:
        return gettext("No past case of this office tells how long this takes.")
    facts = {"median": found.median, "low": found.shortest, "high": found.longest, "count": found.count}
    if found.count == 1:
        return gettext("It took %(median)d days in the only past case.") % facts
    return gettext("%(median)d days in the middle, from %(low)d to %(high)d, in %(count)d past cases.") % facts


def forecast_words(found: rules.Forecast) -> str:
    if found.longer_than_all:
        return gettext("It already waits longer than every past case: no day can be told.")
    if found.day is None:
        return ""
    facts = {"date": written_day(found.day), "count": found.count}
    if found.earliest == found.latest:
        return gettext("Signature likely around %(date)s, judged from a single past case.") % facts
    spread = {"first": written_day(found.earliest or found.day), "last": written_day(found.latest or found.day)}
    words = gettext("Signature likely around %(date)s, between %(first)s and %(last)s; past cases: %(count)d.")
    return words % (facts | spread)


def _checks(case: queries.Case) -> list[CheckLine]:
    held = queries.checks_of(case)
    found = []
    for code in queries.needed_checks(case):
        row = held.get(code)
        result = row.result if row else Result.OPEN
        tag = {"met": "accepted", "justified": "warn", "not_met": "rejected"}.get(result, "open")
        who = f"{row.checker}, {written_day(row.on)}" if row else ""
        found.append(CheckLine(code, str(Requirement(code).label), str(Result(result).label), tag,
                               row.evidence if row else "", who))  # fmt: skip
    return found


@dataclass(slots=True)
class Tried(Attempt):
    """What came of a deed on a case; `hindered`: (words, code of the rule where it can be set aside)."""

    hindered: list[tuple[str, str]] | None = None


def attempt(
    form: forms.Form, act: Callable[[], object], *, unusual: Callable[[str], str] | None = None,
    zone: tzinfo | None = None,
) -> Tried:  # fmt: skip
    """Runs the deed when the form is in order; what is refused is told beside its field, rules above all fields.
    `unusual` has the words for codes of its own, which are then confirmed one by one."""
    if not form.is_valid():
        return Tried()
    try:
        act()
    except (actions.ChangedMeanwhile, actions.WrongMove):
        return Tried(overtaken=True)
    except actions.Hindered as error:
        told = [(hindrance_words(one), "" if one.bar else one.code) for one in error.hindrances]
        return Tried(hindered=told)
    except actions.Unusual as error:
        if unusual:
            return Tried(doubts=[(code, unusual(code)) for code in sorted(error.codes)])
        return Tried(doubts=[(code.partition(":")[0], _unusual(code)) for code in sorted(error.codes)])
    except agreements.Doubtful as error:
        return Tried(doubts=[(doubt.code, doubt_words(doubt)) for doubt in error.doubts])
    except actions.WrongStep as error:
        form.add_error(error.field if error.field in form.fields else None, str(REFUSED[error.code]))
        return Tried()
    except agreements.WrongValue as error:
        names = {"date": "on", "concluded": "on", "prevailing_language": "prevailing"}
        field = names.get(error.attribute, error.attribute)
        form.add_error(field if field in form.fields else None, gettext("This cannot be read."))
        return Tried()
    except NOT_TAKEN as error:
        form.add_error("paper", why_not_taken(error, zone=zone))
        return Tried()
    return Tried(saved=True)


def _unusual(code: str) -> str:
    name, _, item = code.partition(":")
    return str(HINDERED[name]) % {"item": item}


def story(case: queries.Case, sheet: CaseSheet, place: Place) -> QuerySet[Entry]:
    """What happened to a case and to its papers, newest first."""
    papers = [f"attachment:{row.number}" for group in sheet.papers for row in group.rows]
    return of_records([case.key, *papers], office_id=place.id)


def letter_words(case: queries.Case, place: Place) -> str:
    """A text for the letter that asks again, "" where the file lies nowhere."""
    [row] = rows_of([case], place)
    if not row.holder:
        return ""
    facts = {"subject": case.subject, "holder": row.holder, "step": row.step, "since": row.since}
    words = gettext("Dear Sir or Madam, the file “%(subject)s” has been with you (%(holder)s) since %(since)s for the "
                    "step “%(step)s”.") % facts  # fmt: skip
    if row.days is not None:
        words += " " + gettext("%(days)d working days have passed since then.") % {"days": row.days}
    return words + " " + gettext("We ask you kindly to tell us how far it has come and what is still needed from us.")


def missing_holidays(case: queries.Case, place: Place) -> list[int]:
    """The years of this wait of which the calendar it is counted by knows no holidays: weekends alone are counted."""
    since = rules.working_day_from(case.since)
    gone = case.standing in OVER or since is None
    return [] if gone or since is None else Calendars(place).of(case, case.holder).gaps(since, place.today)


def file_cases(partnership_id: int, place: Place) -> list[CaseRow]:
    """The cases in a partner's file."""
    return rows_of(list(queries.of_partnership(partnership_id, office_id=place.id)), place)


def done_steps(case: queries.Case) -> list[tuple[str, str]]:
    """To which steps a file can be sent back."""
    road = template_of(case.template)
    done = rules.finished(queries.plain(queries.runs_of([case]).get(case.pk, [])))
    return [(step.code, step.name(get_language() or "id")) for step in road.steps if step.code in done]


def step_heading(step: Step, *, theirs: bool) -> str:
    name = {"step": step.name(get_language() or "id")}
    return gettext("Reported by the partner: %(step)s") % name if theirs else gettext("Done: %(step)s") % name


def skip_heading(step: Step) -> str:
    return gettext("Leave out: %(step)s") % {"step": step.name(get_language() or "id")}

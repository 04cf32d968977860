"""Cases: where each lies, since when, what is missing, when its signature is likely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy

from kembar.access.offices import Offices, within
from kembar.agreements.claims_file import scope_of
from kembar.agreements.legs import legs as legs_of
from kembar.agreements.queries import values_of
from kembar.agreements.rules import LETTER_OF_INTENT, TERMINATION
from kembar.lib.dates import EdtfDate, days_between
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import Attachment, attachments_for
from kembar.people.queries import holders_of
from kembar.procedure import rules
from kembar.procedure.models import Case as Case  # pages name its type, never its table
from kembar.procedure.models import Check, DayOff, Override, TemplateVersion
from kembar.procedure.models import StepRun as StepRun
from kembar.procedure.queries import changes
from kembar.procedure.queries.calendars import Calendars
from kembar.procedure.queries.templates import template_of
from kembar.procedure.states import MOVING, OPEN, OVER, PAUSED, SISTER_ONLY, Kind, Requirement
from kembar.procedure.template import Step, Template

LOI_TO_COUNCIL, COUNCIL_TO_SIGNATURE, LOI_TO_PAPER = (
    "LoI to council approval", "council approval to signature", "LoI to MoU",
)  # fmt: skip
SORTS = {"since": "since_latest", "partner": "partnership__slug", "opened": "opened_on_latest", "stage": "stage"}


# How long a step takes is told from the newest cases: an office of 1993 says nothing of the next one.
LAST_RUNS = 500
ALIKE = frozenset({Kind.NEW_TIE, Kind.EXTENSION, Kind.AMENDMENT})


class NoSuchCase(Exception):
    """This office has no such case."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; an empty word narrows nothing. `standing`: one of states.Standing, "open" or "over"."""

    standing: str = ""
    holder: str = ""
    kind: str = ""
    partner: str = ""
    search: str = ""
    sort: str = "since"


def cases(office_id: Offices, *, filters: Filters) -> QuerySet[Case]:
    """The cases of one office, or of several, with their files, the longest waiting first."""
    rows = Case.objects.filter(within(office_id))
    groups = {"open": OPEN, "over": OVER, "moving": MOVING, "paused": PAUSED}
    if filters.standing:
        rows = rows.filter(standing__in=groups.get(filters.standing, {filters.standing}))
    for column, value in (("holder", filters.holder), ("kind", filters.kind)):
        if value:
            rows = rows.filter(**{column: value})
    if filters.partner:
        rows = rows.filter(Q(partnership__slug=filters.partner) | Q(partnership__merged_into__slug=filters.partner))
    if filters.search:
        rows = rows.filter(Q(subject__icontains=filters.search) | Q(scope__icontains=filters.search))
    return rows.order_by(_order(filters.sort), "id")


def shown(rows: QuerySet[Case], *, bounds: slice) -> list[Case]:
    """One page of `cases`, each with its file: ordered by number alone first, which a long list sorts fast."""
    numbers = list(rows.select_related(None).values_list("pk", flat=True)[bounds])
    held = Case.objects.select_related(*WITH_ITS_FILE, "template", "counterpart").in_bulk(numbers)
    return [held[number] for number in numbers]


def _order(sort: str) -> OrderBy:
    column = F(SORTS[sort.removeprefix("-")])
    return column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)


def case(number: int, *, office_id: int) -> Case:
    """One case of this office. Raises NoSuchCase, also for one of another office."""
    rows = Case.objects.filter(pk=number, office_id=office_id)
    found = rows.select_related(*WITH_ITS_FILE, "office__local_government", "template", "counterpart").first()
    if found is None:
        raise NoSuchCase(number)
    return in_its_file(found)


WITH_ITS_FILE = ("partnership__partner", "partnership__merged_into__partner")


def in_its_file(one: Case) -> Case:
    """In the file that stands, where its own was joined to another one. It must come WITH_ITS_FILE."""
    one.partnership = one.partnership.merged_into or one.partnership
    return one


def of_partnership(partnership_id: int, *, office_id: int) -> QuerySet[Case]:
    """Every case of one file and of those joined to it, the open ones first, then the newest."""
    here = Q(partnership=partnership_id) | Q(partnership__merged_into=partnership_id)
    rows = Case.objects.filter(here, office_id=office_id)
    return rows.select_related("partnership__partner", "template").order_by("over_on_latest", "-id")


def how_many_open(office_id: int) -> int:
    return Case.objects.filter(office_id=office_id, standing__in=OPEN).count()


def waiting_at(office_id: int) -> list[tuple[str, int]]:
    """(holder code, cases lying there) of all moving cases, the fullest desk first."""
    rows = Case.objects.filter(office_id=office_id, standing__in=MOVING).exclude(holder="")
    return list(rows.values_list("holder").annotate(found=Count("id")).order_by("-found", "holder"))


def runs_of(rows: Iterable[Case]) -> dict[int, list[StepRun]]:
    """Case id → what was done and still holds, in the order of entry; one query for all."""
    found: dict[int, list[StepRun]] = {}
    numbers = [row.pk for row in rows]
    for run in StepRun.objects.filter(case_id__in=numbers, superseded=False).order_by("id"):
        found.setdefault(run.case_id, []).append(run)
    return found


def story_of(one: Case) -> QuerySet[StepRun]:
    """Everything that was done on a case, also what was undone since, in the order of entry."""
    return one.runs.select_related("document").order_by("id")


def plain(runs: Iterable[StepRun]) -> list[rules.Run]:
    return [rules.Run(run.step, run.deed, run.on) for run in runs if not run.superseded]


def road_of(one: Case) -> Template:
    return template_of(one.template)


def days_off(office_id: int) -> QuerySet[DayOff]:
    return DayOff.objects.filter(office_id=office_id).order_by("-day", "country")


# --- how long ---------------------------------------------------------------------------------------------------------


def legs(office_id: int) -> dict[str, list[int]]:
    """Days of every past leg of this office's road, by its name; "as reported" counts like the others."""
    found: dict[str, list[int]] = {}
    for _, leg in legs_of(office_id):
        found.setdefault(leg.name.removesuffix(" (as reported)"), []).append(leg.days)
    return found


def step_days(step: str, *, kind: str, office_id: int) -> list[int]:
    """Days that the newest finished runs of one step took, where both ends are known to the day; LAST_RUNS at most.
    Only of cases that walk such a road: the signature under a notice says nothing of one under a memorandum."""
    rows = StepRun.objects.filter(office_id=office_id, step=step, deed="done", superseded=False).order_by("-id")
    rows = rows.filter(case__kind__in=ALIKE if kind in ALIKE else [kind])
    spans = [
        days_between(began, ended)
        for began, ended in rows.values_list("began", "on")[:LAST_RUNS] if began and ended
    ]  # fmt: skip
    return [days for days in spans if days is not None and days >= 0]


def forecast_of(runs: Sequence[StepRun], *, past: Mapping[str, list[int]], today: date) -> rules.Forecast:
    """When the signature is likely: from the council's approval, else from the letter of intent."""
    done = {run.step: run.on.latest for run in runs if run.deed == "done" and run.on}
    return _forecast(done, past=past, today=today)


def _forecast(done: Mapping[str, date | None], *, past: Mapping[str, list[int]], today: date) -> rules.Forecast:
    plenary, letter = done.get("council_plenary"), done.get("letter_of_intent")
    if "signing" in done:
        return rules.Forecast(None, None, None, 0)
    if plenary:
        return rules.forecast([(plenary, past.get(COUNCIL_TO_SIGNATURE, []))], today=today)
    if letter:
        two = [(letter, past.get(LOI_TO_COUNCIL, [])), (letter, past.get(COUNCIL_TO_SIGNATURE, []))]
        if all(days for _, days in two):
            return rules.forecast(two, today=today)
        return rules.forecast([(letter, past.get(LOI_TO_PAPER, []))], today=today)
    return rules.Forecast(None, None, None, 0)


# --- what is missing --------------------------------------------------------------------------------------------------


def overrides_of(one: Case) -> list[Override]:
    return list(Override.objects.filter(case=one).order_by("id"))


def set_aside_in(partnership_id: int, *, office_id: int) -> list[Override]:
    """Every rule that was set aside in the cases of one file: everyone may read it."""
    here = Q(case__partnership=partnership_id) | Q(case__partnership__merged_into=partnership_id)
    rows = Override.objects.filter(here, office_id=office_id)
    return list(rows.select_related("case").order_by("id"))


def checks_of(one: Case) -> dict[str, Check]:
    return {row.requirement: row for row in Check.objects.filter(case=one).order_by("id")}


def needed_checks(one: Case) -> list[str]:
    """Which of the nine requirements a case of this kind of partnership is asked."""
    if one.kind == Kind.TERMINATION:
        return []
    sister = one.partnership.kind == "sister"
    return [code.value for code in Requirement if sister or code not in SISTER_ONLY]


def recorded(road: Template, *, runs: Iterable[StepRun]) -> set[str]:
    """The approvals that this case has on record."""
    done = {run.step for run in runs if run.deed == "done"}
    return {step.approval for step in road.steps if step.approval and step.code in done}


def missing(road: Template, *, runs: Sequence[StepRun], overridden: Iterable[str]) -> list[rules.Hindrance]:
    """The approvals still to come before the paper may be signed, those set aside left out."""
    aside = set(overridden)
    found = rules.missing_approvals(road, recorded=recorded(road, runs=runs))
    return [one for one in found if one.code not in aside]


def approved_scope(runs: Iterable[StepRun], *, office_id: int) -> list[str]:
    """What the council approved on this road, item by item; empty where nothing is on record."""
    for run in runs:
        if run.step == "council_plenary" and run.record:
            return scope_of(values_of(run.record, office_id=office_id)["scope"])
    return []


def signed_scope(one: Case) -> list[str]:
    """What the paper at the end of this case says, item by item."""
    return scope_of(values_of(one.paper, office_id=one.office_id)["scope"]) if one.paper else []


@dataclass(frozen=True, slots=True)
class Held:
    """A record of the register that a step may have left: `kind` and `day` as it says."""

    key: str
    kind: str
    day: EdtfDate | None
    name: str


def records_for(step: Step, *, case: Case) -> list[Held]:
    """What the register holds of this step already: approvals of its kind, papers like the one it records."""
    file = case.partnership
    if step.approval:
        rows = file.approvals.filter(kind=step.approval).exclude(standing="rejected").order_by("date_latest", "id")
        return [Held(row.key, row.kind, row.date, row.number) for row in rows]
    if not step.paper:
        return []
    papers = file.instruments.exclude(standing="rejected").order_by("concluded_latest", "id")
    alone = {step.paper} & _ALONE
    fitting = papers.filter(kind__in=alone) if alone else papers.exclude(kind__in=_ALONE)
    return [Held(paper.key, paper.kind, paper.concluded, paper.title) for paper in fitting]


# A memorandum may come in several shapes; these are never taken for one another.
_ALONE = frozenset({LETTER_OF_INTENT, TERMINATION, "implementing_arrangement"})


def terms_at_home(one: Case) -> list[rules.Term]:
    """Who held which post of the own city, as the office's register knows it."""
    party = one.office.local_government_id
    return [
        rules.Term(row.person, row.post, row.since, row.until) for row in holders_of(party, office_id=one.office_id)
    ]


def powers_fault(one: Case, *, runs: Iterable[StepRun], day: EdtfDate) -> str:
    """What is wrong with the full powers of a case on a day: unnamed, void, "" for nothing or none given yet."""
    given = next((run for run in runs if run.step == "full_powers" and run.deed == "done"), None)
    return rules.full_powers_fault(given.signatory, day=day, terms=terms_at_home(one)) if given else ""


def open_steps(one: Case, *, runs: Sequence[StepRun], road: Template) -> tuple[Step, ...]:
    return rules.position(road, plain(runs), opened=one.opened_on).open


# --- papers of a case -------------------------------------------------------------------------------------------------


def paper_subject(one: Case, *, runs: Iterable[StepRun], step: str) -> str:
    """To which record a paper of a step belongs: what the register holds of that step, else what was done there, else
    the case itself."""
    run = next((run for run in reversed(list(runs)) if run.step == step and run.deed != "returned"), None)
    return (run.record or run.key) if run else one.key


def papers_of(one: Case, *, runs: Iterable[StepRun]) -> dict[str, list[Attachment]]:
    """Record → the papers of a case that belong to it: the case itself, its runs and what they left in the register;
    those that were withdrawn too. One query."""
    subjects = {one.key, *(run.key for run in runs), *(run.record for run in runs if run.record)}
    return attachments_for(sorted(subjects), office_id=one.office_id)


def runs_in(partnership_id: int, *, office_id: int) -> list[StepRun]:
    """What was done and still holds in every case of one file, with its case, in the order of entry. One query."""
    here = Q(case__partnership=partnership_id) | Q(case__partnership__merged_into=partnership_id)
    rows = StepRun.objects.filter(here, office_id=office_id, superseded=False).exclude(deed="returned")
    return list(rows.select_related("case__template", "case__counterpart").order_by("id"))


# --- the list as plain lines ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Where one case lay on a day. `step` and `holder` are codes, "" once the road is walked; `days` are the working
    days it has waited there, None where nobody knows since when."""

    case: Case
    stage: str
    step: str
    holder: str
    since: EdtfDate | None
    days: int | None
    forecast: rules.Forecast
    missing: tuple[str, ...]


def lines(office_id: int, *, on: date, country: str) -> list[CaseLine]:
    """The cases of an office that were open on that day, the longest waiting first. A fixed number of queries."""
    rows = Case.objects.filter(office_id=office_id, opened_on_latest__lte=on)
    rows = rows.filter(Q(over_on_latest=None) | Q(over_on_latest__gt=on))
    known, past, calendars = list(rows.order_by("id")), legs(office_id), Calendars(office_id, country=country)
    _with_files(known)
    decided = changes.of_office(office_id)
    runs = _plain_runs(rows, office_id=office_id)
    whole = _whole_runs(decided, office_id=office_id)
    aside: dict[int, set[str]] = {}
    for override in Override.objects.filter(office_id=office_id, case__in=rows).order_by("id"):
        aside.setdefault(override.case_id, set()).add(override.rule)
    found = []
    for row in known:
        road, held = road_of(row), runs.get(row.pk, [])
        if row.pk in decided:
            road, kept = changes.as_known_on(on, road=road, runs=whole.get(row.pk, []), decided=decided[row.pk])
            held = [rules.Run(run.step, run.deed, run.on) for run in kept]
        found.append(
            _line(row, road=road, runs=held, aside=aside.get(row.pk, set()), on=on, past=past, calendars=calendars)
        )
    return sorted(found, key=lambda line: (line.since is None, line.since.sort_key if line.since else (), line.case.pk))


def _with_files(known: Sequence[Case]) -> None:
    """Files and templates once each, however many cases lie in them."""
    files = Partnership.objects.select_related("partner").in_bulk({row.partnership_id for row in known})
    templates = TemplateVersion.objects.in_bulk({row.template_id for row in known})
    for row in known:
        row.partnership, row.template = files[row.partnership_id], templates[row.template_id]


def _plain_runs(rows: QuerySet[Case], *, office_id: int) -> dict[int, list[rules.Run]]:
    """Case id → everything ever done, as values: of 10,000 cases this is most of what there is to read."""
    found: dict[int, list[rules.Run]] = {}
    told = StepRun.objects.filter(office_id=office_id, case__in=rows).order_by("id")
    for case_id, step, deed, day in told.values_list("case_id", "step", "deed", "on"):
        found.setdefault(case_id, []).append(rules.Run(step, deed, day))
    return found


def _whole_runs(decided: Mapping[int, object], *, office_id: int) -> dict[int, list[StepRun]]:
    """Everything ever done in the few cases that went from road to road."""
    found: dict[int, list[StepRun]] = {}
    for run in StepRun.objects.filter(office_id=office_id, case__in=list(decided)).order_by("id"):
        found.setdefault(run.case_id, []).append(run)
    return found


def _line(
    row: Case, *, road: Template, runs: Sequence[rules.Run], aside: set[str], on: date, past: Mapping[str, list[int]],
    calendars: Calendars,
) -> CaseLine:  # fmt: skip
    held = rules.as_of(road, runs, day=on)
    at = rules.position(road, held, opened=row.opened_on)
    since = rules.working_day_from(at.since)
    done = {run.step for run in held if run.deed == "done"}
    approved = {step.approval for step in road.steps if step.code in done}
    days = {run.step: run.on.latest for run in held if run.deed == "done" and run.on}
    workdays = calendars.of(at.step.holder if at.step else "", partner=row.partnership.partner.country)
    return CaseLine(
        case=row, stage=at.stage, step=at.step.code if at.step else "", holder=at.step.holder if at.step else "",
        since=at.since if at.step else None, days=workdays.between(since, on) if since and at.step else None,
        forecast=_forecast(days, past=past, today=on),
        missing=tuple(one.code for one in rules.missing_approvals(road, recorded=approved) if one.code not in aside),
    )  # fmt: skip

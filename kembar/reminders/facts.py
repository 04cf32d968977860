"""What an office's members may have to be told of on a day: gathered once for all, in no language yet."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import override

from kembar.access.permissions import Role
from kembar.agreements import facts as papers
from kembar.cities.models import Office
from kembar.commitments import queries as promises
from kembar.commitments.models import Commitment
from kembar.commitments.rules import ACCOUNT, is_overdue
from kembar.countersign import queries as confirmations
from kembar.countersign.states import Reply, Standing
from kembar.people.queries import Colleague, names_of
from kembar.procedure import rules as road
from kembar.procedure.queries import cases as cases_queries
from kembar.procedure.queries.calendars import Calendars
from kembar.procedure.queries.renewals import Ending, StaleLetter, endings, stale_letters
from kembar.procedure.queries.templates import template_of
from kembar.procedure.states import PAUSED
from kembar.procedure.template import Words
from kembar.reminders.models import Found
from kembar.reminders.rules import DEPUTY, Limits, steps_reached
from kembar.reminders.sources import Names
from kembar.reminders.states import Kind
from kembar.reminders.texts import Work, to_translate

Key = tuple[str, str, str, str]  # kind, subject, step, day: what is found once
OWN_HOLDER = "office"  # how templates name the cooperation office itself


@dataclass(frozen=True, slots=True)
class Passed:
    """A promise that went to somebody else than its owner; `days` overdue, None where it is not."""

    promise: Commitment
    step: str
    days: int | None

    @property
    def key(self) -> Key:
        due = self.promise.due
        about = self.promise.owner if self.step == "left" else due.edtf if due else ""
        return (Kind.ESCALATION, self.promise.key, self.step, about[:60])


@dataclass(frozen=True, slots=True)
class Lying:
    """An open case: its next step and who holds it (None once the road is walked), the working days it has waited."""

    case: cases_queries.Case
    step: Words | None
    holder: Words | None
    own: bool
    days: int | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Something that came back from a partner, or the silence; `standing` says which."""

    promise: Commitment
    request: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """One office on one day. `keeping`: what each keeper answers for and that is due soon or overdue, by deputy too."""

    office: Office
    on: date
    limits: Limits
    colleagues: Sequence[Colleague]
    keeping: Mapping[str, Sequence[Commitment]]
    passed: Sequence[Passed]
    owners: Mapping[int, str]
    lying: Sequence[Lying]
    endings: Sequence[Ending]
    titles: Mapping[tuple[str, str], str]  # by language and key of the paper
    letters: Sequence[StaleLetter]
    said: Sequence[Said]
    texts: Sequence[Work]
    names: Names
    found: Mapping[Key, datetime]

    @property
    def reached(self) -> list[Key]:
        """Everything that is told of once and holds today."""
        return [
            *(one.key for one in self.passed),
            *(ending_key(one) for one in self.endings if one.alert),
            *(letter_key(one) for one in self.letters),
        ]


def ending_key(one: Ending) -> Key:
    return (Kind.RENEWAL, one.renews or one.partnership.key, str(one.alert), one.ends.edtf[:60])


def letter_key(one: StaleLetter) -> Key:
    """A letter that was parked and comes back is found anew."""
    parked = f" {one.choice.until}" if one.choice and one.choice.until else ""
    return (Kind.LETTER, one.paper, str(one.months), f"{one.signed.edtf}{parked}"[:60])


def gather(
    office: Office, *, limits: Limits, colleagues: Sequence[Colleague], on: date,
    unreachable: Collection[int] = (),
) -> Facts:  # fmt: skip
    """A fixed number of queries, whatever the office holds. `unreachable`: accounts no letter gets through to."""
    due = list(promises.due_by(on + timedelta(days=limits.soon), office_id=office.pk))
    here = {f"{ACCOUNT}{one.account.pk}" for one in colleagues if one.account.is_active}
    left = list(promises.left_behind(office.pk, keepers=here))
    told = {f"{ACCOUNT}{one.account.pk}" for one in colleagues if one.enters and one.account.pk not in unreachable}
    horizon = max(limits.alerts, default=0)
    ends = endings(office.pk, on=on, months=horizon, alerts=limits.alerts)
    letters, said, texts = stale_letters(office.pk, on=on), _said(office, on=on), to_translate(office)
    lying = _lying(office, on=on)
    gone = {int(row.owner.removeprefix(ACCOUNT)) for row in left}
    files = [row.partnership for row in (*due, *left)] + [one.case.partnership for one in lying]
    files += [one.partnership for one in ends] + [one.partnership for one in letters]
    files += [one.promise.partnership for one in said] + [one.promise.partnership for one in texts]
    return Facts(
        office=office, on=on, limits=limits, colleagues=colleagues, keeping=_keeping(due),
        passed=_passed({row.pk: row for row in (*due, *left)}, left={row.pk for row in left}, limits=limits,
                       told=told, on=on),
        owners={one.account.pk: one.account.name for one in colleagues} | (names_of(gone) if gone else {}),
        lying=lying, endings=ends, titles=_titles(ends, languages={one.account.language for one in colleagues}),
        letters=letters, said=said, texts=texts, names=Names(files), found=found_in(office),
    )  # fmt: skip


def _titles(ends: Sequence[Ending], *, languages: set[str]) -> dict[tuple[str, str], str]:
    """What the papers are called, in each language somebody reads."""
    told: dict[tuple[str, str], str] = {}
    for language in sorted(languages) if ends else ():
        with override(language):
            keys = [one.renews for one in ends if one.renews]
            known = papers.facts(keys, office_id=ends[0].partnership.office_id)
        told |= {(language, key): fact.title for key, fact in known.items()}
    return told


def found_in(office: Office) -> dict[Key, datetime]:
    """What was found before, with when. One query."""
    rows = Found.objects.filter(office=office).order_by("id")
    return {(kind, subject, step, day): at for kind, subject, step, day, at in
            rows.values_list("kind", "subject", "step", "day", "at")}  # fmt: skip


def heads(facts: Facts) -> set[int]:
    return {one.account.pk for one in facts.colleagues if Role.HEAD in one.roles}


def _keeping(due: Sequence[Commitment]) -> dict[str, list[Commitment]]:
    found: dict[str, list[Commitment]] = defaultdict(list)
    for row in due:
        for keeper in dict.fromkeys((row.owner, row.deputy)):
            if keeper.startswith(ACCOUNT):
                found[keeper].append(row)
    return dict(found)


def _passed(
    rows: Mapping[int, Commitment], *, left: set[int], limits: Limits, told: set[str], on: date
) -> list[Passed]:  # fmt: skip
    found = []
    for row in rows.values():
        late = is_overdue(row.terms, on=on) and row.due is not None and row.due.latest is not None
        days = (on - row.due.latest).days if late and row.due and row.due.latest else None
        there = row.deputy in told
        steps = steps_reached(days, limits=limits, owner_left=row.pk in left, deputy_there=there)
        found += [Passed(row, step, days) for step in steps]
    return found


def is_for(one: Passed, *, account_id: int, heads: set[int]) -> bool:
    """Whether this went to that person."""
    return one.promise.deputy == f"{ACCOUNT}{account_id}" if one.step == DEPUTY else account_id in heads


def _lying(office: Office, *, on: date) -> list[Lying]:
    """The longest waiting first."""
    found_open = cases_queries.cases(office.pk, filters=cases_queries.Filters(standing="open"))
    rows = list(found_open.select_related("partnership__partner", "template"))
    calendars = Calendars(office.pk, country=office.local_government.country)
    found = []
    for row in rows:
        template = template_of(row.template)
        step = template.step(row.step) if row.step else None
        since = road.working_day_from(row.since) if step else None
        workdays = calendars.of(row.holder, partner=row.partnership.partner.country)
        found.append(
            Lying(
                case=row, step=step.name if step else None, holder=template.holders[step.holder] if step else None,
                own=step is None or step.holder == OWN_HOLDER, paused=row.standing in PAUSED,
                days=workdays.between(since, on) if since else None,
            )
        )  # fmt: skip
    return found


def _said(office: Office, *, on: date) -> list[Said]:
    """Disputes, reports, fallen confirmations, then silence and letters that did not arrive."""
    answers = list(confirmations.to_look_at(office.pk))
    silent = list(confirmations.unanswered(office.pk, today=on))
    if not answers and not silent:
        return []
    refused = confirmations.undelivered(office.pk)
    subjects = [one.subject for one in answers] + [one.subject for one in silent]
    rows = promises.by_keys(subjects, office_id=office.pk)
    found = [
        Said(rows[one.subject], one.asked.request_id, _standing(one)) for one in answers if one.subject in rows
    ]  # fmt: skip
    return found + [
        Said(rows[one.subject], one.request_id,
             confirmations.standing(one, today=on, undelivered=one.request_id in refused))
        for one in silent if one.subject in rows and rows[one.subject].voided_at is None
    ]  # fmt: skip


def _standing(answer: confirmations.Answer) -> Standing:
    if answer.fell_at is not None:
        return Standing.FALLEN
    return Standing.DISPUTED if answer.reply == Reply.DISPUTE else Standing.KEPT

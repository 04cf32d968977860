"""What an office's members may have to be told of on a day: gathered once for all, in no language yet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

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
from kembar.procedure.queries.calendars import calendars_of
from kembar.procedure.queries.renewals import Ending, StaleLetter, endings_of, stale_letters_of
from kembar.procedure.queries.templates import template_of
from kembar.procedure.states import PAUSED
from kembar.procedure.template import Words
from kembar.reminders.models import Found
from kembar.reminders.rules import DEPUTY, Limits, steps_reached
from kembar.reminders.sources import Names
from kembar.reminders.states import Kind
from kembar.reminders.texts import Work, to_translate

Key = tuple[str, str, str, str]  # kind, subject, step, day: what is found once
Row = TypeVar("Row")
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
    found: dict[Key, datetime]

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


@dataclass(frozen=True, slots=True)
class Asked:
    """An office whose facts are wanted, with what it set and who is a member."""

    office: Office
    limits: Limits
    colleagues: Sequence[Colleague]


def gather(asked: Sequence[Asked], *, on: date, unreachable: Collection[int] = ()) -> list[Facts]:
    """Of offices on whose clocks it is the same day, in their order. A fixed number of queries, however many they are
    and whatever they hold. `unreachable`: accounts no letter gets through to."""
    ids, read = [one.office.pk for one in asked], _Read.of(asked, on=on)
    found = found_in(ids)
    made = []
    for one in asked:
        number = one.office.pk
        here = {colleague.account.pk: colleague.account.name for colleague in one.colleagues}
        horizon = on + timedelta(days=one.limits.soon)
        due = [row for row in read.due[number] if row.due and row.due.latest and row.due.latest <= horizon]
        left = read.left[number]
        told = {f"{ACCOUNT}{member.account.pk}" for member in one.colleagues
                if member.enters and member.account.pk not in unreachable}  # fmt: skip
        made.append(
            Facts(
                office=one.office, on=on, limits=one.limits, colleagues=one.colleagues, keeping=_keeping(due),
                passed=_passed({row.pk: row for row in (*due, *left)}, left={row.pk for row in left},
                               limits=one.limits, told=told, on=on),
                owners=here | {gone: read.gone[gone] for gone in map(_owner, left) if gone in read.gone},
                lying=read.lying[number], endings=read.endings[number], titles=read.titles,
                letters=read.letters[number], said=read.said[number], texts=read.texts[number], names=read.names,
                found=found[number],
            )
        )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class _Read:
    """The rows of several offices, by office; what is known by account or by paper is known of all of them."""

    due: Mapping[int, Sequence[Commitment]]
    left: Mapping[int, Sequence[Commitment]]
    gone: Mapping[int, str]
    lying: Mapping[int, Sequence[Lying]]
    endings: Mapping[int, Sequence[Ending]]
    titles: Mapping[tuple[str, str], str]
    letters: Mapping[int, Sequence[StaleLetter]]
    said: Mapping[int, Sequence[Said]]
    texts: Mapping[int, Sequence[Work]]
    names: Names

    @classmethod
    def of(cls, asked: Sequence[Asked], *, on: date) -> "_Read":
        offices = {one.office.pk: one.office for one in asked}
        due = list(promises.due_by(on + timedelta(days=max(one.limits.soon for one in asked)), office_id=offices))
        left = promises.left_behind_in({one.office.pk: _keepers(one.colleagues) for one in asked})
        ends = endings_of(
            {one.office.pk: (max(one.limits.alerts, default=0), one.limits.alerts) for one in asked}, on=on
        )
        letters, said = stale_letters_of(offices, on=on), _said(offices, on=on)
        texts, lying = to_translate(offices.values()), _lying(offices, on=on)
        gone = {_owner(row) for row in left}
        files = [row.partnership for row in (*due, *left)] + [one.case.partnership for one in lying]
        files += [one.partnership for several in ends.values() for one in several]
        files += [one.partnership for several in letters.values() for one in several]
        files += [one.promise.partnership for one in said] + [one.promise.partnership for one in texts]
        spoken = {member.account.language for one in asked for member in one.colleagues}
        return cls(
            due=_by_office(due, lambda row: row.office_id), left=_by_office(left, lambda row: row.office_id),
            gone=names_of(gone) if gone else {}, lying=_by_office(lying, lambda one: one.case.office_id),
            endings=ends, titles=_titles([one for several in ends.values() for one in several], languages=spoken),
            letters=letters, said=_by_office(said, lambda one: one.promise.office_id),
            texts=_by_office(texts, lambda one: one.promise.office_id), names=Names(files),
        )  # fmt: skip


def _by_office(rows: Iterable[Row], of: Callable[[Row], int]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[of(row)].append(row)
    return found


def _keepers(members: Iterable[Colleague]) -> set[str]:
    return {f"{ACCOUNT}{one.account.pk}" for one in members if one.account.is_active}


def _owner(row: Commitment) -> int:
    return int(row.owner.removeprefix(ACCOUNT))


def _titles(ends: Sequence[Ending], *, languages: set[str]) -> dict[tuple[str, str], str]:
    """What the papers are called, in each language somebody reads."""
    told: dict[tuple[str, str], str] = {}
    offices = {one.partnership.office_id for one in ends}
    for language in sorted(languages) if ends else ():
        with override(language):
            known = papers.facts([one.renews for one in ends if one.renews], office_id=offices)
        told |= {(language, key): fact.title for key, fact in known.items()}
    return told


def found_in(offices: Collection[int]) -> dict[int, dict[Key, datetime]]:
    """What was found before, with when, by office. One query."""
    known: dict[int, dict[Key, datetime]] = {number: {} for number in offices}
    rows = Found.objects.filter(office__in=list(known)).order_by("id")
    for number, kind, subject, step, day, at in rows.values_list("office_id", "kind", "subject", "step", "day", "at"):
        known[number][kind, subject, step, day] = at
    return known


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


def _lying(offices: Mapping[int, Office], *, on: date) -> list[Lying]:
    """The longest waiting first."""
    found_open = cases_queries.cases(offices, filters=cases_queries.Filters(standing="open"))
    calendars = calendars_of({number: office.local_government.country for number, office in offices.items()})
    found = []
    for row in found_open.select_related("partnership__partner", "template"):
        template = template_of(row.template)
        step = template.step(row.step) if row.step else None
        since = road.working_day_from(row.since) if step else None
        workdays = calendars[row.office_id].of(row.holder, partner=row.partnership.partner.country)
        found.append(
            Lying(
                case=row, step=step.name if step else None, holder=template.holders[step.holder] if step else None,
                own=step is None or step.holder == OWN_HOLDER, paused=row.standing in PAUSED,
                days=workdays.between(since, on) if since else None,
            )
        )  # fmt: skip
    return found


def _said(offices: Mapping[int, Office], *, on: date) -> list[Said]:
    """Disputes, reports, fallen confirmations, then silence and letters that did not arrive."""
    answers = list(confirmations.to_look_at(offices))
    silent = list(confirmations.unanswered(offices, today=on))
    if not answers and not silent:
        return []
    refused = confirmations.undelivered(offices)
    subjects = [one.subject for one in answers] + [one.subject for one in silent]
    rows = promises.by_keys(subjects, office_id=offices)
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

"""Papers whose renewal should begin, letters of intent that went stale: what the night looks at, in few queries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kembar.access.offices import Offices, within
from kembar.agreements.queries import on_day
from kembar.agreements.rules import MOU_CLASS
from kembar.agreements.states import Headline
from kembar.lib.dates import EdtfDate
from kembar.partnerships.models import Partnership
from kembar.procedure import rules
from kembar.procedure.models import Case, LetterChoice
from kembar.procedure.states import OPEN, Kind


@dataclass(frozen=True, slots=True)
class Ending:
    """A paper in force that ends: `renews` names it; `alert` the last of the months before its end that was reached."""

    partnership: Partnership
    renews: str
    ends: EdtfDate
    alert: int
    case: Case | None


def _open_cases(office_id: Offices, *, files: Sequence[int]) -> QuerySet[Case]:
    """Those in these files and in files that were joined to them."""
    here = Q(partnership__in=files) | Q(partnership__merged_into__in=files)
    return Case.objects.filter(here, within(office_id), standing__in=OPEN).select_related("partnership").order_by("id")


def endings(
    office_id: int, *, on: date, months: int = rules.RENEWAL_MONTHS, alerts: Collection[int] = rules.ALERTS
) -> list[Ending]:
    """The papers of an office that end within so many months, the nearest end first, each with its renewal case."""
    return endings_of({office_id: (months, alerts)}, on=on)[office_id]


def endings_of(asked: Mapping[int, tuple[int, Collection[int]]], *, on: date) -> dict[int, list[Ending]]:
    """The same of several offices, by number: `asked` says of each how many months ahead, and at which of them it is
    told. Four queries."""
    spans = [
        span for span in on_day(list(asked), on=on).filter(headline=Headline.IN_FORCE)
        if rules.renewal_is_due(span.until, today=on, months=asked[span.office_id][0])
    ]  # fmt: skip
    files = [span.partnership_id for span in spans]
    cases: dict[int, Case] = {}
    for case in _open_cases(list(asked), files=files).filter(kind=Kind.EXTENSION):
        cases[case.partnership.merged_into_id or case.partnership_id] = case
    papers = dict(_newest_papers(list(asked), files=files))
    found: dict[int, list[Ending]] = {number: [] for number in asked}
    for span in spans:
        if span.until is not None:
            alert = rules.alert_of(span.until, today=on, alerts=asked[span.office_id][1])
            found[span.office_id].append(
                Ending(span.partnership, papers.get(span.partnership_id, ""), span.until, alert,
                       cases.get(span.partnership_id))
            )  # fmt: skip
    return {number: sorted(several, key=lambda one: one.ends.sort_key) for number, several in found.items()}


def _newest_papers(office_id: Offices, *, files: list[int]) -> Iterator[tuple[int, str]]:
    """(file, key of its newest paper of MoU class): the one a renewal carries on."""
    for file in Partnership.objects.filter(within(office_id), pk__in=files).prefetch_related("instruments"):
        papers = [one for one in file.instruments.all() if one.kind in MOU_CLASS and one.concluded and one.ends]
        if papers:
            newest = max(papers, key=lambda one: (one.concluded.sort_key if one.concluded else (), one.pk))
            yield file.pk, newest.key


@dataclass(frozen=True, slots=True)
class StaleLetter:
    """A letter of intent without a step for 6, 12 or 24 months, and what the office last decided about it."""

    partnership: Partnership
    paper: str
    signed: EdtfDate
    months: int
    choice: LetterChoice | None


def stale_letters(office_id: int, *, on: date) -> list[StaleLetter]:
    """Letters that ask for a decision: those parked until a later day, revived by a case that is open, or closed are
    left out. The oldest first."""
    return stale_letters_of([office_id], on=on)[office_id]


def stale_letters_of(offices: Collection[int], *, on: date) -> dict[int, list[StaleLetter]]:
    """The same of several offices, by number. Six queries."""
    spans = list(on_day(offices, on=on).filter(headline=Headline.LOI))
    files = [span.partnership_id for span in spans]
    open_cases = _open_cases(offices, files=files)
    walking = {case.partnership.merged_into_id or case.partnership_id for case in open_cases}
    choices = {row.paper: row for row in LetterChoice.objects.filter(within(offices)).order_by("id")}
    found: dict[int, list[StaleLetter]] = {number: [] for number in offices}
    rows = Partnership.objects.filter(within(offices), pk__in=files).select_related("partner", "office")
    for file in rows.prefetch_related("instruments", "partner__names"):
        letters = [one for one in file.instruments.all() if one.kind == "letter_of_intent" and one.concluded]
        if not letters or file.pk in walking:
            continue
        letter = max(letters, key=lambda one: one.concluded.sort_key if one.concluded else ())
        months = rules.letter_age(letter.concluded, today=on)
        choice = choices.get(letter.key)
        if months and letter.concluded and not _is_settled(choice, on=on):
            found[file.office_id].append(StaleLetter(file, letter.key, letter.concluded, months, choice))
    return {number: sorted(several, key=lambda one: one.signed.sort_key) for number, several in found.items()}


def _is_settled(choice: LetterChoice | None, *, on: date) -> bool:
    if choice is None or choice.choice == "revive":
        return False
    return choice.choice == "close" or (choice.until is not None and choice.until > on)

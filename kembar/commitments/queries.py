"""Reading promises. What everyone may see is asked here and nowhere else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Length, RowNumber

from kembar.access.offices import Offices, within
from kembar.commitments import rules
from kembar.commitments.models import Commitment as Commitment  # pages name its type, never its table
from kembar.commitments.states import Side, State
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership


class NoSuchCommitment(Exception):
    """This office has no such promise."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the ledger; an empty word narrows nothing.

    `state` is one of states.SHOWN, or "open"; `partner` the slug of a file; `keeper` owner or deputy, or "nobody", or
    "left": an account that is not among `here`, the keys of those who can answer for a promise today. `due` is a day
    (due on it), a month or a year (may fall due in it), or "none" (no last day is known).
    `sort` is due, made, entered or partner, with a hyphen before it for the other way round, or TO_DO: what is overdue,
    what is still open, what is settled, each by its due day.
    """

    state: str = ""
    partner: str = ""
    side: str = ""
    keeper: str = ""
    here: Collection[str] = ()
    due: str = ""
    search: str = ""
    sort: str = "due"


_SHOWN_WITH = ("partnership__partner", "partnership__merged_into__partner", "document")
TO_DO = "to_do"
_SORTS = {"due": "due_latest", "made": "made_on_earliest", "entered": "id", "partner": "partnership__slug"}


def ledger(office_id: int, *, filters: Filters, on: date) -> QuerySet[Commitment]:
    """The promises of one office that were not voided; `on` is the day by which overdue is told."""
    rows = _narrowed(office_id, filters=filters, on=on)
    rows = rows.select_related(*_SHOWN_WITH)
    return rows.order_by(*_order(filters.sort, on=on))


def _narrowed(office_id: int, *, filters: Filters, on: date) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(office_id=office_id, voided_at=None).alias(due_length=Length("due"))
    if filters.state:
        rows = rows.filter(_in_state(filters.state, on=on))
    if filters.partner:
        rows = rows.filter(Q(partnership__slug=filters.partner) | Q(partnership__merged_into__slug=filters.partner))
    if filters.side:
        rows = rows.filter(side=filters.side)
    if filters.keeper:
        rows = rows.filter(_answered_for(filters.keeper, here=filters.here))
    if filters.due:
        rows = rows.filter(_due_in(filters.due))
    if filters.search:
        rows = rows.filter(Q(what__icontains=filters.search) | Q(sentence__icontains=filters.search))
    return rows


def counts(office_id: int, *, filters: Filters, on: date) -> dict[str, int]:
    """How many promises of a ledger stand in each state as people read it (states.SHOWN): one query."""
    rows = _narrowed(office_id, filters=filters, on=on).order_by("state").values_list("state")
    # By the column as it is kept: a database counts that along an index, which it could not by the state as shown.
    found = rows.annotate(number=Count("id"), late=Count("id", filter=_overdue(on=on)))
    shown: dict[str, int] = {}
    for state, number, late in found:
        shown[state] = number - late
        shown[rules.OVERDUE] = shown.get(rules.OVERDUE, 0) + late
    return {state: number for state, number in shown.items() if number}


def page(office_id: int, *, filters: Filters, on: date, within: slice) -> list[Commitment]:
    """One page of a ledger. Two queries: numbers alone are put in order, and what is shown is read whole."""
    rows = _narrowed(office_id, filters=filters, on=on).order_by(*_order(filters.sort, on=on))
    numbers = list(rows.values_list("pk", flat=True)[within])
    whole = {row.pk: row for row in several(numbers, office_id=office_id)}
    return [whole[number] for number in numbers]


def how_many(office_id: int, *, state: str, on: date, keeper: str = "", here: Collection[str] = ()) -> int:
    """How many promises of the office, or of one keeper, are in this state (see Filters)."""
    return _narrowed(office_id, filters=Filters(state=state, keeper=keeper, here=here), on=on).count()


@dataclass(frozen=True, slots=True)
class Sample:
    """A ledger laid out in groups: how many each holds, and the first of each."""

    counts: dict[str, int]
    rows: dict[str, list[Commitment]]


def board(office_id: int, *, filters: Filters, on: date, most: int) -> Sample:
    """By state as people read it, `most` of each. Two queries, and one for each state there is."""
    counted = counts(office_id, filters=filters, on=on)
    rows = _narrowed(office_id, filters=filters, on=on).order_by(*_by("due"))
    groups = {
        number: state
        for state in counted
        for number in rows.filter(_in_state(state, on=on)).values_list("pk", flat=True)[:most]
    }
    return Sample(counted, _grouped(groups, office_id=office_id))


DAY_LENGTH = 10  # of 2026-10-13; what is longer is a span, or says "about" or "perhaps"
MONTH, YEAR, LONGER = "month", "year", "longer"


def month(office_id: int, *, filters: Filters, on: date, of: str, most: int) -> Sample:
    """What may fall due in a month (`of`: 2026-10), `most` of each group: a day (2026-10-13) for what is due on
    exactly that day, MONTH for some time in the month, YEAR for some time in its year, LONGER for a longer span.
    Three queries."""
    first, last = _ends(of)
    year = (first.replace(month=1, day=1), first.replace(month=12, day=31))
    rows = _narrowed(office_id, filters=filters, on=on).filter(_due_in(of))
    group = Case(
        When(_is_day(), then=F("due")),
        When(_from(first), due_latest__lte=last, then=Value(MONTH)),
        When(_from(year[0]), due_latest__lte=year[1], then=Value(YEAR)),
        default=Value(LONGER),
        output_field=CharField(),
    )
    rows = rows.annotate(group=group)
    counted = rows.order_by("group").values_list("group").annotate(number=Count("id"))
    numbered = rows.annotate(place=Window(RowNumber(), partition_by=F("group"), order_by=_by("due")))
    groups = dict(numbered.filter(place__lte=most).order_by("id").values_list("pk", "group"))
    return Sample(dict(counted), _grouped(groups, office_id=office_id))


def _grouped(groups: Mapping[int, str], *, office_id: int) -> dict[str, list[Commitment]]:
    """These promises, read whole, by group; within one by the day on which they fall due."""
    found: dict[str, list[Commitment]] = {}
    for row in several(groups, office_id=office_id).order_by(*_by("due")):
        found.setdefault(groups[row.pk], []).append(row)
    return found


def _from(day: date) -> Q:
    """What is due "by 20 October" has no beginning: it belongs where its last day lies."""
    return Q(due_earliest=None) | Q(due_earliest__gte=day)


def _ends(due: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year; both are known of those."""
    asked = parse_edtf(due)
    if asked.earliest is None or asked.latest is None:
        raise ValueError(due)
    return asked.earliest, asked.latest


def _due_in(due: str) -> Q:
    if due == "none":
        return Q(due_latest=None)
    first, last = _ends(due)
    if first == last:
        return _is_day() & Q(due_latest=first)
    return Q(due_latest__gte=first) & (Q(due_earliest=None) | Q(due_earliest__lte=last))


def _is_day() -> Q:
    return Q(due_length=DAY_LENGTH, due_earliest=F("due_latest"))


def _answered_for(keeper: str, *, here: Collection[str]) -> Q:
    if keeper == "nobody":
        return Q(owner="") | Q(deputy="")
    if keeper == "left":
        owner = Q(owner__startswith=rules.ACCOUNT) & ~Q(owner__in=here)
        return Q(state__in=[State.CLAIMED, *rules.OPEN]) & (
            owner | Q(deputy__startswith=rules.ACCOUNT) & ~Q(deputy__in=here)
        )
    return _kept_by(keeper)


def _kept_by(keeper: str) -> Q:
    return Q(owner=keeper) | Q(deputy=keeper)


def _order(sort: str, *, on: date) -> list[OrderBy | str]:
    if sort.removeprefix("-") != TO_DO:
        return _by(sort)
    rank = Case(When(_overdue(on=on), then=0), When(state__in=rules.SETTLED, then=2), default=1)
    return [rank.desc() if sort.startswith("-") else rank.asc(), *_by("due")]


def _by(sort: str) -> list[OrderBy | str]:
    column = _SORTS[sort.removeprefix("-")]
    named = F(column)
    return [named.desc(nulls_last=True) if sort.startswith("-") else named.asc(nulls_last=True), "id"]


def _in_state(state: str, *, on: date) -> Q:
    if state == rules.OVERDUE:
        return _overdue(on=on)
    if state == "open":
        return Q(state__in=rules.OPEN)
    if state in rules.OPEN:
        return Q(state=state) & ~_overdue(on=on)
    return Q(state=state)


def _overdue(*, on: date) -> Q:
    """The same as rules.is_overdue, for the database."""
    # A date not known has no latest day; told apart here because NOT over NULL is NULL.
    past = Q(due_latest__isnull=False, due_latest__lt=on)
    return Q(state__in=rules.OPEN) & past & (Q(conditional=False) | Q(condition_met__isnull=False))


def due_by(day: date, *, office_id: Offices, keeper: str = "") -> QuerySet[Commitment]:
    """Binding promises, or those of one keeper, whose latest day is that day or before, the most pressing first."""
    rows = _open(office_id).filter(due_latest__lte=day)
    rows = rows.filter(Q(conditional=False) | Q(condition_met__isnull=False))
    rows = rows.filter(_kept_by(keeper)) if keeper else rows
    return rows.select_related("partnership__partner").order_by("due_latest", "id")


def left_behind(office_id: int, *, keepers: Iterable[str]) -> QuerySet[Commitment]:
    """The open promises whose owner is a person, and none of these: somebody who is no longer there."""
    rows = _open(office_id).filter(owner__startswith=rules.ACCOUNT).exclude(owner__in=list(keepers))
    return rows.select_related("partnership__partner").order_by(*_by("due"))


def left_behind_in(keepers: Mapping[int, Collection[str]]) -> list[Commitment]:
    """The same of several offices, each with its own keepers. Two queries, one where nobody left anything."""
    owned = _open(list(keepers)).filter(owner__startswith=rules.ACCOUNT).order_by().values_list("office_id", "owner")
    gone = [(number, owner) for number, owner in owned.distinct() if owner not in keepers[number]]
    if not gone:
        return []
    rows = _open({number for number, _ in gone}).filter(owner__in={owner for _, owner in gone})
    pairs = set(gone)
    rows = rows.select_related("partnership__partner").order_by(*_by("due"))
    return [row for row in rows if (row.office_id, row.owner) in pairs]


def _open(office_id: Offices) -> QuerySet[Commitment]:
    return Commitment.objects.filter(within(office_id), voided_at=None, state__in=rules.OPEN)


def of_partnership(partnership: Partnership) -> QuerySet[Commitment]:
    """Every promise in a file that was not voided, those of files merged into it included; the earliest due first, what
    has no last day at the end."""
    rows = _in_file(partnership).filter(voided_at=None)
    return rows.select_related("document").order_by(*_by("due"))


def unsettled(partnership: Partnership, *, on: date) -> QuerySet[Commitment]:
    """The promises of a file that still ask for something: overdue, then taken on, then waiting to be taken on; each by
    its due day."""
    rank = Case(When(_overdue(on=on), then=0), When(state=State.CLAIMED, then=2), default=1)
    rows = of_partnership(partnership).exclude(state__in=rules.SETTLED)
    return rows.select_related(*_SHOWN_WITH).order_by(rank, *_by("due"))


def ever_of_partnership(partnership: Partnership) -> QuerySet[Commitment]:
    """Every promise a source told of in a file, voided ones too, those of files merged into it included."""
    return _in_file(partnership).order_by("id")


def _in_file(partnership: Partnership) -> QuerySet[Commitment]:
    # The files first, then their promises along an index: joined in one condition, every promise of all is read.
    files = Partnership.objects.filter(Q(pk=partnership.pk) | Q(merged_into=partnership))
    return Commitment.objects.filter(partnership__in=files.values("pk"))


@dataclass(frozen=True, slots=True)
class Burden:
    """How many promises in a file are overdue, and how many nobody has taken on."""

    overdue: int
    claimed: int


def burden_of(partnership: Partnership, *, on: date) -> Burden:
    """One query."""
    rows = of_partnership(partnership).order_by()
    counts = rows.aggregate(
        overdue=Count("id", filter=_overdue(on=on)), claimed=Count("id", filter=Q(state=State.CLAIMED))
    )
    return Burden(**counts)


def promise_page(partnership: Partnership) -> QuerySet[Commitment]:
    """What everyone may read: accepted, not voided, and our own promise, confirmed or shown on purpose."""
    return _for_everyone(of_partnership(partnership))


def files_with_promises(office_id: int) -> set[int]:
    """The files that have a promise everyone may read, by number; of files merged into one, that one. One query."""
    rows = _for_everyone(Commitment.objects.filter(office_id=office_id, voided_at=None)).order_by()
    found = rows.values_list("partnership_id", "partnership__merged_into").distinct()
    return {merged_into or number for number, merged_into in found}


def shown_to_everyone(office_id: int, *, filters: Filters, on: date) -> QuerySet[Commitment]:
    """The ledger of an office as far as everyone may read it."""
    return _for_everyone(ledger(office_id, filters=filters, on=on))


def _for_everyone(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    accepted = rows.exclude(state=State.CLAIMED).filter(accepted_at__isnull=False)
    return accepted.filter(Q(side=Side.OWN) | Q(confirmed_at__isnull=False) | Q(shown_unconfirmed=True))


def commitment(number: int, *, office_id: int) -> Commitment:
    """One promise of this office, also a voided one. Raises NoSuchCommitment, also for one of another office."""
    rows = Commitment.objects.filter(pk=number, office_id=office_id)
    found = rows.select_related(
        "partnership__partner", "partnership__merged_into__partner", "document", "office__local_government"
    ).first()
    if found is None:
        raise NoSuchCommitment(number)
    return found


def by_key(key: str, *, office_id: int) -> Commitment:
    """The promise that is named so (`commitment:7`). Raises NoSuchCommitment."""
    kind, _, number = key.partition(":")
    if kind != "commitment" or not number.isdecimal():
        raise NoSuchCommitment(key)
    return commitment(int(number), office_id=office_id)


def several(numbers: Iterable[int], *, office_id: int) -> QuerySet[Commitment]:
    """Those of these promises that the office has, voided ones too."""
    rows = Commitment.objects.filter(pk__in=list(numbers), office_id=office_id)
    return rows.select_related(*_SHOWN_WITH).order_by("id")


def by_keys(keys: Iterable[str], *, office_id: Offices) -> dict[str, Commitment]:
    """Promises by how they are named, with all that is said of them to the other side; voided ones too. Three queries
    however many there are."""
    numbers = [int(key.partition(":")[2]) for key in keys if key.startswith("commitment:")]
    rows = Commitment.objects.filter(within(office_id), pk__in=numbers).order_by("id")
    rows = rows.select_related("document", "office__local_government", "partnership__partner",
                               "partnership__merged_into__partner")  # fmt: skip
    return {row.key: row for row in rows.prefetch_related("office__local_government__names",
                                                          "partnership__partner__names")}  # fmt: skip


def to_ask_about(partnership: Partnership) -> QuerySet[Commitment]:
    """The promises of a file that the other side can be asked to confirm: taken on and not settled."""
    rows = of_partnership(partnership).filter(state__in=rules.OPEN)
    return rows.select_related("document", "office__local_government", "partnership__partner",
                               "partnership__merged_into__partner")  # fmt: skip


def to_put_into_words(numbers: Iterable[int], *, office_id: Offices) -> QuerySet[Commitment]:
    """Of these promises the ones a translator has work with: taken on and not settled, the earliest due first."""
    rows = _open(office_id).filter(pk__in=list(numbers))
    rows = rows.select_related("document", "partnership__partner", "partnership__merged_into__partner")
    return rows.order_by(F("due_latest").asc(nulls_last=True), "id")


def from_origin(origin: str, *, office_id: int) -> Commitment | None:
    """The promise that was made from this draft or claim, also when it was voided since."""
    return Commitment.objects.filter(office_id=office_id, origin=origin).first()


def numbers_from(origins: Iterable[str], *, office_id: int) -> dict[str, int]:
    """The promises made from these drafts or claims, by origin; what was voided is left out. One query."""
    rows = Commitment.objects.filter(office_id=office_id, origin__in=list(origins), voided_at=None)
    return dict(rows.order_by("pk").values_list("origin", "pk"))

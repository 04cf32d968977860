"""Reading papers and the legal state of partnerships, for any day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from kembar.access.offices import Offices, within
from kembar.agreements import falling_due, rules
from kembar.agreements.legs import PartnerLeg as PartnerLeg
from kembar.agreements.legs import lead_times as lead_times
from kembar.agreements.models import Approval, Instrument, ScopeItem
from kembar.agreements.models import LegalSpan as LegalSpan  # pages name its type, never its table
from kembar.agreements.models import Signature as Signature
from kembar.agreements.states import OF_RECORD, Attribute, Headline
from kembar.cities.models import Office
from kembar.lib.dates import EdtfDate, last_day, parse_duration
from kembar.partnerships.models import Event, Partnership
from kembar.partnerships.rules import ACCOUNT
from kembar.partnerships.states import EXPLORING, Standing
from kembar.sources import queries as sources
from kembar.sources.models import Claim
from kembar.sources.queries import Said, claims_about, claims_on
from kembar.sources.rules import settle_value

# --- what the rules are asked with ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Records:
    """One partnership's records, each table read once. Papers and approvals by their date, signatures by paper."""

    kind: str
    papers: list[Instrument]
    signatures: dict[int, list[Signature]]
    approvals: list[Approval]
    events: list[Event]
    claims: list[Said]


def _records(partnership: Partnership, *, claims: list[Said] | None = None) -> _Records:
    signatures: dict[int, list[Signature]] = {}
    signed = Signature.objects.filter(instrument__partnership=partnership).select_related("party").order_by("id")
    for signature in signed:
        signatures.setdefault(signature.instrument_id, []).append(signature)
    return _Records(
        kind=partnership.kind,
        papers=list(partnership.instruments.order_by("concluded_latest", "id")),
        signatures=signatures,
        approvals=list(partnership.approvals.order_by("date_latest", "id")),
        events=list(partnership.events.order_by("date_latest", "id")),
        claims=claims_about(partnership.key, office_id=partnership.office_id) if claims is None else claims,
    )


def legal_file(partnership: Partnership, *, claims: list[Said] | None = None) -> rules.File:
    """Everything the legal state of one partnership is derived from."""
    return _legal_file(_records(partnership, claims=claims))


def _legal_file(records: _Records) -> rules.File:
    signed = {
        paper_id: sum(signature.standing == Standing.ACCEPTED for signature in group)
        for paper_id, group in records.signatures.items()
    }
    return rules.File(
        kind=records.kind,
        papers=tuple(
            paper_of(p, parties_signed=signed.get(p.pk, 0)) for p in sorted(records.papers, key=lambda paper: paper.pk)
        ),
        approvals=tuple(
            rules.Approved(kind=a.kind, on=a.date)
            for a in sorted(records.approvals, key=lambda approval: approval.pk)
            if a.standing == Standing.ACCEPTED
        ),
        events=tuple(
            rules.Happening(date=e.date, exploring=e.kind in EXPLORING)
            for e in sorted(records.events, key=lambda event: event.pk)
            if e.standing == Standing.ACCEPTED
        ),
        listed_from=listed_from(records.claims),
    )


def paper_of(paper: Instrument, *, parties_signed: int) -> rules.Paper:
    return rules.Paper(
        id=paper.pk,
        kind=paper.kind,
        accepted=paper.standing == Standing.ACCEPTED,
        concluded=paper.concluded,
        ends=paper.ends,
        lapsed=paper.lapsed,
        parent_id=paper.parent_id,
        supersedes_id=paper.supersedes_id,
        parties_signed=parties_signed,
        effective=paper.effective,
    )


def listed_from(claims: Iterable[Said]) -> date | None:
    """The day of the first claim that was not rejected; None, always listed, when no claim has a date."""
    days = [c.date.latest for c in claims if c.date is not None and c.decision != "rejected" and c.date.latest]
    return min(days, default=None)


# --- the register ---------------------------------------------------------------------------------------------------


def on_day(office_id: Offices, *, on: date) -> QuerySet[LegalSpan]:
    """The legal state of every partnership of an office, or of several, listed that day, with its file and partner."""
    running = Q(ends__isnull=True) | Q(ends__gt=on)
    rows = LegalSpan.objects.filter(running, within(office_id), starts__lte=on)
    return rows.select_related("partnership__partner").order_by("partnership__partner__english_name", "id")


def kept_by(office_id: int, *, on: date, keeper: str) -> int:
    """For how many partners listed on that day this keeper (`account:7`) answers, as owner or deputy."""
    return on_day(office_id, on=on).filter(Q(partnership__owner=keeper) | Q(partnership__deputy=keeper)).count()


def left_behind(office_id: int, *, on: date, here: Collection[str]) -> int:
    """How many partners listed on that day have an owner or deputy who is an account, and not among `here`."""
    owner = Q(partnership__owner__startswith=ACCOUNT) & ~Q(partnership__owner__in=here)
    deputy = Q(partnership__deputy__startswith=ACCOUNT) & ~Q(partnership__deputy__in=here)
    return on_day(office_id, on=on).filter(owner | deputy).count()


def counts_by_headline(office_id: int, *, on: date) -> dict[str, int]:
    """How many partnerships stand where on that day, every headline named, in the order of states.Headline."""
    rows = on_day(office_id, on=on).order_by("headline").values_list("headline").annotate(count=Count("id"))
    found = dict(rows)
    return {headline: found.get(headline, 0) for headline in Headline.values}


@dataclass(frozen=True, slots=True)
class SisterCityAnswer:
    """The answer to "how many sister cities": never one number without what it leaves out."""

    in_force: list[LegalSpan]
    others: dict[str, list[LegalSpan]]


def sister_city_answer(office_id: int, *, on: date) -> SisterCityAnswer:
    """Sister city partnerships in force on that day, and everything else by what it is."""
    in_force: list[LegalSpan] = []
    others: dict[str, list[LegalSpan]] = {}
    for span in on_day(office_id, on=on):
        if span.sister_city:
            in_force.append(span)
        else:
            group = span.partnership.kind if span.headline == Headline.IN_FORCE else span.headline
            others.setdefault(group, []).append(span)
    return SisterCityAnswer(in_force=in_force, others=others)


def state_of(partnership: Partnership, *, on: date) -> LegalSpan | None:
    """The legal state of one partnership on that day; None before it is listed."""
    running = Q(ends__isnull=True) | Q(ends__gt=on)
    return LegalSpan.objects.filter(running, partnership=partnership, starts__lte=on).order_by("starts").first()


# --- one partnership ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A paper as its partner page shows it on a day."""

    paper: Instrument
    state: str
    signatures: list[Signature]
    scope: list[str]
    gap: "Gap | None"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a paper in force, if the assumed term is right: from the assumed end to the next paper."""

    assumed_end: EdtfDate
    next_concluded: EdtfDate | None
    claim: Said


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """An approval with its scope, and what became of that scope in the paper signed after it."""

    approval: Approval
    scope: list[str]
    signed: Instrument | None
    difference: rules.ScopeDifference | None


@dataclass(frozen=True, slots=True)
class PartnershipSheet:
    """Everything one partner page shows, loaded with a fixed number of queries."""

    partnership: Partnership
    state: LegalSpan | None
    papers: list[PaperSheet]
    approvals: list[ApprovalSheet]
    events: list[tuple[Event, bool]]
    claims: list[Said]


def sheet(partnership: Partnership, *, on: date) -> PartnershipSheet:
    """Papers, approvals, events (each with whether it lies outside a paper in force) and claims, as of one day."""
    records = _records(partnership)
    file, papers, claims = _legal_file(records), records.papers, records.claims
    scopes = _scopes(partnership)
    by_id = {paper.id: paper for paper in file.papers}
    return PartnershipSheet(
        partnership=partnership,
        state=_state(file, partnership=partnership, on=on),
        papers=[
            PaperSheet(
                paper=paper,
                state=rules.paper_state(by_id[paper.pk], file, on),
                signatures=records.signatures.get(paper.pk, []),
                scope=scopes.get(("instrument", paper.pk), []),
                gap=_gap(paper, papers=papers, claims=claims),
            )
            for paper in papers
        ],
        approvals=_approvals(records.approvals, papers=papers, scopes=scopes),
        events=[(event, _outside(event, file=file)) for event in records.events],
        claims=claims,
    )


def _state(file: rules.File, *, partnership: Partnership, on: date) -> LegalSpan | None:
    """The state by the rules, without a query: the file is at hand, and the kept runs say the same for every day."""
    found = rules.state_on(file, on)
    if found is None:
        return None
    return LegalSpan(
        office_id=partnership.office_id, partnership=partnership, headline=found.headline, since=found.since,
        until=found.until, activity=found.activity, sister_city=found.sister_city, papers=found.papers,
    )  # fmt: skip


def scopes_of(office_id: int) -> dict[str, list[str]]:
    """The fields of cooperation of every paper and approval of the office, by the key of the record."""
    found: dict[str, list[str]] = {}
    for item in ScopeItem.objects.filter(office_id=office_id).order_by("position", "id"):
        key = f"instrument:{item.instrument_id}" if item.instrument_id else f"approval:{item.approval_id}"
        found.setdefault(key, []).append(item.text)
    return found


def _scopes(partnership: Partnership) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    mine = Q(instrument__partnership=partnership) | Q(approval__partnership=partnership)
    for item in ScopeItem.objects.filter(mine).order_by("position", "id"):
        key = ("instrument", item.instrument_id) if item.instrument_id else ("approval", item.approval_id or 0)
        found.setdefault(key, []).append(item.text)
    return found


def _approvals(
    approvals: list[Approval], *, papers: list[Instrument], scopes: dict[tuple[str, int], list[str]]
) -> list[ApprovalSheet]:
    sheets = []
    for approval in approvals:
        approved = scopes.get(("approval", approval.pk), [])
        signed = _signed_after(approval, papers=papers)
        written = scopes.get(("instrument", signed.pk), []) if signed else []
        compare = approval.kind == rules.PLENARY and approved and written
        difference = rules.scope_difference(approved, written) if compare else None
        sheets.append(ApprovalSheet(approval=approval, scope=approved, signed=signed, difference=difference))
    return sheets


def _signed_after(approval: Approval, *, papers: list[Instrument]) -> Instrument | None:
    """The paper the approval was for: the one it names, else the first of MoU class concluded after it."""
    if approval.instrument_id:
        return next(paper for paper in papers if paper.pk == approval.instrument_id)
    if approval.date is None:
        return None
    after = approval.date.sort_key
    for paper in papers:
        if paper.kind in rules.MOU_CLASS and paper.concluded is not None and paper.concluded.sort_key >= after:
            return paper
    return None


def _gap(paper: Instrument, *, papers: list[Instrument], claims: list[Said]) -> Gap | None:
    """What an undecided claim about the term would mean: the assumed end, and the next paper when it came later."""
    if paper.ends is not None or paper.concluded is None:
        return None
    for claim in claims:
        if claim.subject != paper.key or claim.attribute != "term" or claim.decision != "open":
            continue
        try:
            term = parse_duration(claim.value)
        except ValueError:
            continue
        end = last_day(paper.concluded, term, inclusive=True)
        later = [p.concluded for p in papers if p.concluded is not None and p.concluded.sort_key > end.sort_key]
        return Gap(assumed_end=end, next_concluded=min(later, key=lambda d: d.sort_key, default=None), claim=claim)
    return None


def _outside(event: Event, *, file: rules.File) -> bool:
    """R10: an accepted event on a day when papers had existed and none was in force any more."""
    if event.standing != Standing.ACCEPTED or event.date is None or event.date.earliest is None:
        return False
    day = event.date.earliest
    had_paper = any(p.kind in rules.MOU_CLASS and p.concluded_by(day) for p in file.papers)
    return had_paper and not rules.in_force(file, day)


# --- one record -----------------------------------------------------------------------------------------------------

Record = Instrument | Signature | Approval | Event | Partnership
_TABLES: dict[str, type[Record]] = {
    "instrument": Instrument,
    "signature": Signature,
    "approval": Approval,
    "event": Event,
    "partnership": Partnership,
}


class NoSuchRecord(Exception):
    """This office has no such record."""


def record(key: str, *, office_id: int) -> Record:
    """The record that claims and the journal name `instrument:7`. Raises NoSuchRecord, also for another office's."""
    kind, _, number = key.partition(":")
    table = _TABLES.get(kind)
    if table is None or not number.isdecimal():
        raise NoSuchRecord(key)
    found = table._default_manager.filter(pk=int(number), office_id=office_id).first()
    if found is None:
        raise NoSuchRecord(key)
    return found


def file_of(key: str, *, office_id: int) -> Partnership:
    """The file a record lies in. Raises NoSuchRecord."""
    row = record(key, office_id=office_id)
    if isinstance(row, Partnership):
        return row
    return row.instrument.partnership if isinstance(row, Signature) else row.partnership


def paper(key: str, *, office_id: int) -> Instrument:
    """The paper a form names `instrument:7`. Raises NoSuchRecord."""
    row = record(key, office_id=office_id)
    if not isinstance(row, Instrument):
        raise NoSuchRecord(key)
    return row


def papers_of(partnership: Partnership) -> QuerySet[Instrument]:
    """The papers of a file that were not voided, newest first."""
    rows = partnership.instruments.exclude(standing=Standing.REJECTED)
    return rows.order_by("-concluded_latest", "-id")


def values_of(key: str, *, office_id: int) -> dict[str, str]:
    """What the register holds of a record, as its form shows it: attribute → canonical text, "" for "not known".

    A stated date or term, never one that was derived from another.
    """
    row = record(key, office_id=office_id)
    groups = sources.by_attribute(claims_on(key, office_id=office_id))
    found: dict[str, str] = {}
    for attribute in OF_RECORD[key.partition(":")[0]]:
        said = groups.get((key, attribute.value), [])
        value = settle_value([claim.stated for claim in said])
        if attribute in (Attribute.CONCLUDED, Attribute.DATE):
            settled = getattr(row, attribute.value, None)
            value = settled.edtf if settled else value
        elif not said:
            held = getattr(row, attribute.value, "")
            value = str(held) if isinstance(held, str | int) and held != "not_known" else ""
        found[attribute.value] = value
    return found


def claim_row(claim_id: int, *, office_id: int) -> Claim:
    """Raises sources.queries.NoSuchClaim."""
    return sources.claim(claim_id, office_id=office_id)


def signature_keys(key: str) -> list[str]:
    """The signatures under a paper, as claims name them; none for any other record."""
    kind, _, number = key.partition(":")
    if kind != "instrument":
        return []
    rows = Signature.objects.filter(instrument_id=int(number)).order_by("id")
    return [signature.key for signature in rows]


def words_of(partnership: Partnership) -> list[str]:
    """The words by which a file is found besides its partner's names: titles, fields of cooperation, numbers, posts."""
    papers = partnership.instruments.exclude(standing=Standing.REJECTED).order_by("id")
    approvals = partnership.approvals.exclude(standing=Standing.REJECTED).order_by("id")
    mine = Q(instrument__partnership=partnership) | Q(approval__partnership=partnership)
    return [
        *papers.values_list("title", flat=True),
        *approvals.values_list("number", flat=True),
        *ScopeItem.objects.filter(mine).order_by("id").values_list("text", flat=True),
    ]


def subjects_of(partnership: Partnership) -> list[str]:
    """Every record of a file, as claims name it."""
    papers = list(partnership.instruments.order_by("id"))
    signatures = Signature.objects.filter(instrument__partnership=partnership).order_by("id")
    rows: list[Record] = [
        *papers,
        *signatures,
        *partnership.approvals.order_by("id"),
        *partnership.events.order_by("id"),
    ]
    return [row.key for row in rows]


def today_of(office_id: int) -> date:
    """The day at an office."""
    return Office.objects.select_related("local_government").get(pk=office_id).today()


# --- what falls due ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartnerDue:
    """What presses about one partner."""

    span: LegalSpan
    due: falling_due.Due


def due(
    office_id: int, *, on: date, partnership: Partnership | None = None, spans: Iterable[LegalSpan] | None = None
) -> list[PartnerDue]:
    """What presses in the files of an office (or in one file) on a day, the most pressing first. Three queries.

    `spans`: what `on_day` answered for that office and day, where it was asked already.
    """
    papers = Instrument.objects.filter(office_id=office_id, standing=Standing.ACCEPTED, kind=rules.LETTER_OF_INTENT)
    approvals = Approval.objects.filter(office_id=office_id, standing=Standing.ACCEPTED, kind=rules.PLENARY)
    if spans is None:
        asked = on_day(office_id, on=on)
        spans = asked if partnership is None else asked.filter(partnership=partnership)
    if partnership is not None:
        papers, approvals = papers.filter(partnership=partnership), approvals.filter(partnership=partnership)
    letters = _newest(papers.order_by("id").values_list("partnership_id", "concluded"))
    approved = _newest(approvals.order_by("id").values_list("partnership_id", "date"))
    found = []
    for span in spans:
        standing = falling_due.Standing(
            headline=span.headline, activity=span.activity, until=span.until,
            letter=letters.get(span.partnership_id), approval=approved.get(span.partnership_id),
        )  # fmt: skip
        pressing = falling_due.due_on(standing, on)
        if pressing is not None:
            found.append(PartnerDue(span=span, due=pressing))
    return sorted(found, key=lambda item: falling_due.urgency(item.due))


def _newest(dates: Iterable[tuple[int, EdtfDate | None]]) -> dict[int, EdtfDate]:
    found: dict[int, EdtfDate] = {}
    for number, moment in dates:
        if moment is not None and (number not in found or moment.sort_key > found[number].sort_key):
            found[number] = moment
    return found


def ordinal_of(partnership: Partnership, *, on: date) -> int:
    """Which of the sister cities in force on that day this one is, by the day it began; one more than all of them
    where it is none."""
    spans = sorted(
        (span for span in on_day(partnership.office_id, on=on) if span.sister_city and span.since),
        key=lambda span: span.since.sort_key if span.since else (date.max, date.max, ""),
    )
    numbers = [span.partnership_id for span in spans]
    return numbers.index(partnership.pk) + 1 if partnership.pk in numbers else len(numbers) + 1

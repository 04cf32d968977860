"""A partner's file as the desk shows it: next steps first, then every record with what its sources say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from kembar.agreements import falling_due
from kembar.agreements.health import newest
from kembar.agreements.queries import (
    ApprovalSheet,
    LegalSpan,
    PaperSheet,
    PartnerDue,
    Signature,
    due,
    sheet,
)
from kembar.agreements.spoken import in_words, plain
from kembar.agreements.states import Activity, Attribute, Headline, InstrumentState
from kembar.desk.words import KINDS, attribute_words, length_words, partner_name, value_words
from kembar.lib.dates import EdtfDate
from kembar.lib.text import normalise
from kembar.partnerships.queries import Partnership
from kembar.partnerships.states import EventKind, Standing
from kembar.people.queries import holders_of
from kembar.people.rules import is_flagged
from kembar.sources.queries import Said, by_attribute
from kembar.sources.rules import contradicting
from kembar.sources.states import Decision
from kembar.web.dates import written

OVER = (InstrumentState.EXPIRED, InstrumentState.TERMINATED, InstrumentState.SUPERSEDED, InstrumentState.LAPSED)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: a sentence and the page where it is done."""

    text: str
    urgent: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as a row: what it states, what its source says in its own words, what the office holds of it."""

    id: int
    record: str
    attribute: str
    value: str
    said: str
    document_id: int
    document: str
    decision: str
    decision_label: str
    reason: str
    decided_by: str
    # As it was written, where `said` and `reason` are told in the reader's language.
    original_said: str = ""
    original_reason: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims about one thing that do not agree."""

    record: str
    attribute: str
    claims: list[ClaimLine]
    settled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paper, signature, approval or event. `kind` and `number` make its addresses."""

    kind: str
    number: int
    title: str
    state: str
    standing: str
    standing_label: str
    facts: list[Fact]
    scope: list[str] = field(default_factory=list)
    note: str = ""
    outside: bool = False
    signatures: list["Row"] = field(default_factory=list)
    compared: list[tuple[str, str]] = field(default_factory=list)
    claims: int = 0
    # A paper that no longer holds: good standing, and yet nothing to be shown in green.
    past: bool = False
    # As it was written, where title or fields of cooperation are told in the reader's language.
    original: str = ""

    @property
    def voided(self) -> bool:
        return self.standing == Standing.REJECTED

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.number}"


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """Everything on the page of one partner. `is_over`: its papers are, so `since` is told apart from the headline."""

    name: str
    country: str
    kind: str
    state: LegalSpan | None
    headline: str
    activity: str
    since: str
    until: str
    is_over: bool
    steps: list[Step]
    papers: list[Row]
    approvals: list[Row]
    events: list[Row]
    statements: list[Fact]
    disputes: list[Dispute]
    claims: list[ClaimLine]
    open_claims: int
    documents: list[tuple[int, str]]
    pressing: list[PartnerDue]
    last_event: EdtfDate | None


def partner_file(file: Partnership, *, on: date) -> PartnerFile:
    """One file on one day, its texts in the reader's language with the original beside; a fixed number of queries."""
    written_so = sheet(file, on=on)
    found = in_words(written_so)
    names = {paper.paper.key: paper_title(paper.paper.kind, paper.paper.title) for paper in found.papers}
    counted: dict[str, int] = {}
    for claim in found.claims:
        counted[claim.subject] = counted.get(claim.subject, 0) + 1
    parties = (file.partner_id, file.office.local_government_id)
    holders = {party: holders_of(party, office_id=file.office_id) for party in parties}
    papers = [
        replace(_paper(paper, names, holders, counted), original=_original(paper.scope, before.scope))
        for paper, before in zip(found.papers, written_so.papers, strict=True)
    ]
    approvals = [
        replace(_approval(approval, counted), original=_original(approval.scope, before.scope))
        for approval, before in zip(found.approvals, written_so.approvals, strict=True)
    ]
    events = [
        Row(
            "event", event.pk, event.title, str(EventKind(event.kind).label), event.standing,
            str(Standing(event.standing).label), [Fact(attribute_words("date"), written(event.date))],
            outside=outside, claims=counted.get(event.key, 0), original=_original([event.title], [before.title]),
        )
        for (event, outside), (before, _) in zip(reversed(found.events), reversed(written_so.events), strict=True)
    ]  # fmt: skip
    records = record_names([*papers, *approvals, *events])
    lines = claim_lines(found.claims, written_so.claims, records)
    originals = {claim.id: claim for claim in written_so.claims}
    disputes = disputes_of(found.claims, records, originals)
    pressing = due(file.office_id, on=on, partnership=file)
    state = found.state
    return PartnerFile(
        name=partner_name(file),
        country=file.partner.country,
        kind=str(KINDS[file.kind]),
        state=state,
        headline=str(Headline(state.headline).label) if state else "",
        activity=str(Activity(state.activity).label) if state else "",
        since=written(state.since) if state and state.since else "",
        until=_until(state),
        is_over=state is not None and state.headline in (Headline.ENDED, Headline.EXPIRED, Headline.EXPIRED_ACTIVE),
        steps=_steps(pressing, disputes, lines, events),
        papers=papers,
        approvals=approvals,
        events=events,
        statements=_statements(found.claims, file.key),
        disputes=disputes,
        claims=lines,
        open_claims=sum(line.decision == Decision.OPEN for line in lines),
        documents=list({claim.document_id: claim.document for claim in found.claims}.items()),
        pressing=pressing,
        last_event=newest((one.date for one, _ in found.events if one.standing == Standing.ACCEPTED), on),
    )


def paper_title(kind: str, title: str) -> str:
    words = value_words(Attribute.KIND, kind)
    return f"{words}: {title}" if title else words


def record_names(rows: Sequence[Row]) -> dict[str, str]:
    """How a list of claims names each record."""
    names = {}
    for row in rows:
        names[f"{row.kind}:{row.number}"] = plain(row.title)
        for signature in row.signatures:
            names[f"signature:{signature.number}"] = f"{signature.title} ({row.title})"
    return names


def _until(state: LegalSpan | None) -> str:
    if state is None or state.headline not in (Headline.IN_FORCE, Headline.EXPIRED, Headline.EXPIRED_ACTIVE):
        return ""
    return written(state.until) if state.until else gettext("end not known")


def _facts(*pairs: tuple[str, str]) -> list[Fact]:
    return [Fact(attribute_words(attribute), value) for attribute, value in pairs if value]


def _dated(value: EdtfDate | None) -> str:
    return written(value) if value else ""


Holders = Mapping[int, Sequence[Any]]  # of each party who held which post


def _signature(one: Signature, holders: Holders, counted: dict[str, int]) -> Row:
    return Row(
        "signature", one.pk, partner_city(one.party), str(Standing(one.standing).label), one.standing,
        str(Standing(one.standing).label),
        _facts(("date", _dated(one.date)), ("signatory", one.signatory), ("post", one.post), ("place", one.place),
               ("mode", "" if one.mode == "not_known" else value_words("mode", one.mode))),
        note=_term_note(one, holders), claims=counted.get(one.key, 0),
    )  # fmt: skip


def _term_note(one: Signature, holders: Holders) -> str:
    """A signatory every known term of whom misses the day; unknown terms are no fault."""
    name = normalise(one.signatory)
    terms = [term for term in holders.get(one.party_id, []) if name and normalise(term.person) == name]
    if terms and all(is_flagged(one.date, since=term.since, until=term.until) for term in terms):
        return gettext("The known term of office does not cover this day.")
    return ""


def _paper(item: PaperSheet, names: dict[str, str], holders: Holders, counted: dict[str, int]) -> Row:
    paper = item.paper
    signatures = [_signature(one, holders, counted) for one in item.signatures]
    older = names.get(f"instrument:{paper.supersedes_id}", "")
    facts = _facts(
        ("concluded", written(paper.concluded)),
        ("effective", _dated(paper.effective)),
        ("term", length_words(paper.term) if paper.term else gettext("not known")),
        ("ends", _dated(paper.ends)),
        ("lapsed", _dated(paper.lapsed)),
        ("supersedes", older),
        ("languages", paper.languages),
        ("prevailing_language", paper.prevailing_language),
        ("notice_period", length_words(paper.notice_period) if paper.notice_period else ""),
        ("copies", str(paper.copies or "")),
    )
    note = ""
    if item.gap is not None:
        note = gettext("If the term that was assumed is right, this paper ended on %(date)s.") % {
            "date": written(item.gap.assumed_end)
        }
    return Row(
        "instrument", paper.pk, names[paper.key], str(InstrumentState(item.state).label), paper.standing,
        str(Standing(paper.standing).label), facts, scope=item.scope, note=note, signatures=signatures,
        claims=counted.get(paper.key, 0), past=item.state in OVER and paper.standing == Standing.ACCEPTED,
    )  # fmt: skip


def partner_city(city: object) -> str:
    return str(getattr(city, "english_name", city))


def _approval(item: ApprovalSheet, counted: dict[str, int]) -> Row:
    approval = item.approval
    compared: list[tuple[str, str]] = []
    if item.difference is not None:
        compared = [*item.difference.kept]
        compared += [(dropped, "") for dropped in item.difference.dropped]
        compared += [("", added) for added in item.difference.added]
    facts = _facts(
        ("date", written(approval.date)),
        ("number", approval.number),
        ("term", length_words(approval.term) if approval.term else ""),
        ("conditions", approval.conditions),
    )
    return Row(
        "approval", approval.pk, value_words(Attribute.KIND, approval.kind), str(Standing(approval.standing).label),
        approval.standing, str(Standing(approval.standing).label), facts, scope=item.scope, compared=compared,
        claims=counted.get(approval.key, 0),
    )  # fmt: skip


def _original(told: Sequence[str], before: Sequence[str]) -> str:
    """The words as they were written, "" where they are told as they stand."""
    as_told = [plain(text) for text in told]
    return "" if as_told == list(before) else " · ".join(before)


def claim_lines(told: Sequence[Said], before: Sequence[Said], records: dict[str, str]) -> list[ClaimLine]:
    """Claims in the reader's language, each with its own words as they were written."""
    return [claim_line(claim, records, original) for claim, original in zip(told, before, strict=True)]


def claim_line(claim: Said, records: dict[str, str], original: Said) -> ClaimLine:
    return ClaimLine(
        id=claim.id,
        record=records.get(claim.subject, gettext("This cooperation")),
        attribute=attribute_words(claim.attribute),
        value=value_words(claim.attribute, claim.value),
        said=claim.said,
        document_id=claim.document_id,
        document=claim.document,
        decision=claim.decision,
        decision_label=str(Decision(claim.decision).label),
        reason=claim.reason,
        decided_by=claim.decided_by,
        original_said=_original([claim.said], [original.said]),
        original_reason=_original([claim.reason], [original.reason]),
    )


def disputes_of(claims: Sequence[Said], records: dict[str, str], originals: Mapping[int, Said]) -> list[Dispute]:
    """Where sources disagree; settled when nothing in the group is open and one value alone is accepted."""
    found = []
    for (subject, attribute), group in by_attribute(claims).items():
        if not contradicting(claim.stated for claim in group):
            continue
        accepted = {claim.value for claim in group if claim.decision == Decision.ACCEPTED}
        settled = len(accepted) <= 1 and all(claim.decision != Decision.OPEN for claim in group)
        lines = [claim_line(claim, records, originals[claim.id]) for claim in group]
        found.append(
            Dispute(records.get(subject, gettext("This cooperation")), attribute_words(attribute), lines, settled)
        )
    return sorted(found, key=lambda dispute: dispute.settled)


def _statements(claims: Sequence[Said], key: str) -> list[Fact]:
    """Why this partner and who decided, as the office accepted it."""
    wanted = (Attribute.WHY, Attribute.DECIDER)
    return [
        Fact(attribute_words(claim.attribute), claim.value)
        for claim in claims
        if claim.subject == key and claim.attribute in wanted and claim.decision == Decision.ACCEPTED
    ]


def _steps(
    pressing: list[PartnerDue], disputes: list[Dispute], lines: list[ClaimLine], events: list[Row]
) -> list[Step]:
    steps = [Step(due_words(item.due), urgent=is_urgent(item.due)) for item in pressing]
    waiting = sum(not dispute.settled for dispute in disputes)
    if waiting:
        text = gettext("Sources disagree and nothing is decided yet: %(count)d.") % {"count": waiting}
        steps.append(Step(text, href="#disagree"))
    undecided = sum(line.decision == Decision.OPEN for line in lines)
    if undecided:
        steps.append(
            Step(gettext("Statements waiting for a decision: %(count)d.") % {"count": undecided}, href="#said")
        )
    outside = sum(event.outside and not event.voided for event in events)
    if outside:
        text = gettext("Events while no paper was in force: %(count)d. The council may ask about them.")
        steps.append(Step(text % {"count": outside}, href="#events"))
    return steps


def is_urgent(due: falling_due.Due) -> bool:
    return due.code == falling_due.RUN_OUT or (due.code == falling_due.EXPIRES and due.step <= falling_due.STEPS[3])


def due_words(due: falling_due.Due) -> str:
    """What presses, in one sentence that says what to do."""
    facts = {"date": written(due.day) if due.day else "", "months": due.step}
    sentences = {
        falling_due.EXPIRES: gettext("Runs out on %(date)s: within %(months)d months. The renewal should have begun."),
        falling_due.RUN_OUT: gettext("Ran out on %(date)s. Renew it, or record how it ended."),
        falling_due.LETTER: gettext(
            "Letter of intent of %(date)s: no agreement for over %(months)d months. Take it up, or record its end."
        ),
        falling_due.APPROVAL: gettext(
            "Approved by the council on %(date)s and not signed for more than %(months)d months. Ask where it waits."
        ),
        falling_due.DORMANT: gettext("In force, and no event for two years. Plan something, or find out why not."),
    }
    return sentences[due.code] % facts

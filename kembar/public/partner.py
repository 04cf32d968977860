"""One partner's page on one day: what was signed, intended, named, what happened, and the source of each figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kembar.agreements import queries as agreements
from kembar.agreements import rules
from kembar.agreements.states import Activity, ApprovalKind, Headline, InstrumentKind, InstrumentState, TermFrom
from kembar.lib.dates import EdtfDate
from kembar.partnerships.states import Standing
from kembar.public import words
from kembar.public.cited import Cited
from kembar.public.day import AskedDay

NO_SOURCE = SafeString("")
# The mark (shape and colour) a paper's state borrows from the legal states.
MARKS = {
    InstrumentState.IN_FORCE: "in_force",
    InstrumentState.SIGNED: "loi",
    InstrumentState.PARTIALLY_SIGNED: "council_approved",
    InstrumentState.DRAFTING: "exploring",
    InstrumentState.UNVERIFIED: "unverified",
    InstrumentState.TERMINATED: "ended",
    InstrumentState.LAPSED: "ended",
}


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    refs: SafeString = NO_SOURCE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    listed: bool
    code: str
    label: str
    kind: str
    meaning: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    party: str
    text: str
    refs: SafeString


@dataclass(frozen=True, slots=True)
class PaperCard:
    title: str
    state: str
    mark: str
    facts: tuple[Fact, ...]
    signatures: tuple[SignatureLine, ...]
    scope: tuple[str, ...]
    scope_refs: SafeString
    warning: str
    warning_refs: SafeString


@dataclass(frozen=True, slots=True)
class PaperGroup:
    code: str
    heading: str
    hint: str
    papers: list[PaperCard]


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field, in the words of the approval and of the paper; empty where it does not have it."""

    approved: str
    signed: str


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    title: str
    facts: tuple[Fact, ...]
    scope: tuple[str, ...]
    compared: tuple[ComparedField, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    when: str
    what: str
    kind: str
    note: str
    outside: bool
    refs: SafeString
    date: EdtfDate


@dataclass(frozen=True, slots=True)
class Timeline:
    """`later` counts what lies after the day and is left out."""

    moments: list[Moment] = field(default_factory=list)
    later: int = 0


def banner(sheet: agreements.PartnershipSheet, cited: Cited) -> Banner:
    state = sheet.state
    if state is None:
        kind = words.kind_words(sheet.partnership.kind, headline="", sister_city=False)
        return Banner(listed=False, code="", label=gettext("not listed yet"), kind=kind, meaning="", facts=())
    headline = state.headline
    dated = _dated_subjects(sheet, headline)
    facts = []
    if state.since:
        note = gettext("the letter of intent") if headline in (Headline.LOI, Headline.COUNCIL_APPROVED) else ""
        facts.append(Fact(gettext("Since"), words.date_words(state.since), cited.on_dates(dated), note))
    if until := words.until_words(headline, state.until):
        label = gettext("Until") if headline == Headline.IN_FORCE else gettext("Ran out")
        ends = [item.paper.key for item in sheet.papers if item.paper.kind in rules.MOU_CLASS]
        facts.append(Fact(label, until, cited.on(ends, {"ends", "term"}) if state.until else NO_SOURCE))
    facts.append(Fact(gettext("Papers"), str(state.papers)))
    facts.append(Fact(gettext("Activity"), str(Activity(state.activity).label), note=gettext("apart from the papers")))
    return Banner(
        listed=True,
        code=headline,
        label=words.state_label(headline),
        kind=words.kind_words(sheet.partnership.kind, headline=headline, sister_city=state.sister_city),
        meaning=str(words.MEANINGS[Headline(headline)]),
        facts=tuple(facts),
    )


def _dated_subjects(sheet: agreements.PartnershipSheet, headline: str) -> list[str]:
    """The records whose date is the "since" of this headline."""
    wanted = rules.MOU_CLASS
    if headline in (Headline.LOI, Headline.COUNCIL_APPROVED):
        wanted = frozenset({rules.LETTER_OF_INTENT})
    for item in sheet.papers:
        if item.paper.kind in wanted and item.paper.concluded is not None:
            return [item.paper.key, *(signature.key for signature in item.signatures)]
    return [entry.approval.key for entry in sheet.approvals if entry.approval.kind == rules.PLENARY]


def paper_groups(
    sheet: agreements.PartnershipSheet, cited: Cited, *, day: AskedDay, parties: Mapping[int, str]
) -> list[PaperGroup]:
    """Signed papers, mere intentions, and papers only named; what was concluded after the day is left out."""
    signed, intended, named = [], [], []
    for item in sheet.papers:
        paper = item.paper
        if paper.standing == Standing.REJECTED or _after(paper.concluded, day):
            continue
        if paper.standing != Standing.ACCEPTED:
            named.append(_card(item, cited, parties))
        elif paper.kind in rules.MOU_CLASS and paper.concluded is not None:
            signed.append(_card(item, cited, parties))
        else:
            intended.append(_card(item, cited, parties))
    return [
        PaperGroup(
            "signed", gettext("What was signed"), gettext("Papers that bind both sides while in force."), signed
        ),
        PaperGroup(
            "intended",
            gettext("What was intended"),
            gettext("Intentions, declarations and working papers: they show a will, not an agreement in force."),
            intended,
        ),
        PaperGroup(
            "named",
            gettext("What is only named"),
            gettext("Some source speaks of such a paper; the office has not accepted it as a fact."),
            named,
        ),
    ]


def _card(item: agreements.PaperSheet, cited: Cited, parties: Mapping[int, str]) -> PaperCard:
    paper = item.paper
    return PaperCard(
        title=paper.title or str(InstrumentKind(paper.kind).label),
        state=str(InstrumentState(item.state).label),
        mark=MARKS.get(InstrumentState(item.state), "expired"),
        facts=tuple(_paper_facts(item, cited)),
        signatures=tuple(
            _signature(entry, cited, parties) for entry in item.signatures if entry.standing != Standing.REJECTED
        ),
        scope=tuple(item.scope),
        scope_refs=cited.on([paper.key], {"scope"}),
        warning=_gap_words(item.gap),
        warning_refs=cited.to([item.gap.claim]) if item.gap else NO_SOURCE,
    )


def _paper_facts(item: agreements.PaperSheet, cited: Cited) -> Iterable[Fact]:
    paper = item.paper
    signed_keys = [paper.key, *(signature.key for signature in item.signatures)]
    yield Fact(gettext("Concluded"), words.date_words(paper.concluded), cited.on_dates(signed_keys))
    if paper.effective and paper.effective != paper.concluded:
        yield Fact(gettext("In force from"), words.date_words(paper.effective), cited.on([paper.key], {"effective"}))
    if paper.term:
        term = words.duration_words(paper.term)
        yield Fact(gettext("Term"), term, cited.on([paper.key], {"term"}), _counted_from(paper))
    if paper.kind in rules.MOU_CLASS and paper.concluded is not None:
        end = words.date_words(paper.ends) if paper.ends else gettext("end not known")
        yield Fact(
            gettext("Last day in force"), end, cited.on([paper.key], {"ends", "term"}) if paper.ends else NO_SOURCE
        )
    if paper.lapsed:
        yield Fact(gettext("Given up"), words.date_words(paper.lapsed), cited.on([paper.key], {"lapsed"}))


def _counted_from(paper: Any) -> str:
    return gettext("counted from %(start)s") % {"start": TermFrom(paper.term_from).label}


def _signature(signature: Any, cited: Cited, parties: Mapping[int, str]) -> SignatureLine:
    who = ", ".join(part for part in (signature.signatory, signature.post) if part) or gettext("signatory not known")
    where = signature.place
    when = words.date_words(signature.date) if signature.date else gettext("day not known")
    return SignatureLine(
        party=parties.get(signature.party_id, signature.party.english_name),
        text="; ".join(part for part in (who, where, when) if part),
        refs=cited.on([signature.key]),
    )


def _gap_words(gap: agreements.Gap | None) -> str:
    if gap is None:
        return ""
    facts = {"end": words.date_words(gap.assumed_end), "next": words.date_words(gap.next_concluded)}
    if gap.next_concluded is None:
        return gettext("If the undecided term is right, this paper ran out on %(end)s.") % facts
    return gettext("If the undecided term is right, no paper was in force between %(end)s and %(next)s.") % facts


def approvals(sheet: agreements.PartnershipSheet, cited: Cited, *, day: AskedDay) -> list[ApprovalCard]:
    cards = []
    for entry in sheet.approvals:
        approval = entry.approval
        if approval.standing == Standing.REJECTED or _after(approval.date, day):
            continue
        facts = [Fact(gettext("Date"), words.date_words(approval.date), cited.on_dates([approval.key]))]
        if approval.number:
            facts.append(Fact(gettext("Number"), approval.number))
        if approval.term:
            term = words.duration_words(approval.term)
            facts.append(Fact(gettext("Approved for"), term, cited.on([approval.key], {"term"})))
        if approval.conditions:
            facts.append(Fact(gettext("Conditions"), approval.conditions))
        signed_by_then = entry.signed is not None and not _after(entry.signed.concluded, day)
        compared = _compared(entry.difference) if entry.difference and signed_by_then else ()
        cards.append(ApprovalCard(str(ApprovalKind(approval.kind).label), tuple(facts), tuple(entry.scope), compared))
    return cards


def _compared(difference: rules.ScopeDifference) -> tuple[ComparedField, ...]:
    return (
        *(ComparedField(approved, signed) for approved, signed in difference.kept),
        *(ComparedField(text, "") for text in difference.dropped),
        *(ComparedField("", text) for text in difference.added),
    )


def timeline(sheet: agreements.PartnershipSheet, cited: Cited, *, day: AskedDay) -> Timeline:
    """Everything with a date that was not rejected, oldest first, up to the day."""
    moments = [
        *_paper_moments(sheet, cited, day=day),
        *(
            _moment(e.approval.date, str(ApprovalKind(e.approval.kind).label), "approval", cited, [e.approval.key])
            for e in sheet.approvals
            if e.approval.standing != Standing.REJECTED and e.approval.date
        ),
        *(
            _moment(event.date, event.title, "event", cited, [event.key], outside=outside)
            for event, outside in sheet.events
            if event.standing != Standing.REJECTED and event.date
        ),
    ]
    shown = [moment for moment in moments if moment.kind == "end" or not _after(moment.date, day)]
    return Timeline(
        sorted(shown, key=lambda moment: (moment.date.sort_key, moment.what)), later=len(moments) - len(shown)
    )


def _paper_moments(sheet: agreements.PartnershipSheet, cited: Cited, *, day: AskedDay) -> Iterable[Moment]:
    """The conclusion of each paper, and the end of each concluded by the day: it was known on that day."""
    for item in sheet.papers:
        paper, title = item.paper, item.paper.title or str(InstrumentKind(item.paper.kind).label)
        if paper.standing == Standing.REJECTED:
            continue
        note = "" if paper.standing == Standing.ACCEPTED else gettext("named in a source, not accepted as a fact")
        if paper.concluded:
            keys = [paper.key, *(signature.key for signature in item.signatures)]
            kind = "paper" if paper.kind in rules.MOU_CLASS and not note else "intent"
            yield _moment(paper.concluded, title, kind, cited, keys, note=note)
        if paper.ends and not _after(paper.concluded, day):
            what = gettext("Last day in force: %(paper)s") % {"paper": title}
            yield _moment(paper.ends, what, "end", cited, [paper.key], attributes={"ends", "term"})


def _moment(
    when: EdtfDate,
    what: str,
    kind: str,
    cited: Cited,
    keys: Sequence[str],
    *,
    note: str = "",
    outside: bool = False,
    attributes: set[str] | None = None,
) -> Moment:
    refs = cited.on(keys, attributes) if attributes else cited.on_dates(keys)
    return Moment(words.date_words(when), what, kind, note, outside, refs, when)


def _after(value: EdtfDate | None, day: AskedDay) -> bool:
    """Whether it is not yet a fact on that day. Of the past only what had certainly happened is shown, as the legal
    state counts; of today all that is not certainly to come."""
    if value is None:
        return False
    bound = (value.latest or value.earliest) if day.on < day.today else value.earliest
    return bound is not None and bound > day.on


def titles(sheet: agreements.PartnershipSheet) -> dict[str, str]:
    """What statements call the records they are about, by subject key."""
    found = {item.paper.key: item.paper.title or str(InstrumentKind(item.paper.kind).label) for item in sheet.papers}
    for item in sheet.papers:
        for signature in item.signatures:
            found[signature.key] = gettext("Signature under the %(paper)s") % {"paper": found[item.paper.key]}
    found |= {entry.approval.key: str(ApprovalKind(entry.approval.kind).label) for entry in sheet.approvals}
    return found | {event.key: event.title for event, _ in sheet.events}


def outcomes(sheet: agreements.PartnershipSheet) -> dict[tuple[str, str], str]:
    """What the register holds after all decisions, by subject key and attribute."""
    found: dict[tuple[str, str], str] = {}
    for item in sheet.papers:
        accepted = item.paper.standing == Standing.ACCEPTED
        found[item.paper.key, "concluded"] = words.date_words(item.paper.concluded if accepted else None)
        found[item.paper.key, "term"] = words.duration_words(item.paper.term) or words.date_words(None)
        for signature in item.signatures:
            found[signature.key, "date"] = words.date_words(signature.date)
    for entry in sheet.approvals:
        found[entry.approval.key, "date"] = words.date_words(entry.approval.date)
    for event, _ in sheet.events:
        found[event.key, "date"] = words.date_words(event.date)
    if sheet.state is not None:
        found[sheet.partnership.key, "status"] = words.state_label(sheet.state.headline)
        found[sheet.partnership.key, "since"] = words.date_words(sheet.state.since)
        found[sheet.partnership.key, "paper_date"] = words.date_words(sheet.state.since)
    return found

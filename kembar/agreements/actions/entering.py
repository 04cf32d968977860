"""What an officer enters or corrects by hand: always as claims of a source, never past them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements import queries
from kembar.agreements.actions.papers import add_approval, add_instrument, add_signature
from kembar.agreements.actions.stepping import bring_in_step
from kembar.agreements.doubts import doubts_about
from kembar.agreements.models import Approval, Instrument, Signature
from kembar.agreements.states import DATES, LENGTHS, OF_RECORD, WORDS, Attribute, Mode
from kembar.cities.models import LocalGovernment
from kembar.lib.dates import EdtfDate, UnreadableDate, parse_duration, parse_edtf
from kembar.partnerships.actions import note_event
from kembar.partnerships.models import Event, Partnership
from kembar.sources import actions as sources
from kembar.sources.models import Claim, Document
from kembar.sources.queries import claims_on, document, seen
from kembar.sources.rules import Doubt
from kembar.sources.states import Confidence, Decision


class Doubtful(Exception):
    """Something about the values looks wrong; `doubts` says what. Confirm each code to enter them all the same."""

    def __init__(self, doubts: list[Doubt]) -> None:
        self.doubts = doubts
        super().__init__(", ".join(doubt.code for doubt in doubts))


class ChangedMeanwhile(Exception):
    """Somebody decided or entered something on this record since the form was opened; nothing was written."""


class WrongValue(Exception):
    """A value is not written as its attribute needs it; `attribute` names it, "" when nothing at all was given."""

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute
        super().__init__(attribute)


@dataclass(frozen=True, slots=True)
class Source:
    """Where what is entered comes from: a document of the office by its id, or the facts of a new one.

    `said` holds the source's own words; `decision` is what the office holds of it from the start.
    """

    document_id: int | None = None
    facts: sources.DocumentFacts | None = None
    said: str = ""
    confidence: str = Confidence.UNKNOWN
    decision: str = Decision.ACCEPTED
    reason: str = ""


@transaction.atomic
def record_paper(
    *,
    by: Actor,
    partnership: Partnership,
    kind: str,
    source: Source,
    values: Mapping[str, str],
    parent: Instrument | None = None,
    confirmed: Collection[str] = (),
) -> Instrument:
    """A paper with what its source says of it. `values`: Attribute → canonical text (EDTF, ISO 8601, "a; b").

    Raises Doubtful, WrongValue, AnotherFile, SupersessionCircle.
    """
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    given = _checked("instrument", values=values)
    others = [paper.concluded for paper in partnership.instruments.filter(kind=kind).order_by("id")]
    origin = _origin(source, by=by, partnership=partnership)
    _doubt(given, source=source, origin=origin, others=others, confirmed=confirmed)
    paper = add_instrument(by=by, partnership=partnership, kind=kind, parent=parent)
    if not given.get("concluded"):
        given["kind"] = kind
    _state(partnership, key=paper.key, values=given, source=source, origin=origin, by=by)
    return Instrument.objects.get(pk=paper.pk)


@transaction.atomic
def record_signature(
    *,
    by: Actor,
    instrument: Instrument,
    party: LocalGovernment,
    source: Source,
    values: Mapping[str, str],
    confirmed: Collection[str] = (),
) -> Signature:
    """One party's signature under a paper, with what its source says of it. Raises Doubtful, WrongValue."""
    require(by, Permission.KEEP_REGISTER, office_id=instrument.office_id)
    given = _checked("signature", values=values)
    file = instrument.partnership
    origin = _origin(source, by=by, partnership=file)
    _doubt(given, source=source, origin=origin, confirmed=confirmed)
    signature = add_signature(by=by, instrument=instrument, party=party)
    if not given.get("date"):
        given["kind"] = "signature"
    _state(file, key=signature.key, values=given, source=source, origin=origin, by=by)
    return Signature.objects.get(pk=signature.pk)


@transaction.atomic
def record_approval(
    *,
    by: Actor,
    partnership: Partnership,
    kind: str,
    source: Source,
    values: Mapping[str, str],
    instrument: Instrument | None = None,
    confirmed: Collection[str] = (),
) -> Approval:
    """An approval with its scope and conditions as its source has them. Raises Doubtful, WrongValue, AnotherFile."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    given = _checked("approval", values=values)
    others = [approval.date for approval in partnership.approvals.filter(kind=kind).order_by("id")]
    origin = _origin(source, by=by, partnership=partnership)
    _doubt(given, source=source, origin=origin, others=others, confirmed=confirmed)
    approval = add_approval(by=by, partnership=partnership, kind=kind, instrument=instrument)
    if not given.get("date"):
        given["kind"] = kind
    _state(partnership, key=approval.key, values=given, source=source, origin=origin, by=by)
    return Approval.objects.get(pk=approval.pk)


@transaction.atomic
def record_event(
    *,
    by: Actor,
    partnership: Partnership,
    kind: str,
    source: Source,
    values: Mapping[str, str],
    confirmed: Collection[str] = (),
) -> Event:
    """Something that happened in the partnership; `values` holds its title and date. Raises Doubtful, WrongValue."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    given = _checked("event", values=values)
    if not given.get("title"):
        raise WrongValue("title")
    others = [event.date for event in partnership.events.filter(kind=kind, title=given["title"]).order_by("id")]
    origin = _origin(source, by=by, partnership=partnership)
    _doubt(given, source=source, origin=origin, others=others, confirmed=confirmed)
    happened = parse_edtf(given["date"]) if given.get("date") else None
    event = note_event(by=by, partnership=partnership, kind=kind, title=given.pop("title"), date=happened)
    if not given.get("date"):
        given["kind"] = kind
    _state(partnership, key=event.key, values=given, source=source, origin=origin, by=by)
    return Event.objects.get(pk=event.pk)


@transaction.atomic
def record_statement(
    *,
    by: Actor,
    partnership: Partnership,
    source: Source,
    values: Mapping[str, str],
    counted: int | None = None,
    confirmed: Collection[str] = (),
) -> None:
    """What a source says of the whole cooperation, or why the office chose this partner and who decided.

    It settles no record. Raises Doubtful, WrongValue.
    """
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    given = _checked("partnership", values=values)
    origin = _origin(source, by=by, partnership=partnership)
    _doubt(given, source=source, origin=origin, counted=counted, confirmed=confirmed)
    _state(partnership, key=partnership.key, values=given, source=source, origin=origin, by=by)


@transaction.atomic
def amend(
    key: str,
    *,
    by: Actor,
    office_id: int,
    source: Source,
    values: Mapping[str, str],
    reason: str,
    opened_with: str,
    confirmed: Collection[str] = (),
) -> bool:
    """What a source says now beside what was said before; whether anything changed.

    Accepted claims that say otherwise are rejected with the reason; an empty value makes the attribute "not known".
    `opened_with` is `sources.queries.seen` of the record's claims when the form was opened. Raises ChangedMeanwhile,
    Doubtful, WrongValue, ReasonMissing, NoSuchRecord, SupersessionCircle.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    file = queries.file_of(key, office_id=office_id)
    Partnership.objects.select_for_update().get(pk=file.pk)
    before = claims_on(key, office_id=office_id)
    if seen(before) != opened_with:
        raise ChangedMeanwhile
    given = _checked(key.partition(":")[0], values=values, keep_empty=True)
    held = queries.values_of(key, office_id=office_id)
    changed = {name: value for name, value in given.items() if value != held.get(name, "")}
    if not changed:
        return False
    origin = _origin(source, by=by, partnership=file)
    _doubt(held | changed, source=source, origin=origin, confirmed=confirmed)
    for claim in before:
        if claim.attribute in changed and claim.value != changed[claim.attribute] and claim.decision == "accepted":
            row = queries.claim_row(claim.id, office_id=office_id)
            sources.decide(row, by=by, decision=Decision.REJECTED, reason=reason)
    filled = {name: value for name, value in changed.items() if value}
    _state(file, key=key, values=filled, source=source, origin=origin, by=by)
    return True


@transaction.atomic
def add_claim(
    key: str, *, by: Actor, office_id: int, source: Source, attribute: str, value: str, confirmed: Collection[str] = ()
) -> tuple[Claim, bool]:
    """One more thing a source says of a record, beside what was said before; the claim and whether it is new.

    The same statement of the same source is one claim. Raises Doubtful, WrongValue, ReasonMissing, NoSuchRecord,
    NoSuchDocument, SupersessionCircle.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if source.decision != Decision.OPEN:
        require(by, Permission.DECIDE_CLAIMS, office_id=office_id)
    file = queries.file_of(key, office_id=office_id)
    given = _checked(key.partition(":")[0], values={attribute: value})
    origin = _origin(source, by=by, partnership=file)
    counted = queries.ordinal_of(file, on=queries.today_of(office_id)) if attribute == Attribute.ORDINAL else None
    held = queries.values_of(key, office_id=office_id)
    _doubt(held | given, source=source, origin=origin, counted=counted, confirmed=confirmed)
    statement = sources.Statement(
        about=file.key, subject=key, attribute=attribute, value=given[attribute],
        date=parse_edtf(given[attribute]) if attribute in DATES else None, said=source.said,
        confidence=source.confidence, decision=source.decision, reason=source.reason,
    )  # fmt: skip
    claim, made = sources.enter_claim(statement, by=by, document=origin)
    if made:
        bring_in_step(file, by=by)
    return claim, made


def _checked(record: str, *, values: Mapping[str, str], keep_empty: bool = False) -> dict[str, str]:
    """The given values, those without text left out. Raises WrongValue."""
    allowed = {attribute.value for attribute in OF_RECORD[record]}
    longest = {attribute.value: length for attribute, length in WORDS[record].items()}
    given = {name: value.strip() for name, value in values.items()}
    for name, value in given.items():
        if (
            name not in allowed
            or len(value) > longest.get(name, 4000)
            or (value and not _well_formed(name, value=value))
        ):
            raise WrongValue(name)
    if not any(given.values()) and not keep_empty:
        raise WrongValue("")
    return given if keep_empty else {name: value for name, value in given.items() if value}


_MOST = 32_767  # copies of a paper, places in a count: what the column holds


def _well_formed(attribute: str, *, value: str) -> bool:
    try:
        if attribute in DATES:
            parse_edtf(value)
        elif attribute in LENGTHS:
            parse_duration(value.split(" ")[0])
    except (UnreadableDate, ValueError):
        return False
    if attribute == Attribute.MODE:
        return not value or value in Mode.values
    counts = attribute in (Attribute.COPIES, Attribute.ORDINAL)
    return not counts or (value.isascii() and value.isdecimal() and 0 < int(value[:6]) <= _MOST)


def _origin(source: Source, *, by: Actor, partnership: Partnership) -> Document:
    """Raises NoSuchDocument, WrongValue where no source is given."""
    if source.document_id is not None:
        return document(source.document_id, office_id=partnership.office_id)
    if source.facts is None or not source.facts.title.strip():
        raise WrongValue("source")
    return sources.keep_document(source.facts, by=by, office_id=partnership.office_id)


def _doubt(
    values: Mapping[str, str],
    *,
    source: Source,
    origin: Document,
    others: Collection[EdtfDate | None] = (),
    counted: int | None = None,
    confirmed: Collection[str],
) -> None:
    today = queries.today_of(origin.office_id)
    published = origin.published.latest if origin.published else None
    known_on: date = min(published, today) if published else today
    doubts = doubts_about(values, said=source.said, known_on=known_on, others=others, counted=counted)
    if any(doubt.code not in confirmed for doubt in doubts):
        raise Doubtful(doubts)


def _state(
    file: Partnership, *, key: str, values: Mapping[str, str], source: Source, origin: Document, by: Actor
) -> None:
    for attribute, value in values.items():
        statement = sources.Statement(
            about=file.key, subject=key, attribute=attribute, value=value,
            date=parse_edtf(value) if attribute in DATES else None, said=source.said, confidence=source.confidence,
            decision=source.decision, reason=source.reason,
        )  # fmt: skip
        claim, made = sources.enter_claim(statement, by=by, document=origin)
        if not made and claim.decision != source.decision:
            sources.decide(claim, by=by, decision=source.decision, reason=source.reason)
    bring_in_step(file, by=by)

"""Every write of promises. Nothing becomes overdue by a write, and nobody outside sees what no officer accepted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.queries import NoSuchRecord, file_of
from kembar.commitments import queries, rules
from kembar.commitments.content import WORDS, content_of
from kembar.commitments.models import Commitment
from kembar.commitments.states import MOVES, Modality, Side, State
from kembar.countersign import queries as countersign
from kembar.countersign.actions.answering import ContentChanged, Said, Sheet, answer, fall, file_sheet
from kembar.countersign.actions.asking import Addressee, WrongRequest, ask, close
from kembar.countersign.rules import fingerprint
from kembar.countersign.states import Reply
from kembar.journal.actions import record
from kembar.languages import actions as languages
from kembar.languages.rules import is_language
from kembar.languages.states import TextState
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import merged_keys
from kembar.sources.models import Document

LONGEST = 2000
SHORT = 200


class WrongPromise(Exception):
    """A promise cannot be kept on file so. `field` is where, `code` why: missing, too_long, unknown, not_a_keeper,
    same_keeper, due_before_made, made_after_source, settled_before_made, settled_later."""

    def __init__(self, field: str, *, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


class Doubtful(Exception):
    """Possible but unusual: to be confirmed by the officer with these codes (made_long_before_source)."""

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = frozenset(codes)
        super().__init__(", ".join(sorted(codes)))


class WrongMove(Exception):
    """The promise cannot go there from its state; somebody else may have moved it meanwhile."""

    def __init__(self, commitment: Commitment) -> None:
        self.commitment = commitment
        super().__init__(f"promise {commitment.pk} is {commitment.state}")


class ChangedMeanwhile(Exception):
    """Somebody else saved the promise after the form was opened; `current` is the promise as it is now."""

    def __init__(self, current: Commitment) -> None:
        self.current = current
        super().__init__(f"promise {current.pk} is at version {current.version}")


class Voided(Exception):
    """The promise was voided; it can be read, not changed."""


@dataclass(frozen=True, slots=True)
class Promised:
    """What an officer, or the reader, makes of a sentence. See models.Commitment for each field."""

    what: str
    sentence: str
    made_on: EdtfDate | None = None
    due: EdtfDate | None = None
    side: str = ""
    actor: str = ""
    counterpart: str = ""
    modality: str = Modality.PLANNED
    conditional: bool = False
    condition_met: EdtfDate | None = None
    recurring: bool = False
    every: str = ""
    owner: str = ""
    deputy: str = ""
    paper: str = ""
    shown_unconfirmed: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who answers for a promise, and in their stead; for the partner's promise: who follows it up."""

    owner: str
    deputy: str
    side: str = ""  # who promised, where that was not known yet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a promise: when, and what shows it; `document` where a source on file does."""

    on: EdtfDate
    evidence: str
    document: Document | None = None


@transaction.atomic
def add(
    promised: Promised,
    *,
    by: Actor,
    partnership: Partnership,
    document: Document,
    origin: str = "",
    confirmed: Collection[str] = (),
) -> Commitment:
    """A promise a source tells of, as a claim; the one on file where its origin has been entered already.

    Raises WrongPromise, Doubtful.
    """
    office_id = partnership.office_id
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if document.office_id != office_id:
        raise WrongPromise("document", code="unknown")
    known = queries.from_origin(origin, office_id=office_id) if origin else None
    if known is not None:
        return known
    given = _checked(promised, partnership=partnership, document=document, confirmed=confirmed)
    made = Commitment.objects.create(
        office_id=office_id, partnership=partnership, document=document, origin=origin, entered_at=timezone.now(),
        **given,
    )  # fmt: skip
    record("commitment.claimed", by=by, subject=made.key, about=partnership.key, office_id=office_id,
           facts={"what": made.what, "document": document.title, "origin": origin})  # fmt: skip
    return made


@transaction.atomic
def accept(commitment: Commitment, *, by: Actor, keepers: Keepers, seen: int) -> Commitment:
    """The office takes the promise on: from now on it counts, and can be shown. Raises WrongPromise without owner and
    deputy or where nobody knows who promised; WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("accept", commitment=commitment, by=by, seen=seen)
    now.owner, now.deputy = clean(keepers.owner), clean(keepers.deputy)
    now.side = keepers.side or now.side
    _check_keepers(now.owner, deputy=now.deputy, side=now.side, needed=True)
    now.accepted_by, now.accepted_at = by.label, timezone.now()
    _put_into_words(now, by=by)
    return _saved(now, done="accepted", by=by, facts={"owner": now.owner, "deputy": now.deputy})


@transaction.atomic
def start(commitment: Commitment, *, by: Actor, seen: int) -> Commitment:
    """Work on it has begun. Raises WrongMove, ChangedMeanwhile, Voided."""
    return _saved(_moved("start", commitment=commitment, by=by, seen=seen), done="started", by=by)


@transaction.atomic
def keep(commitment: Commitment, *, by: Actor, outcome: Outcome, seen: int) -> Commitment:
    """It was kept, and this shows it. Raises WrongPromise, WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("keep", commitment=commitment, by=by, seen=seen)
    return _saved(_with_outcome(now, outcome=outcome), done="kept", by=by, facts=_told(now))


@transaction.atomic
def keep_partly(commitment: Commitment, *, by: Actor, outcome: Outcome, reason: str, seen: int) -> Commitment:
    """Part of it was kept: what shows that, and why not all. Raises as `keep`."""
    now = _moved("keep-partly", commitment=commitment, by=by, seen=seen)
    now.reason = _words("reason", text=reason)
    return _saved(_with_outcome(now, outcome=outcome), done="partly_kept", by=by, facts=_told(now))


@transaction.atomic
def keep_round(commitment: Commitment, *, by: Actor, outcome: Outcome, seen: int) -> Commitment:
    """One round of a recurring promise was kept: the next falls due after its interval, else at a day not known.

    Raises WrongMove for a promise that does not recur, and as `keep`.
    """
    now = _moved("keep-round", commitment=commitment, by=by, seen=seen)
    if not now.recurring:
        raise WrongMove(commitment)
    now = _with_outcome(now, outcome=outcome)
    before = now.due.edtf if now.due else ""
    now.due = rules.next_due(now.due, now.every)
    now.rounds += 1
    facts = _told(now) | {"before": before, "due": now.due.edtf if now.due else ""}
    now.settled_on = None
    return _saved(now, done="round_kept", by=by, facts=facts)


@transaction.atomic
def drop(commitment: Commitment, *, by: Actor, reason: str, on: EdtfDate, seen: int) -> Commitment:
    """It will not be kept, for this reason, which everyone may read. Raises WrongPromise, WrongMove,
    ChangedMeanwhile, Voided."""
    now = _moved("drop", commitment=commitment, by=by, seen=seen)
    now.reason = _words("reason", text=reason)
    now.settled_on = _settled(now, on=on)
    return _saved(now, done="dropped", by=by, facts={"reason": now.reason, "on": on.edtf})


@transaction.atomic
def reopen(commitment: Commitment, *, by: Actor, reason: str, seen: int) -> Commitment:
    """It was settled too early. Raises WrongPromise, WrongMove, ChangedMeanwhile, Voided."""
    now = _moved("reopen", commitment=commitment, by=by, seen=seen)
    before = commitment.state
    now.reason, now.settled_on = "", None
    now.state = State.CONFIRMED if now.confirmed_at else State.ACCEPTED
    return _saved(now, done="reopened", by=by, facts={"reason": _words("reason", text=reason), "from": before})


@transaction.atomic
def amend(
    commitment: Commitment, *, by: Actor, promised: Promised, seen: int, confirmed: Collection[str] = ()
) -> Commitment:
    """What is known of the promise is written anew; a confirmation of other words falls.

    Raises WrongPromise, Doubtful, ChangedMeanwhile, Voided.
    """
    now = _current(commitment, by=by, seen=seen)
    file = now.partnership.merged_into or now.partnership
    given = _checked(promised, partnership=file, document=now.document, confirmed=confirmed,
                     needed=now.state != State.CLAIMED)  # fmt: skip
    changed = [field for field, value in given.items() if getattr(now, field) != value]
    if not changed:
        return now
    before = {field: _plain(getattr(now, field)) for field in changed}
    for field in changed:
        setattr(now, field, given[field])
    after = {field: _plain(given[field]) for field in changed}
    if now.state != State.CLAIMED:
        _put_into_words(now, by=by)
        _let_fall(now, by=by)
    return _saved(now, done="amended", by=by, facts={"from": before, "to": after})


@transaction.atomic
def void(commitment: Commitment, *, by: Actor, reason: str, seen: int) -> Commitment:
    """It should not be on file; it stays, with the reason. Raises WrongPromise, ChangedMeanwhile, Voided."""
    now = _current(commitment, by=by, seen=seen)
    now.void_reason, now.voided_at = _words("reason", text=reason), timezone.now()
    return _saved(now, done="voided", by=by, facts={"reason": now.void_reason})


@transaction.atomic
def translate(
    commitment: Commitment, *, by: Actor, text: str, language: str, of_hash: str, state: str = TextState.HUMAN
) -> None:
    """What is promised, in another language; `of_hash` is of the original the translator had in sight. A confirmation
    of other words falls. Raises what `languages.actions.translate` raises, Voided."""
    require(by, Permission.TRANSLATE, office_id=commitment.office_id)
    now = _locked(commitment)
    languages.translate(text, by=by, subject=now.key, field=WORDS, language=language, office_id=now.office_id,
                        state=state, of_hash=of_hash)  # fmt: skip
    if _let_fall(now, by=by):
        now.version += 1
        now.save()


@transaction.atomic
def ask_partner(
    chosen: Sequence[Commitment], *, by: Actor, to: Addressee, seen: Mapping[str, str]
) -> countersign.Request:
    """Asks a contact of the file to confirm these promises. `seen`: key → fingerprint of what the officer saw.

    Raises ContentChanged, WrongMove, Voided, WrongRequest, NotComplete.
    """
    require(by, Permission.KEEP_REGISTER, office_id=to.contact.office_id)
    asked = []
    for row in chosen:
        now = _locked(row)
        file = now.partnership.merged_into or now.partnership
        if to.contact.about not in (file.key, *merged_keys(file)) or to.contact.office_id != now.office_id:
            raise WrongRequest("contact")
        if now.state not in rules.OPEN:
            raise WrongMove(now)
        content = content_of(now, languages=(to.own_language, to.language))
        if fingerprint(content) != seen.get(now.key):
            raise ContentChanged(content)
        asked.append(content)
    return ask(asked, by=by, to=to)


@transaction.atomic
def take_answer(commitment: Commitment, *, asked: countersign.Asked, said: Said) -> countersign.Answer:
    """What the other side says of a promise on its page. Raises what `countersign` raises for an answer, WrongMove for
    a promise that is settled, Voided."""
    now = _answerable(commitment, said=said)
    file = now.partnership.merged_into or now.partnership
    partner = Actor(person_id=None, label=file.english_name)
    given = answer(asked, by=partner, said=said, now=content_of(now, languages=asked.shown.languages))
    return _follows(now, given=given)


@transaction.atomic
def take_sheet(
    commitment: Commitment, *, by: Actor, asked: countersign.Asked, said: Said, sheet: Sheet
) -> countersign.Answer:
    """The same from a signed sheet that an officer files. Raises as `take_answer`."""
    now = _answerable(commitment, said=said)
    content = content_of(now, languages=asked.shown.languages)
    return _follows(now, given=file_sheet(asked, by=by, said=said, sheet=sheet, now=content))


def as_promised(commitment: Commitment) -> Promised:
    """What the form to amend a promise begins with."""
    return Promised(**{field: getattr(commitment, field) for field in Promised.__dataclass_fields__})


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "partnership__merged_into__partner", "partnership__partner", "document", "office__local_government"
    )
    now = rows.get(pk=commitment.pk)
    if now.voided_at is not None:
        raise Voided
    return now


def _answerable(commitment: Commitment, *, said: Said) -> Commitment:
    now = _locked(commitment)
    if said.reply != Reply.DISPUTE and now.state not in rules.OPEN:
        raise WrongMove(now)
    return now


def _follows(now: Commitment, *, given: countersign.Answer) -> countersign.Answer:
    """The promise is confirmed as long as one confirmation of the other side stands."""
    standing = countersign.standing_confirmations([now.key], office_id=now.office_id)
    since = min((row.at for row in standing.get(now.key, [])), default=None)
    if since != now.confirmed_at:
        _set_confirmed(now, since=since)
        now.version += 1
        now.save()
    return given


def _set_confirmed(now: Commitment, *, since: datetime | None) -> None:
    now.confirmed_at = since
    if since and now.state == State.ACCEPTED:
        now.state = State.CONFIRMED
    if not since and now.state == State.CONFIRMED:
        now.state = State.ACCEPTED


def _put_into_words(now: Commitment, *, by: Actor) -> None:
    """The original a translator works from."""
    languages.write_original(now.what, by=by, subject=now.key, field=WORDS, language=now.written_in,
                             office_id=now.office_id)  # fmt: skip


def _let_fall(now: Commitment, *, by: Actor) -> bool:
    """Whether a confirmation fell because the promise reads otherwise now; the caller saves the promise."""
    fallen = fall(now.key, by=by, office_id=now.office_id, now=lambda two: content_of(now, languages=two))
    if fallen and not countersign.standing_confirmations([now.key], office_id=now.office_id):
        _set_confirmed(now, since=None)
    return bool(fallen)


def _current(commitment: Commitment, *, by: Actor, seen: int) -> Commitment:
    require(by, Permission.KEEP_REGISTER, office_id=commitment.office_id)
    now = _locked(commitment)
    if now.version != seen:
        raise ChangedMeanwhile(now)
    return now


def _moved(move: str, *, commitment: Commitment, by: Actor, seen: int) -> Commitment:
    now = _current(commitment, by=by, seen=seen)
    require(by, MOVES[move].who, office_id=now.office_id)
    if now.state not in MOVES[move].begin:
        raise WrongMove(now)
    now.state = State(MOVES[move].to)
    return now


def _saved(now: Commitment, *, done: str, by: Actor, facts: dict[str, object] | None = None) -> Commitment:
    now.version += 1
    now.save()
    if now.state in rules.SETTLED or now.voided_at is not None:
        close(now.key, office_id=now.office_id)
    record(f"commitment.{done}", by=by, subject=now.key, about=f"partnership:{now.partnership_id}",
           office_id=now.office_id, facts={"what": now.what, **(facts or {})})  # fmt: skip
    return now


def _with_outcome(now: Commitment, *, outcome: Outcome) -> Commitment:
    now.evidence = _words("evidence", text=outcome.evidence)
    now.settled_on = _settled(now, on=outcome.on)
    if outcome.document is not None and outcome.document.office_id != now.office_id:
        raise WrongPromise("document", code="unknown")
    now.evidence_key = f"document:{outcome.document.pk}" if outcome.document else ""
    return now


def _settled(now: Commitment, *, on: EdtfDate) -> EdtfDate:
    if now.made_on and on.certainly_before(now.made_on):
        raise WrongPromise("on", code="settled_before_made")
    if on.earliest is not None and on.earliest > now.office.today():
        raise WrongPromise("on", code="settled_later")
    return on


def _told(now: Commitment) -> dict[str, object]:
    on = now.settled_on.edtf if now.settled_on else ""
    return {"evidence": now.evidence, "document": now.evidence_key, "reason": now.reason, "on": on}


def _plain(value: object) -> object:
    return value.edtf if isinstance(value, EdtfDate) else value if isinstance(value, bool) else str(value or "")


def _words(field: str, *, text: str, longest: int = LONGEST, needed: bool = True) -> str:
    text = clean(text)
    if needed and not text:
        raise WrongPromise(field, code="missing")
    if len(text) > longest:
        raise WrongPromise(field, code="too_long")
    return text


def _checked(
    promised: Promised,
    *,
    partnership: Partnership,
    document: Document,
    confirmed: Collection[str],
    needed: bool = False,
) -> dict[str, object]:
    """`needed`: an accepted promise is never without owner, deputy and the side that promised."""
    tidy = replace(
        promised,
        what=_words("what", text=promised.what),
        sentence=_words("sentence", text=promised.sentence),
        actor=_words("actor", text=promised.actor, longest=SHORT, needed=False),
        counterpart=_words("counterpart", text=promised.counterpart, longest=SHORT, needed=False),
        owner=clean(promised.owner),
        deputy=clean(promised.deputy),
        condition_met=promised.condition_met if promised.conditional else None,
        every=promised.every.strip().upper() if promised.recurring else "",
    )
    if tidy.language and not is_language(tidy.language):
        raise WrongPromise("language", code="unknown")
    if tidy.side not in ("", *Side.values):
        raise WrongPromise("side", code="unknown")
    if tidy.modality not in Modality.values:
        raise WrongPromise("modality", code="unknown")
    if tidy.every and (not rules.is_interval(tidy.every) or len(tidy.every) > 20):
        raise WrongPromise("every", code="unknown")
    _check_keepers(tidy.owner, deputy=tidy.deputy, side=tidy.side, needed=needed)
    _check_paper(tidy.paper, partnership=partnership)
    wrong = rules.impossible(made_on=tidy.made_on, due=tidy.due, published=document.published)
    if wrong:
        raise WrongPromise("due" if wrong == "due_before_made" else "made_on", code=wrong)
    if rules.made_long_before_source(made_on=tidy.made_on, published=document.published) and (
        "made_long_before_source" not in confirmed
    ):
        raise Doubtful({"made_long_before_source"})
    return {**asdict(tidy), "made_on": tidy.made_on, "due": tidy.due, "condition_met": tidy.condition_met}


def _check_keepers(owner: str, *, deputy: str, side: str, needed: bool) -> None:
    for field, value in (("owner", owner), ("deputy", deputy), ("side", side)):
        if needed and not value:
            raise WrongPromise(field, code="missing")
        if field != "side" and value and not rules.is_keeper(value):
            raise WrongPromise(field, code="not_a_keeper")
    if owner and owner == deputy:
        raise WrongPromise("deputy", code="same_keeper")


def _check_paper(paper: str, *, partnership: Partnership) -> None:
    if not paper:
        return
    try:
        found = file_of(paper, office_id=partnership.office_id)
    except NoSuchRecord:
        raise WrongPromise("paper", code="unknown") from None
    if not paper.startswith("instrument:") or found.pk != partnership.pk:
        raise WrongPromise("paper", code="unknown")

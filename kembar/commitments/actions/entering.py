"""A promise comes on file, is written anew, or is voided."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.queries import NoSuchRecord, file_of
from kembar.commitments import queries, rules
from kembar.commitments.actions.finding import make_findable
from kembar.commitments.actions.refusing import Doubtful, WrongPromise, current, let_fall, put_into_words, saved, words
from kembar.commitments.models import Commitment
from kembar.commitments.states import Modality, Side, State
from kembar.journal.actions import record
from kembar.languages.rules import is_language
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.partnerships.models import Partnership
from kembar.sources.models import Document

SHORT = 200


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
    make_findable([made])
    return made


@transaction.atomic
def amend(
    commitment: Commitment, *, by: Actor, promised: Promised, seen: int, confirmed: Collection[str] = ()
) -> Commitment:
    """What is known of the promise is written anew; a confirmation of other words falls.

    Raises WrongPromise, Doubtful, ChangedMeanwhile, Voided.
    """
    now = current(commitment, by=by, seen=seen)
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
        put_into_words(now, by=by)
        let_fall(now, by=by)
    return saved(now, done="amended", by=by, facts={"from": before, "to": after})


@transaction.atomic
def void(commitment: Commitment, *, by: Actor, reason: str, seen: int) -> Commitment:
    """It should not be on file; it stays, with the reason. Raises WrongPromise, ChangedMeanwhile, Voided."""
    now = current(commitment, by=by, seen=seen)
    now.void_reason, now.voided_at = words("reason", text=reason), timezone.now()
    return saved(now, done="voided", by=by, facts={"reason": now.void_reason})


def as_promised(commitment: Commitment) -> Promised:
    """What the form to amend a promise begins with."""
    return Promised(**{field: getattr(commitment, field) for field in Promised.__dataclass_fields__})


def _plain(value: object) -> object:
    return value.edtf if isinstance(value, EdtfDate) else value if isinstance(value, bool) else str(value or "")


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
        what=words("what", text=promised.what),
        sentence=words("sentence", text=promised.sentence),
        actor=words("actor", text=promised.actor, longest=SHORT, needed=False),
        counterpart=words("counterpart", text=promised.counterpart, longest=SHORT, needed=False),
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
    check_keepers(tidy.owner, deputy=tidy.deputy, side=tidy.side, needed=needed)
    _check_paper(tidy.paper, partnership=partnership)
    wrong = rules.impossible(made_on=tidy.made_on, due=tidy.due, published=document.published)
    if wrong:
        raise WrongPromise("due" if wrong == "due_before_made" else "made_on", code=wrong)
    if rules.made_long_before_source(made_on=tidy.made_on, published=document.published) and (
        "made_long_before_source" not in confirmed
    ):
        raise Doubtful({"made_long_before_source"})
    return {**asdict(tidy), "made_on": tidy.made_on, "due": tidy.due, "condition_met": tidy.condition_met}


def check_keepers(owner: str, *, deputy: str, side: str, needed: bool) -> None:
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

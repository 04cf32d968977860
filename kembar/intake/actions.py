"""Every write of pasted texts and drafts. Nothing read becomes a claim before a person accepts it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.actions import state_claim, state_paper
from kembar.cities.models import Office
from kembar.cities.queries import usual_names
from kembar.commitments import actions as commitments
from kembar.commitments.rules import side_of
from kembar.intake import queries
from kembar.intake.findings import PAPERS, Found, claim_text, drafts_of
from kembar.intake.models import Draft, Text
from kembar.intake.readings import reading_of
from kembar.intake.rules import masked_phones, promised_by_both, signature
from kembar.intake.states import MOVES, DraftKind, DraftState, TextKind
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate, UnreadableDate, parse_edtf
from kembar.lib.text import clean
from kembar.partnerships.models import Partnership
from kembar.search import actions as search
from kembar.sources.actions import DocumentFacts, Statement, keep_document

LONGEST = 200_000


class TextRefused(Exception):
    """A text is not taken: `code` is empty, too_long, known (then `known` is the text it repeats)."""

    def __init__(self, code: str, *, known: Text | None = None) -> None:
        self.code, self.known = code, known
        super().__init__(code)


class WrongMove(Exception):
    """The draft is not in a state from which it can go there; somebody else may have decided on it meanwhile."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.pk} is {draft.state}")


class NoFile(Exception):
    """A fact needs a file to be filed in; choose the partnership the text is about."""


class WrongValue(Exception):
    """The officer's value cannot be read; `field` names where."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What an officer hands to the reader. Publisher and address become the source document."""

    title: str
    body: str
    kind: str = TextKind.ARTICLE
    published: date | None = None
    publisher: str = ""
    address: str = ""


@transaction.atomic
def paste(pasted: Pasted, *, by: Actor, office: Office, again: bool = False) -> Text:
    """Keep a text, read it, and lay its drafts before the office. Raises TextRefused.

    `again`: take it although the office has the same article.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office.pk)
    signed = _checked(masked_phones(pasted.body), office=office, again=again)
    done = reading_of(pasted.body, published=pasted.published)
    body, reading = done.body, done.reading
    found = drafts_of(reading, body)
    title = clean(pasted.title)[:300] or _first_line(body)
    document = keep_document(_facts(pasted, title=title), by=by, office_id=office.pk)
    mentions = [number for item in found if item.kind == DraftKind.CITY
                for number in [item.value["geonameid"]] * len(item.mentions)]  # fmt: skip
    text = Text.objects.create(
        office=office,
        kind=pasted.kind,
        title=title,
        body=body,
        language=reading.language,
        published=pasted.published,
        document=document,
        partnership=queries.likely_file(mentions, office_id=office.pk),
        signature=signed,
        reading=reading.as_json(),
        entered_by=by.label,
        entered_at=timezone.now(),
    )
    Draft.objects.bulk_create(_draft(text, item=item) for item in found)
    _make_findable(text)
    record("text.read", by=by, subject=f"text:{text.pk}", office_id=office.pk,
           facts={"title": title, "drafts": len(found)})  # fmt: skip
    return text


def index_texts(known: Collection[str]) -> int:
    """Texts not findable yet, as after an upgrade; how many. `known`: the keys of those that are."""
    numbers = Text.objects.order_by("id").values_list("id", flat=True)
    new = [number for number in numbers if f"text:{number}" not in known]
    for number in new:  # one by one: each may be 200,000 characters
        _make_findable(Text.objects.get(pk=number))
    return len(new)


def _make_findable(text: Text) -> None:
    """For those alone who may read what is private to the office, as the page of the text is."""
    about = f"partnership:{text.partnership_id}" if text.partnership_id else ""
    search.index(f"text:{text.pk}", kind="text", office_id=text.office_id, about=about, title=text.title, public=False,
                 texts=[text.body], private=True)  # fmt: skip


def _checked(body: str, *, office: Office, again: bool) -> list[int]:
    if not clean(body):
        raise TextRefused("empty")
    if len(body) > LONGEST:
        raise TextRefused("too_long")
    signed = signature(body)
    known = None if again else queries.same_article(signed, office_id=office.pk)
    if known is not None:
        raise TextRefused("known", known=known)
    return signed


def _first_line(body: str) -> str:
    return clean(body).splitlines()[0][:120]


def _facts(pasted: Pasted, *, title: str) -> DocumentFacts:
    published = parse_edtf(pasted.published.isoformat()) if pasted.published else None
    kind = {TextKind.ARTICLE: "press", TextKind.RELEASE: "official", TextKind.MINUTES: "minutes",
            TextKind.LETTER: "letter"}.get(TextKind(pasted.kind), "other")  # fmt: skip
    return DocumentFacts(
        title=title, publisher=pasted.publisher, published=published, address=pasted.address, kind=kind
    )


def _draft(text: Text, *, item: Found) -> Draft:
    value = {**item.value, "mentions": item.mentions} if item.mentions else item.value
    return Draft(
        office_id=text.office_id, text=text, kind=item.kind, start=item.start, end=item.end,
        proof_start=item.proof[0], proof_end=item.proof[1], found=value, value=value, rule=item.rule,
        confidence=item.confidence,
    )  # fmt: skip


@transaction.atomic
def choose_file(text: Text, *, by: Actor, partnership: Partnership) -> None:
    """Say which file the text is about: facts accepted from now on become claims there, and promises that waited for
    it go into the ledger. Raises NoFile for another office's file, WrongValue."""
    require(by, Permission.KEEP_REGISTER, office_id=text.office_id)
    if partnership.office_id != text.office_id:
        raise NoFile
    text.partnership = partnership
    text.save(update_fields=["partnership"])
    _make_findable(text)
    record("text.filed", by=by, subject=f"text:{text.pk}", about=partnership.key, office_id=text.office_id)
    for draft in queries.accepted_promises(text.office_id).filter(text=text):
        hand_over(draft, by=by)


@transaction.atomic
def accept(draft: Draft, *, by: Actor, value: dict[str, Any] | None = None) -> Draft:
    """The draft is what the text says, perhaps in the officer's words: it becomes an open claim of the source.

    A promise goes into the ledger instead, once the text is laid to a file. Raises WrongMove, NoFile, WrongValue.
    """
    current = _move(draft, to=DraftState.ACCEPTED, by=by)
    if value is not None:
        current.value = {**current.value, **value}
    if current.kind == DraftKind.COMMITMENT:
        hand_over(current, by=by)
    else:
        current.claim_id = _claim(current, by=by)
    return _decided(current, done="accepted", by=by)


@transaction.atomic
def hand_over(draft: Draft, *, by: Actor) -> bool:
    """An accepted promise goes into the ledger as a claim with its sentence; whether it is there.

    It waits while nobody has said which file its text is about. Raises WrongValue.
    """
    require(by, Permission.KEEP_REGISTER, office_id=draft.office_id)
    text = draft.text
    if text.partnership is None:
        return False
    try:
        commitments.add(_promised(draft, file=text.partnership), by=by, partnership=text.partnership,
                        document=text.document, origin=f"draft:{draft.pk}")  # fmt: skip
    except commitments.WrongPromise as wrong:
        raise WrongValue(wrong.field) from wrong
    return True


@transaction.atomic
def accept_kind(text: Text, *, by: Actor, kind: str) -> int:
    """Accept every waiting draft of one kind that is no question; all or none. Raises NoFile, WrongValue."""
    require(by, Permission.KEEP_REGISTER, office_id=text.office_id)
    sure = [draft for draft in queries.waiting_of(text, kind=kind) if not draft.is_question]
    for draft in sure:
        accept(draft, by=by)
    return len(sure)


@transaction.atomic
def drop_kind(text: Text, *, by: Actor, kind: str) -> int:
    """Drop every waiting draft of one kind."""
    require(by, Permission.KEEP_REGISTER, office_id=text.office_id)
    useless = queries.waiting_of(text, kind=kind)
    for draft in useless:
        drop(draft, by=by)
    return len(useless)


@transaction.atomic
def drop(draft: Draft, *, by: Actor) -> Draft:
    """The draft is wrong or of no use. Raises WrongMove."""
    return _decided(_move(draft, to=DraftState.DROPPED, by=by), done="dropped", by=by)


@transaction.atomic
def merge(draft: Draft, *, by: Actor, into: Draft) -> Draft:
    """The draft says the same as another of its kind and text. Raises WrongMove."""
    current = _move(draft, to=DraftState.MERGED, by=by)
    if into.text_id != current.text_id or into.kind != current.kind or into.pk == current.pk or into.merged_into_id:
        raise WrongMove(current)
    current.merged_into = into
    return _decided(current, done="merged", by=by)


@transaction.atomic
def reopen(draft: Draft, *, by: Actor) -> Draft:
    """Take a dropped or merged draft up again. Raises WrongMove."""
    current = _move(draft, to=DraftState.WAITING, by=by)
    current.merged_into = None
    return _decided(current, done="reopened", by=by)


def _move(draft: Draft, *, to: DraftState, by: Actor) -> Draft:
    require(by, Permission.KEEP_REGISTER, office_id=draft.office_id)
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    if current.state not in MOVES[to]:
        raise WrongMove(current)
    current.state = to
    return current


def _decided(draft: Draft, *, done: str, by: Actor) -> Draft:
    waiting = draft.state == DraftState.WAITING
    draft.decided_by = "" if waiting else by.label
    draft.decided_at = None if waiting else timezone.now()
    draft.save()
    about = f"partnership:{draft.text.partnership_id}" if draft.text.partnership_id else ""
    facts = {"kind": draft.kind, "value": claim_text(draft.kind, draft.value)}
    record(f"draft.{done}", by=by, subject=f"draft:{draft.pk}", about=about, office_id=draft.office_id, facts=facts)
    return draft


def _claim(draft: Draft, *, by: Actor) -> int:
    text = draft.text
    if text.partnership is None:
        raise NoFile
    said = text.body[draft.proof_start : draft.proof_end].strip()
    moment = _date_of(draft)
    statement = Statement(about=text.partnership.key, subject=text.partnership.key, attribute=draft.kind,
                          value=claim_text(draft.kind, draft.value), date=moment, said=said)  # fmt: skip
    paper = PAPERS.get(draft.value.get("kind", "")) if draft.kind == DraftKind.AGREEMENT else None
    if paper and moment is not None and draft.value["status"] == "signed":
        stated = Statement(about="", subject="", attribute="", value=moment.edtf, date=moment, said=said)
        claim, _ = state_paper(text.partnership, kind=paper, statement=stated, by=by, document=text.document)
    else:
        claim, _ = state_claim(text.partnership, statement=statement, by=by, document=text.document)
    return claim.pk


def _promised(draft: Draft, *, file: Partnership) -> commitments.Promised:
    """A text tells of a promise made by the day it was published; without that day nothing is known of it."""
    text, value = draft.text, draft.value
    home, partner = file.office.local_government, file.partner
    names = usual_names([home.pk, partner.pk])
    sentence = " ".join(text.body[draft.proof_start : draft.proof_end].split())
    published = f"[..{text.published.isoformat()}]" if text.published else ""
    return commitments.Promised(
        what=str(value["action"]),
        sentence=sentence[: commitments.LONGEST],
        made_on=parse_edtf(published) if published else None,
        due=_read_date(str(value.get("due") or ""), field="due"),
        side="both"
        if promised_by_both(sentence, str(value["action"]))
        else side_of(
            str(value.get("actor") or ""),
            own=[home.english_name, *names.get(home.pk, {}).values()],
            partner=[partner.english_name, file.institution, *names.get(partner.pk, {}).values()],
        ),
        actor=str(value.get("actor") or "")[: commitments.SHORT],
        counterpart=str(value.get("counterpart") or "")[: commitments.SHORT],
        modality=str(value.get("modality") or "planned"),
        conditional=bool(value.get("conditional")),
        recurring=bool(value.get("recurring")),
    )


def _read_date(written: str, *, field: str) -> EdtfDate | None:
    try:
        return parse_edtf(written) if written else None
    except UnreadableDate:
        raise WrongValue(field) from None


def _date_of(draft: Draft) -> EdtfDate | None:
    written = draft.value.get("value" if draft.kind == DraftKind.DATE else "date", "")
    return _read_date(written, field="date") if draft.kind in (DraftKind.DATE, DraftKind.AGREEMENT) else None

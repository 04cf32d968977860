"""Which sources feed a partner's file: what was taken from each, what was refused and why, what waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from kembar.commitments import queries as promises
from kembar.commitments.states import SHOWN, State
from kembar.desk.named import claim_lines
from kembar.desk.partner_file import ClaimLine
from kembar.desk.place import Place
from kembar.intake import queries as intake
from kembar.intake.states import DraftKind, DraftState
from kembar.intake.words import title as draft_title
from kembar.lib.tables import Column
from kembar.partnerships.queries import Partnership, merged_keys
from kembar.sources import queries as sources
from kembar.sources.queries import Document
from kembar.sources.states import Decision, DocumentKind
from kembar.web import lists

TAKEN, REFUSED, WAITING = "taken", "refused", "waiting"
OUTCOMES: dict[str, str | Promise] = {
    TAKEN: pgettext_lazy("from a source", "taken"),
    REFUSED: pgettext_lazy("from a source", "refused"),
    WAITING: pgettext_lazy("from a source", "waiting"),
}
_OF_CLAIM = {Decision.ACCEPTED: TAKEN, Decision.REJECTED: REFUSED, Decision.OPEN: WAITING}
LIST = lists.ListPage(
    filters=[
        lists.Filter(
            "outcome", pgettext_lazy("from a source", "Outcome"), [lists.Choice(*one) for one in OUTCOMES.items()]
        ),
        lists.Filter("kind", gettext_lazy("Kind of source"), [lists.Choice(*one) for one in DocumentKind.choices]),
    ],
    search=False,
    size=20,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a source says: what it is, its words, what became of it, where that is seen. `by`: who decided."""

    document: int
    kind: str
    what: str
    said: str
    outcome: str
    reason: str
    by: str
    href: str

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES[self.outcome])


@dataclass(frozen=True, slots=True)
class Fed:
    """One source with what it says."""

    document: Document
    items: list[Item]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(code, label, how many) of what became of its statements, where there are any."""
        counted = [(code, str(label), sum(one.outcome == code for one in self.items))
                   for code, label in OUTCOMES.items()]  # fmt: skip
        return [one for one in counted if one[2]]


def listing(query: QueryDict, *, path: str) -> lists.Listing:
    return LIST.read(query, path=path)


def fed_by(items: Iterable[Item], place: Place, *, asked: lists.Listing) -> list[Fed]:
    """The sources that fit what is asked, the newest first, each with those of its statements that fit."""
    outcome, kind = asked.chosen.get("outcome", ""), asked.chosen.get("kind", "")
    found: dict[int, list[Item]] = {}
    for item in items:
        if outcome in ("", item.outcome):
            found.setdefault(item.document, []).append(item)
    documents = sources.documents_by_number(found, office_id=place.id)
    rows = [Fed(documents[number], items) for number, items in found.items()]
    return sorted((row for row in rows if kind in ("", row.document.kind)), key=_newest, reverse=True)


def _newest(fed: Fed) -> tuple[str, int]:
    day = fed.document.published.latest if fed.document.published else None
    return (day.isoformat() if day else "", fed.document.pk)


def everything(file: Partnership, place: Place) -> list[Item]:
    """What every source of a file says; what the reader found only for who may read the texts. A fixed number of
    queries, however much the file holds."""
    keys = [file.key, *merged_keys(file)]
    said = sources.claims_about(*keys, office_id=place.id)
    claims = [_claim(line, place) for line in claim_lines(said, [file.key] * len(said), place)]
    promised = [_promise(row, place) for row in promises.ever_of_partnership(file)]
    return [*claims, *promised, *(_drafts(file, place) if place.may_read_private else ())]


def _claim(line: ClaimLine, place: Place) -> Item:
    deed = reverse("desk:decide", args=[place.slug, line.id]) if place.may_decide else (
        reverse("desk:document", args=[place.slug, line.document_id])
    )  # fmt: skip
    what = ": ".join(part for part in (line.attribute, line.value) if part)
    return Item(line.document_id, line.record, what, line.said, _OF_CLAIM[Decision(line.decision)], line.reason,
                line.decided_by, deed)  # fmt: skip


def _promise(row: promises.Commitment, place: Place) -> Item:
    voided = row.voided_at is not None
    outcome = REFUSED if voided else WAITING if row.state == State.CLAIMED else TAKEN
    reason = row.void_reason if voided else "" if outcome == WAITING else str(SHOWN[row.state])
    return Item(row.document_id, gettext("promise"), row.what, row.sentence, outcome, reason, row.accepted_by,
                reverse("desk:commitment", args=[place.slug, row.pk]))  # fmt: skip


def _drafts(file: Partnership, place: Place) -> Iterator[Item]:
    texts = intake.texts_about(file)
    for draft in intake.not_taken_from(texts):
        text = texts[draft.text_id]
        said = " ".join(text.body[draft.proof_start : draft.proof_end].split())
        yield Item(
            text.document_id, str(DraftKind(draft.kind).label), draft_title(draft.kind, draft.value), said,
            REFUSED if draft.state == DraftState.DROPPED else WAITING, gettext("found by the reader"), draft.decided_by,
            f"{reverse('intake:text', args=[place.slug, text.pk])}#d{draft.pk}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the file to take along."""

    document: Document
    item: Item


def told(rows: Iterable[Fed]) -> list[Told]:
    return [Told(row.document, item) for row in rows for item in row.items]


def columns(*, site: str) -> list[Column[Told]]:
    return [
        Column("source", gettext("Source"), lambda row: row.document.title, 40),
        Column("source_kind", gettext("Kind of source"), lambda row: row.document.get_kind_display(), 18),
        Column("published", gettext("Published"), lambda row: _edtf(row.document), 14),
        Column("source_address", gettext("Web address"), lambda row: row.document.address, 40),
        Column("about", gettext("About"), lambda row: capfirst(row.item.kind), 24),
        Column("what", gettext("What it says"), lambda row: row.item.what, 50),
        Column("sentence", gettext("Words of the source"), lambda row: row.item.said, 50),
        Column("outcome", gettext("Outcome (code)"), lambda row: row.item.outcome, 12),
        Column("outcome_name", pgettext("from a source", "Outcome"), lambda row: row.item.outcome_label, 14),
        Column("reason", gettext("Reason"), lambda row: row.item.reason, 30),
        Column("by", gettext("Decided by"), lambda row: row.item.by, 20),
        Column("address", gettext("Page"), lambda row: f"{site}{row.item.href}", 40),
    ]


def _edtf(document: Document) -> str:
    return document.published.edtf if document.published else ""


def tiles(items: Iterable[Item], path: str) -> list[tuple[str, str, int, str]]:
    """(code, label, how many, the list of them)."""
    rows = list(items)
    return [(code, str(label), sum(one.outcome == code for one in rows), f"{path}?outcome={code}")
            for code, label in OUTCOMES.items()]  # fmt: skip

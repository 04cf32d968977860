"""Reading documents and claims."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Exists, Q, QuerySet

from kembar.journal.queries import did
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.sources.models import Claim as Claim  # pages name its type, never its table
from kembar.sources.models import Document as Document
from kembar.sources.models import Report as Report
from kembar.sources.rules import Stated, contradicting, fingerprint
from kembar.sources.states import Decision, Outcome


class NoSuchClaim(Exception):
    """There is no such claim in this office."""


class NoSuchDocument(Exception):
    """There is no such document in this office."""


class NoSuchReport(Exception):
    """There is no such report in this office."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its document, as pages show it."""

    id: int
    subject: str
    attribute: str
    value: str
    date: EdtfDate | None
    said: str
    decision: str
    reason: str
    confidence: str
    document_id: int
    document: str
    publisher: str
    published: EdtfDate | None
    address: str
    decided_by: str

    @property
    def stated(self) -> Stated:
        return Stated(value=self.value, decision=self.decision, document_id=self.document_id, date=self.date)


_COLUMNS = (
    "id", "subject", "attribute", "value", "date", "said", "decision", "reason", "confidence", "document_id",
    "document__title", "document__publisher", "document__published", "document__address", "decided_by",
)  # fmt: skip


def _said(rows: QuerySet[Claim]) -> list[Said]:
    return [Said(*row) for row in rows.order_by("id").values_list(*_COLUMNS)]


def claims_about(*abouts: str, office_id: int) -> list[Said]:
    """Every claim of one file, or of several, in the order of entry. One query."""
    return _said(Claim.objects.filter(about__in=abouts, office_id=office_id))


def claims_on(subject: str, *, office_id: int) -> list[Said]:
    """Every claim on one record."""
    return _said(Claim.objects.filter(subject=subject, office_id=office_id))


def claims_of(office_id: int, *, decision: str = "") -> QuerySet[Claim]:
    """The claims of one office with their documents, newest first."""
    rows = Claim.objects.filter(office_id=office_id).select_related("document")
    return (rows.filter(decision=decision) if decision else rows).order_by("-id")


def claim(claim_id: int, *, office_id: int) -> Claim:
    """One claim of this office. Raises NoSuchClaim, also for a claim of another office."""
    found = Claim.objects.filter(pk=claim_id, office_id=office_id).select_related("document").first()
    if found is None:
        raise NoSuchClaim(claim_id)
    return found


def documents_of(office_id: int) -> QuerySet[Document]:
    """The documents of one office with how many claims rest on each."""
    rows = Document.objects.filter(office_id=office_id, merged_into=None)
    return rows.annotate(claim_count=Count("claims")).order_by("title", "id")


def document(document_id: int, *, office_id: int) -> Document:
    """One document of this office; of two that were merged the one that was kept. Raises NoSuchDocument."""
    rows = Document.objects.filter(office_id=office_id).select_related("merged_into")
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise NoSuchDocument(document_id)
    return found.merged_into or found


def version_of(document: Document) -> str:
    """A word that differs as soon as what is known of a source was corrected."""
    known = (document.title, document.publisher, document.address, document.published, document.kind,
             document.language, document.note)  # fmt: skip
    return sha256("\n".join(str(fact or "") for fact in known).encode()).hexdigest()[:16]


def documents_by_number(numbers: Iterable[int], *, office_id: int) -> dict[int, Document]:
    """These documents of this office. One query."""
    return Document.objects.filter(office_id=office_id).in_bulk(list(set(numbers)))


def document_like(office_id: int, *, title: str, publisher: str, address: str) -> Document | None:
    """The document that `actions.keep_document` would take instead of entering a new one."""
    rows = Document.objects.filter(
        office_id=office_id, title=clean(title), publisher=clean(publisher), address=address.strip()
    )
    return rows.first()


def document_choices(office_id: int, *, about: str = "") -> list[tuple[int, str]]:
    """(id, title) for a form: first the documents of one file, then the newest of the office. Two queries."""
    rows = Document.objects.filter(office_id=office_id, merged_into=None)
    own = rows.filter(claims__about=about).distinct() if about else rows.none()
    found = dict(own.order_by("title", "id").values_list("pk", "title"))
    found |= dict(rows.exclude(pk__in=found).order_by("-id").values_list("pk", "title")[:200])
    return list(found.items())


def claims_in(document_id: int, *, office_id: int) -> list[Said]:
    """Every claim that rests on one document."""
    return _said(Claim.objects.filter(document_id=document_id, office_id=office_id))


def files_in(document_id: int, *, office_id: int) -> list[str]:
    """The files (`partnership:7`) a document says something about."""
    rows = Claim.objects.filter(document_id=document_id, office_id=office_id)
    return list(rows.order_by("about").values_list("about", flat=True).distinct())


def disputed(office_id: int, *, entered_by: int | None = None) -> dict[tuple[str, str], list[Said]]:
    """(subject, attribute) → its claims, where documents say different things and the office has not settled it:
    at least one of the claims is open, or two different ones are accepted. With `entered_by` where that person
    entered one of them."""
    waiting = Claim.objects.filter(office_id=office_id).exclude(decision=Decision.REJECTED)
    several = (
        waiting.order_by("subject", "attribute")
        .values_list("subject", "attribute")
        .annotate(values_said=Count("value", distinct=True))
        .filter(values_said__gt=1)
    )
    wanted = {(subject, attribute) for subject, attribute, _ in several}
    said = _said(waiting.filter(subject__in={subject for subject, _ in wanted}))
    if entered_by is not None and wanted:
        theirs = waiting.filter(_entered(entered_by, office_id=office_id), subject__in={one for one, _ in wanted})
        wanted &= set(theirs.order_by("id").values_list("subject", "attribute"))
    return {key: group for key, group in by_attribute(said).items() if key in wanted}


def _entered(person_id: int, *, office_id: int) -> Exists:
    return did("claim.entered", by=person_id, kind="claim", office_id=office_id)


def seen(claims: Iterable[Said]) -> str:
    """The fingerprint of these claims as they stand now."""
    return fingerprint((claim.id, claim.decision, claim.reason) for claim in claims)


def reports_of(office_id: int, *, outcome: str = "") -> QuerySet[Report]:
    """What visitors reported to this office, newest first."""
    rows = Report.objects.filter(office_id=office_id)
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("-id")


def waiting_reports(office_id: int) -> int:
    return Report.objects.filter(office_id=office_id, outcome=Outcome.OPEN).count()


def report(report_id: int, *, office_id: int) -> Report:
    """Raises NoSuchReport, also for a report to another office."""
    found = Report.objects.filter(pk=report_id, office_id=office_id).first()
    if found is None:
        raise NoSuchReport(report_id)
    return found


def report_by_token(token: str, *, office_id: int) -> Report:
    """What the visitor who wrote it may read again. Raises NoSuchReport."""
    found = Report.objects.filter(token=token, office_id=office_id).first()
    if found is None:
        raise NoSuchReport
    return found


def by_attribute(claims: Iterable[Said]) -> dict[tuple[str, str], list[Said]]:
    """Claims grouped by (subject, attribute)."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for item in claims:
        groups[item.subject, item.attribute].append(item)
    return dict(groups)


def claims_asked(
    office_id: int, *, search: str = "", decision: str = "", confidence: str = "", document: int | None = None,
    entered_by: int | None = None,
) -> QuerySet[Claim]:  # fmt: skip
    """The claims a list asks for, newest first: by decision, by confidence, by words of the claim or its document, by
    the person who entered them."""
    rows = claims_of(office_id, decision=decision)
    if entered_by is not None:
        rows = rows.filter(_entered(entered_by, office_id=office_id))
    if confidence:
        rows = rows.filter(confidence=confidence)
    if document is not None:
        rows = rows.filter(document_id=document)
    if search:
        words = Q(value__icontains=search) | Q(said__icontains=search) | Q(document__title__icontains=search)
        rows = rows.filter(words)
    return rows


def page_of_claims(rows: QuerySet[Claim], *, bounds: slice) -> list[tuple[Said, str]]:
    """The claims between these bounds, each with the file it is about; in the order of the rows."""
    return [(Said(*row[:-1]), row[-1]) for row in rows.values_list(*_COLUMNS, "about")[bounds]]


def files_of_subjects(subjects: Iterable[str], *, office_id: int) -> dict[str, str]:
    """Record → the file its claims belong to."""
    rows = Claim.objects.filter(office_id=office_id, subject__in=set(subjects))
    return dict(rows.order_by("subject").values_list("subject", "about").distinct())


def waiting_claims(office_id: int, *, entered_by: int | None = None) -> int:
    return claims_asked(office_id, decision=Decision.OPEN, entered_by=entered_by).count()


def documents_asked(office_id: int, *, search: str = "", kind: str = "", sort: str = "title") -> QuerySet[Document]:
    """The documents a list asks for; `sort` is title or claims, with a leading hyphen for the other way round."""
    rows = documents_of(office_id)
    if kind:
        rows = rows.filter(kind=kind)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(publisher__icontains=search) | Q(address__icontains=search))
    column = {"title": "title", "claims": "claim_count"}[sort.removeprefix("-")]
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "id")


def contradictions(claims: Iterable[Said]) -> list[list[Said]]:
    """The groups in which sources disagree, whatever was decided on them."""
    return [group for group in by_attribute(claims).values() if contradicting(item.stated for item in group)]


def open_claims(about: Iterable[str] | None, *, office_id: int) -> dict[str, int]:
    """How many claims of each file wait for a decision: of these files; None stands for every file of the office."""
    rows = Claim.objects.filter(office_id=office_id, decision=Decision.OPEN)
    if about is not None:
        rows = rows.filter(about__in=list(about))
    return dict(rows.order_by("about").values_list("about").annotate(count=Count("id")))

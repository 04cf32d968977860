"""Reading pasted texts and their drafts."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, F, Q, QuerySet, Value, When

from kembar.intake.models import Draft as Draft  # pages name these types, never their tables
from kembar.intake.models import Text as Text
from kembar.intake.rules import most_alike
from kembar.intake.states import DraftKind, DraftState
from kembar.journal.queries import did
from kembar.partnerships.models import Partnership


class NoSuchText(Exception):
    """This office has no such text or draft."""


_WAITING = Count("drafts", filter=Q(drafts__state=DraftState.WAITING))


def texts_of(office_id: int) -> QuerySet[Text]:
    """The texts of one office, newest first, with how many drafts wait in each."""
    rows = Text.objects.filter(office_id=office_id).select_related("partnership__partner", "document")
    return rows.annotate(waiting=_WAITING).order_by("-id")


WAITING, SETTLED = "waiting", "settled"


def listed(
    office_id: int, *, search: str = "", state: str = "", kind: str = "", entered_by: int | None = None
) -> QuerySet[Text]:
    """The texts of one office without their words: those that wait first, newest first. `state`: WAITING, SETTLED;
    `entered_by` is the person who had them read."""
    rows = texts_of(office_id).defer("body", "reading", "signature")
    if entered_by is not None:
        rows = rows.filter(_entered(entered_by, office_id=office_id))
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(document__publisher__icontains=search))
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        some = Q(waiting__gt=0)
        rows = rows.filter(some if state == WAITING else ~some)
    return rows.order_by(Case(When(Q(waiting__gt=0), then=Value(0)), default=Value(1)), "-id")


def text(text_id: int, *, office_id: int) -> Text:
    """Raises NoSuchText, also for a text of another office."""
    rows = Text.objects.filter(pk=text_id, office_id=office_id)
    found = rows.select_related("partnership__partner", "document", "office__local_government").first()
    if found is None:
        raise NoSuchText(text_id)
    return found


def draft(draft_id: int, *, office_id: int) -> Draft:
    """Raises NoSuchText, also for a draft of another office."""
    rows = Draft.objects.filter(pk=draft_id, office_id=office_id)
    found = rows.select_related("text__document", "text__partnership", "text__office__local_government").first()
    if found is None:
        raise NoSuchText(draft_id)
    return found


def drafts_of(pasted: Text) -> QuerySet[Draft]:
    """The drafts of one text in the order of the text."""
    return Draft.objects.filter(text=pasted).order_by("start", "end", "id")


def texts_about(partnership: Partnership) -> dict[int, Text]:
    """The texts laid to a file, or to one merged into it, by number."""
    rows = Text.objects.filter(Q(partnership=partnership) | Q(partnership__merged_into=partnership))
    return {row.pk: row for row in rows.defer("reading", "signature").order_by("id")}


def not_taken_from(texts: Iterable[int]) -> list[Draft]:
    """What the reader found in these texts and nobody has taken over: dropped by an officer, or still waiting."""
    rows = Draft.objects.filter(text__in=list(texts), state__in=[DraftState.DROPPED, DraftState.WAITING])
    return list(rows.order_by("text_id", "start", "id"))


def waiting_of(pasted: Text, *, kind: str) -> list[Draft]:
    """The waiting drafts of one kind in a text, in its order."""
    return list(drafts_of(pasted).filter(kind=kind, state=DraftState.WAITING))


def waiting(office_id: int, *, entered_by: int | None = None) -> int:
    """How many drafts of the office, or of the texts one person had read, ask for a decision."""
    rows = Draft.objects.filter(office_id=office_id, state=DraftState.WAITING)
    if entered_by is not None:
        own = Text.objects.filter(_entered(entered_by, office_id=office_id), office_id=office_id)
        rows = rows.filter(text__in=own)
    return rows.count()


def _entered(person_id: int, *, office_id: int) -> Exists:
    return did("text.read", by=person_id, kind="text", office_id=office_id)


def accepted_promises(office_id: int) -> QuerySet[Draft]:
    """The promises an officer took over from the reader, in the order of the texts."""
    rows = Draft.objects.filter(office_id=office_id, kind=DraftKind.COMMITMENT, state=DraftState.ACCEPTED)
    rows = rows.select_related("text__document", "text__partnership__office__local_government")
    return rows.select_related("text__partnership__partner").order_by("text_id", "start", "id")


def same_article(signature: list[int], *, office_id: int) -> Text | None:
    """A text of this office that is the same article, perhaps lightly edited."""
    known = Text.objects.filter(office_id=office_id).order_by("-id").values_list("id", "signature")
    found = most_alike(signature, known.iterator())
    return None if found is None else Text.objects.get(pk=found)


def likely_file(geonameids: Iterable[int], *, office_id: int) -> Partnership | None:
    """The file of the office on the city that a text names most often, the office's own city aside."""
    counted = Counter(geonameids)
    files = Partnership.objects.filter(office_id=office_id, partner__geonameid__in=list(counted))
    rows = list(files.select_related("partner").order_by("id"))
    return max(rows, key=lambda file: counted[file.partner.geonameid or 0], default=None)


def corrections_of(office_id: int) -> QuerySet[Draft]:
    """Drafts an officer changed or dropped: examples of what the reader got wrong."""
    decided = Draft.objects.filter(office_id=office_id).exclude(state=DraftState.WAITING)
    return decided.exclude(state=DraftState.ACCEPTED, value=F("found")).order_by("id")

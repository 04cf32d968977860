"""Reading requests and answers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kembar.access.offices import Offices, within
from kembar.countersign.models import Answer as Answer  # pages name these types, never their tables
from kembar.countersign.models import Asked as Asked
from kembar.countersign.models import Link
from kembar.countersign.models import Request as Request
from kembar.countersign.rules import WRONG_IN_ALL, hashed
from kembar.countersign.states import Channel, Reply, Standing
from kembar.mailbox.queries import letters
from kembar.mailbox.states import LetterState

_ANSWERS = Prefetch("answers", queryset=Answer.objects.order_by("id"))


class NoSuchRequest(Exception):
    """This office has no such request, or no request has this link."""


class NoSuchAnswer(Exception):
    """This office has no such answer."""


def request(number: int, *, office_id: int) -> Request:
    """One request of this office. Raises NoSuchRequest."""
    found = Request.objects.filter(pk=number, office_id=office_id).select_related("office__local_government").first()
    if found is None:
        raise NoSuchRequest(number)
    return found


def request_of_link(token: str, *, office_id: int) -> Request:
    """Where a mailed link leads. Raises NoSuchRequest, also for a link of another office."""
    rows = Link.objects.filter(fingerprint=hashed(token), request__office_id=office_id)
    found = rows.select_related("request__office__local_government").first()
    if found is None:
        raise NoSuchRequest
    return found.request


def asked_in(request: Request) -> list[Asked]:
    """The contents of a request in their order, each with its answers. Two queries."""
    return list(Asked.objects.filter(request=request).prefetch_related(_ANSWERS).order_by("id"))


def asked(number: int, *, request: Request) -> Asked:
    """One content of a request. Raises NoSuchRequest."""
    found = Asked.objects.filter(pk=number, request=request).prefetch_related(_ANSWERS).first()
    if found is None:
        raise NoSuchRequest(number)
    return found


def asked_about(subject: str, *, office_id: int) -> list[Asked]:
    """Every time somebody was asked about this, the newest first, with request, links and answers."""
    rows = Asked.objects.filter(office_id=office_id, subject=subject).select_related("request")
    return list(rows.prefetch_related("request__links", _ANSWERS).order_by("-id"))


def requests_about(about: Iterable[str], *, office_id: int) -> QuerySet[Request]:
    """The requests of a file, newest first."""
    return Request.objects.filter(office_id=office_id, about__in=list(about)).order_by("-id")


def answer(number: int, *, office_id: int) -> Answer:
    """One answer to this office. Raises NoSuchAnswer."""
    found = Answer.objects.filter(pk=number, office_id=office_id).select_related("asked__request").first()
    if found is None:
        raise NoSuchAnswer(number)
    return found


def standing_confirmations(subjects: Iterable[str], *, office_id: int) -> dict[str, list[Answer]]:
    """Confirmations that stand, by what they confirm. One query."""
    rows = Answer.objects.filter(office_id=office_id, subject__in=list(subjects), reply=Reply.CONFIRM, fell_at=None)
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in rows.select_related("asked__request").order_by("id"):
        found[row.subject].append(row)
    return dict(found)


def standing(asked: Asked, *, today: date, undelivered: bool = False) -> Standing:
    """Where one asked content stands on a day at the office; by its last answer, else by the silence."""
    last = list(asked.answers.all())[-1:]
    if last:
        if last[0].fell_at is not None:
            return Standing.FALLEN
        return {Reply.CONFIRM: Standing.CONFIRMED, Reply.DISPUTE: Standing.DISPUTED}.get(
            Reply(last[0].reply), Standing.KEPT
        )
    if asked.request.revoked_at is not None:
        return Standing.REVOKED
    if asked.closed_at is not None:
        return Standing.CLOSED
    if undelivered:
        return Standing.UNDELIVERED
    if asked.request.wrong_in_all >= WRONG_IN_ALL:
        return Standing.SHUT
    if asked.request.asked_again_at is None:
        late = asked.request.channel == Channel.SHEET and asked.request.answer_by < today
        return Standing.SILENT if late else Standing.WAITING
    return Standing.SILENT if asked.request.answer_by < today else Standing.ASKED_AGAIN


def undelivered(office_id: Offices) -> set[int]:
    """Requests still open whose last letter the mail server refused, by number. One query."""
    failed = letters(office_id, state=LetterState.FAILED).filter(kind__startswith="confirmation").order_by()
    rows = Link.objects.filter(request__in=Request.objects.filter(within(office_id), revoked_at=None))
    return set(rows.filter(letter_id__in=failed.values("pk")).order_by().values_list("request_id", flat=True))


def to_look_at(office_id: Offices) -> QuerySet[Answer]:
    """Answers the office has not dealt with: disputes, reports that it was kept, confirmations that fell."""
    rows = Answer.objects.filter(within(office_id), settled_at=None)
    rows = rows.filter(Q(reply__in=[Reply.DISPUTE, Reply.KEPT]) | Q(fell_at__isnull=False))
    return rows.select_related("asked__request").order_by("-id")


def unanswered(office_id: Offices, *, today: date) -> QuerySet[Asked]:
    """What nobody answered although asked twice, or can answer, because the letter never arrived or the page was shut
    after too many wrong codes; what was taken back or settled is left out."""
    answered = Answer.objects.filter(asked=OuterRef("pk"))
    rows = Asked.objects.filter(within(office_id), request__revoked_at=None, closed_at=None).filter(~Exists(answered))
    silent = Q(request__answer_by__lt=today) & (
        Q(request__asked_again_at__isnull=False) | Q(request__channel=Channel.SHEET)
    )
    shut = Q(request__wrong_in_all__gte=WRONG_IN_ALL)
    rows = rows.filter(silent | shut | Q(request__in=undelivered(office_id)))
    return rows.select_related("request").prefetch_related(_ANSWERS).order_by("-id")


def silent_requests(now: datetime) -> QuerySet[Request]:
    """Requests by mail that were asked once and may be past their day with something unanswered, in any office; the
    day itself is told by the clock of each office."""
    unanswered = Asked.objects.filter(request=OuterRef("pk"), closed_at=None).filter(
        ~Exists(Answer.objects.filter(asked=OuterRef("pk")))
    )
    rows = Request.objects.filter(channel=Channel.LINK, revoked_at=None, asked_again_at=None, expires_at__gt=now)
    rows = rows.filter(answer_by__lte=timezone.localdate(now)).filter(Exists(unanswered))
    return rows.select_related("office__local_government").order_by("id")

"""What the other side answers, what the office does with it, and confirmations that fall."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.countersign import notices, rules
from kembar.countersign.actions.asking import NotComplete, mail, renew
from kembar.countersign.actions.visiting import RequestClosed
from kembar.countersign.models import Answer, Asked, Request
from kembar.countersign.rules import Content
from kembar.countersign.states import Channel, Fell, Reply
from kembar.journal.actions import record
from kembar.lib.text import clean

LONGEST = 2000


class ContentChanged(Exception):
    """What stood before the person is not what stands there now (`now`): nothing was answered."""

    def __init__(self, now: Content) -> None:
        self.now = now
        super().__init__(now.subject)


class WrongAnswer(Exception):
    """`reason`: words (a dispute needs some), too_long, unknown, file (a sheet needs its scan), signed_on."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class SettledBefore(Exception):
    """The office has dealt with this answer already."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it is given: `seen` is the fingerprint of what stood before the person."""

    reply: str
    seen: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The signed sheet that came back: its scan (`file:7`), the day that stands on it, who signed in which post."""

    file_key: str
    signed_on: date
    name: str
    post: str


@transaction.atomic
def answer(asked: Asked, *, by: Actor, said: Said, now: Content) -> Answer:
    """The addressee answers on the page; the link and the code are the permission. `now` is the content as it stands,
    `by` names the other side: who of it answered stands in the answer, for who may read contacts.

    The same answer again is the first one. Raises RequestClosed, ContentChanged, NotComplete, WrongAnswer.
    """
    request = Request.objects.select_for_update(of=("self",)).get(pk=asked.request_id)
    moment = timezone.now()
    why = request.closed(moment)
    if why is not None:
        raise RequestClosed(why)
    given = _given(asked, said=said, now=now, who={"name": request.name, "post": request.post, "channel": Channel.LINK,
                                                       "at": moment})  # fmt: skip
    return _kept(given, by=by, request=request)


@transaction.atomic
def file_sheet(asked: Asked, *, by: Actor, said: Said, sheet: Sheet, now: Content) -> Answer:
    """An officer files the scan of a signed sheet as the answer of who signed it. Raises as `answer`."""
    require(by, Permission.KEEP_REGISTER, office_id=asked.office_id)
    request = Request.objects.select_for_update(of=("self",)).select_related("office__local_government").get(
        pk=asked.request_id
    )  # fmt: skip
    if request.revoked_at is not None:
        raise RequestClosed(rules.Closed.REVOKED)
    name = clean(sheet.name)[:200] or request.name
    if not sheet.file_key:
        raise WrongAnswer("file")
    if sheet.signed_on > request.office.today():
        raise WrongAnswer("signed_on")
    given = _given(asked, said=said, now=now, who={
        "name": name, "post": clean(sheet.post)[:400], "channel": Channel.SHEET, "at": timezone.now(),
        "signed_on": sheet.signed_on, "file_key": sheet.file_key, "entered_by": by.label,
    })  # fmt: skip
    return _kept(given, by=by, request=request)


@transaction.atomic
def settle(given: Answer, *, by: Actor, words: str) -> Answer:
    """The office has dealt with a dispute, a report or a fallen confirmation. Words for the other side go out to whom
    can be reached by mail. Raises SettledBefore, WrongAnswer."""
    require(by, Permission.KEEP_REGISTER, office_id=given.office_id)
    words = clean(words)
    if given.reply == Reply.DISPUTE and not words:
        raise WrongAnswer("words")
    if len(words) > LONGEST:
        raise WrongAnswer("too_long")
    # The request before its answers, as where somebody answers: two who wait for each other would never end.
    request = Request.objects.select_for_update(of=("self",)).select_related("office__local_government").get(
        pk=given.asked.request_id
    )  # fmt: skip
    rows = Answer.objects.filter(pk=given.pk, settled_at=None)
    if not rows.update(settled_at=timezone.now(), settled_by=by.label, settled_words=words):
        raise SettledBefore
    record("confirmation.settled", by=by, subject=given.subject, about=request.about, office_id=given.office_id,
           facts={"answer": given.pk})  # fmt: skip
    if words and _can_be_told(request):
        renew(request, now=timezone.now())
        mail(request, write=lambda token: notices.replied(request, token=token))
    given.refresh_from_db()
    return given


@transaction.atomic
def fall(subject: str, *, by: Actor, office_id: int, now: Callable[[tuple[str, str]], Content]) -> list[Answer]:
    """Confirmations of what now reads otherwise no longer stand, and who gave them is told. `now` builds the content
    as it stands in the two languages of a confirmation. The action above has asked who may change it."""
    standing = Answer.objects.filter(office_id=office_id, subject=subject, reply=Reply.CONFIRM, fell_at=None)
    asked_in = standing.order_by("asked__request_id").values_list("asked__request_id", flat=True)
    # The requests before their answers, as wherever somebody answers or settles.
    requests = list(Request.objects.select_for_update(of=("self",)).filter(pk__in=set(asked_in)).select_related(
        "office__local_government").order_by("id"))  # fmt: skip
    fallen: list[Answer] = []
    for row in standing.select_for_update(of=("self",)).select_related("asked__request").order_by("id"):
        content = now(row.shown.languages)
        if rules.fingerprint(content) != row.fingerprint:
            _let_fall(row, why=Fell.CHANGED, became=rules.as_plain(content), at=timezone.now())
            record("confirmation.fell", by=by, subject=subject, about=row.asked.request.about, office_id=office_id,
                   facts={"answer": row.pk})  # fmt: skip
            fallen.append(row)
    _tell_once([request for request in requests if request.pk in {row.asked.request_id for row in fallen}])
    return fallen


def _tell_once(requests: Sequence[Request]) -> None:
    """Whoever confirmed twice has one letter, which leads to the question they were asked last."""
    told: set[int] = set()
    for request in reversed(requests):
        if request.contact_id not in told and _can_be_told(request):
            told.add(request.contact_id)
            renew(request, now=timezone.now())
            mail(request, write=lambda token, to=request: notices.fell(to, token=token, number=1))  # type: ignore[misc]


def _can_be_told(request: Request) -> bool:
    """A letter would lead to a page that is shut where it was taken back, or tried too often."""
    shut = request.revoked_at is not None or request.wrong_in_all >= rules.WRONG_IN_ALL
    return request.channel == Channel.LINK and not shut and bool(request.email)


def _given(asked: Asked, *, said: Said, now: Content, who: dict[str, object]) -> Answer:
    if said.reply not in Reply.values:
        raise WrongAnswer("unknown")
    if rules.fingerprint(now) != said.seen:
        raise ContentChanged(now)
    words = clean(said.words)
    if said.reply == Reply.CONFIRM and now.lacking:
        raise NotComplete(now.subject, why=now.lacking)
    if said.reply == Reply.DISPUTE and not words:
        raise WrongAnswer("words")
    if len(words) > LONGEST:
        raise WrongAnswer("too_long")
    return Answer(asked=asked, office_id=asked.office_id, subject=asked.subject, reply=said.reply, words=words,
                  content=rules.as_plain(now), fingerprint=said.seen, **who)  # fmt: skip


_VERBS = {Reply.CONFIRM: "given", Reply.DISPUTE: "disputed", Reply.KEPT: "reported_kept"}


def _kept(given: Answer, *, by: Actor, request: Request) -> Answer:
    before = Answer.objects.filter(asked__request__contact_id=request.contact_id, subject=given.subject)
    last = before.order_by("-id").first()
    # What the office has dealt with, and what was said to an older letter, is said anew: somebody waits for it again.
    if last and last.fell_at is None and last.settled_at is None and (
        (last.asked_id, last.reply, last.fingerprint, last.words)
        == (given.asked_id, given.reply, given.fingerprint, given.words)
    ):  # fmt: skip
        return last
    given.save()
    if given.reply == Reply.DISPUTE:
        for row in before.filter(reply=Reply.CONFIRM, fell_at=None).order_by("id"):
            _let_fall(row, why=Fell.WITHDRAWN, became=None, at=given.at, settled_by=given.name)
    # Whoever answers has read what made their confirmation fall, and whoever agrees waits for no answer any more.
    done = before.exclude(pk=given.pk).filter(settled_at=None)
    done = done.exclude(reply=Reply.KEPT) if given.reply == Reply.CONFIRM else done.filter(fell_at__isnull=False)
    done.update(settled_at=given.at, settled_by=given.name)
    facts = {"answer": given.pk, "fingerprint": given.fingerprint, "channel": given.channel}
    record(f"confirmation.{_VERBS[Reply(given.reply)]}", by=by, subject=given.subject, about=request.about,
           office_id=given.office_id, facts=facts)  # fmt: skip
    return given


def _let_fall(row: Answer, *, why: Fell, became: object, at: datetime, settled_by: str = "") -> None:
    row.fell_at, row.fell_why, row.became = at, why, became
    if settled_by:
        row.settled_at, row.settled_by = at, settled_by
    row.save(update_fields=["fell_at", "fell_why", "became", "settled_at", "settled_by"])

"""Asking the other side, asking once more, taking a question back."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.countersign import notices, rules
from kembar.countersign.models import Answer, Asked, Link, Request
from kembar.countersign.rules import Content
from kembar.countersign.states import Channel
from kembar.journal.actions import record
from kembar.mailbox.actions import post, withdraw
from kembar.people.models import Contact


class WrongRequest(Exception):
    """Nobody can be asked so; `reason` is nothing, contact, email, language or answer_by."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotComplete(Exception):
    """A content is not whole in both languages; `why` is missing, stale or machine."""

    def __init__(self, subject: str, *, why: str) -> None:
        self.subject, self.why = subject, why
        super().__init__(f"{subject}: {why}")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom to ask, how, in which of the site's languages, and by which day the answer is wanted."""

    contact: Contact
    channel: str
    own_language: str
    language: str
    answer_by: date


def letter_for(to: Addressee, *, number: int) -> notices.Notice:
    """The letter as it would go out, with a link that leads nowhere yet."""
    contact = to.contact
    draft = Request(office=contact.office, name=contact.name, email=contact.email, language=to.language,
                    answer_by=to.answer_by)  # fmt: skip
    return notices.request(draft, token="x" * 12, number=number)


@transaction.atomic
def ask(contents: Sequence[Content], *, by: Actor, to: Addressee) -> Request:
    """Asks a contact to confirm these contents, as they stand now, in one letter or on one sheet.

    An older question to the same person that asks for nothing else is taken back. Raises WrongRequest, NotComplete.
    """
    require(by, Permission.KEEP_REGISTER, office_id=to.contact.office_id)
    require(by, Permission.READ_PRIVATE, office_id=to.contact.office_id)
    to = replace(to, contact=_as_it_is(to.contact))
    _check(contents, to=to)
    contact, now = to.contact, timezone.now()
    post_held = ", ".join(part for part in (contact.post, contact.organisation) if part)
    asked = Request.objects.create(
        office_id=contact.office_id, about=contact.about, contact=contact, name=contact.name, post=post_held,
        email=contact.email, channel=to.channel, own_language=to.own_language, language=to.language, made_at=now,
        made_by=by.label, answer_by=to.answer_by, expires_at=rules.link_ends(to.answer_by, now=now),
    )  # fmt: skip
    _replace_older(asked, subjects={content.subject for content in contents}, now=now)
    for content in contents:
        Asked.objects.create(
            request=asked, office_id=contact.office_id, subject=content.subject, content=rules.as_plain(content),
            fingerprint=rules.fingerprint(content),
        )  # fmt: skip
        record("confirmation.asked", by=by, subject=content.subject, about=asked.about, office_id=asked.office_id,
               facts={"channel": asked.channel, "request": asked.pk})  # fmt: skip
    if asked.channel == Channel.LINK:
        mail(asked, write=lambda token: notices.request(asked, token=token, number=len(contents)))
    return asked


@transaction.atomic
def ask_again(asked: Request, *, by: Actor, now: datetime) -> bool:
    """Asks once more where there was silence until the day was over; never a third time. False where it is not due."""
    require(by, Permission.KEEP_REGISTER, office_id=asked.office_id)
    row = Request.objects.select_for_update(of=("self",)).select_related("office__local_government").get(pk=asked.pk)
    left = list(Asked.objects.filter(request=row, answers=None, closed_at=None).order_by("id"))
    today = row.office.today()
    if row.closed(now) or row.asked_again_at or row.channel != Channel.LINK or row.answer_by >= today or not left:
        return False
    row.asked_again_at, row.answer_by = now, today + rules.ASKED_AGAIN_WITHIN
    row.expires_at = rules.link_ends(row.answer_by, now=now)
    row.save(update_fields=["asked_again_at", "answer_by", "expires_at"])
    for one in left:
        record("confirmation.asked_again", by=by, subject=one.subject, about=row.about, office_id=row.office_id,
               facts={"request": row.pk})  # fmt: skip
    mail(row, write=lambda token: notices.again(row, token=token, number=len(left)))
    return True


@transaction.atomic
def close(subject: str, *, office_id: int) -> int:
    """What it was about has been settled: nobody is asked a second time, and no silence is shown. How many questions.
    The action above has asked who may."""
    rows = Asked.objects.filter(office_id=office_id, subject=subject, closed_at=None)
    return rows.update(closed_at=timezone.now())


@transaction.atomic
def revoke(asked: Request, *, by: Actor) -> bool:
    """The links of the request open nothing any more; what was answered stays. False when that was done before."""
    require(by, Permission.KEEP_REGISTER, office_id=asked.office_id)
    if not Request.objects.filter(pk=asked.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return False
    withdraw(_about(asked), office_id=asked.office_id)
    for one in Asked.objects.filter(request=asked).order_by("id"):
        record("confirmation.revoked", by=by, subject=one.subject, about=asked.about, office_id=asked.office_id,
               facts={"request": asked.pk})  # fmt: skip
    return True


def mail(asked: Request, *, write: Callable[[str], notices.Notice]) -> Link:
    """Sends a letter with a link of its own; what stands in the link is known to the letter alone."""
    token = secrets.token_urlsafe(32)
    link = Link.objects.create(
        request=asked, office_id=asked.office_id, fingerprint=rules.hashed(token), made_at=timezone.now()
    )
    letter = hand_on(asked, notice=write(token))
    Link.objects.filter(pk=link.pk).update(letter_id=letter)
    return link


def hand_on(asked: Request, *, notice: notices.Notice) -> int:
    """The letter leaves when the change it tells of is kept; its number."""
    letter = post(
        asked.email, office_id=asked.office_id, language=asked.language, heading=notice.heading, text=notice.text,
        kind=notice.kind, about=_about(asked), confidential=True,
    )  # fmt: skip
    return int(letter.pk)


def renew(asked: Request, *, now: datetime) -> None:
    """The request is open anew, with its days counted from now."""
    asked.answer_by = asked.office.today() + timedelta(days=rules.ANSWER_WITHIN)
    asked.asked_again_at = None
    asked.expires_at = rules.link_ends(asked.answer_by, now=now)
    asked.save(update_fields=["answer_by", "asked_again_at", "expires_at"])


def _about(asked: Request) -> str:
    return f"confirmation:{asked.pk}"


def _as_it_is(contact: Contact) -> Contact:
    """Held until the letter is written: whoever takes the contact out of use meanwhile finds the letter there."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related("office__local_government")
    return rows.get(pk=contact.pk)


def _check(contents: Sequence[Content], *, to: Addressee) -> None:
    contact = to.contact
    if not contents:
        raise WrongRequest("nothing")
    if contact.voided_at is not None:
        raise WrongRequest("contact")
    if to.channel == Channel.LINK and not contact.email:
        raise WrongRequest("email")
    if to.language not in dict(settings.LANGUAGES) or to.channel not in Channel.values:
        raise WrongRequest("language")
    days = (to.answer_by - contact.office.today()).days
    if not rules.SHORTEST <= days <= rules.LONGEST:
        raise WrongRequest("answer_by")
    for content in contents:
        if content.languages != (to.own_language, to.language):
            raise WrongRequest("language")
        if content.lacking:
            raise NotComplete(content.subject, why=content.lacking)


def _replace_older(asked: Request, *, subjects: set[str], now: datetime) -> None:
    """Two open letters to one person about one thing would be one too many; and what fell is being asked anew."""
    older = Request.objects.filter(contact_id=asked.contact_id, revoked_at=None).exclude(pk=asked.pk)
    for row in older.prefetch_related("asked__answers").order_by("id"):
        open_ones = {one.subject for one in row.asked.all() if not one.answers.all()}
        if open_ones and open_ones <= subjects and len(open_ones) == len(row.asked.all()):
            Request.objects.filter(pk=row.pk).update(revoked_at=now)
            withdraw(_about(row), office_id=row.office_id)
    fallen = Answer.objects.filter(office_id=asked.office_id, subject__in=subjects, settled_at=None)
    fallen.filter(fell_at__isnull=False).update(settled_at=now, settled_by=asked.made_by)

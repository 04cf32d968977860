"""Every write of letters: written with a change, sent after it."""

import contextlib
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.mailbox import rules
from kembar.mailbox.models import Letter
from kembar.mailbox.queries import letter as find_letter
from kembar.mailbox.rules import BadLetter
from kembar.mailbox.states import LetterState


class NotWaiting(Exception):
    """The letter was sent already, or is not to be sent any more."""


class UnderWay(Exception):
    """The letter is being handed to the mail server: tried again now it would go out twice."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of deliver() did. `server_error` says why the mail server could not be used, or is ""."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    server_error: str = ""


@transaction.atomic
def post(
    to: str, *, office_id: int | None, language: str, heading: str, text: str, kind: str, about: str = "",
    html: bool = True, unsubscribe: str = "", reply_to: str = "", confidential: bool = False, once: str = "",
    not_before: datetime | None = None,
) -> Letter:  # fmt: skip
    """Writes a letter that goes out after the caller's transaction, and not at all when that fails.

    The action above has asked who may; its journal line tells of the letter. `once` names a letter that may be
    written only once: the second time the first is returned. Raises BadLetter.
    """
    now = timezone.now()
    if not (text := clean(text)):
        raise BadLetter("text")
    fields = {
        "office_id": office_id,
        "kind": kind,
        "about": about,
        "to_address": rules.checked_address(to),
        "reply_to": rules.checked_address(reply_to) if reply_to else "",
        "language": language,
        "heading": rules.checked_heading(heading),
        "text": text,
        "html": html,
        "unsubscribe": rules.checked_unsubscribe(unsubscribe),
        "confidential": confidential,
        "message_id": make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")),
        "next_try_at": max(now, not_before or now),
        "written_at": now,
    }
    if not once:
        return Letter.objects.create(**fields)
    return Letter.objects.get_or_create(once=once, defaults=fields)[0]


@transaction.atomic
def withdraw(about: str, *, office_id: int | None, kind: str = "") -> int:
    """Letters about something that is no longer so are not sent; how many. The action above has asked who may."""
    rows = Letter.objects.filter(about=about, office_id=office_id, state=LetterState.WAITING)
    return (rows.filter(kind=kind) if kind else rows).update(state=LetterState.DROPPED)


@transaction.atomic
def drop(letter_id: int, *, by: Actor, office_id: int) -> None:
    """A person decides that a letter is not to go out. Raises NoSuchLetter, NotWaiting, UnderWay."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    letter = _unsent(letter_id, office_id=office_id, state=LetterState.DROPPED)
    record("letter.dropped", by=by, subject=f"letter:{letter.pk}", about=letter.about, office_id=office_id,
           facts={"kind": letter.kind})  # fmt: skip


@transaction.atomic
def try_again(letter_id: int, *, by: Actor, office_id: int) -> None:
    """A person has a letter tried again from now on. Raises NoSuchLetter, NotWaiting, UnderWay."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    letter = _unsent(letter_id, office_id=office_id, state=LetterState.WAITING, attempts=0,
                     next_try_at=timezone.now(), error="")  # fmt: skip
    record("letter.retried", by=by, subject=f"letter:{letter.pk}", about=letter.about, office_id=office_id,
           facts={"kind": letter.kind})  # fmt: skip


@transaction.atomic
def forget(address: str, *, by: Actor, office_id: int) -> int:
    """Erases what this office's letters hold of a person: address and words; that a letter was written stays. How
    many; those still waiting are not sent."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    rows = Letter.objects.filter(office_id=office_id, to_address__iexact=address.strip())
    rows.filter(state=LetterState.WAITING).update(state=LetterState.DROPPED)
    erased = rows.update(to_address="", reply_to="", heading="", text="", error="", once=None)
    if erased:
        record("letter.erased", by=by, subject="letter:", office_id=office_id, facts={"letters": erased})
    return erased


def deliver(*, now: datetime, limit: int = 100) -> Round:
    """Sends the letters that are due at `now`, each claimed so that no other round sends it meanwhile.

    A letter is marked after it was handed over: a crash in between leads to a second sending, never to a loss. A
    server that cannot be reached costs no letter an attempt: they wait, however long. Not inside a transaction.
    """
    began = time.monotonic()
    outcomes: list[str] = []
    server_error = ""
    with _mail_server() as server:
        while len(outcomes) < limit and not server_error:
            moment = now + timedelta(seconds=time.monotonic() - began)
            letter = _claim(moment)
            if letter is None:
                break
            server_error = _opened(server)
            if server_error:
                _give_back(letter, now=moment, error=server_error)
            else:
                outcomes.append(_send(letter, server=server, now=moment))
    return Round(
        sent=outcomes.count(LetterState.SENT),
        put_off=outcomes.count(LetterState.WAITING),
        failed=outcomes.count(LetterState.FAILED),
        server_error=server_error,
    )


def _unsent(letter_id: int, *, office_id: int, **given: Any) -> Letter:
    """The letter, changed so where it has not gone out; asked and written as one, for a round may be sending it."""
    letter = find_letter(letter_id, office_id=office_id)
    unsent = Letter.objects.filter(pk=letter.pk, state__in=(LetterState.WAITING, LetterState.FAILED))
    if not unsent.filter(_free(timezone.now())).update(**given):
        raise UnderWay(letter_id) if unsent.exists() else NotWaiting(letter_id)
    return letter


def _free(now: datetime) -> Q:
    """Claimed by no round, or by one that died over it."""
    return Q(claimed_until=None) | Q(claimed_until__lte=now)


@transaction.atomic(durable=True)
def _claim(now: datetime) -> Letter | None:
    """The letter due longest, out of everybody's reach for the length of the lease. SQLite has one writer at a
    time, so nothing needs skipping there."""
    due = Letter.objects.filter(_free(now), state=LetterState.WAITING, next_try_at__lte=now)
    letter = due.select_for_update(skip_locked=True).order_by("next_try_at", "id").first()
    if letter is not None:
        letter.attempts += 1
        letter.claimed_until = now + rules.LEASE
        letter.save(update_fields=["attempts", "claimed_until"])
    return letter


def _claimed(letter: Letter) -> QuerySet[Letter]:
    """The letter, as long as the claim of this round stands: one whose lease ran out may be another's by now."""
    return Letter.objects.filter(pk=letter.pk, claimed_until=letter.claimed_until)


def _give_back(letter: Letter, *, now: datetime, error: str) -> None:
    """Nothing was tried: the attempt does not count."""
    _claimed(letter).update(
        attempts=letter.attempts - 1, next_try_at=now + rules.SERVER_PAUSE, error=error, claimed_until=None
    )


def _opened(server: BaseEmailBackend) -> str:
    """Why the mail server cannot be used; "" when it can."""
    if not settings.EMAIL_HOST:
        return "no mail server is set (KEMBAR_MAIL_SERVER)"
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as fault:
        return _in_words(fault)
    return ""


@contextlib.contextmanager
def _mail_server() -> Iterator[BaseEmailBackend]:
    """One line to the mail server for a whole round, opened by the first letter."""
    server = get_connection()
    try:
        yield server
    finally:
        _close(server)


def _close(server: BaseEmailBackend) -> None:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.close()


def _send(letter: Letter, *, server: BaseEmailBackend, now: datetime) -> str:
    """The state of the letter after one attempt."""
    try:
        server.send_messages([_message(letter)])
    except (smtplib.SMTPException, OSError) as fault:
        if not isinstance(fault, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            _close(server)  # the line is cut; the next letter gets a new one
        return _not_sent(letter, now=now, error=_in_words(fault), final=_is_final(fault))
    except ValueError as fault:
        return _not_sent(letter, now=now, error=_in_words(fault), final=True)
    # Never the words themselves: they may have been erased while the letter went out.
    secret = {"text": ""} if letter.confidential and not settings.KEMBAR_SAMPLE else {}
    done = {"state": LetterState.SENT, "sent_at": now, "error": "", "claimed_until": None}
    Letter.objects.filter(pk=letter.pk).update(**done, **secret)
    return LetterState.SENT


def _not_sent(letter: Letter, *, now: datetime, error: str, final: bool) -> str:
    again = None if final else rules.next_try(now, attempts=letter.attempts)
    state = LetterState.WAITING if again else LetterState.FAILED
    rows = _claimed(letter)
    rows.filter(state=LetterState.WAITING).update(state=state, next_try_at=again or now, error=error)
    rows.update(claimed_until=None)
    return state


def _is_final(fault: Exception) -> bool:
    """Whether the server will say the same tomorrow: it does not take this address, or this letter."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= 500


def _in_words(fault: Exception) -> str:
    return clean(f"{type(fault).__name__}: {fault}")[:500]


def _message(letter: Letter) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https:"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=letter.heading,
        body=letter.text + "\n",
        to=[letter.to_address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    if letter.html:
        page = rules.as_html(letter.text, language=letter.language, heading=letter.heading)
        message.attach_alternative(page, "text/html")
    return message

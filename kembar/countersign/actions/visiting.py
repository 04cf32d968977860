"""Opening a request without an account: a code goes by mail to the addressee, and whoever enters it is let in."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from kembar.countersign import notices, rules
from kembar.countersign.actions.asking import hand_on
from kembar.countersign.models import Request
from kembar.countersign.rules import Closed, Tried
from kembar.mailbox.actions import withdraw


class RequestClosed(Exception):
    """The request cannot be opened any more; `why` says why."""

    def __init__(self, why: Closed) -> None:
        self.why = why
        super().__init__(why.value)


class Locked(Exception):
    """So many codes were wrong that the link is shut until `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until.isoformat())


class TooManyCodes(Exception):
    """As many codes were sent within the hour as are allowed."""


@transaction.atomic
def send_code(asked: Request, *, now: datetime) -> None:
    """A new code goes to the addressee; the one before it opens nothing any more.

    Raises RequestClosed, Locked, TooManyCodes.
    """
    row = _open(asked, now=now)
    if row.codes_since is None or row.codes_since + timedelta(hours=1) <= now:
        row.codes_since, row.codes_sent = now, 0
    if row.codes_sent >= rules.CODES_AN_HOUR:
        raise TooManyCodes
    digits = f"{secrets.randbelow(10**6):06d}"
    row.codes_sent += 1
    row.code_hash, row.code_sent_at = _kept(row, digits=digits), now
    row.save(update_fields=["codes_since", "codes_sent", "code_hash", "code_sent_at"])
    withdraw(f"confirmation:{row.pk}", office_id=row.office_id, kind="confirmation_code")
    hand_on(row, notice=notices.code(row, digits=digits))


@transaction.atomic
def enter_code(asked: Request, *, text: str, now: datetime) -> Tried:
    """Whether the code opens the request. A code opens once; what was wrong is counted also when nothing is opened."""
    row = Request.objects.select_for_update(of=("self",)).select_related("office__local_government").get(pk=asked.pk)
    if row.closed(now):
        return Tried.CLOSED
    if row.locked_until is not None and now < row.locked_until:
        return Tried.LOCKED
    if not row.code_hash or row.code_sent_at is None or row.code_sent_at + rules.CODE_LASTS <= now:
        return Tried.RUN_OUT
    if constant_time_compare(_kept(row, digits=rules.digits(text)), row.code_hash):
        row.code_hash, row.wrong_in_a_row, row.locked_until = "", 0, None
        row.save(update_fields=["code_hash", "wrong_in_a_row", "locked_until"])
        return Tried.IN
    row.wrong_in_a_row += 1
    row.wrong_in_all += 1
    shut = row.wrong_in_a_row >= rules.WRONG_CODES
    if shut:
        row.code_hash, row.wrong_in_a_row, row.locked_until = "", 0, now + rules.LOCK_LASTS
    row.save(update_fields=["code_hash", "wrong_in_a_row", "wrong_in_all", "locked_until"])
    if row.closed(now):
        return Tried.CLOSED
    return Tried.LOCKED if shut else Tried.WRONG


def _open(asked: Request, *, now: datetime) -> Request:
    row = Request.objects.select_for_update(of=("self",)).select_related("office__local_government").get(pk=asked.pk)
    why = row.closed(now)
    if why is not None:
        raise RequestClosed(why)
    if row.locked_until is not None and now < row.locked_until:
        raise Locked(row.locked_until)
    return row


def _kept(row: Request, *, digits: str) -> str:
    """Six digits are guessed from a plain hash in a moment: the secret of the instance is part of it."""
    return salted_hmac("kembar.countersign.code", f"{row.pk}:{digits}", algorithm="sha256").hexdigest()

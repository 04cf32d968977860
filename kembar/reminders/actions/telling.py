"""What was reached is recorded once, and who is due gets a digest. Told again, nothing is told twice."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.journal.actions import Line, record_all
from kembar.mailbox.actions import post
from kembar.mailbox.queries import not_sent
from kembar.mailbox.states import LetterState
from kembar.people.models import Account
from kembar.reminders import notices
from kembar.reminders.digest import Part, Told
from kembar.reminders.facts import Facts, Key, Passed, found_in
from kembar.reminders.models import Digest, Found
from kembar.reminders.rules import leaves_at


@transaction.atomic
def note_found(office: Office, *, facts: Facts, by: Actor, now: datetime) -> dict[Key, datetime]:
    """Records what holds today and was not recorded yet; that a promise went to somebody stands in the journal too.
    What was recorded now."""
    require(by, Permission.KEEP_REGISTER, office_id=office.pk)
    # Two passes at a time wait for each other here.
    Office.objects.select_for_update().get(pk=office.pk)
    known = found_in([office.pk])[office.pk]
    new = [key for key in dict.fromkeys(facts.reached) if key not in known]
    rows = [Found(office=office, kind=key[0], subject=key[1], step=key[2], day=key[3], at=now) for key in new]
    Found.objects.bulk_create(rows, batch_size=500)
    wanted = set(new)
    record_all(_lines(one for one in facts.passed if one.key in wanted), by=by, office_id=office.pk)
    return dict.fromkeys(new, now)


def _lines(passed: Iterable[Passed]) -> list[Line]:
    return [
        Line("commitment.passed_on", subject=one.promise.key, about=one.promise.partnership.key,
             facts={"what": one.promise.what, "passed_to": one.step, "days": one.days})
        for one in passed
    ]  # fmt: skip


@transaction.atomic
def tell(
    account: Account, *, by: Actor, parts: Sequence[Part], every: str, whole: bool, on: date, now: datetime
) -> str:  # fmt: skip
    """The letter, and that it was written: digest, urgent, empty, or "" where it was told before; one dropped before
    it left told nothing. `on` is the day by the reader's own clock; `whole` the digest they asked for."""
    for part in parts:
        require(by, Permission.READ_DESK, office_id=part.office_id)
    row, is_new = Digest.objects.select_for_update().get_or_create(
        account=account, on=on, whole=whole, defaults={"made_at": now}
    )
    if not is_new and not _was_dropped(row):
        return ""
    if not parts:
        return "empty"
    letter = _post(account, parts=parts, every=every if whole else "", today=on, whole=whole)
    Digest.objects.filter(pk=row.pk).update(letter_id=letter, made_at=now)
    return "digest" if whole else "urgent"


def _was_dropped(row: Digest) -> bool:
    """Whether its letter was withdrawn before it left, because its reader left one of their offices."""
    letter = row.letter_id or 0
    return not_sent([letter]).get(letter) == LetterState.DROPPED


def _post(account: Account, *, parts: Sequence[Part], every: str, today: date, whole: bool) -> int:
    """The number of the letter. It belongs to no office: nobody but its reader sees it."""
    notice = notices.digest(account, Told(today, parts), every=every)
    kind = "digest" if whole else "digest_urgent"
    letter = post(
        account.email, office_id=None, language=account.language, heading=notice.heading, text=notice.text, kind=kind,
        about=f"account:{account.pk}", unsubscribe=notice.leave, not_before=leaves_at(today, zone=account.time_zone),
    )  # fmt: skip
    return int(letter.pk)

"""What people do with their own account, and what is counted while they sign in."""

from zoneinfo import available_timezones

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kembar.access.permissions import Actor
from kembar.journal.actions import record
from kembar.lib.text import clean
from kembar.people import notices
from kembar.people.actions.letters import hand_on
from kembar.people.models import Account, WrongTries
from kembar.people.notices import Change
from kembar.people.queries import NoSuchAccount
from kembar.people.rules import LOCK_LASTS, fingerprint


class WrongProfile(Exception):
    """An account cannot be kept so; `reason` is name, language or time_zone."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@transaction.atomic
def set_password(account: Account, *, by: Actor, password: str) -> None:
    """A new password; every session but the one in use ends with it."""
    _require_own(account, by=by)
    account.set_password(password)
    account.save(update_fields=["password"])
    record("password.set", by=by, subject=f"account:{account.pk}", office_id=None)


@transaction.atomic
def change_profile(account: Account, *, by: Actor, name: str, language: str, time_zone: str) -> None:
    """Raises WrongProfile."""
    _require_own(account, by=by)
    name = clean(name)
    if not name or len(name) > 200:
        raise WrongProfile("name")
    if language not in dict(settings.LANGUAGES):
        raise WrongProfile("language")
    if time_zone not in available_timezones():
        raise WrongProfile("time_zone")
    given = {"name": name, "language": language, "time_zone": time_zone}
    changed = [field for field, value in given.items() if getattr(account, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(account, field, given[field])
    account.save(update_fields=changed)
    record("account.changed", by=by, subject=f"account:{account.pk}", office_id=None, facts={"fields": changed})


@transaction.atomic
def end_session(session_id: int, *, by: Actor) -> bool:
    """Signs this person out where that session is; False when they have no such session."""
    session = UserSession.objects.filter(pk=session_id, user_id=by.person_id).first()
    if session is None:
        return False
    session.end()
    record("session.ended", by=by, subject=f"account:{by.person_id}", office_id=None)
    return True


@transaction.atomic
def end_other_sessions(*, by: Actor, but: str) -> int:
    """Signs this person out everywhere but in the session with the key `but`; how many ended."""
    others = UserSession.objects.filter(user_id=by.person_id).exclude(session_key=but).order_by("id")
    ended = 0
    for session in others:
        session.end()
        ended += 1
    if ended:
        record("session.ended", by=by, subject=f"account:{by.person_id}", office_id=None, facts={"count": ended})
    return ended


@transaction.atomic
def tell_of_change(account: Account, *, by: Actor, change: Change) -> None:
    """The letter and the journal line for what the sign-in library has changed."""
    _require_own(account, by=by)
    record("sign_in.changed", by=by, subject=f"account:{account.pk}", office_id=None, facts={"change": change.value})
    hand_on(notices.sign_in_changed(account, change=change))


def post_password_link(account: Account, *, path: str) -> None:
    """The letter with the way to a new password. Nobody is asked: it goes to the account's own address only."""
    hand_on(notices.password_forgotten(account, path=path, lasts=settings.PASSWORD_RESET_LASTS))


@transaction.atomic
def count_wrong_try(door: str) -> None:
    """One more wrong password or code on this door; after a lock has run out the count begins anew."""
    now = timezone.now()
    key = fingerprint(door)
    WrongTries.objects.filter(pk=key, last_at__lte=now - LOCK_LASTS).delete()
    if not WrongTries.objects.filter(pk=key).update(failures=F("failures") + 1, last_at=now):
        _, is_new = WrongTries.objects.get_or_create(pk=key, defaults={"failures": 1, "last_at": now})
        if not is_new:
            WrongTries.objects.filter(pk=key).update(failures=F("failures") + 1, last_at=now)


@transaction.atomic
def forget_wrong_tries(door: str) -> None:
    """Somebody got in: what went wrong before is forgotten."""
    WrongTries.objects.filter(pk=fingerprint(door)).delete()


def _require_own(account: Account, *, by: Actor) -> None:
    if not by.is_system and by.person_id != account.pk:
        raise NoSuchAccount(account.pk)

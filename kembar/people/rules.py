"""What follows about people from what is known: terms of office, standing of a membership, how long a lock lasts."""

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kembar.lib.dates import EdtfDate

INVITATION_LASTS = timedelta(days=7)
# How long an access token may be made to last, in days; the middle one is offered.
TOKEN_LASTS = (7, 30, 90, 180, 365)
TOKEN_LASTS_USUALLY = 90
# Wrong tries in a row on one account or address; then the door stays shut for a while, for everyone who tries it.
TRIES = 20
LOCK_LASTS = timedelta(minutes=30)
# Files and texts a member may hand in within a minute: nobody at a desk does, a program gone astray does.
HANDED_IN = 60
# What people type into the fields of a form is shorter, in bytes; beyond that a form is taken for a text handed in.
LONG_FORM = 4000


class Covers(StrEnum):
    """Whether somebody held a post on a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def covers(day: EdtfDate | None, *, since: EdtfDate | None, until: EdtfDate | None) -> Covers:
    """Whether a term from `since` to `until` (the last day in the post) covers the day; None is "not known".

    Only what is certain counts: a term known as 2018 to 2023 neither covers nor misses a day in March 2018.
    """
    if day is None:
        return Covers.UNKNOWN
    if since is not None and day.certainly_before(since):
        return Covers.NO
    if until is not None and until.certainly_before(day):
        return Covers.NO
    if since is not None and until is not None and since.certainly_by(day) and day.certainly_by(until):
        return Covers.YES
    return Covers.UNKNOWN


def together(answers: Iterable[Covers]) -> Covers:
    """What several terms of one person say of a day: one that covers it is enough; NO only where none might."""
    said = set(answers)
    if Covers.YES in said:
        return Covers.YES
    return Covers.NO if said == {Covers.NO} else Covers.UNKNOWN


def is_flagged(day: EdtfDate | None, *, since: EdtfDate | None, until: EdtfDate | None) -> bool:
    """Whether a signature of that day is flagged: the term is known not to cover it. An unknown term is no fault."""
    return covers(day, since=since, until=until) is Covers.NO


def is_member(today: date, *, since: date, until: date | None, voided: bool) -> bool:
    """Whether a membership holds today. `until` is the first day on which it no longer does."""
    return not voided and since <= today and (until is None or today < until)


def ends_before_it_begins(since: EdtfDate | None, until: EdtfDate | None) -> bool:
    return since is not None and until is not None and until.certainly_before(since)


@dataclass(frozen=True, slots=True)
class FromDirectory:
    """Somebody as the city's directory vouches for them."""

    issuer: str
    subject: str
    email: str  # "" unless it is known to be theirs
    strong: bool  # whether the directory has seen a second factor just now


def from_directory(
    said: Mapping[str, object], *, issuer: str, trusts_mail: bool, strong: Collection[str]
) -> FromDirectory:
    """What is believed of what the directory says (OpenID Connect Core 1.0, 5.1 and 2; RFC 8176 for `amr`)."""
    verified = trusts_mail or said.get("email_verified") in (True, "true")
    email = said.get("email")
    methods = said.get("amr")
    seen = {said.get("acr"), *(methods if isinstance(methods, list) else [methods])}
    return FromDirectory(
        issuer, str(said["sub"]), email.strip().lower() if verified and isinstance(email, str) else "",
        any(word in seen for word in strong),
    )  # fmt: skip


def is_address_in(email: str, domains: Collection[str]) -> bool:
    """Whether the address belongs to one of the domains themselves; a domain below one is another one."""
    return email.rpartition("@")[2].lower() in domains


def is_locked(failures: int, *, last: datetime, now: datetime) -> bool:
    """Whether a door on which `failures` tries in a row went wrong, the last one then, is still shut."""
    return failures >= TRIES and now < last + LOCK_LASTS


def sample_secret(email: str) -> str:
    """The secret of a sample account's authenticator app: the same on every sample instance, so that a guide can say
    what to do. Never given to an account of a person.
    """
    return base64.b32encode(hashlib.sha256(f"kembar sample {email}".encode()).digest()[:20]).decode()


def fingerprint(text: str) -> str:
    """What is kept of a secret that somebody will show again, and of an address nobody here need know."""
    return hashlib.sha256(text.encode()).hexdigest()


def password_door(email: str) -> str:
    """What wrong passwords are counted under."""
    return f"password:{email.strip().lower()}"


def code_door(account_id: int) -> str:
    """What wrong codes are counted under."""
    return f"code:{account_id}"

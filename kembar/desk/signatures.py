"""What the electronic signatures inside a file say, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kembar.desk.place import Place
from kembar.files.queries import signature_checks_of
from kembar.files.rules import Signature
from kembar.files.states import Refusal, Revocation, Verdict

_TAGS = {"trusted": "accepted", "unsigned": ""}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature. `said`: by the signer's own clock; `proven`: by a time stamp that is trusted; `stamped`: by one
    whose issuer is not known here. `revocation`: of the certificate, as of `as_of`; "" where nobody asked."""

    signer: str
    organisation: str
    issuer: str
    words: str
    said: datetime | None
    proven: datetime | None
    stamped: datetime | None
    stamper: str
    revocation: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What the newest look at a file found."""

    words: str
    tag: str
    lines: tuple[SignatureLine, ...]
    by: str
    at: datetime
    checker: str


def signed_of(file_ids: Iterable[int], place: Place) -> dict[int, Signed]:
    """File → what its signatures say, for files that were looked at. One query."""
    found = {}
    for number, row in signature_checks_of(file_ids).items():
        words = str(Refusal(row.refused).label) if row.refused else str(Verdict(row.verdict).label)
        found[number] = Signed(
            words, _TAGS.get(row.verdict, "warn"), tuple(_line(one, place) for one in row.found), row.checked_by,
            row.checked_at.astimezone(place.zone), row.checker,
        )  # fmt: skip
    return found


def _line(one: Signature, place: Place) -> SignatureLine:
    said, proven, stamped, as_of = (
        datetime.fromisoformat(text).astimezone(place.zone) if text else None
        for text in (one.said, one.proven, one.stamped, one.revocation_as_of)
    )
    revocation = str(Revocation(one.revocation).label) if one.revocation else ""
    return SignatureLine(
        one.signer, one.organisation, one.issuer, str(Verdict(one.verdict).label), said, proven, stamped, one.stamper,
        revocation, as_of,
    )  # fmt: skip

"""Adding papers, signatures and approvals. What they say comes from claims: see stepping.py."""

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.models import Approval, Instrument, Signature
from kembar.cities.models import LocalGovernment
from kembar.journal.actions import record
from kembar.partnerships.models import Partnership


class AnotherFile(Exception):
    """The two papers do not lie in the same file."""


@transaction.atomic
def add_instrument(
    *, by: Actor, partnership: Partnership, kind: str, title: str = "", parent: Instrument | None = None
) -> Instrument:
    """A paper in the file; it counts for nothing until a claim about it is accepted. Raises AnotherFile."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    if parent is not None and parent.partnership_id != partnership.pk:
        raise AnotherFile
    paper = Instrument.objects.create(
        office_id=partnership.office_id, partnership=partnership, kind=kind, title=title, parent=parent
    )
    record("instrument.added", by=by, subject=paper.key, about=partnership.key, office_id=partnership.office_id,
           facts={"kind": kind})  # fmt: skip
    return paper


@transaction.atomic
def add_signature(
    *,
    by: Actor,
    instrument: Instrument,
    party: LocalGovernment,
    place: str = "",
    signatory: str = "",
    post: str = "",
    mode: str = "not_known",
) -> Signature:
    """The signature event of one party, the existing one when there is one already."""
    require(by, Permission.KEEP_REGISTER, office_id=instrument.office_id)
    signature, made = Signature.objects.get_or_create(
        instrument=instrument,
        party=party,
        defaults={"office_id": instrument.office_id, "place": place, "signatory": signatory, "post": post,
                  "mode": mode},
    )  # fmt: skip
    if made:
        record("signature.added", by=by, subject=signature.key, about=f"partnership:{instrument.partnership_id}",
               office_id=instrument.office_id, facts={"party": party.english_name})  # fmt: skip
    return signature


@transaction.atomic
def add_approval(*, by: Actor, partnership: Partnership, kind: str, instrument: Instrument | None = None) -> Approval:
    """An approval on the road of this partnership. Raises AnotherFile."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    if instrument is not None and instrument.partnership_id != partnership.pk:
        raise AnotherFile
    approval = Approval.objects.create(
        office_id=partnership.office_id, partnership=partnership, kind=kind, instrument=instrument
    )
    record("approval.added", by=by, subject=approval.key, about=partnership.key, office_id=partnership.office_id,
           facts={"kind": kind})  # fmt: skip
    return approval

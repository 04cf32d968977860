"""Adding papers, signatures and approvals. What they say comes from claims: see stepping.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.agreements.models import Approval, Instrument, Signature
from kembar.cities.models import LocalGovernment
from kembar.journal.actions import Line, record, record_all
from kembar.partnerships.models import Partnership


class AnotherFile(Exception):
    """The two papers do not lie in the same file."""


@transaction.atomic
def add_instrument(
    *, by: Actor, partnership: Partnership, kind: str, title: str = "", parent: Instrument | None = None
) -> Instrument:
    """A paper in the file; it counts for nothing until a claim about it is accepted. Raises AnotherFile."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    new = NewPaper(partnership, kind, title, parent)
    return add_instruments([new], by=by, office_id=partnership.office_id)[0]


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper as it is added to its file."""

    partnership: Partnership
    kind: str
    title: str = ""
    parent: Instrument | None = None


@transaction.atomic
def add_instruments(papers: Sequence[NewPaper], *, by: Actor, office_id: int) -> list[Instrument]:
    """The same for many papers of the office, in their order. Raises AnotherFile; then none is added."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    if any(new.parent is not None and new.parent.partnership_id != new.partnership.pk for new in papers):
        raise AnotherFile
    added = Instrument.objects.bulk_create(
        [
            Instrument(office_id=office_id, partnership=new.partnership, kind=new.kind, title=new.title,
                       parent=new.parent)
            for new in papers
        ],
        batch_size=500,
    )  # fmt: skip
    record_all(
        (
            Line("instrument.added", subject=paper.key, about=f"partnership:{paper.partnership_id}",
                 facts={"kind": paper.kind})
            for paper in added
        ),
        by=by, office_id=office_id,
    )  # fmt: skip
    return added


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

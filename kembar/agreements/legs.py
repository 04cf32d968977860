"""How long each leg of the road took, over a whole office: read as values, for a forecast looks at every paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from kembar.agreements import rules
from kembar.agreements.models import Approval, Instrument
from kembar.partnerships.models import Partnership
from kembar.partnerships.states import Standing


@dataclass(frozen=True, slots=True)
class PartnerLeg:
    """One leg of one partner's road."""

    partnership: Partnership
    leg: rules.Leg


def lead_times(office_id: int) -> list[PartnerLeg]:
    """The legs of all partnerships of the office whose ends are known to the day, by partner. A fixed number of
    queries."""
    found: dict[int, list[rules.Leg]] = {}
    for file_id, leg in legs(office_id):
        found.setdefault(file_id, []).append(leg)
    files = Partnership.objects.filter(office_id=office_id).select_related("partner").order_by("slug", "id")
    return [PartnerLeg(file, leg) for file in files for leg in found.get(file.pk, ())]


def legs(office_id: int) -> Iterator[tuple[int, rules.Leg]]:
    """(number of the file, leg) of every file of the office; two queries."""
    papers: dict[int, list[rules.Paper]] = {}
    rows = Instrument.objects.filter(office_id=office_id).order_by("id")
    columns = ("partnership_id", "id", "kind", "standing", "concluded", "parent_id", "supersedes_id")
    for file_id, number, kind, standing, concluded, parent_id, supersedes_id in rows.values_list(*columns):
        paper = rules.Paper(number, kind, standing == Standing.ACCEPTED, concluded, parent_id=parent_id,
                            supersedes_id=supersedes_id)  # fmt: skip
        papers.setdefault(file_id, []).append(paper)
    approvals: dict[int, list[rules.Approved]] = {}
    accepted = Approval.objects.filter(office_id=office_id, standing=Standing.ACCEPTED).order_by("id")
    for file_id, kind, day in accepted.values_list("partnership_id", "kind", "date"):
        approvals.setdefault(file_id, []).append(rules.Approved(kind, day))
    for file_id in sorted({*papers, *approvals}):
        file = rules.File(kind="", papers=tuple(papers.get(file_id, ())), approvals=tuple(approvals.get(file_id, ())))
        for leg in rules.lead_times(file):
            yield file_id, leg

"""Cases of the sample story: real partners on the legal road, as far as public sources tell.

Steps point at what the register holds already. Where no source tells of a letter of a ministry the step is left out
and the reason says so: nothing is invented.
"""

from dataclasses import dataclass, field

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.partnerships.queries import file
from kembar.procedure.actions import Done, Planned, finish, open_case, skip
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries import template

NOT_FOUND = "Riwayat: surat untuk langkah ini tidak ditemukan pada sumber publik."


@dataclass(frozen=True)
class Walk:
    """One case: the partner's file, what it is to end in, and its steps with the day each ended ("" left out)."""

    partner: str
    subject: str
    opened: str
    steps: tuple[tuple[str, str], ...] = ()
    kind: str = "new_tie"
    road: str = ""
    scope: tuple[str, ...] = ()
    term: str = ""
    more: dict[str, str] = field(default_factory=dict)


_LEFT_OUT = ("ministry_verification", "drafting", "interministerial_review", "initialling", "ministerial_approval",
             "full_powers")  # fmt: skip
WALKS = (
    Walk(
        "daegu", "Kota kembar Bandung dan Daegu", "2022",
        steps=(("initiative", "2022"), ("exploration", "2022"), ("letter_of_intent", "2022-10-26"),
               ("cooperation_plan", "2024"), ("council_commission", "2024-11-11"), ("council_plenary", "2025-03-25")),
        term="P5Y",
    ),
    Walk(
        "nanning", "Kota kembar Bandung dan Nanning", "2025",
        steps=(("initiative", "2025"), ("exploration", "2025"), ("letter_of_intent", "2025-03-25")),
    ),
    Walk("petaling-jaya", "Pembaruan kerja sama Bandung dan Petaling Jaya", "2023-02-17", kind="extension"),
    Walk(
        "melbourne", "Kota kembar Bandung dan Melbourne", "2019",
        steps=(("initiative", "2019"), ("exploration", "2019"), ("letter_of_intent", "2019-05-10"),
               ("cooperation_plan", "2023"), ("council_commission", ""), ("council_plenary", "2023-03-30"),
               *((step, "") for step in _LEFT_OUT), ("signing", "[..2024-04-24]")),
    ),
)  # fmt: skip


def tell(office: Office) -> None:
    """Opens and walks each case once; told again it changes nothing."""
    for walk in WALKS:
        partnership = file(walk.partner, office_id=office.pk)
        if queries.of_partnership(partnership.pk, office_id=office.pk).exists():
            continue
        planned = Planned(
            kind=walk.kind, subject=walk.subject, opened_on=parse_edtf(walk.opened), scope=walk.scope,
            planned_term=walk.term, road=template(walk.road) if walk.road else None,
        )  # fmt: skip
        case = open_case(planned, by=SYSTEM, partnership=partnership, confirmed=("level_differs",))
        for step, on in walk.steps:
            case = _take(case, step, on)


def _take(case: queries.Case, step: str, on: str) -> queries.Case:
    at = queries.road_of(case).step(step)
    known = queries.records_for(at, case=case) if at else []
    if not on:
        day = parse_edtf("2023/2024")
        return skip(case, by=SYSTEM, step=step, reason=NOT_FOUND, on=day, seen=case.version)
    record = next((one.key for one in known if one.day and one.day.edtf == on), "")
    done = Done(on=parse_edtf(on), known=record, clearance=NOT_FOUND if step == "signing" else "")
    confirmed = ("duplicate", "similar", "not_in_plan")
    return finish(case, by=SYSTEM, step=step, done=done, seen=case.version, confirmed=confirmed)

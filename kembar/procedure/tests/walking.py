"""An office with a file and a case on it, and short words for walking the road, for the tests of this folder."""

from typing import Any

from kembar.access.permissions import SYSTEM
from kembar.cities.actions import adopt
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.procedure.actions import Done, Planned, finish, open_case
from kembar.procedure.models import Case

TO_COUNCIL = ("initiative", "exploration", "letter_of_intent", "cooperation_plan", "council_commission",
              "council_plenary")  # fmt: skip
GATES = ("ministry_verification", "drafting", "interministerial_review", "initialling", "ministerial_approval",
         "full_powers")  # fmt: skip


def file(office: Office, name: str = "Nanning", country: str = "CN", kind: str = "sister") -> Partnership:
    partner = adopt(find(name, country=country), by=SYSTEM)
    return open_file(by=SYSTEM, office=office, partner=partner, kind=kind)


def planned(**given: Any) -> Planned:
    known: dict[str, Any] = {"kind": "new_tie", "subject": "Kota kembar Bandung dan Nanning",
                             "opened_on": parse_edtf("2020-01-02")}  # fmt: skip
    return Planned(**(known | given))


def opened(file: Partnership, confirmed: tuple[str, ...] = (), **given: Any) -> Case:
    return open_case(planned(**given), by=SYSTEM, partnership=file, confirmed=confirmed)


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def do(case: Case, step: str, on: str, **given: Any) -> Case:
    """The step is done on that day, everything doubtful looked at."""
    partner_on = given.pop("partner_on", "")
    confirmed = given.pop("confirmed", ("duplicate", "similar"))
    done = Done(on=parse_edtf(on), partner_on=parse_edtf(partner_on) if partner_on else None, **given)
    current = now(case)
    return finish(current, by=SYSTEM, step=step, done=done, seen=current.version, confirmed=confirmed)


def walk(case: Case, *steps: str, on: str, **given: Any) -> Case:
    for step in steps:
        signatory = {"signatory": "Bambang Tirtoyuliono"} if step == "full_powers" else {}
        case = do(case, step, on, **(signatory | given))
    return case

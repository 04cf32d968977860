"""How a step ended, and the record of the register that says so already."""

from dataclasses import dataclass

from kembar.agreements.claims_file import scope_of
from kembar.agreements.queries import values_of
from kembar.lib.dates import EdtfDate
from kembar.procedure.actions.refusing import WrongStep
from kembar.procedure.models import Case
from kembar.procedure.queries import cases as queries
from kembar.procedure.template import Step


@dataclass(frozen=True, slots=True)
class Done:
    """How a step ended. `number`: of its paper; `document_id`: a source on file that shows it, else the step's own
    paper becomes one. `scope`, `term`, `conditions`: of an approval or a signed paper. `partner_on`: the day of the
    partner's signature where the two signed apart. `clearance`: why fields that the council did not approve are signed
    all the same."""

    on: EdtfDate
    number: str = ""
    note: str = ""
    signatory: str = ""
    partner_signatory: str = ""
    partner_on: EdtfDate | None = None
    document_id: int | None = None
    scope: tuple[str, ...] = ()
    term: str = ""
    conditions: str = ""
    languages: tuple[str, ...] = ()
    prevailing: str = ""
    clearance: str = ""
    effective: EdtfDate | None = None  # from when a notice ends the paper
    known: str = ""  # the register's record of it (`approval:7`), where it is on file already


def last_day(done: Done) -> EdtfDate:
    """The day of the last signature."""
    return max(done.on, done.partner_on or done.on, key=lambda day: day.sort_key)


def known_record(now: Case, *, at: Step, done: Done) -> str:
    """The record of this step on file already, not entered a second time. Raises WrongStep: unknown, another_day where
    the record is certainly of another day than the one said here."""
    found = next((one for one in queries.records_for(at, case=now) if one.key == done.known), None)
    if found is None:
        raise WrongStep("known", code="unknown")
    day = last_day(done)
    if found.day and (found.day.certainly_before(day) or day.certainly_before(found.day)):
        raise WrongStep("on", code="another_day")
    return found.key


def signed_scope(now: Case, *, at: Step, done: Done) -> list[str]:
    """What is signed: as typed, or as the register holds it of a paper on file. Raises WrongStep."""
    if not done.known:
        return list(done.scope)
    return scope_of(values_of(known_record(now, at=at, done=done), office_id=now.office_id)["scope"])

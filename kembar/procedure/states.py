"""The life of a case on one page: the stages of the road, how a case stands, and every deed on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kembar.access.permissions import Permission


class Kind(models.TextChoices):
    """What a case is to end in."""

    NEW_TIE = "new_tie", _("new tie")
    EXTENSION = "extension", _("extension")
    AMENDMENT = "amendment", _("amendment")
    ARRANGEMENT = "implementing_arrangement", _("implementing arrangement")
    TERMINATION = "termination", pgettext_lazy("case", "termination")


class Stage(models.TextChoices):
    """How far a case has come: the last stage whose step is done, in the order of the road."""

    BEGUN = "", pgettext_lazy("stage", "begun")
    INITIATIVE = "initiative", pgettext_lazy("stage", "initiative")
    EXPLORATION = "exploration", pgettext_lazy("stage", "explored")
    LOI_SIGNED = "loi_signed", pgettext_lazy("stage", "letter of intent signed")
    PLAN_READY = "plan_ready", pgettext_lazy("stage", "plan ready")
    COUNCIL_COMMISSION = "council_commission", pgettext_lazy("stage", "heard by the council commission")
    COUNCIL_APPROVED = "council_approved", pgettext_lazy("stage", "approved by the council")
    MINISTRY_VERIFICATION = "ministry_verification", pgettext_lazy("stage", "verified by the ministry")
    DRAFTING = "drafting", pgettext_lazy("stage", "drafted")
    INTERMINISTERIAL_REVIEW = "interministerial_review", pgettext_lazy("stage", "reviewed by the ministries")
    INITIALLED = "initialled", pgettext_lazy("stage", "initialled")
    MINISTERIAL_APPROVAL = "ministerial_approval", pgettext_lazy("stage", "approved by the minister")
    FULL_POWERS = "full_powers", pgettext_lazy("stage", "full powers given")
    SIGNED = "signed", pgettext_lazy("stage", "signed")
    DEPOSITED = "deposited", pgettext_lazy("stage", "deposited")


class Standing(models.TextChoices):
    """Whether a case moves, waits or is over."""

    RUNNING = "running", pgettext_lazy("case", "running")
    RETURNED = "returned", pgettext_lazy("case", "sent back for revision")
    WAITING_PARTNER = "waiting_partner", pgettext_lazy("case", "waiting for the partner")
    WAITING_MINISTRY = "waiting_ministry", pgettext_lazy("case", "waiting for the ministry")
    SUSPENDED = "suspended", pgettext_lazy("case", "suspended")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "withdrawn")
    REJECTED = "rejected", pgettext_lazy("case", "rejected")


MOVING = frozenset({"running", "returned"})
PAUSED = frozenset({"waiting_partner", "waiting_ministry", "suspended"})
OPEN = MOVING | PAUSED
OVER = frozenset({"closed", "withdrawn", "rejected"})


@dataclass(frozen=True, slots=True)
class Move:
    """One deed on a case: from which standing, to which, who, what the button says, whether it asks for a reason."""

    begin: frozenset[str]
    to: str
    who: Permission
    label: str | Promise
    reason: bool = True


_OFFICER = Permission.MOVE_CASES
# move             from     to                  who       what the button says                        asks a reason
MOVES: Mapping[str, Move] = {
    "done":         Move(MOVING, "running",          _OFFICER, pgettext_lazy("step", "Done"), reason=False),
    "skip":         Move(MOVING, "running",          _OFFICER, pgettext_lazy("step", "Leave out")),
    "send-back":    Move(MOVING, "returned",         _OFFICER, _("Sent back for revision")),
    "wait-partner": Move(MOVING, "waiting_partner",  _OFFICER, _("Wait for the partner")),
    "wait-ministry": Move(MOVING, "waiting_ministry", _OFFICER, _("Wait for the ministry")),
    "suspend":      Move(MOVING, "suspended",        _OFFICER, pgettext_lazy("case", "Suspend")),
    "resume":       Move(PAUSED, "running",          _OFFICER, pgettext_lazy("case", "Resume")),
    "chase":        Move(OPEN,   "",                 _OFFICER, _("Asked again")),
    "withdraw":     Move(OPEN,   "withdrawn",        _OFFICER, pgettext_lazy("case", "Withdraw")),
    "reject":       Move(OPEN,   "rejected",         _OFFICER, pgettext_lazy("case", "Rejected")),
    "close":        Move(MOVING, "closed",           _OFFICER, pgettext_lazy("case", "Close"), reason=False),
}  # fmt: skip
"""No move begins in closed, withdrawn or rejected: such a case is not reopened, a new one is opened."""


class Deed(models.TextChoices):
    """What became of a step."""

    DONE = "done", pgettext_lazy("step", "done")
    SKIPPED = "skipped", pgettext_lazy("step", "left out")
    RETURNED = "returned", pgettext_lazy("step", "sent back")
    REPORTED = "reported", pgettext_lazy("step", "reported by the partner")


class Requirement(models.TextChoices):
    """The nine requirements that pages of offices give for cooperation with a regional government abroad."""

    RELATIONS = "relations", _("The two countries have diplomatic relations")
    OWN_AFFAIRS = "own_affairs", _("The matter belongs to the affairs of the regional government")
    NO_OFFICE = "no_office", _("No representative office is opened abroad")
    NO_INTERFERENCE = "no_interference", _("The partner does not interfere in internal affairs")
    FITS_PLANS = "fits_plans", _("It fits national and regional policy and development plans")
    TRANSFERABLE = "transferable", _("Science and technology can be passed on to local people")
    EQUAL_STATUS = "equal_status", _("Administrative status or territory are equal")
    COMPLEMENTARY = "complementary", _("The two complement each other")
    PEOPLE = "people", _("It brings the people of both closer together")


# Those seen only with the sister kind; which belong to every cooperation is a reading of a flat list.
SISTER_ONLY = frozenset({Requirement.EQUAL_STATUS, Requirement.COMPLEMENTARY, Requirement.PEOPLE})


class Result(models.TextChoices):
    """What a check of a requirement came to."""

    OPEN = "open", pgettext_lazy("check", "not checked yet")
    MET = "met", pgettext_lazy("check", "met")
    JUSTIFIED = "justified", pgettext_lazy("check", "not met, with a justification")
    NOT_MET = "not_met", pgettext_lazy("check", "not met")


class Objects(models.TextChoices):
    """What a cooperation may be about."""

    SCIENCE = "science", _("science and technology development")
    CULTURE = "culture", _("cultural exchange")
    ABILITY = "ability", _("technical and government-management ability")
    PROMOTION = "promotion", _("promotion of regional potential")
    OTHER = "other", _("another object not contrary to law")


class Clause(models.TextChoices):
    """What the paper says of running activities when it is terminated."""

    CONTINUE = "continue", _("running activities are carried to completion")
    STOP = "stop", _("running activities end with the paper")
    NOT_KNOWN = "", pgettext_lazy("clause", "not known")


class Choice(models.TextChoices):
    """What an office does about a letter of intent that went stale."""

    REVIVE = "revive", _("Revive it")
    PARK = "park", _("Park it until a day")
    CLOSE = "close", _("Close it with the reason")

"""The life of a promise: which move leads from where to where and who makes it. Overdue is not a state: it follows.

No officer moves a promise to confirmed: the other side does, by its answer, and a later change moves it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kembar.access.permissions import Permission
from kembar.commitments import rules


class State(models.TextChoices):
    """What is kept in the table."""

    CLAIMED = rules.CLAIMED, pgettext_lazy("promise", "claimed")
    ACCEPTED = rules.ACCEPTED, pgettext_lazy("promise", "accepted")
    CONFIRMED = rules.CONFIRMED, pgettext_lazy("promise", "confirmed by the partner")
    IN_PROGRESS = rules.IN_PROGRESS, pgettext_lazy("promise", "under way")
    KEPT = rules.KEPT, pgettext_lazy("promise", "kept")
    PARTLY_KEPT = rules.PARTLY_KEPT, pgettext_lazy("promise", "partly kept")
    DROPPED = rules.DROPPED, pgettext_lazy("promise", "dropped")


SHOWN: Mapping[str, str | Promise] = {
    rules.CLAIMED: State.CLAIMED.label,
    rules.OVERDUE: pgettext_lazy("promise", "overdue"),
    rules.ACCEPTED: State.ACCEPTED.label,
    rules.CONFIRMED: State.CONFIRMED.label,
    rules.IN_PROGRESS: State.IN_PROGRESS.label,
    rules.KEPT: State.KEPT.label,
    rules.PARTLY_KEPT: State.PARTLY_KEPT.label,
    rules.DROPPED: State.DROPPED.label,
}
"""Every state as people read it, what asks for something first."""


class Side(models.TextChoices):
    """Who promised."""

    OWN = "own", _("our side")
    PARTNER = "partner", _("the partner")
    BOTH = "both", _("both sides")


class Modality(models.TextChoices):
    """How firmly the source says it."""

    PLANNED = "planned", _("promised or planned")
    OFFERED = "offered", _("offered")
    HOPED = "hoped", _("hoped for")
    DONE = "done", _("reported as done")


@dataclass(frozen=True, slots=True)
class Move:
    """One deed on a promise."""

    begin: frozenset[str]
    to: str
    who: Permission
    label: str | Promise


_OFFICER = Permission.KEEP_REGISTER
_OPEN, _SETTLED = rules.OPEN, rules.SETTLED
# move          from                        to                who          what the button says
MOVES: Mapping[str, Move] = {
    "accept":      Move(frozenset({"claimed"}), "accepted",    _OFFICER, pgettext_lazy("promise", "Accept")),
    "start":       Move(frozenset({"accepted", "confirmed"}), "in_progress", _OFFICER, _("Work has begun")),
    "keep":        Move(_OPEN,                  "kept",        _OFFICER, _("It was kept")),
    "keep-round":  Move(_OPEN,                  "in_progress", _OFFICER, _("This round was kept")),
    "keep-partly": Move(_OPEN,                  "partly_kept", _OFFICER, _("It was partly kept")),
    "drop":        Move(_OPEN,                  "dropped",     _OFFICER, _("It was dropped")),
    "reopen":      Move(_SETTLED,               "accepted",    _OFFICER, _("Take up again")),
}  # fmt: skip

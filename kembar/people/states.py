"""Codes and labels of people and posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Capacity(models.TextChoices):
    """In which capacity somebody holds a public office; Indonesian law knows four kinds of standing in."""

    UNKNOWN = "", pgettext_lazy("capacity", "not known")
    DEFINITIVE = "definitive", _("in their own right (definitive)")
    PLT = "plt", _("acting officer (Plt.)")
    PJ = "pj", _("caretaker (Pj.)")
    PLH = "plh", _("daily acting officer (Plh.)")
    PJS = "pjs", _("interim caretaker (Pjs.)")


class Purpose(models.TextChoices):
    """What a mailed link is for."""

    JOIN = "join", _("joining an office")
    RECOVER = "recover", _("setting up sign-in again")


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    OPEN = "open", pgettext_lazy("invitation", "waiting for an answer")
    USED = "used", pgettext_lazy("invitation", "used")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("invitation", "expired")


class TokenState(models.TextChoices):
    """What has become of an access token."""

    VALID = "valid", pgettext_lazy("token", "valid")
    EXPIRED = "expired", pgettext_lazy("token", "run out")
    REVOKED = "revoked", pgettext_lazy("token", "revoked")

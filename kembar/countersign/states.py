"""How somebody is asked, what they answered, and what has become of a request, in words."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How the question and the answer travel."""

    LINK = "link", pgettext_lazy("confirmation", "by mail, with a link and a code")
    SHEET = "sheet", pgettext_lazy("confirmation", "on a sheet of paper to be signed")


class Reply(models.TextChoices):
    """What the other side says of one content."""

    CONFIRM = "confirm", pgettext_lazy("confirmation", "confirmed")
    DISPUTE = "dispute", pgettext_lazy("confirmation", "disputed")
    KEPT = "kept", pgettext_lazy("confirmation", "reported as kept")


class Fell(models.TextChoices):
    """Why a confirmation no longer stands."""

    CHANGED = "changed", pgettext_lazy("confirmation", "the text was changed")
    WITHDRAWN = "withdrawn", pgettext_lazy("confirmation", "the other side took it back")


class Standing(models.TextChoices):
    """Where one asked content stands; derived, never stored."""

    WAITING = "waiting", pgettext_lazy("confirmation", "no answer yet")
    ASKED_AGAIN = "asked_again", pgettext_lazy("confirmation", "no answer yet, asked a second time")
    SILENT = "silent", pgettext_lazy("confirmation", "no answer")
    UNDELIVERED = "undelivered", pgettext_lazy("confirmation", "the letter could not be delivered")
    SHUT = "shut", pgettext_lazy("confirmation", "shut after too many wrong codes")
    REVOKED = "revoked", pgettext_lazy("confirmation", "taken back by the office")
    CLOSED = "closed", pgettext_lazy("confirmation", "no longer asked: it has been settled")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "confirmed")
    FALLEN = "fallen", pgettext_lazy("confirmation", "was confirmed, and has changed since")
    DISPUTED = "disputed", pgettext_lazy("confirmation", "disputed")
    KEPT = "kept", pgettext_lazy("confirmation", "reported as kept")

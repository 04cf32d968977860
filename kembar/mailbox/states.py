"""The life of a letter."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LetterState(models.TextChoices):
    """waiting → sent; waiting → failed after two days of refusals; waiting, failed → dropped; failed → waiting."""

    WAITING = "waiting", pgettext_lazy("letter", "waiting to be sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", pgettext_lazy("letter", "could not be sent")
    DROPPED = "dropped", pgettext_lazy("letter", "not to be sent any more")

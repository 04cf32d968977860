"""How often a digest comes, and what the night can find."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kembar.reminders import rules


class Every(models.TextChoices):
    """How often a member wants to be told."""

    DAILY = rules.DAILY, _("every working day, Monday to Friday")
    WEEKLY = rules.WEEKLY, _("every week, on Monday")
    NEVER = rules.NEVER, _("no digest")


class Kind(models.TextChoices):
    """What is said once and recorded: how near an end is, how old a letter of intent, whom a promise went to."""

    RENEWAL = "renewal"
    LETTER = "letter"
    ESCALATION = "escalation"

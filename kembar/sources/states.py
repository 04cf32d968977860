"""Kinds of documents, confidence and decisions, with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Decision(models.TextChoices):
    """What the office holds of a claim. Only this decides; confidence informs."""

    ACCEPTED = "accepted", pgettext_lazy("claim", "accepted")
    OPEN = "open", pgettext_lazy("claim", "open")
    REJECTED = "rejected", pgettext_lazy("claim", "rejected")


class Confidence(models.TextChoices):
    """How far the person who entered a claim trusts its source."""

    HIGH = "high", pgettext_lazy("confidence", "high")
    MEDIUM = "medium", pgettext_lazy("confidence", "medium")
    LOW = "low", pgettext_lazy("confidence", "low")
    UNKNOWN = "unknown", pgettext_lazy("confidence", "not judged")


class DocumentKind(models.TextChoices):
    """What sort of paper or page a source is."""

    PRESS = "press", _("press article")
    OFFICIAL = "official", _("official page or release")
    PAPER = "paper", _("signed paper")
    MINUTES = "minutes", _("minutes")
    LETTER = "letter", _("letter")
    STUDY = "study", _("study")
    BLOG = "blog", _("blog")
    OFFICE = "office", _("statement of the office")
    OTHER = "other", _("other source")


class Outcome(models.TextChoices):
    """What became of a visitor's report."""

    OPEN = "open", pgettext_lazy("report", "not answered yet")
    CORRECTED = "corrected", pgettext_lazy("report", "corrected")
    UNCHANGED = "unchanged", pgettext_lazy("report", "looked into, nothing changed")
    NO_REPORT = "no_report", pgettext_lazy("report", "not a report about this page")

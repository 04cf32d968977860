"""Kinds of partnerships and of events, with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kembar.sources.states import DocumentKind


class Kind(models.TextChoices):
    """What the cooperation is by its own papers; never more than they say."""

    SISTER = "sister", _("sister city cooperation")
    FRIENDSHIP = "friendship", _("friendship city cooperation")
    THEMATIC = "thematic", _("thematic cooperation")
    INSTITUTION = "institution", _("cooperation with an institution")
    NETWORK = "network", _("network of cities")


class EventKind(models.TextChoices):
    """What happened. Contact and exploration make a partner one being explored; the others do not."""

    CONTACT = "contact", _("first contact")
    EXPLORATION = "exploration", _("exploration")
    PREPARATION = "preparation", _("preparation of a paper")
    VISIT = "visit", _("visit")
    ACTIVITY = "activity", _("activity")


EXPLORING = frozenset({EventKind.CONTACT, EventKind.EXPLORATION})


class Standing(models.TextChoices):
    """Whether a record is a fact of the register: derived from the decisions on its claims, never typed."""

    ACCEPTED = "accepted", _("accepted")
    OPEN = "open", _("not decided")
    REJECTED = "rejected", _("rejected")


class AttachmentKind(models.TextChoices):
    """What sort of document lies in a file."""

    PAPER = "paper", pgettext_lazy("document in a file", "signed paper")
    DRAFT = "draft", pgettext_lazy("document in a file", "draft")
    LETTER = "letter", pgettext_lazy("document in a file", "letter")
    DECISION = "decision", pgettext_lazy("document in a file", "decision or approval")
    MINUTES = "minutes", pgettext_lazy("document in a file", "minutes")
    REPORT = "report", pgettext_lazy("document in a file", "report")
    ARTICLE = "article", pgettext_lazy("document in a file", "article")
    PICTURE = "picture", pgettext_lazy("document in a file", "picture")
    OTHER = "other", pgettext_lazy("document in a file", "other document")


class Signing(models.TextChoices):
    """How a paper was signed, as far as somebody said so. What its electronic signatures say stands with the file."""

    NOT_SAID = "", pgettext_lazy("signing", "not said")
    WET_INK = "wet_ink", pgettext_lazy("signing", "in ink; this is its scan")
    ELECTRONIC = "electronic", pgettext_lazy("signing", "electronically")
    NOT_SIGNED = "not_signed", pgettext_lazy("signing", "not signed")


# What such a document is as a source of statements.
AS_SOURCE = {
    AttachmentKind.PAPER: DocumentKind.PAPER,
    AttachmentKind.LETTER: DocumentKind.LETTER,
    AttachmentKind.DECISION: DocumentKind.OFFICIAL,
    AttachmentKind.MINUTES: DocumentKind.MINUTES,
    AttachmentKind.ARTICLE: DocumentKind.PRESS,
}

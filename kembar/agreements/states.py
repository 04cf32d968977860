"""Kinds of papers and approvals, states of a paper, headlines of a partnership: codes and labels, nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstrumentKind(models.TextChoices):
    """What a paper is (docs/language.md)."""

    LETTER_OF_INTENT = "letter_of_intent", _("letter of intent")
    MEMORANDUM = "memorandum_of_understanding", _("memorandum of understanding")
    SISTER_AGREEMENT = "sister_agreement", _("sister city agreement")
    FRIENDSHIP_AGREEMENT = "friendship_agreement", _("friendship agreement")
    THEMATIC_MEMORANDUM = "thematic_memorandum", _("thematic memorandum")
    EXTENSION = "extension", _("extension")
    AMENDMENT = "amendment", _("amendment")
    JOINT_DECLARATION = "joint_declaration", _("joint declaration")
    IMPLEMENTING_ARRANGEMENT = "implementing_arrangement", _("implementing arrangement")
    PLAN_OF_ACTION = "plan_of_action", _("plan of action")
    MINUTES = "minutes", _("minutes of meeting")
    TERMINATION_NOTICE = "termination_notice", _("notice of termination")


class ApprovalKind(models.TextChoices):
    """Who approved what, in the order of the road."""

    TEAM_RECOMMENDATION = "team_recommendation", _("recommendation of the coordination team")
    COUNCIL_COMMISSION = "council_commission", _("meeting of the council commission")
    COUNCIL_PLENARY = "council_plenary", _("approval by the council plenary")
    MINISTRY_VERIFICATION = "ministry_verification", _("verification by the ministry")
    INITIALLING = "initialling", _("initialling after interministerial review")
    MINISTERIAL_APPROVAL = "ministerial_approval", _("approval by the minister")
    FULL_POWERS = "full_powers", _("full powers")
    PARTNER_COUNCIL = "partner_council", _("approval by the partner's council")
    PARTNER_FILING = "partner_filing", _("national filing by the partner")


class InstrumentState(models.TextChoices):
    """Where a paper stands on a day; derived from its dates."""

    DRAFTING = "drafting", pgettext_lazy("paper", "being drafted")
    PARTIALLY_SIGNED = "partially_signed", pgettext_lazy("paper", "signed by one side")
    SIGNED = "signed", pgettext_lazy("paper", "signed")
    IN_FORCE = "in_force", pgettext_lazy("paper", "in force")
    EXTENDED = "extended", pgettext_lazy("paper", "carried on by an extension")
    EXPIRED = "expired", pgettext_lazy("paper", "expired")
    TERMINATED = "terminated", pgettext_lazy("paper", "terminated")
    SUPERSEDED = "superseded", pgettext_lazy("paper", "superseded")
    LAPSED = "lapsed_unconcluded", pgettext_lazy("paper", "lapsed without a memorandum")
    UNVERIFIED = "unverified", pgettext_lazy("paper", "named, not verified")


class Headline(models.TextChoices):
    """The legal state of a partnership on a day, strongest first."""

    IN_FORCE = "in_force", pgettext_lazy("headline", "in force")
    COUNCIL_APPROVED = "council_approved", pgettext_lazy("headline", "approved by the council, not signed")
    LOI = "loi", pgettext_lazy("headline", "letter of intent only")
    EXPLORING = "exploring", pgettext_lazy("headline", "being explored")
    EXPIRED_ACTIVE = "expired_active", pgettext_lazy("headline", "expired, still active")
    EXPIRED = "expired", pgettext_lazy("headline", "expired")
    ENDED = "ended", pgettext_lazy("headline", "ended")
    UNVERIFIED = "unverified", pgettext_lazy("headline", "named, not verified")


class Activity(models.TextChoices):
    """How alive the cooperation is on a day, whatever its papers say."""

    ACTIVE = "active", pgettext_lazy("activity", "active")
    QUIET = "quiet", pgettext_lazy("activity", "quiet")
    DORMANT = "dormant", pgettext_lazy("activity", "dormant")
    NOT_KNOWN = "not_known", pgettext_lazy("activity", "no activity known")


class TermFrom(models.TextChoices):
    """From which day the term of a paper is counted."""

    SIGNATURE = "signature", _("the last signature")
    EFFECTIVE = "effective", _("the day of entry into force")


class Mode(models.TextChoices):
    """Whether the parties signed at one table."""

    TOGETHER = "together", _("together")
    APART = "apart", _("apart")
    NOT_KNOWN = "not_known", pgettext_lazy("mode of signing", "not known")

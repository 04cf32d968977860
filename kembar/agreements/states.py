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


class Attribute(models.TextChoices):
    """What a claim can state of a record; the label names it in a list of claims and beside its field."""

    KIND = "kind", pgettext_lazy("attribute", "kind of paper or approval")
    TITLE = "title", pgettext_lazy("attribute", "title")
    CONCLUDED = "concluded", pgettext_lazy("attribute", "concluded")
    EFFECTIVE = "effective", pgettext_lazy("attribute", "entry into force")
    TERM = "term", pgettext_lazy("attribute", "term")
    ENDS = "ends", pgettext_lazy("attribute", "last day")
    LAPSED = "lapsed", pgettext_lazy("attribute", "given up on")
    SCOPE = "scope", pgettext_lazy("attribute", "fields of cooperation")
    SUPERSEDES = "supersedes", pgettext_lazy("attribute", "takes the place of")
    LANGUAGES = "languages", pgettext_lazy("attribute", "languages")
    PREVAILING = "prevailing_language", pgettext_lazy("attribute", "prevailing language")
    NOTICE = "notice_period", pgettext_lazy("attribute", "notice period")
    COPIES = "copies", pgettext_lazy("attribute", "authentic copies")
    DATE = "date", pgettext_lazy("attribute", "date")
    SIGNATORY = "signatory", pgettext_lazy("attribute", "signatory")
    POST = "post", pgettext_lazy("attribute", "post")
    PLACE = "place", pgettext_lazy("attribute", "place")
    MODE = "mode", pgettext_lazy("attribute", "how it was signed")
    NUMBER = "number", pgettext_lazy("attribute", "number")
    CONDITIONS = "conditions", pgettext_lazy("attribute", "conditions")
    SINCE = "since", pgettext_lazy("attribute", "since when, as a source has it")
    STATUS = "status", pgettext_lazy("attribute", "what a source calls it")
    ORDINAL = "ordinal", pgettext_lazy("attribute", "place in the count of sister cities")
    WHY = "why", pgettext_lazy("attribute", "why this partner")
    DECIDER = "decider", pgettext_lazy("attribute", "who decided")
    PAPER_DATE = "paper_date", pgettext_lazy("attribute", "date of a paper")


DATES = frozenset(
    {Attribute.CONCLUDED, Attribute.EFFECTIVE, Attribute.ENDS, Attribute.LAPSED, Attribute.DATE, Attribute.SINCE}
)
LENGTHS = frozenset({Attribute.TERM, Attribute.NOTICE})
# Which attributes each kind of record has, in the order of its form.
OF_RECORD: dict[str, tuple[Attribute, ...]] = {
    "instrument": (
        Attribute.TITLE, Attribute.CONCLUDED, Attribute.EFFECTIVE, Attribute.TERM, Attribute.ENDS, Attribute.SCOPE,
        Attribute.SUPERSEDES, Attribute.LAPSED, Attribute.LANGUAGES, Attribute.PREVAILING, Attribute.NOTICE,
        Attribute.COPIES,
    ),
    "signature": (Attribute.DATE, Attribute.SIGNATORY, Attribute.POST, Attribute.PLACE, Attribute.MODE),
    "approval": (Attribute.DATE, Attribute.NUMBER, Attribute.TERM, Attribute.SCOPE, Attribute.CONDITIONS),
    "event": (Attribute.TITLE, Attribute.DATE),
    "partnership": (Attribute.WHY, Attribute.DECIDER, Attribute.STATUS, Attribute.SINCE, Attribute.ORDINAL),
}  # fmt: skip
# The words of a record, besides what is derived from its dates: attribute → longest text the record holds.
WORDS: dict[str, dict[Attribute, int]] = {
    "instrument": {
        Attribute.TITLE: 300, Attribute.LANGUAGES: 60, Attribute.PREVAILING: 10, Attribute.NOTICE: 20,
        Attribute.COPIES: 5,
    },
    "signature": {Attribute.SIGNATORY: 200, Attribute.POST: 200, Attribute.PLACE: 200, Attribute.MODE: 10},
    "approval": {Attribute.NUMBER: 100, Attribute.CONDITIONS: 4000},
    "event": {Attribute.TITLE: 300},
    "partnership": {},
}  # fmt: skip

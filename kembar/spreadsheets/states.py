"""The life of a spreadsheet, what its columns can hold, what its rows become: codes and labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kembar.spreadsheets import plan, rules


class State(models.TextChoices):
    """draft → previewed → entered → undone; draft or previewed → dropped."""

    DRAFT = "draft", pgettext_lazy("spreadsheet", "columns to be settled")
    PREVIEWED = "previewed", pgettext_lazy("spreadsheet", "looked through, not brought in")
    ENTERED = "entered", pgettext_lazy("spreadsheet", "brought in")
    UNDONE = "undone", pgettext_lazy("spreadsheet", "taken back")
    DROPPED = "dropped", pgettext_lazy("spreadsheet", "put aside")


class Work(models.TextChoices):
    """What is being done with it just now, by the site itself."""

    NONE = "", ""
    PREVIEW = "preview", _("The rows are being read.")
    ENTER = "enter", _("The rows are being brought in.")
    UNDO = "undo", _("What was brought in is being taken back.")


class Column(models.TextChoices):
    """What a column can hold."""

    PARTNER = rules.PARTNER, _("Partner city")
    COUNTRY = rules.COUNTRY, _("Country")
    INSTITUTION = rules.INSTITUTION, _("Institution or network")
    KIND = rules.KIND, _("Kind of cooperation")
    RECORD = rules.RECORD, _("Kind of paper or event")
    TITLE = rules.TITLE, _("Title, or what happened")
    DATE = rules.DATE, _("Date of signature or of the event")
    EFFECTIVE = rules.EFFECTIVE, pgettext_lazy("column", "In force from")
    ENDS = rules.ENDS, pgettext_lazy("column", "Last day in force")
    TERM = rules.TERM, pgettext_lazy("column", "Term (5 years) or from–to")
    SCOPE = rules.SCOPE, _("Fields of cooperation")
    STATUS = rules.STATUS, pgettext_lazy("column", "Status, as the table has it")
    NUMBER = rules.NUMBER, pgettext_lazy("column", "Number of the paper")


class Outcome(models.TextChoices):
    """What a row becomes."""

    NEW_PAPER = plan.NEW_PAPER, pgettext_lazy("row", "new paper")
    MORE_ON_PAPER = plan.MORE_ON_PAPER, pgettext_lazy("row", "adds to a paper")
    NEW_APPROVAL = plan.NEW_APPROVAL, pgettext_lazy("row", "new approval")
    MORE_ON_APPROVAL = plan.MORE_ON_APPROVAL, pgettext_lazy("row", "adds to an approval")
    NEW_EVENT = plan.NEW_EVENT, pgettext_lazy("row", "new event")
    MORE_ON_EVENT = plan.MORE_ON_EVENT, pgettext_lazy("row", "adds to an event")
    SAYING = plan.SAYING, pgettext_lazy("row", "statement about the partner")
    NOTHING_NEW = plan.NOTHING_NEW, pgettext_lazy("row", "nothing new")
    PROBLEM = plan.PROBLEM, pgettext_lazy("row", "error")
    QUESTION = plan.QUESTION, pgettext_lazy("row", "question open")
    LEFT_OUT = plan.LEFT_OUT, pgettext_lazy("row", "left out by you")
    SKIPPED = plan.SKIPPED, pgettext_lazy("row", "no entry (heading, sum)")


BRINGS_SOMETHING = (
    Outcome.NEW_PAPER, Outcome.MORE_ON_PAPER, Outcome.NEW_APPROVAL, Outcome.MORE_ON_APPROVAL, Outcome.NEW_EVENT,
    Outcome.MORE_ON_EVENT, Outcome.SAYING,
)  # fmt: skip
LEAVES_OUT = (Outcome.PROBLEM, Outcome.QUESTION)


class Made(models.TextChoices):
    """What bringing in did with a claim: wrote it, made it stand again, or rejected it for a newer one."""

    NEW = "new", "new"
    AGAIN = "again", "again"
    REPLACED = "replaced", "replaced"

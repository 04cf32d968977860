"""Kinds of texts and drafts, and what becomes of a draft."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextKind(models.TextChoices):
    """What was pasted or uploaded."""

    ARTICLE = "article", _("press article")
    RELEASE = "release", _("press release")
    MINUTES = "minutes", _("minutes")
    LETTER = "letter", _("letter")
    CHAT = "chat", _("exported chat")


class DraftKind(models.TextChoices):
    """What the reader found, in the order in which an officer settles it."""

    AGREEMENT = "agreement", _("agreement")
    COMMITMENT = "commitment", _("promise")
    DATE = "date", _("date")
    PERSON = "person", _("person")
    MONEY = "money", _("amount of money")
    SECTOR = "sector", _("field of cooperation")
    CITY = "city", _("city")


class DraftState(models.TextChoices):
    """Waiting drafts ask for a decision; nothing waiting or dropped is used anywhere."""

    WAITING = "waiting", pgettext_lazy("draft", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("draft", "accepted")
    DROPPED = "dropped", pgettext_lazy("draft", "dropped")
    MERGED = "merged", pgettext_lazy("draft", "merged into another")


MOVES: dict[str, frozenset[str]] = {
    DraftState.ACCEPTED: frozenset({DraftState.WAITING}),
    DraftState.DROPPED: frozenset({DraftState.WAITING}),
    DraftState.MERGED: frozenset({DraftState.WAITING}),
    DraftState.WAITING: frozenset({DraftState.DROPPED, DraftState.MERGED}),
}
"""To which state a draft may go, from which; an accepted one has made a claim and is undone by deciding on that."""

"""How a text in a language came to be, with labels as pages mark it."""

from django.db import models
from django.utils.translation import pgettext_lazy

from kembar.languages import rules


class TextState(models.TextChoices):
    """Only a person's or the official text is answered for by somebody; a machine's never becomes authentic."""

    ORIGINAL = rules.ORIGINAL, pgettext_lazy("text", "original")
    OFFICIAL = rules.OFFICIAL, pgettext_lazy("text", "official text")
    HUMAN = rules.HUMAN, pgettext_lazy("text", "translated by a person")
    MACHINE = rules.MACHINE, pgettext_lazy("text", "machine translation, not checked")

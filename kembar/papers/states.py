"""Whose letterhead stands over a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Whose(models.TextChoices):
    """Who writes: letters that the head of government signs have a head of their own."""

    MAYOR = "mayor", _("head of government")
    OFFICE = "office", _("office")

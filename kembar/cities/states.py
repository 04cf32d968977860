"""Levels of government, as people call them."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """What a local government is by its own country's law. Their ranks: rules.py."""

    PROVINCE = "province", pgettext_lazy("level of government", "province")
    SPECIAL_REGION = "special_region", pgettext_lazy("level of government", "special region")
    PREFECTURE = "prefecture", pgettext_lazy("level of government", "prefecture")
    STATE = "state", pgettext_lazy("level of government", "state")
    REGION = "region", pgettext_lazy("level of government", "region")
    AUTONOMOUS_REGION = "autonomous_region", pgettext_lazy("level of government", "autonomous region")
    CANTON = "canton", pgettext_lazy("level of government", "canton")
    GOVERNORATE = "governorate", pgettext_lazy("level of government", "governorate")
    TERRITORY = "territory", pgettext_lazy("level of government", "territory")
    COUNTRY_PART = "country_part", pgettext_lazy("level of government", "country within a state")
    MUNICIPALITY = "municipality", pgettext_lazy("level of government", "municipality of the first level")
    SPECIAL_CITY = "special_city", pgettext_lazy("level of government", "special city")
    METROPOLITAN_CITY = "metropolitan_city", pgettext_lazy("level of government", "metropolitan city")
    DEPARTMENT = "department", pgettext_lazy("level of government", "department")
    CITY = "city", pgettext_lazy("level of government", "city")
    REGENCY = "regency", pgettext_lazy("level of government", "regency")
    PREFECTURE_CITY = "prefecture_city", pgettext_lazy("level of government", "prefecture-level city")
    ADMINISTRATIVE_CITY = "administrative_city", pgettext_lazy("level of government", "administrative city")
    ADMINISTRATIVE_REGENCY = "administrative_regency", pgettext_lazy("level of government", "administrative regency")
    COUNTY = "county", pgettext_lazy("level of government", "county")
    DISTRICT = "district", pgettext_lazy("level of government", "district")
    TOWN = "town", pgettext_lazy("level of government", "town")
    TOWNSHIP = "township", pgettext_lazy("level of government", "township")
    VILLAGE = "village", pgettext_lazy("level of government", "village")


def level_label(level: str) -> str:
    """The level in the reader's language, empty where it is not known."""
    return str(Level(level).label) if level else ""

"""Tables of local governments: those an office works with, not the world's. See docs/decisions/0003."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from kembar.cities.countries import country_name
from kembar.cities.rules import rank_of
from kembar.cities.states import level_label


class LocalGovernment(models.Model):
    """A city, regency, province … with which some office has to do, or which has an office here."""

    # `City.key` of the gazetteer, or `own:<slug>` for a government the gazetteer lacks.
    key = models.CharField(max_length=64, unique=True)
    # Added by a person because the gazetteer lacks it; search asks the tables for these alone.
    is_own = models.BooleanField(default=False, db_index=True)
    slug = models.SlugField(max_length=80, unique=True)
    # ISO 3166-1 alpha-2. There is no table of countries: CLDR has their names, and nothing else is kept of one.
    country = models.CharField(max_length=2)
    level = models.CharField(max_length=24, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    english_name = models.CharField(max_length=200)
    native_name = models.CharField(max_length=200, blank=True)
    # The ministry's code in Indonesia, ISO 3166-2 elsewhere.
    official_code = models.CharField(max_length=16, blank=True)
    geonameid = models.PositiveBigIntegerField(null=True, unique=True)
    population = models.PositiveBigIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "official_code"], condition=~models.Q(official_code=""), name="cities_official_code"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="cities_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.english_name}, {self.country}"

    @property
    def rank(self) -> int | None:
        """1 for the first level below the country, 2 below it; None where the level is not known."""
        return rank_of(self.level, country=self.country)

    @property
    def level_label(self) -> str:
        """The level in the reader's language, empty where it is not known."""
        return level_label(self.level)

    def name_in(self, language: str) -> str:
        """The usual name in a language of the site, else the English one. Reads `names`: prefetch it for lists."""
        usual = {name.language: name.text for name in self.names.all() if name.is_usual}
        return usual.get(language[:2], self.english_name)

    def country_in(self, language: str) -> str:
        return country_name(self.country, language)


class LocalGovernmentName(models.Model):
    """One name of a government. `language` is id, en, ko, zh (both scripts), ja, or und: in Latin letters, not told."""

    government = models.ForeignKey(LocalGovernment, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=3)
    text = models.CharField(max_length=200)
    # `kembar.lib.text.normalise(text)`: what a search compares.
    normalised = models.CharField(max_length=200, db_index=True)
    # The one to show in this language.
    is_usual = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["government", "language", "text"], name="cities_name_once"),
            models.UniqueConstraint(
                fields=["government", "language"], condition=models.Q(is_usual=True), name="cities_one_usual_name"
            ),
        ]


class Office(models.Model):
    """The cooperation office of a local government on this instance; `slug` begins its addresses."""

    slug = models.SlugField(max_length=40, unique=True)
    local_government = models.OneToOneField(LocalGovernment, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.slug

    def today(self) -> date:
        """The day at the office, by the clock of its city."""
        return timezone.localdate(timezone=ZoneInfo(self.local_government.time_zone or "UTC"))

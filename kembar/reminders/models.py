"""Tables of secret calendar addresses, of what members and offices chose, of what was found and told."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.people.models import Account
from kembar.reminders.rules import Limits, months_in
from kembar.reminders.states import Every, Kind


class CalendarAddress(models.Model):
    """Lets a calendar program read what falls due for one person. Only the fingerprint of the secret is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    privacy = {"account": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(withdrawn_at=None), name="calendar_address_one_at_a_time"
            ),
        ]


class Choice(models.Model):
    """How often somebody wants the digest; who never chose gets it weekly."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=10, choices=Every)
    changed_at = models.DateTimeField()
    privacy = {"account": Privacy.DUTY}


class Setting(models.Model):
    """What an office set itself (rules.Limits); an office without a row keeps the defaults."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="+")
    soon = models.PositiveSmallIntegerField()
    deputy_after = models.PositiveSmallIntegerField(null=True)
    head_after = models.PositiveSmallIntegerField(null=True)
    renewal_months = models.PositiveSmallIntegerField()
    alerts = models.CharField(max_length=60)

    @property
    def limits(self) -> Limits:
        return Limits(self.soon, self.deputy_after, self.head_after, self.renewal_months, months_in(self.alerts) or ())


class Found(models.Model):
    """Something the night found and tells of once: `step` months before `day`, or whom a promise went to.

    `subject` names the record (`instrument:7`), `day` is the date it hangs on as EDTF: another date is found anew.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=60)
    step = models.CharField(max_length=10)
    day = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "subject", "step", "day"], name="found_once"),
        ]


class Digest(models.Model):
    """That somebody was told on a day by their own clock, or that there was nothing to tell (`letter_id` None).

    `whole`: the digest they asked for; else only what could not wait for it.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    whole = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    letter_id = models.BigIntegerField(null=True)
    privacy = {"account": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "on", "whole"], name="digest_once_a_day"),
        ]

"""The table of secret calendar addresses."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.people.models import Account


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

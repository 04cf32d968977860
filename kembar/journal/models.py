"""Tables of the journal."""

from django.db import models

from kembar.access.privacy import Privacy


class Entry(models.Model):
    """One deed. `subject` names the record as `concept:id`, `about` the file it belongs to (`partnership:7`).

    No foreign keys: an entry stays when the record is merged, voided or erased.
    """

    office_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    privacy = {"actor": Privacy.DUTY, "actor_id": Privacy.DUTY, "facts": Privacy.INTERNAL}

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="journal_about"),
            models.Index(fields=["subject", "id"], name="journal_subject"),
            models.Index(fields=["office_id", "id"], name="journal_office"),
            models.Index(fields=["office_id", "actor_id", "id"], name="journal_person"),
        ]


class ChangeStamp(models.Model):
    """How often anything an office shows has changed. Row 0 counts what all offices share (cities, code lists).

    A counter in a row, not the newest entry's id: two writers may commit in another order than their ids, and a page
    kept under the higher id would then miss the lower one.
    """

    office_id = models.BigIntegerField(primary_key=True)
    value = models.BigIntegerField(default=0)

"""Lists somebody wants to come back to: an address with a name."""

from django.db import models

from kembar.access.privacy import Privacy


class SavedView(models.Model):
    """A list as somebody left it: which list, and its query. Without `person_id` everybody in the office has it."""

    office_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    privacy = {"person_id": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["office_id", "page", "name"], name="saved_view_page")]
        constraints = [
            models.UniqueConstraint(fields=["office_id", "person_id", "page", "name"], name="saved_view_own_once"),
            models.UniqueConstraint(
                fields=["office_id", "page", "name"], condition=models.Q(person_id=None), name="saved_view_shared_once"
            ),
        ]

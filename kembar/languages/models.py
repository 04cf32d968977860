"""The table of texts. A record of any concept owns its texts by name: `subject` is `concept:id`, `field` its field."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.languages.states import TextState


class Prose(models.Model):
    """One text of one field in one language.

    `of_hash` is the fingerprint of the original it was made from; an original carries its own. A translation whose
    `of_hash` is not the original's is stale: derived, never stored.
    """

    office_id = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=TextState)
    of_hash = models.CharField(max_length=64)
    written_by = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    privacy = {"written_by": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "language"], name="prose_once_a_language"),
            models.UniqueConstraint(
                fields=["subject", "field"], condition=models.Q(state="original"), name="prose_one_original"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="prose_says_something"),
        ]
        indexes = [models.Index(fields=["office_id", "state", "written_at"], name="prose_office_state")]


class OwnTerm(models.Model):
    """A term of the office's own: language → how it is said there, ways parted by " / "; at least two languages."""

    office_id = models.BigIntegerField()
    words = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    privacy = {"entered_by": Privacy.DUTY, "note": Privacy.INTERNAL}

    class Meta:
        indexes = [models.Index(fields=["office_id", "id"], name="own_term_office")]

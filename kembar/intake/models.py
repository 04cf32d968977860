"""Tables of pasted texts and the drafts read from them."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.intake.extract.reading import QUESTION_BELOW
from kembar.intake.states import DraftKind, DraftState, TextKind
from kembar.partnerships.models import Partnership
from kembar.sources.models import Document


class Text(models.Model):
    """A text as it was pasted, telephone numbers masked. Never shown outside the office; only proving sentences are."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=TextKind)
    title = models.CharField(max_length=300)
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    published = models.DateField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="+")
    signature = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    entered_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    privacy = {"body": Privacy.INTERNAL, "entered_by": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["office", "id"], name="intake_text_office")]


class Draft(models.Model):
    """One finding that waits for a person. `found` is what the reader says, `value` what the officer made of it.

    `start` and `end` are the place in the text, `proof_start` and `proof_end` the sentence that proves it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=12, choices=DraftKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    proof_start = models.PositiveIntegerField()
    proof_end = models.PositiveIntegerField()
    found = models.JSONField()
    value = models.JSONField()
    rule = models.CharField(max_length=60)
    confidence = models.FloatField()
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.WAITING)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    claim_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    privacy = {"decided_by": Privacy.DUTY}

    @property
    def is_question(self) -> bool:
        """The reader asks: it is unsure, or the date it read contradicts itself or lacks its year."""
        doubtful = bool(self.value.get("corrected")) or str(self.value.get("value", "")).startswith("XXXX")
        return self.confidence < QUESTION_BELOW or (self.kind == DraftKind.DATE and doubtful)

    class Meta:
        indexes = [models.Index(fields=["office", "state", "id"], name="intake_draft_waiting")]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="draft_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(decided_at__isnull=False), name="draft_decided_at"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged") ^ models.Q(merged_into__isnull=True), name="draft_merged_into"
            ),
        ]
